"""The trade's own models M1 to M7, for many series at once; each returns [series, horizon].

M1, M2, M3, M5 and M7 are the methods of the trade's textbooks, M4 and M6 the combinations proposed in our glossary.
"""

import numpy as np

from app.domain.forecasting.arrays import YEAR, Floats
from app.domain.forecasting.season import seasonal_indices

WEIGHTS = (0.5, 0.3, 0.2)
_GROWTH_BOUNDS = (0.5, 2.0)


def moving_average(values: Floats, horizon: int, months: int = 3) -> Floats:
    """M1 一次移动平均: the mean of the last 3 or 5 months."""
    return np.repeat(values[:, -months:].mean(axis=1, keepdims=True), horizon, axis=1)


def weighted_average(values: Floats, horizon: int) -> Floats:
    """M2: 0.5, 0.3 and 0.2 of the last three months, newest first."""
    return np.repeat(_weighted(values)[:, None], horizon, axis=1)


def seasonal_level(values: Floats, horizon: int) -> Floats:
    """M3 季节指数: the mean of the last year times the index of the month."""
    return values[:, -YEAR:].mean(axis=1, keepdims=True) * _ahead(seasonal_indices(values), values, horizon)


def weighted_on_season(values: Floats, horizon: int) -> Floats:
    """M4: M2 on deseasonalised months, times the index of the month."""
    indices = seasonal_indices(values)
    bare = values / indices[:, np.arange(values.shape[1]) % YEAR]
    return _weighted(bare)[:, None] * _ahead(indices, values, horizon)


def last_year_with_growth(values: Floats, horizon: int) -> Floats:
    """M6 同比: the same month last year times the growth of the last three months over the same three a year ago."""
    if values.shape[1] < YEAR + 3:
        return moving_average(values, horizon)
    now, before = values[:, -3:].sum(axis=1), values[:, -YEAR - 3 : -YEAR].sum(axis=1)
    growth = np.clip(np.divide(now, before, out=np.ones_like(now), where=before > 0), *_GROWTH_BOUNDS)
    return seasonal_naive(values, horizon) * growth[:, None]


def line(values: Floats, horizon: int) -> Floats:
    """M7 least squares: the line through all months, carried on; never below zero."""
    months = values.shape[1]
    time = np.arange(months) - (months - 1) / 2
    slope = (values * time).sum(axis=1) / max((time * time).sum(), 1)
    ahead = months - (months - 1) / 2 + np.arange(horizon)
    return np.maximum(values.mean(axis=1)[:, None] + slope[:, None] * ahead, 0)


def seasonal_naive(values: Floats, horizon: int) -> Floats:
    """Return the same month of last year; the last month where there is no such month."""
    months = values.shape[1]
    ahead = np.arange(horizon)
    at = months + ahead - YEAR * (1 + ahead // YEAR)
    return values[:, np.where(at >= 0, at, months - 1)]


def _weighted(values: Floats) -> Floats:
    known = values[:, -len(WEIGHTS) :][:, ::-1]
    weights = np.array(WEIGHTS[: known.shape[1]])
    return known @ (weights / weights.sum())


def _ahead(indices: Floats, values: Floats, horizon: int) -> Floats:
    return indices[:, (values.shape[1] + np.arange(horizon)) % YEAR]
