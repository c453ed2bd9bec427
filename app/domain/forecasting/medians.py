"""The figure with the least absolute error: half of the outcomes lie below it, and shops buy in lots.

It is drawn from three sides, the quantile of past errors, the median of the series' own last year and the expected
quantity, and then put on the lot in which the shop buys: who always takes six will not take four.
"""

import numpy as np

from app.domain.forecasting.arrays import YEAR, Floats, Ints

_WEIGHTS = (0.4, 0.2, 0.4)
_LOTS = (2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 18, 20, 24, 30, 36, 48, 60)
_MOSTLY, _FEWEST = 0.8, 3


def usual_lots(months: Floats, origin: int) -> Ints:
    """Return the largest lot that at least four of five months with purchases of the last year are a multiple of.

    1 where none is or where there were fewer than three such months.
    """
    past = months[:, max(0, origin - YEAR) : origin]
    bought = (past > 0).sum(axis=1)
    lots = np.ones(len(months), np.int16)
    rows = np.flatnonzero(bought >= _FEWEST)
    quantities, needed = np.rint(past[rows]).astype(np.int32), _MOSTLY * bought[rows]
    for lot in _LOTS:
        lots[rows[((quantities > 0) & (quantities % lot == 0)).sum(axis=1) >= needed]] = lot
    return lots


def likeliest(median: Floats, expected: Floats, months: Floats, origin: int) -> Floats:
    """Return the figures in whole lots from the quantile of past errors and the expected quantities, both [series, …].

    `months` are the outcomes up to the origin; NaN where one of the two is not known.
    """
    past = months[:, max(0, origin - YEAR) : origin]
    own = np.median(past, axis=1) if past.shape[1] else np.zeros(len(months))
    shape = (len(months), *(1,) * (median.ndim - 1))
    by_errors, by_habit, by_model = _WEIGHTS
    mixed = by_errors * median + by_habit * own.reshape(shape) + by_model * expected
    lots = usual_lots(months, origin).reshape(shape)
    return (np.floor(mixed / lots + 0.5) * lots).astype(np.float32)
