"""Cutting an order to what is allowed, in all and by SKU, and to what the shop wants to spend.

The next 条 goes where it earns most: margin × the chance that it is sold before the next delivery, per 条 of the cap or
per yuan of the budget (marginal analysis; optimal for one constraint because that chance only falls).
"""

from dataclasses import dataclass

import numpy as np

from app.domain.forecasting.arrays import Floats, Ints
from app.domain.replenishment.demand import Demand


@dataclass(frozen=True, slots=True)
class Limits:
    """What limits an order; None is "no such limit". `each` is the allowed quantity by SKU (−1: none)."""

    each: Ints | None = None
    total: int | None = None
    budget: int | None = None
    """in minor units"""


@dataclass(frozen=True, slots=True)
class Cut:
    """The order after the limits, and how many 条 and how much margin they take away."""

    quantities: Ints
    missing: Ints
    lost: Floats
    """the sale of each SKU that is expected to be lost for what is missing"""
    lost_margin: float
    """the margin of these sales, in minor units"""


def cut_to(wanted: Ints, position: Ints, demand: Demand, margins: Floats, prices: Ints, limits: Limits) -> Cut:
    """Return the order within the limits; it uses a total cap to the last 条 where more is wanted."""
    allowed = wanted if limits.each is None else np.where(limits.each >= 0, np.minimum(wanted, limits.each), wanted)
    quantities = allowed.copy()
    if _is_over(quantities, prices, limits):
        quantities = _best(allowed, position, demand, margins, prices, limits)
    missing = wanted - quantities
    short = np.flatnonzero(missing)
    chances, owners, _ = _steps(demand, short, position + quantities, missing)
    lost = np.zeros(len(wanted))
    np.add.at(lost, owners, chances)
    return Cut(quantities, missing, lost, float(margins @ lost))


def _is_over(quantities: Ints, prices: Ints, limits: Limits) -> bool:
    over_total = limits.total is not None and int(quantities.sum()) > limits.total
    return over_total or (limits.budget is not None and int((quantities * prices).sum()) > limits.budget)


def within_totals(
    wanted: Ints, position: Ints, demand: Demand, margins: Floats, groups: Ints, totals: Ints
) -> Ints:  # fmt: skip
    """Share out what each group (a shop) may order in all: 条 by 条 to where it is worth most."""
    chances, owners, places = _steps(demand, np.flatnonzero(wanted), position, wanted)
    own = groups[owners]
    order = np.lexsort((places, owners, -_worth(margins, owners, chances), own))
    starts = np.searchsorted(own[order], np.arange(len(totals)))
    kept = np.arange(len(order)) - starts[own[order]] < totals[own[order]]
    return np.bincount(owners[order][kept], minlength=len(wanted))


def _best(
    allowed: Ints, position: Ints, demand: Demand, margins: Floats, prices: Ints, limits: Limits
) -> Ints:  # fmt: skip
    total = int(allowed.sum()) if limits.total is None else max(0, limits.total)
    if limits.budget is None:
        return within_totals(allowed, position, demand, margins, np.zeros(len(allowed), int), np.array([total]))
    return _within_budget(allowed, position, demand, margins, prices, total, limits.budget)


def _within_budget(
    allowed: Ints, position: Ints, demand: Demand, margins: Floats, prices: Ints, total: int, budget: int
) -> Ints:  # fmt: skip
    """Give 条 by 条, best for its money first; one that does not fit the budget leaves room for a cheaper one."""
    chances, skus, places = _steps(demand, np.flatnonzero(allowed), position, allowed)
    worth = _worth(margins, skus, chances) / np.maximum(prices[skus], 1)
    order = np.lexsort((places, skus, -worth))
    given, left, money = np.zeros_like(allowed), total, budget
    for sku, at in zip(skus[order].tolist(), places[order].tolist(), strict=True):
        if left == 0:
            break
        if at == given[sku] and prices[sku] <= money:
            given[sku] += 1
            left -= 1
            money -= int(prices[sku])
    return given


def _worth(margins: Floats, skus: Ints, chances: Floats) -> Floats:
    """Return what the next 条 is expected to earn; without a margin it still is worth having in stock."""
    return np.maximum(margins[skus], 0.01) * chances


def _steps(demand: Demand, skus: Ints, position: Ints, counts: Ints) -> tuple[Floats, Ints, Ints]:
    """Return for each of the next `counts` 条 of these SKUs the chance that it is sold, its SKU and its place."""
    owners = np.repeat(skus, counts[skus])
    ends = np.cumsum(counts[skus])
    places = np.arange(len(owners)) - np.repeat(ends - counts[skus], counts[skus])
    return demand.of(owners).chance_above(np.maximum(position[owners], 0) + places), owners, places
