"""Puts what a person types in a visit on disk without being asked: a quarter of a second after the first key."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.problems import RuleError
from app.services.visit_reading import Place
from app.services.visit_rows import RowChange, RowKey, Values
from app.services.visits import Saved, Visits
from app.ui.background.task_runner import TaskRunner

DELAY_MS = 250
_RETRY_MS = (2_000, 5_000, 15_000)


@dataclass(frozen=True, slots=True)
class SaveFailed:
    """A save that did not reach the disk; with `keeps_trying` it is tried again by itself."""

    error: BaseException
    keeps_trying: bool


class Saver(QObject):
    """Collects changes of rows and writes them in order, one batch at a time; what failed is kept and tried again."""

    saved = Signal(object)
    """datetime: everything typed until then is on disk"""
    failed = Signal(object)
    """SaveFailed"""
    settled = Signal()
    """Nothing is waiting or on its way any more."""

    def __init__(self, visits: Visits, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visits = visits
        self._tasks = tasks
        self._visit_id: UUID | None = None
        self._waiting: dict[RowKey, Values] = {}
        self._place: Place | None = None
        self._sent: tuple[UUID, dict[RowKey, Values], Place | None] | None = None
        self._failures = 0
        self._hurries = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    @property
    def is_settled(self) -> bool:
        """Whether everything typed is on disk."""
        return not self._waiting and self._place is None and self._sent is None

    def open(self, visit_id: UUID) -> None:
        """Save for this visit from now on; the changes of the one before must have been flushed."""
        if visit_id == self._visit_id:
            return
        if self._waiting or self._place is not None:
            self.flush()
        if self._waiting:
            raise RuntimeError("the visit before still has unsaved changes")
        self._visit_id = visit_id

    def put(self, key: RowKey, values: Values) -> None:
        """Save these fields of a row within a quarter of a second."""
        self._waiting[key] = {**self._waiting.get(key, {}), **values}
        self._start_timer(DELAY_MS)

    def put_place(self, place: Place) -> None:
        """Save where the person is, with the next fields or by itself."""
        self._place = place
        self._start_timer(DELAY_MS)

    @Slot()
    def flush(self) -> None:
        """Save now what is waiting."""
        if self._visit_id is None or (not self._waiting and self._place is None):
            return
        if self._sent is not None:
            self._hurries = True
            return
        self._hurries = False
        self._timer.stop()
        self._sent = (self._visit_id, self._waiting, self._place)
        visit_id, rows, place = self._sent
        self._waiting, self._place = {}, None
        changes = tuple(RowChange(key, values) for key, values in rows.items())
        work = partial(self._visits.record, visit_id, changes, place)
        self._tasks.run(work, owner=self, done=self._on_saved, failed=self._on_failed)

    def _start_timer(self, delay: int) -> None:
        if self._sent is None and (not self._timer.isActive() or self._timer.remainingTime() > delay):
            self._timer.start(delay)

    def _on_saved(self, saved: Saved) -> None:
        self._sent = None
        self._failures = 0
        self._go_on()
        self.saved.emit(saved.at)

    def _go_on(self) -> None:
        if self.is_settled:
            self.settled.emit()
        elif self._hurries:
            self.flush()
        else:
            self._start_timer(DELAY_MS)

    def _on_failed(self, error: BaseException) -> None:
        sent, self._sent = self._sent, None
        if sent is None:
            return
        keeps_trying = not isinstance(error, RuleError)
        if keeps_trying:
            # What was typed since is newer and stays on top.
            for key, values in sent[1].items():
                self._waiting[key] = {**values, **self._waiting.get(key, {})}
            self._place = self._place or sent[2]
            self._start_timer(_RETRY_MS[min(self._failures, len(_RETRY_MS) - 1)])
            self._failures += 1
        else:
            self._go_on()
        self.failed.emit(SaveFailed(error, keeps_trying))
