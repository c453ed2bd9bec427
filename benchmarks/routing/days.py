"""Days drawn from the territories of Iowa: how many of our routes are the shortest that there is, proven."""

import csv
import gzip
import os
import random
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from time import thread_time

import numpy as np
from numpy.typing import NDArray

from app.domain.geo import GeoPoint, point_of
from app.domain.planning.problem import WorkDay
from app.domain.planning.router import RouteStop, route_day
from app.domain.planning.travel import straight_matrix, travel_matrix
from benchmarks.routing.proof import Proof, shortest_path, shortest_round

_TERRITORIES = ("T1", "T2", "T3")
_FEWEST, _MOST = 8, 30
_SEED = 1
_OPTIMAL, _SECONDS = 0.95, 0.5


@dataclass(frozen=True, slots=True)
class Drawn:
    """A day: where it begins, its shops, whether the way home counts."""

    territory: str
    start: GeoPoint
    shops: tuple[GeoPoint, ...]
    goes_home: bool
    is_spread: bool

    @property
    def metres(self) -> NDArray[np.int64]:
        """The ways by road between the start (place 0) and the shops."""
        return np.round(travel_matrix([self.start, *self.shops]).km * 1000).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Tried:
    """How long our route of a day is, the seconds of processor time it took, and what was proven."""

    day: Drawn
    metres: int
    cpu: float
    proof: Proof

    @property
    def is_optimal(self) -> bool:
        """Whether no route is shorter, proven."""
        return self.proof.is_complete and self.metres == self.proof.least


def report(data: Path, count: int) -> int:
    """Draw, plan and prove; print the table. Exit code 1 if a goal was missed."""
    if not (data / "stores.csv.gz").exists():
        print(f"skipped: the Iowa data are not at {data}", file=sys.stderr)
        return 0
    load = os.getloadavg()[0]
    print(f"# {count} days of {_FEWEST} to {_MOST} stops; load {load:.1f} on {os.cpu_count()} cores", flush=True)
    tried: list[Tried] = []
    for day in drawn(data, count):
        tried.append(_tried(day))
        if len(tried) % 50 == 0:
            print(f"… {len(tried)} days, {sum(one.is_optimal for one in tried)} proven shortest", flush=True)
    print("\n| days | count | proven shortest | longer than the shortest | not proven | median | slowest |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, part in _parts(tried):
        print(_row(name, part), flush=True)
    share, slowest = sum(one.is_optimal for one in tried) / len(tried), max(one.cpu for one in tried)
    print(f"\nproven shortest {share:.1%} (goal ≥ {_OPTIMAL:.0%}), slowest {slowest:.2f} s of processor time")
    return 0 if share >= _OPTIMAL and slowest <= _SECONDS else 1


def drawn(data: Path, count: int) -> Iterator[Drawn]:
    """Draw days: each territory in turn; shops from all of it or those around one; with and without a way home.

    The day begins at the territory's medoid, the shop with the least sum of distances to all others.
    """
    shops = {name: list(_shops(data / "stores.csv.gz", name)) for name in _TERRITORIES}
    start = {name: points[int(straight_matrix(points).sum(axis=0).argmin())] for name, points in shops.items()}
    chance = random.Random(_SEED)
    for number in range(count):
        name = _TERRITORIES[number % len(_TERRITORIES)]
        size, is_spread, goes_home = chance.randint(_FEWEST, _MOST), chance.random() < 0.5, chance.random() < 0.5
        known = [point for point in shops[name] if point != start[name]]
        if is_spread:
            chosen = chance.sample(known, size)
        else:
            middle = chance.randrange(len(known))
            chosen = [known[index] for index in np.argsort(straight_matrix(known)[middle], kind="stable")[:size]]
        yield Drawn(name, start[name], tuple(chosen), goes_home, is_spread)


def _shops(file: Path, territory: str) -> Iterator[GeoPoint]:
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            point = point_of(float(row["lat"]), float(row["lon"])) if row["lat"] else None
            if row["territory"] == territory and point is not None:
                yield point


def _tried(day: Drawn) -> Tried:
    stops = [RouteStop(str(number), point, 10) for number, point in enumerate(day.shops)]
    work = WorkDay(date(2022, 4, 29), _MOST, 600)
    begun = thread_time()
    route = route_day(stops, work, day.start, day.start if day.goes_home else None)
    cpu = thread_time() - begun
    path = [0, *(index + 1 for index in route.order), *([0] if day.goes_home else [])]
    metres = sum(int(day.metres[a, b]) for a, b in pairwise(path))
    proof = shortest_round(day.metres, metres) if day.goes_home else shortest_path(day.metres, metres, origin=0)
    return Tried(day, metres, cpu, proof)


def _parts(tried: list[Tried]) -> Iterator[tuple[str, list[Tried]]]:
    for low, high in ((8, 13), (14, 20), (21, 30)):
        yield f"{low} to {high} stops", [one for one in tried if low <= len(one.day.shops) <= high]
    yield "shops from the whole territory", [one for one in tried if one.day.is_spread]
    yield "neighbouring shops", [one for one in tried if not one.day.is_spread]
    yield "with the way home", [one for one in tried if one.day.goes_home]
    yield "ending at the last shop", [one for one in tried if not one.day.goes_home]
    yield "all", tried


def _row(name: str, part: list[Tried]) -> str:
    if not part:
        return f"| {name} | 0 | — | — | — | — | — |"
    best = sum(one.is_optimal for one in part)
    longer = sum(one.metres > one.proof.least for one in part)
    median, slowest = statistics.median(one.cpu for one in part), max(one.cpu for one in part)
    return (
        f"| {name} | {len(part)} | {best / len(part):.1%} | {longer} | {len(part) - best - longer} "
        f"| {median:.2f} s | {slowest:.2f} s |"
    )
