"""Filling a day by the rule, and timing its stops."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import day_plan
from app.domain.day_plan import DayCapacity, DayPlan, DayRules, ShopForDay
from app.domain.geo import GeoPoint, TravelRules
from app.domain.reasons import VisitReason, Why

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
ALL = DayCapacity()
NEVER = date(2026, 1, 1)


def shop(
    number: int,
    weekday: int | None = 1,
    last: date | None = NEVER,
    place: tuple[float, float] | None = (41.5, -93.5),
    reasons: tuple[Why, ...] = (),
    *,
    pinned: bool = False,
) -> ShopForDay:
    lat, lon = place or (None, None)
    return ShopForDay(UUID(int=number), f"C{number:03}", f"店{number}", lat, lon, weekday, last, reasons, pinned)


def numbers(plan: DayPlan) -> list[int]:
    return [stop.shop.id.int for stop in plan.stops]


def arrivals(plan: DayPlan) -> list[time]:
    return [stop.arrive.time() for stop in plan.stops]


def test_only_shops_that_order_today_or_tomorrow_are_due() -> None:
    shops = [shop(weekday, weekday) for weekday in range(1, 8)] + [shop(8, None)]
    assert [one.id.int for one in day_plan.due_shops(shops, MONDAY)] == [1, 2]


def test_on_a_friday_tomorrow_is_the_next_working_day() -> None:
    shops = [shop(weekday, weekday) for weekday in range(1, 8)]
    assert sorted(one.id.int for one in day_plan.due_shops(shops, FRIDAY)) == [1, 5, 6, 7]
    off = DayRules(days_off=frozenset({date(2026, 11, 30)}))
    assert sorted(one.id.int for one in day_plan.due_shops(shops, FRIDAY, off)) == [1, 2, 5, 6, 7]


def test_the_longest_not_visited_come_first_and_never_before_all() -> None:
    shops = [shop(1, last=date(2026, 11, 2)), shop(2, last=date(2026, 10, 5)), shop(3, last=None)]
    assert [one.id.int for one in day_plan.due_shops(shops, MONDAY)] == [3, 2, 1]
    assert numbers(day_plan.fill_day(shops, MONDAY, DayCapacity(stops=1))) == [3]


def test_a_shop_visited_in_this_order_cycle_is_not_due_again() -> None:
    shops = [shop(1, last=MONDAY - timedelta(days=5)), shop(2, last=MONDAY - timedelta(days=6))]
    assert [one.id.int for one in day_plan.due_shops(shops, MONDAY)] == [2]


def test_equals_go_by_order_day_then_reasons_then_beside_what_is_chosen_then_code() -> None:
    why = (Why(VisitReason.STOCK_OUT_SIGNS, 2),)
    shops = [
        shop(1, 2),
        shop(2, 1, place=(42.5, -93.5)),
        shop(4, 1),
        shop(3, 1),
        shop(5, 1, place=(42.5, -93.5), reasons=why),
        shop(6, 1, place=None),
    ]
    due = day_plan.due_shops(shops, MONDAY, start=GeoPoint(41.5, -93.5))
    assert [one.id.int for one in due] == [5, 2, 3, 4, 6, 1]


def _cluster(first: int, count: int, lat: float, lon: float) -> list[ShopForDay]:
    """Make shops 300 metres apart in a row."""
    return [shop(first + step, place=(lat + step * 0.0027, lon)) for step in range(count)]


def test_equally_urgent_shops_are_taken_where_most_lie_close_together() -> None:
    lonely = [shop(number, place=(41.0 + number / 5, -93.5)) for number in range(1, 6)]
    town = _cluster(10, 6, 41.1, -92.0)
    plan = day_plan.fill_day([*lonely, *town], MONDAY, DayCapacity(stops=6))
    assert sorted(numbers(plan)) == [10, 11, 12, 13, 14, 15]
    assert plan.km < 3


def test_a_second_neighbourhood_is_worth_a_longer_way_than_a_lonely_shop() -> None:
    town = _cluster(10, 6, 41.5, -93.5)
    lonely = [shop(1, place=(41.8, -93.5))]
    other_town = _cluster(20, 5, 41.5, -93.0)
    plan = day_plan.fill_day([*lonely, *town, *other_town], MONDAY, DayCapacity(stops=11))
    assert 1 not in numbers(plan)
    assert sum(stop.km > 5 for stop in plan.stops) == 1


def test_the_longest_not_visited_come_even_from_afar() -> None:
    town = _cluster(10, 6, 41.5, -93.5)
    far = shop(1, last=None, place=(41.9, -93.5))
    assert 1 in numbers(day_plan.fill_day([*town, far], MONDAY, DayCapacity(stops=4)))


def test_the_neighbours_of_a_pinned_shop_come_with_it() -> None:
    town = _cluster(10, 6, 41.5, -93.5)
    village = _cluster(20, 2, 41.9, -93.5)
    pinned = shop(1, None, place=(41.9, -93.5), pinned=True)
    assert sorted(numbers(day_plan.fill_day([*town, *village, pinned], MONDAY, DayCapacity(stops=3)))) == [1, 20, 21]


def test_a_pinned_shop_comes_whatever_the_rule_says() -> None:
    shops = [shop(1), shop(2, None, last=MONDAY - timedelta(days=1), pinned=True)]
    plan = day_plan.fill_day(shops, MONDAY, DayCapacity(stops=1))
    assert numbers(plan) == [2]
    assert [one.id.int for one in plan.left_out] == [1]
    assert VisitReason.PINNED in [why.code for why in plan.stops[0].reasons]
    assert numbers(day_plan.fill_day(shops, MONDAY, DayCapacity(minutes=0))) == [2]


def test_each_stop_says_why_the_order_day_first() -> None:
    known = (Why(VisitReason.PLAN_DUE, subject="D13", day=MONDAY), Why(VisitReason.PLAN_DUE, subject="D01"))
    plan = day_plan.plan_day([shop(1, 2, last=date(2026, 10, 9), reasons=known)], MONDAY)
    assert plan.stops[0].reasons == (
        Why(VisitReason.ORDER_DAY_NEXT, 1),
        *known,
        Why(VisitReason.LONG_UNVISITED, 45, day=date(2026, 10, 9)),
    )
    assert day_plan.plan_day([shop(1, 1, last=None)], MONDAY).stops[0].reasons == (
        Why(VisitReason.ORDER_DAY_TODAY, 0),
        Why(VisitReason.NEVER_VISITED),
    )
    assert day_plan.plan_day([shop(1, 5, last=MONDAY)], MONDAY).stops[0].reasons == ()


def test_a_reason_that_is_given_twice_is_said_once() -> None:
    given_twice = shop(1, 1, last=MONDAY, reasons=(Why(VisitReason.ORDER_DAY_TODAY, 0),))
    assert day_plan.plan_day([given_twice], MONDAY).stops[0].reasons == (Why(VisitReason.ORDER_DAY_TODAY, 0),)


def test_stops_at_one_place_follow_each_other_every_twelve_minutes() -> None:
    plan = day_plan.schedule([shop(1), shop(2), shop(3)], MONDAY)
    assert arrivals(plan) == [time(9, 0), time(9, 12), time(9, 24)]
    assert plan.stops[-1].leave == datetime(2026, 11, 23, 9, 36)  # noqa: DTZ001
    assert plan.hours == pytest.approx(0.6)
    assert plan.km == 0


def test_the_way_takes_time_and_kilometres_on_the_road() -> None:
    # One tenth of a degree of latitude is 11.12 km, by road 15.0 km, at 40 km/h 22.5 minutes.
    plan = day_plan.schedule([shop(1), shop(2, place=(41.6, -93.5))], MONDAY, start=GeoPoint(41.4, -93.5))
    assert arrivals(plan) == [time(9, 23), time(9, 58)]
    assert [round(stop.km, 1) for stop in plan.stops] == [15.0, 15.0]
    assert plan.km == pytest.approx(30.02, abs=0.02)
    assert day_plan.work_minutes(plan) == 2 * (23 + 12)


def test_a_visit_that_would_run_into_lunch_begins_after_it() -> None:
    early = DayRules(start=time(11, 30))
    plan = day_plan.schedule([shop(1), shop(2), shop(3)], MONDAY, early)
    assert arrivals(plan) == [time(11, 30), time(11, 42), time(13, 30)]
    exact = day_plan.schedule([shop(1), shop(2)], MONDAY, DayRules(start=time(11, 36)))
    assert arrivals(exact) == [time(11, 36), time(11, 48)]


def test_a_way_that_is_not_done_by_lunch_goes_on_after_it() -> None:
    # Half an hour's way from 11:42 on: 18 minutes before lunch, 12 after it.
    rules = DayRules(start=time(11, 30), travel=TravelRules(1.0, 22.24))
    plan = day_plan.schedule([shop(1), shop(2, place=(41.6, -93.5))], MONDAY, rules)
    assert plan.stops[1].travel_minutes == 30
    assert arrivals(plan)[1] == time(13, 42)


def test_a_day_that_starts_in_the_lunch_break_starts_after_it() -> None:
    assert arrivals(day_plan.schedule([shop(1)], MONDAY, DayRules(start=time(12, 30)))) == [time(13, 30)]
    assert arrivals(day_plan.schedule([shop(1)], MONDAY, DayRules(start=time(14, 0)))) == [time(14, 0)]


def test_a_shop_without_coordinates_is_last_and_flagged() -> None:
    plan = day_plan.plan_day([shop(1, place=None), shop(2), shop(3, place=(41.6, -93.5))], MONDAY)
    assert [stop.unplaced for stop in plan.stops] == [False, False, True]
    assert plan.unplaced == 1
    assert plan.stops[-1].travel_minutes == 0


def test_a_short_day_leaves_out_the_least_urgent() -> None:
    shops = [shop(number, last=NEVER + timedelta(days=number)) for number in range(1, 9)]
    plan = day_plan.fill_day(shops, MONDAY, DayCapacity(minutes=40))
    assert sorted(numbers(plan)) == [1, 2, 3]
    assert [one.id.int for one in plan.left_out] == [4, 5, 6, 7, 8]


def test_an_empty_territory_is_an_empty_day() -> None:
    plan = day_plan.fill_day([], MONDAY, DayCapacity(stops=12, minutes=300))
    assert plan == DayPlan(MONDAY, (), 0, 0)


many_shops = st.lists(
    st.builds(
        shop,
        st.integers(1, 10**6),
        st.none() | st.integers(1, 7),
        st.none() | st.dates(MONDAY - timedelta(days=60), MONDAY),
        st.none() | st.tuples(st.floats(41, 42), st.floats(-94, -93)),
        pinned=st.booleans(),
    ),
    max_size=18,
    unique_by=lambda one: one.id,
)


@settings(deadline=None, max_examples=80)
@given(many_shops, st.none() | st.integers(0, 20), st.none() | st.integers(0, 400))
def test_a_day_keeps_its_limits_and_loses_no_shop(
    shops: list[ShopForDay], stops: int | None, minutes: int | None
) -> None:
    plan = day_plan.fill_day(shops, MONDAY, DayCapacity(stops, minutes))
    pinned = sum(one.pinned for one in shops)
    due = {one.id for one in day_plan.due_shops(shops, MONDAY)}
    planned = [stop.shop.id for stop in plan.stops]
    assert len(planned) == len(set(planned))
    assert {*planned, *(one.id for one in plan.left_out)} == due
    assert {one.id for one in shops if one.pinned} <= set(planned)
    assert stops is None or len(planned) <= max(stops, pinned)
    assert minutes is None or len(planned) == pinned or day_plan.work_minutes(plan) <= minutes
    assert plan == day_plan.fill_day(shops[::-1], MONDAY, DayCapacity(stops, minutes))


@settings(deadline=None, max_examples=80)
@given(many_shops)
def test_stops_never_overlap_and_nobody_works_through_lunch(shops: list[ShopForDay]) -> None:
    plan = day_plan.plan_day(shops, MONDAY)
    noon, again = (datetime.combine(MONDAY, clock) for clock in (time(12, 0), time(13, 30)))
    before = datetime.combine(MONDAY, time(9, 0))
    for number, stop in enumerate(plan.stops, 1):
        assert stop.number == number
        assert stop.arrive >= before + timedelta(minutes=stop.travel_minutes)
        assert stop.leave - stop.arrive == timedelta(minutes=12)
        assert stop.leave <= noon or stop.arrive >= again
        before = stop.leave
