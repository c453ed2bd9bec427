"""A list of the trade as chips with numbers: a digit chooses, Esc leaves."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.units import half_width
from app.ui.look.theme import current_theme
from app.ui.widgets.chip import FilterChip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.tones import Tone

_DIGITS = "1234567890"


class ChoiceChips(QWidget):
    """Shows choices as (code, words); the tenth has the digit 0, those after it are clicked.

    `first` is how many digits belong to another group before this one.
    """

    chosen = Signal(object)
    """str: the code of the choice"""
    answered = Signal()
    """a digit chose: the keyboard may go back to where it came from"""
    left = Signal()
    """Esc was pressed"""
    words_typed = Signal(object)
    """str: words were typed where only digits mean something"""

    def __init__(self, name: str, first: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._box = QWidget()
        self._flow = FlowLayout(self._box)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._box)
        self._first = first
        self._chips: dict[str, FilterChip] = {}
        self._words: tuple[tuple[str, str], ...] = ()

    def narrowest(self) -> int:
        """Return the width of a scrolling card in which the widest chip is not cut."""
        theme = current_theme()
        widest = max((chip.sizeHint().width() for chip in self._chips.values()), default=0)
        return widest + 2 * theme.size("pad") + theme.size("scroll_bar") + theme.em(0.6)

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str | None) -> None:
        """Show choices, one of them chosen."""
        if self._words != tuple(choices):
            self._words = tuple(choices)
            self._make()
        self.choose(current)

    def choose(self, current: str | None) -> None:
        """Show one of the choices as chosen; None, or an unknown one, none."""
        for code, chip in self._chips.items():
            chip.setChecked(code == current)

    def choose_digit(self, text: str) -> bool:
        """Choose by a key; return whether it meant something."""
        at = _DIGITS.find(half_width(text)) - self._first if text.strip() else -1
        if not 0 <= at < len(self._words):
            return False
        self.chosen.emit(self._words[at][0])
        return True

    def focus_first(self) -> None:
        """Give the keyboard to the chosen chip, or to the first."""
        chips = list(self._chips.values())
        found = next((chip for chip in chips if chip.isChecked()), chips[0] if chips else None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif is_plain and event.text() and self.choose_digit(event.text()):
            self.answered.emit()
        elif is_plain and event.text().isprintable() and event.text().strip():
            self.words_typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            words = event.commitString()
            if words and self.choose_digit(words):
                self.answered.emit()
            elif words:
                self.words_typed.emit(words)
            return True
        return super().eventFilter(watched, event)

    def _make(self) -> None:
        self._flow.clear()
        self._chips.clear()
        for number, (code, words) in enumerate(self._words):
            digit = _DIGITS[self._first + number : self._first + number + 1]
            chip = FilterChip(f"{digit} {words}".strip(), Tone.GREY)
            chip.setObjectName(f"{self.objectName()}_{code}")
            chip.clicked.connect(self._on_clicked)
            chip.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
            chip.installEventFilter(self)
            self._chips[code] = chip
            self._flow.addWidget(chip)

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        code = next((code for code, chip in self._chips.items() if chip is sender), None)
        if code is not None:
            self.chosen.emit(code)
