"""Puts equally urgent shops into an order in which neighbours come together, so that a day of them is a short way."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain import geo
from app.domain.geo import GeoPoint

REACH_KM = 8.0
"""Shops that lie no farther apart than about this belong to one neighbourhood, as a chain of such steps does."""

_Spot = tuple[float, float]
_Cell = tuple[int, int]


@dataclass(slots=True)
class _Plane:
    """The places in kilometres, who is a neighbour of whom, and how far each is from what was chosen."""

    spots: list[_Spot]
    hood: list[int]
    away: list[float]
    """Squared kilometres to the nearest chosen place."""

    def choose(self, index: int) -> None:
        """Let a place be chosen, so that the others become nearer to the choice."""
        here = self.spots[index]
        self.away = [min(old, _squared(here, spot)) for old, spot in zip(self.away, self.spots, strict=True)]


def neighbours_first(points: Sequence[GeoPoint | None], chosen: Iterable[GeoPoint | None], wanted: int) -> list[int]:
    """Return the indices of the points, neighbours together, those without a place last.

    Begins beside what is chosen already; where nothing is, with the neighbourhood in which most of them lie close.
    Goes on with the neighbourhood that costs the least way for each shop of it. The order matters for the first
    `wanted` shops; the rest follow by their distance to them.
    """
    placed = [index for index, point in enumerate(points) if point is not None]
    if not placed:
        return list(range(len(points)))
    places = [point for point in points if point is not None]
    before = [point for point in chosen if point is not None]
    spots = geo.project([*places, *before], geo.middle(places))
    plane = _Plane(list(spots[: len(places)]), _hoods(spots[: len(places)]), [float("inf")] * len(places))
    for spot in spots[len(places) :]:
        plane.away = [min(old, _squared(spot, one)) for old, one in zip(plane.away, plane.spots, strict=True)]
    if not before:
        plane.away[_seed(plane.spots)] = 0.0
    order = [placed[index] for index in _grow(plane, wanted)]
    return order + [index for index, point in enumerate(points) if point is None]


def _grow(plane: _Plane, wanted: int) -> list[int]:
    """Take neighbourhood after neighbourhood, and in each the shops nearest to where it was entered."""
    left = set(range(len(plane.spots)))
    order: list[int] = []
    while left and len(order) < wanted:
        entry = _next_entry(plane, left, wanted - len(order))
        here = plane.spots[entry]
        members = sorted(
            (index for index in left if plane.hood[index] == plane.hood[entry]),
            key=lambda index: (_squared(here, plane.spots[index]), index),
        )
        for index in members[: wanted - len(order)]:
            order.append(index)
            left.remove(index)
            plane.choose(index)
    return order + sorted(left, key=lambda index: (plane.away[index], index))


def _next_entry(plane: _Plane, left: set[int], room: int) -> int:
    """Return the shop through which the neighbourhood with the least way for each of its shops is entered."""
    sizes = Counter(plane.hood[index] for index in left)
    return min(left, key=lambda i: (plane.away[i] ** 0.5 / min(sizes[plane.hood[i]], room), plane.away[i], i))


def _seed(spots: Sequence[_Spot]) -> int:
    """Return the shop in the middle of the place where most shops lie close together."""
    cells = Counter(_cell(spot) for spot in spots)
    crowd = {cell: sum(cells[near] for near in _around(cell)) for cell in cells}
    fullest = min(cells, key=lambda cell: (-crowd[cell], -cells[cell], cell))
    members = [index for index, spot in enumerate(spots) if _cell(spot) == fullest]
    middle = tuple(sum(spots[index][axis] for index in members) / len(members) for axis in (0, 1))
    return min(members, key=lambda index: (_squared(spots[index], (middle[0], middle[1])), index))


def _hoods(spots: Sequence[_Spot]) -> list[int]:
    """Return the number of the neighbourhood of each place; a grid keeps this quick for thousands of shops."""
    at: dict[_Cell, list[int]] = {}
    for index, spot in enumerate(spots):
        at.setdefault(_cell(spot), []).append(index)
    hood = [-1] * len(spots)
    for first in range(len(spots)):
        if hood[first] >= 0:
            continue
        hood[first] = first
        edge = [first]
        while edge:
            here = edge.pop()
            for cell in _around(_cell(spots[here])):
                near = [i for i in at.get(cell, ()) if _squared(spots[here], spots[i]) <= REACH_KM * REACH_KM]
                for index in near:
                    if hood[index] < 0:
                        hood[index] = first
                        edge.append(index)
                if near:
                    at[cell] = [i for i in at[cell] if hood[i] < 0]
    return hood


def _cell(spot: _Spot) -> _Cell:
    return int(spot[0] // REACH_KM), int(spot[1] // REACH_KM)


def _around(cell: _Cell) -> list[_Cell]:
    return [(cell[0] + x, cell[1] + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]


def _squared(a: _Spot, b: _Spot) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2
