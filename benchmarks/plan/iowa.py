"""A territory of the State of Iowa as a manager's: shops with order days and classes, a home, working days.

What the data do not say is assumed, the same for every method: visits of 20 minutes, 10 hours on the road and in shops,
14 stops a day at most, roads 1.35 times as long as straight lines, 40 km/h in the city (T1) and 60 in the country (T2,
T3). Home is the territory's medoid. A shop without coordinates lies in the middle of its city's shops. Classes go by
purchases of a year: the domain's 20/30/50 % do not fit into 14 stops a day, so V1 and V2 are the largest shares, two to
three, with which the visits of the shortest month are 13 a day.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from uuid import UUID

from app.domain.geo import GeoPoint, TravelRules
from app.domain.planning.needs import needs_of
from app.domain.planning.problem import MonthProblem, PlanShop, WorkDay
from app.domain.planning.travel import straight_matrix

MONTHS = tuple(date(2022, month, 1) for month in range(5, 11))
STOPS, MEAN_STOPS, MINUTES, VISIT_MINUTES = 14, 13, 600, 20
_ACTIVE_SINCE, _YEAR_SINCE = "2022-01-31", "2021-05-01"
EVERY = {"V1": 7, "V2": 14, "V3": 30}
_SPEED = {"T1": 40.0, "T2": 60.0, "T3": 60.0}
_SHORTEST_MONTH = 21
_VISITS = {"V1": 5, "V2": 2, "V3": 1}


@dataclass(frozen=True, slots=True)
class Territory:
    """Shops with their classes, the home, and how one travels."""

    name: str
    shops: tuple[PlanShop, ...]
    home: GeoPoint
    travel: TravelRules

    def month(self, first: date, shops: Sequence[PlanShop] | None = None) -> MonthProblem:
        """Return a month to plan, with the shops as they are by then."""
        shops, days = tuple(shops or self.shops), working_days(first)
        return MonthProblem(first, shops, needs_of(shops, (), days), days, self.home, self.home, self.travel)

    def count(self, cadence: str) -> int:
        """Return how many shops are of a class."""
        return sum(shop.cadence == cadence for shop in self.shops)


def working_days(first: date) -> tuple[WorkDay, ...]:
    """Return Monday to Friday of a month."""
    days = (first + timedelta(days=step) for step in range(31))
    return tuple(WorkDay(day, STOPS, MINUTES) for day in days if day.month == first.month and day.isoweekday() <= 5)


def read_territory(folder: Path, name: str) -> Territory:
    """Read the shops that ordered in the last 90 days."""
    with gzip.open(folder / "stores.csv.gz", "rt", encoding="utf-8") as lines:
        stores = list(csv.DictReader(lines))
    rows = [row for row in stores if row["territory"] == name and row["last_order_date"] >= _ACTIVE_SINCE]
    bought = _purchases(folder, name)
    rows.sort(key=lambda row: (-bought[row["store_no"]], row["store_no"]))
    by_city: dict[str, list[GeoPoint]] = defaultdict(list)
    for row in rows:
        if row["lat"]:
            by_city[row["city"]].append(GeoPoint(float(row["lat"]), float(row["lon"])))
    everywhere = [point for points in by_city.values() for point in points]
    classes = _classes(len(rows))
    shops = tuple(
        _shop(number, row, cadence, by_city[row["city"]] or everywhere)
        for number, (row, cadence) in enumerate(zip(rows, classes, strict=True), 1)
    )
    points = [shop.point for shop in shops if shop.point is not None]
    home = points[int(straight_matrix(points).sum(axis=1).argmin())]
    return Territory(name, shops, home, TravelRules(speed_kmh=_SPEED[name]))


def with_plan(shops: Sequence[PlanShop], visited: dict[UUID, date]) -> tuple[PlanShop, ...]:
    """Return the shops a month later: when each was visited last, and on which weekday."""
    return tuple(
        replace(shop, last_visit=visited[shop.id], usual_weekday=visited[shop.id].isoweekday())
        if shop.id in visited
        else shop
        for shop in shops
    )


def _purchases(folder: Path, name: str) -> dict[str, float]:
    bought: dict[str, float] = defaultdict(float)
    with gzip.open(folder / f"orders_{name}.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["order_date"] >= _YEAR_SINCE:
                bought[row["store_no"]] += float(row["sale_usd"])
    return bought


def _classes(count: int) -> list[str]:
    """Return the class of each shop, the largest buyer first: as many V1 and V2 as the shortest month has room for."""
    room = MEAN_STOPS * _SHORTEST_MONTH
    first = max(
        few for few in range(count // 5 + 1)
        if few * _VISITS["V1"] + few * 3 // 2 * _VISITS["V2"] + (count - few - few * 3 // 2) <= room
    )  # fmt: skip
    second = first * 3 // 2
    return ["V1"] * first + ["V2"] * second + ["V3"] * (count - first - second)


def _shop(number: int, row: dict[str, str], cadence: str, neighbours: Sequence[GeoPoint]) -> PlanShop:
    known = bool(row["lat"])
    point = (
        GeoPoint(float(row["lat"]), float(row["lon"]))
        if known
        else GeoPoint(median(place.lat for place in neighbours), median(place.lon for place in neighbours))
    )
    weekday = int(row["modal_weekday"]) if row["modal_weekday"] else None
    return PlanShop(
        UUID(int=number), row["store_no"], row["name"], point, not known, cadence, EVERY[cadence],
        weekday if weekday and weekday <= 5 else None, VISIT_MINUTES,
    )  # fmt: skip
