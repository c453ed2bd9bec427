"""Who bought what in a territory in the last year, as tables of shops by SKUs; made once a day, read by every shop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

import numpy as np

from app.domain.forecasting.arrays import Flags, Floats, Ints

QUARTER_DAYS, HALF_DAYS, YEAR_DAYS = 91, 182, 364
_LATELY_DAYS = 28
_SPANS = (QUARTER_DAYS, HALF_DAYS, YEAR_DAYS)


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

    @property
    def sells(self) -> Flags:
        """Which shop bought which SKU in the last 91 days."""
        return self.quarter > 0

    @property
    def width(self) -> Ints:
        """How many SKUs each shop bought in the last 91 days."""
        return self.sells.sum(axis=1)


def read_territory(lines: Lines, shops: Sequence[UUID], skus: Sequence[int], as_of: date) -> Territory:
    """Add the lines up; those after `as_of` or older than a year are left out."""
    age = as_of.toordinal() - np.asarray(lines.day)
    shape = (len(shops), len(skus))

    def summed(days: int) -> Floats:
        wanted = (age >= 0) & (age < days)
        place = np.asarray(lines.shop)[wanted] * shape[1] + np.asarray(lines.sku)[wanted]
        sums = np.bincount(place, np.asarray(lines.quantity)[wanted], shape[0] * shape[1])
        return sums.reshape(shape).astype(np.float32)

    quarter, half, year = (summed(days) for days in _SPANS)
    recency = ((quarter > 0).astype(np.float32) + (half > 0) + (year > 0)) / len(_SPANS)
    return Territory(
        as_of=as_of,
        shops=tuple(shops),
        skus=tuple(skus),
        quarter=quarter,
        year=year,
        recency=recency,
        taken_up=(half > 0) & (year == half),
        lately=(summed(_LATELY_DAYS) > 0).sum(axis=0),
    )
