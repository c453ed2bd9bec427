"""A field for a value with a form of its own: what is half typed or wrong never takes the place of the value."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from app.ui.widgets.labels import TextLabel

if TYPE_CHECKING:
    from datetime import date, time

Value = TypeVar("Value")


class TypedField(QLineEdit, Generic[Value]):
    """Marks what is wrong, says why, and keeps it on the screen; the value of before stays until it is right."""

    edited = Signal(object)
    """Value | None: what stands now"""
    problem_said = Signal(object)
    """str: what is wrong with the text, empty when nothing is"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Value | None = None
        self._before: Value | None = None
        self._stood: list[_Stood[Value]] = []
        self._last_text = ""
        self._is_typing = False
        self.problem = ""
        self.textEdited.connect(self._on_text_edited)

    @abstractmethod
    def read_text(self, text: str) -> Value | None:
        """Return the value that was written; None if it is none."""

    @abstractmethod
    def write_value(self, value: Value) -> str:
        """Return a value as the field writes it."""

    @abstractmethod
    def problem_of(self, text: str, value: Value | None) -> str:
        """Say what is wrong with what was written; empty if it can stand."""

    @property
    def value(self) -> Value | None:
        """The value that stands."""
        return self._value

    def show_value(self, shown: Value | None) -> None:
        """Show a value without telling it; what is being typed is left alone as long as the value is the same."""
        if shown == self._value and (self.problem or self._is_typing):
            return
        self._value = shown
        self._is_typing = False
        text = "" if shown is None else self.write_value(shown)
        if self.text() != text:
            self.setText(text)
        self._mark("")

    def forget_typed(self) -> None:
        """Let go of what was typed and could not be read: another visit is shown."""
        self._is_typing = False
        self._mark("")
        self.show_value(self._value)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._is_typing and not self.problem:
            self._is_typing = False
            self.show_value(self._value)

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        if not self._is_typing:
            self._is_typing = True
            self._before = self._value
            self._stood.clear()
            self._last_text = "" if self._value is None else self.write_value(self._value)
        is_empty = not text.strip()
        typed = None if is_empty else self.read_text(text)
        problem = "" if is_empty else self.problem_of(text, typed)
        self._mark(problem)
        if problem:
            standing = self._value_before(text)
        else:
            standing = typed
            self._stood.append(_Stood(text, typed, is_passing=self._last_text.startswith(text)))
        self._last_text = text
        if standing != self._value:
            self._value = standing
            self.edited.emit(standing)

    def _value_before(self, text: str) -> Value | None:
        """Return the value that stands while the text is none.

        A beginning may be a value too: 2026-12-3 on the way to 2026-12-32, or 102 where 1021 is being deleted. Such a
        one must not stay.
        """
        while self._stood and (self._stood[-1].is_passing or text.startswith(self._stood[-1].text)):
            self._stood.pop()
        return self._stood[-1].value if self._stood else self._before

    def _mark(self, problem: str) -> None:
        if problem == self.problem:
            return
        self.problem = problem
        self.setProperty("problem", "error" if problem else "")
        self.setToolTip(problem)
        self.setAccessibleDescription(problem)
        self.style().polish(self)
        self.problem_said.emit(problem)


@dataclass(frozen=True, slots=True)
class _Stood(Generic[Value]):
    """A text that was a value while it was typed; a passing one came about by deleting."""

    text: str
    value: Value | None
    is_passing: bool


class ProblemLabel(TextLabel):
    """Stands below a field and says in words what is wrong with what was typed."""

    def __init__(self, field: "TypedField[date] | TypedField[time]", parent: QWidget | None = None) -> None:
        super().__init__("", "error", wrap=True, parent=parent)
        self.hide()
        field.problem_said.connect(self._on_problem_said)

    @Slot(object)
    def _on_problem_said(self, problem: str) -> None:
        self.setText(problem)
        self.setVisible(bool(problem))
