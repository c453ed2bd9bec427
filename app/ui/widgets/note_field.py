"""A field for a note that tells each change of the text, but not the steps of composing a Chinese word."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme


class NoteField(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field."""

    edited = Signal(object)
    """str | None: what the person typed"""

    def __init__(self, lines: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._known = ""
        self._composing = False
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_text_changed)

    def show_text(self, text: object) -> None:
        """Show a text without telling it; a word that is being composed is left alone."""
        shown = text if isinstance(text, str) else ""
        if shown == self.toPlainText() or self._composing:
            return
        self._known = shown
        self.setPlainText(shown)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def set_name(self, name: str, placeholder: str = "") -> None:
        """Say what the field is for."""
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)

    @override
    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        return QSize(super().sizeHint().width(), line * self._lines + current_theme().em(1.2))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().em(8), self.sizeHint().height())

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    @Slot()
    def _on_text_changed(self) -> None:
        # Qt tells a change at each step of composing, with the same text.
        text = self.toPlainText()
        if text != self._known:
            self._known = text
            self.edited.emit(text or None)
