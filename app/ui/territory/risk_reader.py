"""Asks the order guidance which shops may run out, some shops at a time, while somebody looks at that colour."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.ui.background.task_runner import Lane, TaskRunner

AskRisks = Callable[[Iterable[UUID], date], Mapping[UUID, int | None]]
"""How many main SKUs may be missing before the next delivery, by shop; None where there is no guidance."""
_AT_ONCE = 10


class RiskReader(QObject):
    """Keeps what was computed until it is forgotten; goes on where it stopped."""

    read = Signal()
    failed = Signal(object)
    """BaseException"""

    def __init__(self, ask: AskRisks | None, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._tasks = tasks
        self._known: dict[UUID, bool | None] = {}
        self._left: list[UUID] = []
        self._day: date | None = None
        self._is_running = False
        self._turn = 0

    def of(self, shop: UUID) -> bool | None:
        """Whether a shop may run out of a main SKU; None while that is not computed, or cannot be."""
        return self._known.get(shop)

    def want(self, shops: Iterable[UUID], day: date) -> None:
        """Compute what is missing of these shops."""
        if self._ask is None:
            return
        self._day = day
        self._left = [one for one in shops if one not in self._known]
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
        some, self._left = self._left[:_AT_ONCE], self._left[_AT_ONCE:]
        self._is_running = True
        work = partial(_in_turn, self._turn, self._ask, some, self._day)
        self._tasks.run(work, owner=self, done=self._on_read, failed=self._on_failed, lane=Lane.FREE)

    def _on_read(self, answer: tuple[int, Mapping[UUID, int | None]]) -> None:
        turn, found = answer
        self._is_running = False
        if turn == self._turn:
            self._known.update({shop: None if count is None else count > 0 for shop, count in found.items()})
            self.read.emit()
        self._go_on()

    def _on_failed(self, error: BaseException) -> None:
        self._is_running = False
        self._left = []
        self.failed.emit(error)


def _in_turn(
    turn: int, ask: AskRisks, shops: Iterable[UUID], day: date
) -> tuple[int, Mapping[UUID, int | None]]:  # fmt: skip
    return turn, ask(shops, day)
