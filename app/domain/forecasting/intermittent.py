"""Methods for many empty months: Croston 1972, SBA (Syntetos and Boylan 2005), TSB (Teunter et al. 2011)."""

import numpy as np

from app.domain.forecasting.arrays import Floats

ALPHA = 0.1


def croston(values: Floats, horizon: int, alpha: float = ALPHA) -> Floats:
    """Smoothed size of a demand over the smoothed interval between demands; too high by about α ÷ 2."""
    size, interval = _size_and_interval(values, alpha)
    return np.repeat((size / interval)[:, None], horizon, axis=1)


def sba(values: Floats, horizon: int, alpha: float = ALPHA) -> Floats:
    """Croston without its bias: times 1 − α ÷ 2."""
    return croston(values, horizon, alpha) * (1 - alpha / 2)


def tsb(values: Floats, horizon: int, alpha: float = ALPHA, beta: float = ALPHA) -> Floats:
    """Smoothed size times the smoothed chance of a demand, which falls while nothing is bought: dying SKUs fade out."""
    bought = values > 0
    size = np.divide(
        values.sum(axis=1), bought.sum(axis=1), out=np.zeros(len(values)), where=bought.any(axis=1)
    )  # fmt: skip
    chance = bought[:, :6].mean(axis=1)
    for month in range(values.shape[1]):
        now = bought[:, month]
        chance = chance + beta * (now - chance)
        size = np.where(now, size + alpha * (values[:, month] - size), size)
    return np.repeat((size * chance)[:, None], horizon, axis=1)


def _size_and_interval(values: Floats, alpha: float) -> tuple[Floats, Floats]:
    series = len(values)
    size, interval, since = np.zeros(series), np.ones(series), np.ones(series)
    begun = np.zeros(series, bool)
    for month in range(values.shape[1]):
        demand = values[:, month]
        now = demand > 0
        size = np.where(now, np.where(begun, size + alpha * (demand - size), demand), size)
        interval = np.where(now, np.where(begun, interval + alpha * (since - interval), since), interval)
        begun = begun | now
        since = np.where(now, 1, since + 1)
    return size, interval
