"""The card at the left of a visit: the shop, its eight steps, when the manager came and when it was saved last."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.visit import StepProgress, StepState
from app.services.visit_rows import VISIT_ROW
from app.ui.look.formats import format_clock, format_iso, format_minutes, format_time
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.step_titles import StepTitles
from app.ui.pages.visit.visit_draft import VisitDraft
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip
from app.ui.widgets.painting import is_language_event, is_look_event
from app.ui.widgets.step_rail import Step as RailStep
from app.ui.widgets.step_rail import StepRail
from app.ui.widgets.step_rail import StepState as RailState
from app.ui.widgets.tones import Tone

_STATES = {
    StepState.UNTOUCHED: RailState.OPEN,
    StepState.PARTLY: RailState.STARTED,
    StepState.COMPLETE: RailState.DONE,
}
_WIDTH = 14.4
_COMPACT = 4.3
_LONGEST = timedelta(hours=12)


class VisitRail(QWidget):
    """Shows how far each step is, and jumps."""

    jumped = Signal(object)
    """str: the step"""
    customer_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = StepTitles(self)
        self._is_compact = False
        self._card = Card(flush=True)
        self._card.set_title(" ")
        self._rail = StepRail()
        self._rail.setObjectName("stepRail")
        self._profile = IconButton("customer", "")
        self._profile.setObjectName("openCustomer")
        self._card.add_header_widget(self._profile)
        self._paper = Chip("", Tone.AMBER)
        self._paper.setObjectName("fromPaper")
        self._badge = QWidget()
        badge = QHBoxLayout(self._badge)
        pad = current_theme().size("pad")
        badge.setContentsMargins(pad, current_theme().size("gap_small"), pad, 0)
        badge.addWidget(self._paper)
        badge.addStretch(1)
        self._badge.hide()
        self._card.body.addWidget(self._badge)
        self._card.body.addWidget(self._rail)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._card)
        self._rail.jumped.connect(self.jumped)
        self._profile.clicked.connect(self.customer_requested)
        self._retranslate()
        self._measure()

    def set_compact(self, *, is_compact: bool) -> None:
        """Show numbers without words where there is little room."""
        if is_compact is not self._is_compact:
            self._is_compact = is_compact
            self._card.set_slim(is_slim=is_compact)
            self._measure()

    @property
    def least_width(self) -> int:
        """How narrow the rail can make itself."""
        return current_theme().em(_COMPACT)

    def show_visit(self, draft: VisitDraft, steps: Sequence[StepProgress], saved_at: datetime | None) -> None:
        """Show the shop, how far each step is, and the times."""
        self._card.set_title(" " if self._is_compact else draft.head.customer_name)
        self._rail.set_steps(tuple(self._rail_step(step) for step in steps))
        self._rail.set_current(draft.place.step.value)
        entered = draft.value(VISIT_ROW, "paper_entered_at")
        self._badge.setVisible(entered is not None and not self._is_compact)
        if isinstance(entered, datetime):
            self._paper.setToolTip(self._entered(entered))
        lines = [line for line in (self._arrival(draft), self._saved(saved_at)) if line]
        if self._is_compact:
            lines = []
        self._rail.set_footer("\n".join(lines))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self._retranslate()
        elif is_look_event(event) and hasattr(self, "_card"):
            self._measure()

    def _rail_step(self, progress: StepProgress) -> RailStep:
        words = self.tr("complete")
        if progress.open:
            words = self.tr("%1 still to enter").replace("%1", str(progress.open))
        return RailStep(progress.step.value, self._titles.of(progress.step), _STATES[progress.state], words)

    def _arrival(self, draft: VisitDraft) -> str:
        arrived = draft.value(VISIT_ROW, "arrived_at")
        if not isinstance(arrived, datetime):
            return ""
        words = self.tr("Arrived %1").replace("%1", format_time(arrived))
        left = draft.head.left_at or draft.now()
        if draft.value(VISIT_ROW, "paper_entered_at") is not None:
            told = draft.value(VISIT_ROW, "left_at")
            left = told if isinstance(told, datetime) else arrived - timedelta(1)
        stayed = left - arrived
        if not timedelta(0) <= stayed <= _LONGEST:
            return words
        minutes = format_minutes(int(stayed.total_seconds() // 60), current_language())
        return self.tr("%1 \u00b7 for %2").replace("%1", words).replace("%2", minutes)

    def _entered(self, entered: datetime) -> str:
        words = self.tr("From paper, entered %1 %2").replace("%1", format_iso(entered.astimezone().date()))
        return words.replace("%2", format_time(entered.astimezone()))

    def _saved(self, saved_at: datetime | None) -> str:
        return "" if saved_at is None else self.tr("Saved %1").replace("%1", format_clock(saved_at))

    def _retranslate(self) -> None:
        self._profile.set_name(self.tr("Open the customer"))
        self._paper.set_chip(self.tr("From paper"), Tone.AMBER)

    def _measure(self) -> None:
        self.setFixedWidth(current_theme().em(_COMPACT if self._is_compact else _WIDTH))
