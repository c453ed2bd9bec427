"""How much the random tests try: little for every run, much for a soak; and the soak itself.

`python -m tests.sync.soak [--minutes N] [SUITE ...]` runs the long forms and writes what was tried and lost into
docs/reliability.md. `ZOUFANG_SOAK=1` alone turns the long forms on, `ZOUFANG_SOAK_SCALE` makes them longer or shorter.
"""

import argparse
import os
import sys

SOAK = bool(os.environ.get("ZOUFANG_SOAK"))
_SCALE = float(os.environ.get("ZOUFANG_SOAK_SCALE") or 1)


def tries(short: int, soak: int, name: str = "") -> int:
    """Return how many tries; an environment variable of that name has the last word.

    Where the soak's number is the lower one it is a step: every eleventh point in short, every point in the soak.
    """
    given = os.environ.get(name) if name else None
    if given:
        return int(given)
    if not SOAK:
        return short
    return max(short, round(soak * _SCALE)) if soak > short else min(short, max(soak, round(soak / _SCALE)))


def main(arguments: list[str]) -> int:
    """Run the suites that are named, or all of them."""
    from tests.sync.soak_run import HOUR, SUITES, run

    parser = argparse.ArgumentParser(prog="python -m tests.sync.soak", description="Try the faults of sync for long.")
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"of {', '.join(SUITES)}; default: all")
    parser.add_argument("--minutes", type=float, default=HOUR, help="about how long in all (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    unknown = set(chosen.suites) - SUITES.keys()
    if unknown:
        parser.error(f"no such suite: {', '.join(sorted(unknown))}; there are {', '.join(SUITES)}")
    return run(chosen.suites or list(SUITES), chosen.minutes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
