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
    span: int
    """every number of an order is smaller"""

    @classmethod
    def of(cls, orders: Ints, columns: Ints, width: int) -> "Baskets":
        """Return the baskets of lines that name an order (a number, not too far from 0) and one of `width` columns."""
        span = int(orders.max(initial=0)) + 1
        cells = np.sort(columns.astype(np.int64) * span + orders)
        cells = cells[np.diff(cells, prepend=-1) > 0]  # far quicker than numpy's own way to drop what is there twice
        starts = np.searchsorted(cells, np.arange(width + 1, dtype=np.int64) * span)
        return cls((cells % span).astype(np.int32), starts, span)

    def together(self, column: int, others: Sequence[int]) -> list[float]:
        """Return which share of the orders with one SKU each of the others was in; 0 where it was in no order."""
        mine = self._of(column)
        holds = np.zeros(self.span, bool)
        holds[mine] = True
        return [float(holds[self._of(other)].sum()) / max(len(mine), 1) for other in others]

    def _of(self, column: int) -> Ints:
        return self.orders[self.starts[column] : self.starts[column + 1]]
