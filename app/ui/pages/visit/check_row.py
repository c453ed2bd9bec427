"""One yes/no question of the shelf check; what the law wants is marked as a must."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.look.theme import current_theme
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import TextLabel, make_divider
from app.ui.widgets.segmented_choice import SegmentedChoice, yes_no
from app.ui.widgets.tones import Tone

_YES = "yes"


class CheckRow(QWidget):
    """Words at the left, yes and no at the right; Delete takes the answer back."""

    answered = Signal(object)
    """bool | None"""

    def __init__(self, *, is_must: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._words = TextLabel("", wrap=True)
        self._must = Chip("", Tone.GREY)
        if not is_must:
            self._must.hide()
        self.choice = SegmentedChoice(yes_no("", ""))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.size("gap_small"))
        row.addWidget(self._words, 1)
        row.addWidget(self._must)
        row.addWidget(self.choice)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.size("gap_tiny"), 0, 0)
        whole.setSpacing(theme.size("gap_tiny"))
        whole.addLayout(row)
        whole.addWidget(make_divider())
        self.choice.chosen.connect(self._on_chosen)
        self.setFocusProxy(self.choice)

    def set_words(self, words: str, must: str, yes: str, no: str) -> None:
        """Word the question in the language shown."""
        self._words.setText(words)
        self._must.setText(must)
        self.choice.set_choices(yes_no(yes, no))
        self.choice.set_name(words)

    def show_answer(self, answer: object) -> None:
        """Show an answer without telling it."""
        self.choice.set_value(None if answer is None else _YES if answer else "no")

    def _on_chosen(self, key: str | None) -> None:
        self.answered.emit(None if key is None else key == _YES)
