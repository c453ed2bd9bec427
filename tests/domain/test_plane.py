"""Places gathered for drawing: everything is drawn once, near where it lies, and what is near is found."""

from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from app.domain.plane import FINEST_KM, Gathering

MOST = 6
km = st.floats(-80, 80, allow_nan=False, width=32)
spots = st.lists(st.tuples(km, km), min_size=1, max_size=120)
sides = st.sampled_from([FINEST_KM / 2, 0.5, 4.0, 64.0])


@given(spots, sides)
def test_every_place_is_drawn_exactly_once_and_near_where_it_lies(
    places: list[tuple[float, float]], side: float
) -> None:
    gathering = Gathering(places, side, MOST)
    members = [member for heap in gathering.all() for member in heap.members]
    assert sorted(members) == list(range(len(places)))
    for index, (x, y) in enumerate(places):
        heap = gathering.heap_of(index)
        assert index in heap.members
        assert hypot(heap.x - x, heap.y - y) <= side * 2 or len(set(places)) < len(places)


@given(spots, sides)
def test_only_crowded_cells_become_one_and_never_at_the_finest(places: list[tuple[float, float]], side: float) -> None:
    for heap in Gathering(places, side, MOST).all():
        assert len(heap.members) == 1 or (len(heap.members) > MOST and side > FINEST_KM)


@given(spots, sides, st.tuples(km, km))
def test_the_nearest_is_the_one_that_looking_at_all_finds(
    places: list[tuple[float, float]], side: float, at: tuple[float, float]
) -> None:
    gathering = Gathering(places, side, MOST)
    far = {heap.members: hypot(heap.x - at[0], heap.y - at[1]) for heap in gathering.all()}
    found = gathering.nearest(*at, side)
    if found is None:
        # What lies in a cell is drawn at most two sides away from it.
        assert min(far.values()) > side * 0.99
    else:
        assert far[found.members] == min(far.values()) <= side


@given(spots, sides)
def test_a_step_goes_in_its_direction_and_nobody_is_stuck(places: list[tuple[float, float]], side: float) -> None:
    gathering = Gathering(places, side, MOST)
    heap = gathering.heap_of(0)
    steps = {way: gathering.next_towards(heap, *way) for way in ((1, 0), (-1, 0), (0, 1), (0, -1))}
    for (east, north), found in steps.items():
        assert found is None or (found.x - heap.x) * east + (found.y - heap.y) * north > 0
    elsewhere = [other for other in gathering.all() if (other.x, other.y) != (heap.x, heap.y)]
    assert any(steps.values()) == bool(elsewhere)


def test_shops_at_the_same_spot_are_drawn_beside_each_other() -> None:
    gathering = Gathering([(1.0, 1.0)] * 30, FINEST_KM, MOST)
    drawn = {(heap.x, heap.y) for heap in gathering.all()}
    assert len(drawn) == 30
    assert all(hypot(x - 1, y - 1) < 2 * FINEST_KM for x, y in drawn)
