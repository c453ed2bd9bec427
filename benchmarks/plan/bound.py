"""Kilometres that no month can go below that keeps cadence, windows, the load of days and the order days as we do.

The bound is that of column generation: every visit once, one tour for every working day, at most so many visits off
their order day, where a tour of a day is any walk from home over so many visits as a day may have that does not come
back to the visit before the last (q-routes of Christofides, Mingozzi and Toth 1981, with 2-cycle elimination). Instead
of the linear programme its Lagrangian dual is climbed: each visit has a worth and a miss has a price, a day takes the
walk that is cheapest by them, and whatever the worths are, the sum is a lower bound (Held and Karp 1971). Gaps between
visits of a shop and the minutes of a day are left out.
"""

from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

from app.domain.planning.month_board import END, START, Board
from app.domain.planning.problem import MonthProblem

Floats = NDArray[np.float64]

_FORBIDDEN = 1e9
_STEPS = 400
_FIRST_STEP, _SHORTER, _PATIENCE = 1.0, 0.7, 10
"""Steps are shortened after so many that did not raise the bound."""
_STEADY = 0.7
"""How much of its direction a step keeps from the one before."""
_LEAST_GAP = 0.001
_MISSES_COUNT = 10.0
"""The price of a miss moves slower than the worth of a visit, for it moves all visits at once."""
_SAFE = 1e-6
"""Kilometres taken off for rounding."""


@dataclass(frozen=True, slots=True)
class Tours:
    """What a tour may be: ways between visits, from and to home (km), who may be on which day, stops of a day."""

    between: Floats
    out: Floats
    back: Floats
    allowed: NDArray[np.bool_]
    """Rows are days, columns visits."""
    misses: NDArray[np.bool_]
    least: int
    most: int
    may_miss: int


@dataclass(slots=True)
class _Walks:
    """The cheapest walk of each day: cost, and how often it comes to each visit."""

    costs: Floats
    counts: Floats


def least_of_month(problem: MonthProblem, *, match: float, spread: int, near: float, steps: int = _STEPS) -> float:
    """Return kilometres that no month goes below with so large a share on its order day and days that are that even.

    Days that differ by at most `spread` stops have between so many and `spread` more, whatever their least is; the
    bound is the lowest of those of all such ranges. `near` is a length that some plan has, to measure steps by. Raises
    ValueError where a visit has no place on the map.
    """
    ranges = _ranges(len(problem.needs), len(problem.days), max(day.stops for day in problem.days), spread)
    return min(
        km_at_least(tours_of(problem, match=match, least=least, most=most), near=near, steps=steps)
        for least, most in ranges
    )


def _ranges(visits: int, days: int, fullest: int, spread: int) -> list[tuple[int, int]]:
    """Return the least and the most stops that days may have together; a range within another is left out."""
    found: list[tuple[int, int]] = []
    for least in range(fullest + 1):
        most = min(fullest, least + spread)
        fits = least * days <= visits <= most * days
        if fits and not (found and found[-1][1] == most):
            found.append((least, most))
    return found


def tours_of(problem: MonthProblem, *, match: float, least: int, most: int) -> Tours:
    """Return what the tours of a month may be where so large a share is on its order day and days are within a range.

    Raises ValueError where a visit has no place on the map.
    """
    board = Board(problem)
    nodes = np.array(board.node)
    if (nodes < 0).any():
        raise ValueError("a visit without a place has no ways")
    between = board.matrix[np.ix_(nodes, nodes)].copy()
    between[nodes[:, None] == nodes] = _FORBIDDEN
    may_miss = floor((1 - match) * len(board.needs) + 1e-9)
    return Tours(
        between, board.matrix[START, nodes].copy(), board.matrix[nodes, END].copy(),
        np.isfinite(board.static).T.copy(), ~board.matches.T, least, most, may_miss,
    )  # fmt: skip


def km_at_least(tours: Tours, *, near: float, steps: int = _STEPS) -> float:
    """Return the lower bound after so many steps; `near` is a length that some plan has, to measure steps by.

    A step goes along the mean of this slope and those before, and gets shorter where nothing is gained for long.
    """
    count = tours.allowed.shape[1]
    groups = _alike(tours)
    worth, price, slope = np.full(count, near / max(1, count)), 0.0, np.zeros(count + 1)
    best, best_at, step, idle = -np.inf, (worth, price), _FIRST_STEP, 0
    for _ in range(steps):
        walks = _cheapest_walks(tours, worth, price, groups)
        bound = float(walks.costs.sum() + worth.sum() - price * tours.may_miss)
        if bound > best:
            best, best_at, idle = bound, (worth, price), 0
        else:
            idle += 1
        if idle == _PATIENCE:
            (worth, price), step, idle, slope = best_at, step * _SHORTER, 0, np.zeros(count + 1)
            continue
        too_many = float((walks.counts * tours.misses).sum()) - tours.may_miss
        here = np.append(1.0 - walks.counts.sum(axis=0), too_many / _MISSES_COUNT)
        slope = _STEADY * slope + (1 - _STEADY) * here if slope.any() else here
        if not slope.any():
            break
        length = step * max(near - bound, _LEAST_GAP * near) / float(slope @ slope)
        worth, price = worth + length * slope[:-1], max(0.0, price + length * float(slope[-1]) / _MISSES_COUNT)
    return max(0.0, best - _SAFE)


def _alike(tours: Tours) -> list[list[int]]:
    """Return the days on which the same visits may be, at the same prices: they have the same cheapest walk."""
    groups: dict[bytes, list[int]] = {}
    for day in range(len(tours.allowed)):
        key = tours.allowed[day].tobytes() + (tours.misses[day] & tours.allowed[day]).tobytes()
        groups.setdefault(key, []).append(day)
    return list(groups.values())


def _cheapest_walks(tours: Tours, worth: Floats, price: float, groups: list[list[int]]) -> _Walks:
    """Return the cheapest walk of each day by these worths; it never goes from a visit straight back to the last."""
    days, count = tours.allowed.shape
    costs, counts = np.zeros(days), np.zeros((days, count))
    for group in groups:
        visits = np.flatnonzero(tours.allowed[group[0]])
        gain = worth[visits] - price * tours.misses[group[0], visits]
        between = tours.between[np.ix_(visits, visits)]
        cost, walk = _cheapest_walk(between, gain, tours.out[visits], tours.back[visits], tours.least, tours.most)
        for day in group:
            costs[day] = cost
            np.add.at(counts[day], visits[np.array(walk, dtype=int)], 1.0)
    return _Walks(costs, counts)


def _cheapest_walk(
    between: Floats, gain: Floats, out: Floats, back: Floats, least: int, most: int
) -> tuple[float, list[int]]:
    """Return the cheapest walk from home over `least` to `most` visits and home, less what they are worth.

    For each visit the best walk that ends there is kept, and the best that comes from another visit than that one: so
    one of both can go on to any visit without going straight back (Christofides, Mingozzi and Toth 1981).
    """
    every = np.arange(len(gain))
    first, second = out - gain, np.full(len(gain), _FORBIDDEN)
    from_first, from_second = np.full(len(gain), -1), np.full(len(gain), -1)
    came: list[tuple[NDArray[np.intp], NDArray[np.intp]]] = [(from_first, from_second)]
    best, ends, last = (0.0, 0, 0) if least == 0 else (np.inf, 0, 0)
    if least <= 1 and (first + back).min() < best:
        best, ends, last = float((first + back).min()), 1, int((first + back).argmin())
    for stops in range(2, most + 1):
        onward = between + first
        known = from_first >= 0
        onward[from_first[known], every[known]] = (between[from_first, every] + second)[known]
        from_first = onward.argmin(axis=1)
        first = onward[every, from_first] - gain
        onward[every, from_first] = np.inf
        from_second = onward.argmin(axis=1)
        second = onward[every, from_second] - gain
        came.append((from_first, from_second))
        home = first + back
        if stops >= least and home.min() < best:
            best, ends, last = float(home.min()), stops, int(home.argmin())
    if ends == 0:
        return best, []
    walk, here, level = [last], last, 0
    for stops in range(ends - 1, 0, -1):
        before = int(came[stops][level][here])
        level = int(stops > 1 and came[stops - 1][0][before] == here)
        walk.append(before)
        here = before
    return best, walk
