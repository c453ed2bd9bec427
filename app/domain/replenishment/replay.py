"""Plays weekly orders against known sales: what a rule would have filled, and how much stock it would have needed.

Each week on the shop's order day a rule sees stock and past sales only (its own: what was not there was not sold),
names an order, and gets it two days later. Sales that find no stock are lost. The first weeks do not count: in them
the opening stock runs out.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from app.domain.forecasting.arrays import Ints

LEAD_DAYS = 2
WEEK = 7
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class World:
    """What really was asked for [rows, weeks, 7], day 0 of a week being the order day, and what was really ordered.

    The replay begins at week `first`; the weeks before it are past. `shops` numbers the shop of each row.
    """

    sales: Ints
    ordered: Ints
    shops: Ints
    first: int
    warm_up: int

    @property
    def past_weeks(self) -> Ints:
        """The weekly sales before the replay [rows, weeks]."""
        return self.sales[:, : self.first].sum(axis=2)

    @property
    def past_ahead(self) -> Ints:
        """What the nine days from the start of each past week brought; for the last week nothing is whole."""
        weekly = self.sales[:, : self.first].sum(axis=2)
        return weekly[:, :-1] + self.sales[:, 1 : self.first, :LEAD_DAYS].sum(axis=2)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule may look at on an order day: the stock, and sales and orders of the weeks before."""

    week: int
    stock: Ints
    sales: Ints
    """[rows, weeks before this one]"""
    ordered: Ints
    """what the shop really ordered in the weeks before this one"""


class Rule(Protocol):
    """Names an order."""

    def order(self, seen: Seen) -> Ints:
        """Return whole 条 by row, as wanted without limits."""
        ...

    def cut(self, seen: Seen, wanted: Ints, shops: Ints, totals: Ints) -> Ints:
        """Return what is left of a wanted order where each shop may have so many 条 in all."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule came to: sold ÷ asked for, mean 条 in stock a row, share of row-weeks in which a sale was lost."""

    fill: float
    stock: float
    stock_outs: float


def replay(world: World, rule: Rule, opening: Ints, supplied: float = 1.0) -> Outcome:
    """Play the weeks from `first` on with a rule; each shop gets that share of what the rule wants for it."""
    weeks = world.sales.shape[1]
    seen_sales = world.sales.sum(axis=2)
    # Day by day in one piece: a column of [rows, weeks, 7] would be fetched value by value.
    days_ahead = np.ascontiguousarray(world.sales[:, world.first :].transpose(1, 2, 0))
    stock = opening.copy()
    asked = sold = missed = counted = 0
    held = 0.0
    for week in range(world.first, weeks):
        seen = Seen(week, stock, seen_sales[:, :week], world.ordered[:, :week])
        order = rule.order(seen)
        if supplied < 1:
            totals = np.floor(supplied * np.bincount(world.shops, weights=order)).astype(int)
            order = rule.cut(seen, order, world.shops, totals)
        sales = days_ahead[week - world.first]
        stock, got, days = _week(sales, stock, order)
        wanted = sales.sum(axis=0)
        seen_sales[:, week] = got
        if week >= world.first + world.warm_up:
            asked, sold, held = asked + int(wanted.sum()), sold + int(got.sum()), held + days
            missed, counted = missed + int((got < wanted).sum()), counted + len(wanted)
    return Outcome(sold / asked, held / counted, missed / counted)


def _week(sales: Ints, stock: Ints, order: Ints) -> tuple[Ints, Ints, float]:
    """Sell the days of a week [7, rows]; return the stock after it, what was sold, the mean stock of its days."""
    got, held = np.zeros_like(stock), 0.0
    for day in range(WEEK):
        stock = stock + order if day == LEAD_DAYS else stock
        sale = np.minimum(sales[day], stock)
        stock, got = stock - sale, got + sale
        held += float(stock.sum()) / WEEK
    return stock, got, held


def at_equal(points: list[tuple[float, float]], x: float) -> float | None:
    """Return the value on a curve of (x, value) points at `x`, straight between points on a log scale; None outside."""
    known = sorted(points)
    places, values = np.array([place for place, _ in known]), np.array([value for _, value in known])
    if not places[0] <= x <= places[-1]:
        return None
    return float(np.exp(np.interp(x, places, np.log(np.maximum(values, _NOTHING)))))
