"""Drawn territories and months for the tests of planning, and what no plan of them may do."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import strategies as st

from app.domain.geo import GeoPoint
from app.domain.planning.needs import is_cadence, least_gap, needs_of
from app.domain.planning.problem import MonthPlan, MonthProblem, PlannedStop, PlanShop, Trigger, WorkDay

MONTH = date(2025, 9, 1)
EVERY = {"V1": 7, "V2": 14, "V3": 30}


def working_days(month: date = MONTH, *, stops: int = 6, minutes: int = 480, off: Sequence[date] = ()) -> list[WorkDay]:
    days = (month + timedelta(days=step) for step in range(31))
    return [
        WorkDay(day, stops, minutes)
        for day in days
        if day.month == month.month and day.isoweekday() <= 5 and day not in off
    ]


def shop(number: int, cadence: str = "V3", *, weekday: int | None = 3, point: GeoPoint | None = None) -> PlanShop:
    place = point or GeoPoint(28.0 + number % 7 * 0.03, 113.0 + number % 5 * 0.04)
    return PlanShop(
        UUID(int=number), f"C{number:03}", f"Shop {number}", place, False, cadence, EVERY[cadence], weekday, 20
    )


@st.composite
def months(draw: st.DrawFn) -> MonthProblem:
    """Draw a small territory with days off, short days, triggers, locks; some months do not fit."""
    count = draw(st.integers(1, 14))
    degrees = st.floats(-0.25, 0.25, allow_nan=False)
    shops: list[PlanShop] = []
    for number in range(1, count + 1):
        point = GeoPoint(28 + draw(degrees), 113 + draw(degrees)) if draw(st.integers(0, 9)) else None
        made = shop(number, draw(st.sampled_from(sorted(EVERY))), weekday=draw(st.sampled_from([None, 1, 2, 3, 4, 5])))
        shops.append(replace(made, point=point, minutes=draw(st.sampled_from([10, 20, 45]))))
    off = {MONTH + timedelta(days=draw(st.integers(0, 29))) for _ in range(draw(st.integers(0, 8)))}
    days = [
        replace(day, stops=draw(st.sampled_from([1, 2, 3, 6])), minutes=draw(st.sampled_from([120, 300, 480])))
        for day in working_days(off=sorted(off))
    ]
    triggers = [
        Trigger(made.id, "complaint", since, since + timedelta(days=draw(st.integers(0, 7))))
        for made in shops
        if draw(st.integers(0, 3)) == 0
        for since in [MONTH + timedelta(days=draw(st.integers(0, 29)))]
    ]
    needs = list(needs_of(shops, triggers, days))
    for place in range(len(needs)):
        if draw(st.integers(0, 9)) == 0:
            day = draw(st.sampled_from(days)).day
            needs[place] = replace(needs[place], stands_on=day, locked=draw(st.booleans()))
    home = draw(st.sampled_from([None, GeoPoint(28, 113)]))
    return MonthProblem(MONTH, tuple(shops), tuple(needs), tuple(days), home, home)


def standing(problem: MonthProblem, plan: MonthPlan) -> MonthProblem:
    """Return the same month with that plan as the one that stands."""
    on = {stop.need.key: stop.day for day in plan.days for stop in day.stops}
    needs = tuple(need if need.locked else replace(need, stands_on=on.get(need.key)) for need in problem.needs)
    return replace(problem, needs=needs)


def days_of(plan: MonthPlan) -> dict[str, date]:
    return {stop.need.key: stop.day for day in plan.days for stop in day.stops}


def broken_rules(problem: MonthProblem, plan: MonthPlan) -> list[str]:
    """Return every hard rule that the plan breaks, in words; worked out from the plan alone."""
    stops = [stop for day in plan.days for stop in day.stops]
    seen = Counter(stop.need.key for stop in stops)
    # A visit too late for its deadline is told, and comes all the same when its cadence wants it.
    late = {stop.need.key for stop in stops if stop.need.whole_window is not None and not stop.need.has_deadline}
    seen.update(left.need.key for left in plan.unplaced if not (left.need.has_deadline and left.need.key in late))
    wanted = Counter(need.key for need in problem.needs)
    wrong = [f"{key} is there {seen[key]} times" for key in {*seen, *wanted} if seen[key] != wanted[key]]
    return wrong + _full_days(problem, plan) + _outside(plan) + _too_near(problem, plan)


def _full_days(problem: MonthProblem, plan: MonthPlan) -> list[str]:
    work = {day.day: day for day in problem.days}
    can_be_helped = [day for day in plan.days if any(not stop.need.locked for stop in day.stops)]
    return [
        f"{day.day} has {len(day.stops)} stops in {day.minutes} minutes"
        for day in can_be_helped
        if len(day.stops) > work[day.day].stops or day.minutes > work[day.day].minutes
    ]


def _outside(plan: MonthPlan) -> list[str]:
    stops = [stop for day in plan.days for stop in day.stops]
    moved = [stop for stop in stops if stop.need.locked and stop.day != stop.need.stands_on]
    late = [stop for stop in stops if not stop.need.locked and not stop.need.earliest <= stop.day <= stop.need.latest]
    return [f"{stop.need.key} may not be on {stop.day}" for stop in moved + late]


def _too_near(problem: MonthProblem, plan: MonthPlan) -> list[str]:
    every = {made.id: made.every_days for made in problem.shops}
    visits: dict[UUID, list[PlannedStop]] = defaultdict(list)
    for day in plan.days:
        for stop in day.stops:
            visits[stop.need.shop].append(stop)
    near: list[str] = []
    for one, other in (pair for found in visits.values() for pair in itertools.combinations(found, 2)):
        both = is_cadence(one.need) and is_cadence(other.need)
        least = least_gap(every[one.need.shop]) if both else 1
        if not (one.need.locked and other.need.locked) and abs((one.day - other.day).days) < least:
            near.append(f"{one.need.key} and {other.need.key} are too near")
    return near
