"""What the plan page knows: the days read, where the person is, what is held, and every deed on the plan."""

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.changes import Changes, Kind
from app.domain.planning.setup import PlanSetup
from app.domain.planning.views import DayView, MonthView, StopView
from app.domain.problems import TroubleError
from app.runtime.clock import Clock
from app.services.days import Days as DayService
from app.services.plan_values import PlanDeed
from app.services.plans import Plans
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.plan import plan_shown as shown
from app.ui.pages.plan.draft_view_model import DraftViewModel
from app.ui.pages.plan.effect_reader import EffectReader, Move
from app.ui.pages.plan.late_view_model import LateViewModel
from app.ui.pages.plan.months_reader import MonthsReader
from app.ui.pages.plan.plan_deeds import Ended, PlanDeeds, Wish
from app.ui.pages.plan.plan_shown import Days, Span, Spot

_HEARD = frozenset({Kind.VISIT, Kind.CUSTOMER, Kind.TASK, Kind.PLAN, Kind.ORDER})


class PlanViewModel(QObject):
    """Reads the months that are looked at, and changes the plan; all work is done away from the window."""

    changed = Signal()
    trouble_met = Signal(object)
    """TroubleError"""

    def __init__(
        self,
        plans: Plans,
        day_service: DayService,
        clock: Clock,
        tasks: TaskRunner,
        bus: ChangeBus,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.plans = plans
        self.day_service = day_service
        self.clock = clock
        self.tasks = tasks
        self._bus = bus
        self.reader = MonthsReader(plans, tasks, self)
        self.drafting = DraftViewModel(plans, tasks, self)
        self.deeds = PlanDeeds(tasks, plans.undo, self)
        self.late_day = LateViewModel(plans, clock, tasks, self.deeds, self)
        self.effects = EffectReader(plans, tasks, self)
        self.today = clock.today()
        self.span = Span.MONTH
        self.spot = Spot(self.today)
        self.held: UUID | None = None
        """The visit that was cut, to be put on another day."""
        self.swapping: UUID | None = None
        """The visit that waits for the one it is to be exchanged with."""
        self.notice: Ended | None = None
        self.problem: BaseException | None = None
        self._is_shown = False
        self._is_stale = True
        self._is_own = False
        self.reader.read.connect(self._on_read)
        self.reader.failed.connect(self._on_not_read)
        self.deeds.done.connect(self._on_deed)
        self.deeds.failed.connect(self._on_not_done)
        self.drafting.changed.connect(self._on_part_changed)
        self.drafting.failed.connect(self.fail)
        self.late_day.changed.connect(self._on_part_changed)
        self.late_day.failed.connect(self.fail)
        bus.changed.connect(self._on_records_changed)

    # ---- what is looked at --------------------------------------------------------------------------------------
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
        if spot.day != self.spot.day:
            self.late_day.leave()
        self.spot = spot
        self._look()
        if self.held is not None:
            self.effects.try_move(Move(self.held, spot.day) if self.can_take(spot.day) else None)

    def retry(self) -> None:
        """Read once more."""
        self._load()

    def dismiss(self) -> None:
        """Put away what was said."""
        self.notice = self.problem = None
        self.changed.emit()

    def _look(self) -> None:
        if not self.reader.has(self._months()):
            self._load()
        self.changed.emit()

    def _months(self) -> tuple[date, ...]:
        """Return the months whose days are to be seen, that of the day looked at first."""
        beside = [shown.first_of(day) for day in shown.week_of(self.spot.day)] if self.span is Span.WEEK else []
        return tuple(dict.fromkeys((self.month, *beside)))

    # ---- trying -------------------------------------------------------------------------------------------------
    def cut(self) -> None:
        """Take hold of the visit looked at, to put it on another day."""
        if (stop := self.stop) is not None and self.can_move(stop):
            self.held, self.swapping = stop.visit_id, None
            self.changed.emit()

    def paste(self) -> None:
        """Put what is held on the day looked at."""
        if self.held is not None and self.can_take(self.spot.day):
            self.put(self.held, self.spot.day)

    def begin_swap(self) -> None:
        """Wait for the visit that is to be exchanged with the one looked at."""
        if (stop := self.stop) is not None and self.can_move(stop):
            self.swapping, self.held = stop.visit_id, None
            self.changed.emit()

    def swap_here(self) -> None:
        """Exchange the visit that waits with the one looked at."""
        first, stop = self.swapping, self.stop
        if first is not None and stop is not None and stop.visit_id != first and self.can_move(stop):
            self.let_go()
            self._do(partial(self.plans.swap, first, stop.visit_id))

    def let_go(self) -> None:
        """Hold nothing, try nothing."""
        self.held = self.swapping = None
        self.effects.try_move(None)
        self.changed.emit()

    # ---- deeds --------------------------------------------------------------------------------------------------
    def put(self, visit_id: UUID, to_day: date, place: int | None = None) -> None:
        """Put a visit on a day, at a place (from 1; None: the cheapest)."""
        found = shown.stop_of(self.days, visit_id)
        if found is None or not self.can_move(found[1]) or not self.can_take(to_day):
            return
        self.held = self.swapping = None
        self.effects.try_move(None)
        if found[0].day == to_day and (place is None or place == found[1].number):
            self.changed.emit()
            return
        self.reader.days = shown.moved(self.reader.days, visit_id, to_day, place)
        self.spot = Spot(to_day, visit_id)
        self._do(partial(self.plans.move, visit_id, to_day, place))

    def move_days(self, by: int) -> None:
        """Put the visit looked at on the next working day, or the one before."""
        stop = self.stop
        day = shown.neighbour(self.days, self.spot.day, by, self.today)
        if stop is not None and day is not None:
            self.put(stop.visit_id, day)

    def move_places(self, by: int) -> None:
        """Put the visit looked at some places later in its day, or earlier."""
        stop, day = self.stop, self.day
        if stop is not None and day is not None and 1 <= stop.number + by <= len(day.stops):
            self.put(stop.visit_id, day.day, stop.number + by)

    def tomorrow(self) -> None:
        """Put the visit looked at on the working day after its own."""
        self._do_to_stop(self.plans.tomorrow)

    def take_out(self) -> None:
        """Take the visit looked at out of the plan."""
        stop = self.stop
        if stop is not None and self.can_change(stop):
            self.reader.days = shown.without(self.reader.days, stop.visit_id)
            self._do(partial(self.plans.take_out, stop.visit_id))

    def toggle_lock(self) -> None:
        """Fix the visit looked at on its day, or free it."""
        stop = self.stop
        if stop is not None and self.can_change(stop):
            self._do(partial(self.plans.lock, (stop.visit_id,), locked=not stop.locked))

    def lock_day(self, *, locked: bool) -> None:
        """Fix all that is planned on the day looked at, or free it."""
        day = self.day
        ids = (
            () if day is None else tuple(s.visit_id for s in day.stops if self.can_change(s) and s.locked is not locked)
        )
        if ids:
            self._do(partial(self.plans.lock, ids, locked=locked))

    def drop_in(self, customer_id: UUID) -> None:
        """Put a shop into the day looked at."""
        if self.can_take(self.spot.day):
            self._do(partial(self.plans.drop_in, self.spot.day, customer_id))

    def shorten(self) -> None:
        """Give what is ahead of the day looked at the shortest order."""
        if self.can_take(self.spot.day):
            self._do(partial(self.plans.shorten, self.spot.day))

    def set_day(self, kind: str | None, before: str | None) -> None:
        """Make the day looked at off, half, leave or worked; `before` is what it was by choice, for undoing."""
        day = self.spot.day
        self._carry(
            Wish(partial(self.plans.set_day, day, kind), partial(self.plans.set_day, day, before), "day_changed")
        )

    def set_cadence(self, customer_id: UUID, cadence: str | None, reason: str) -> None:
        """Choose how often a shop is visited; None gives it back to the rules, and so does undoing."""
        forth = partial(self.plans.set_cadence, customer_id, cadence, reason)
        back = partial(self.plans.set_cadence, customer_id, None, reason)
        self._carry(Wish(forth, back, "cadence_changed"))

    def save_setup(self, after: PlanSetup, before: PlanSetup) -> None:
        """Keep how the days run."""
        self._carry(
            Wish(partial(self.plans.save_setup, after), partial(self.plans.save_setup, before), "setup_changed")
        )

    def keep(self) -> None:
        """Store the draft."""
        draft = self.drafting.draft
        if draft is not None:
            self._do(partial(self.plans.keep, draft))
            self.drafting.discard()

    def undo(self) -> None:
        """Take the last deed back."""
        self.problem = None
        self.deeds.undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.problem = None
        self.deeds.redo()

    def look_at_late(self) -> None:
        """Look at how today runs from now on."""
        self.go_to(Spot(self.today, self.spot.visit_id))
        self.late_day.look()

    # ---- how deeds run ------------------------------------------------------------------------------------------
    def _do_to_stop(self, work: Callable[[UUID], PlanDeed]) -> None:
        if (stop := self.stop) is not None and self.can_move(stop):
            self._do(partial(work, stop.visit_id))

    def _do(self, work: Callable[[], PlanDeed]) -> None:
        self._carry(Wish(work))

    def _carry(self, wish: Wish) -> None:
        self.problem = None
        self.effects.forget()
        self.reader.drop_answers()
        self.deeds.carry_out(wish)
        self.changed.emit()

    @Slot(object)
    def _on_deed(self, ended: Ended) -> None:
        self.notice = ended
        self.effects.forget()
        self._is_own = True
        self._bus.changed.emit(ended.changes)
        self._is_own = False
        self._load()

    @Slot(object)
    def _on_not_done(self, error: BaseException) -> None:
        self.fail(error)
        self._load()

    @Slot(object)
    def fail(self, error: BaseException) -> None:
        """Say what went wrong."""
        if isinstance(error, TroubleError):
            self.trouble_met.emit(error)
        else:
            self.problem = error
        self.changed.emit()

    @Slot()
    def _on_part_changed(self) -> None:
        self.changed.emit()

    # ---- reading ------------------------------------------------------------------------------------------------
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
            self.effects.forget()
            self._load()
