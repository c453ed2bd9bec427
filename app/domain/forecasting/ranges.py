"""Ranges and medians that past errors have earned: how demand fell around like forecasts at earlier origins.

Series are put together by the size of the forecast and by how often they buy at all; within such a group the quantiles
of actual ÷ forecast make the range. Where no purchase at all is likelier than the lower tail, the range begins at 0 and
the whole miss is left above, so that four of five still fall inside.
"""

from dataclasses import dataclass

import numpy as np

from app.domain.forecasting.arrays import YEAR, Floats, Ints

COVER = 0.8
_SIZES = (0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 18, 30, 60, 150, 400, 1_000, 5_000)
_BUYING = (0.1, 0.3, 0.5, 0.7, 0.9)
_FEWEST = 60
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Range:
    """Low and high hold four of five outcomes, the median as many above as below; NaN where nothing is known."""

    low: Floats
    median: Floats
    high: Floats


def buying_share(months: Floats, origin: int) -> Floats:
    """Return in which share of the last twelve months before an origin a series was bought."""
    return (months[:, max(0, origin - YEAR) : origin] > 0).mean(axis=1)


def learn_range(
    expected: Floats, buying: Floats, past_expected: Floats, past_buying: Floats, past_actual: Floats
) -> Range:
    """Return ranges for forecasts from pairs of past forecast and outcome (flat arrays; NaN forecasts are left out)."""
    known = np.isfinite(past_expected) & (past_expected > _TINY)
    ratio = past_actual[known] / past_expected[known]
    past, now = _groups(past_expected[known], past_buying[known]), _groups(expected, buying)
    order = np.argsort(past, kind="stable")
    past, ratio = past[order], ratio[order]
    low, median, high = (np.full(len(expected), np.nan) for _ in range(3))
    for group in np.unique(now):
        found = _around(past, ratio, int(group))
        if found is None:
            continue
        rows = np.flatnonzero(now == group)
        quantiles = _quantiles(found)
        for target, quantile in zip((low, median, high), quantiles, strict=True):
            target[rows] = expected[rows] * quantile
    nothing = ~np.isfinite(expected) | (expected <= _TINY)
    low[nothing], median[nothing], high[nothing] = np.nan, np.nan, np.nan
    return Range(low, median, high)


def _groups(expected: Floats, buying: Floats) -> Ints:
    return np.digitize(np.nan_to_num(expected), _SIZES) * (len(_BUYING) + 1) + np.digitize(buying, _BUYING)


def _around(past: Ints, ratio: Floats, group: int) -> Floats | None:
    """Return the past ratios of a group, with those of its neighbours where it has too few of its own."""
    width = len(_BUYING) + 1
    for reach in range(3):
        lowest, highest = group - reach, group + reach
        if reach == 2:  # noqa: PLR2004 - the widest: all groups of this size and of the two beside it
            lowest, highest = (group // width - 1) * width, (group // width + 2) * width - 1
        found = ratio[np.searchsorted(past, lowest) : np.searchsorted(past, highest, side="right")]
        if len(found) >= _FEWEST:
            return found
    return None


def _quantiles(ratio: Floats) -> tuple[float, float, float]:
    tail = (1 - COVER) / 2
    none = float((ratio <= 0).mean())
    low_at, high_at = (0.0, COVER) if none > tail else (tail, 1 - tail)
    low, median, high = np.quantile(ratio, [low_at, 0.5, high_at])
    return (0.0 if none > tail else float(low)), float(median), float(high)
