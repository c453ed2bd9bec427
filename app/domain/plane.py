"""Places on a plane in kilometres, gathered for drawing: what is drawn as one, what lies where, what comes next."""

from collections.abc import Iterator, Sequence
from math import cos, hypot, pi, sin, sqrt
from typing import NamedTuple

Spot = tuple[float, float]
"""Kilometres east and north of an origin."""

FINEST_KM = 0.07
"""Cells of this side or smaller are never drawn as one."""

_SPREAD = 0.17
"""How far apart places that coincide are drawn, in sides of a cell."""
_CORE = 0.15
"""How far from the middle of its cell a heap may be drawn, in sides: heaps of neighbouring cells keep apart."""
_GOLDEN = pi * (3 - sqrt(5))
_WIDENING = 2.0
"""A step sideways counts this many times as far as one in the direction that was asked for."""


class Heap(NamedTuple):
    """What is drawn at one spot: one place, or many that would cover each other; members are indices."""

    members: tuple[int, ...]
    x: float
    y: float

    @property
    def is_many(self) -> bool:
        """Whether it stands for more than one place."""
        return len(self.members) > 1


class Gathering:
    """All places for one scale, in square cells that are fixed to the plane, so that nothing jumps while it moves."""

    def __init__(self, spots: Sequence[Spot], side: float, most: int) -> None:
        """Gather cells of that side (km) with more than `most` places into one heap each."""
        self.side = side
        self._cells: dict[tuple[int, int], tuple[Heap, ...]] = {}
        self._of: list[Heap | None] = [None] * len(spots)
        inside: dict[tuple[int, int], list[int]] = {}
        for index, (x, y) in enumerate(spots):
            inside.setdefault((int(x // side), int(y // side)), []).append(index)
        for cell, members in inside.items():
            is_heap = len(members) > most and side > FINEST_KM
            heaps = (self._heap(cell, members, spots),) if is_heap else self._single(members, spots)
            self._cells[cell] = heaps
            for heap in heaps:
                for member in heap.members:
                    self._of[member] = heap

    def heap_of(self, index: int) -> Heap:
        """Return what a place is drawn in."""
        heap = self._of[index]
        if heap is None:
            raise IndexError(index)
        return heap

    def all(self) -> Iterator[Heap]:
        """Return everything."""
        for heaps in self._cells.values():
            yield from heaps

    def within(self, west: float, south: float, east: float, north: float) -> Iterator[Heap]:
        """Return what lies in the cells that a rectangle touches, and in those around them."""
        columns = range(int(west // self.side) - 1, int(east // self.side) + 2)
        rows = range(int(south // self.side) - 1, int(north // self.side) + 2)
        if len(columns) * len(rows) > len(self._cells):
            for (column, row), heaps in self._cells.items():
                if column in columns and row in rows:
                    yield from heaps
            return
        for column in columns:
            for row in rows:
                yield from self._cells.get((column, row), ())

    def nearest(self, x: float, y: float, reach: float) -> Heap | None:
        """Return what is drawn nearest to a spot, no farther than `reach` kilometres."""
        near = [
            (hypot(h.x - x, h.y - y), h.members, h) for h in self.within(x - reach, y - reach, x + reach, y + reach)
        ]
        distance, _, heap = min(near, default=(float("inf"), (), None))
        return heap if distance <= reach else None

    def next_towards(self, heap: Heap, east: int, north: int) -> Heap | None:
        """Return the nearest heap in a direction, one of the four; None at the edge."""
        best, least = None, float("inf")
        for other in self.all():
            across, up = other.x - heap.x, other.y - heap.y
            ahead, aside = across * east + up * north, abs(across * north) + abs(up * east)
            if ahead <= 0 or aside > _WIDENING * ahead:
                continue
            cost = ahead + _WIDENING * aside
            if cost < least:
                best, least = other, cost
        return best

    def _heap(self, cell: tuple[int, int], members: list[int], spots: Sequence[Spot]) -> Heap:
        middle = (cell[0] + 0.5) * self.side, (cell[1] + 0.5) * self.side
        mean = [sum(spots[index][axis] for index in members) / len(members) for axis in (0, 1)]
        reach = _CORE * self.side
        x, y = (max(m - reach, min(m + reach, value)) for m, value in zip(middle, mean, strict=True))
        return Heap(tuple(members), x, y)

    def _single(self, members: list[int], spots: Sequence[Spot]) -> tuple[Heap, ...]:
        if len(members) == 1:
            return (Heap((members[0],), *spots[members[0]]),)
        together: dict[Spot, list[int]] = {}
        for index in members:
            together.setdefault(spots[index], []).append(index)
        return tuple(
            Heap((index,), *_fanned(spot, number, len(same), self.side))
            for spot, same in together.items()
            for number, index in enumerate(same)
        )


def _fanned(spot: Spot, number: int, count: int, side: float) -> Spot:
    """Return where the places of one spot are drawn: alone on it, several around it like the seeds of a flower."""
    if count == 1:
        return spot
    away = _SPREAD * side * sqrt(number + 0.5)
    return spot[0] + away * cos(number * _GOLDEN), spot[1] + away * sin(number * _GOLDEN)
