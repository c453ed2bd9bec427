"""The tasks that a page shows, and what a person does to them: written at once, told to every page, taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.changes import Changes, Kind
from app.domain.problems import RuleError
from app.domain.tasks import Report, TaskState
from app.services.tasks import TaskLine, Tasks
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner

_HEARD = frozenset({Kind.TASK, Kind.VISIT, Kind.CUSTOMER, Kind.PHOTO})
"""What sync brings of tasks is told as a change of visits."""


@dataclass(frozen=True, slots=True)
class TaskNotice:
    """What was just done to a task; `before` is the way back, None after it was taken back itself."""

    task_id: UUID
    title: str
    state: TaskState
    before: Report | None = None


@dataclass(frozen=True, slots=True)
class _Done:
    changes: Changes
    before: Report


class TaskBoard(QObject):
    """Holds the open tasks and those reported lately; reads only while its page is looked at."""

    changed = Signal()

    def __init__(self, service: Tasks, runner: TaskRunner, bus: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._runner = runner
        self._bus = bus
        self.lines: tuple[TaskLine, ...] = ()
        self.is_read = False
        """False while nothing was read yet: then nothing is said about there being none."""
        self.notice: TaskNotice | None = None
        self.problem: BaseException | None = None
        self.refused: frozenset[UUID] = frozenset()
        """Tasks of which the last step was refused, because it was changed or sent meanwhile."""
        self.written: dict[UUID, str] = {}
        """Words of reports that were begun: they stay when the page is left."""
        self._is_shown = False
        self._is_stale = True
        bus.changed.connect(self._on_records_changed)

    @property
    def open_lines(self) -> tuple[TaskLine, ...]:
        """What is still to be done or to be said, most urgent first."""
        return tuple(line for line in self.lines if line.state.is_open)

    def of(self, customer_id: UUID | None) -> tuple[TaskLine, ...]:
        """Return the tasks of a shop; None means those that are tied to no shop."""
        return tuple(line for line in self.lines if line.customer_id == customer_id)

    def line_of(self, task_id: UUID) -> TaskLine | None:
        """Return a task that is shown."""
        return next((line for line in self.lines if line.id == task_id), None)

    def come_into_view(self) -> None:
        """Read what changed meanwhile."""
        self._is_shown = True
        if self._is_stale:
            self._read()

    def go_out_of_view(self) -> None:
        """Read nothing until the page is looked at again."""
        self._is_shown = False

    def accept(self, task_id: UUID) -> None:
        """Take a task on."""
        self._do(task_id, TaskState.ACCEPTED, partial(self._service.accept, task_id))

    def report_done(self, task_id: UUID, note: str, visit_id: UUID | None = None) -> None:
        """Report a task done, with the visit as its evidence."""
        self._do(task_id, TaskState.DONE, partial(self._service.report_done, task_id, note, visit_id))

    def report_cannot(self, task_id: UUID, reason: str, visit_id: UUID | None = None) -> None:
        """Say why a task cannot be done."""
        self._do(task_id, TaskState.CANNOT, partial(self._service.report_cannot, task_id, reason, visit_id))

    def take_back(self, task_id: UUID) -> None:
        """Take back what has not been sent; the step before it where this was the last deed."""
        last = self.notice
        before = last.before if last is not None and last.task_id == task_id else None
        self._do(task_id, None, partial(self._service.take_back, task_id, before))

    def dismiss(self) -> None:
        """Put away what was said."""
        self.notice = self.problem = None
        self.changed.emit()

    def _do(self, task_id: UUID, state: TaskState | None, work: Callable[[], Changes]) -> None:
        doing = _Doing(self, task_id, state)
        deed = partial(_deed, self._service, task_id, work)
        self._runner.run(deed, owner=doing, done=doing.on_done, failed=doing.on_failed)

    def tell_done(self, task_id: UUID, state: TaskState | None, done: _Done) -> None:
        """Take in that a step was written."""
        line = self.line_of(task_id)
        self.problem = None
        self.refused -= {task_id}
        self.notice = None
        if state is not None:
            self.notice = TaskNotice(task_id, "" if line is None else line.title, state, done.before)
            if state is not TaskState.ACCEPTED:
                self.written.pop(task_id, None)
        self._bus.changed.emit(done.changes)

    def tell_failed(self, task_id: UUID, error: BaseException) -> None:
        """Take in that a step was refused, or could not be written."""
        self.notice = None
        if isinstance(error, RuleError):
            self.refused |= {task_id}
        else:
            self.problem = error
        self._read()
        self.changed.emit()

    def _read(self) -> None:
        if not self._is_shown:
            self._is_stale = True
            return
        self._is_stale = False
        self._runner.run(self._service.board, owner=self, done=self._on_read, failed=self._on_not_read)

    def _on_read(self, lines: tuple[TaskLine, ...]) -> None:
        self.is_read = True
        self.lines = lines
        self.changed.emit()

    def _on_not_read(self, error: BaseException) -> None:
        self.problem = error
        self.changed.emit()

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        if changes.kinds & _HEARD:
            self._read()


class _Doing(QObject):
    """Remembers which task an answer is about; lives until the answer is here."""

    def __init__(self, board: TaskBoard, task_id: UUID, state: TaskState | None) -> None:
        super().__init__(board)
        self._board = board
        self._task_id = task_id
        self._state = state

    def on_done(self, done: _Done) -> None:
        """Pass on what came of it."""
        self._board.tell_done(self._task_id, self._state, done)
        self.deleteLater()

    def on_failed(self, error: BaseException) -> None:
        """Pass on why it was refused."""
        self._board.tell_failed(self._task_id, error)
        self.deleteLater()


def _deed(service: Tasks, task_id: UUID, work: Callable[[], Changes]) -> _Done:
    before = service.report_of(task_id)
    return _Done(work(), before)
