"""The words of the stock step: headers, groups, and what is wrong with a number."""

from datetime import date

from PySide6.QtCore import QObject

from app.domain.price_sense import PriceSign
from app.services.stock_sheets import StockGroup
from app.ui.look.formats import NO_VALUE, format_short_date
from app.ui.look.unit_words import UnitWords

_MINOR = 100


def price_text(minor: int | None) -> str:
    """Write a retail price: 12.0, or 12.49 where it has cents."""
    if minor is None:
        return NO_VALUE
    return f"{minor / _MINOR:.1f}" if minor % 10 == 0 else f"{minor / _MINOR:.2f}"


class StockWords(QObject):
    """Puts the stock step into the language shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._units = UnitWords(self)

    def header(self, column: str, unit: str | None, currency: str | None) -> str:
        """Return the header of a column."""
        return {
            "NUMBER": "",
            "SKU": self.tr("SKU"),
            "GROUP": "",
            "ON_HAND": self.tr("On hand (%1)").replace("%1", self._units.of(unit)),
            "PRICE": self.tr("Retail (%1)").replace("%1", self._units.price(unit, currency)),
            "GUIDE": self.tr("Guide"),
            "TAG": self.tr("Price tag"),
        }[column]

    def group(self, group: StockGroup) -> str:
        """Return the name of a group."""
        return {
            StockGroup.MAIN: self.tr("Main"),
            StockGroup.KEY: self.tr("Cultivated"),
            StockGroup.SLOW: self.tr("Slow"),
            StockGroup.OTHER: self.tr("Others"),
            StockGroup.CATALOGUE: self.tr("Not bought here"),
        }[group]

    def group_count(self, group: StockGroup, count: int) -> str:
        """Return a group with its number of SKUs."""
        return self.tr("%1 %2").replace("%1", self.group(group)).replace("%2", str(count))

    def price_class(self, code: str | None) -> str:
        """Return the price class in a word; other categories as they are."""
        names = {
            "1": self.tr("class 1"),
            "2": self.tr("class 2"),
            "3": self.tr("class 3"),
            "4": self.tr("class 4"),
            "5": self.tr("class 5"),
        }
        return names.get(code or "", code or "")

    def bad(self, name: str, text: str, *, is_price: bool) -> str:
        """Say what is wrong with what was typed."""
        words = self.tr("%1: '%2' is no whole number of zero or more.")
        if is_price:
            words = self.tr("%1: '%2' is no price with at most two decimals.")
        return words.replace("%1", name).replace("%2", text)

    def price_sign(self, sign: PriceSign, name: str) -> str:
        """Say what is unusual about a price."""
        words = self.tr("%1: more than 20 % away from the guide price. Is it right?")
        if sign is PriceSign.ABOVE_LIMIT:
            words = self.tr("%1: above the price limit of 1,000 yuan per 200 sticks. Is it right?")
        return words.replace("%1", name)

    def far_above(self, name: str) -> str:
        """Say that a stock is far above the usual."""
        return self.tr("%1: far more than this shop buys and sells. Is it right?").replace("%1", name)

    def taken_over(self, day: date) -> str:
        """Say that a number was not counted today."""
        return self.tr("Taken over from %1, not counted today").replace("%1", format_short_date(day))

    def last_on(self, day: date) -> str:
        """Say when the grey number was seen."""
        return self.tr("Last seen on %1; = takes it over").replace("%1", format_short_date(day))

    def not_checked(self) -> str:
        """Say that nobody looked."""
        return self.tr("not checked")

    def tag(self, value: object) -> str:
        """Say whether there is a price tag."""
        if value is None:
            return self.not_checked()
        return self.tr("has a price tag") if value else self.tr("no price tag")
