"""Small territories written down by hand."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import numpy as np

from app.domain.assortment.territory import Lines, Territory, read_territory

DAY = date(2022, 4, 30)
Bought = tuple[int, int, int, float]
"""shop, SKU, days before DAY, 条"""


def shop(number: int) -> UUID:
    return UUID(int=number + 1)


def a_territory(bought: Sequence[Bought], shops: int, skus: int, as_of: date = DAY) -> Territory:
    """SKU numbers are 100 and more, so that nobody mixes them up with their columns."""
    table = np.array(bought, float).reshape(-1, 4)
    lines = Lines(
        table[:, 0].astype(int),
        table[:, 1].astype(int),
        DAY.toordinal() - table[:, 2].astype(int),
        table[:, 3].astype(np.float32),
    )
    return read_territory([lines], [shop(n) for n in range(shops)], [100 + n for n in range(skus)], as_of)


def weekly(shop_number: int, sku: int, quantity: float, weeks: Sequence[int] = range(13)) -> list[Bought]:
    return [(shop_number, sku, 7 * week + 1, quantity) for week in weeks]


def days_before(days: int) -> date:
    return DAY - timedelta(days=days)
