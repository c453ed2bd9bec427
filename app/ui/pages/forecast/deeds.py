"""What the person did on the forecast page, one after the other: kept at once, taken back, done again."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.services.forecast_views import Corrected
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.forecast.desk_lines import Key

DEPTH = 100
Work = Callable[[], Corrected]


@dataclass(frozen=True, slots=True)
class Deed:
    """One correction: whose, what is written, and whether it goes on with the one before (typing in a note)."""

    key: Key
    work: Work
    joins: str = ""
    """deeds in a row with the same word here are one step to take back"""


@dataclass(frozen=True, slots=True)
class Failed:
    """A deed that was refused, or met trouble."""

    key: Key
    error: BaseException


@dataclass(frozen=True, slots=True)
class _Step:
    corrected: Corrected
    key: Key
    joins: str


class DeedQueue(QObject):
    """Carries out deeds in their order, each when the one before is on disk; what was asked in between waits."""

    done = Signal(object)
    """Key: this is on disk"""
    failed = Signal(object)
    """Failed"""

    def __init__(self, tasks: TaskRunner, undo: Callable[[Corrected], Corrected], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._undo = undo
        self._waiting: deque[Deed | str] = deque()
        self._running: Deed | str | None = None
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    @property
    def is_empty(self) -> bool:
        """Whether everything asked for is on disk."""
        return self._running is None and not self._waiting

    @property
    def can_undo(self) -> bool:
        """Whether something can be taken back."""
        return bool(self._done) or not self.is_empty

    @property
    def can_redo(self) -> bool:
        """Whether something can be done again."""
        return bool(self._undone)

    def add(self, deed: Deed) -> None:
        """Carry this out after what waits already."""
        self._waiting.append(deed)
        self._next()

    def undo(self) -> None:
        """Take the newest deed back."""
        self._waiting.append("undo")
        self._next()

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._waiting.append("redo")
        self._next()

    def _next(self) -> None:
        while self._running is None and self._waiting:
            wanted = self._waiting.popleft()
            work = self._work_of(wanted)
            if work is not None:
                self._running = wanted
                self._tasks.run(work, owner=self, done=self._on_done, failed=self._on_failed)

    def _work_of(self, wanted: Deed | str) -> Work | None:
        if isinstance(wanted, Deed):
            return wanted.work
        steps = self._done if wanted == "undo" else self._undone
        if not steps:
            return None
        undo, before = self._undo, steps[-1].corrected
        return lambda: undo(before)

    def _on_done(self, corrected: Corrected) -> None:
        ended, self._running = self._running, None
        if isinstance(ended, Deed):
            key = ended.key
            self._remember(ended, corrected)
        else:
            here, there = (self._done, self._undone) if ended == "undo" else (self._undone, self._done)
            step = here.pop()
            key = step.key
            there.append(_Step(corrected, step.key, ""))
        self._next()
        self.done.emit(key)

    def _remember(self, deed: Deed, corrected: Corrected) -> None:
        last = self._done[-1] if self._done else None
        if not (deed.joins and last is not None and last.joins == deed.joins and last.key == deed.key):
            self._done.append(_Step(corrected, deed.key, deed.joins))
            del self._done[:-DEPTH]
        self._undone.clear()

    def _on_failed(self, error: BaseException) -> None:
        ended, self._running = self._running, None
        key: Key = (None, None)
        if isinstance(ended, Deed):
            key = ended.key
        elif self._steps_of(ended):
            key = self._steps_of(ended).pop().key
        self._next()
        self.failed.emit(Failed(key, error))

    def _steps_of(self, ended: str | None) -> list[_Step]:
        return self._done if ended == "undo" else self._undone
