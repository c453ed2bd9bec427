"""`python -m benchmarks.plan [T1 T2 T3] [--data-dir DIR] [--write]`: six months of plans beside what is done by hand."""

import argparse
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import mean

from benchmarks.measuring import HEADER, Figure
from benchmarks.plan import six_months
from benchmarks.plan.bound import least_of_month
from benchmarks.plan.by_hand import by_line, by_map, nearest_due
from benchmarks.plan.iowa import MONTHS, Territory, read_territory
from benchmarks.plan.six_months import Result
from benchmarks.plan.variations import Variation, with_holidays, with_trade_shares
from benchmarks.sync.document import replace_table
from benchmarks.territory import ROOT

_DATA = ROOT.parent / "shared" / "data" / "iowa"
_WITH_HOLIDAYS = "T1"
"""The territory that is planned in a month with holidays too."""
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
        territory = read_territory(options.data_dir, name)
        harder = [with_trade_shares(territory)]
        if name == _WITH_HOLIDAYS:
            harder.insert(0, with_holidays(territory))
        for figure in chain(_figures(territory), *map(_figures_of, harder)):
            rows.append(figure)
            print(figure.row, flush=True)
    if options.write:
        replace_table("plan", "\n".join([HEADER, *(figure.row for figure in rows)]))
    return 0 if all(figure.met for figure in rows) else 1


def _figures(territory: Territory) -> Iterator[Figure]:
    lines, due, free = (
        six_months.run(territory, six_months.by_hand(method)) for method in (by_line, nearest_due, by_map)
    )
    ours = six_months.run(territory, six_months.ours)
    classes = "/".join(str(territory.count(cadence)) for cadence in ("V1", "V2", "V3"))
    label = f"{territory.name}, {len(territory.shops)} shops ({classes}): kilometres of six months"
    yield from _kilometres(label, ours, lines, due)
    yield _for_information("… one line by the map, no eye for order days", free)
    yield _above("… above the lower bound that the plan tells", sum(ours.km), sum(ours.at_least))
    may = ours.km[0]
    bound = least_of_month(territory.month(MONTHS[0]), match=_MATCH, spread=_SPREAD, near=may)
    yield _above("… May above the least that any month with these goals has", may, bound)
    yield from _goals(ours, lines, due)
    yield Figure("… moved when five things came between, a month", f"{mean(ours.moved):.1f} of which {mean(ours.lost):.1f} had to",
                 f"{mean(lines.moved):.1f} by line, {mean(due.moved):.1f} nearest due", "—", "fewer", mean(ours.moved) < min(mean(lines.moved), mean(due.moved)))  # fmt: skip


def _figures_of(variation: Variation) -> Iterator[Figure]:
    """Yield the figures of one month, with the same goals as those of the six."""
    lines, due, ours = (
        six_months.once(variation.problem, method)
        for method in (six_months.by_hand(by_line), six_months.by_hand(nearest_due), six_months.ours)
    )
    yield from _kilometres(f"{variation.label}: kilometres", ours, lines, due)
    yield from _goals(ours, lines, due)


def _kilometres(label: str, ours: Result, lines: Result, due: Result) -> Iterator[Figure]:
    better, name = min((sum(lines.km), "by line"), (sum(due.km), "nearest due"))
    km = sum(ours.km)
    yield Figure(
        label, f"{km:,.0f}", f"{better:,.0f}, {name}", f"{km / better:.3f}", f"≤ {_FEWER_KM}", km / better <= _FEWER_KM
    )
    yield _for_information("… by line, fill the days", lines)
    yield _for_information("… nearest due first", due)


def _goals(ours: Result, lines: Result, due: Result) -> Iterator[Figure]:
    def beside(name: str, measured: str, rivals: str, goal: str, *, met: bool) -> Figure:
        return Figure(name, measured, rivals, "—", goal, met)

    yield beside("… on the order day or the working day before", f"{ours.match:.1%}",
                 f"{lines.match:.1%} by line, {due.match:.1%} nearest due", "≥ 90 %", met=ours.match >= _MATCH)  # fmt: skip
    yield beside("… shops that get every visit they are owed", f"{ours.cadence:.1%}",
                 f"{lines.cadence:.1%} by line, {due.cadence:.1%} nearest due", "100 %", met=ours.cadence >= 1)  # fmt: skip
    yield beside("… stops between fullest and emptiest day, widest month", str(max(ours.spread)),
                 f"{max(lines.spread)} by line, {max(due.spread)} nearest due", f"≤ {_SPREAD}", met=max(ours.spread) <= _SPREAD)  # fmt: skip
    yield Figure("… processor time of a month, longest", f"{max(ours.processor):.1f} s", f"{max(ours.seconds):.1f} s by the clock", "—",
                 f"≤ {_SECONDS:.0f} s", max(ours.processor) <= _SECONDS)  # fmt: skip


def _above(name: str, km: float, bound: float) -> Figure:
    return Figure(name, f"{km / bound - 1:+.0%}", f"{bound:,.0f} km", f"{km / bound:.2f}", "—", True)


def _for_information(name: str, result: Result) -> Figure:
    left = result.owed - result.placed
    facts = f"match {result.match:.1%}, spread {max(result.spread)}, {left} of {result.owed} visits without a day"
    return Figure(name, f"{sum(result.km):,.0f}", facts, "—", "—", True)


if __name__ == "__main__":
    sys.exit(main())
