"""What the person did to the plan, one after the other: on disk at once, taken back, done again."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Changes, Kind
from app.services.plan_values import PlanDeed
from app.ui.background.task_runner import TaskRunner

DEPTH = 100
Outcome: TypeAlias = PlanDeed | Changes | None
Work: TypeAlias = Callable[[], Outcome]


@dataclass(frozen=True, slots=True)
class Wish:
    """A deed to carry out; `reverse` undoes it where it answers no `PlanDeed` that can be undone by itself."""

    work: Work
    reverse: Work | None = None
    code: str = ""
    """What it is called where it answers no `PlanDeed`."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A deed that is on disk: what it changed, what it was, and whether it took back another one."""

    changes: Changes
    deed: PlanDeed | None
    code: str
    is_undo: bool = False


@dataclass(frozen=True, slots=True)
class _Step:
    back: Work
    forth: Work | None
    code: str


class PlanDeeds(QObject):
    """Carries out deeds in their order, each when the one before is on disk."""

    done = Signal(object)
    """Ended"""
    failed = Signal(object)
    """BaseException"""

    def __init__(self, tasks: TaskRunner, undo: Callable[[PlanDeed], PlanDeed], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._undo_deed = undo
        self._waiting: deque[Wish | str] = deque()
        self._running: Wish | str | None = None
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    @property
    def is_empty(self) -> bool:
        """Whether nothing is being written and nothing waits to be."""
        return self._running is None and not self._waiting

    @property
    def can_undo(self) -> bool:
        """Whether something can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether something can be done again."""
        return bool(self._undone)

    def carry_out(self, wish: Wish) -> None:
        """Do this after what waits already."""
        self._waiting.append(wish)
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

    def _work_of(self, wanted: Wish | str) -> Work | None:
        if isinstance(wanted, Wish):
            return wanted.work
        steps = self._steps_of(wanted)
        return steps[-1].back if steps else None

    def _steps_of(self, wanted: str) -> list[_Step]:
        return self._done if wanted == "undo" else self._undone

    def _on_done(self, outcome: Outcome) -> None:
        ended, self._running = self._running, None
        deed = outcome if isinstance(outcome, PlanDeed) else None
        changes = outcome.changes if isinstance(outcome, PlanDeed) else outcome or Changes.of(Kind.PLAN)
        if isinstance(ended, Wish):
            step = self._step(deed, ended)
            if step is not None:
                self._done.append(step)
                del self._done[:-DEPTH]
                self._undone.clear()
            told = Ended(changes, deed, deed.words_code if deed is not None else ended.code)
        else:
            told = Ended(changes, deed, self._turn(ended or "undo", deed), is_undo=ended == "undo")
        self._next()
        self.done.emit(told)

    def _turn(self, wanted: str, deed: PlanDeed | None) -> str:
        """Put a step that was taken back where it can be done again, or the other way round; return what it was."""
        taken = self._steps_of(wanted).pop()
        there = self._undone if wanted == "undo" else self._done
        if deed is not None:
            there.append(_Step(partial(self._undo_deed, deed), None, taken.code))
        elif taken.forth is not None:
            there.append(_Step(taken.forth, taken.back, taken.code))
        return taken.code

    def _step(self, deed: PlanDeed | None, wish: Wish) -> _Step | None:
        if deed is not None:
            return None if deed.is_empty else _Step(partial(self._undo_deed, deed), None, deed.words_code)
        return None if wish.reverse is None else _Step(wish.reverse, wish.work, wish.code)

    def _on_failed(self, error: BaseException) -> None:
        ended, self._running = self._running, None
        if isinstance(ended, str) and self._steps_of(ended):
            # A visit of it has begun since: it can never be taken back, and must not stand before the others.
            self._steps_of(ended).pop()
        self._next()
        self.failed.emit(error)
