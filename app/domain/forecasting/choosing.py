"""Which model a series gets: decided by how they did at earlier origins of the same series, never by how well they fit.

The pooled model stands unless one of the plain ones was clearly nearer over the past origins; then the mean of the two
stands, because a past of some months is a weak judge (combination instead of selection; Bates and Granger 1969).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from app.domain.forecasting.arrays import YEAR, Floats, Ints, first_months
from app.domain.forecasting.smoothing import PLAIN_ALPHA
from app.domain.forecasting.trade_models import weighted_on_season

_CLEARLY = 0.9
_MOST_ORIGINS = 12
_SAME_ERROR = 1e-9


class Model(IntEnum):
    """What stands behind a forecast."""

    POOLED = 0
    WITH_SMOOTHING = 1
    """the mean of the pooled model and M5"""
    WITH_SEASON = 2
    """the mean of the pooled model and M4"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Forecasts after the choice [origins, series, horizon], and which model it was [origins, series]."""

    expected: Floats
    models: Ints


def plain_forecasts(values: Floats, origins: Sequence[int], horizon: int) -> Floats:
    """M5 with α 0.2, begun at each series' first month: [origins, series, horizon], NaN before that month."""
    first = first_months(values)
    level = np.zeros(len(values), np.float32)
    found = np.full((len(origins), len(values), horizon), np.nan, np.float32)
    wanted = {origin: at for at, origin in enumerate(origins)}
    for month in range(max(origins) + 1):
        if month in wanted:
            found[wanted[month]] = np.where(first < month, level, np.nan)[:, None]
        if month < values.shape[1]:
            now = values[:, month]
            level = np.where(month == first, now, np.where(month > first, level + PLAIN_ALPHA * (now - level), level))
    return found


def seasonal_forecasts(values: Floats, origins: Sequence[int], horizon: int) -> Floats:
    """M4 at each origin: [origins, series, horizon]; NaN for what was not bought in the year before it."""
    found = np.full((len(origins), len(values), horizon), np.nan, np.float32)
    for at, origin in enumerate(origins):
        rows = np.flatnonzero((values[:, max(0, origin - YEAR) : origin] > 0).any(axis=1))
        found[at, rows] = weighted_on_season(values[rows, :origin], horizon)
    return found


def choose(values: Floats, origins: Sequence[int], pooled: Floats, plain: Floats, seasonal: Floats) -> Chosen:
    """Choose for each series at each origin from the one-month errors of the origins before it."""
    candidates = {Model.WITH_SMOOTHING: plain, Model.WITH_SEASON: seasonal}
    errors = {model: _errors(values, origins, found) for model, found in {Model.POOLED: pooled, **candidates}.items()}
    expected, models = pooled.copy(), np.zeros(pooled.shape[:2], np.int8)
    for at, origin in enumerate(origins):
        known = [past for past in range(max(0, at - _MOST_ORIGINS), at) if origins[past] < origin]
        if not known:
            continue
        own = errors[Model.POOLED][known].sum(axis=0)
        best, least = np.zeros(len(own), np.int8), _CLEARLY * own - _SAME_ERROR
        for model in candidates:
            error = errors[model][known].sum(axis=0)
            best, least = np.where(error < least, model, best), np.minimum(error, least)
        for model, found in candidates.items():
            rows = np.flatnonzero((best == model) & np.isfinite(found[at, :, 0]) & np.isfinite(pooled[at, :, 0]))
            expected[at, rows] = (pooled[at, rows] + found[at, rows]) / 2
            models[at, rows] = model
    return Chosen(expected, models)


def _errors(values: Floats, origins: Sequence[int], found: Floats) -> Floats:
    """Return the absolute one-month errors [origins, series]; 0 where a forecast or its outcome is not known."""
    errors = np.zeros(found.shape[:2], np.float32)
    for at, origin in enumerate(origins):
        if origin < values.shape[1]:
            errors[at] = np.abs(np.nan_to_num(found[at, :, 0]) - values[:, origin])
    return errors
