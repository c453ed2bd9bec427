"""The words of a SKU's card: its facts, its prices, and the line of a shop that buys it."""

from PySide6.QtCore import QObject

from app.domain.playbook import Playbook
from app.services.product_cards import BuyingShop, ProductCard
from app.ui.look.formats import NO_VALUE, format_amount, format_count, format_iso, format_signed
from app.ui.look.translations import current_language
from app.ui.look.unit_words import UnitWords, currency_sign
from app.ui.widgets.fact_list import Fact
from app.ui.widgets.list_rows import ListRow
from app.ui.widgets.tones import Tone


class ProductWords(QObject):
    """Puts a card into the language shown."""

    def __init__(self, playbook: Playbook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playbook = playbook
        self.units = UnitWords(self)

    def class_line(self, card: ProductCard) -> str:
        """Return code and class: 910001 · 三类."""
        return " · ".join(part for part in (card.code, self._class(card)) if part)

    def facts(self, card: ProductCard) -> tuple[Fact, ...]:
        """Return what head office says of the SKU; what is not known is left out, but for prices and supply."""
        known = (
            (self.tr("Code"), card.code),
            (self.tr("Class"), self._class(card)),
            (self.tr("Brand"), card.brand),
            (self.tr("Specification"), card.specification),
            (self.tr("Maker"), card.maker),
            (self.tr("Category"), card.category),
            (self.tr("Barcode"), card.barcode),
            (self.tr("Units per case"), format_count(card.units_per_case) if card.units_per_case else ""),
        )
        facts = [Fact(name, value) for name, value in known if value]
        marks = [
            self.tr("new") if card.is_new else "",
            self.tr("key SKU") if card.is_key else "",
        ]
        if any(marks):
            facts.append(Fact(self.tr("Marked as"), ", ".join(mark for mark in marks if mark)))
        return (*facts, *self._prices(card), Fact(self.tr("Supply"), card.supply_flag or NO_VALUE))

    def _prices(self, card: ProductCard) -> tuple[Fact, ...]:
        sign, unit = currency_sign(card.currency), self.units.of(card.unit)
        a_unit = self.tr("¥/%1").replace("%1", unit) if sign == "¥" else f"{sign}/{unit}"
        retail = self.units.price(card.unit, card.currency)
        prices = (
            (self.tr("Transfer price (%1)").replace("%1", a_unit), card.transfer_price),
            (self.tr("Wholesale price (%1)").replace("%1", a_unit), card.wholesale_price),
            (self.tr("Guide retail price (%1)").replace("%1", retail), card.retail_price),
        )
        return tuple(Fact(name, format_amount(price, "")) for name, price in prices)

    def buyer(self, shop: BuyingShop, card: ProductCard) -> ListRow:
        """Return the row of a shop that buys: how much now, and how much more or less than before."""
        change = shop.buying.now - shop.buying.before
        tone = Tone.GREEN if change > 0 else Tone.RED if change < 0 else Tone.GREY
        against = self.tr("%1 on the 13 weeks before").replace("%1", format_signed(change) if change else "±0")
        return ListRow(
            str(shop.customer_id),
            shop.name,
            subtitle=self._where(shop),
            trailing=self.units.with_count(format_count(shop.buying.now), card.unit),
            chips=((against, tone),),
        )

    def stopped(self, shop: BuyingShop, card: ProductCard) -> ListRow:
        """Return the row of a shop that stopped: how much it had bought, and when last."""
        last = self.tr("last ordered %1").replace("%1", format_iso(shop.buying.last_day))
        return ListRow(
            str(shop.customer_id),
            shop.name,
            subtitle=f"{self._where(shop)} · {last}",
            trailing=self.units.with_count(format_count(shop.buying.before), card.unit),
        )

    def _where(self, shop: BuyingShop) -> str:
        return " · ".join(part for part in (shop.code, shop.class_code) if part)

    def _class(self, card: ProductCard) -> str:
        code = card.price_class
        return "" if not code else self._playbook.enumerations.label("price_class", code).of(current_language())
