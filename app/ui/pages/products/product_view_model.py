"""What the page of one SKU shows; read again when orders or products change."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.changes import Changes, Kind
from app.services.product_cards import ProductCard, ProductCards
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import Lane, TaskRunner

_KINDS = frozenset({Kind.PRODUCT, Kind.ORDER})


class ProductViewModel(QObject):
    """Opens SKUs; an answer that comes too late is left aside."""

    changed = Signal()

    def __init__(self, cards: ProductCards, tasks: TaskRunner, bus: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards = cards
        self._tasks = tasks
        self.product_id: UUID | None = None
        self.card: ProductCard | None = None
        self.problem: BaseException | None = None
        bus.changed.connect(self._on_records_changed)

    def open(self, product_id: UUID) -> None:
        """Show a SKU; what was shown of another one is taken away at once."""
        if product_id != self.product_id:
            self.product_id, self.card, self.problem = product_id, None, None
            self.changed.emit()
        self._read()

    def _read(self) -> None:
        if self.product_id is not None:
            work = partial(self._cards.card, self.product_id)
            self._tasks.run(work, owner=self, done=self._on_read, failed=self._on_failed, lane=Lane.FREE)

    def _on_read(self, card: ProductCard) -> None:
        if card.id == self.product_id:
            self.card, self.problem = card, None
            self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self.problem = error
        self.changed.emit()

    @Slot(object)
    def _on_records_changed(self, changes: Changes) -> None:
        if self.card is not None and changes.kinds & _KINDS:
            self._read()
