"""What the follow-up shows: a month that is over, forecast against what came, and why it missed."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.changes import Changes, Kind
from app.services.forecast_desk import ForecastDesk
from app.services.forecast_views import Cause, Point, Record, TrackRow, TrackView
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import Lane, TaskRunner

Key = tuple[UUID | None, UUID | None]
_KINDS = frozenset({Kind.ORDER, Kind.PRODUCT, Kind.CUSTOMER, Kind.FORECAST})


class Level(StrEnum):
    """Whose figures are shown."""

    SKUS = "skus"
    SHOPS = "shops"
    """all SKUs of a shop together"""


@dataclass(frozen=True, slots=True)
class _Read:
    month: date | None
    product: UUID | None
    view: TrackView


class TrackViewModel(QObject):
    """Reads a month of the follow-up; a cause that was given shows at once."""

    changed = Signal()
    story_changed = Signal()
    refused = Signal(object)
    """BaseException"""

    def __init__(
        self, desk: ForecastDesk, tasks: TaskRunner, bus: ChangeBus, parent: QObject | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._desk = desk
        self._tasks = tasks
        self._bus = bus
        self.view: TrackView | None = None
        self.level = Level.SKUS
        self.product: UUID | None = None
        self.product_name = ""
        self.text = ""
        self.only_standing_out = False
        self.points: tuple[Point, ...] = ()
        self.record = Record()
        self._month: date | None = None
        self._told: dict[Key, Cause | None] = {}
        self._pending = 0
        self._wanted_story: Key | None = None
        bus.changed.connect(self._on_records_changed)

    @property
    def month(self) -> date | None:
        """The month shown."""
        return None if self.view is None else self.view.month

    @property
    def is_settled(self) -> bool:
        """Whether every cause given is on disk."""
        return self._pending == 0

    def rows(self) -> list[TrackRow]:
        """Return what is shown, with the causes given meanwhile."""
        if self.view is None:
            return []
        of_shops = self.product is not None or self.level is Level.SHOPS
        words = self.text.casefold().split()
        found: list[TrackRow] = []
        for row in self.view.shops if of_shops else self.view.skus:
            key = (row.product_id, row.customer_id)
            told = replace(row, cause=self._told[key]) if key in self._told else row
            is_meant = all(word in f"{row.name} {row.code}".casefold() for word in words)
            if is_meant and (row.stands_out or not self.only_standing_out):
                found.append(told)
        return found

    def load(self) -> None:
        """Read the month."""
        work = partial(_look, self._desk, self._month, self.product)
        self._tasks.run(work, owner=self, done=self._on_read, failed=self._on_failed, lane=Lane.FREE)

    def show_month(self, month: date) -> None:
        """Show another month."""
        self._month = month
        self._told.clear()
        self.load()

    def show_level(self, level: Level) -> None:
        """Show SKUs, or shops."""
        self.level = level
        self.product = None
        self.load()

    def open_sku(self, product_id: UUID, name: str) -> None:
        """Show the shops of a SKU."""
        self.product, self.product_name, self.text = product_id, name, ""
        self.load()

    def close_sku(self) -> None:
        """Go back to the SKUs."""
        if self.product is not None:
            self.product = None
            self.load()

    def restrict(self, *, text: str | None = None, only_standing_out: bool | None = None) -> None:
        """Show other rows."""
        self.text = self.text if text is None else text
        self.only_standing_out = self.only_standing_out if only_standing_out is None else only_standing_out
        self.changed.emit()

    def give_cause(self, row: TrackRow, code: str | None, note: str) -> None:
        """Say why a forecast missed; None takes it away."""
        if self.view is None:
            return
        self._told[row.product_id, row.customer_id] = None if code is None else Cause(code, note)
        self._pending += 1
        work = partial(
            self._desk.set_cause, self.view.month, code, note, product_id=row.product_id, customer_id=row.customer_id
        )
        self._tasks.run(work, owner=self, done=self._on_cause_kept, failed=self._on_cause_failed)
        self.changed.emit()

    def tell_story(self, key: Key) -> None:
        """Read the months of a row."""
        if key != self._wanted_story:
            self._wanted_story = key
            work = partial(_story, self._desk, key)
            self._tasks.run(work, owner=self, done=self._on_points, failed=self._on_no_points, lane=Lane.FREE)

    def _on_read(self, read: _Read) -> None:
        if read.month == self._month and read.product == self.product and not self._pending:
            self.view = read.view
            self._told.clear()
            self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self.refused.emit(error)

    def _on_cause_kept(self, changes: Changes) -> None:
        self._pending -= 1
        if not self._pending:
            self._bus.changed.emit(changes)

    def _on_cause_failed(self, error: BaseException) -> None:
        self._pending -= 1
        self._told.clear()
        self.refused.emit(error)
        self.load()

    def _on_points(self, story: tuple[tuple[Point, ...], Record]) -> None:
        self.points, self.record = story
        self.story_changed.emit()

    def _on_no_points(self, _error: BaseException) -> None:
        self._on_points(((), Record()))

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        if self.view is not None and changes.kinds & _KINDS:
            self._wanted_story = None
            self.load()


def _look(desk: ForecastDesk, month: date | None, product: UUID | None) -> _Read:
    return _Read(month, product, desk.tracking(month, product))


def _story(desk: ForecastDesk, key: Key) -> tuple[tuple[Point, ...], Record]:
    return desk.history(*key), desk.record(*key)
