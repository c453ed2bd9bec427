"""The order of a day: against every order there is, against the greedy one, with hours, lunch and what is behind."""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import geo
from app.domain.geo import GeoPoint
from app.domain.planning.problem import Span, WorkDay
from app.domain.planning.router import DayRoute, RouteStop, route_day
from app.domain.planning.solver import QUICK, Customer, Effort, Rounds, solve

DAY = WorkDay(date(2026, 3, 2), 14, 480, time(9, 0), Span(time(12, 0), time(13, 30)))
HOME = GeoPoint(41.6, -93.6)

places = st.builds(
    GeoPoint, st.floats(41.5, 41.9).map(lambda x: round(x, 3)), st.floats(-93.9, -93.4).map(lambda x: round(x, 3))
)
ends = st.sampled_from([(None, None), (HOME, None), (HOME, HOME), (None, HOME)])
clocks = st.integers(8 * 60, 18 * 60)


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


@st.composite
def _spans(draw: st.DrawFn) -> tuple[Span, ...]:
    begins = draw(st.lists(clocks, max_size=2, unique=True))
    return tuple(Span(_clock(minute), _clock(minute + draw(st.integers(10, 240)))) for minute in sorted(begins))


def _stops(count: int, *, spans: bool = False, unplaced: bool = False) -> st.SearchStrategy[list[RouteStop]]:
    point = places | st.none() if unplaced else places
    stop = st.builds(
        RouteStop, st.just("shop"), point, st.integers(5, 30), _spans() if spans else st.just(()), st.none()
    )
    return st.lists(stop, max_size=count)


def _metres(
    points: Sequence[GeoPoint | None], order: Sequence[int], start: GeoPoint | None, end: GeoPoint | None
) -> int:
    path = [point for point in (start, *(points[index] for index in order), end) if point is not None]
    return sum(round(geo.road_km(geo.haversine_km(a, b)) * 1000) for a, b in pairwise(path))


def _greedy(stops: Sequence[RouteStop], start: GeoPoint | None) -> list[int]:
    left, here, order = list(range(len(stops))), start, list[int]()
    while left:
        near = min(left, key=lambda index: geo.haversine_km(here, stops[index].point) if here else 0)  # type: ignore[arg-type]
        order.append(near)
        left.remove(near)
        here = stops[near].point
    return order


@given(_stops(6), ends)
@settings(max_examples=60, deadline=None)
def test_a_small_day_is_as_short_as_the_best_of_all_orders(
    stops: list[RouteStop], ends: tuple[GeoPoint | None, GeoPoint | None]
) -> None:
    points = [stop.point for stop in stops]
    route = route_day(stops, DAY, *ends)
    best = min(_metres(points, order, *ends) for order in permutations(range(len(stops))))
    assert _metres(points, route.order, *ends) == best


def test_eight_stops_are_as_short_as_the_best_of_all_orders() -> None:
    points = [GeoPoint(41.5 + (index * 37 % 41) / 100, -93.9 + (index * 23 % 47) / 100) for index in range(8)]
    route = route_day([RouteStop("shop", point, 10) for point in points], DAY, HOME, HOME)
    best = min(_metres(points, order, HOME, HOME) for order in permutations(range(8)))
    assert _metres(points, route.order, HOME, HOME) == best


@given(_stops(30), ends)
@settings(max_examples=25, deadline=None)
def test_no_day_is_longer_than_always_on_to_the_nearest(
    stops: list[RouteStop], ends: tuple[GeoPoint | None, GeoPoint | None]
) -> None:
    points = [stop.point for stop in stops]
    route = route_day(stops, DAY, *ends, effort=QUICK)
    assert _metres(points, route.order, *ends) <= _metres(points, _greedy(stops, ends[0]), *ends)


@given(_stops(12, spans=True, unplaced=True), ends, st.data())
@settings(max_examples=60, deadline=None)
def test_every_stop_comes_once_in_time_or_told_and_never_through_lunch(
    stops: list[RouteStop], ends: tuple[GeoPoint | None, GeoPoint | None], data: st.DataObject
) -> None:
    behind = data.draw(st.lists(st.integers(0, len(stops) - 1), max_size=3, unique=True)) if stops else []
    fixed = {index: number for number, index in enumerate(behind, 1)}
    given = [
        RouteStop(stop.key, stop.point, stop.minutes, stop.open_spans, fixed.get(index))
        for index, stop in enumerate(stops)
    ]
    route = route_day(given, DAY, *ends, effort=QUICK)
    assert sorted(route.order) == list(range(len(stops)))
    assert list(route.order[: len(behind)]) == behind
    free = [given[index].point is None for index in route.order[len(behind) :]]
    assert free == sorted(free)
    assert route == route_day(given, DAY, *ends, effort=QUICK)
    _assert_times_hold(route)


def _assert_times_hold(route: DayRoute) -> None:
    left = datetime.combine(DAY.day, DAY.start)
    for index, stop in zip(route.order, route.stops, strict=True):
        assert stop.arrive >= left
        assert (stop.leave - stop.arrive).total_seconds() == stop.stop.minutes * 60
        assert stop.leave.time() <= time(12, 0) or stop.arrive.time() >= time(13, 30)
        assert stop.wait_minutes >= 0
        within = not stop.stop.open_spans or any(
            span.begins <= stop.arrive.time() and stop.leave.time() <= span.ends for span in stop.stop.open_spans
        )
        assert within == stop.is_open == (index not in route.outside)
        left = stop.leave
    assert route.ends == left


@given(st.lists(st.tuples(places, _spans()), min_size=2, max_size=5))
@settings(max_examples=40, deadline=None)
def test_hours_are_missed_only_where_no_order_keeps_them(shops: list[tuple[GeoPoint, tuple[Span, ...]]]) -> None:
    stops = [RouteStop("shop", point, 15, spans) for point, spans in shops]
    missed = len(route_day(stops, DAY, HOME).outside)
    if missed:
        in_order = [
            [RouteStop("shop", stops[index].point, 15, stops[index].open_spans, n) for n, index in enumerate(order)]
            for order in permutations(range(len(stops)))
        ]
        assert missed == min(len(route_day(fixed, DAY, HOME).outside) for fixed in in_order)


def test_a_shop_that_opens_late_comes_after_one_that_lies_behind_it() -> None:
    near = RouteStop("near", GeoPoint(41.61, -93.6), 10, (Span(time(10, 0), time(11, 0)),))
    far = RouteStop("far", GeoPoint(41.75, -93.6), 10)
    assert route_day([near, far], DAY, HOME, HOME).order == (1, 0)
    early = RouteStop("near", near.point, 10, (Span(time(9, 0), time(9, 30)),))
    assert route_day([far, early], DAY, HOME, HOME).order == (1, 0)


def test_waiting_before_a_closed_door_is_counted_and_lunch_is_not() -> None:
    late = RouteStop("late", HOME, 10, (Span(time(14, 0), time(15, 0)),))
    route = route_day([late], DAY, HOME)
    assert route.stops[0].arrive.time() == time(14, 0)
    assert route.stops[0].wait_minutes == route.wait_minutes == 3 * 60 + 30
    assert (route.minutes, route.is_kept) == (10, True)


def test_a_shop_open_only_at_lunch_is_told() -> None:
    route = route_day([RouteStop("noon", HOME, 10, (Span(time(12, 0), time(13, 30)),))], DAY, HOME)
    assert route.outside == (0,)
    assert not route.is_kept


def test_the_rest_of_a_day_begins_where_and_when_she_is() -> None:
    stops = [RouteStop("a", GeoPoint(41.7, -93.6), 10), RouteStop("b", GeoPoint(41.61, -93.6), 10)]
    now = datetime.combine(DAY.day, time(15, 0))
    route = route_day(stops, DAY, GeoPoint(41.71, -93.6), HOME, begins=now)
    assert route.order == (0, 1)
    assert route.stops[0].arrive > now


def test_an_empty_day_has_no_way() -> None:
    route = route_day([], DAY, HOME, HOME)
    assert (route.stops, route.km, route.minutes) == ((), 0.0, 0)


def test_rounds_keep_the_load_of_the_vehicle() -> None:
    metres = np.array([[0, 10, 10, 10], [10, 0, 1, 1], [10, 1, 0, 1], [10, 1, 1, 0]])
    customers = tuple(Customer(place, load=1) for place in (1, 2, 3))
    found = solve(Rounds(metres, customers, vehicles=3, capacity=2), Effort(50))
    assert sorted(len(way) for way in found.rounds) == [1, 2]
    assert (found.cost, found.is_feasible) == (41, True)


def test_loads_that_no_vehicle_can_take_are_told() -> None:
    metres = np.array([[0, 10], [10, 0]])
    with pytest.warns(Warning, match="penalty"):
        found = solve(Rounds(metres, (Customer(1, load=5),), capacity=2), Effort(3000))
    assert not found.is_feasible
