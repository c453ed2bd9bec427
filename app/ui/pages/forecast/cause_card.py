"""Why a forecast missed: people or circumstances, by a number, with a note; it saves by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.services.forecast_views import TrackRow
from app.ui.pages.forecast.choice_chips import ChoiceChips
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.note_field import NoteField

_PAUSE_MS = 300


@dataclass(frozen=True, slots=True)
class CauseGroup:
    """Causes of one kind as (code, words)."""

    name: str
    causes: tuple[tuple[str, str], ...]


class CauseCard(Card):
    """Asks for the cause of one miss."""

    said = Signal(object)
    """(TrackRow, code or None, note)"""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", scroll=True, parent=parent)
        self.setObjectName("causeCard")
        self._row: TrackRow | None = None
        self._heads = (TextLabel("", "hint"), TextLabel("", "hint"))
        self._choices = (ChoiceChips("cause"), ChoiceChips("causeAround", first=5))
        self._note = NoteField(2)
        self._note.setObjectName("causeNote")
        self._hint = TextLabel("", "hint", wrap=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        for head, choices in zip(self._heads, self._choices, strict=True):
            self.body.addWidget(head)
            self.body.addWidget(choices)
            choices.chosen.connect(self._on_chosen)
            choices.answered.connect(self.left)
            choices.left.connect(self.left)
        self.body.addWidget(self._note)
        self.body.addWidget(self._hint)
        self._note.edited.connect(self._on_typed)

    @property
    def is_pending(self) -> bool:
        """Whether something typed is not handed over yet."""
        return self._pause.isActive()

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._note.set_name(self.tr("Note on the cause"), self.tr("What happened, in your words"))
        self._hint.setText(self.tr("In the table a number chooses, Del takes the cause away."))

    def show_row(self, row: TrackRow | None, groups: Sequence[CauseGroup]) -> None:
        """Ask about a row; None asks nothing."""
        if self._row is not None and (row is None or _key(row) != _key(self._row)):
            self.flush()
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        self.set_title(self.tr("Why? %1").replace("%1", row.name))
        current = None if row.cause is None else row.cause.code
        for head, choices, group in zip(self._heads, self._choices, groups, strict=True):
            head.setText(group.name)
            choices.setAccessibleName(group.name)
            choices.set_choices(group.causes, current)
        if not self.is_pending:
            self._note.show_text("" if row.cause is None else row.cause.note)
        self._note.setEnabled(row.cause is not None)

    def narrowest(self) -> int:
        """Return the width in which no cause is cut."""
        return max(choices.narrowest() for choices in self._choices)

    def choose_digit(self, text: str) -> bool:
        """Choose a cause by its number, from wherever the keyboard is."""
        return self._row is not None and any(choices.choose_digit(text) for choices in self._choices)

    def take_away(self) -> None:
        """Leave the miss without a cause."""
        if self._row is not None and self._row.cause is not None:
            self.said.emit((self._row, None, ""))

    def flush(self) -> None:
        """Hand over what is typed."""
        if self._pause.isActive():
            self._pause.stop()
            self._on_pause()

    @Slot()
    def _on_pause(self) -> None:
        row = self._row
        if row is not None and row.cause is not None:
            self.said.emit((row, row.cause.code, self._note.toPlainText().strip()))

    @Slot(object)
    def _on_chosen(self, code: str) -> None:
        self._pause.stop()
        if self._row is not None:
            self.said.emit((self._row, code, self._note.toPlainText().strip()))

    @Slot()
    def _on_typed(self, _text: object = None) -> None:
        self._pause.start()


def _key(row: TrackRow) -> object:
    return row.product_id, row.customer_id
