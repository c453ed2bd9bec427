"""Who bought what in a territory in the last year, as tables of shops by SKUs; made once a day, read by every shop."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

import numpy as np

from app.domain.assortment.baskets import Baskets
from app.domain.forecasting.arrays import Flags, Floats, Ints

QUARTER_DAYS, HALF_DAYS, YEAR_DAYS = 91, 182, 364
_LATELY_DAYS = 28
_SPANS = (QUARTER_DAYS, HALF_DAYS, YEAR_DAYS)
"""What was bought in all three counts in full, in the longest alone by a third."""


class Lines(NamedTuple):
    """Order lines as columns: places of shop and SKU in their lists, ordinal days, quantities in 条."""

    shop: Ints
    sku: Ints
    day: Ints
    quantity: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Territory:
    """The last 364 days up to `as_of`, that day included; rows are shops, columns SKUs."""

    as_of: date
    shops: tuple[UUID, ...]
    skus: tuple[int, ...]
    """product numbers"""
    quarter: Floats
    """条 of the last 91 days"""
    year: Floats
    """条 of the last 364 days"""
    recency: Floats
    """1 for bought in the last 91 days, 2/3 in the last 182, 1/3 in the last 364, else 0"""
    taken_up: Flags
    """bought in the last 182 days, but not in the 182 before"""
    lately: Ints
    """shops that bought the SKU in the last 28 days"""
    baskets: Baskets

    @property
    def sells(self) -> Flags:
        """Which shop bought which SKU in the last 91 days."""
        return self.quarter > 0

    @property
    def width(self) -> Ints:
        """How many SKUs each shop bought in the last 91 days."""
        return self.sells.sum(axis=1)


def read_territory(parts: Iterable[Lines], shops: Sequence[UUID], skus: Sequence[int], as_of: date) -> Territory:
    """Add the lines up, part by part; those after `as_of` or older than a year are left out, and SKUs without any."""
    shape = (len(shops), len(skus))
    quarter, year = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    half, older, lately = (np.zeros(shape, bool) for _ in range(3))
    orders: list[Ints] = []
    columns: list[Ints] = []
    for part in parts:
        age = as_of.toordinal() - part.day
        for table, days in ((quarter, QUARTER_DAYS), (year, YEAR_DAYS)):
            wanted = (age >= 0) & (age < days)
            np.add.at(table, (part.shop[wanted], part.sku[wanted]), part.quantity[wanted])
        for table, since, until in ((half, 0, HALF_DAYS), (older, HALF_DAYS, YEAR_DAYS), (lately, 0, _LATELY_DAYS)):
            wanted = (age >= since) & (age < until) & (part.quantity > 0)
            table[part.shop[wanted], part.sku[wanted]] = True
        wanted = (age >= 0) & (age < YEAR_DAYS) & (part.quantity > 0)
        # What a shop ordered on one day is one order.
        orders.append((part.shop[wanted] * YEAR_DAYS + age[wanted]).astype(np.int32))
        columns.append(part.sku[wanted].astype(np.int32))
    sold = np.flatnonzero(year.any(axis=0))
    quarter, year, half, older = quarter[:, sold], year[:, sold], half[:, sold], older[:, sold]
    recency = (quarter > 0).astype(np.float32)
    for span in (half, year > 0):
        recency += span
    recency /= len(_SPANS)
    return Territory(
        as_of=as_of,
        shops=tuple(shops),
        skus=tuple(skus[column] for column in sold.tolist()),
        quarter=quarter,
        year=year,
        recency=recency,
        taken_up=half & ~older,
        lately=lately[:, sold].sum(axis=0),
        baskets=_baskets(orders, columns, sold, len(skus)),
    )


def _baskets(orders: Sequence[Ints], columns: Sequence[Ints], sold: Ints, width: int) -> Baskets:
    """Return the baskets of the lines that were read in parts, for the SKUs that are kept."""
    place = np.full(width, -1, np.int32)
    place[sold] = np.arange(len(sold))
    none = np.zeros(0, np.int32)
    kept = place[np.concatenate([none, *columns])]
    return Baskets.of(np.concatenate([none, *orders])[kept >= 0], kept[kept >= 0], len(sold))
