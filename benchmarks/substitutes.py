"""Stand-ins judged on real shops: what its shops took more of when a SKU went from a whole territory.

A SKU is gone if the territory bought less than a twentieth of it in the quarter after a day, and ten shops or more in
the quarter before. Of each shop that ordered it on four days of that quarter, the SKU that grew most is looked for: of
the same category, at most 15 % another price, its growth less that of the shops without the one that went. A hit is a
stand-in among three that is that SKU. Everything after the day is hidden from the ranking.
"""

import csv
import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np

from app.domain.assortment.additions import Peers, compare_shops
from app.domain.assortment.substitutes import Offer, substitutes
from app.domain.assortment.territory import QUARTER_DAYS, Lines, read_territory
from app.domain.forecasting.arrays import Flags, Floats, Ints
from benchmarks.forecast import iowa
from benchmarks.measuring import Figure

_TERRITORIES = ("T1", "T2", "T3")
_FIRST_DAY, _ORIGINS = 480, 6
_GONE, _FEWEST_SHOPS, _FEWEST_DAYS = 0.05, 10, 4
_NAMED, _FEWEST, _PRICE_GAP = 3, 4, 0.15
_TREND = (0.3, 3.0)


@dataclass(slots=True)
class _Tally:
    cases: int = 0
    ours: int = 0
    most_sold: int = 0
    nearest: int = 0
    chance: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class _Day:
    """One territory on one day: quantities [shops, items] of the quarters before and after it, days with an order."""

    peers: Peers
    before: Floats
    after: Floats
    days: Floats
    classes: Ints
    prices: Ints


def measure(folder: Path) -> list[Figure]:
    """Return the row of the table."""
    tally = _Tally()
    for name in _TERRITORIES:
        lines, prices = iowa.read_lines(folder, name), _prices(folder, name)
        for number in range(_ORIGINS):
            _count(_day(lines, prices, _FIRST_DAY + QUARTER_DAYS * number), tally)
    most_sold, nearest, chance = (part / tally.cases for part in (tally.most_sold, tally.nearest, tally.chance))
    ours = tally.ours / tally.cases
    return [
        Figure(
            f"stand-ins: {tally.cases} times that a SKU went from a shop and all others, the SKU that grew most is one of three",
            f"{ours:.1%}",
            f"most sold {most_sold:.1%}, nearest price {nearest:.1%}, by chance {chance:.1%}",
            f"{ours / chance:.1f}",
            "above all",
            ours > max(most_sold, nearest, chance),
        )
    ]  # fmt: skip


def _prices(folder: Path, territory: str) -> Ints:
    """Return the cost of a bottle of each item in cents, in the order of `read_lines`; 0 where it is not known."""
    with gzip.open(folder / "products.csv.gz", "rt", encoding="utf-8", newline="") as file:
        cost = {row["item_no"]: row["bottle_cost_usd"] for row in csv.DictReader(file)}
    with gzip.open(folder / f"orders_{territory}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        names = sorted({row["item_no"] for row in csv.DictReader(file)})
    return np.array([round(100 * float(cost[name] or 0)) for name in names])


def _day(lines: iowa.Lines, prices: Ints, day: int) -> _Day:
    shape = (lines.store_count, len(lines.classes))

    def add(wanted: Flags, values: Floats) -> Floats:
        found = np.zeros(shape)
        np.add.at(found, (lines.stores[wanted], lines.items[wanted]), values[wanted])
        return found

    quarter = (lines.days <= day) & (lines.days > day - QUARTER_DAYS)
    columns = Lines(lines.stores, lines.items, lines.days + iowa.FIRST.toordinal(), lines.bottles)
    as_of: date = iowa.FIRST + timedelta(days=day)
    shops = [UUID(int=number) for number in range(shape[0])]
    return _Day(
        compare_shops(read_territory([columns], shops, range(shape[1]), as_of)),
        add(quarter, lines.bottles),
        add((lines.days > day) & (lines.days <= day + QUARTER_DAYS), lines.bottles),
        add(quarter, np.ones(len(lines.days))),
        lines.classes,
        prices,
    )


def _count(day: _Day, tally: _Tally) -> None:
    sold, later = day.before.sum(axis=0), day.after.sum(axis=0)
    gone = (later < _GONE * sold) & ((day.before > 0).sum(axis=0) >= _FEWEST_SHOPS) & (day.prices > 0)
    for item in np.flatnonzero(gone).tolist():
        near = np.abs(day.prices / day.prices[item] - 1) <= _PRICE_GAP
        others = np.flatnonzero(near & (day.classes == day.classes[item]) & (later > 0)).tolist()
        offers = {other: Offer(other, "1", int(day.prices[other])) for other in others if other != item}
        if len(offers) >= _FEWEST:
            _count_item(day, item, offers, tally)


def _count_item(day: _Day, item: int, offers: Mapping[int, Offer], tally: _Tally) -> None:
    without = day.before[:, item] <= 0
    trend = np.clip((day.after[without].sum(axis=0) + 1) / (day.before[without].sum(axis=0) + 1), *_TREND)
    missing = Offer(item, "1", int(day.prices[item]))
    for shop in np.flatnonzero(day.days[:, item] >= _FEWEST_DAYS).tolist():
        own = {one: float(day.before[shop, one]) / 13 for one in offers if day.before[shop, one] > 0}
        ranked = [
            one.product
            for one in substitutes(
                missing, tuple(offers.values()), day.peers, UUID(int=shop), own_weekly=own, without=(),
                price_gap=_PRICE_GAP, most=len(offers),
            )
        ]  # fmt: skip
        if len(ranked) < _FEWEST:
            continue
        grown = day.after[shop] - day.before[shop] * trend
        best = max(ranked, key=lambda one: (grown[one], -one))
        tally.cases += 1
        tally.chance += min(1.0, _NAMED / len(ranked)) * (grown[best] > 0)
        if grown[best] > 0:
            hits = [best in first for first in _firsts(day, item, ranked)]
            tally.ours, tally.most_sold, tally.nearest = (
                old + hit for old, hit in zip((tally.ours, tally.most_sold, tally.nearest), hits, strict=True)
            )


def _firsts(day: _Day, item: int, ranked: Sequence[int]) -> Iterator[Sequence[int]]:
    """Give three by our rank, by what the territory sells most, by nearness of the price."""
    sold = day.before.sum(axis=0)
    yield ranked[:_NAMED]
    yield sorted(ranked, key=lambda one: (-sold[one], one))[:_NAMED]
    yield sorted(ranked, key=lambda one: (abs(day.prices[one] - day.prices[item]), one))[:_NAMED]
