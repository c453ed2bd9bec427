"""Seasonal indices of many short series (M3 季节指数), shrunk towards "no season" where the months do not repeat.

A test for seasonality throws it away where only three years are known; shrinking by the correlation of the year keeps
what there is: weight = clip(r₁₂ ÷ 0.5, 0, 1), r₁₂ the autocorrelation at lag 12 of the detrended months.
"""

import numpy as np

from app.domain.forecasting.arrays import YEAR, Floats

FULL_WEIGHT_AT = 0.5
_ROUNDS = 2
_LEAST = 0.05


def seasonal_indices(values: Floats, full_weight_at: float = FULL_WEIGHT_AT) -> Floats:
    """Return [series, 12] multiplicative indices with mean 1, in the order in which the months come from column 0.

    Under two years of months every index is 1: one year cannot tell a season from an accident.
    """
    series, months = values.shape
    indices = np.ones((series, YEAR), values.dtype)
    if months < 2 * YEAR or not series:
        return indices
    ratios = np.ones_like(indices)
    place = np.arange(months) % YEAR
    for turn in range(_ROUNDS):
        trend = _trend(values / indices[:, place], whole_years=turn == 0)
        ratios = values / np.where(trend > 0, trend, 1)
        indices = np.stack([ratios[:, place == month].mean(axis=1) for month in range(YEAR)], axis=1)
        mean = indices.mean(axis=1, keepdims=True)
        indices = np.maximum(np.divide(indices, mean, out=np.ones_like(indices), where=mean > 0), _LEAST)
    weight = np.clip(_year_correlation(ratios) / full_weight_at, 0, 1)
    return np.maximum(1 + weight[:, None] * (indices - 1), _LEAST)


def _trend(values: Floats, *, whole_years: bool) -> Floats:
    """Smooth over about a year; with `whole_years` the windows at the ends hold twelve months too."""
    months = values.shape[1]
    sums = np.zeros((len(values), months + 1))
    np.cumsum(values, axis=1, out=sums[:, 1:])
    here, half = np.arange(months), YEAR // 2
    if whole_years:
        first = np.clip(here - half, 0, months - YEAR)
        last = first + YEAR
    else:
        first, last = np.maximum(0, here - half), np.minimum(months, here + half + 1)
    return ((sums[:, last] - sums[:, first]) / (last - first)).astype(values.dtype)


def _year_correlation(ratios: Floats) -> Floats:
    centred = ratios - 1
    power = (centred * centred).sum(axis=1)
    shared = (centred[:, YEAR:] * centred[:, :-YEAR]).sum(axis=1)
    return np.divide(shared, power, out=np.zeros_like(power), where=power > 0)
