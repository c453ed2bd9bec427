"""What Today shows: the day with its stops, the shop looked at, what re-sorting saves; and what a person does to it."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.changes import Changes, Kind
from app.domain.problems import TroubleError
from app.domain.reasons import VisitReason, Why
from app.domain.visit import VisitStatus
from app.runtime.clock import Clock
from app.services.days import Days, DaySheet, DayShop, DayStop
from app.services.search import Search
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import Lane, TaskRunner
from app.ui.pages.today.adding_view_model import AddingViewModel
from app.ui.pages.today.deeds import Deed, DeedKind
from app.ui.pages.today.shop_reader import ShopReader, ShopView, let_paint

if TYPE_CHECKING:
    from app.services.briefs import Briefs
    from app.services.visits import Visits

_HEARD = frozenset(Kind) - {Kind.PHOTO}


class TodayViewModel(QObject):
    """Holds the day; every command writes at once, tells the other pages, and can be undone."""

    changed = Signal()
    signs_changed = Signal(object)
    """UUID of a customer: its brief was read"""
    visit_ready = Signal(object)
    """UUID of the visit to open"""
    trouble_met = Signal(object)
    """TroubleError: the disk is full, the store is busy"""

    def __init__(
        self,
        days: Days,
        briefs: "Briefs",
        visits: "Visits",
        search: Search,
        clock: Clock,
        tasks: TaskRunner,
        bus: ChangeBus,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._days = days
        self._visits = visits
        self._clock = clock
        self._tasks = tasks
        self._bus = bus
        self._reader = ShopReader(briefs, days, tasks, self)
        self.adding = AddingViewModel(days, search, tasks, self)
        self.day: date | None = None
        self.sheet: DaySheet | None = None
        self.around: tuple[DayShop, ...] = ()
        self.selected: UUID | None = None
        self.saving: float | None = None
        self.notice: Deed | None = None
        self.problem: BaseException | None = None
        self.load_failed = False
        self._undo: list[Deed] = []
        self._under_way: deque[Deed] = deque()
        self._wanted: UUID | None = None
        self._is_shown = False
        self._is_stale = True
        self._is_around_stale = True
        self.is_painting = False
        """Whether the list is given time to be painted before the rest of the day is read."""
        self._is_own = False
        self._reader.read.connect(self._on_shop_read)
        bus.changed.connect(self._on_records_changed)

    @property
    def stop(self) -> DayStop | None:
        """The stop that is looked at."""
        return self.stop_of(self.selected)

    @property
    def view(self) -> ShopView | None:
        """What is known of the shop looked at; None while it is read."""
        return self._reader.view_of(self.selected)

    @property
    def view_error(self) -> BaseException | None:
        """Why the shop looked at could not be read."""
        return self._reader.error_of(self.selected)

    @property
    def can_undo(self) -> bool:
        """Whether there is a deed to take back."""
        return bool(self._undo)

    def stop_of(self, customer_id: UUID | None) -> DayStop | None:
        """Return the stop of a customer."""
        stops = self.sheet.stops if self.sheet is not None else ()
        return next((stop for stop in stops if stop.customer_id == customer_id), None)

    def reasons(self, stop: DayStop) -> tuple[Why, ...]:
        """Return why a shop is on the day: from its brief once that is read, before from what the day knows."""
        view = self._reader.view_of(stop.customer_id)
        if view is None:
            return stop.why
        by_hand = tuple(why for why in stop.why if why.code is VisitReason.PINNED)
        return (*by_hand, *view.brief.brief.reasons)

    def come_into_view(self) -> None:
        """Read the day if it is another one than was shown, or if something changed meanwhile."""
        self._is_shown = True
        today = self._clock.today()
        if self.day != today:
            self.day = today
            self.sheet = self.selected = self.saving = self.notice = None
            self._undo.clear()
            self._is_stale = True
        if self._is_stale:
            self._load()

    def go_out_of_view(self) -> None:
        """Read nothing until the page is looked at again."""
        self._is_shown = False

    def select(self, customer_id: UUID | None) -> None:
        """Look at a shop; none is the summary of the day."""
        if customer_id == self.selected:
            return
        self.selected = customer_id
        if customer_id is not None:
            self._reader.want_now(customer_id)
        self.changed.emit()

    def look_for(self, customer_id: UUID) -> None:
        """Look at a shop: now where the day has it, else when the day is read."""
        self._wanted = customer_id
        if self.stop_of(customer_id):
            self.select(customer_id)

    def start(self, *, on_paper: bool = False) -> None:
        """Open the visit of the shop looked at; for one that was written on paper its times are asked."""
        stop = self.stop
        if stop is not None and stop.visit_id is not None and not on_paper:
            self.visit_ready.emit(stop.visit_id)
        elif stop is not None and self.day is not None:
            work = partial(self._visits.from_paper if on_paper else self._visits.plan, stop.customer_id, self.day)
            self._tasks.run(work, owner=self, done=self._on_planned, failed=self._on_problem)

    def shorten(self) -> None:
        """Put the stops that are still ahead into a short order."""
        if self.day is not None and self.saving is not None:
            before = self._order()
            undo = partial(self._days.reorder, self.day, before)
            deed = Deed(DeedKind.SHORTENED, km=self.saving, undo=undo, before=before)
            self.saving = None
            self._do(partial(self._days.shorten, self.day), deed)

    def move_by(self, by: int) -> None:
        """Put the stop looked at some places later (or earlier)."""
        stop = self.stop
        if stop is not None:
            at = stop.number - 1
            self.move_to(stop.customer_id, at + by + (1 if by > 0 else 0))

    def move_to(self, customer_id: UUID, row: int) -> None:
        """Put a stop before the one that is now at that row; the number of stops puts it last."""
        stop, sheet = self.stop_of(customer_id), self.sheet
        if stop is None or sheet is None or stop.status.ended or self.day is None:
            return
        rest = [one for one in sheet.stops if one is not stop]
        place = min(max(0, row - (1 if row > stop.number - 1 else 0)), len(rest))
        if place == stop.number - 1:
            return
        before = self._before_moving(customer_id)
        rest.insert(place, stop)
        self._show_order(sheet, rest)
        undo = partial(self._days.reorder, self.day, before)
        deed = Deed(DeedKind.REORDERED, customer_id, stop.name, undo=undo, before=before)
        self._do(partial(self._days.reorder, self.day, self._order()), deed)

    def take_out(self) -> None:
        """Take the stop looked at out of the day."""
        stop = self.stop
        if stop is not None and stop.visit_id is not None and stop.status is VisitStatus.PLANNED:
            undo = partial(self._days.put_back, stop.visit_id, self._order())
            deed = Deed(DeedKind.TAKEN_OUT, stop.customer_id, stop.name, undo=undo)
            self._do(partial(self._days.remove, stop.visit_id), deed)

    def end(self, outcome: VisitStatus, reason: str, moved_to: date | None = None) -> None:
        """End the visit looked at as moved, closed, refused or cancelled."""
        stop = self.stop
        if stop is not None and stop.visit_id is not None and not stop.status.ended:
            undo = partial(self._visits.reopen, stop.visit_id)
            deed = Deed(DeedKind.ENDED, stop.customer_id, stop.name, None, outcome, moved_to, undo)
            work = partial(self._visits.end_otherwise, stop.visit_id, outcome, reason, moved_to=moved_to)
            self._do(work, deed)

    def reopen(self) -> None:
        """Take up the visit looked at after it has ended."""
        stop = self.stop
        if stop is not None and stop.visit_id is not None and stop.status.ended:
            self._do(partial(self._visits.reopen, stop.visit_id), Deed(DeedKind.REOPENED, stop.customer_id, stop.name))

    def add(self, customer_id: UUID, name: str) -> None:
        """Put a shop at the end of the day and look at it."""
        if self.day is not None:
            self.adding.close()
            self._wanted = customer_id
            self._do(partial(self._days.add, self.day, customer_id), Deed(DeedKind.ADDED, customer_id, name))

    def undo(self) -> None:
        """Take back the last deed."""
        if self._undo:
            deed = self._undo.pop()
            if deed.undo is not None:
                self._wanted = deed.customer_id
                self._do(deed.undo, Deed(DeedKind.UNDONE, deed.customer_id, deed.name))

    def dismiss(self) -> None:
        """Put away what was said."""
        self.notice = self.problem = None
        self.changed.emit()

    def retry(self) -> None:
        """Read the day once more."""
        self._load()

    def _order(self) -> tuple[UUID, ...]:
        stops = self.sheet.stops if self.sheet is not None else ()
        return tuple(stop.visit_id for stop in stops if stop.visit_id is not None)

    def _before_moving(self, customer_id: UUID) -> tuple[UUID, ...]:
        """Return the order to go back to; moving the same stop on and on is undone as one deed."""
        last = (self._under_way or self._undo or [None])[-1]
        if last is None or last.kind is not DeedKind.REORDERED or last.customer_id != customer_id:
            return self._order()
        if self._under_way:
            self._under_way[-1] = replace(last, undo=None)
        else:
            self._undo.pop()
        return last.before

    def _show_order(self, sheet: DaySheet, stops: Sequence[DayStop]) -> None:
        """Show the new order at once, with the times by place, until it comes from the disk."""
        times = [stop.planned_at for stop in sheet.stops]
        shown = (replace(stop, number=n + 1, planned_at=times[n]) for n, stop in enumerate(stops))
        self.sheet = replace(sheet, stops=tuple(shown))

    def _do(self, work: Callable[[], Changes], deed: Deed) -> None:
        """Write in the database lane, which keeps the order, so that the deed answered is the oldest one."""
        self.problem = None
        self._under_way.append(deed)
        self._tasks.run(work, owner=self, done=self._on_done, failed=self._on_not_done)
        self.changed.emit()

    def _on_done(self, changes: Changes) -> None:
        deed = self._under_way.popleft()
        if deed.kind is DeedKind.ADDED:
            deed = replace(deed, undo=partial(self._days.remove, next(iter(changes.ids))))
        if deed.undo is not None:
            self._undo.append(deed)
        self.notice = None if deed.kind is DeedKind.UNDONE else deed
        if deed.changes_brief:
            self._reader.forget(None if deed.customer_id is None else (deed.customer_id,))
        self._is_own = True
        self._bus.changed.emit(changes)
        self._is_own = False
        self._load()

    def _on_not_done(self, error: BaseException) -> None:
        self._under_way.popleft()
        self._on_problem(error)
        self._load()

    def _on_problem(self, error: BaseException) -> None:
        if isinstance(error, TroubleError):
            self.trouble_met.emit(error)
        else:
            self.problem = error
        self.changed.emit()

    def _load(self) -> None:
        """Read the day; as long as it has no stop the rule may fill it."""
        if self.day is None or self._under_way:
            return
        if not self._is_shown:
            self._is_stale = True
            return
        self._is_stale = self.load_failed = False
        is_stored = self.sheet is not None and any(stop.visit_id for stop in self.sheet.stops)
        read = partial(self._days.show if is_stored else self._days.open, self.day)
        self._tasks.run(read, owner=self, done=self._on_sheet, failed=self._on_not_loaded)

    def _on_sheet(self, sheet: DaySheet) -> None:
        if sheet.day != self.day or self._under_way:
            return
        before = self.sheet
        self.sheet = sheet
        if self._wanted is not None and self.stop_of(self._wanted) is not None:
            self.selected = self._wanted
        self._wanted = None
        self._look_on(before)
        self.is_painting = before is None
        self.changed.emit()
        if self.is_painting:
            # The list is painted first: reading the shops brings in the database's larger part and takes its time.
            self._tasks.run(let_paint, owner=self, done=self._on_painted, lane=Lane.FREE)
        else:
            self._read_on()

    def _on_painted(self, _nothing: None) -> None:
        self.is_painting = False
        self.changed.emit()
        self._read_on()

    def _read_on(self) -> None:
        """Read what belongs to the day beside its list: the briefs, the shops around, what re-sorting saves."""
        sheet = self.sheet
        if sheet is None:
            return
        if self._is_around_stale:
            self._is_around_stale = False
            self._tasks.run(self._days.surroundings, owner=self, done=self._on_around, failed=self._on_problem)
        if self.selected is not None:
            self._reader.want_now(self.selected)
        self._reader.want(sheet.day, [stop.customer_id for stop in sheet.stops])
        work = partial(_measure, self._days, sheet)
        self._tasks.run(work, owner=self, done=self._on_measured, lane=Lane.FREE)

    def _on_around(self, around: tuple[DayShop, ...]) -> None:
        self.around = around
        self.changed.emit()

    def _on_measured(self, measured: "_Saving") -> None:
        if measured.sheet is self.sheet:
            self.saving = measured.km
            self.changed.emit()

    def _on_not_loaded(self, error: BaseException) -> None:
        self.load_failed = self._is_stale = True
        self._on_problem(error)

    def _look_on(self, before: DaySheet | None) -> None:
        """Go on to the next open stop when the one looked at has just ended, and to none when all have."""
        sheet, stop = self.sheet, self.stop
        if sheet is None:
            return
        was = next((s for s in before.stops if s.customer_id == self.selected), None) if before is not None else None
        if stop is not None and not (stop.status.ended and was is not None and not was.status.ended):
            return
        if self.selected is None and before is not None and before.stops and not before.is_over:
            return
        under_way = [s for s in sheet.stops if s.status is VisitStatus.IN_PROGRESS]
        after = was.number if was is not None else 0
        ahead = [s for s in sheet.stops if not s.status.ended]
        later = [s for s in ahead if s.number >= after]
        following = next(iter((*under_way, *later, *ahead)), None)
        self.selected = None if following is None else following.customer_id

    def _on_planned(self, visit_id: UUID) -> None:
        self._bus.changed.emit(Changes.of(Kind.VISIT, visit_id))
        self.visit_ready.emit(visit_id)

    @Slot(object)
    def _on_shop_read(self, customer_id: UUID) -> None:
        self.signs_changed.emit(customer_id)

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        if self._is_own:
            return
        if changes.kinds & _HEARD:
            self._is_around_stale = self._is_around_stale or Kind.CUSTOMER in changes.kinds
            self._reader.forget(self._customers_of(changes))
            self._load()

    def _customers_of(self, changes: Changes) -> tuple[UUID, ...] | None:
        """Return whose briefs a change touches; None means any."""
        stops = self.sheet.stops if self.sheet is not None else ()
        by_visit = {stop.visit_id: stop.customer_id for stop in stops}
        known = {*by_visit.values()}
        found = [by_visit.get(one, one) for one in changes.ids]
        return tuple(found) if found and all(one in known for one in found) else None


@dataclass(frozen=True, slots=True)
class _Saving:
    sheet: DaySheet
    km: float | None


def _measure(days: Days, sheet: DaySheet) -> _Saving:
    return _Saving(sheet, days.saving(sheet.day))
