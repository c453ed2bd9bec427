"""The plain forecast of weekly purchases: weighted moving average (M2), with a range learned from its own misses.

Weekly quantities come newest first and hold closed weeks only. Purchases stand in for sales: the shop's own sales are
known only where stock was counted, so every result here is an estimate and has to be called one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import mul

BLOCK_WEEKS = 4
WEIGHTS = (0.5, 0.3, 0.2)
WINDOW_WEEKS = BLOCK_WEEKS * len(WEIGHTS)
BACKTEST_WEEKS = 26
_FEWEST_ERRORS = 6
_LOW, _HIGH = 0.1, 0.9
_SCALES = tuple(1 / (sum(WEIGHTS[:blocks]) or 1.0) / BLOCK_WEEKS for blocks in range(len(WEIGHTS) + 1))
"""By number of blocks in use: turns the weighted sum of blocks into a weekly mean."""


@dataclass(frozen=True, slots=True)
class ForecastRange:
    """One cycle ahead, in 条 per week; four cycles of five fell between low and high so far.

    Low and high are None as long as there are too few past forecasts to judge by.
    """

    low: float | None
    middle: float
    high: float | None


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How past forecasts did: sorted misses (actual − forecast, 条) and Σ|miss| ÷ Σ actual."""

    misses: tuple[float, ...]
    error_share: float | None


def weighted_average(weeks: Sequence[int], age: int) -> float | None:
    """M2: 0.5, 0.3 and 0.2 of the weekly means of the last three blocks of four weeks, in 条 per week.

    `age` is the number of weeks since the first purchase; blocks from before it are left out and the other weights
    share their part. None without any past.
    """
    total = weight = 0.0
    for block, share in enumerate(WEIGHTS):
        first = block * BLOCK_WEEKS
        if first >= age or first >= len(weeks):
            break
        total += share * sum(weeks[first : first + BLOCK_WEEKS]) / BLOCK_WEEKS
        weight += share
    return total / weight if weight else None


def track_record(weeks: Sequence[int], age: int, origins: int = BACKTEST_WEEKS) -> TrackRecord:
    """Forecast each of the last weeks from the weeks before it, and return how far off it was."""
    sums = [0, *accumulate(weeks[: origins + WINDOW_WEEKS])]
    judged = min(origins, age - 1, len(sums) - 2)
    if judged < 1:
        return TrackRecord((), None)
    sums += [sums[-1]] * (origins + WINDOW_WEEKS + 1 - len(sums))
    blocks = [newer - older for older, newer in zip(sums, sums[BLOCK_WEEKS:], strict=False)]
    misses: list[float] = []
    for origin in range(1, judged + 1):
        # Blocks that lie wholly before the first purchase are left out, as in the forecast itself.
        scale = _SCALES[min(len(WEIGHTS), -((origin - age) // BLOCK_WEEKS))]
        weighted = sum(map(mul, WEIGHTS, blocks[origin : origin + WINDOW_WEEKS : BLOCK_WEEKS]))
        misses.append(weeks[origin - 1] - weighted * scale)
    actual = sums[judged]
    error = sum(map(abs, misses)) / actual if actual else None
    misses.sort()
    return TrackRecord(tuple(misses), error)


def forecast_range(expected: float, record: TrackRecord) -> ForecastRange:
    """Return the forecast with the range in which four weeks of five fell in the past, never below zero."""
    misses = record.misses
    if len(misses) < _FEWEST_ERRORS:
        return ForecastRange(None, expected, None)
    low = expected + misses[round(_LOW * (len(misses) - 1))]
    high = expected + misses[round(_HIGH * (len(misses) - 1))]
    return ForecastRange(max(0.0, min(low, expected)), expected, max(high, expected))
