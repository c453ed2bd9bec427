"""Which model a series gets: decided by how they did at earlier origins of the same series, never by how well they fit.

The pooled model stands unless one of the plain ones was clearly nearer over the past origins; then the mean of the two
stands, because a past of some months is a weak judge (combination instead of selection; Bates and Granger 1969). Where
M5 was nearer by far, it stands alone.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from enum import IntEnum

import numpy as np

from app.domain.forecasting.arrays import YEAR, Floats, Ints, first_months
from app.domain.forecasting.smoothing import PLAIN_ALPHA
from app.domain.forecasting.trade_models import weighted_on_season
from app.runtime.cancel import Check, go_on

_CLEARLY, _BY_FAR = 0.9, 0.8
_MOST_ORIGINS = 12
_SAME_ERROR = 1e-9
_CHUNK = 2_048


class Model(IntEnum):
    """What stands behind a forecast."""

    POOLED = 0
    WITH_SMOOTHING = 1
    """the mean of the pooled model and M5"""
    WITH_SEASON = 2
    """the mean of the pooled model and M4"""
    SMOOTHING = 3
    """M5 alone: the pooled model was further off by far"""


def plain_forecasts(values: Floats, origins: Sequence[int]) -> Floats:
    """M5 with α 0.2, begun at each series' first month, the same for all months ahead.

    Returns [origins, series]; NaN before that month.
    """
    return np.stack(list(_smoothed(values, origins)), axis=0) if origins else np.zeros((0, len(values)), np.float32)


def choose(values: Floats, origins: Sequence[int], expected: Floats, check: Check = go_on) -> Ints:
    """Choose for each series at each origin from the one-month errors of the origins before it.

    `expected` comes from the pooled model [origins, series, horizon] and is changed in place where another model takes
    part; returns which one it is [origins, series].
    """
    models = np.zeros(expected.shape[:2], np.int8)
    errors: deque[tuple[Floats, Floats, Floats]] = deque(maxlen=_MOST_ORIGINS)
    for at, (origin, plain) in enumerate(zip(origins, _smoothed(values, origins), strict=True)):
        check()
        season = _seasonal(values, origin, expected.shape[2])
        came = values[:, origin] if origin < values.shape[1] else None
        seen = [_miss(found, came) for found in (expected[at, :, 0], plain, season[:, 0])] if came is not None else None
        if errors:
            pooled, smoothing, seasonal = (sum(one[model] for one in errors) for model in range(3))
            models[at] = _best(np.asarray(pooled), np.asarray(smoothing), np.asarray(seasonal))
            _take(expected[at], models[at], plain, season)
        if seen is not None:
            errors.append((seen[0], seen[1], seen[2]))
    return models


def _best(pooled: Floats, smoothing: Floats, seasonal: Floats) -> Ints:
    bound = _CLEARLY * pooled - _SAME_ERROR
    nearer = np.where(smoothing <= seasonal, Model.WITH_SMOOTHING, Model.WITH_SEASON)
    best = np.where(np.minimum(smoothing, seasonal) < bound, nearer, Model.POOLED)
    far = (smoothing < _BY_FAR * pooled - _SAME_ERROR) & (best == Model.WITH_SMOOTHING)
    return np.where(far, Model.SMOOTHING, best).astype(np.int8)


def _take(expected: Floats, models: Ints, plain: Floats, season: Floats) -> None:
    """Let the other models take part where they were chosen and know something; else the pooled one stands."""
    known = np.isfinite(expected[:, 0])
    for model, other in (
        (Model.WITH_SMOOTHING, plain[:, None]), (Model.WITH_SEASON, season), (Model.SMOOTHING, plain[:, None]),
    ):  # fmt: skip
        wanted = models == model
        rows = np.flatnonzero(wanted & known & np.isfinite(other[:, 0]))
        share = 0.0 if model == Model.SMOOTHING else 0.5
        expected[rows] = share * expected[rows] + (1 - share) * other[rows]
        models[wanted & ~(known & np.isfinite(other[:, 0]))] = Model.POOLED


def _smoothed(values: Floats, origins: Sequence[int]) -> Iterator[Floats]:
    first = first_months(values)
    level = np.zeros(len(values), np.float32)
    wanted = set(origins)
    for month in range(max(origins, default=-1) + 1):
        if month in wanted:
            yield np.where(first < month, level, np.float32(np.nan))
        if month < values.shape[1]:
            now = values[:, month]
            level = np.where(month == first, now, np.where(month > first, level + PLAIN_ALPHA * (now - level), level))


def _seasonal(values: Floats, origin: int, horizon: int) -> Floats:
    """M4: [series, horizon]; NaN for what was not bought in the year before the origin."""
    found = np.full((len(values), horizon), np.nan, np.float32)
    bought = np.flatnonzero((values[:, max(0, origin - YEAR) : origin] > 0).any(axis=1))
    for rows in np.array_split(bought, len(bought) // _CHUNK + 1):
        found[rows] = weighted_on_season(values[rows, :origin], horizon)
    return found


def _miss(found: Floats, came: Floats) -> Floats:
    return np.abs(np.nan_to_num(found) - came).astype(np.float32)
