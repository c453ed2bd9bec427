"""How a day runs when its stops have an order already: when each is reached and left, kilometres, what falls out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

from app.domain import geo
from app.domain.geo import GeoPoint, TravelRules
from app.domain.planning.problem import Span, WorkDay


@dataclass(frozen=True, slots=True)
class Call:
    """A shop that is called at: where it lies, how long it takes, when it is open (empty: the whole day)."""

    shop: UUID
    point: GeoPoint | None
    minutes: int
    open_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class RunStop:
    """A call with its times; `km` is by road from the stop before, None where a place is not known."""

    call: Call
    arrive: datetime
    leave: datetime
    km: float | None
    travel_minutes: int
    is_open: bool
    """It is reached while the shop can be visited."""


@dataclass(frozen=True, slots=True)
class DayRun:
    """A day in an order: kilometres with the way home, minutes on the road and in shops without lunch and waiting."""

    stops: tuple[RunStop, ...]
    km: float
    minutes: int
    ends: datetime


def run_day(
    calls: Sequence[Call],
    day: WorkDay,
    *,
    start: GeoPoint | None = None,
    end: GeoPoint | None = None,
    travel: TravelRules | None = None,
    begins: datetime | None = None,
) -> DayRun:
    """Time the calls in exactly this order, from the start of the day or from `begins` on.

    Nobody works through lunch, and before a closed door one waits until it opens.
    """
    travel = travel or TravelRules()
    clock = begins or datetime.combine(day.day, day.start)
    here, km, minutes, stops = start, 0.0, 0, list[RunStop]()
    for call in calls:
        leg, way = _leg(here, call.point, travel)
        ready = _past_lunch(clock, way, call.minutes, day.lunch)
        arrive = _when_open(ready, call, day.lunch)
        clock = (arrive or ready) + timedelta(minutes=call.minutes)
        stops.append(RunStop(call, arrive or ready, clock, leg, way, arrive is not None))
        here = call.point or here
        km += leg or 0.0
        minutes += way + call.minutes
    home, back = _leg(here, end, travel) if stops else (0.0, 0)
    return DayRun(tuple(stops), km + (home or 0.0), minutes + back, clock)


def added_km(
    points: Sequence[GeoPoint | None],
    place: int,
    point: GeoPoint | None,
    ends: tuple[GeoPoint | None, GeoPoint | None],
    travel: TravelRules,
) -> float:
    """Return the kilometres by road that a stop adds at a place (from 0); stops without a place add none."""
    if point is None:
        return 0.0
    known_before = [p for p in (ends[0], *points[:place]) if p is not None]
    known_after = [p for p in (*points[place:], ends[1]) if p is not None]
    before, after = (known_before or [None])[-1], (known_after or [None])[0]
    straight = sum(geo.haversine_km(a, point) for a in (before, after) if a is not None)
    if before is not None and after is not None:
        straight -= geo.haversine_km(before, after)
    return geo.road_km(straight, travel)


def cheapest_place(
    points: Sequence[GeoPoint | None],
    point: GeoPoint | None,
    ends: tuple[GeoPoint | None, GeoPoint | None],
    travel: TravelRules,
    first: int = 0,
) -> int:
    """Return the place (from 0, `first` the earliest) where a stop lengthens the day least; the last among equals."""
    return min(
        range(len(points), first - 1, -1), key=lambda place: round(added_km(points, place, point, ends, travel), 6)
    )


def path_km(points: Sequence[GeoPoint | None], travel: TravelRules) -> float:
    """Return the kilometres by road through the points; those that are not known are passed over."""
    known = [point for point in points if point is not None]
    return geo.road_km(sum(geo.haversine_km(a, b) for a, b in pairwise(known)), travel)


def day_end(day: WorkDay) -> datetime:
    """Return when a working day is over: its minutes after its start, and lunch where that lies between."""
    ends = datetime.combine(day.day, day.start) + timedelta(minutes=day.minutes)
    if day.lunch is None or ends <= datetime.combine(day.day, day.lunch.begins):
        return ends
    return ends + _length(day.lunch, day.day)


def _leg(here: GeoPoint | None, there: GeoPoint | None, travel: TravelRules) -> tuple[float | None, int]:
    if there is None:
        return None, 0
    if here is None:
        return 0.0, 0
    straight = geo.haversine_km(here, there)
    return geo.road_km(straight, travel), geo.travel_minutes(straight, travel)


def _length(span: Span, day: date) -> timedelta:
    return max(timedelta(0), datetime.combine(day, span.ends) - datetime.combine(day, span.begins))


def _past_lunch(clock: datetime, way: int, minutes: int, lunch: Span | None) -> datetime:
    """Return when a call can begin that is reached after some way: a way cut by lunch goes on after it."""
    arrive = clock + timedelta(minutes=way)
    if lunch is None or lunch.ends <= lunch.begins:
        return arrive
    noon, again = (_on(clock, moment) for moment in (lunch.begins, lunch.ends))
    if clock >= again or arrive + timedelta(minutes=minutes) <= noon:
        return arrive
    return again + max(timedelta(0), arrive - max(noon, clock))


def _when_open(ready: datetime, call: Call, lunch: Span | None) -> datetime | None:
    """Return when the call can begin, waiting for the door to open; None when it does not open in time any more."""
    if not call.open_spans:
        return ready
    length = timedelta(minutes=call.minutes)
    for span in sorted(call.open_spans, key=lambda one: one.begins):
        begins = max(ready, _on(ready, span.begins))
        if begins > ready:
            begins = _past_lunch(begins, 0, call.minutes, lunch)
        if begins + length <= _on(ready, span.ends):
            return begins
    return None


def _on(moment: datetime, clock: time) -> datetime:
    return datetime.combine(moment.date(), clock, moment.tzinfo)
