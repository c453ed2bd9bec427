"""Timing in pairs: the deed and its baseline take turns, so that a busy machine hits both alike."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what was measured, its baseline, the goal, and whether it was met."""

    name: str
    measured: str
    baseline: str
    ratio: str
    goal: str
    met: bool

    @property
    def row(self) -> str:
        """The line in Markdown."""
        cells = (self.name, self.measured, self.baseline, self.ratio, self.goal, "yes" if self.met else "**no**")
        return "| " + " | ".join(cells) + " |"


HEADER = "| what | measured | baseline in the same run | ratio | goal | met |\n|---|---:|---:|---:|---:|---|"


def in_turns(deed: Callable[[], float], baseline: Callable[[], float], times: int) -> tuple[float, float]:
    """Return the medians (seconds) of deed and baseline, run in turns."""
    deeds: list[float] = []
    baselines: list[float] = []
    for _ in range(times):
        baselines.append(baseline())
        deeds.append(deed())
    return statistics.median(deeds), statistics.median(baselines)


def seconds(work: Callable[[], object]) -> float:
    """Return how long the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def p95(values: list[float]) -> float:
    """Return the 95th percentile."""
    return sorted(values)[min(len(values) - 1, round(len(values) * 0.95))]


def ms(value: float) -> str:
    """Write seconds as milliseconds."""
    return f"{value * 1000:.2f} ms" if value < 0.01 else f"{value * 1000:.0f} ms"
