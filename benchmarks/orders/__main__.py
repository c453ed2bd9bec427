"""`python -m benchmarks.orders [--data-dir DIR] [--write]`: order guidance replayed beside plain rules."""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from app.domain.replenishment import comparing
from app.domain.replenishment.comparing import Comparison, Point
from app.domain.replenishment.learnt import PUBLIC
from benchmarks.measuring import HEADER, Figure
from benchmarks.orders.iowa import read_territory, world_of
from benchmarks.sync.document import replace_table
from benchmarks.territory import ROOT

_DATA = ROOT.parent / "shared" / "data" / "iowa"
_TERRITORY = "T1"
_LESS_STOCK, _FEWER_OUT, _SUPPLIED = 0.85, 2 / 3, 0.8
_WORLDS = ((True, "each sold on a day drawn from its days"), (False, "sold at equal distances"))


def main() -> int:
    """Replay, print and compare; exit code 1 if a goal was missed."""
    parser = argparse.ArgumentParser(prog="make bench-orders", description="Order guidance beside plain rules")
    parser.add_argument("--data-dir", type=Path, default=_DATA, help="where the public data lie")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    if not options.data_dir.exists():
        print(f"skipped: the public data are not at {options.data_dir}", file=sys.stderr)
        return 0
    rows: list[Figure] = []
    print(HEADER)
    for figure in _figures(options.data_dir):
        rows.append(figure)
        print(figure.row, flush=True)
    if options.write:
        replace_table("orders", "\n".join([HEADER, *(figure.row for figure in rows)]))
    return 0 if all(figure.met for figure in rows) else 1


def _figures(folder: Path) -> Iterator[Figure]:
    begun = time.process_time()
    lines = read_territory(folder, _TERRITORY)
    for by_chance, how in _WORLDS:
        world = world_of(lines, by_chance=by_chance)
        for supplied in (1.0, _SUPPLIED) if by_chance else (1.0,):
            found = comparing.compare(world, PUBLIC, supplied)
            limits = "no limits" if supplied == 1 else f"each shop gets {supplied:.0%} of what the rule wants"
            where = f"{_TERRITORY}, {len(world.shops):,} pairs, 26 weeks, {limits}; orders {how}"
            yield Figure(f"{where}: our advice by service level (fill, mean stock a pair, pair-weeks with a lost sale)",
                         "; ".join(map(_told, found.ours)), "—", "—", "—", True)  # fmt: skip
            for rule in found.rules:
                yield from _beside(found, rule)
    yield Figure("the whole run: CPU time", f"{time.process_time() - begun:.0f} s", "—", "—", "≤ 180 s",
                 time.process_time() - begun <= 180)  # fmt: skip


def _beside(found: Comparison, rule: Point) -> Iterator[Figure]:
    """Yield the stock at the rule's fill, and the stock-outs at the rule's stock."""
    stock, outs = found.stock_at(rule.outcome.fill), found.stock_outs_at(rule.outcome.stock)
    is_goal = rule.name in comparing.GOALS
    for what, ours, theirs, goal, shown in (
        ("stock at equal fill", stock, rule.outcome.stock, _LESS_STOCK, "{:.2f}"),
        ("stock-outs at equal stock", outs, rule.outcome.stock_outs, _FEWER_OUT, "{:.2%}"),
    ):
        if ours is None:
            yield Figure(f"… {rule.name}: {what}", "outside our curve", _told(rule), "—", "—", True)
            continue
        wanted = f"≤ {goal:.2f}" if is_goal else "—"
        yield Figure(f"… {rule.name}: {what}", shown.format(ours), f"{shown.format(theirs)}; {_told(rule)}",
                     f"{ours / theirs:.2f}", wanted, not is_goal or ours / theirs <= goal)  # fmt: skip


def _told(point: Point) -> str:
    at = point.outcome
    return f"{point.name}: {at.fill:.1%}, {at.stock:.2f}, {at.stock_outs:.1%}"


if __name__ == "__main__":
    sys.exit(main())
