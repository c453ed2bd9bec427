"""The words of the units that a store counts in: cartons (条) and packs of cigarettes, or bottles."""

from PySide6.QtCore import QObject

_SIGNS = {"CNY": "¥", "USD": "$"}
_BOTTLES = frozenset({"bottle", "bottles", "瓶"})


class UnitWords(QObject):
    """Puts the unit and currency facts of a store into the language shown."""

    def of(self, unit: str | None) -> str:
        """Return the unit of quantities."""
        return self.tr("btl") if unit in _BOTTLES else self.tr("ctn")

    def with_count(self, count: str, unit: str | None) -> str:
        """Return a written number with the unit behind it."""
        return self.tr("%1 %2").replace("%1", count).replace("%2", self.of(unit))

    def price(self, unit: str | None, currency: str | None) -> str:
        """Return the unit of a retail price: yuan per pack, dollars per bottle."""
        if unit in _BOTTLES:
            return self.tr("%1/bottle").replace("%1", _SIGNS.get(currency or "", currency or ""))
        return self.tr("¥/pack")


def currency_sign(currency: str | None) -> str:
    """Return the sign of a currency code; yuan where none is known."""
    return _SIGNS.get(currency or "CNY", currency or "")
