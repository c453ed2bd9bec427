"""What is known of a territory before a forecast: who bought what in which month, kept apart from what was allowed."""

from dataclasses import dataclass, replace

import numpy as np

from app.domain.forecasting.arrays import Flags, Floats, Ints, group_sums
from app.domain.forecasting.exposure import Exposure
from app.domain.forecasting.walking import Kin, Series

_FLOOR_ALPHA = 0.2


@dataclass(frozen=True, slots=True)
class Market:
    """The pairs of shop and SKU of a territory, by month.

    `shops` and `skus` number the shop and the SKU of each pair from 0, `classes` the class of each SKU. `values` is the
    demand as far as it is known [pairs, months], `late` which share of it fell in the month's last 7 and 14 days.
    """

    first_month: int
    """number of the month of column 0"""
    shops: Ints
    skus: Ints
    classes: Ints
    values: Floats
    late: Floats
    exposure: Exposure
    festivals: Floats | None = None
    """by what a moving festival multiplies a month [classes, months and those to come]; None: no festival moves"""
    closed: Flags | None = None
    """[shops] that have closed: nothing is expected of them; None: all are open"""

    @property
    def months(self) -> int:
        """How many months are known."""
        return self.values.shape[1]

    @property
    def shop_count(self) -> int:
        """How many shops there are."""
        return len(self.exposure.bought)

    @property
    def class_count(self) -> int:
        """How many classes there are."""
        return int(self.classes.max(initial=-1)) + 1

    def pair_series(self) -> Series:
        """Return the pairs with their shop, SKU and class."""
        kin = (self._kin(self.shops, self.shop_count), self._kin(self.skus, len(self.classes)),
               self._kin(self.classes[self.skus], self.class_count))  # fmt: skip
        return Series(self.values, self.late, kin, self.shops, self.exposure, self._cells()[1])

    def sku_series(self) -> Series:
        """Return the totals of the SKUs with their class."""
        values, late = self._totals(self.skus, len(self.classes))
        kin = (Kin(self.classes, group_sums(values, self.classes, self.class_count)),)
        return Series(values, late, kin, np.zeros(len(values), int), self.whole_exposure())

    def class_series(self) -> tuple[Ints, Series, Ints, Ints]:
        """Return the classes of shops: the group of each pair, the series, and the shop and class of each group."""
        found, groups = self._cells()
        shops, classes = found // max(self.class_count, 1), found % max(self.class_count, 1)
        values, late = self._totals(groups, len(found))
        kin = (Kin(shops, group_sums(values, shops, self.shop_count)),
               Kin(classes, group_sums(values, classes, self.class_count)))  # fmt: skip
        return groups, Series(values, late, kin, shops, self.exposure), shops, classes

    def without_festivals(self) -> "Market":
        """Return the demand as it would be if no festival moved."""
        if self.festivals is None:
            return self
        by_pair = self.festivals[self.classes[self.skus], : self.months]
        return replace(self, values=self.values / by_pair, festivals=None)

    def _cells(self) -> tuple[Ints, Ints]:
        """Return the keys of the classes of shops (shop × classes + class), and which one each pair is in."""
        return np.unique(self.shops.astype(np.int64) * max(self.class_count, 1) + self.classes[self.skus],
                         return_inverse=True)  # fmt: skip

    def _kin(self, groups: Ints, count: int) -> Kin:
        return Kin(groups, group_sums(self.values, groups, count))

    def _totals(self, groups: Ints, count: int) -> tuple[Floats, Floats]:
        values = group_sums(self.values, groups, count)
        late = (group_sums(self.values * self.late[:, :, at], groups, count) for at in range(self.late.shape[2]))
        return values, np.stack([late_shares(one, values) for one in late], axis=2)

    def whole_exposure(self) -> Exposure:
        """Return the order days of the territory as if it were one shop."""
        return Exposure(self.exposure.bought.sum(axis=0, keepdims=True), self.exposure.days)


def late_shares(late: Floats, values: Floats) -> Floats:
    """Return which share of each month's quantity came late; 0 where there is none. Half precision is enough."""
    return np.divide(late, values, out=np.zeros_like(late), where=values > 0).astype(np.float16)


def at_least(bought: Floats, capped: Flags, requested: Floats | None = None) -> Floats:
    """Return demand where supply was limited: what was asked for if it is known, else at least what is usual.

    A month in which the shop got all that it was allowed says that demand was no lower than what it got: it may raise
    the level, never lower it (a floor, not a mean). `capped` and `requested` are [pairs, months]; 0 is "not asked".
    """
    demand = np.maximum(bought, requested) if requested is not None else bought.copy()
    rows = np.flatnonzero(capped.any(axis=1))
    level, known = np.zeros(len(rows), bought.dtype), np.zeros(len(rows), bool)
    for month in range(bought.shape[1]):
        now = demand[rows, month]
        now = np.where(capped[rows, month] & known, np.maximum(now, level), now)
        demand[rows, month] = now
        level = np.where(known, level + _FLOOR_ALPHA * (now - level), now)
        known = known | (now > 0)
    return demand
