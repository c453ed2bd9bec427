"""SKUs that lie still in a shop, and their lawful ways out: nothing moves from shop to shop or is tied to anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.domain.purchase_history import QUARTER_WEEKS, YEAR_WEEKS

_LIKE_SHOPS_SELL_IT = 0.3
_LONG = timedelta(days=182)


class OwnSku(NamedTuple):
    """What one shop bought of one SKU: 条 since the start of the quarter, and in the 52 weeks before it."""

    product: int
    first_day: date
    last_day: date
    quarter: int
    before: int


class WayOut(StrEnum):
    """What can be done about a SKU that lies still, in the order in which it should be tried."""

    SHOW_AND_TAG = "show_and_tag"
    """like shops sell it: give it a place in sight and a clean price tag before giving it up"""
    STOP_ORDERING = "stop_ordering"
    SELL_DOWN = "sell_down"
    """what was counted goes to the counter until it is gone"""
    ASK_SUPPORT = "ask_support"
    """half a year without a purchase and still there: measure 3 of item 4, asked of the company"""


@dataclass(frozen=True, slots=True)
class Slow:
    """A SKU not bought for three months; `on_hand` is the newest count, None where nobody counted."""

    product: int
    last_day: date
    weeks_since: int
    bought_before: int
    """条 of the 52 weeks before the quarter"""
    on_hand: int | None
    sellers: int
    like_shops: int
    ways: tuple[WayOut, ...]


def quarter_start(newest_week_end: date) -> date:
    """Return the first day of the 13 closed weeks."""
    return newest_week_end - timedelta(weeks=QUARTER_WEEKS, days=-1)


def year_start(newest_week_end: date) -> date:
    """Return the first day of the 52 weeks before the quarter."""
    return quarter_start(newest_week_end) - timedelta(weeks=YEAR_WEEKS)


def is_slow(sku: OwnSku) -> bool:
    """Tell whether it was bought in the year before the quarter, but not since (as `purchase_signs.is_slow`)."""
    return sku.before > 0 and not sku.quarter


def slow_skus(
    own: Iterable[OwnSku], on_hand: Mapping[int, int], sellers: Mapping[int, int], like_shops: int, day: date
) -> tuple[Slow, ...]:
    """Return what lies still, largest known stock first, then largest earlier quantity.

    A SKU that was counted and is gone does not lie still any more. `sellers` says how many of
    the like shops sell a SKU.
    """
    found: list[Slow] = []
    for sku in own:
        stock = on_hand.get(sku.product)
        if not is_slow(sku) or stock == 0:
            continue
        selling = sellers.get(sku.product, 0)
        ways = _ways_out(day - sku.last_day, stock, selling, like_shops)
        weeks = (day - sku.last_day).days // 7
        found.append(Slow(sku.product, sku.last_day, weeks, sku.before, stock, selling, like_shops, ways))
    return tuple(sorted(found, key=lambda one: (-(one.on_hand or 0), -one.bought_before, one.product)))


def _ways_out(still_for: timedelta, stock: int | None, selling: int, like: int) -> tuple[WayOut, ...]:
    ways: list[WayOut] = []
    if like and selling >= _LIKE_SHOPS_SELL_IT * like:
        ways.append(WayOut.SHOW_AND_TAG)
    ways.append(WayOut.STOP_ORDERING)
    if stock:
        ways.append(WayOut.SELL_DOWN)
        if still_for >= _LONG:
            ways.append(WayOut.ASK_SUPPORT)
    return tuple(ways)
