"""The arrays of this room, and the months they count in."""

from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.floating]
Ints: TypeAlias = NDArray[np.integer]
Flags: TypeAlias = NDArray[np.bool_]

YEAR = 12


def month_number(day: date) -> int:
    """Return the number of a day's month: months since January of the year 0, so that differences are months."""
    return day.year * YEAR + day.month - 1


def month_start(number: int) -> date:
    """Return the first day of a month given by its number."""
    return date(number // YEAR, number % YEAR + 1, 1)


def month_label(number: int) -> str:
    """Write a month as people and files do: 2022-04."""
    return f"{number // YEAR:04d}-{number % YEAR + 1:02d}"


def group_sums(values: Floats, groups: Ints, count: int) -> Floats:
    """Add up the rows of each group; returns [count, …] with the columns of `values`."""
    if values.ndim == 1:
        return np.bincount(groups, values, minlength=count).astype(values.dtype)
    sums = np.empty((count, values.shape[1]), values.dtype)
    for column in range(values.shape[1]):
        sums[:, column] = np.bincount(groups, values[:, column], minlength=count)
    return sums


def first_months(values: Floats) -> Ints:
    """Return the index of the first month with demand in each row; the number of months where there is none."""
    return np.where((values > 0).any(axis=1), (values > 0).argmax(axis=1), values.shape[1])
