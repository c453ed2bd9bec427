"""Why a figure was corrected: a reason by its number, a note, the market opportunity behind it. It never interrupts."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from app.services.forecast_views import VAGUE, Correction
from app.ui.pages.forecast.choice_chips import ChoiceChips
from app.ui.pages.forecast.desk_lines import Line
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel

_PAUSE_MS = 300
_NO_DIGITS = 10
_MOST_KNOWN, _LONGEST = 5, 18


class ReasonCard(Card):
    """Asks for the reason of one corrected line."""

    said = Signal(object)
    """(Line, reason, note, opportunity, whether it was typed)"""
    answered = Signal()
    """by a number, or with Enter: there is nothing more to say"""
    left = Signal()
    """Esc was pressed"""
    opportunities_asked = Signal(object)
    """Line: the known opportunities are wanted"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", scroll=True, parent=parent)
        self.setObjectName("reasonCard")
        self._line: Line | None = None
        self._reason = ""
        self._choices = ChoiceChips("reason")
        self._keys = TextLabel("", "hint", wrap=True)
        self._note = QLineEdit()
        self._note.setObjectName("reasonNote")
        self._opportunity = QLineEdit()
        self._opportunity.setObjectName("reasonOpportunity")
        self._known = ChoiceChips("known", first=_NO_DIGITS)
        self._known.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        for widget in (self._choices, self._note, self._opportunity, self._known, self._keys):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._choices.chosen.connect(self._on_chosen)
        self._choices.answered.connect(self.answered)
        self._choices.left.connect(self.left)
        self._choices.words_typed.connect(self._on_words_typed)
        self._note.returnPressed.connect(self._on_return)
        self._opportunity.returnPressed.connect(self._on_return)
        self._known.chosen.connect(self._on_picked)
        self._known.left.connect(self.left)
        self._note.textEdited.connect(self._on_typed)
        self._opportunity.textEdited.connect(self._on_typed)
        self._pause.timeout.connect(self._on_pause)
        self.hide()

    @property
    def line(self) -> Line | None:
        """The line that is asked about."""
        return self._line

    @property
    def is_pending(self) -> bool:
        """Whether something typed is not handed over yet."""
        return self._pause.isActive()

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        keys = self.tr("Alt and a number choose from the table. F4 comes here: type a number or words. Esc goes back.")
        self._keys.setText(keys)
        self._name_note()
        self._note.setAccessibleName(self.tr("Note on the correction"))
        self._opportunity.setPlaceholderText(self.tr("Market opportunity behind it"))
        self._opportunity.setAccessibleName(self.tr("Market opportunity behind it"))
        self._choices.setAccessibleName(self.tr("Reason of the correction"))
        self._known.setAccessibleName(self.tr("Known market opportunities"))

    def show_line(self, line: Line | None, choices: Sequence[tuple[str, str]]) -> None:
        """Ask about a line; None, or a line that was not corrected, asks nothing."""
        if line is not None and line.correction is None:
            line = None
        is_other = line is None or self._line is None or line.key != self._line.key
        if is_other:
            self.flush()
        self._line = line
        self.setVisible(line is not None)
        if line is None or line.correction is None:
            return
        said = line.correction
        self.set_title(self.tr("Why %1? %2").replace("%1", f"{said.value:,}").replace("%2", line.name))
        if not self.is_pending:
            self._reason = said.reason
            for field, text in ((self._note, said.note), (self._opportunity, said.opportunity)):
                if field.text() != text:
                    field.setText(text)
            self._name_note()
        self._choices.set_choices(choices, self._reason or None)
        self._known.choose(self._opportunity.text())
        if is_other:
            self.show_opportunities(())
            self.opportunities_asked.emit(line)

    def show_opportunities(self, words: Sequence[str]) -> None:
        """Offer opportunities to pick from below their field."""
        self._known.set_choices(
            [(one, one if len(one) <= _LONGEST else f"{one[: _LONGEST - 1]}…") for one in words[:_MOST_KNOWN]],
            self._opportunity.text().strip(),
        )
        self._known.setVisible(bool(words))

    @property
    def says_why(self) -> bool:
        """Whether what stands in the card says why."""
        return Correction(0, 0.0, self._reason, self._note.text()).says_why

    def _name_note(self) -> None:
        """Ask for the note where the reason says nothing without it."""
        needed = self._reason == VAGUE
        self._note.setPlaceholderText(self.tr("Which other reason?") if needed else self.tr("Note, in your words"))

    def narrowest(self) -> int:
        """Return the width in which no reason is cut."""
        return max(self._choices.narrowest(), self._known.narrowest())

    def height_within(self, width: int) -> int:
        """Return the height that shows everything in a width."""
        return self._header.sizeHint().height() + self._body.heightForWidth(width - 2) + 2

    def choose_digit(self, text: str) -> bool:
        """Choose a reason by its number, from wherever the keyboard is."""
        return self._line is not None and self._choices.choose_digit(text)

    def focus_reasons(self) -> None:
        """Give the keyboard to the reasons."""
        if self._line is not None:
            self._choices.focus_first()

    def flush(self) -> None:
        """Hand over what is typed."""
        if self._pause.isActive():
            self._pause.stop()
            self._tell(typed=True)

    @Slot(object)
    def _on_words_typed(self, words: str) -> None:
        """Let words that were meant for the note be its beginning."""
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)
        self._note.end(False)
        self._note.insert(words)
        self._on_typed(self._note.text())

    @Slot()
    def _on_pause(self) -> None:
        self._pause.stop()
        self._tell(typed=True)

    @Slot(object)
    def _on_chosen(self, code: str) -> None:
        self._reason = code
        self._pause.stop()
        self._name_note()
        needs_note = not self.says_why
        self._tell(typed=False)
        if needs_note:
            self._note.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_return(self) -> None:
        self.flush()
        self.answered.emit()

    @Slot(object)
    def _on_picked(self, words: str) -> None:
        self._opportunity.setText("" if words == self._opportunity.text().strip() else words)
        self._known.choose(self._opportunity.text())
        self._on_pause()

    @Slot()
    def _on_typed(self, _text: object = None) -> None:
        self._pause.start()

    def _tell(self, *, typed: bool) -> None:
        if self._line is not None:
            note, opportunity = self._note.text().strip(), self._opportunity.text().strip()
            self.said.emit((self._line, self._reason, note, opportunity, typed))
