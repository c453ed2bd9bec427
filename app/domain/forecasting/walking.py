"""What is known of all series at one origin, month after month: the features of the pooled model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.forecasting.arrays import YEAR, Flags, Floats, Ints, first_months, group_sums
from app.domain.forecasting.exposure import Exposure

ALPHAS = (0.05, 0.1, 0.2, 0.35, 0.6)
TAIL_DAYS = (7, 14)
_DAYS_A_MONTH = 30.4
_EARLIEST = 3
_YOUNG = 6
"""Months of history below which a series is also seen through its cell (rule (b))."""
_MOST_TAIL, _MOST_TIMES = 8.0, 5.0


@dataclass(frozen=True, slots=True)
class Kin:
    """What a series belongs to: its shop, its SKU, its class; `values` are the sums of each group, [groups, months]."""

    groups: Ints
    values: Floats


@dataclass(frozen=True, slots=True)
class Series:
    """The series of one level, and what is known around them."""

    values: Floats
    late: Floats
    """[series, months, 2]: which share of a month fell in its last 7 and 14 days"""
    kin: tuple[Kin, ...]
    owners: Ints
    """the row of `exposure` of each series: order days are those of the shop"""
    exposure: Exposure
    cells: Ints | None = None
    """the class of the shop that a series belongs to: what a young one is compared with"""


class _Levels:
    """Smoothed levels of all rows at several speeds, month after month; the start is the mean of what there is."""

    def __init__(self, values: Floats) -> None:
        self._first = first_months(values)
        self._values = values
        self.at = {alpha: np.zeros(len(values), np.float32) for alpha in ALPHAS}

    def take(self, month: int) -> None:
        known = month - self._first + 1
        start = 1 / np.maximum(known, 1)
        for alpha in ALPHAS:
            pace = np.where(known >= 1, np.maximum(alpha, start), 0).astype(np.float32)
            self.at[alpha] += pace * (self._values[:, month] - self.at[alpha])

    def quickening(self, fast: float, slow: float) -> Floats:
        return np.clip((self.at[fast] + 1e-9) / (self.at[slow] + 1e-9), 0.3, 3) - 1


class Walk:
    """Everything known at one origin."""

    def __init__(self, series: Series) -> None:
        self._series = series
        self._own = _Levels(series.values)
        self._kin = [_Levels(kin.values) for kin in series.kin]
        self._since = np.full(len(series.values), 99, np.int16)
        self._first = first_months(series.values)
        self._seasons = [_LastYear(series.values), *(_LastYear(kin.values) for kin in series.kin)]
        self.origin = 0

    def step(self) -> None:
        """Take in the month at the origin and go to the next."""
        for levels in (self._own, *self._kin):
            levels.take(self.origin)
        self._since = np.where(self._series.values[:, self.origin] > 0, 0, self._since + 1).astype(np.int16)
        self.origin += 1
        self._days = self._series.exposure.seen_from(self.origin)
        self.level = (self._own.at[0.1] + self._own.at[0.2]) / 2 + np.float32(1e-3)
        self._quick = [
            (levels.quickening(0.6, 0.1).astype(np.float32), levels.quickening(0.2, 0.05).astype(np.float32))
            for levels in self._kin
        ]
        self._cells = self._cell_levels()
        for season in self._seasons:
            season.forget_before(self.origin)

    @property
    def months_known(self) -> Ints:
        """How many months ago each series began; below 1 where it has not."""
        return self.origin - self._first

    @property
    def alive(self) -> Flags:
        """Which series were bought in the last year."""
        return self._since < YEAR

    def static(self, rows: Ints) -> Floats:
        """Return what does not depend on the month that is forecast."""
        level, since = self.level[rows], self._since[rows]
        last, before = self._past(rows, 1) / level, self._past(rows, 2) / level
        late = self._series.late[rows, self.origin - 1]
        small = level < 2  # noqa: PLR2004 - below two a month the months without a purchase say most
        columns = [np.ones(len(rows)), *(self._own.at[alpha][rows] / level for alpha in ALPHAS)]
        for kin, (fast, slow) in zip(self._series.kin, self._quick, strict=True):
            columns += [fast[kin.groups[rows]], slow[kin.groups[rows]]]
        columns += [
            np.minimum(late[:, at] * last * (_DAYS_A_MONTH / days), _MOST_TAIL) for at, days in enumerate(TAIL_DAYS)
        ]  # fmt: skip
        columns += [
            np.minimum(since, 6) / 6,
            since == 0,
            np.minimum(last, _MOST_TIMES),
            np.minimum(before, _MOST_TIMES),
        ]
        columns += [np.minimum(since, YEAR) / YEAR * small, small, self._days.own(self.origin - 1)[self._owners(rows)]]
        columns += self._of_cell(rows, level)
        return _table(columns)

    def of_month(self, rows: Ints, month: int) -> Floats:
        """Return what is known of the month that is forecast: its days, and what it was a year ago."""
        owners = self._owners(rows)
        own, before = self._days.own(month)[owners], self._days.own(self.origin - 1)[owners]
        last = np.minimum(self._past(rows, 1) / self.level[rows], _MOST_TIMES)
        columns = [own, ((1 + own) / (1 + before) - 1) * last, np.full(len(rows), self._days.everywhere(month))]
        groups = [rows, *(kin.groups[rows] for kin in self._series.kin)]
        columns += [season.at(month)[group] for season, group in zip(self._seasons, groups, strict=True)]
        return _table(columns)

    def _cell_levels(self) -> Floats | None:
        """Return the mean level of what is bought in each cell: what a SKU of that class does at that shop."""
        cells = self._series.cells
        if cells is None:
            return None
        count = int(cells.max(initial=-1)) + 1
        rows = np.flatnonzero(self.alive & (self.months_known > 0))
        sums = group_sums(self.level[rows], cells[rows], count)
        return sums / np.maximum(np.bincount(cells[rows], minlength=count), 1)

    def _of_cell(self, rows: Ints, level: Floats) -> list[Floats]:
        if self._cells is None or self._series.cells is None:
            return []
        young = np.maximum(_YOUNG - self.months_known[rows], 0) / _YOUNG
        return [young, young * np.minimum(self._cells[self._series.cells[rows]] / level, _MOST_TIMES)]

    def _past(self, rows: Ints, back: int) -> Floats:
        return self._series.values[rows, self.origin - back]

    def _owners(self, rows: Ints) -> Ints:
        return self._series.owners[rows]


def walk_through(series: Series, last: int) -> Iterator[Walk]:
    """Yield what is known at each origin up to the last one, from the first that has a quarter behind it."""
    walk = Walk(series)
    for _ in range(min(last, series.values.shape[1])):
        walk.step()
        if walk.origin >= _EARLIEST:
            yield walk


def _table(columns: Sequence[Floats]) -> Floats:
    table = np.empty((len(columns[0]), len(columns)), np.float32)
    for at, column in enumerate(columns):
        table[:, at] = column
    return table


class _LastYear:
    """How a month of last year stood out from the year around it; 0 where that year is not known."""

    def __init__(self, values: Floats) -> None:
        self._values = values
        self._kept: dict[int, Floats] = {}

    def at(self, month: int) -> Floats:
        if month not in self._kept:
            self._kept[month] = self._read(month)
        return self._kept[month]

    def forget_before(self, month: int) -> None:
        self._kept = {at: kept for at, kept in self._kept.items() if at >= month}

    def _read(self, month: int) -> Floats:
        first, last = max(0, month - YEAR - 6), month - 6
        if month - YEAR < 3:  # noqa: PLR2004 - a quarter before that month is the least that makes a year around it
            return np.zeros(len(self._values), np.float32)
        mean = self._values[:, first:last].mean(axis=1)
        return (np.clip((self._values[:, month - YEAR] + 0.2 * mean) / (1.2 * mean + 1e-9), 0.3, 3) - 1).astype(
            np.float32
        )
