"""What a move would change, asked while something is dragged: one question at a time, the latest wish wins."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.domain.planning.views import MoveEffect
from app.services.plans import Plans
from app.ui.background.task_runner import Lane, TaskRunner


@dataclass(frozen=True, slots=True)
class Move:
    """A visit or a shop without one, the day it would go to, and its place there (from 1; None: the cheapest)."""

    what: UUID
    to_day: date
    place: int | None = None
    is_shop: bool = False


class EffectReader(QObject):
    """Knows the move that is tried; what was answered once is known until the plan changes."""

    changed = Signal()

    def __init__(self, plans: Plans, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._plans = plans
        self._tasks = tasks
        self._known: dict[Move, MoveEffect] = {}
        self.move: Move | None = None
        """The move whose effect is looked at."""
        self._asked: Move | None = None
        self._age = 0

    @property
    def effect(self) -> MoveEffect | None:
        """What the move that is tried would change; None while that is computed."""
        return None if self.move is None else self._known.get(self.move)

    def try_move(self, move: Move | None) -> None:
        """Ask what a move would change, instead of what was asked before; nothing is written."""
        if move != self.move:
            self.move = move
            self._ask()
            self.changed.emit()

    def forget(self) -> None:
        """Know nothing any more: the plan has changed."""
        self._known.clear()
        self._age += 1

    def _ask(self) -> None:
        move = self.move
        if move is None or self._asked is not None or move in self._known:
            return
        self._asked = move
        work = partial(_read, self._plans, move, self._age)
        self._tasks.run(work, owner=self, done=self._on_read, failed=self._on_failed, lane=Lane.FREE)

    def _on_read(self, answer: "_Answer") -> None:
        self._asked = None
        if answer.age == self._age:
            self._known[answer.move] = answer.effect
            self.changed.emit()
        self._ask()

    def _on_failed(self, _error: BaseException) -> None:
        # The visit has begun or gone meanwhile: the move itself will say so.
        failed, self._asked = self._asked, None
        if self.move != failed:
            self._ask()


@dataclass(frozen=True, slots=True)
class _Answer:
    move: Move
    effect: MoveEffect
    age: int


def _read(plans: Plans, move: Move, age: int) -> _Answer:
    if move.is_shop:
        return _Answer(move, plans.drop_effect(move.to_day, move.what, move.place), age)
    return _Answer(move, plans.effect(move.what, move.to_day, move.place), age)
