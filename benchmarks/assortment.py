"""`python -m benchmarks.assortment [--write]`: which SKUs shops took up in half a year, beside ten that were suggested.

The SKUs that each shop of T1 to T3 first bought in the half year after an origin are hidden with everything else of
that half year; ten SKUs are asked for as of the origin. A hit is one of the ten that the shop then took up. The weights
of the rank were fitted on the first two origins; the third was only measured.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from time import thread_time
from typing import Any
from uuid import UUID

import numpy as np

from app.bootstrap.application import close_application
from app.domain.assortment.additions import Peers, compare_shops
from app.domain.assortment.territory import Lines, Territory, read_territory
from app.domain.forecasting.arrays import Flags, Floats
from benchmarks import substitutes
from benchmarks.forecast import iowa
from benchmarks.measuring import HEADER, Figure, ms, p95, seconds
from benchmarks.sync.document import replace_table
from benchmarks.territory import IOWA, TODAY, open_t1

_TERRITORIES = ("T1", "T2", "T3")
_FITTED = (date(2020, 10, 31), date(2021, 4, 30))
_MEASURED = date(2021, 10, 31)
_AHEAD = 182
_ASKED = 10


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One territory on one day: what is known then, and what each shop took up later (once, and again)."""

    territory: Territory
    known: Flags
    """bought at any time up to the day"""
    taken_up: Flags
    again: Flags
    """taken up and bought on another day of the half year too"""


@dataclass(frozen=True, slots=True)
class Score:
    """Of the shops that took anything up: with a hit among ten, hits among ten, share of what they took up, kept."""

    hit_rate: float
    precision: float
    recall: float
    again: float


_BARE_YEAR = """
SELECT o.customer_id, o.order_date, l.product_no, l.qty FROM purchase_order o JOIN order_line l ON l.order_id = o.id
WHERE o.order_date > ?
"""
_ACTIVE = "SELECT DISTINCT customer_id FROM purchase_order WHERE order_date > '2022-01-29' ORDER BY customer_id"
_BARE_SHOP = """
SELECT o.order_date, l.product_no, l.qty FROM purchase_order o JOIN order_line l ON l.order_id = o.id
WHERE o.customer_id = ?
"""
Picks = Callable[[Trial], Sequence[Sequence[int]]]
"""Ten columns for each shop, best first; fewer where fewer are known."""


def measure(folder: Path) -> list[Figure]:
    """Return the rows of the table."""
    trials = {
        day: [_trial(iowa.read_lines(folder, name), day) for name in _TERRITORIES] for day in (*_FITTED, _MEASURED)
    }
    rows: list[Figure] = []
    for day, of_day in trials.items():
        ours, sold, spread = (
            _mean([_judge(one, picks) for one in of_day]) for picks in (_ours, _most_sold, _most_shops)
        )
        label = "measured" if day == _MEASURED else "fitted"
        rows += _figures(f"{day:%Y-%m-%d} ({label})", ours, sold, spread)
    rows.append(_speed([one.territory for one in trials[_MEASURED]], folder))
    return [*rows, *substitutes.measure(folder), *_from_the_store()]


def _trial(lines: iowa.Lines, day: date) -> Trial:
    shape = (lines.store_count, len(lines.classes))
    at = lines.days + iowa.FIRST.toordinal() - day.toordinal()
    columns = Lines(lines.stores, lines.items, lines.days + iowa.FIRST.toordinal(), lines.bottles)
    territory = read_territory([columns], [UUID(int=n) for n in range(shape[0])], range(shape[1]), day)

    def count(wanted: Flags) -> np.ndarray:
        place = lines.stores[wanted].astype(np.int64) * shape[1] + lines.items[wanted]
        return np.bincount(place, minlength=shape[0] * shape[1]).reshape(shape)

    known = count(at <= 0) > 0
    later = count((at > 0) & (at <= _AHEAD))
    return Trial(territory, known, (later > 0) & ~known, (later > 1) & ~known)


def _ours(trial: Trial) -> Sequence[Sequence[int]]:
    peers = compare_shops(trial.territory)
    return [_first_ten(peers, shop, np.flatnonzero(trial.known[at])) for at, shop in enumerate(trial.territory.shops)]


def _first_ten(peers: Peers, shop: UUID, carried: np.ndarray) -> list[int]:
    found = peers.additions(shop, carried.tolist())
    return [one.product for one, _ in zip(found, range(_ASKED), strict=False)]


def _most_sold(trial: Trial) -> Sequence[Sequence[int]]:
    return _ranked(trial, trial.territory.quarter.sum(axis=0))


def _most_shops(trial: Trial) -> Sequence[Sequence[int]]:
    return _ranked(trial, trial.territory.sells.sum(axis=0))


def _ranked(trial: Trial, value: Floats) -> Sequence[Sequence[int]]:
    order = [trial.territory.skus[at] for at in np.argsort(-value, kind="stable").tolist() if value[at] > 0]
    return [[column for column in order if not known[column]][:_ASKED] for known in trial.known]


def _judge(trial: Trial, picks: Picks) -> Score:
    counted = (trial.territory.width > 0) & trial.taken_up.any(axis=1)
    chosen = [ten for ten, counts in zip(picks(trial), counted, strict=True) if counts]
    taken, kept = trial.taken_up[counted], trial.again[counted]
    hits = np.array([took[list(ten)].sum() for ten, took in zip(chosen, taken, strict=True)])
    again = np.array([took[list(ten)].sum() for ten, took in zip(chosen, kept, strict=True)])
    return Score(
        float((hits > 0).mean()),
        float(hits.mean()) / _ASKED,
        float((hits / taken.sum(axis=1)).mean()),
        float(again.mean()) / _ASKED,
    )


def _mean(scores: Sequence[Score]) -> Score:
    return Score(
        *(
            sum(getattr(one, name) for one in scores) / len(scores)
            for name in ("hit_rate", "precision", "recall", "again")
        )
    )


def _figures(label: str, ours: Score, sold: Score, spread: Score) -> list[Figure]:
    names = {
        "hit_rate": "shops with a hit among ten",
        "precision": "hits among the ten",
        "recall": "share of what the shops took up",
        "again": "of the ten, taken up and bought again",
    }
    return [
        Figure(
            f"assortment {label}: {words}",
            f"{getattr(ours, name):.1%}",
            f"most sold {getattr(sold, name):.1%}, in most shops {getattr(spread, name):.1%}",
            f"{getattr(ours, name) / getattr(sold, name):.1f}",
            "above both",
            getattr(ours, name) > max(getattr(sold, name), getattr(spread, name)),
        )
        for name, words in names.items()
    ]


def _speed(territories: Sequence[Territory], folder: Path) -> Figure:
    took: list[float] = []
    for name, territory in zip(_TERRITORIES, territories, strict=True):
        lines = iowa.read_lines(folder, name)
        columns = Lines(lines.stores, lines.items, lines.days + iowa.FIRST.toordinal(), lines.bottles)
        start = thread_time()
        compare_shops(read_territory([columns], territory.shops, range(len(lines.classes)), _MEASURED))
        took.append(thread_time() - start)
    start = thread_time()
    peers = compare_shops(territories[0])
    shared = thread_time() - start
    each: list[float] = []
    for at, shop in enumerate(territories[0].shops):
        start = thread_time()
        _first_ten(peers, shop, np.array(territories[0].skus)[territories[0].recency[at] > 0])
        each.append(thread_time() - start)
    return Figure(
        "assortment: ranks of all shops of a territory, lines in memory, processor time",
        f"{max(took):.2f} s",
        f"of it without adding the lines up {shared:.2f} s; then a shop {median(each) * 1000:.1f} ms",
        "—",
        "< 1 s",
        max(took) < 1,
    )


def _from_the_store() -> list[Figure]:
    """Measure what the program waits for: the year of T1 once a day, then each shop with everything that is shown."""
    application = open_t1()
    assortments = application.assortments
    with application.database.look() as cursor:
        bare = seconds(lambda: cursor.execute(_BARE_YEAR, (TODAY.replace(year=TODAY.year - 1).isoformat(),)).fetchall())
        shops = [UUID(row[0]) for row in cursor.execute(_ACTIVE).fetchall()]
        own = sorted(_busy(partial(_lines_of, cursor, shop)) for shop in shops)
    once = seconds(assortments.prepare)
    each = sorted(_busy(partial(assortments.read, shop)) for shop in shops)
    close_application(application)
    plain, middle = median(own), median(each)
    return [
        Figure(
            "assortment from the store of T1: the territory, once a day beside the window",
            f"{once:.2f} s", f"the lines of the year by bare SQL {bare:.2f} s", f"{once / bare:.1f}", "—", True,
        ),
        Figure(
            "… then one shop in the visit, median, processor time",
            ms(middle), f"its order lines by bare SQL {ms(plain)}", f"{middle / plain:.1f}", "≤ 50 ms", middle <= 0.05,
        ),
        Figure(
            "… 95th percentile", ms(p95(each)), ms(p95(own)), f"{p95(each) / p95(own):.1f}", "—", True,
        ),
    ]  # fmt: skip


def _busy(work: Callable[[], object]) -> float:
    """Return the processor time of some work: a machine that is busy with other things says nothing about it."""
    start = thread_time()
    work()
    return thread_time() - start


def _lines_of(cursor: Any, shop: UUID) -> None:
    cursor.execute(_BARE_SHOP, (shop.hex,)).fetchall()


def main() -> int:
    """Print the table; exit code 1 if a goal was missed."""
    parser = argparse.ArgumentParser(prog="make bench-assortment", description="SKUs to add, measured")
    parser.add_argument("--data-dir", type=Path, default=IOWA, help="where the territories of Iowa lie")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    if not options.data_dir.exists():
        print(f"skipped: the public data are not at {options.data_dir}", file=sys.stderr)
        return 0
    rows = measure(options.data_dir)
    table = "\n".join([HEADER, *(figure.row for figure in rows)])
    print(table)
    if options.write:
        replace_table("assortment", table)
    return 0 if all(figure.met for figure in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
