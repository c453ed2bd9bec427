"""What the search box found: the answer to the newest text only, and the last searches while nothing is typed."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.changes import Changes, Kind
from app.services.search import Search, SearchResults
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner

_KINDS = frozenset({Kind.CUSTOMER, Kind.PRODUCT})


class SearchViewModel(QObject):
    """Asks for one answer at a time; what was typed meanwhile is asked next, and what is in between never."""

    changed = Signal()
    open_customer_requested = Signal(object)
    """UUID"""
    open_product_requested = Signal(object)
    """UUID"""

    def __init__(self, search: Search, tasks: TaskRunner, bus: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._tasks = tasks
        self.text = ""
        """What is typed now."""
        self.results = SearchResults("")
        self.recent: tuple[str, ...] = ()
        self.problem: BaseException | None = None
        self._asked: str | None = None
        bus.changed.connect(self._on_records_changed)

    @property
    def is_answered(self) -> bool:
        """Whether the results are those of what is typed now."""
        return self.results.text == self.text

    def type(self, text: str) -> None:
        """Look for a text."""
        if text == self.text:
            return
        self.text = text
        if not text.strip():
            self.results = SearchResults(text)
            self.changed.emit()
            return
        self._ask()

    def load_recent(self) -> None:
        """Read the last searches."""
        self._tasks.run(self._search.recent, owner=self, done=self._on_recent)

    def choose_customer(self, customer: UUID) -> None:
        """Open a customer that was found."""
        self._remember()
        self.open_customer_requested.emit(customer)

    def choose_product(self, product: UUID) -> None:
        """Open a product that was found."""
        self._remember()
        self.open_product_requested.emit(product)

    def _remember(self) -> None:
        if self.text.strip():
            work = partial(_remembered, self._search, self.text)
            self._tasks.run(work, owner=self, done=self._on_recent)

    def _ask(self) -> None:
        if self._asked is None:
            self._asked = self.text
            work = partial(self._search.find, self.text)
            self._tasks.run(work, owner=self, done=self._on_found, failed=self._on_failed)

    def _on_found(self, results: SearchResults) -> None:
        self._asked = None
        if results.text != self.text:
            if self.text.strip():
                self._ask()
            return
        self.results, self.problem = results, None
        self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._asked = None
        self.problem = error
        self.changed.emit()

    def _on_recent(self, recent: tuple[str, ...]) -> None:
        self.recent = recent
        self.changed.emit()

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        if changes.kinds & _KINDS and self.text.strip():
            self._ask()


def _remembered(search: Search, text: str) -> tuple[str, ...]:
    search.remember(text)
    return search.recent()
