"""What a person does to the plan: visits moved, exchanged, fixed, taken out, added; every deed can be taken back."""

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Slot
from typing_extensions import override

from app.domain.changes import Changes
from app.domain.planning.setup import PlanSetup
from app.domain.planning.views import StopView, UnplacedView
from app.domain.problems import Problem, Refusal, RuleError
from app.runtime.clock import Clock
from app.services.days import Days as DayService
from app.services.plan_values import PlanDeed
from app.services.plans import Plans
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.plan import plan_shown as shown
from app.ui.pages.plan.effect_reader import EffectReader, Move
from app.ui.pages.plan.late_view_model import LateViewModel
from app.ui.pages.plan.plan_deeds import Ended, Wish
from app.ui.pages.plan.plan_shown import Spot
from app.ui.pages.plan.plan_sight import PlanSight
from app.ui.pages.plan.why_reader import WhyReader


class PlanViewModel(PlanSight):
    """Changes the plan at once on the page and, away from the window, in the store."""

    def __init__(
        self,
        plans: Plans,
        day_service: DayService,
        clock: Clock,
        tasks: TaskRunner,
        bus: ChangeBus,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(plans, clock, tasks, bus, parent)
        self.day_service = day_service
        self._bus = bus
        self.late_day = LateViewModel(plans, clock, tasks, self.deeds, self)
        self.effects = EffectReader(plans, tasks, self)
        self.why = WhyReader(plans, tasks, self)
        self.held: UUID | None = None
        """The visit that was cut, to be put on another day."""
        self.swapping: UUID | None = None
        """The visit that waits for the one it is to be exchanged with."""
        self.notice: Ended | None = None
        self.deeds.done.connect(self._on_deed)
        self.deeds.failed.connect(self._on_not_done)
        self.late_day.changed.connect(self._on_part_changed)
        self.late_day.failed.connect(self.fail)

    @override
    def go_to(self, spot: Spot) -> None:
        """Look at a day, and at a visit of it; what is held is tried there."""
        if spot.day != self.spot.day:
            self.late_day.leave()
        super().go_to(spot)
        if self.held is not None:
            self.effects.try_move(Move(self.held, spot.day) if self.can_take(spot.day) else None)

    def dismiss(self) -> None:
        """Put away what was said."""
        self.notice = self.problem = None
        self.changed.emit()

    # ---- trying -------------------------------------------------------------------------------------------------
    def cut(self) -> None:
        """Take hold of the visit looked at, to put it on another day."""
        if (stop := self.stop) is not None and not self._tell_fixed(stop) and self.can_move(stop):
            self.held, self.swapping = stop.visit_id, None
            self.changed.emit()

    def paste(self) -> None:
        """Put what is held on the day looked at."""
        if self.held is not None and self.can_take(self.spot.day):
            self.put(self.held, self.spot.day)

    def begin_swap(self) -> None:
        """Wait for the visit that is to be exchanged with the one looked at."""
        if (stop := self.stop) is not None and not self._tell_fixed(stop) and self.can_move(stop):
            self.swapping, self.held = stop.visit_id, None
            self.changed.emit()

    def swap_here(self) -> None:
        """Exchange the visit that waits with the one looked at."""
        first, stop = self.swapping, self.stop
        if first is None or stop is None or stop.visit_id == first or self._tell_fixed(stop):
            return
        if self.can_move(stop):
            self.let_go()
            self.reader.days = shown.swapped(self.reader.days, first, stop.visit_id)
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
        if found is None or self._tell_fixed(found[1]) or not self.can_move(found[1]) or not self.can_take(to_day):
            return
        self.held = self.swapping = None
        self.effects.try_move(None)
        if found[0].day == to_day and (place is None or place == found[1].number):
            self.changed.emit()
            return
        if shown.has_shop(self.days, to_day, found[1].customer_id, visit_id):
            self._tell_twice(found[1].name)
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
        stop = self.stop
        if stop is None or self._tell_fixed(stop) or not self.can_move(stop):
            return
        day = shown.day_after(self.days, stop, self.spot.day, self.today)
        if day is not None:
            self.reader.days = shown.moved(self.reader.days, stop.visit_id, day, None)
        self._do(partial(self.plans.tomorrow, stop.visit_id))

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
            self._lock((stop.visit_id,), is_locked=not stop.locked)

    def lock_day(self, *, locked: bool) -> None:
        """Fix all that is planned on the day looked at, or free it."""
        day = self.day
        ids = (
            () if day is None else tuple(s.visit_id for s in day.stops if self.can_change(s) and s.locked is not locked)
        )
        if ids:
            self._lock(ids, is_locked=locked)

    def drop_in(self, customer_id: UUID, day: date | None = None, place: int | None = None) -> None:
        """Put a shop into a day (None: the one looked at), at a place (from 1; None: the cheapest)."""
        day = day or self.spot.day
        if not self.can_take(day):
            return
        self.effects.try_move(None)
        owed = () if self.view is None else self.view.unplaced
        one = next((one for one in owed if one.customer_id == customer_id), None)
        if one is not None and shown.has_shop(self.days, day, customer_id):
            self._tell_twice(one.name)
            return
        if one is not None:
            self.reader.put_unplaced(one, day, place)
        self._do(partial(self.plans.drop_in, day, customer_id, place))

    def late_stop(self, one: UnplacedView) -> StopView | None:
        """Return the visit that comes after its deadline; None where the shop has no day at all."""
        day = None if one.late is None else shown.day_of(self.days, one.late)
        stops = () if day is None else day.stops
        return next((stop for stop in stops if stop.customer_id == one.customer_id), None)

    def shorten(self) -> None:
        """Give what is ahead of the day looked at the shortest order."""
        if self.can_take(self.spot.day):
            self._do(partial(self.plans.shorten, self.spot.day))

    def set_day(self, kind: str | None) -> None:
        """Make the day looked at off, half, leave or worked; None gives it back to the calendar."""
        self._do(partial(self.plans.set_day, self.spot.day, kind))

    def set_cadence(self, customer_id: UUID, cadence: str | None, reason: str) -> None:
        """Choose how often a shop is visited; None gives it back to the rules."""
        self._do(partial(self.plans.set_cadence, customer_id, cadence, reason))

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
    def tell_fixed(self) -> bool:
        """Say that the visit looked at stays where it is, if that is so."""
        return self.stop is not None and self._tell_fixed(self.stop)

    def _tell_fixed(self, stop: StopView) -> bool:
        """Say that a visit stays where it is because it is fixed there, if that is so."""
        if not (stop.locked and self.can_change(stop)):
            return False
        self.fail(RuleError(Refusal(Problem.VISIT_FIXED, stop.name)))
        return True

    def _tell_twice(self, name: str) -> None:
        self.fail(RuleError(Refusal(Problem.TWICE_A_DAY, name)))

    def _lock(self, visits: tuple[UUID, ...], *, is_locked: bool) -> None:
        self.reader.days = shown.locked(self.reader.days, visits, is_locked=is_locked)
        self._do(partial(self.plans.lock, visits, locked=is_locked))

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
        self.why.forget()
        self._is_own = True
        self._bus.changed.emit(ended.changes)
        self._is_own = False
        self._load()

    @Slot(object)
    def _on_not_done(self, error: BaseException) -> None:
        self.fail(error)
        self._load()

    @override
    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        if not self._is_own:
            self.effects.forget()
            self.why.forget()
        super()._on_records_changed(changes)
