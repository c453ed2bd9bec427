"""The days of a month with the visits on them, and what each further visit would cost; the desk the search works at.

Costs are those of `Weights`: an order day missed, a stop outside the even band, ten for each kilometre by road. Days
are columns, so that the price of a visit on every day of the month is one pass of numpy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from math import floor
from typing import TypeAlias
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from app.domain.geo import EARTH_RADIUS_KM, GeoPoint, TravelRules
from app.domain.planning.needs import is_cadence, least_gap
from app.domain.planning.problem import MonthProblem, Need, PlanShop, WorkDay

Floats: TypeAlias = NDArray[np.float64]

SPREAD = 3
"""Stops between the fullest and the emptiest whole day before the load counts as uneven."""
START, END, _FAR, _FIRST = 0, 1, 2, 3
_NOWHERE = -1
_MONTH = 31
_OUTSIDE = 30.0
"""How many times `Weights.load` a stop outside the even band costs; grows with the square."""
NO_DAY = 1e6
"""Cost of a visit that has no day: more than anything else can be worth."""


def matching_days(order_weekday: int | None, days: Sequence[date]) -> frozenset[date]:
    """Return the working days that suit an order weekday: the order day, or the working day before it.

    Where the order day falls on a day off, the last working day before it. All match for a shop without an order day.
    """
    if order_weekday is None:
        return frozenset(days)
    matching: set[date] = set()
    last = max(days, default=date.min)
    for before, day in zip([None, *days], days, strict=False):
        if day.isoweekday() == order_weekday:
            matching.add(day)
        if before is not None and any(
            (before + timedelta(days=step)).isoweekday() == order_weekday for step in range(1, (day - before).days + 1)
        ):
            matching.add(before)
    # The month ends, but the order day after it is near: the next working day is taken to be the next weekday.
    if last != date.min:
        ahead = range(1, 4 if last.isoweekday() == 5 else 2)  # noqa: PLR2004
        if any((last + timedelta(days=step)).isoweekday() == order_weekday for step in ahead):
            matching.add(last)
    return frozenset(matching)


def days_off(deadline: date, day: date) -> int:
    """Return how many days a visit comes after its deadline; one before it, when there was no room, counts a month."""
    after = (day - deadline).days
    return after if after >= 0 else _MONTH - after


def road_matrix(points: Sequence[GeoPoint], rules: TravelRules) -> Floats:
    """Return the kilometres by road between all points."""
    lat = np.radians(np.array([point.lat for point in points], dtype=float))
    lon = np.radians(np.array([point.lon for point in points], dtype=float))
    half_lat = np.sin((lat[:, None] - lat) / 2) ** 2
    half_lon = np.sin((lon[:, None] - lon) / 2) ** 2
    chord = np.sqrt(np.clip(half_lat + np.cos(lat)[:, None] * np.cos(lat) * half_lon, 0, 1))
    return 2 * EARTH_RADIUS_KM * np.arcsin(chord) * rules.road_factor


@dataclass(frozen=True, slots=True)
class Price:
    """What a visit would cost on each day (infinite where a hard rule forbids it), and its best place in the tour."""

    costs: Floats
    places: NDArray[np.intp]


class Board:
    """Who is visited on which day, in which order; the only thing that the search changes."""

    def __init__(self, problem: MonthProblem) -> None:
        self.problem = problem
        self.needs: tuple[Need, ...] = problem.needs
        self.days: tuple[WorkDay, ...] = tuple(sorted(problem.days, key=lambda day: day.day))
        self.dates = [day.day for day in self.days]
        shops = {shop.id: shop for shop in problem.shops}
        self.shops: list[PlanShop] = [shops[need.shop] for need in self.needs]
        self._measure(shops)
        self._pair_siblings()
        self._price_days()
        count = len(self.days)
        self.day_of = [_NOWHERE] * len(self.needs)
        self.tours: list[list[int]] = [[] for _ in range(count)]
        self.unmapped: list[list[int]] = [[] for _ in range(count)]
        """Visits to shops whose place nobody knows: they count, but have no way."""
        standing = [sum(need.stands_on == day for need in self.needs) for day in self.dates]
        width = max((max(day.stops, held) for day, held in zip(self.days, standing, strict=True)), default=0) + 1
        self._from = np.full((count, width), _FAR)
        self._to = np.full((count, width), _FAR)
        self._leg = np.zeros((count, width))
        self.stops = np.zeros(count, dtype=int)
        self.km = np.zeros(count)
        self.minutes = np.zeros(count, dtype=int)
        self.soft = np.zeros(count)
        """Cost of the visits of each day apart from kilometres and load."""
        self._set_band(width)
        self._width = width
        self._every = np.arange(count)
        self._one_more = np.zeros(count)
        """What one more stop costs each day in load; infinite where it has all that it may have."""
        self._km_weight = problem.weights.km
        self._km_rows: list[list[float]] = self.matrix.tolist()
        self._leg_rows: list[list[int]] = self.legs.tolist()
        self._visit_minutes: list[int] = self.visit_minutes.tolist()
        self._static_rows: list[list[float]] = self.static.tolist()
        self._miss_rows: list[list[bool]] = (~self.matches).tolist()
        self._misses = [0] * count
        for day in range(count):
            self._refresh(day)

    def _measure(self, shops: dict[UUID, PlanShop]) -> None:
        problem = self.problem
        mapped = [shop for shop in shops.values() if shop.point is not None]
        points = [problem.start, problem.end, None, *(shop.point for shop in mapped)]
        stand_in = next((point for point in points if point is not None), GeoPoint(0.0, 0.0))
        self.matrix = road_matrix([point or stand_in for point in points], problem.travel)
        for node, point in ((START, problem.start), (END, problem.end)):
            if point is None:
                self.matrix[node, :] = self.matrix[:, node] = 0.0
        self.matrix[START, END] = self.matrix[END, START] = 0.0  # An empty day is spent at home.
        self.legs = np.ceil(np.round(self.matrix / problem.travel.speed_kmh * 60, 6)).astype(int)
        self.matrix[_FAR, :] = self.matrix[:, _FAR] = NO_DAY
        node_of = {shop.id: _FIRST + place for place, shop in enumerate(mapped)}
        self.node = [node_of.get(need.shop, _NOWHERE) for need in self.needs]
        self.visit_minutes = np.array([shop.minutes for shop in self.shops], dtype=int)

    def _pair_siblings(self) -> None:
        """Note for each visit the others of its shop, with the days that must lie between them."""
        by_shop: dict[UUID, list[int]] = {}
        for place, need in enumerate(self.needs):
            by_shop.setdefault(need.shop, []).append(place)
        self.siblings: list[list[tuple[int, int]]] = [[] for _ in self.needs]
        for places in by_shop.values():
            gap = least_gap(self.shops[places[0]].every_days)
            for one in places:
                for other in places:
                    if one != other:
                        both = is_cadence(self.needs[one]) and is_cadence(self.needs[other])
                        self.siblings[one].append((other, gap if both else 1))
        ordinals = np.array([day.toordinal() for day in self.dates], dtype=int)
        self.apart = np.abs(ordinals[:, None] - ordinals)

    def _price_days(self) -> None:
        """Set the cost of each visit on each day apart from way, load and match; infinite outside its window."""
        weights = self.problem.weights
        matching = {weekday: matching_days(weekday, self.dates) for weekday in (None, *range(1, 8))}
        self.matches = np.zeros((len(self.needs), len(self.days)), dtype=bool)
        self.static = np.full((len(self.needs), len(self.days)), np.inf)
        for place, (need, shop) in enumerate(zip(self.needs, self.shops, strict=True)):
            for column, day in enumerate(self.dates):
                is_due = shop.rhythm is None or shop.rhythm.serves(day)
                self.matches[place, column] = is_due and day in matching[shop.order_weekday]
                is_fixed = need.locked and need.stands_on is not None
                allowed = day == need.stands_on if is_fixed else need.earliest <= day <= need.latest
                if not allowed or not (is_fixed or is_open(shop, self.days[column])):
                    continue
                cost = 0.0
                if shop.usual_weekday not in {None, day.isoweekday()}:
                    cost += weights.usual_weekday
                if need.stands_on not in {None, day}:
                    cost += weights.stability
                if need.soon_after is not None:
                    cost += weights.late * days_off(need.soon_after, day)
                self.static[place, column] = cost
        self._misses_of = (~self.matches).astype(float)
        self._may_miss = floor((1 - weights.match_goal) * len(self.needs))

    def _set_band(self, width: int) -> None:
        """Set what each number of stops costs on each day: nothing within the even band, ever more outside it."""
        fullest = max((day.stops for day in self.days), default=0)
        shares = np.array([day.stops / max(1, fullest) for day in self.days])
        placeable = min(len(self.needs), sum(day.stops for day in self.days))
        mean = placeable / max(1e-9, float(shares.sum())) if self.days else 0.0
        low = max(0, floor(mean - SPREAD / 2))
        stops = np.arange(width + 1)
        outside = np.maximum(0, np.maximum(np.floor(low * shares)[:, None] - stops,
                                           stops - np.ceil((low + SPREAD) * shares)[:, None]))  # fmt: skip
        self.load = self.problem.weights.load * _OUTSIDE * outside**2
        self.limit = np.array([day.stops for day in self.days], dtype=int)
        more = np.hstack([np.diff(self.load, axis=1), np.full((len(self.days), 1), np.inf)])
        more[stops >= self.limit[:, None]] = np.inf
        self.more = more
        """What one more stop costs each day at each number of stops."""
        self._more_rows: list[list[float]] = more.tolist()
        self.minutes_limit = np.array([day.minutes for day in self.days], dtype=int)

    def price(self, place: int) -> Price:
        """Return what the visit would cost on each day, as the days are now."""
        costs = self.static[place] + self._one_more + self.price_of_one_more_miss() * self._misses_of[place]
        for other, gap in self.siblings[place]:
            if self.day_of[other] != _NOWHERE:
                costs[self.apart[self.day_of[other]] < gap] = np.inf
        node = self.node[place]
        if node == _NOWHERE:
            costs[self.minutes + self.visit_minutes[place] > self.minutes_limit] = np.inf
            return Price(costs, np.zeros(len(self.days), dtype=np.intp))
        row = self.matrix[node]
        detours = row[self._from] + row[self._to] - self._leg
        places = detours.argmin(axis=1)
        every = self._every
        before, after = self._from[every, places], self._to[every, places]
        legs = self.legs[node]
        longer = legs[before] + legs[after] - self.legs[before, after] + self.visit_minutes[place]
        costs += self._km_weight * detours[every, places]
        costs[self.minutes + longer > self.minutes_limit] = np.inf
        return Price(costs, places)

    def put(self, place: int, day: int, position: int) -> None:
        """Put a visit on a day at a position of its tour."""
        self.day_of[place] = day
        if self.node[place] == _NOWHERE:
            self.unmapped[day].append(place)
        else:
            self.tours[day].insert(position, place)
        self._refresh(day)

    def may_stand(self, place: int, day: int) -> bool:
        """Tell whether window and gaps let a visit be on a day, whatever else is on it; locked ones always may."""
        near = any(
            self.day_of[other] != _NOWHERE and self.apart[self.day_of[other], day] < gap
            for other, gap in self.siblings[place]
        )
        return self.is_fixed(place) or (bool(np.isfinite(self.static[place, day])) and not near)

    def lay(self, place: int, day: int) -> None:
        """Put a visit at the end of a day, to be put in order later; a day may hold more than fits until then."""
        self.put(place, day, len(self.tours[day]))

    def take(self, place: int) -> int:
        """Take a visit from its day; return the day."""
        day = self.day_of[place]
        self.day_of[place] = _NOWHERE
        (self.unmapped if self.node[place] == _NOWHERE else self.tours)[day].remove(place)
        self._refresh(day)
        return day

    def set_tour(self, day: int, tour: Sequence[int]) -> None:
        """Give a day its mapped visits in this order."""
        self.tours[day] = list(tour)
        self._refresh(day)

    def _refresh(self, day: int) -> None:
        tour = self.tours[day]
        nodes = [self.node[place] for place in tour]
        before, after = [START, *nodes], [*nodes, END]
        ways = [self._km_rows[one][other] for one, other in zip(before, after, strict=True)]
        padding = self._width - len(ways)
        self._from[day] = before + [_FAR] * padding
        self._to[day] = after + [_FAR] * padding
        self._leg[day] = ways + [0.0] * padding
        held = tour + self.unmapped[day]
        travel = sum(self._leg_rows[one][other] for one, other in zip(before, after, strict=True))
        self.stops[day] = len(held)
        self.km[day] = sum(ways)
        self.minutes[day] = travel + sum(self._visit_minutes[place] for place in held)
        self._misses[day] = sum(self._miss_rows[place][day] for place in held)
        self.soft[day] = sum(self._static_rows[place][day] for place in held)
        self._one_more[day] = self._more_rows[day][len(held)]

    def day_cost(self, day: int) -> float:
        """Return the cost of one day as it is, apart from order days."""
        return float(self.problem.weights.km * self.km[day] + self.soft[day] + self.load[day, self.stops[day]])

    def match_cost(self) -> float:
        """Return what the visits off their order days cost together."""
        return self.price_of_misses(sum(self._misses))

    def price_of_one_more_miss(self) -> float:
        """Return what the next visit off its order day costs."""
        misses = sum(self._misses)
        return self.price_of_misses(misses + 1) - self.price_of_misses(misses)

    def price_of_misses(self, misses: int) -> float:
        """Return what so many visits off their order days cost together."""
        weights = self.problem.weights
        dear = max(0, misses - self._may_miss)
        return weights.order_day * dear + weights.order_day_beyond * (misses - dear)

    def cost(self) -> float:
        """Return the cost of the whole month as it is."""
        left_out = sum(day == _NOWHERE for day in self.day_of)
        return sum(self.day_cost(day) for day in range(len(self.days))) + self.match_cost() + NO_DAY * left_out

    def is_fixed(self, place: int) -> bool:
        """Tell whether a person fixed the day of this visit."""
        return self.needs[place].locked and self.needs[place].stands_on is not None

    def has_day(self, place: int) -> bool:
        """Tell whether the visit is on a day."""
        return self.day_of[place] != _NOWHERE


def is_open(shop: PlanShop, day: WorkDay) -> bool:
    """Tell whether some part of the working day leaves time for a visit to this shop."""
    if not shop.open_spans:
        return True
    begins = _minute(day.start)
    lunch = _minute(day.lunch.ends) - _minute(day.lunch.begins) if day.lunch else 0
    ends = begins + day.minutes + lunch
    return any(
        min(ends, _minute(span.ends)) - max(begins, _minute(span.begins)) >= shop.minutes for span in shop.open_spans
    )


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
