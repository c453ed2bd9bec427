"""Asks the order guidance which shops may run out, some shops at a time, while somebody looks at that colour."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.ui.background.task_runner import Lane, TaskRunner

AskRisks = Callable[[Iterable[UUID], date], Mapping[UUID, int | None]]
"""How many main SKUs may be missing before the next delivery, by shop; None where there is no guidance."""
_AT_ONCE = 4
"""So many that stopping is felt at once: a shop takes about 40 ms of processor time."""


@dataclass(frozen=True, slots=True)
class RiskProgress:
    """Of how many shops it is known whether they may run out, and whether the others are being computed."""

    known: int
    shops: int
    is_running: bool


class RiskReader(QObject):
    """Keeps what was computed until it is forgotten; goes on where it stopped."""

    read = Signal()
    """Some more shops are known, or nothing more is computed."""
    failed = Signal(object)
    """BaseException"""

    def __init__(self, ask: AskRisks | None, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._tasks = tasks
        self._known: dict[UUID, bool | None] = {}
        self._left: list[UUID] = []
        self._wanted: tuple[UUID, ...] = ()
        self._day: date | None = None
        self._is_running = False
        self._turn = 0

    def of(self, shop: UUID) -> bool | None:
        """Whether a shop may run out of a main SKU; None while that is not computed, or cannot be."""
        return self._known.get(shop)

    @property
    def progress(self) -> RiskProgress:
        """How far it is with the shops that were wanted last."""
        known = sum(one in self._known for one in self._wanted)
        return RiskProgress(known, len(self._wanted), bool(self._left))

    def want(self, shops: Iterable[UUID], day: date) -> None:
        """Compute what is missing of these shops."""
        if self._ask is None:
            return
        self._day = day
        self._wanted = tuple(shops)
        self._left = [one for one in self._wanted if one not in self._known]
        self._go_on()

    def stop(self) -> None:
        """Compute no more than what is under way."""
        self._left = []

    def forget(self) -> None:
        """Compute everything anew when it is wanted next."""
        self._turn += 1
        self._known.clear()
        self._left = []

    def _go_on(self) -> None:
        if self._ask is None or self._day is None or self._is_running or not self._left:
            return
        some = self._left[:_AT_ONCE]
        self._is_running = True
        work = partial(_in_turn, self._turn, self._ask, some, self._day)
        self._tasks.run(work, owner=self, done=self._on_read, failed=self._on_failed, lane=Lane.FREE)

    def _on_read(self, answer: "_Answer") -> None:
        self._is_running = False
        if answer.turn == self._turn:
            for shop in answer.shops:
                count = answer.found.get(shop)
                self._known[shop] = None if count is None else count > 0
            self._left = [one for one in self._left if one not in self._known]
        self._go_on()
        self.read.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._is_running = False
        self._left = []
        self.failed.emit(error)


@dataclass(frozen=True, slots=True)
class _Answer:
    turn: int
    shops: list[UUID]
    found: Mapping[UUID, int | None]


def _in_turn(turn: int, ask: AskRisks, shops: list[UUID], day: date) -> _Answer:
    return _Answer(turn, shops, ask(shops, day))
