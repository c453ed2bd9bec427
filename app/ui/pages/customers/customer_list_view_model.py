"""What the list of customers shows: filter, keys in order, and the rows, fetched in blocks as they come into view."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.changes import Changes, Kind
from app.runtime.clock import Clock
from app.services.customer_list import CustomerFilter, CustomerRow, ListOverview, SortBy
from app.services.customers import Customers
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner

BLOCK = 60
_KEPT_BLOCKS = 400
_WANTED_BLOCKS = 4
_KINDS = frozenset({Kind.CUSTOMER, Kind.VISIT, Kind.ORDER})


@dataclass(frozen=True, slots=True)
class RowRange:
    """Rows that have arrived, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Listed:
    wanted: CustomerFilter
    keys: tuple[str, ...]
    overview: ListOverview


@dataclass(frozen=True, slots=True)
class _Block:
    generation: int
    number: int
    rows: dict[str, CustomerRow]


class CustomerListViewModel(QObject):
    """Filters and sorts the list; asks for at most one list and one block at a time, the newest wish first."""

    changed = Signal()
    """another filter, another order, other customers"""
    rows_arrived = Signal(object)
    """RowRange"""

    def __init__(
        self, customers: Customers, clock: Clock, tasks: TaskRunner, bus: ChangeBus, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._customers = customers
        self._clock = clock
        self._tasks = tasks
        self.filter = CustomerFilter()
        self.shown = CustomerFilter()
        """The filter that `keys` are of; `filter` may be ahead of it while the answer is awaited."""
        self.keys: tuple[str, ...] = ()
        self.overview = ListOverview()
        self.is_loaded = False
        self._is_stale = True
        self._is_listing = False
        self._generation = 0
        self._blocks: OrderedDict[int, dict[str, CustomerRow]] = OrderedDict()
        self._old: set[int] = set()
        """Blocks that something may have changed in; shown until they are read again."""
        self._wanted: list[int] = []
        self._fetching: int | None = None
        bus.changed.connect(self._on_records_changed)

    @property
    def today(self) -> date:
        """The day on which the list is looked at."""
        return self._clock.today()

    @property
    def is_filtered(self) -> bool:
        """Whether something restricts the list."""
        return replace(self.filter, sort=SortBy.NAME, descending=False) != CustomerFilter()

    def load(self) -> None:
        """Read the list if it was not read yet or something changed since."""
        if self._is_stale:
            self._list()

    def restrict(self, **wanted: Any) -> None:
        """Change parts of the filter."""
        changed = replace(self.filter, **wanted)
        if changed != self.filter:
            self.filter = changed
            self._list()

    def clear_filter(self) -> None:
        """Show all customers again, in the order chosen."""
        self.filter = CustomerFilter(sort=self.filter.sort, descending=self.filter.descending)
        self._list()

    def sort(self, by: SortBy) -> None:
        """Sort by something; by the same thing again the other way round."""
        descending = not self.filter.descending if by is self.filter.sort else by in _LARGE_FIRST
        self.restrict(sort=by, descending=descending)

    def row(self, index: int) -> CustomerRow | None:
        """Return a row if it is here, and ask for it if it is not."""
        number = index // BLOCK
        block = self._blocks.get(number)
        if (block is None or number in self._old) and number not in self._wanted and number != self._fetching:
            # Only what was asked for last is still in view after a fast scroll.
            self._wanted = [*self._wanted[1 - _WANTED_BLOCKS :], number]
            self._fetch()
        return None if block is None else block.get(self.keys[index])

    def _list(self) -> None:
        self._is_stale = True
        if self._is_listing:
            return
        self._is_listing = True
        self._is_stale = False
        self._tasks.run(partial(_listed, self._customers, self.filter), owner=self, done=self._on_listed)

    def _on_listed(self, listed: _Listed) -> None:
        self._is_listing = False
        if self._is_stale:
            self._list()
            return
        is_same = listed.keys == self.keys and listed.wanted == self.shown
        self.keys, self.shown, self.overview = listed.keys, listed.wanted, listed.overview
        self.is_loaded = True
        self._forget_rows(keep_until_new=is_same)
        if is_same:
            self.rows_arrived.emit(RowRange(0, len(self.keys) - 1))
        self.changed.emit()

    def _forget_rows(self, *, keep_until_new: bool) -> None:
        self._generation += 1
        if not keep_until_new:
            self._blocks.clear()
        self._old = set(self._blocks)
        self._wanted = []
        self._fetching = None

    def _fetch(self) -> None:
        if self._fetching is not None or not self._wanted:
            return
        number = self._fetching = self._wanted.pop()
        keys = self.keys[number * BLOCK : (number + 1) * BLOCK]
        work = partial(_fetched, self._customers, self._generation, number, keys)
        self._tasks.run(work, owner=self, done=self._on_fetched)

    def _on_fetched(self, block: _Block) -> None:
        if block.generation != self._generation:
            return
        self._fetching = None
        self._blocks[block.number] = block.rows
        self._old.discard(block.number)
        while len(self._blocks) > _KEPT_BLOCKS:
            self._blocks.popitem(last=False)
        first = block.number * BLOCK
        self.rows_arrived.emit(RowRange(first, min(first + BLOCK, len(self.keys)) - 1))
        self._fetch()

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        if changes.kinds & _KINDS:
            self._is_stale = True
            if self.is_loaded:
                self._list()


_LARGE_FIRST = frozenset({SortBy.LAST_ORDER, SortBy.QUANTITY})


def _listed(customers: Customers, wanted: CustomerFilter) -> _Listed:
    return _Listed(wanted, customers.keys(wanted), customers.overview())


def _fetched(customers: Customers, generation: int, number: int, keys: tuple[str, ...]) -> _Block:
    return _Block(generation, number, customers.rows(keys))
