"""Travel: the matrix says what pairs say alone; the speed is learnt back from legs driven at a known one."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import geo
from app.domain.geo import GeoPoint, TravelRules
from app.domain.planning.travel import FEWEST_LEGS, Leg, learn_travel, travel_matrix

points = st.builds(
    GeoPoint, st.floats(41.0, 42.0).map(lambda x: round(x, 3)), st.floats(-94.5, -93.0).map(lambda x: round(x, 3))
)
RULES = TravelRules(1.35, 40.0)
MORNING = datetime.combine(date(2026, 3, 2), time(9, 0))


@given(st.lists(points, max_size=6), st.builds(TravelRules, st.floats(1.0, 2.0), st.floats(10.0, 90.0)))
def test_the_matrix_says_what_each_pair_says_alone(places: list[GeoPoint], rules: TravelRules) -> None:
    matrix = travel_matrix(places, rules)
    for row, a in enumerate(places):
        for column, b in enumerate(places):
            straight = geo.haversine_km(a, b)
            assert matrix.km[row, column] == pytest.approx(geo.road_km(straight, rules), abs=1e-6)
            assert matrix.minutes[row, column] == geo.travel_minutes(straight, rules)


def _leg(index: int, speed: float, *, parking: float = 0.0, left: datetime = MORNING) -> Leg:
    """Return a leg of one to twelve straight kilometres at a road speed in km/h, and some minutes to park."""
    origin, target = GeoPoint(41.6, -93.6), GeoPoint(41.6 + 0.009 * (1 + index % 12), -93.6)
    minutes = geo.road_km(geo.haversine_km(origin, target), RULES) / speed * 60 + parking
    left += timedelta(days=index)
    return Leg(left, left + timedelta(minutes=minutes), origin, target)


@given(st.floats(12.0, 90.0), st.integers(FEWEST_LEGS, 60))
def test_the_speed_comes_back_from_legs_driven_at_it(speed: float, count: int) -> None:
    learnt = learn_travel([_leg(index, speed) for index in range(count)], RULES)
    assert learnt.is_learnt
    assert learnt.legs == count
    assert learnt.rules.road_factor == RULES.road_factor
    assert learnt.rules.speed_kmh == pytest.approx(speed, rel=1e-6)


def test_a_fifth_of_detours_and_chats_changes_the_speed_little() -> None:
    legs = [_leg(index, 30.0) for index in range(40)] + [_leg(index, 30.0, parking=55.0) for index in range(10)]
    learnt = learn_travel(legs, RULES)
    assert learnt.rules.speed_kmh == pytest.approx(30.0, rel=0.02)
    assert learnt.legs >= 40


def test_minutes_to_park_count_little_on_long_ways() -> None:
    learnt = learn_travel([_leg(index, 40.0, parking=1.0) for index in range(48)], RULES)
    assert 36.0 < learnt.rules.speed_kmh <= 40.0


@pytest.mark.parametrize(
    "odd",
    [
        _leg(11, 40.0, left=MORNING.replace(hour=11, minute=25)),
        Leg(MORNING, MORNING + timedelta(days=1), GeoPoint(41.6, -93.6), GeoPoint(41.7, -93.6)),
        Leg(MORNING, MORNING - timedelta(minutes=5), GeoPoint(41.6, -93.6), GeoPoint(41.7, -93.6)),
        Leg(MORNING, MORNING + timedelta(minutes=5), GeoPoint(41.6, -93.6), GeoPoint(41.6, -93.6)),
        Leg(MORNING, MORNING + timedelta(minutes=1), GeoPoint(41.6, -93.6), GeoPoint(41.9, -93.6)),
    ],
    ids=["lunch", "next day", "clock set back", "same place", "faster than any car"],
)
def test_a_leg_that_is_no_plain_driving_is_left_out(odd: Leg) -> None:
    legs = [_leg(index, 40.0) for index in range(FEWEST_LEGS - 1)]
    learnt = learn_travel([*legs, odd], RULES)
    assert not learnt.is_learnt
    assert (learnt.legs, learnt.left_out) == (FEWEST_LEGS - 1, 1)
    assert learnt.rules == RULES


def test_from_nothing_nothing_is_learnt() -> None:
    learnt = learn_travel([], RULES)
    assert (learnt.rules, learnt.legs, learnt.left_out) == (RULES, 0, 0)
