"""The demand until the next delivery but one, as a distribution of whole 条.

Sales are counts with the mean of the forecast and the variance of the forecast's own past errors: negative binomial
where they vary more than chance alone, Poisson where as much, binomial where less; the three are one family (Panjer
1981: the chance of k over that of k − 1 is a + b ÷ k). Axsäter, Inventory Control, 2015, ch. 5, on the choice.
"""

from dataclasses import dataclass

import numpy as np

from app.domain.forecasting.arrays import Flags, Floats, Ints

_LEAST_SPREAD = 0.15
"""The least variance over the mean: below it sales would be a clockwork."""
_POISSON = 1e-4
_LARGE = 400.0
_STEPS = 4_000
_UNLIKELY = 1e-3


@dataclass(frozen=True, slots=True)
class Demand:
    """Mean and variance of what will be sold over the time a decision has to cover; arrays of one shape."""

    mean: Floats
    variance: Floats

    def of(self, rows: Ints | Flags) -> "Demand":
        """Return the distributions of some rows."""
        return Demand(self.mean[rows], self.variance[rows])

    def order_up_to(self, service: Floats | float) -> Ints:
        """Return the least stock that covers demand with the chance `service` (0 to 1, exclusive)."""
        service = np.broadcast_to(np.asarray(service, float), self.mean.shape)
        level = np.zeros(self.mean.shape, int)
        large = self._large
        level[large] = self._normal_level(large, service[large])
        small = ~large & (self.mean > 0)
        level[small] = _smallest_covering(self.mean[small], self.variance[small], service[small])
        return level

    def chance_above(self, stock: Ints) -> Floats:
        """Return the chance that more is asked for than `stock`; below zero stock always runs out."""
        stock = np.asarray(stock)
        chance = np.where(self.mean > 0, 1.0, 0.0)
        large = self._large
        deviation = np.sqrt(self.variance[large])
        chance[large] = 1 - _normal_cdf((stock[large] + 0.5 - self.mean[large]) / deviation)
        small = ~large & (self.mean > 0)
        chance[small] = 1 - _cdf(self.mean[small], self.variance[small], stock[small])
        return np.where((stock < 0) & (self.mean > 0), 1.0, np.clip(chance, 0, 1))

    def mean_from(self, floor: Floats) -> Floats:
        """Return what is asked for on average where at least `floor` is; `floor` itself where that never was likely."""
        floor = np.asarray(floor, float)
        least = np.floor(floor + 0.5).astype(int)
        found = np.maximum(self.mean, floor)
        rows = np.flatnonzero((self.mean > 0) & (least > 0) & ~self._large)
        below, sold = _below(self.mean[rows], self.variance[rows], least[rows])
        rest = 1 - below
        likely = rest > _UNLIKELY
        found[rows] = np.where(likely, (self.mean[rows] - sold) / np.where(likely, rest, 1), floor[rows])
        return np.maximum(found, floor)

    @property
    def _large(self) -> Flags:
        return self.mean > _LARGE

    def _normal_level(self, rows: Flags, service: Floats) -> Ints:
        deviation = np.sqrt(np.maximum(self.variance[rows], self.mean[rows]))
        return np.ceil(self.mean[rows] + _normal_quantile(service) * deviation - 0.5).astype(int)


def _smallest_covering(mean: Floats, variance: Floats, service: Floats) -> Ints:
    """Walk up from none; rows that are covered drop out, so that many small ones cost as little as they weigh."""
    level = np.zeros(len(mean), int)
    chance, ratio = _start(mean, variance)
    reached = chance.copy()
    rows = np.flatnonzero(reached < service)
    chance, reached, service, ratio = chance[rows], reached[rows], service[rows], ratio.of(rows)
    for step in range(1, _STEPS):
        if not len(rows):
            break
        chance = chance * ratio(step)
        reached = reached + chance
        level[rows] = step
        left = reached < service
        if not left.all():
            rows, chance, reached, service = rows[left], chance[left], reached[left], service[left]
            ratio = ratio.of(left)
    return level


def _cdf(mean: Floats, variance: Floats, stock: Ints) -> Floats:
    """Add the chances up to the stock; rows that are there drop out."""
    chance, ratio = _start(mean, variance)
    found = np.where(stock >= 0, chance, 0.0)
    rows = np.flatnonzero(stock > 0)
    chance, reached, stock, ratio = chance[rows], chance[rows], stock[rows], ratio.of(rows)
    step = 0
    while len(rows):
        step += 1
        chance = chance * ratio(step)
        reached = reached + chance
        left = stock > step
        if not left.all():
            found[rows[~left]] = reached[~left]
            rows, chance, reached, stock, ratio = rows[left], chance[left], reached[left], stock[left], ratio.of(left)
    return found


def _below(mean: Floats, variance: Floats, floor: Ints) -> tuple[Floats, Floats]:
    """Return the chance of less than `floor` (1 or more), and what these cases add to the mean."""
    chance, ratio = _start(mean, variance)
    reached, sold = chance.copy(), np.zeros(len(mean))
    rows = np.flatnonzero(floor > 1)
    chance, floor, ratio = chance[rows], floor[rows], ratio.of(rows)
    step = 0
    while len(rows):
        step += 1
        chance = chance * ratio(step)
        reached[rows] += chance
        sold[rows] += step * chance
        left = floor > step + 1
        if not left.all():
            rows, chance, floor, ratio = rows[left], chance[left], floor[left], ratio.of(left)
    return reached, sold


@dataclass(frozen=True, slots=True)
class _Ratio:
    """The chance of k over that of k − 1 in Panjer's class: a + b ÷ k, never below zero."""

    slope: Floats
    other: Floats

    def of(self, rows: Ints | Flags) -> "_Ratio":
        return _Ratio(self.slope[rows], self.other[rows])

    def __call__(self, step: int) -> Floats:
        return np.maximum(self.slope + self.other / step, 0)


def _start(mean: Floats, variance: Floats) -> tuple[Floats, _Ratio]:
    """Return the chance of no demand at all, and the ratio that leads on from it."""
    slope = 1 - mean / np.maximum(variance, _LEAST_SPREAD * mean)
    slope = np.where(np.abs(slope) < _POISSON, _POISSON, slope)
    chance = np.exp(np.log1p(-slope) * mean * (1 - slope) / slope)
    return chance, _Ratio(slope, mean * (1 - slope) - slope)


def _normal_cdf(value: Floats) -> Floats:
    """Φ to 1e-7 (Abramowitz and Stegun 26.2.17)."""
    t = 1 / (1 + 0.2316419 * np.abs(value))
    tail = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    upper = np.exp(-value * value / 2) / np.sqrt(2 * np.pi) * tail
    return np.where(value >= 0, 1 - upper, upper)


def _normal_quantile(chance: Floats) -> Floats:
    """Φ⁻¹ by bisection: exact to 1e-9, fast enough for the few shops that sell by the hundred."""
    low, high = np.full(chance.shape, -9.0), np.full(chance.shape, 9.0)
    for _ in range(60):
        middle = (low + high) / 2
        below = _normal_cdf(middle) < chance
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2
