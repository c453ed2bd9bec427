"""`python -m benchmarks.plan [T1 T2 T3] [--data-dir DIR] [--write]`: six months of plans beside what is done by hand."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

from benchmarks.measuring import HEADER, Figure
from benchmarks.plan import six_months
from benchmarks.plan.by_hand import by_line, by_map, nearest_due
from benchmarks.plan.iowa import Territory, read_territory
from benchmarks.plan.six_months import Result
from benchmarks.sync.document import replace_table
from benchmarks.territory import ROOT

_DATA = ROOT.parent / "shared" / "data" / "iowa"
_MATCH, _FEWER_KM, _SPREAD, _SECONDS = 0.9, 0.8, 3, 10.0


def main() -> int:
    """Plan, print and compare; exit code 1 if a goal was missed."""
    parser = argparse.ArgumentParser(prog="make bench-plan", description="Month plans beside those made by hand")
    parser.add_argument("territories", nargs="*", default=["T1", "T2", "T3"])
    parser.add_argument("--data-dir", type=Path, default=_DATA, help="where the public data lie")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    if not options.data_dir.exists():
        print(f"skipped: the public data are not at {options.data_dir}", file=sys.stderr)
        return 0
    rows: list[Figure] = []
    print(HEADER)
    for name in options.territories:
        for figure in _figures(read_territory(options.data_dir, name)):
            rows.append(figure)
            print(figure.row, flush=True)
    if options.write:
        replace_table("plan", "\n".join([HEADER, *(figure.row for figure in rows)]))
    return 0 if all(figure.met for figure in rows) else 1


def _figures(territory: Territory) -> Iterator[Figure]:
    lines, due = (
        six_months.run(territory, six_months.by_hand(by_line)),
        six_months.run(territory, six_months.by_hand(nearest_due)),
    )
    free = six_months.run(territory, six_months.by_hand(by_map))
    ours = six_months.run(territory, six_months.ours)
    better, name = min((sum(lines.km), "by line"), (sum(due.km), "nearest due"))
    classes = "/".join(str(territory.count(cadence)) for cadence in ("V1", "V2", "V3"))
    label = f"{territory.name}, {len(territory.shops)} shops ({classes})"
    km = sum(ours.km)
    yield Figure(f"{label}: kilometres of six months", f"{km:,.0f}", f"{better:,.0f}, {name}", f"{km / better:.2f}",
                 f"≤ {_FEWER_KM}", km / better <= _FEWER_KM)  # fmt: skip
    yield _for_information("… by line, fill the days", lines)
    yield _for_information("… nearest due first", due)
    yield _for_information("… one line by the map, no eye for order days", free)
    bound = sum(ours.at_least)
    yield Figure("… above the lower bound that the plan tells", f"{km / bound - 1:+.0%}", f"{bound:,.0f} km", f"{km / bound:.2f}", "—", True)  # fmt: skip
    yield Figure("… on the order day or the working day before", f"{ours.match:.1%}", f"{lines.match:.1%} by line, {due.match:.1%} nearest due",
                 "—", "≥ 90 %", ours.match >= _MATCH)  # fmt: skip
    yield Figure("… shops that get every visit they are owed", f"{ours.cadence:.1%}", f"{lines.cadence:.1%} by line, {due.cadence:.1%} nearest due",
                 "—", "100 %", ours.cadence >= 1)  # fmt: skip
    yield Figure("… stops between fullest and emptiest day, widest month", str(max(ours.spread)), f"{max(lines.spread)} by line, {max(due.spread)} nearest due",
                 "—", f"≤ {_SPREAD}", max(ours.spread) <= _SPREAD)  # fmt: skip
    yield Figure("… moved when five things came between, a month", f"{mean(ours.moved):.1f} of which {mean(ours.lost):.1f} had to",
                 f"{mean(lines.moved):.1f} by line, {mean(due.moved):.1f} nearest due", "—", "fewer", mean(ours.moved) < min(mean(lines.moved), mean(due.moved)))  # fmt: skip
    yield Figure("… processor time of a month, longest", f"{max(ours.processor):.1f} s", f"{max(ours.seconds):.1f} s by the clock", "—",
                 f"≤ {_SECONDS:.0f} s", max(ours.processor) <= _SECONDS)  # fmt: skip


def _for_information(name: str, result: Result) -> Figure:
    left = result.owed - result.placed
    facts = f"match {result.match:.1%}, spread {max(result.spread)}, {left} of {result.owed} visits without a day"
    return Figure(name, f"{sum(result.km):,.0f}", facts, "—", "—", True)


if __name__ == "__main__":
    sys.exit(main())
