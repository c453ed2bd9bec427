"""Exponential smoothing of many series at once: M5, damped trend, Theta, and their mean on a shrunk season.

The parameters of each series are the best of a small grid by squared one-step error; the model itself is never chosen
that way (see `choosing`). Gardner and McKenzie 1985 (damped trend); Assimakopoulos and Nikolopoulos 2000, Hyndman and
Billah 2003 (Theta as smoothing with half the slope of the line).
"""

from collections.abc import Sequence
from itertools import product

import numpy as np

from app.domain.forecasting.arrays import YEAR, Floats
from app.domain.forecasting.season import seasonal_indices

PLAIN_ALPHA = 0.2
_ALPHAS = tuple(np.linspace(0.05, 0.95, 10))
_DAMPED = tuple(product((0.1, 0.2, 0.3, 0.5, 0.7, 0.9), (0.02, 0.05, 0.1, 0.2), (0.8, 0.9, 0.98)))
_WARM_UP = 3
_CHUNK = 2_000


def smooth(values: Floats, horizon: int, alpha: float = PLAIN_ALPHA) -> Floats:
    """M5 with one α for all, begun at the first month: the same figure for each of `horizon` months."""
    level = values[:, 0].astype(float)
    for month in range(1, values.shape[1]):
        level += alpha * (values[:, month] - level)
    return np.repeat(level[:, None], horizon, axis=1)


def fitted_level(values: Floats, alphas: Sequence[float] = _ALPHAS) -> tuple[Floats, Floats]:
    """Return the smoothed level of each series at its best α, and that α."""
    alpha = np.asarray(alphas)[:, None]
    level = np.repeat(_start(values)[None], len(alphas), axis=0)
    squares = np.zeros_like(level)
    for month in range(values.shape[1]):
        error = values[:, month] - level
        if month >= _WARM_UP:
            squares += error * error
        level += alpha * error
    best = squares.argmin(axis=0)
    return level[best, np.arange(len(values))], np.asarray(alphas)[best]


def theta(values: Floats, horizon: int) -> Floats:
    """Theta: the smoothed level with half the slope of the line through all months."""
    months = values.shape[1]
    level, alpha = fitted_level(values)
    time = np.arange(months) - (months - 1) / 2
    slope = (values * time).sum(axis=1) / max((time * time).sum(), 1)
    ahead = np.arange(horizon) + ((1 - (1 - alpha) ** months) / alpha)[:, None]
    return level[:, None] + 0.5 * slope[:, None] * ahead


def damped_trend(values: Floats, horizon: int) -> Floats:
    """Additive trend that fades, best of a grid of α, β and φ."""
    parts = [_damped_chunk(values[at : at + _CHUNK], horizon) for at in range(0, len(values), _CHUNK)]
    return np.concatenate(parts) if parts else np.zeros((0, horizon))


def _damped_chunk(values: Floats, horizon: int) -> Floats:
    alpha, beta, phi = (np.array(column)[:, None] for column in zip(*_DAMPED, strict=True))
    level = np.repeat(_start(values)[None], len(_DAMPED), axis=0)
    slope, squares = np.zeros_like(level), np.zeros_like(level)
    for month in range(values.shape[1]):
        expected = level + phi * slope
        error = values[:, month] - expected
        if month >= _WARM_UP:
            squares += error * error
        level = expected + alpha * error
        slope = phi * slope + alpha * beta * error
    best, row = squares.argmin(axis=0), np.arange(len(values))
    fading = np.cumsum(phi[best] ** np.arange(1, horizon + 1)[None], axis=1)
    return level[best, row][:, None] + slope[best, row][:, None] * fading


def _start(values: Floats) -> Floats:
    return values[:, :_WARM_UP].mean(axis=1)


def seasonal_mean_of_three(values: Floats, horizon: int) -> Floats:
    """Return the mean of SES, Theta and damped trend on deseasonalised months, times the season; never below zero."""
    indices = seasonal_indices(values)
    months = values.shape[1]
    bare = values / indices[:, np.arange(months) % YEAR]
    level, _ = fitted_level(bare)
    mean = (level[:, None] + theta(bare, horizon) + damped_trend(bare, horizon)) / 3
    return np.maximum(mean * indices[:, (months + np.arange(horizon)) % YEAR], 0)
