"""The outline around shops: it holds them all, has its corners among them, and bulges everywhere."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.hull import FEWEST, hull

SPOTS = st.lists(st.tuples(st.integers(-50, 50).map(float), st.integers(-50, 50).map(float)), max_size=40)


def test_a_square_has_its_corners_and_what_lies_within_or_on_its_edges_none() -> None:
    inside = [(1.0, 1.0), (1.0, 0.0), (0.5, 1.9)]
    assert hull([(2.0, 2.0), (0.0, 0.0), *inside, (2.0, 0.0), (0.0, 2.0)]) == (
        (0.0, 0.0),
        (2.0, 0.0),
        (2.0, 2.0),
        (0.0, 2.0),
    )


def test_two_places_have_no_outline_and_a_line_its_ends() -> None:
    assert hull([(0.0, 0.0), (1.0, 1.0), (0.0, 0.0)]) == ()
    assert hull([(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]) == ((0.0, 0.0), (2.0, 2.0))


@given(SPOTS)
def test_every_spot_lies_left_of_every_edge(spots: list[tuple[float, float]]) -> None:
    corners = hull(spots)
    assert set(corners) <= set(spots)
    assert bool(corners) == (len(set(spots)) >= FEWEST)
    for (x1, y1), (x2, y2) in zip(corners, (*corners[1:], *corners[:1]), strict=True):
        assert all((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) >= 0 for x, y in spots)
