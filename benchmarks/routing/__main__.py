"""`python -m benchmarks.routing [--dir DIR] [--seconds S…] [--days N]`: routes beside the best that is known.

With a folder of VRPLIB problems and their solutions: a line for each, and the mean gap at the end. Without: days drawn
from the territories of Iowa, each proven.
"""

import argparse
import os
import statistics
import sys
from pathlib import Path

from benchmarks.routing import days, instances
from benchmarks.territory import IOWA

_SECONDS = 20.0
_GOAL = 1.0


def main() -> int:
    """Solve, print and compare; exit code 1 if a goal was missed, 2 without anything to solve."""
    parser = argparse.ArgumentParser(prog="make bench-routing", description="Routes beside the best that is known")
    parser.add_argument("--dir", type=Path, help="a folder of VRPLIB problems (.vrp) with their solutions (.sol)")
    parser.add_argument(
        "--seconds", type=float, nargs="+", default=[_SECONDS], help="processor time for each (default: 20)"
    )
    parser.add_argument("--days", type=int, default=500, help="how many days to draw and prove (default: 500)")
    parser.add_argument("--data-dir", type=Path, default=IOWA, help="where the Iowa data lie")
    options = parser.parse_args()
    if options.dir is None:
        return days.report(options.data_dir, options.days)
    problems = instances.named(options.dir)
    if not problems:
        print(f"no .vrp files with a .sol beside them in {options.dir}", file=sys.stderr)
        return 2
    met = [_solve(problems, seconds) for seconds in options.seconds]
    return 0 if all(met) else 1


def _solve(problems: list[Path], seconds: float) -> bool:
    load = os.getloadavg()[0]
    print(
        f"# {seconds:g} s for each of {len(problems)} problems; load {load:.1f} on {os.cpu_count()} cores", flush=True
    )
    gaps: list[float] = []
    for outcome in instances.outcomes(problems, seconds):
        gaps.append(outcome.gap)
        print(outcome.row, flush=True)
    print(f"mean gap {statistics.fmean(gaps):.2f} %", flush=True)
    return seconds < _SECONDS or statistics.fmean(gaps) <= _GOAL


if __name__ == "__main__":
    sys.exit(main())
