"""Fills a day with shops by the plain rule (order day today or next, longest not visited first) and times the stops.

It serves until real planning arrives. Times are local wall time; distances come from coordinates alone.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from app.domain import geo, reasons
from app.domain.geo import GeoPoint, TravelRules
from app.domain.neighbourhoods import neighbours_first
from app.domain.reasons import VisitReason, Why

_WEEKEND = 5
_NEXT_DAYS = 7
_TOGETHER = 40


@dataclass(frozen=True, slots=True)
class ShopForDay:
    """What the day rule needs to know of a shop; `order_weekday` is 1 (Monday) to 7.

    `reasons` are those known from the shop's own data; the rule adds the order day and the time since the last visit.
    A `pinned` shop (a person put it there, or a complaint waits) comes whatever the rule says.
    """

    id: UUID
    code: str
    name: str
    lat: float | None
    lon: float | None
    order_weekday: int | None
    last_visit: date | None
    reasons: tuple[Why, ...] = ()
    pinned: bool = False

    @property
    def point(self) -> GeoPoint | None:
        """Where the shop is, if that is known."""
        return geo.point_of(self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class DayCapacity:
    """How much fits into a day: stops, or minutes on the road and in shops without lunch; None is no limit."""

    stops: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class DayRules:
    """How a day runs; proposed defaults. A shop visited fewer than `rest_days` ago is not due again.

    Without a place where days begin the way begins at the first shop, without one where they end at the last.
    """

    start: time = time(9, 0)
    visit_minutes: int = 12
    lunch_from: time = time(12, 0)
    lunch_until: time = time(13, 30)
    rest_days: int = 6
    travel: TravelRules = field(default_factory=TravelRules)
    days_off: frozenset[date] = frozenset()
    begins_at: GeoPoint | None = None
    ends_at: GeoPoint | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """One shop in the day: its place (from 1), planned times, the way by road from the stop before, why it is there.

    Without coordinates `unplaced` is true and nothing is known about the way: the km and the travel time are zero.
    """

    shop: ShopForDay
    number: int
    arrive: datetime
    leave: datetime
    km: float
    travel_minutes: int
    unplaced: bool
    reasons: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A day: its stops in order, kilometres by road, and hours from the start to the end of the last visit.

    `left_out` are shops that were due but did not fit, by priority.
    """

    day: date
    stops: tuple[Stop, ...]
    km: float
    hours: float
    left_out: tuple[ShopForDay, ...] = ()

    @property
    def unplaced(self) -> int:
        """How many stops have no coordinates."""
        return sum(stop.unplaced for stop in self.stops)


def next_working_day(day: date, days_off: frozenset[date] = frozenset()) -> date:
    """Return the first day after `day` that is no Saturday, Sunday or day off; at most a week and a day ahead."""
    for ahead in range(1, _NEXT_DAYS + 1):
        candidate = day + timedelta(days=ahead)
        if candidate.weekday() < _WEEKEND and candidate not in days_off:
            return candidate
    return day + timedelta(days=_NEXT_DAYS)


def due_shops(
    shops: Sequence[ShopForDay],
    day: date,
    rules: DayRules | None = None,
    start: GeoPoint | None = None,
    wanted: int = _TOGETHER,
) -> list[ShopForDay]:
    """Return the shops that the rule wants on that day, most urgent first.

    Pinned shops, then those whose order day is the day itself or comes no later than the next working day, longest not
    visited first (never visited before all). Equals go by order day and number of reasons; what is equal still comes
    neighbourhood by neighbourhood, beside what was chosen before (or the start), so that the first `wanted` shops make
    a short way.
    """
    rules = rules or DayRules()
    horizon = next_working_day(day, rules.days_off)

    def due(shop: ShopForDay) -> bool:
        if shop.pinned:
            return True
        rested = shop.last_visit is None or (day - shop.last_visit).days >= rules.rest_days
        return rested and reasons.order_day(shop.order_weekday, day, horizon) is not None

    def urgency(shop: ShopForDay) -> tuple[bool, date, int, int]:
        if shop.pinned:
            return False, date.min, 0, 0
        ahead = 7 if shop.order_weekday is None else (shop.order_weekday - day.isoweekday()) % 7
        return True, shop.last_visit or date.min, ahead, -len(shop.reasons)

    found: list[ShopForDay] = []
    by_code = sorted(filter(due, shops), key=lambda shop: (urgency(shop), shop.code, shop.id))
    for _, equals in itertools.groupby(by_code, urgency):
        group = list(equals)
        chosen = [start, *(shop.point for shop in found[:wanted])]
        order = neighbours_first([shop.point for shop in group], chosen, max(0, wanted - len(found)))
        found += [group[index] for index in order]
    return found


def fill_day(
    shops: Sequence[ShopForDay],
    day: date,
    capacity: DayCapacity,
    rules: DayRules | None = None,
    start: GeoPoint | None = None,
) -> DayPlan:
    """Choose the shops of a day by the rule, put them into a short order and time them.

    When the day is too short the least urgent are left out; pinned shops always stay.
    """
    rules = rules or DayRules()
    due = due_shops(shops, day, rules, start, _wanted(capacity, rules))
    pinned = sum(shop.pinned for shop in due)
    most = len(due) if capacity.stops is None else min(len(due), max(capacity.stops, pinned))
    limit = capacity.minutes
    if limit is None:
        plan = plan_day(due[:most], day, rules, start)
        return DayPlan(plan.day, plan.stops, plan.km, plan.hours, tuple(due[most:]))

    def fits(count: int) -> bool:
        return work_minutes(plan_day(due[:count], day, rules, start), rules) <= limit

    count = _most_that_fit(fits, pinned, min(most, max(pinned, limit // max(1, rules.visit_minutes))))
    plan = plan_day(due[:count], day, rules, start)
    return DayPlan(plan.day, plan.stops, plan.km, plan.hours, tuple(due[count:]))


def _wanted(capacity: DayCapacity, rules: DayRules) -> int:
    """Return how many shops a day can hold at most, were there no way between them."""
    by_time = _TOGETHER if capacity.minutes is None else capacity.minutes // max(1, rules.visit_minutes)
    return by_time if capacity.stops is None else min(capacity.stops, by_time)


def _most_that_fit(fits: Callable[[int], bool], least: int, most: int) -> int:
    """Return the largest number of shops that fits, found by halving: a route is made only a few times."""
    while least < most:
        half = (least + most + 1) // 2
        if fits(half):
            least = half
        else:
            most = half - 1
    return least


def work_minutes(plan: DayPlan, rules: DayRules | None = None) -> int:
    """Return the minutes on the road and in shops of a day, without lunch and waiting."""
    visit = (rules or DayRules()).visit_minutes
    return sum(stop.travel_minutes + visit for stop in plan.stops)


def plan_day(
    shops: Sequence[ShopForDay], day: date, rules: DayRules | None = None, start: GeoPoint | None = None
) -> DayPlan:
    """Put the given shops into a short order and time them."""
    ends = rules or DayRules()
    route = geo.order_by_distance([shop.point for shop in shops], start or ends.begins_at, ends.ends_at)
    return schedule([shops[index] for index in route.order], day, rules, start)


def schedule(
    shops: Sequence[ShopForDay], day: date, rules: DayRules | None = None, start: GeoPoint | None = None
) -> DayPlan:
    """Time the shops in exactly the given order, as after a person dragged one.

    Nobody works through lunch: a way that is not done by then goes on afterwards, and a visit that would not end by
    then begins afterwards.
    """
    rules = rules or DayRules()
    horizon = next_working_day(day, rules.days_off)
    opening = clock = _after_lunch(datetime.combine(day, rules.start), timedelta(0), timedelta(0), rules)
    here = start or rules.begins_at
    stops: list[Stop] = []
    for number, shop in enumerate(shops, 1):
        point = shop.point
        straight = geo.haversine_km(here, point) if here is not None and point is not None else 0.0
        minutes = geo.travel_minutes(straight, rules.travel)
        visit = timedelta(minutes=rules.visit_minutes)
        arrive = _after_lunch(clock, timedelta(minutes=minutes), visit, rules)
        clock = arrive + visit
        here = point or here
        km = geo.road_km(straight, rules.travel)
        why = _why(shop, day, horizon)
        stops.append(Stop(shop, number, arrive, clock, km, minutes, point is None, why))
    hours = (clock - opening).total_seconds() / 3600
    home = geo.path_km([here, rules.ends_at]) if stops else 0.0
    return DayPlan(day, tuple(stops), sum(stop.km for stop in stops) + geo.road_km(home, rules.travel), hours)


def _after_lunch(clock: datetime, travel: timedelta, visit: timedelta, rules: DayRules) -> datetime:
    """Return when a visit begins that is reached after some travel from `clock` on."""
    noon = datetime.combine(clock.date(), rules.lunch_from)
    again = datetime.combine(clock.date(), rules.lunch_until)
    arrive = clock + travel
    if clock >= again or again <= noon or arrive + visit <= noon:
        return arrive
    return again + max(timedelta(0), arrive - max(noon, clock))


def _why(shop: ShopForDay, day: date, horizon: date) -> tuple[Why, ...]:
    """Return the order day first, then what the shop's data say, then the time since the last visit."""
    found = [reasons.order_day(shop.order_weekday, day, horizon), *shop.reasons]
    found.append(reasons.since_visit(shop.last_visit, day))
    known = [why for why in found if why is not None]
    if shop.pinned and all(why.code is not VisitReason.PINNED for why in known):
        known.append(Why(VisitReason.PINNED))
    return tuple({(why.code, why.subject): why for why in reversed(known)}.values())[::-1]
