"""The shops that can be added to the day: the nearest ones, or those found while typing."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.services.days import Days, NearShop
from app.services.search import Search, SearchResults
from app.ui.background.task_runner import Lane, TaskRunner

if TYPE_CHECKING:
    from app.services.search_hits import CustomerHit

_MOST = 20


@dataclass(frozen=True, slots=True)
class _Offer:
    near: UUID | None
    shops: tuple[NearShop, ...]


class AddingViewModel(QObject):
    """Open while a person looks for a shop to add; answers about an older text are ignored."""

    changed = Signal()

    def __init__(self, days: Days, search: Search, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._days = days
        self._search = search
        self._tasks = tasks
        self._near: UUID | None = None
        self.is_open = False
        self.text = ""
        self.nearby: tuple[NearShop, ...] | None = None
        """None while they are looked for."""
        self.hits: tuple[CustomerHit, ...] | None = None
        """None while nothing is typed, or until the first answer."""

    def open(self, day: date, near: UUID | None) -> None:
        """Offer the shops nearest to one."""
        self.is_open = True
        self.text = ""
        self.nearby = self.hits = None
        self._near = near
        work = partial(_offer, self._days, day, near)
        self._tasks.run(work, owner=self, done=self._on_offer, lane=Lane.FREE)
        self.changed.emit()

    def close(self) -> None:
        """Offer nothing more."""
        if self.is_open:
            self.is_open = False
            self.changed.emit()

    def find(self, typed: str) -> None:
        """Look for shops by what is typed; for the nearest ones when it is empty."""
        self.text = typed.strip()
        if not self.text:
            self.hits = None
            self.changed.emit()
            return
        work = partial(self._search.find, self.text, _MOST)
        self._tasks.run(work, owner=self, done=self._on_found, lane=Lane.FREE)

    def _on_offer(self, offer: _Offer) -> None:
        if self.is_open and offer.near == self._near:
            self.nearby = offer.shops
            self.changed.emit()

    def _on_found(self, results: SearchResults) -> None:
        if self.is_open and results.text == self.text:
            self.hits = results.customers
            self.changed.emit()


def _offer(days: Days, day: date, near: UUID | None) -> _Offer:
    return _Offer(near, days.nearby(day, near, _MOST))
