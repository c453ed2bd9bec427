"""Why a figure was corrected: a reason by its number, a note, the market opportunity behind it. It never interrupts."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.pages.forecast.choice_chips import ChoiceChips
from app.ui.pages.forecast.desk_lines import Line
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel

_PAUSE_MS = 300


class ReasonCard(Card):
    """Asks for the reason of one corrected line."""

    said = Signal(object)
    """(Line, reason, note, opportunity, whether it was typed)"""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", scroll=True, parent=parent)
        self.setObjectName("reasonCard")
        self._line: Line | None = None
        self._reason = ""
        self._choices = ChoiceChips("reason")
        self._hint = TextLabel("", "hint", wrap=True)
        self._note = QLineEdit()
        self._note.setObjectName("reasonNote")
        self._opportunity = QLineEdit()
        self._opportunity.setObjectName("reasonOpportunity")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        for widget in (self._choices, self._note, self._opportunity, self._hint):
            self.body.addWidget(widget)
        self._choices.chosen.connect(self._on_chosen)
        self._choices.left.connect(self.left)
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
        self._hint.setText(self.tr("Alt and a number choose from the table, F4 comes here, Esc goes back."))
        self._note.setPlaceholderText(self.tr("Note, in your words"))
        self._note.setAccessibleName(self.tr("Note on the correction"))
        self._opportunity.setPlaceholderText(self.tr("Market opportunity behind it"))
        self._opportunity.setAccessibleName(self.tr("Market opportunity behind it"))
        self._choices.setAccessibleName(self.tr("Reason of the correction"))

    def show_line(self, line: Line | None, choices: Sequence[tuple[str, str]]) -> None:
        """Ask about a line; None, or a line that was not corrected, asks nothing."""
        if line is not None and line.correction is None:
            line = None
        if self._line is not None and (line is None or line.key != self._line.key):
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
        self._choices.set_choices(choices, None if line.lacks_reason else self._reason)

    def narrowest(self) -> int:
        """Return the width in which no reason is cut."""
        return self._choices.narrowest()

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

    @Slot()
    def _on_pause(self) -> None:
        self._tell(typed=True)

    @Slot(object)
    def _on_chosen(self, code: str) -> None:
        self._reason = code
        self._pause.stop()
        self._tell(typed=False)

    @Slot()
    def _on_typed(self, _text: object = None) -> None:
        self._pause.start()

    def _tell(self, *, typed: bool) -> None:
        if self._line is not None:
            note, opportunity = self._note.text().strip(), self._opportunity.text().strip()
            self.said.emit((self._line, self._reason, note, opportunity, typed))
