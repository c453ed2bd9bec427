"""One linear model learnt from all series of a territory at once, refitted at every origin (a pooled model).

A shop's purchases of one SKU are too few to learn from alone; what a short month, a fresh purchase, a rising class or
last year's December mean is the same for all, so it is learnt from all. The target is the month's demand over the
series' own level; the coefficients are drawn towards plain smoothing (M5, α 0.2), which is what is left where there is
little to learn from (ridge with a prior; Montero-Manso and Hyndman 2021 on why pooling works). Only months before an
origin are ever seen at that origin.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from app.domain.forecasting.arrays import Floats
from app.domain.forecasting.walking import ALPHAS, Series, walk_through
from app.runtime.cancel import Check, go_on

_PRIOR = 1 + ALPHAS.index(0.2)
_OVER = 0.15
"""How much of a series' variance grows with the square of its level; the rest grows with the level, as counts do."""
_MOST_RATIO = 8.0
_RIDGE, _FEW = 1e-3, 25.0
_LEARN_MONTHS = 12
_SCALE_BOUNDS = (0.8, 1.25)
_SCALE_MONTHS = 6
_CHUNK = 8_192
"""Series looked at in one go: their features fit into a processor's cache."""


def pooled_forecasts(series: Series, origins: Sequence[int], horizon: int, check: Check = go_on) -> Floats:
    """Forecast from each origin (the index of the first month ahead) the `horizon` months that follow it.

    Returns [origins, series, horizon]; NaN before a series' first month, 0 a year after its last.
    """
    wanted = {origin: at for at, origin in enumerate(origins)}
    expected = np.full((len(origins), len(series.values), horizon), np.nan, np.float32)
    sums = _Sums()
    for walk in walk_through(series, max(origins)):
        check()
        known = min(horizon, series.values.shape[1] - walk.origin)
        needed = walk.origin >= min(origins) - _LEARN_MONTHS - horizon
        at = wanted.get(walk.origin)
        if at is not None:
            expected[at, (walk.months_known > 0) & ~walk.alive] = 0
        alive = np.flatnonzero(walk.alive)
        for rows in np.array_split(alive, len(alive) // _CHUNK + 1) if needed else ():
            static, level = walk.static(rows), walk.level[rows]
            months = [walk.of_month(rows, walk.origin + ahead) for ahead in range(known if at is None else horizon)]
            if at is not None:
                for ahead, month in enumerate(months):
                    on_static, on_month = sums.solve(walk.origin, ahead, static.shape[1], month.shape[1])
                    expected[at, rows, ahead] = np.maximum(static @ on_static + month @ on_month, 0) * level
            actual = series.values[rows, walk.origin : walk.origin + known]
            sums.learn(walk.origin, static, months[:known], actual, level)
    return expected


@dataclass(slots=True)
class _Learnt:
    """The normal equations of one origin and horizon, and what its sums were."""

    left: Floats
    right: Floats
    size: Floats
    bought: float


@dataclass(slots=True)
class _Sums:
    """What each origin taught for each horizon: a later origin adds up the last twelve whose outcome it knows."""

    learnt: dict[tuple[int, int], _Learnt] = field(default_factory=dict[tuple[int, int], _Learnt])
    solved: dict[tuple[int, int], Floats] = field(default_factory=dict[tuple[int, int], Floats])

    def learn(self, origin: int, static: Floats, months: Sequence[Floats], actual: Floats, level: Floats) -> None:
        """Add some series at one origin for all horizons with an outcome; what these share is multiplied once."""
        weight = (level / (1 + _OVER * level))[:, None]
        weighted, ratio = static * weight, np.minimum(actual / level[:, None], _MOST_RATIO)
        shared = weighted.T @ static
        for ahead, month in enumerate(months):
            across, right = weighted.T @ month, month * weight
            self._add(origin, ahead, _Learnt(
                np.block([[shared, across], [across.T, right.T @ month]]).astype(float),
                np.concatenate([ratio[:, ahead] @ weighted, ratio[:, ahead] @ right]).astype(float),
                np.concatenate([level @ static, level @ month]).astype(float),
                float(actual[:, ahead].sum(dtype=float)),
            ))  # fmt: skip

    def _add(self, origin: int, ahead: int, more: _Learnt) -> None:
        so_far = self.learnt.setdefault((origin, ahead), more)
        if so_far is not more:
            so_far.left += more.left
            so_far.right += more.right
            so_far.size += more.size
            so_far.bought += more.bought

    def solve(self, origin: int, ahead: int, static: int, month: int) -> tuple[Floats, Floats]:
        """Return the coefficients of the static and of the month's features, as learnt before this origin."""
        if (origin, ahead) not in self.solved:
            self.solved[origin, ahead] = self._solve(origin, ahead, static + month).astype(np.float32)
        beta = self.solved[origin, ahead]
        return beta[:static], beta[static:]

    def _solve(self, origin: int, ahead: int, count: int) -> Floats:
        prior = np.zeros(count)
        prior[_PRIOR] = 1
        last = origin - ahead - 1
        seen = [self.learnt[at, ahead] for at in range(last, last - _LEARN_MONTHS, -1) if (at, ahead) in self.learnt]
        if not seen:
            return prior
        left, right = sum(one.left for one in seen), sum(one.right for one in seen)
        ridge = _RIDGE * np.trace(left) / count + _FEW
        beta = np.linalg.solve(left + ridge * np.eye(count), right + ridge * prior)
        recent = seen[:_SCALE_MONTHS]
        said, bought = sum(float(one.size @ beta) for one in recent), sum(one.bought for one in recent)
        # Ratios weigh small series as much as they deserve, but their sum must be right too.
        return beta * np.clip((bought + _FEW) / (max(said, 0) + _FEW), *_SCALE_BOUNDS)
