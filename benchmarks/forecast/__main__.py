"""`python -m benchmarks.forecast [PART…] [--data-dir DIR] [--write]`: forecasts beside plain and published methods."""

import argparse
import sys
from pathlib import Path

from benchmarks.forecast import beside_autoets, festivals, published, speed, territories
from benchmarks.measuring import HEADER, Figure
from benchmarks.sync.document import replace_table
from benchmarks.territory import ROOT

_DATA = ROOT.parent / "shared" / "data"


def main() -> int:
    """Run what was named, or everything; exit code 1 if a goal was missed."""
    parts = {
        "published": lambda data: published.measure(data / "forecast"),
        "iowa": lambda data: territories.measure(data / "iowa"),
        "autoets": lambda data: beside_autoets.measure(data / "iowa"),
        "festivals": lambda _: festivals.measure(),
        "speed": lambda data: speed.measure(data / "iowa"),
    }
    parser = argparse.ArgumentParser(
        prog="make bench-forecast", description="Forecasts beside plain and published ones"
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"which: {', '.join(parts)} (default: all)")
    parser.add_argument("--data-dir", type=Path, default=_DATA, help="where the public data lie")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    if not options.data_dir.exists():
        print(f"skipped: the public data are not at {options.data_dir}", file=sys.stderr)
        return 0
    rows: list[Figure] = []
    print(HEADER)
    for name in options.parts or parts:
        for figure in parts[name](options.data_dir):
            rows.append(figure)
            print(figure.row, flush=True)
    if options.write:
        replace_table("forecast", "\n".join([HEADER, *(figure.row for figure in rows)]))
    return 0 if all(figure.met for figure in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
