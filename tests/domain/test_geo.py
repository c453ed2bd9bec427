"""Distances against known cities, and routes against brute force and against the greedy path."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import geo, route_search
from app.domain.geo import GeoPoint

BEIJING = GeoPoint(39.9042, 116.4074)
SHANGHAI = GeoPoint(31.2304, 121.4737)

places = st.builds(
    GeoPoint, st.floats(41.0, 42.0).map(lambda x: round(x, 3)), st.floats(-94.5, -93.0).map(lambda x: round(x, 3))
)


def test_beijing_is_about_1067_km_from_shanghai() -> None:
    assert geo.haversine_km(BEIJING, SHANGHAI) == pytest.approx(1067, abs=3)


def test_a_quarter_of_the_equator_is_ten_thousand_kilometres() -> None:
    assert geo.haversine_km(GeoPoint(0, 0), GeoPoint(0, 90)) == pytest.approx(10_007.5, abs=1)


def test_a_place_across_the_date_line_is_near() -> None:
    a, b = GeoPoint(10, 179.9), GeoPoint(10, -179.9)
    assert geo.haversine_km(a, b) < 25
    ((x_a, _), (x_b, _)) = geo.project([a, b], a)
    assert abs(x_a - x_b) < 25


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(None, 5.0), (5.0, None), (91.0, 5.0), (5.0, 181.0), (0.0, 0.0), (float("nan"), 5.0), (5.0, float("inf"))],
)
def test_what_cannot_be_a_place_is_no_point(lat: float | None, lon: float | None) -> None:
    assert geo.point_of(lat, lon) is None


def test_coordinates_of_zero_alone_are_a_place() -> None:
    assert geo.point_of(0.0, 12.5) == GeoPoint(0.0, 12.5)


def test_travel_takes_the_road_factor_and_is_rounded_up() -> None:
    assert geo.road_km(10) == pytest.approx(13.5)
    assert geo.travel_minutes(0) == 0
    assert geo.travel_minutes(10) == 21  # 13.5 km at 40 km/h take 20.25 minutes
    assert geo.travel_minutes(10, geo.TravelRules(1.0, 60)) == 10


def test_the_projection_keeps_distances_in_a_territory() -> None:
    a, b = GeoPoint(41.6, -93.6), GeoPoint(41.9, -93.1)
    (xa, ya), (xb, yb) = geo.project([a, b])
    assert ((xa - xb) ** 2 + (ya - yb) ** 2) ** 0.5 == pytest.approx(geo.haversine_km(a, b), rel=0.005)
    assert xb > xa
    assert yb > ya


def test_nothing_to_project_or_to_order_is_no_error() -> None:
    assert geo.project([]) == ()
    assert geo.order_by_distance([]) == geo.RouteOrder((), (), 0.0)
    assert geo.middle([None]) is None
    assert geo.path_km([None, None]) == 0


def test_shops_without_coordinates_come_last_and_are_flagged() -> None:
    route = geo.order_by_distance([None, GeoPoint(41.5, -93.5), None, GeoPoint(41.1, -93.5)], GeoPoint(41.0, -93.5))
    assert route.order == (3, 1, 0, 2)
    assert route.unplaced == (0, 2)


def test_shops_at_one_place_keep_their_order() -> None:
    same = GeoPoint(41.5, -93.5)
    route = geo.order_by_distance([same] * 12)
    assert sorted(route.order) == list(range(12))
    assert route.straight_km == 0
    assert route == geo.order_by_distance([same] * 12)


def length_from(points: list[GeoPoint], order: tuple[int, ...], start: GeoPoint | None) -> float:
    return geo.path_km([points[index] for index in order], start)


@settings(deadline=None, max_examples=60)
@given(st.lists(places, max_size=6), st.none() | places)
def test_a_small_route_is_as_short_as_the_best_of_all_orders(points: list[GeoPoint], start: GeoPoint | None) -> None:
    best = min(length_from(points, order, start) for order in permutations(range(len(points))))
    assert geo.order_by_distance(points, start).straight_km == pytest.approx(best, abs=1e-6)


def test_a_route_of_seven_is_as_short_as_the_best_of_all_orders() -> None:
    points = [GeoPoint(41 + (7 * k % 11) / 13, -93 - (5 * k % 7) / 9) for k in range(7)]
    best = min(length_from(points, order, None) for order in permutations(range(7)))
    assert geo.order_by_distance(points).straight_km == pytest.approx(best, abs=1e-6)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.none() | places, max_size=35), st.none() | places)
def test_a_route_visits_each_stop_once_and_is_always_the_same(
    points: list[GeoPoint | None], start: GeoPoint | None
) -> None:
    route = geo.order_by_distance(points, start)
    assert sorted(route.order) == list(range(len(points)))
    assert route.unplaced == tuple(index for index, point in enumerate(points) if point is None)
    assert route.order[len(points) - len(route.unplaced) :] == route.unplaced
    assert route == geo.order_by_distance(list(points), start)


@settings(deadline=None, max_examples=60)
@given(st.lists(places, min_size=10, max_size=30), places)
def test_an_improved_route_is_never_longer_than_the_greedy_one(points: list[GeoPoint], start: GeoPoint) -> None:
    between = [[geo.haversine_km(a, b) for b in points] for a in points]
    from_start = [geo.haversine_km(start, b) for b in points]
    greedy = route_search.path_length(route_search.nearest_neighbour(between, from_start), between, from_start)
    assert geo.order_by_distance(points, start).straight_km <= greedy + 1e-9


@settings(deadline=None, max_examples=30)
@given(st.lists(places, min_size=5, max_size=9), places)
def test_the_exact_route_is_never_longer_than_the_improved_one(points: list[GeoPoint], start: GeoPoint) -> None:
    between = [[geo.haversine_km(a, b) for b in points] for a in points]
    from_start = [geo.haversine_km(start, b) for b in points]
    improved = route_search.improve(range(len(points)), between, from_start)
    exact = route_search.exact_path(between, from_start)
    length = route_search.path_length
    assert length(exact, between, from_start) <= length(improved, between, from_start) + 1e-9


def test_a_crossing_is_untangled() -> None:
    # Twelve shops on a line, given in a tangled order: the way out along the line has no detour.
    points = [GeoPoint(41 + (5 * k % 12) * 0.01, -93.0) for k in range(12)]
    route = geo.order_by_distance(points, GeoPoint(40.99, -93.0))
    lats = [points[index].lat for index in route.order]
    assert lats == sorted(lats)


@settings(deadline=None, max_examples=40)
@given(st.lists(places, min_size=1, max_size=6), st.none() | places, places)
def test_the_exact_way_to_an_end_is_the_shortest_there_is(
    points: list[GeoPoint], start: GeoPoint | None, end: GeoPoint
) -> None:
    found = geo.order_by_distance(points, start, end)
    shortest = min(geo.path_km([*way, end], start) for way in permutations(points))
    assert found.straight_km == pytest.approx(shortest, abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(st.lists(places, min_size=10, max_size=25), places, places)
def test_an_improved_way_to_an_end_is_never_longer_than_the_greedy_one(
    points: list[GeoPoint], start: GeoPoint, end: GeoPoint
) -> None:
    between = [[geo.haversine_km(a, b) for b in points] for a in points]
    from_start = [geo.haversine_km(start, b) for b in points]
    greedy = route_search.nearest_neighbour(between, from_start)
    longest = geo.path_km([*(points[index] for index in greedy), end], start)
    assert geo.order_by_distance(points, start, end).straight_km <= longest + 1e-9
