"""The rules that a replay compares: our advice, the trade's F29, the last order again, the mean of the last orders."""

from dataclasses import dataclass, field

import numpy as np

from app.domain.forecasting.arrays import Floats, Ints
from app.domain.replenishment.caps import within_totals
from app.domain.replenishment.cover import cover
from app.domain.replenishment.demand import Demand
from app.domain.replenishment.habit import WEEK, Habits
from app.domain.replenishment.learnt import Learnt
from app.domain.replenishment.replay import LEAD_DAYS, Seen


def _nothing() -> Demand:
    return Demand(np.zeros(0), np.zeros(0))


@dataclass(slots=True)
class PeriodicReview:
    """Our advice: up to the level that covers the days until the next delivery but one with the chance `service`."""

    learnt: Learnt
    service: float
    past: Habits | None = None
    """the habits of the weeks before the first order, where somebody read them already"""
    _habits: Habits | None = field(default=None, init=False)
    _demand: Demand = field(default_factory=_nothing, init=False)

    def order(self, seen: Seen) -> Ints:
        """Take in the newest week, a floor where the shelf is empty now; return what lacks up to the level."""
        if self._habits is None:
            self._habits = Habits.of(seen.sales) if self.past is None else self.past.copy()
        else:
            self._habits.take(seen.sales[:, -1], seen.stock == 0, self.learnt)
        wanted = cover(self._habits, self.learnt, self.service, seen.stock, LEAD_DAYS, WEEK)
        self._demand = wanted.demand
        return np.maximum(0, wanted.level - seen.stock)

    def cut(self, seen: Seen, wanted: Ints, shops: Ints, totals: Ints) -> Ints:
        """Give each 条 to where it is likeliest to be sold."""
        return within_totals(wanted, seen.stock, self._demand, np.ones(len(wanted)), shops, totals)


@dataclass(frozen=True, slots=True)
class TradeRule:
    """F28 to F30: max(0, k × the sales of the last cycle − stock); with `cycles` the mean of several."""

    factor: float
    cycles: int = 1

    def order(self, seen: Seen) -> Ints:
        """Return the suggestion, rounded half up."""
        sales = seen.sales[:, -self.cycles :].mean(axis=1)
        return np.maximum(0, np.floor(self.factor * sales - seen.stock + 0.5)).astype(int)

    def cut(self, seen: Seen, wanted: Ints, shops: Ints, totals: Ints) -> Ints:  # noqa: ARG002
        """Cut every line by the same share."""
        return in_proportion(wanted, shops, totals)


@dataclass(frozen=True, slots=True)
class RepeatLast:
    """What the shop really ordered the week before."""

    def order(self, seen: Seen) -> Ints:
        """Return the last order."""
        return seen.ordered[:, -1].copy()

    def cut(self, seen: Seen, wanted: Ints, shops: Ints, totals: Ints) -> Ints:  # noqa: ARG002
        """Cut every line by the same share."""
        return in_proportion(wanted, shops, totals)


@dataclass(slots=True)
class MeanOfLast:
    """The mean of what the shop really ordered in the last weeks; what rounding leaves over is carried on."""

    weeks: int = 4
    _left: Floats | None = field(default=None, init=False)

    def order(self, seen: Seen) -> Ints:
        """Return the mean in whole 条."""
        left = np.zeros(len(seen.stock)) if self._left is None else self._left
        exact = seen.ordered[:, -self.weeks :].mean(axis=1) + left
        whole = np.floor(exact + 0.5)
        self._left = exact - whole
        return whole.astype(int)

    def cut(self, seen: Seen, wanted: Ints, shops: Ints, totals: Ints) -> Ints:  # noqa: ARG002
        """Cut every line by the same share."""
        return in_proportion(wanted, shops, totals)


def in_proportion(wanted: Ints, shops: Ints, totals: Ints) -> Ints:
    """Cut the lines of each shop by one share; what whole 条 leave over goes to the largest fractions."""
    sums = np.bincount(shops, weights=wanted, minlength=len(totals))
    exact = wanted * (totals / np.maximum(sums, 1))[shops]
    given = np.floor(exact + 1e-9).astype(int)
    left = totals - np.bincount(shops, weights=given, minlength=len(totals)).astype(int)
    order = np.lexsort((given - exact, shops))
    starts = np.searchsorted(shops[order], np.arange(len(totals)))
    more = order[np.arange(len(order)) - starts[shops[order]] < left[shops[order]]]
    given[more] += wanted[more] > given[more]
    return given
