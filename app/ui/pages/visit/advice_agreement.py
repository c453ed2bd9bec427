"""What was agreed of the order guidance stays; other figures are offered, taken over by a person, and given back."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.order_advice import StockSource
from app.services.guidance import ShopAdvice
from app.services.kept_advice import settle
from app.services.visit_rows import RowKey, Values
from app.ui.look.formats import format_count
from app.ui.pages.visit.advice_learning import Learning
from app.ui.pages.visit.advice_notice import AdviceNotice, Notice
from app.ui.pages.visit.advice_table_model import AdviceTableModel
from app.ui.pages.visit.advice_words import AdviceWords


class _Taken(NamedTuple):
    """Other figures that were taken over, with the way back."""

    shown: ShopAdvice
    offered: ShopAdvice
    rows: Mapping[RowKey, Values]
    quantity: str
    """what was agreed before, with its unit"""


class AdviceAgreement(QObject):
    """Decides what the table shows once a visit keeps guidance, and speaks of it in the bar."""

    changed = Signal()
    """Other guidance is shown because the person took it over, or took that back."""
    count_wanted = Signal()

    def __init__(
        self, model: AdviceTableModel, bar: AdviceNotice, learning: Learning, words: AdviceWords, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._bar = bar
        self._learning = learning
        self._words = words
        self._offered: ShopAdvice | None = None
        self._taken: _Taken | None = None
        self._is_uncounted_read = False
        model.chosen_changed.connect(self._on_chosen_changed)
        bar.wanted.connect(self._on_wanted)
        bar.put_away.connect(self._on_put_away)
        learning.takes_time.connect(bar.show_learning)

    def forget(self) -> None:
        """Begin with another visit."""
        self._model.show_advice(None)
        self._offered = self._taken = None
        self._is_uncounted_read = False

    def receive(self, advice: ShopAdvice, *, wished: bool) -> None:
        """Show guidance that was computed just now, or what was agreed with the new guidance on offer."""
        settled = settle(advice, self._model.advice, self._model.on_record(), wished=wished)
        self._offered, self._taken = settled.offered, None
        self._model.show_advice(settled.shown)

    def use(self) -> None:
        """Put on record what is shown."""
        self._model.keep()
        self._offered = None

    def render(self, uncounted: str, action: str, *, is_read_only: bool) -> None:
        """Say the one thing that matters most; `uncounted` are the words for stocks that are presumed, if any are."""
        advice = self._model.advice
        if advice is None or is_read_only:
            self._bar.say_nothing()
        elif self._offered is not None:
            self._show_offer(self._offered)
        elif self._taken is not None:
            self._bar.show_taken(self._taken.quantity, self._quantity_of(advice))
        elif self._learning.is_early and not self._model.on_record():
            self._bar.show_early()
        elif uncounted and not self._is_uncounted_read:
            self._bar.show_uncounted(uncounted, action)
        else:
            self._bar.say_nothing()

    def _take_over(self) -> None:
        """Let the other figures be what is agreed; numbers that were typed stay."""
        shown, offered = self._model.advice, self._offered
        if shown is None or offered is None:
            return
        quantity = self._quantity_kept()
        self._model.show_advice(offered)
        self._taken = _Taken(shown, offered, self._model.keep(), quantity)
        self._offered = None
        self.changed.emit()

    def _put_back(self) -> None:
        if self._taken is not None:
            taken, self._taken = self._taken, None
            self._model.put_back(taken.rows)
            self._offered = taken.offered
            self._model.show_advice(taken.shown)
            self.changed.emit()

    def _quantity_kept(self) -> str:
        return self._in_unit(sum(one.quantity or 0 for one in self._model.on_record().values()))

    def _quantity_of(self, advice: ShopAdvice) -> str:
        """Return what would be agreed with this guidance; what a person typed stays typed."""
        kept = self._model.on_record()
        typed = {product: one.agreed for product, one in kept.items() if one.agreed is not None}
        return self._in_unit(sum(typed.get(sku.product_id, sku.line.suggestion or 0) for sku in advice.skus))

    def _in_unit(self, quantity: int) -> str:
        advice = self._model.advice
        return self._words.with_unit(format_count(quantity), None if advice is None else advice.unit)

    @Slot(object)
    def _on_wanted(self, notice: Notice) -> None:
        match notice:
            case Notice.UNCOUNTED:
                self.count_wanted.emit()
            case Notice.LEARNING:
                self._learning.go_ahead()
            case Notice.OFFER:
                self._take_over()
            case Notice.TAKEN:
                self._put_back()
            case _:
                pass

    @Slot(object)
    def _on_put_away(self, notice: Notice) -> None:
        match notice:
            case Notice.UNCOUNTED:
                self._is_uncounted_read = True
            case Notice.LEARNING:
                self._learning.go_ahead()
            case Notice.TAKEN:
                self._taken = None
            case Notice.OFFER:
                self._offered = None
            case _:
                pass

    @Slot()
    def _on_chosen_changed(self) -> None:
        """Let the offer tell the quantities with what was typed since."""
        if self._offered is not None and self._bar.notice is Notice.OFFER:
            self._show_offer(self._offered)

    def _show_offer(self, offered: ShopAdvice) -> None:
        is_shown = self._model.advice is offered
        self._bar.show_offer(self._quantity_kept(), self._quantity_of(offered), is_shown=is_shown)


def uncounted_of(advice: ShopAdvice) -> int:
    """Return of how many SKUs the stock is presumed."""
    return sum(sku.line.stock_source is StockSource.UNKNOWN for sku in advice.skus)
