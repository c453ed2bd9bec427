"""Which SKUs of a territory are ordered together: the orders that each SKU was in, for a year."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.forecasting.arrays import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Baskets:
    """The orders of each SKU one after another: those of column c lie from `starts[c]` to `starts[c + 1]`."""

    orders: Ints
    starts: Ints
    count: int
    """how many orders there are"""

    @classmethod
    def of(cls, orders: Ints, columns: Ints, width: int) -> "Baskets":
        """Return the baskets of lines that name an order (any number) and a column; `width` columns in all."""
        names, places = np.unique(orders, return_inverse=True)
        cells = np.unique(columns.astype(np.int64) * max(len(names), 1) + places)
        starts = np.searchsorted(cells, np.arange(width + 1, dtype=np.int64) * max(len(names), 1))
        return cls((cells % max(len(names), 1)).astype(np.int32), starts, len(names))

    def together(self, column: int, others: Sequence[int]) -> list[float]:
        """Return which share of the orders with one SKU each of the others was in; 0 where it was in no order."""
        mine = self._of(column)
        holds = np.zeros(self.count, bool)
        holds[mine] = True
        return [float(holds[self._of(other)].sum()) / max(len(mine), 1) for other in others]

    def _of(self, column: int) -> Ints:
        return self.orders[self.starts[column] : self.starts[column + 1]]
