"""What a shop sold of its SKUs week by week, from its orders, and in which weeks it was allowed no more.

Requested, allowed and ordered are kept apart. What was requested beyond what came was asked for too. Where an order
took all that was allowed and the SKU was ordered again at the very next order of the shop, the weeks between are a
floor: demand was at least that. Where the shop let an order day pass, the allowed quantity was enough for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.forecasting.arrays import Flags, Floats, Ints
from app.domain.order_advice import LimitedOrder
from app.domain.purchase_history import QUARTER_WEEKS, PurchaseHistory
from app.domain.replenishment.habit import WEEK
from app.domain.replenishment.smoothing import Orders, even_sales
from app.domain.shop_desk import SkuFacts


@dataclass(frozen=True, slots=True)
class LimitedWeeks:
    """By SKU and closed week, oldest first: what was requested and did not come, and where sales are a floor."""

    refused: Ints
    floors: Flags

    @property
    def counted(self) -> int:
        """How many weeks `lately` looks at."""
        return min(QUARTER_WEEKS, self.floors.shape[1])

    def lately(self, at: int) -> int:
        """Return in how many of the last 13 weeks a SKU sold all that was allowed."""
        return int(self.floors[at, -self.counted :].sum()) if self.counted else 0


def limited_weeks(
    facts: Sequence[SkuFacts], history: PurchaseHistory, limited: Sequence[LimitedOrder]
) -> LimitedWeeks:  # fmt: skip
    """Sort the limited orders of a shop into its closed weeks."""
    weeks = max((len(one.row.quantities) for one in facts if one.row is not None), default=0)
    refused, floors = np.zeros((len(facts), weeks), int), np.zeros((len(facts), weeks), bool)
    places = {one.product: (at, one.row.quantities) for at, one in enumerate(facts) if one.row is not None}
    backs = {day: (history.newest_week_end - day).days // WEEK for day in {one.day for one in limited}}
    following = _next_orders(history.quantities)
    for day, product, more, took_all in limited:
        back = backs[day]
        if product not in places or not 0 <= back < weeks:
            continue
        at, bought = places[product]
        refused[at, weeks - 1 - back] += more
        after = following[back]
        if took_all and after is not None and bought[after] > 0:
            floors[at, weeks - back : weeks - after] = True
    return LimitedWeeks(refused, floors)


def _next_orders(shop: Sequence[int]) -> list[int | None]:
    """Return for each closed week, newest first, the next in which the shop ordered anything."""
    found: list[int | None] = []
    newest: int | None = None
    for week, quantity in enumerate(shop):
        found.append(newest)
        newest = week if quantity > 0 else newest
    return found


def estimated_weeks(facts: Sequence[SkuFacts], history: PurchaseHistory, limited: LimitedWeeks) -> Floats:
    """Return the sales of the closed weeks, oldest first: each order sold until the next (`smoothing`)."""
    weeks = limited.floors.shape[1]
    lines: list[tuple[int, int, int]] = []
    for at, one in enumerate(facts):
        if one.row is None:
            continue
        # A week ends one day after the order day.
        lines += [(at, WEEK * (weeks - back) - 2, bought) for back, bought in enumerate(one.row.quantities) if bought]
        if one.row.open_quantity:
            day = (one.row.last_day - history.newest_week_end).days - 1 + WEEK * weeks
            lines.append((at, day, one.row.open_quantity))
    skus, places = np.nonzero(limited.refused)
    lines += [
        (at, WEEK * (week + 1) - 2, int(limited.refused[at, week]))
        for at, week in zip(skus.tolist(), places.tolist(), strict=True)
    ]
    rows, days, quantities = np.array(lines, int).reshape(-1, 3).T
    today = (history.as_of - history.newest_week_end).days - 1 + WEEK * weeks
    daily = even_sales(Orders.of(rows, days, quantities, len(facts)), max(today, 0), 0)
    found = daily[:, : WEEK * weeks].reshape(len(facts), weeks, WEEK).sum(axis=2)
    # Goods that came late in their first week were sold on part of it only.
    late = np.flatnonzero((found[:, :-1] > 0).any(axis=1))
    if len(late):
        found[late, (found[late] > 0).argmax(axis=1)] = np.nan
    return found
