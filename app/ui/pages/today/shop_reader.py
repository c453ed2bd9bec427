"""Reads the briefs of the day's shops beside the other work, one after the other, the shop looked at first."""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.services.days import Days
from app.ui.background.task_runner import Lane, TaskRunner

if TYPE_CHECKING:
    from app.services.briefs import Briefs, ShopBrief
    from app.services.shop_card import ShopCard


@dataclass(frozen=True, slots=True)
class ShopView:
    """All that Today shows of one shop."""

    brief: "ShopBrief"
    card: "ShopCard"


@dataclass(frozen=True, slots=True)
class _Answer:
    customer_id: UUID
    day: date
    view: ShopView | None = None
    error: BaseException | None = None


_PAINT_SECONDS = 0.04
"""What the first look at a day may take to be painted."""


class ShopReader(QObject):
    """Keeps what was read until it is forgotten; what is read again stays in view meanwhile."""

    read = Signal(object)
    """UUID of the customer whose view came"""

    def __init__(self, briefs: "Briefs", days: Days, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._briefs = briefs
        self._days = days
        self._tasks = tasks
        self._day: date | None = None
        self._views: dict[UUID, ShopView] = {}
        self._errors: dict[UUID, BaseException] = {}
        self._stale: set[UUID] = set()
        self._queue: list[UUID] = []
        self._running: set[UUID] = set()

    def view_of(self, customer_id: UUID | None) -> ShopView | None:
        """Return what is known of a shop; None while it is still read."""
        return self._views.get(customer_id) if customer_id is not None else None

    def error_of(self, customer_id: UUID | None) -> BaseException | None:
        """Return why a shop could not be read."""
        return self._errors.get(customer_id) if customer_id is not None else None

    def want(self, day: date, customers: Sequence[UUID]) -> None:
        """Read what is missing of these shops, in this order."""
        if day != self._day:
            self._day = day
            self._views.clear()
            self._errors.clear()
            self._stale.clear()
        self._queue = [one for one in customers if self._is_missing(one)]
        self._go_on()

    def want_now(self, customer_id: UUID) -> None:
        """Read this shop at once, whatever waits."""
        self._errors.pop(customer_id, None)
        if self._is_missing(customer_id) and customer_id not in self._running:
            self._start(customer_id)

    def forget(self, customers: Collection[UUID] | None = None) -> None:
        """Read these shops (all of them) again when they are wanted next."""
        chosen = {*self._views, *self._running} if customers is None else set(customers)
        self._stale |= chosen
        for one in chosen:
            self._errors.pop(one, None)

    def _is_missing(self, customer_id: UUID) -> bool:
        if customer_id in self._errors:
            return False
        return customer_id not in self._views or customer_id in self._stale

    def _go_on(self) -> None:
        while self._queue and not self._running:
            following = self._queue.pop(0)
            if self._is_missing(following):
                self._start(following)

    def _start(self, customer_id: UUID) -> None:
        if self._day is None:
            return
        self._running.add(customer_id)
        self._stale.discard(customer_id)
        work = partial(_read, self._briefs, self._days, customer_id, self._day)
        self._tasks.run(work, owner=self, done=self._on_read, lane=Lane.FREE)

    def _on_read(self, answer: _Answer) -> None:
        customer_id = answer.customer_id
        self._running.discard(customer_id)
        if answer.day != self._day:
            self._queue.insert(0, customer_id)
        elif answer.view is not None:
            self._views[customer_id] = answer.view
            if customer_id in self._stale:
                self._queue.insert(0, customer_id)
            self.read.emit(customer_id)
        elif answer.error is not None:
            self._errors[customer_id] = answer.error
            self.read.emit(customer_id)
        self._go_on()


def _read(briefs: "Briefs", days: Days, customer_id: UUID, day: date) -> _Answer:
    try:
        return _Answer(customer_id, day, ShopView(briefs.guided(customer_id, day), days.card(customer_id)))
    except Exception as error:  # noqa: BLE001  the answer must name its shop, whatever went wrong
        return _Answer(customer_id, day, error=error)


def let_paint() -> None:
    """Keep still for a moment on the worker's side, so that the GUI thread paints the list undisturbed."""
    time.sleep(_PAINT_SECONDS)
