"""Sales that nobody counted, taken from orders: what was bought is sold until the next order of the same SKU.

Rows are SKUs of a shop, days count from 0. An order that had no successor for `LONGEST` days was sold by then; the
newest order is sold over the gap that is usual for its row, or until today where that is longer.
"""

from dataclasses import dataclass

import numpy as np

from app.domain.forecasting.arrays import Floats, Ints

LONGEST = 91
"""Days after which goods count as slow (three months)."""


@dataclass(frozen=True, slots=True)
class Orders:
    """Order lines as columns, sorted by row and day; one line a row and day."""

    rows: Ints
    days: Ints
    quantities: Ints
    row_count: int

    @classmethod
    def of(cls, rows: Ints, days: Ints, quantities: Ints, row_count: int) -> "Orders":
        """Sort lines and add up those of one row and day; a day without a quantity left (returns) is no order."""
        span = int(days.max(initial=0)) + 1
        keys, at = np.unique(rows.astype(np.int64) * span + days, return_inverse=True)
        sums = np.bincount(at, weights=quantities, minlength=len(keys)).astype(int)
        keys, sums = keys[sums > 0], sums[sums > 0]
        return cls(keys // span, keys % span, sums, row_count)

    def lasting(self, today: int) -> Ints:
        """Return for each line the days over which it is sold, as known at the end of day `today`."""
        follows = np.r_[self.rows[1:] == self.rows[:-1], False] if len(self.rows) else np.zeros(0, bool)
        gaps = np.where(follows, np.r_[np.diff(self.days), 0], 0)
        total = np.bincount(self.rows, weights=gaps, minlength=self.row_count)
        count = np.bincount(self.rows, weights=follows, minlength=self.row_count)
        usual = np.where(count > 0, total / np.maximum(count, 1), LONGEST)
        newest = np.maximum(np.ceil(usual[self.rows]), today - self.days)
        return np.clip(np.where(follows, gaps, newest), 1, LONGEST).astype(int)


def even_sales(orders: Orders, today: int, first: int) -> Floats:
    """Return what is sold on each day from `first` to `today` [rows, days], the same amount every day of a line."""
    length = today + 1 - first
    change = np.zeros((orders.row_count, length + 1))
    lasting = orders.lasting(today)
    rate = orders.quantities / lasting
    begin, end = orders.days + 1 - first, orders.days + 1 + lasting - first
    kept = (end > 0) & (begin < length)
    np.add.at(change, (orders.rows[kept], np.maximum(begin[kept], 0)), rate[kept])
    np.add.at(change, (orders.rows[kept], np.minimum(end[kept], length)), -rate[kept])
    return np.maximum(np.cumsum(change, axis=1)[:, :length], 0)


def whole_sales(orders: Orders, today: int, first: int, random: np.random.Generator | None = None) -> Ints:
    """Return whole 条 sold on each day from `first` to `today` [rows, days].

    With `random` each 条 of a line is sold on a day drawn from its days, as customers come one by one; without it they
    are sold at equal distances.
    """
    lasting = orders.lasting(today)
    line = np.repeat(np.arange(len(orders.rows)), orders.quantities)
    place = np.arange(len(line)) - np.repeat(np.cumsum(orders.quantities) - orders.quantities, orders.quantities)
    part = random.random(len(line)) if random is not None else (place + 0.5) / orders.quantities[line]
    day = orders.days[line] + 1 + np.floor(part * lasting[line]).astype(int) - first
    kept = (day >= 0) & (day <= today - first)
    width = today + 1 - first
    places = orders.rows[line[kept]] * width + day[kept]
    return np.bincount(places, minlength=orders.row_count * width).reshape(-1, width).astype(np.int32)
