"""What of the day is looked at: its stops as they are stored, a shop with its brief, what re-sorting would save."""

from dataclasses import dataclass
from datetime import date  # noqa: TC003  of a variable, as everywhere
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
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import Lane, TaskRunner
from app.ui.pages.today.shop_reader import ShopReader, ShopView, let_paint

if TYPE_CHECKING:
    from app.services.briefs import Briefs

_HEARD = frozenset(Kind) - {Kind.PHOTO}


class TodaySight(QObject):
    """Reads the day away from the window, and again when it changes; what is being written is read after it is."""

    changed = Signal()
    signs_changed = Signal(object)
    """UUID of a customer: its brief was read"""
    trouble_met = Signal(object)
    """TroubleError: the disk is full, the store is busy"""

    def __init__(
        self, days: Days, briefs: "Briefs", clock: Clock, tasks: TaskRunner, bus: ChangeBus, parent: QObject | None
    ) -> None:
        super().__init__(parent)
        self._days = days
        self._clock = clock
        self._tasks = tasks
        self._reader = ShopReader(briefs, days, tasks, self)
        self.day: date | None = None
        self.sheet: DaySheet | None = None
        self.around: tuple[DayShop, ...] = ()
        self.selected: UUID | None = None
        self.saving: float | None = None
        self.problem: BaseException | None = None
        self.load_failed = False
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
    def is_writing(self) -> bool:
        """Whether something is on its way to the disk, so that the day is to be read after it."""
        return False

    def forget_deeds(self) -> None:
        """Another day begins: what was done on the one before is taken back no more."""

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
            self.sheet = self.selected = self.saving = None
            self.forget_deeds()
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

    def retry(self) -> None:
        """Read the day once more."""
        self._load()

    def _load(self) -> None:
        """Read the day; as long as it has no stop the rule may fill it."""
        if self.day is None or self.is_writing:
            return
        if not self._is_shown:
            self._is_stale = True
            return
        self._is_stale = self.load_failed = False
        is_stored = self.sheet is not None and any(stop.visit_id for stop in self.sheet.stops)
        read = partial(self._days.show if is_stored else self._days.open, self.day)
        self._tasks.run(read, owner=self, done=self._on_sheet, failed=self._on_not_loaded)

    def _on_sheet(self, sheet: DaySheet) -> None:
        if sheet.day != self.day or self.is_writing:
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

    def _on_problem(self, error: BaseException) -> None:
        if isinstance(error, TroubleError):
            self.trouble_met.emit(error)
        else:
            self.problem = error
        self.changed.emit()


@dataclass(frozen=True, slots=True)
class _Saving:
    sheet: DaySheet
    km: float | None


def _measure(days: Days, sheet: DaySheet) -> _Saving:
    return _Saving(sheet, days.saving(sheet.day))
