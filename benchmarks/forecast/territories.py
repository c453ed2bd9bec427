"""Iowa, rolling origins: each of the last twelve months forecast from the months before it, at every level."""

from collections.abc import Iterator
from pathlib import Path

from app.domain.forecasting.judging import Coverage, Judgement, judge
from benchmarks.forecast.iowa import market_of, read_lines
from benchmarks.measuring import Figure

_MONTHS = 12
_NAMES = {
    ("store-item", 24): "store × item, 24+ active months", ("store-item", 12): "store × item, 12+ active months",
    ("store-class", 12): "store × category", ("store", 12): "store", ("item", 12): "item × territory",
    ("total", 1): "total",
}  # fmt: skip
_GAINS = {"store-item": 0.02, "store": 0.04, "item": 0.02}
"""By how much of the WAPE of SES(0.2) the mean forecast has to be lower."""
_MEDIAN_GAIN, _BIAS = 0.05, 0.05
_COVER = (0.77, 0.83)


def measure(folder: Path, territories: tuple[str, ...] = ("T1", "T2", "T3")) -> Iterator[Figure]:
    """Yield the figures of part (c)."""
    for territory in territories:
        for found in judge(market_of(read_lines(folder, territory)), _MONTHS):
            name = f"{territory}, {_NAMES[found.level, found.active]}"
            yield _mean(name, found)
            if found.level == "store-item":
                yield _median(found)
            if found.coverage is not None:
                yield _covered(found.coverage, single=found.level == "total")


def _mean(name: str, found: Judgement) -> Figure:
    ours, plain, goal = found.ours, found.plain, _GAINS.get(found.level)
    others = (
        ("mean of 6", found.mean_of_6),
        ("mean of 12", found.mean_of_12),
        ("seasonal naive", found.seasonal_naive),
    )
    beside = ", ".join(f"{method} {score.error:.1%}" for method, score in others)
    met = goal is None or (found.gain >= goal and abs(ours.bias) <= _BIAS)
    return Figure(
        f"{name} ({found.series:,} series), mean forecast of the next month: WAPE",
        f"{ours.error:.1%}, bias {ours.bias:+.1%}", f"{plain.error:.1%}, SES(0.2), bias {plain.bias:+.1%}; {beside}",
        f"{found.gain:.1%} lower", "—" if goal is None else f"≥ {goal:.0%} lower, bias ±5 %", met,
    )  # fmt: skip


def _median(found: Judgement) -> Figure:
    return Figure(
        f"… {_NAMES[found.level, found.active]}, median forecast: WAPE",
        f"{found.median.error:.1%}, bias {found.median.bias:+.1%}", f"{found.plain.error:.1%}, SES(0.2)",
        f"{found.median_gain:.1%} lower", "≥ 5 % lower", found.median_gain >= _MEDIAN_GAIN,
    )  # fmt: skip


def _covered(coverage: Coverage, *, single: bool) -> Figure:
    """Tell how often the range held; a single series has twelve outcomes, too few to be held to a goal."""
    inside, low, high = coverage.inside, *_COVER
    return Figure(
        "… outcomes inside the range of 80 %", f"{inside:.1%} of {coverage.outcomes:,}",
        f"{coverage.below:.1%} below, {1 - inside - coverage.below:.1%} above", "—",
        "—" if single else f"{low:.0%}–{high:.0%}", single or low <= inside <= high,
    )  # fmt: skip
