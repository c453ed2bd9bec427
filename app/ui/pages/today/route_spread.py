"""Moves the stops of a sketch apart where their numbers would cover each other; far ones stay where they are."""

from collections.abc import Sequence
from math import cos, hypot, radians

Place = tuple[float, float]
"""Latitude and longitude in degrees."""

_ROOM, _ROOM_OF_FEW, _FEW = 0.105, 0.115, 15
"""The least distance of two stops, as a part of the larger side of the route: a number and some way to the next."""
_HEAP = 0.5
"""Nearer than this part of the room, two stops are set apart along the way and not along the line between them."""
_ROUNDS = 80


def spread(places: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places, in the order of the way, with a little room around each."""
    if len(places) < 2:  # noqa: PLR2004
        return tuple(places)
    narrow = cos(radians(sum(lat for lat, _ in places) / len(places))) or 1.0
    start = [(lon * narrow, lat) for lat, lon in places]
    points = [list(point) for point in start]
    span = max(max(p[axis] for p in points) - min(p[axis] for p in points) for axis in (0, 1))
    room = span * (_ROOM_OF_FEW if len(places) <= _FEW else _ROOM) or 1e-4
    for _ in range(_ROUNDS):
        if not _push(points, start, room):
            break
    return tuple((y, x / narrow) for x, y in points)


def _push(points: list[list[float]], start: Sequence[tuple[float, float]], room: float) -> bool:
    """Push each pair that is too close apart by half of what lacks; tell whether there was one."""
    found = False
    for i, a in enumerate(points):
        for j in range(i + 1, len(points)):
            b = points[j]
            x, y = b[0] - a[0], b[1] - a[1]
            apart = hypot(x, y)
            if apart >= room * 0.999:
                continue
            found = True
            if apart < room * _HEAP:
                x, y = _along(start, i, j, room)
                apart = hypot(x, y)
            lacks = (room - min(apart, room * 0.9)) / 2
            for point, sign in ((a, -1), (b, 1)):
                point[0] += sign * x / apart * lacks
                point[1] += sign * y / apart * lacks
    return found


def _along(start: Sequence[tuple[float, float]], i: int, j: int, room: float) -> tuple[float, float]:
    """Return where the way leads around two stops, so that a heap opens in the order of the way."""
    here = start[i]
    before = next((p for p in reversed(start[:i]) if hypot(p[0] - here[0], p[1] - here[1]) > room), here)
    after = next((p for p in start[j + 1 :] if hypot(p[0] - here[0], p[1] - here[1]) > room), here)
    x, y = after[0] - before[0], after[1] - before[1]
    return (x, y) if hypot(x, y) > 0 else (room, 0.0)
