"""How a SKU sells at a shop by its past weeks and its own past misses: the demand that an order has to cover.

Each SKU has three smoothed levels (M5 at three speeds), its last week and its smoothed squared miss. What they say of
the days ahead is weighed by eight numbers learnt from all SKUs of a territory at once (`learn`), because one SKU alone
has too little to say. Quantities are 条 a week; the past comes oldest first.
"""

from collections.abc import Iterator
from copy import deepcopy

import numpy as np

from app.domain.forecasting.arrays import Flags, Floats, Ints
from app.domain.replenishment.demand import Demand
from app.domain.replenishment.learnt import PUBLIC, Learnt

WEEK = 7
COVER_DAYS = 9
"""Days that `Learnt` is learnt for: one weekly cycle and two days of delivery."""
_SLOW, _MIDDLE, _FAST, _MISS = 0.05, 0.15, 0.4, 0.1
_LEAST_BASE, _LEAST_MEAN = 0.02, 0.005
_MOST_JUMP = 6.0
_RIDGE = 500.0
_LEARN_WEEKS = 39
_OUTLIER = 400.0
_OWN_POWER = 0.4
"""How far a SKU's own misses move its spread: 1 would believe them alone, 0 the territory alone."""
_OWN_BOUNDS = (0.05, 8.0)


class Habits:
    """The levels of many SKUs, week by week; rows are SKUs (or pairs of shop and SKU)."""

    def __init__(self, rows: int) -> None:
        self._known = np.zeros(rows)
        self._levels = {alpha: np.zeros(rows) for alpha in (_SLOW, _MIDDLE, _FAST)}
        self._last, self._miss = np.zeros(rows), np.zeros(rows)

    @classmethod
    def of(cls, weeks: Floats | Ints, at_least: Flags | None = None, learnt: Learnt = PUBLIC) -> "Habits":
        """Return the habits after the given weeks [rows, weeks]; `at_least` marks those in which supply was short."""
        habits = cls(len(weeks))
        for week in range(weeks.shape[1]):
            habits.take(weeks[:, week], None if at_least is None else at_least[:, week], learnt)
        return habits

    def copy(self) -> "Habits":
        """Return the same habits, to be led on by themselves."""
        return deepcopy(self)

    def take(self, sales: Floats | Ints, at_least: Flags | None = None, learnt: Learnt = PUBLIC) -> None:
        """Take in the sales of one more week; NaN leaves a row as it was.

        `at_least` marks rows that could not sell more: sold out, or allowed no more. Their sales are a floor, and what
        such a row is expected to sell in weeks of at least that much stands for them (a step of the EM method:
        Dempster, Laird, Rubin 1977). A SKU begins with its first sale: its levels are plain means until they have
        weeks enough to be smoothed.
        """
        middle = self._levels[_MIDDLE]
        told = np.asarray(sales, float)
        is_told = ~np.isnan(told)
        seen = np.where(is_told, told, 0)
        if at_least is not None and at_least.any():
            usual = self.demand(learnt, WEEK).of(at_least)
            seen[at_least] = usual.mean_from(seen[at_least])
        began = is_told & ((self._known > 0) | (seen > 0))
        self._known = self._known + began
        start = 1 / np.maximum(self._known, 1)
        miss = np.where(self._known == 1, seen, (seen - middle) ** 2)
        self._miss = self._miss + np.where(began, np.maximum(_MISS, start), 0) * (miss - self._miss)
        for alpha, level in self._levels.items():
            self._levels[alpha] = level + np.where(began, np.maximum(alpha, start), 0) * (seen - level)
        self._last = np.where(is_told, seen, self._last)

    def weekly(self, learnt: Learnt) -> Floats:
        """Return the expected sale of a week."""
        base = self.base
        return np.where(self._known > 0, np.maximum(_LEAST_MEAN, base * (1 + self.lean(base) @ learnt.drift)), 0)

    def demand(self, learnt: Learnt, days: float | Floats | Ints = COVER_DAYS) -> Demand:
        """Return the distribution of what is asked for over so many days."""
        mean = self.weekly(learnt) * days / WEEK
        return Demand(mean, self.signs(mean, days / COVER_DAYS) @ learnt.spread)

    @property
    def base(self) -> Floats:
        """The level that all distances are measured from."""
        return (self._levels[_MIDDLE] + self._levels[_FAST]) / 2 + _LEAST_BASE

    def lean(self, base: Floats) -> Floats:
        """Return what `Learnt.drift` weighs [rows, 4]."""
        jump = np.minimum(self._last / base, _MOST_JUMP)
        columns = (self._levels[_SLOW] / base, self._levels[_FAST] / base, jump)
        return np.stack([np.ones(len(base)), *(column - 1 for column in columns)], axis=1)

    def signs(self, mean: Floats, share: float | Floats = 1.0) -> Floats:
        """Return what `Learnt.spread` weighs [rows, 4], for that share of `COVER_DAYS`."""
        fast = self._levels[_FAST]
        moved, jumped = (fast - self._levels[_MIDDLE]) ** 2, (self._last - fast) ** 2
        own = np.clip(self._miss / _usual_miss(fast), *_OWN_BOUNDS) ** _OWN_POWER
        return np.stack([mean, mean**2, moved * share**2, jumped * share**2], axis=1) * own[:, None]


def learn(weeks: Floats | Ints, ahead: Floats | Ints) -> Learnt:
    """Learn the weights from many rows: their weekly sales, and what `COVER_DAYS` from the start of each week brought.

    Only weeks whose whole `ahead` lies within what is known may be given. Weighted least squares drawn to zero, so that
    little data gives the middle level; the squared misses of that mean then teach the spread.
    """
    first = max(1, weeks.shape[1] - _LEARN_WEEKS)
    return Learnt(drift := _drift(weeks, ahead, first), _spread(weeks, ahead, first, drift))


def _drift(weeks: Floats | Ints, ahead: Floats | Ints, first: int) -> tuple[float, ...]:
    square, product = np.eye(4) * _RIDGE, np.zeros(4)
    for week, habits in _walk(weeks, first):
        base = habits.base
        lean, weight = habits.lean(base), base * base / (base + 0.15 * base * base + 0.1)
        square += (lean * weight[:, None]).T @ lean
        product += (lean * weight[:, None]).T @ (ahead[:, week] * (WEEK / COVER_DAYS) / base - 1)
    return tuple(np.linalg.solve(square, product).tolist())


def _spread(weeks: Floats | Ints, ahead: Floats | Ints, first: int, drift: tuple[float, ...]) -> tuple[float, ...]:
    square, product = np.eye(4) * 1e-6, np.zeros(4)
    for week, habits in _walk(weeks, first):
        mean = habits.weekly(Learnt(drift, ())) * (COVER_DAYS / WEEK)
        usual = _usual_miss(mean)
        miss = np.minimum((ahead[:, week] - mean) ** 2, _OUTLIER * usual)
        signs, weight = habits.signs(mean), usual**-2
        square += (signs * weight[:, None]).T @ signs
        product += (signs * weight[:, None]).T @ miss
    return tuple(np.linalg.solve(square, product).tolist())


def _usual_miss(mean: Floats) -> Floats:
    """Return a squared miss that is neither large nor small for so much sale."""
    return mean + 0.1 * mean * mean + 0.05


def _walk(weeks: Floats | Ints, first: int) -> Iterator[tuple[int, Habits]]:
    """Yield each week from `first` on with the habits before it."""
    habits = Habits(len(weeks))
    for week in range(weeks.shape[1]):
        if week >= first:
            yield week, habits
        habits.take(weeks[:, week])
