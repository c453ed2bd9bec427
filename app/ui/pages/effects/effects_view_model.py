"""What the marketing-effect page shows: the figures of a month, the one that is open, targets with undo."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.changes import Changes, Kind
from app.domain.kpi.effect import Giver, KpiLine
from app.runtime.files import write_atomically
from app.services.kpis import KpiMonth, Kpis, ShopPart
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import Lane, TaskRunner

_KINDS = frozenset({Kind.ORDER, Kind.PRODUCT, Kind.CUSTOMER, Kind.VISIT, Kind.PLAN, Kind.TARGET, Kind.FORECAST})
_DEPTH = 100
FIRST = "F05:volume:month:"
"""The figure that is open at first."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """One target that was set: of which figure, in which month, what it was and became."""

    month: date
    key: str
    old: float | None
    new: float | None


@dataclass(frozen=True, slots=True)
class _Answer:
    """A month as it was read, with the months that there are."""

    view: KpiMonth
    months: tuple[date, ...]
    has_forecast: bool
    writes: int
    """how many targets had been set when the reading began"""


class EffectsViewModel(QObject):
    """Reads a month without its forecast first, so that it is there at once; the forecast follows."""

    changed = Signal()
    exported = Signal(object)
    """Path"""
    trouble_met = Signal(object)
    """BaseException"""

    def __init__(self, kpis: Kpis, tasks: TaskRunner, bus: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kpis = kpis
        self._tasks = tasks
        self._bus = bus
        self.month: date | None = None
        self.months: tuple[date, ...] = ()
        self.view: KpiMonth | None = None
        self.key: str | None = None
        """the figure that is open"""
        self.is_reading = False
        self._own_write = False
        self._writes = 0
        self._done: list[_Edit] = []
        self._undone: list[_Edit] = []
        bus.changed.connect(self._on_records_changed)

    @property
    def line(self) -> KpiLine | None:
        """The figure that is open."""
        return None if self.view is None or self.key is None else self.view.line(self.key)

    @property
    def shops(self) -> tuple[ShopPart, ...]:
        """The shops behind it."""
        return () if self.view is None or self.key is None else self.view.shops_behind(self.key)

    @property
    def can_undo(self) -> bool:
        """Whether a target can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a target that was taken back can be set again."""
        return bool(self._undone)

    def come_into_view(self) -> None:
        """Read the running month the first time."""
        if self.view is None and not self.is_reading:
            self._read(self.month)

    def open_month(self, month: date) -> None:
        """Show another month."""
        if month != self.month:
            self._read(month)

    def step(self, months: int) -> None:
        """Show a later or an earlier month of those that there are."""
        if self.month in self.months:
            place = self.months.index(self.month) - months
            if 0 <= place < len(self.months):
                self.open_month(self.months[place])

    def open_line(self, key: str) -> None:
        """Show the shops behind a figure."""
        if key != self.key:
            self.key = key
            self.changed.emit()

    def set_target(self, key: str, value: float | None) -> None:
        """Set the manager's own target of a figure; None takes it away."""
        line = None if self.view is None else self.view.line(key)
        if line is None or self.view is None or value == own_target(line):
            return
        self._done.append(_Edit(self.view.month, key, own_target(line), value))
        del self._done[:-_DEPTH]
        self._undone.clear()
        self._write(line, value)

    @Slot()
    def undo(self) -> None:
        """Take the newest target back."""
        if self._done:
            edit = self._done.pop()
            self._undone.append(edit)
            self._go_to(edit, edit.old)

    @Slot()
    def redo(self) -> None:
        """Set the target again that was taken back last."""
        if self._undone:
            edit = self._undone.pop()
            self._done.append(edit)
            self._go_to(edit, edit.new)

    def export(self, path: Path, text: str) -> None:
        """Save a table as CSV, away from the window."""
        work = partial(_save, path, text)
        self._tasks.run(work, owner=self, done=self._on_exported, failed=self._on_failed, lane=Lane.FREE)

    def _go_to(self, edit: _Edit, value: float | None) -> None:
        line = None if self.view is None else self.view.line(edit.key)
        if self.view is None or line is None or edit.month != self.view.month:
            self.key, self.month, self.is_reading = edit.key, edit.month, True
            work = partial(self._set_elsewhere, edit, value)
            self._tasks.run(work, owner=self, done=self._on_set_elsewhere, failed=self._on_failed)
            return
        self._write(line, value)

    def _set_elsewhere(self, edit: _Edit, value: float | None) -> Changes:
        line = self._kpis.month(edit.month, with_forecast=False).line(edit.key)
        return Changes() if line is None else self._kpis.set_target(edit.month, line, value)

    def _write(self, line: KpiLine, value: float | None) -> None:
        assert self.view is not None  # noqa: S101 - a line is shown
        work = partial(self._kpis.set_target, self.view.month, line, value)
        self._writes += 1
        self._tasks.run(work, owner=self, done=self._on_written, failed=self._on_failed)
        self.view = self.view.with_target(line, value)
        self.changed.emit()

    def _read(self, month: date | None) -> None:
        self.is_reading = True
        if month is not None:
            self.month = month
        self._ask(month, with_forecast=False)
        self.changed.emit()

    def _ask(self, month: date | None, *, with_forecast: bool) -> None:
        work = partial(self._answer, month, self._writes, with_forecast=with_forecast)
        self._tasks.run(work, owner=self, done=self._on_read, failed=self._on_failed, lane=Lane.FREE)

    def _answer(self, month: date | None, writes: int, *, with_forecast: bool) -> _Answer:
        months = self._kpis.months()
        wanted = month or months[0]
        return _Answer(self._kpis.month(wanted, with_forecast=with_forecast), months, with_forecast, writes)

    def _on_read(self, answer: _Answer) -> None:
        if self.month is not None and answer.view.month != self.month:
            return
        if answer.writes != self._writes:  # it may not know the target that was typed meanwhile
            self._ask(self.month, with_forecast=answer.has_forecast)
            return
        self.is_reading = False
        self.month, self.months, self.view = answer.view.month, answer.months, answer.view
        if self.line is None:
            self.key = FIRST
        if not answer.has_forecast and answer.view.is_over:
            self._ask(self.month, with_forecast=True)
        self.changed.emit()

    def _on_written(self, changes: Changes) -> None:
        self._own_write = True
        self._bus.changed.emit(changes)
        self._own_write = False

    def _on_set_elsewhere(self, changes: Changes) -> None:
        self._on_written(changes)
        self._read(self.month)

    def _on_exported(self, path: Path) -> None:
        self.exported.emit(path)

    def _on_failed(self, error: BaseException) -> None:
        self.is_reading = False
        self.trouble_met.emit(error)
        self.changed.emit()

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        if self.view is not None and not self._own_write and changes.kinds & _KINDS:
            self._read(self.month)


def own_target(line: KpiLine) -> float | None:
    """Return the target that the manager set, also where head office's stands."""
    if line.target is None:
        return None
    return line.target.own if line.target.giver is Giver.OFFICE else line.target.value


def _save(path: Path, text: str) -> Path:
    write_atomically(path, text.encode("utf-8-sig"))
    return path
