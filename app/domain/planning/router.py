"""The order of the stops of one day: the shortest way that comes to every shop while it can be visited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

import numpy as np

from app.domain.geo import GeoPoint, TravelRules
from app.domain.planning.opening import Hours, WorkClock
from app.domain.planning.problem import Span, WorkDay
from app.domain.planning.running import Call, DayRun, run_day
from app.domain.planning.solver import THOROUGH, Customer, Effort, Metres, Rounds, solve
from app.domain.planning.travel import Minutes, travel_matrix
from app.domain.route_search import nearest_neighbour, shortest_path

MINUTE_PRICE = 250
"""What a minute of the day counts in metres of road where opening hours can make her wait (proposed): an hour is worth
15 km."""
_BOTH_UP_TO = 15
"""Days with hours of up to so many stops are improved from two orders; more would take too long."""
_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class RouteStop:
    """A shop to be called at: how long, and when it can be visited (empty: at any time; the whole visit lies within).

    `place` fixes it: stops with a place come first, in the order of their places, because they are behind already or
    because a person put them there.
    """

    key: UUID | str
    point: GeoPoint | None
    minutes: int
    open_spans: tuple[Span, ...] = ()
    place: int | None = None


@dataclass(frozen=True, slots=True)
class RoutedStop:
    """A stop in its place (from 1) with its times; the way is by road from the stop before.

    `wait_minutes` pass idle before it, because the door is closed or because the visit would not end before lunch.
    Where `is_open` is false the visit falls outside its hours.
    """

    stop: RouteStop
    number: int
    arrive: datetime
    leave: datetime
    km: float
    travel_minutes: int
    wait_minutes: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class DayRoute:
    """A day in order: kilometres with the way home, minutes on the road and in shops (no lunch, no waiting), its end.

    `order` are indices into the stops that were given; `unplaced` of them have no coordinates and come last, nothing is
    known about the way to them; `outside` of them are visited outside their hours, because no order that was found
    comes to all in time. `ends` is when the last shop is left.
    """

    stops: tuple[RoutedStop, ...]
    order: tuple[int, ...]
    unplaced: tuple[int, ...]
    outside: tuple[int, ...]
    km: float
    minutes: int
    wait_minutes: int
    ends: datetime

    @property
    def is_kept(self) -> bool:
        """Whether every stop is visited within its hours."""
        return not self.outside


@dataclass(frozen=True, slots=True)
class _Part:
    """The stops whose order is free, with the ways between them; the last two places are where it begins and ends.

    To and from an end that is open every way is free.
    """

    stops: tuple[RouteStop, ...]
    metres: Metres
    travel: Minutes

    @property
    def has_hours(self) -> bool:
        return any(stop.open_spans for stop in self.stops)

    def length(self, order: Sequence[int]) -> int:
        count = len(self.stops)
        return sum(int(self.metres[a, b]) for a, b in pairwise((count, *order, count + 1)))


def route_day(
    stops: Sequence[RouteStop],
    day: WorkDay,
    start: GeoPoint | None = None,
    end: GeoPoint | None = None,
    travel: TravelRules | None = None,
    *,
    seed: int = 1,
    effort: Effort = THOROUGH,
    begins: datetime | None = None,
) -> DayRoute:
    """Put the stops into the shortest order and time them; without a start or an end the way is open there.

    First as few stops as possible fall outside their hours; then the road is as short as possible, or where some stop
    has hours, the road and the minutes of the day together (`MINUTE_PRICE`). A stop may have several spans; lunch cuts
    those that it touches, for nobody works through it. The times are those of `run_day`. `begins` is the clock now,
    once the day is under way. The same input and seed give the same route.
    """
    travel = travel or TravelRules()
    now = begins or datetime.combine(day.day, day.start)
    placed = [index for index, stop in enumerate(stops) if stop.place is not None]
    fixed = sorted(placed, key=lambda index: (stops[index].place or 0, index))
    free = [index for index, stop in enumerate(stops) if stop.place is None and stop.point is not None]
    unplaced = [index for index, stop in enumerate(stops) if stop.place is None and stop.point is None]
    behind = run_day([_call(stops[index]) for index in fixed], day, start=start, travel=travel, begins=now)
    here = next((point for index in reversed(fixed) if (point := stops[index].point) is not None), start)
    part = _part([stops[index] for index in free], here, end, travel)
    shortest = _shortest_within_hours(part, WorkClock(behind.ends, day.lunch), effort, seed)
    order = (*fixed, *(free[place] for place in shortest), *unplaced)
    run = run_day([_call(stops[index]) for index in order], day, start=start, end=end, travel=travel, begins=now)
    return _told(stops, order, run, WorkClock(now, day.lunch))


def _call(stop: RouteStop) -> Call:
    return Call(stop.key if isinstance(stop.key, UUID) else _NOBODY, stop.point, stop.minutes, stop.open_spans)


def _part(stops: Sequence[RouteStop], here: GeoPoint | None, end: GeoPoint | None, travel: TravelRules) -> _Part:
    points = [stop.point for stop in stops if stop.point is not None]
    anywhere = points[0] if points else GeoPoint(0, 0)
    ways = travel_matrix([*points, here or anywhere, end or anywhere], travel)
    metres, minutes = np.round(ways.km * 1000).astype(np.int64), ways.minutes
    for place, known in ((len(points), here), (len(points) + 1, end)):
        if known is None:
            for matrix in (metres, minutes):
                matrix[place, :] = matrix[:, place] = 0
    return _Part(tuple(stops), metres, minutes)


def _shortest_within_hours(part: _Part, clock: WorkClock, effort: Effort, seed: int) -> tuple[int, ...]:
    if not part.has_hours:
        return _shortest(part, effort, seed)
    hours = Hours(
        part.metres.tolist(),
        part.travel.tolist(),
        [stop.minutes for stop in part.stops],
        [clock.starts(stop.minutes, stop.open_spans) for stop in part.stops],
        [clock.starts(stop.minutes) for stop in part.stops],
        MINUTE_PRICE,
    )
    customers = [
        Customer(place, minutes=stop.minutes, windows=hours.starts[place] if stop.open_spans else ())
        for place, stop in enumerate(part.stops)
    ]
    found = sorted((_solved(part, customers, effort, seed), _by_nearest(part)), key=hours.cost)
    tried = found if len(customers) <= _BOTH_UP_TO else found[:1]
    return min((hours.improve(order) for order in tried), key=hours.cost)


def _shortest(part: _Part, effort: Effort, seed: int) -> tuple[int, ...]:
    customers = [Customer(place, minutes=stop.minutes) for place, stop in enumerate(part.stops)]
    known = min((shortest_path(*_from_start(part)), _by_nearest(part)), key=part.length)
    return _solved(part, customers, effort, seed, known)


def _by_nearest(part: _Part) -> tuple[int, ...]:
    """Return the greedy order: always on to the nearest stop that is left."""
    return tuple(nearest_neighbour(*_from_start(part)))


def _from_start(part: _Part) -> tuple[list[list[float]], list[float]]:
    count = len(part.stops)
    return part.metres[:count, :count].tolist(), part.metres[count, :count].tolist()


def _solved(
    part: _Part, customers: Sequence[Customer], effort: Effort, seed: int, known: Sequence[int] = ()
) -> tuple[int, ...]:
    count = len(part.stops)
    rounds = Rounds(part.metres, tuple(customers), count, count + 1, part.travel, minute_price=MINUTE_PRICE)
    return tuple(place for way in solve(rounds, effort, seed=seed, known=known).rounds for place in way)


def _told(stops: Sequence[RouteStop], order: tuple[int, ...], run: DayRun, clock: WorkClock) -> DayRoute:
    routed: list[RoutedStop] = []
    left = clock.since
    for number, (index, stop) in enumerate(zip(order, run.stops, strict=True), 1):
        wait = clock.between(left, stop.arrive) - stop.travel_minutes
        km = stop.km or 0.0
        routed.append(
            RoutedStop(stops[index], number, stop.arrive, stop.leave, km, stop.travel_minutes, wait, stop.is_open)
        )
        left = stop.leave
    unplaced = tuple(index for index in order if stops[index].point is None)
    outside = tuple(index for index, stop in zip(order, routed, strict=True) if not stop.is_open)
    waited = sum(stop.wait_minutes for stop in routed)
    return DayRoute(tuple(routed), order, unplaced, outside, run.km, run.minutes, waited, run.ends)
