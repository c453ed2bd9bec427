"""What kind a brand or a shop is: by the rule, or by the manager's word, which needs a reason before it counts."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.forecast_process import Kinded, Steadiness
from app.services.forecast_views import VAGUE, KindRow, SaidKind
from app.ui.pages.forecast.choice_chips import ChoiceChips
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.tones import Tone

_PAUSE_MS = 300
_BY_RULE = "rule"


class KindCard(Card):
    """Asks about one brand or shop."""

    said = Signal(object)
    """(KindRow, SaidKind or None, whether it was typed)"""
    left = Signal()

    def __init__(self, words: ForecastWords, parent: QWidget | None = None) -> None:
        super().__init__(" ", scroll=True, parent=parent)
        self.setObjectName("kindCard")
        self._words = words
        self._row: KindRow | None = None
        self._of_shop = False
        self._wanted: Steadiness | None = None
        self._reason = ""
        self._told = TextLabel("", wrap=True)
        self._told.setObjectName("kindTold")
        self._kind = SegmentedChoice((Choice(_BY_RULE, " ", Tone.GREEN),))
        self._kind.setObjectName("kindChoice")
        self._ask = TextLabel("", "strong", wrap=True)
        self._choices = ChoiceChips("kindReason")
        self._note = QLineEdit()
        self._note.setObjectName("kindNote")
        self._keys = TextLabel("", "hint", wrap=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        for widget in (self._told, self._kind, self._ask, self._choices, self._note, self._keys):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._kind.chosen.connect(self._on_kind)
        self._choices.chosen.connect(self._on_reason)
        self._choices.answered.connect(self._on_answered)
        self._choices.left.connect(self._on_left)
        self._note.textEdited.connect(self._on_typed)
        self._note.returnPressed.connect(self._on_return)
        self._pause.timeout.connect(self._tell_note)

    @property
    def is_pending(self) -> bool:
        """Whether something typed is not handed over yet."""
        return self._pause.isActive()

    @property
    def is_asking(self) -> bool:
        """Whether a kind was chosen that waits for its reason."""
        return self._row is not None and self._wanted is not None and self._wanted is not self._known

    @property
    def _known(self) -> Steadiness | None:
        """What the manager has said of it so far."""
        return None if self._row is None or self._row.said is None else self._row.said.kind

    def retranslate(self) -> None:
        """Word everything in the language now shown."""
        self._note.setAccessibleName(self.tr("Note on the kind"))
        self._choices.setAccessibleName(self.tr("Why this kind"))
        self._keys.setText(self.tr("In the table the space bar says the other kind, Del leaves it to the rule again."))
        self._render()

    def show_row(self, row: KindRow | None, reasons: Sequence[tuple[str, str]]) -> None:
        """Ask about a row; None asks nothing."""
        is_other = row is None or self._row is None or _key(row) != _key(self._row)
        if is_other:
            self.flush()
        was_asking = self.is_asking and not is_other
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        self._of_shop = row.customer_id is not None
        self._choices.set_choices(reasons, None)
        if not was_asking:
            self._wanted = self._known
            if not self.is_pending:
                self._reason = "" if row.said is None else row.said.reason
                note = "" if row.said is None else row.said.note
                if self._note.text() != note:
                    self._note.setText(note)
        self._render()

    def propose_other(self) -> None:
        """Ask why it is of the other kind."""
        if self._row is not None:
            is_stable = self._row.kinded.kind is Steadiness.STABLE
            self._want(Steadiness.DIFFICULT if is_stable else Steadiness.STABLE)

    def leave_to_rule(self) -> None:
        """Let the rules decide again."""
        if self._row is not None:
            self._pause.stop()
            self._wanted, self._reason = None, ""
            self._note.clear()
            if self._row.said is not None:
                self.said.emit((self._row, None, False))
            self._render()

    def narrowest(self) -> int:
        """Return the width in which no reason is cut."""
        return self._choices.narrowest()

    def flush(self) -> None:
        """Hand over what is typed."""
        if self._pause.isActive():
            self._tell_note()

    def _want(self, kind: Steadiness) -> None:
        """Take a kind down; it counts once a reason is given."""
        if kind is self._known:
            self._wanted = kind
            self._render()
            return
        self._wanted, self._reason = kind, ""
        self._note.clear()
        self._render()
        self._choices.focus_first()

    def _render(self) -> None:
        row = self._row
        if row is None:
            return
        self.set_title(row.name)
        self._told.setText(self._words.kind_tip(row.kinded, of_shop=self._of_shop))
        names = [(one.value, self._words.kind(Kinded(one), of_shop=self._of_shop)) for one in Steadiness]
        by_rule = self.tr("By the rule: %1").replace("%1", self._words.kind(Kinded(row.ruled), of_shop=self._of_shop))
        self._kind.set_name(self.tr("Kind of shop") if self._of_shop else self.tr("Kind of brand"))
        self._kind.set_choices(tuple(Choice(*one, Tone.PRIMARY) for one in [(_BY_RULE, by_rule), *names]))
        self._kind.set_value(_BY_RULE if self._wanted is None else self._wanted.value)
        asked = self._wanted is not None
        for widget in (self._ask, self._choices, self._note):
            widget.setVisible(asked)
        if self._wanted is not None:
            kind = self._words.kind(Kinded(self._wanted), of_shop=self._of_shop)
            words = self.tr("Why “%1”? It counts once you say why.") if self.is_asking else self.tr("Why “%1”")
            self._ask.setText(words.replace("%1", kind))
        self._choices.choose(self._reason)
        needed = self._reason == VAGUE
        self._note.setPlaceholderText(self.tr("Which other reason?") if needed else self.tr("Note, in your words"))

    def _tell(self, *, typed: bool) -> None:
        note = self._note.text().strip()
        if self._row is not None and self._wanted is not None and self._reason and (self._reason != VAGUE or note):
            self.said.emit((self._row, SaidKind(self._wanted, self._reason, note), typed))

    @Slot()
    def _tell_note(self) -> None:
        self._pause.stop()
        self._tell(typed=True)

    @Slot(object)
    def _on_kind(self, chosen: str | None) -> None:
        if chosen in {None, _BY_RULE}:
            self.leave_to_rule()
        else:
            self._want(Steadiness(str(chosen)))

    @Slot(object)
    def _on_reason(self, code: str) -> None:
        self._reason = code
        self._pause.stop()
        self._tell(typed=False)
        self._render()
        if code == VAGUE and not self._note.text().strip():
            self._note.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_answered(self) -> None:
        if self._reason != VAGUE:
            self.left.emit()

    @Slot()
    def _on_left(self) -> None:
        """Forget a kind that was chosen without a reason."""
        if self.is_asking:
            self._wanted = self._known
            self._reason = "" if self._row is None or self._row.said is None else self._row.said.reason
            self._render()
        self.left.emit()

    @Slot()
    def _on_typed(self, _text: object = None) -> None:
        self._pause.start()

    @Slot()
    def _on_return(self) -> None:
        self._tell_note()
        if not self.is_asking or self._note.text().strip():
            self.left.emit()


def _key(row: KindRow) -> object:
    return row.product_id, row.customer_id
