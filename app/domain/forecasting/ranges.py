"""Ranges and medians that past errors have earned: how demand fell around like forecasts at earlier origins.

Series are put together by the size of the forecast and by how often they buy at all; within such a group the quantiles
of actual ÷ forecast make the range. Where no purchase at all is likelier than the lower tail, the range begins at 0 and
the whole miss is left above, so that four of five still fall inside. A level with few series (the total) has too few
errors for quantiles: there the mean square of the errors and Student's t make the range.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.forecasting.arrays import YEAR, Floats, Ints

COVER = 0.8
_SIZES = (0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 18, 30, 60, 150, 400, 1_000, 5_000)
_BUYING = (0.1, 0.3, 0.5, 0.7, 0.9)
_FEWEST, _FEWEST_AT_ALL = 60, 2
_TINY = 1e-6
_Z = 1.2815515655
"""The standard normal's quantile for a tail of a tenth on either side (`COVER`)."""


@dataclass(frozen=True, slots=True)
class Range:
    """Low and high hold four of five outcomes, the median as many above as below; NaN where nothing is known."""

    low: Floats
    median: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of past forecasts: outcome ÷ forecast, and the group of like forecasts that each belongs to."""

    ratio: Floats
    groups: Ints

    @classmethod
    def of(cls, expected: Floats, buying: Floats, actual: Floats) -> "Outcomes":
        """Compare forecasts with what came, all flat; forecasts that are NaN or 0 are left out."""
        known = np.flatnonzero(np.isfinite(expected) & (expected > _TINY))
        ratio = (actual[known] / expected[known]).astype(np.float32)
        return cls(ratio, _groups(expected[known], buying[known]))

    @classmethod
    def joined(cls, parts: Sequence["Outcomes"]) -> "Outcomes":
        """Put outcomes of several months together."""
        if not parts:
            return cls(np.zeros(0, np.float32), np.zeros(0, np.int16))
        return cls(np.concatenate([part.ratio for part in parts]), np.concatenate([part.groups for part in parts]))

    @property
    def enough(self) -> bool:
        """Whether a range can be learnt from them."""
        return len(self.ratio) >= _FEWEST_AT_ALL

    def further(self, ahead: int) -> "Outcomes":
        """Return what errors may be a month further ahead, where no outcome is known yet: they grow as √months."""
        return Outcomes(np.maximum(1 + (self.ratio - 1) * np.float32(((ahead + 1) / ahead) ** 0.5), 0), self.groups)


def buying_share(months: Floats, origin: int) -> Floats:
    """Return in which share of the last twelve months before an origin a series was bought."""
    return (months[:, max(0, origin - YEAR) : origin] > 0).mean(axis=1, dtype=np.float32)


def month_to_month(months: Floats) -> Outcomes:
    """Return each month as if the one before had been its forecast: what there is before any forecast was judged."""
    buying = buying_share(months, months.shape[1])
    return Outcomes.joined([Outcomes.of(months[:, at], buying, months[:, at + 1]) for at in range(months.shape[1] - 1)])


def learn_range(expected: Floats, buying: Floats, past: Outcomes) -> Range:
    """Return ranges for forecasts from what came of past ones."""
    order = np.argsort(past.groups, kind="stable")
    groups, ratio = past.groups[order], past.ratio[order]
    now = _groups(expected, buying)
    low, median, high = (np.full(len(expected), np.nan, np.float32) for _ in range(3))
    forecast = np.isfinite(expected) & (expected > _TINY)
    for group in np.unique(now[forecast]):
        found = _around(groups, ratio, int(group))
        rows = np.flatnonzero(forecast & (now == group))
        for target, quantile in zip((low, median, high), found, strict=True):
            target[rows] = expected[rows] * quantile
    return Range(low, median, high)


def _groups(expected: Floats, buying: Floats) -> Ints:
    return (np.digitize(np.nan_to_num(expected), _SIZES) * (len(_BUYING) + 1) + np.digitize(buying, _BUYING)).astype(
        np.int16
    )


def _around(past: Ints, ratio: Floats, group: int) -> tuple[float, float, float]:
    """Return low, median and high over the forecast from a group's past ratios, with its neighbours' if need be."""
    width, found = len(_BUYING) + 1, ratio
    for reach in range(4):
        lowest, highest = group - reach, group + reach
        if reach >= 2:  # noqa: PLR2004 - all groups of this size and of the two (then four) beside it
            lowest, highest = (group // width - reach + 1) * width, (group // width + reach) * width - 1
        found = ratio[np.searchsorted(past, lowest) : np.searchsorted(past, highest, side="right")]
        if len(found) >= _FEWEST:
            return _quantiles(found)
    return _of_few(found if len(found) >= _FEWEST_AT_ALL else ratio)


def _quantiles(ratio: Floats) -> tuple[float, float, float]:
    tail = (1 - COVER) / 2
    none = float((ratio <= 0).mean())
    low_at, high_at = (0.0, COVER) if none > tail else (tail, 1 - tail)
    low, median, high = np.quantile(ratio, [low_at, 0.5, high_at])
    return (0.0 if none > tail else float(low)), float(median), float(high)


def _of_few(ratio: Floats) -> tuple[float, float, float]:
    """Return the range of a new outcome around the forecast; its errors are taken to be about 0 on average."""
    if len(ratio) < _FEWEST_AT_ALL:
        return np.nan, np.nan, np.nan
    spread = float(np.sqrt(np.mean((ratio.astype(float) - 1) ** 2) * (1 + 1 / len(ratio)))) * _student(len(ratio))
    return max(0.0, 1 - spread), 1.0, 1 + spread


def _student(freedom: int) -> float:
    """Return Student's t for a tail of a tenth (Cornish and Fisher 1937, as Abramowitz and Stegun 26.7.5)."""
    z = _Z
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
