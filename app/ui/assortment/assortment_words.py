"""The words of the assortment: what like shops sell, what lies still and its ways out, what can stand in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.assortment.dropping import Slow, WayOut
from app.services.peer_width import Peers
from app.ui.assortment.filling import fill
from app.ui.look.formats import format_change, format_count, format_iso, format_number, format_percent
from app.ui.look.unit_words import UnitWords

if TYPE_CHECKING:  # they bring numpy, which the first look in a worker may wait for
    from app.domain.assortment.additions import Addition
    from app.domain.assortment.substitutes import ShortSku, Substitute
    from app.services.assortments import CatalogueSku, ShopAssortment

_ALIKE = 0.005
"""Prices nearer than this are told as the same."""
_SHOWN_TOGETHER = 0.05
_WIDE_PCT = 115
"""Of the target width: an A of item 3 ends there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One SKU: its name, a word for what is special about it, and why it is named, line by line."""

    name: str
    details: tuple[str, ...]
    mark: str = ""


class AssortmentWords(QObject):
    """Puts the assortment of a shop into the language shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._units = UnitWords(self)

    def width(self, seen: "ShopAssortment") -> str:
        """Return how wide the assortment is beside the target of its class, and over which weeks."""
        words = self.tr("%n SKU(s) bought in 13 weeks", "", seen.width)
        if seen.target is not None:
            target = {
                Peers.SAME_CLASS: self.tr("target %1: the middle of %2 shops of its class"),
                Peers.SAME_SIZE: self.tr("target %1: the middle of %2 shops of its size"),
                Peers.ALL: self.tr("target %1: the middle of %2 shops"),
            }[seen.target.peers]
            words += self.tr(", ") + fill(target, seen.target.width, seen.target.shops)
            if seen.width * 100 > _WIDE_PCT * seen.target.width:
                words += self.tr("; wider than that, so what is added takes the place of another")
            elif seen.width >= seen.target.width:
                words += self.tr("; the target is reached, so what is added takes the place of another")
        return words

    def period(self, seen: "ShopAssortment") -> str:
        """Return the weeks that width and slow SKUs are told by."""
        return fill(self.tr("%1 to %2"), *(format_iso(day) for day in seen.quarter))

    def addition(self, one: "Addition", seen: "ShopAssortment") -> Entry:
        """Return why a SKU suits the shop: how many like shops sell it and how fast."""
        share = fill(self.tr("%1 of the %2 shops most like this one sell it"), one.sellers, one.like_shops)
        speed = fill(self.tr("a median of %1 a week"), self._quantity(one.weekly, seen))
        details = [share + self.tr(", ") + speed]
        if one.taken_up:
            details.append(self.tr("%n of them took it up in the last half year", "", one.taken_up))
        return Entry(seen.name(one.product), tuple(details), self._mark(seen.skus.get(one.product)))

    def slow(self, one: Slow, seen: "ShopAssortment") -> Entry:
        """Return how long a SKU lies still, what of it is there, and the ways out."""
        facts = [self.tr("not ordered for %n week(s)", "", one.weeks_since)]
        if one.on_hand is not None:
            facts.append(fill(self.tr("%1 on hand"), self._quantity(one.on_hand, seen)))
        if one.like_shops:
            facts.append(fill(self.tr("%1 of %2 like shops sell it"), one.sellers, one.like_shops))
        ways = self.tr("; ").join(self._way(way) for way in one.ways)
        return Entry(seen.name(one.product), (self.tr(", ").join(facts), ways))

    def short(self, one: "ShortSku", seen: "ShopAssortment") -> Entry:
        """Return what is short and by how much, with the stand-ins and why they are named."""
        sold = self._quantity(one.weekly, seen)
        head = fill(self.tr("bought %1 a week, %2 allowed"), sold, self._quantity(one.allowed, seen))
        if not one.allowed:
            head = fill(self.tr("bought %1 a week, none to be had now"), sold)
        lines = [self._substitute(stand_in, seen) for stand_in in one.substitutes]
        return Entry(
            seen.name(one.product), (head, *(lines or [self.tr("no SKU of its class is near enough in price")]))
        )

    def _substitute(self, one: "Substitute", seen: "ShopAssortment") -> str:
        parts = [self._price(one.price_gap)]
        if one.own_weekly:
            parts.append(fill(self.tr("%1 a week bought here"), self._quantity(one.own_weekly, seen)))
        if one.carriers and one.sellers:
            words = self.tr("%1 of the %2 like shops that sell the short one sell it too")
            parts.append(fill(words, one.sellers, one.carriers))
        if one.together >= _SHOWN_TOGETHER:
            parts.append(fill(self.tr("in %1 of the orders with it"), format_percent(one.together, 0)))
        return fill(self.tr("\u2192 %1: %2"), seen.name(one.product), self.tr(", ").join(parts))

    def _price(self, gap: float) -> str:
        if abs(gap) < _ALIKE:
            return self.tr("same class, same price")
        return fill(self.tr("same class, price %1"), format_change(gap))

    def _way(self, way: WayOut) -> str:
        return {
            WayOut.SHOW_AND_TAG: self.tr("first give it a place in sight and a clean price tag"),
            WayOut.STOP_ORDERING: self.tr("order no more of it"),
            WayOut.SELL_DOWN: self.tr("sell the rest from a place at the counter"),
            WayOut.ASK_SUPPORT: self.tr("ask the company for support (D04-3)"),
        }[way]

    def _mark(self, sku: "CatalogueSku | None") -> str:
        if sku is None or not (sku.is_key or sku.is_new):
            return ""
        return self.tr("Key SKU") if sku.is_key else self.tr("New SKU")

    def _quantity(self, value: float, seen: "ShopAssortment") -> str:
        number = format_count(int(value)) if value == int(value) else format_number(value)
        return self._units.with_count(number, seen.unit)
