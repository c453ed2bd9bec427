"""What a person does to the day: begins visits, puts stops in order, ends, takes out and adds them, takes that back."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from typing_extensions import override

from app.domain.changes import Changes, Kind
from app.domain.visit import VisitStatus
from app.runtime.clock import Clock
from app.services.days import Days, DaySheet, DayStop
from app.services.search import Search
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.today.adding_view_model import AddingViewModel
from app.ui.pages.today.deeds import Deed, DeedKind
from app.ui.pages.today.today_sight import TodaySight

if TYPE_CHECKING:
    from app.services.briefs import Briefs
    from app.services.visits import Visits


class TodayViewModel(TodaySight):
    """Every command writes at once, tells the other pages, and can be undone."""

    visit_ready = Signal(object)
    """UUID of the visit to open"""

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
        super().__init__(days, briefs, clock, tasks, bus, parent)
        self._visits = visits
        self._bus = bus
        self.adding = AddingViewModel(days, search, tasks, self)
        self.notice: Deed | None = None
        self._undo: list[Deed] = []
        self._under_way: deque[Deed] = deque()

    @property
    @override
    def is_writing(self) -> bool:
        """Whether a deed is on its way to the disk."""
        return bool(self._under_way)

    @override
    def forget_deeds(self) -> None:
        """Take back no more what was done before."""
        self.notice = None
        self._undo.clear()

    @property
    def can_undo(self) -> bool:
        """Whether there is a deed to take back."""
        return bool(self._undo)

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

    def _on_planned(self, visit_id: UUID) -> None:
        self._bus.changed.emit(Changes.of(Kind.VISIT, visit_id))
        self.visit_ready.emit(visit_id)
