"""The search for a short path through a matrix of distances: exact when small, improved greedy when not."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

EXACT_UP_TO = 9
_GAIN = 1e-9
_LONGEST_MOVED = 3

Matrix = Sequence[Sequence[float]]


def path_length(
    path: Sequence[int], between: Matrix, from_start: Sequence[float], to_end: Sequence[float] = ()
) -> float:
    """Return the length of a path: from the start to its first stop, on from stop to stop, and to the end if any."""
    if not path:
        return 0.0
    home = to_end[path[-1]] if to_end else 0.0
    return from_start[path[0]] + sum(between[a][b] for a, b in itertools.pairwise(path)) + home


def shortest_path(between: Matrix, from_start: Sequence[float], to_end: Sequence[float] = ()) -> tuple[int, ...]:
    """Return the stops in a short order; all zeros in `from_start` mean that any stop may be the first.

    Without `to_end` any stop may be the last.
    """
    count = len(from_start)
    if count <= EXACT_UP_TO:
        return exact_path(between, from_start, to_end)
    if any(from_start):
        path = nearest_neighbour(between, from_start)
    else:
        # With a free start the greedy path depends on its first stop alone, so each is tried.
        paths = [nearest_neighbour(between, from_start, first) for first in range(count)]
        path = min(paths, key=lambda found: path_length(found, between, from_start, to_end))
    return tuple(improve(path, between, from_start, to_end))


def nearest_neighbour(between: Matrix, from_start: Sequence[float], first: int | None = None) -> list[int]:
    """Return the greedy path: always on to the nearest stop that is left; equal distances go by index."""
    left = list(range(len(from_start)))
    if not left:
        return []
    here = min(left, key=from_start.__getitem__) if first is None else first
    path = [here]
    left.remove(here)
    while left:
        here = min(left, key=between[here].__getitem__)
        path.append(here)
        left.remove(here)
    return path


def exact_path(between: Matrix, from_start: Sequence[float], to_end: Sequence[float] = ()) -> tuple[int, ...]:
    """Return the shortest path of all by dynamic programming over sets of stops; time grows as 2**n × n**2."""
    count = len(from_start)
    if not count:
        return ()
    full = (1 << count) - 1
    best: list[dict[int, tuple[float, int]]] = [{} for _ in range(full + 1)]
    for stop in range(count):
        best[1 << stop][stop] = (from_start[stop], -1)
    for visited in range(1, full):
        for last, (length, _) in best[visited].items():
            row = between[last]
            for stop in range(count):
                if visited >> stop & 1:
                    continue
                reached = length + row[stop]
                table = best[visited | 1 << stop]
                if stop not in table or reached < table[stop][0]:
                    table[stop] = (reached, last)
    home = to_end or (0.0,) * count
    last = min(best[full], key=lambda stop: (best[full][stop][0] + home[stop], stop))
    path: list[int] = []
    visited = full
    while last >= 0:
        path.append(last)
        before = best[visited][last][1]
        visited ^= 1 << last
        last = before
    return tuple(reversed(path))


def improve(
    path: Sequence[int], between: Matrix, from_start: Sequence[float], to_end: Sequence[float] = ()
) -> list[int]:
    """Shorten the path by 2-opt and Or-opt until neither finds a gain; it never gets longer."""
    result = list(path)
    ways = _Ways(between, from_start, to_end)
    while _two_opt(result, ways) or _or_opt(result, ways):
        pass
    return result


@dataclass(frozen=True, slots=True)
class _Ways:
    between: Matrix
    from_start: Sequence[float]
    to_end: Sequence[float]

    def into(self, path: list[int], place: int, stop: int) -> float:
        """Return the length of the link from what comes before `place` to a stop."""
        return self.from_start[stop] if place == 0 else self.between[path[place - 1]][stop]

    def on(self, path: list[int], place: int, stop: int) -> float:
        """Return the length of the link from a stop to what stands at `place`; behind the last stop is the end."""
        if place < len(path):
            return self.between[stop][path[place]]
        return self.to_end[stop] if self.to_end else 0.0

    def link(self, path: list[int], place: int) -> float:
        """Return the length of the link into `place`, into the end behind the last stop."""
        if place < len(path):
            return self.into(path, place, path[place])
        return self.on(path, place, path[-1]) if path else 0.0


def _two_opt(path: list[int], ways: _Ways) -> bool:
    """Turn round every stretch whose reversal is a gain; tell whether one was found."""
    count = len(path)
    found = False
    for i in range(count - 1):
        for j in range(i + 1, count):
            first, last = path[i], path[j]
            change = ways.into(path, i, last) - ways.into(path, i, first)
            change += ways.on(path, j + 1, first) - ways.on(path, j + 1, last)
            if change < -_GAIN:
                path[i : j + 1] = path[i : j + 1][::-1]
                found = True
    return found


def _or_opt(path: list[int], ways: _Ways) -> bool:
    """Move one stretch of up to three stops, perhaps turned round, to a better place; tell whether one was found."""
    count = len(path)
    for size in range(1, _LONGEST_MOVED + 1):
        for i in range(count - size + 1):
            stretch = path[i : i + size]
            rest = path[:i] + path[i + size :]
            saved = ways.link(rest, i) - _joined(rest, i, stretch, ways)
            for place in range(len(rest) + 1):
                bare = ways.link(rest, place)
                for turned in (stretch, stretch[::-1]):
                    if saved + _joined(rest, place, turned, ways) - bare < -_GAIN:
                        path[:] = rest[:place] + turned + rest[place:]
                        return True
    return False


def _joined(path: list[int], place: int, stretch: list[int], ways: _Ways) -> float:
    """Return the length of the two links that a stretch put in at `place` would have."""
    return ways.into(path, place, stretch[0]) + ways.on(path, place, stretch[-1])
