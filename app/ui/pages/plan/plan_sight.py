"""What of the plan is looked at: the span, the day and the visit, the months read for it, the draft in their place."""

from datetime import date

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.changes import Changes, Kind
from app.domain.planning.views import DayView, MonthView, StopView
from app.domain.problems import TroubleError
from app.runtime.clock import Clock
from app.services.plans import Plans
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.plan import plan_shown as shown
from app.ui.pages.plan.draft_view_model import DraftViewModel
from app.ui.pages.plan.months_reader import MonthsReader
from app.ui.pages.plan.plan_deeds import PlanDeeds
from app.ui.pages.plan.plan_shown import Days, Span, Spot

_HEARD = frozenset({Kind.VISIT, Kind.CUSTOMER, Kind.TASK, Kind.PLAN, Kind.ORDER})


class PlanSight(QObject):
    """Reads the months that are looked at, away from the window, and again when others change them."""

    changed = Signal()
    trouble_met = Signal(object)
    """TroubleError"""

    def __init__(
        self, plans: Plans, clock: Clock, tasks: TaskRunner, bus: ChangeBus, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.plans = plans
        self.clock = clock
        self.tasks = tasks
        self.reader = MonthsReader(plans, tasks, self)
        self.drafting = DraftViewModel(plans, tasks, self)
        self.deeds = PlanDeeds(tasks, plans.undo, self)
        self.today = clock.today()
        self.span = Span.MONTH
        self.spot = Spot(self.today)
        self.problem: BaseException | None = None
        self._is_shown = False
        self._is_stale = True
        self._is_own = False
        self.reader.read.connect(self._on_read)
        self.reader.failed.connect(self._on_not_read)
        self.drafting.changed.connect(self._on_part_changed)
        self.drafting.failed.connect(self.fail)
        bus.changed.connect(self._on_records_changed)

    @property
    def month(self) -> date:
        """The first day of the month looked at."""
        return shown.first_of(self.spot.day)

    @property
    def view(self) -> MonthView | None:
        """The month of the day looked at, as it is stored; None until it is read."""
        return self.reader.view

    @property
    def days(self) -> Days:
        """The days that were read: the draft's while there is one."""
        draft = self.drafting.draft
        return self.reader.days if draft is None else draft.view.days

    @property
    def health_view(self) -> MonthView | None:
        """The month whose health is shown."""
        draft = self.drafting.draft
        return self.view if draft is None else draft.view

    @property
    def day(self) -> DayView | None:
        """The day looked at."""
        return shown.day_of(self.days, self.spot.day)

    @property
    def stop(self) -> StopView | None:
        """The visit looked at."""
        found = shown.stop_of(self.days, self.spot.visit_id)
        return None if found is None else found[1]

    @property
    def is_editable(self) -> bool:
        """Whether the plan can be changed now: no draft stands in its place."""
        return self.drafting.draft is None and self.view is not None

    def can_change(self, stop: StopView | None) -> bool:
        """Whether anything can be done to a visit."""
        return stop is not None and self.is_editable and shown.is_movable(stop)

    def can_move(self, stop: StopView | None) -> bool:
        """Whether a visit can be put elsewhere: it is not fixed on its day."""
        return stop is not None and self.can_change(stop) and not stop.locked

    def can_take(self, day: date) -> bool:
        """Whether a visit can be put on a day."""
        return self.is_editable and shown.can_take(shown.day_of(self.days, day), self.today)

    def come_into_view(self) -> None:
        """Read the month if another day has begun, or if something changed meanwhile."""
        self._is_shown = True
        today = self.clock.today()
        if self.today != today:
            self.today, self.spot, self._is_stale = today, Spot(today), True
        if self._is_stale:
            self._load()

    def go_out_of_view(self) -> None:
        """Read nothing until the page is looked at again."""
        self._is_shown = False

    def set_span(self, span: Span) -> None:
        """Show a month, a week or a day."""
        if span is not self.span:
            self.span = span
            self._look()

    def step(self, by: int) -> None:
        """Go to the next month, week or day (or back)."""
        if self.span is Span.MONTH:
            day = shown.clamped(self.spot.day, shown.month_later(self.month, by))
        else:
            ahead = by * (7 if self.span is Span.WEEK else 1)
            day = date.fromordinal(self.spot.day.toordinal() + ahead)
        self.go_to(Spot(day))

    def go_today(self) -> None:
        """Go back to today."""
        self.go_to(Spot(self.today))

    def go_to(self, spot: Spot) -> None:
        """Look at a day, and at a visit of it."""
        if spot == self.spot:
            return
        if shown.first_of(spot.day) != self.month:
            self.drafting.discard()
        self.spot = spot
        self._look()

    def retry(self) -> None:
        """Read once more."""
        self._load()

    def _look(self) -> None:
        if not self.reader.has(self._months()):
            self._load()
        self.changed.emit()

    def _months(self) -> tuple[date, ...]:
        """Return the months whose days are to be seen, that of the day looked at first."""
        beside = [shown.first_of(day) for day in shown.week_of(self.spot.day)] if self.span is Span.WEEK else []
        return tuple(dict.fromkeys((self.month, *beside)))

    # ---- reading ------------------------------------------------------------------------------------------------
    @Slot(object)
    def fail(self, error: BaseException) -> None:
        """Say what went wrong."""
        if isinstance(error, TroubleError):
            self.trouble_met.emit(error)
        else:
            self.problem = error
        self.changed.emit()

    def _load(self) -> None:
        if not self.deeds.is_empty:
            return
        self._is_stale = not self._is_shown
        if self._is_shown:
            self.reader.load(self._months())

    @Slot()
    def _on_read(self) -> None:
        found = shown.stop_of(self.reader.days, self.spot.visit_id)
        if found is not None:
            self.spot = Spot(found[0].day, self.spot.visit_id)
        elif self.spot.visit_id is not None:
            self.spot = Spot(self.spot.day)
        self.changed.emit()

    @Slot(object)
    def _on_not_read(self, error: BaseException) -> None:
        self._is_stale = True
        self.fail(error)

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        if not self._is_own and changes.kinds & _HEARD:
            self._load()

    @Slot()
    def _on_part_changed(self) -> None:
        self.changed.emit()
