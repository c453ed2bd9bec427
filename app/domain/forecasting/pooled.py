"""One linear model learnt from all series of a territory at once, refitted at every origin (a pooled model).

A shop's purchases of one SKU are too few to learn from alone; what a short month, a fresh purchase, a rising class or
last year's December mean is the same for all, so it is learnt from all. The target is the month's demand over the
series' own level; the coefficients are drawn towards plain smoothing (M5, α 0.2), which is what is left where there is
little to learn from (ridge with a prior; Montero-Manso and Hyndman 2021 on why pooling works). Only months before an
origin are ever seen at that origin.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.domain.forecasting.arrays import YEAR, Flags, Floats, Ints, first_months
from app.domain.forecasting.exposure import Exposure

ALPHAS = (0.05, 0.1, 0.2, 0.35, 0.6)
TAIL_DAYS = (7, 14, 28)
_PRIOR = 1 + ALPHAS.index(0.2)
_DAYS_A_MONTH = 30.4
_OVER = 0.15
"""How much of a series' variance grows with the square of its level; the rest grows with the level, as counts do."""
_MOST_RATIO, _MOST_TAIL = 8.0, 8.0
_RIDGE, _FEW = 1e-3, 25.0
_LEARN_MONTHS = 12
_EARLIEST = 3
_SCALE_BOUNDS = (0.8, 1.25)


@dataclass(frozen=True, slots=True)
class Kin:
    """What a series belongs to: its shop, its SKU, its class; `values` are the sums of each group, [groups, months]."""

    groups: Ints
    values: Floats


@dataclass(frozen=True, slots=True)
class Series:
    """The series of one level, and what is known around them."""

    values: Floats
    tails: Floats
    """[series, months, 3]: what fell in the last 7, 14 and 28 days of each month"""
    kin: tuple[Kin, ...]
    owners: Ints
    """the row of `exposure` of each series: order days are those of the shop"""
    exposure: Exposure


@dataclass(frozen=True, slots=True)
class PooledForecasts:
    """What the model said at each origin: `expected` [origins, series, horizon], NaN before a series' first month."""

    origins: tuple[int, ...]
    expected: Floats


def pooled_forecasts(series: Series, origins: Sequence[int], horizon: int) -> PooledForecasts:
    """Forecast from each origin (the index of the first month ahead) the `horizon` months that follow it."""
    wanted = {origin: at for at, origin in enumerate(origins)}
    expected = np.full((len(origins), len(series.values), horizon), np.nan, np.float32)
    sums = _Sums()
    for walk in _walk(series, max(origins)):
        rows = np.flatnonzero(walk.alive)
        static = walk.static(rows)
        months = [walk.of_month(rows, walk.origin + ahead) for ahead in range(horizon)]
        if walk.origin in wanted:
            at = wanted[walk.origin]
            expected[at, (walk.months_known > 0) & ~walk.alive] = 0
            for ahead, month in enumerate(months):
                on_static, on_month = sums.solve(walk.origin, ahead, static.shape[1], month.shape[1])
                expected[at, rows, ahead] = np.maximum(static @ on_static + month @ on_month, 0) * walk.level[rows]
        known = min(horizon, series.values.shape[1] - walk.origin)
        if known > 0:
            actual = series.values[rows, walk.origin : walk.origin + known]
            sums.learn(walk.origin, static, months[:known], actual, walk.level[rows])
    return PooledForecasts(tuple(origins), expected)


@dataclass(slots=True)
class _Sums:
    """The normal equations of each month and horizon: an origin adds up the last twelve whose outcome it knows."""

    left: dict[tuple[int, int], Floats] = field(default_factory=dict[tuple[int, int], Floats])
    right: dict[tuple[int, int], Floats] = field(default_factory=dict[tuple[int, int], Floats])
    sizes: dict[tuple[int, int], tuple[Floats, float]] = field(
        default_factory=dict[tuple[int, int], tuple[Floats, float]]
    )

    def learn(self, origin: int, static: Floats, months: Sequence[Floats], actual: Floats, level: Floats) -> None:
        """Add up one origin for all horizons whose outcome is known; what they share is multiplied once."""
        weight = (level / (1 + _OVER * level))[:, None]
        weighted, ratio = static * weight, np.minimum(actual / level[:, None], _MOST_RATIO)
        shared = weighted.T @ static
        for ahead, month in enumerate(months):
            across, right = weighted.T @ month, month * weight
            self.left[origin, ahead] = np.block([[shared, across], [across.T, right.T @ month]]).astype(float)
            self.right[origin, ahead] = np.concatenate([ratio[:, ahead] @ weighted, ratio[:, ahead] @ right]).astype(
                float
            )
            self.sizes[origin, ahead] = (np.concatenate([level @ static, level @ month]), float(actual[:, ahead].sum()))

    def solve(self, origin: int, ahead: int, static: int, month: int) -> tuple[Floats, Floats]:
        """Return the coefficients of the static and of the month's features, as learnt before this origin."""
        beta = self._solve(origin, ahead, static + month).astype(np.float32)
        return beta[:static], beta[static:]

    def _solve(self, origin: int, ahead: int, count: int) -> Floats:
        prior = np.zeros(count)
        prior[_PRIOR] = 1
        last = origin - ahead - 1
        seen = [at for at in range(last, last - _LEARN_MONTHS, -1) if (at, ahead) in self.left]
        if not seen:
            return prior
        left = sum(self.left[at, ahead] for at in seen)
        right = sum(self.right[at, ahead] for at in seen)
        ridge = _RIDGE * np.trace(left) / count + _FEW
        beta = np.linalg.solve(left + ridge * np.eye(count), right + ridge * prior)
        said = sum(float(self.sizes[at, ahead][0] @ beta) for at in seen)
        bought = sum(self.sizes[at, ahead][1] for at in seen)
        # Ratios weigh small series as much as they deserve, but their sum must be right too.
        scale = np.clip((bought + _FEW) / (max(said, 0) + _FEW), *_SCALE_BOUNDS)
        return beta * scale


class _Levels:
    """Smoothed levels of all rows at several speeds, month after month; the start is the mean of what there is."""

    def __init__(self, values: Floats) -> None:
        self._first = first_months(values)
        self._values = values
        self.at = {alpha: np.zeros(len(values), np.float32) for alpha in ALPHAS}

    def take(self, month: int) -> None:
        known = month - self._first + 1
        start = 1 / np.maximum(known, 1)
        for alpha, level in self.at.items():
            pace = np.where(known >= 1, np.maximum(alpha, start), 0).astype(np.float32)
            np.add(level, pace * (self._values[:, month] - level), out=level)

    def quickening(self, fast: float, slow: float) -> Floats:
        return np.clip((self.at[fast] + 1e-9) / (self.at[slow] + 1e-9), 0.3, 3) - 1


class _Walk:
    """Everything known at one origin."""

    def __init__(self, series: Series) -> None:
        self._series = series
        self._own = _Levels(series.values)
        self._kin = [_Levels(kin.values) for kin in series.kin]
        self._since = np.full(len(series.values), 99)
        self._first = first_months(series.values)
        self._seasons = [_LastYear(series.values), *(_LastYear(kin.values) for kin in series.kin)]
        self.origin = 0

    def step(self) -> None:
        """Take in the month at the origin and go to the next."""
        for levels in (self._own, *self._kin):
            levels.take(self.origin)
        self._since = np.where(self._series.values[:, self.origin] > 0, 0, self._since + 1)
        self.origin += 1
        self._days = self._series.exposure.seen_from(self.origin)

    @property
    def months_known(self) -> Ints:
        return self.origin - self._first

    @property
    def alive(self) -> Flags:
        return self._since < YEAR

    @property
    def level(self) -> Floats:
        return (self._own.at[0.1] + self._own.at[0.2]) / 2 + np.float32(1e-3)

    def static(self, rows: Ints) -> Floats:
        """Return what does not depend on the month that is forecast."""
        level, since = self.level[rows], self._since[rows]
        last = self._past(rows, 1) / level
        before = self._past(rows, 2) / level
        tails = self._series.tails[rows, self.origin - 1] / level[:, None]
        small = level < 2  # noqa: PLR2004 - below two a month the months without a purchase say most
        columns = [np.ones(len(rows)), *(self._own.at[alpha][rows] / level for alpha in ALPHAS)]
        for kin, levels in zip(self._series.kin, self._kin, strict=True):
            group = kin.groups[rows]
            columns += [levels.quickening(0.6, 0.1)[group], levels.quickening(0.2, 0.05)[group]]
        columns += [
            np.minimum(tails[:, at] * _DAYS_A_MONTH / days, _MOST_TAIL) for at, days in enumerate(TAIL_DAYS)
        ]  # fmt: skip
        columns += [np.minimum(since, 6) / 6, since == 0, np.minimum(last, 5), np.minimum(before, 5)]
        columns += [np.minimum(since, YEAR) / YEAR * small, small, self._days.own(self.origin - 1)[self._owners(rows)]]
        return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)

    def of_month(self, rows: Ints, month: int) -> Floats:
        """Return what is known of the month that is forecast: its days, and what it was a year ago."""
        owners = self._owners(rows)
        own, before = self._days.own(month)[owners], self._days.own(self.origin - 1)[owners]
        last = np.minimum(self._past(rows, 1) / self.level[rows], 5)
        columns = [own, ((1 + own) / (1 + before) - 1) * last, np.full(len(rows), self._days.everywhere(month))]
        groups = [rows, *(kin.groups[rows] for kin in self._series.kin)]
        columns += [season.at(month)[group] for season, group in zip(self._seasons, groups, strict=True)]
        return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)

    def _past(self, rows: Ints, back: int) -> Floats:
        return self._series.values[rows, self.origin - back]

    def _owners(self, rows: Ints) -> Ints:
        return self._series.owners[rows]


def _walk(series: Series, last: int) -> Iterator[_Walk]:
    walk = _Walk(series)
    for _ in range(min(last, series.values.shape[1])):
        walk.step()
        if walk.origin >= _EARLIEST:
            yield walk


class _LastYear:
    """How a month of last year stood out from the year around it; 0 where that year is not known."""

    def __init__(self, values: Floats) -> None:
        self._values = values
        self._sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1, dtype=float)], axis=1)
        self._kept: dict[int, Floats] = {}

    def at(self, month: int) -> Floats:
        if month not in self._kept:
            self._kept[month] = self._read(month)
        return self._kept[month]

    def _read(self, month: int) -> Floats:
        first, last = max(0, month - YEAR - 6), month - 6
        if month - YEAR < 3:  # noqa: PLR2004 - a quarter before that month is the least that makes a year around it
            return np.zeros(len(self._values), np.float32)
        mean = (self._sums[:, last] - self._sums[:, first]) / (last - first)
        return (np.clip((self._values[:, month - YEAR] + 0.2 * mean) / (1.2 * mean + 1e-9), 0.3, 3) - 1).astype(
            np.float32
        )
