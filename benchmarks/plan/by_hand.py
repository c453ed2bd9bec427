"""The two ways in which managers plan a month by hand, under the same hard rules, each day in the same good order.

Both are given more than a person has: they never break a window, a gap or a day's capacity, and their days are ordered
by the program's own router.
"""

from collections.abc import Callable
from math import atan2, ceil

import numpy as np

from app.domain.planning.month_board import Board
from app.domain.planning.problem import MonthProblem

Plan = Callable[[MonthProblem], Board]


def by_line(problem: MonthProblem) -> Board:
    """Sort by line, fill the days: each weekday's shops in the order of their line, onto the first day with room.

    A line is the shops of one order day, one after the other around the home. The order day is tried first, then the
    working day before, then any day of the window.
    """
    board = Board(problem)
    return _fill(
        board, sorted(range(len(board.needs)), key=lambda place: (_weekday(board, place), *_around(board, place)))
    )


def by_map(problem: MonthProblem) -> Board:
    """As `by_line`, with one line around the whole territory and no eye for order days: short ways, no goal met."""
    board = Board(problem)
    return _fill(board, sorted(range(len(board.needs)), key=lambda place: _around(board, place)), order_days=False)


def nearest_due(problem: MonthProblem) -> Board:
    """Nearest due first: day after day the visits that end soonest, then those whose order day it is, nearest first.

    A day gets the visits that are left, evenly over the days that are left; where too few shops order, others fill it.
    """
    board = Board(problem)
    for day in range(len(board.days)):
        left = [place for place in range(len(board.needs)) if not board.has_day(place)]
        quota = ceil(len(left) / (len(board.days) - day))
        while left and board.stops[day] < board.limit[day]:
            ranked = [
                (_rank(board, place, day), price, place)
                for place in left
                if np.isfinite(price := _detour(board, place, day))
            ]
            if not ranked:
                break
            rank, _, place = min(ranked)
            if board.stops[day] >= quota and rank > 0:
                break
            board.put(place, day, int(board.price(place).places[day]))
            left.remove(place)
    return board


def _fill(board: Board, places: list[int], *, order_days: bool = True) -> Board:
    for place in places:
        price = board.price(place)
        open_days = np.flatnonzero(np.isfinite(price.costs)).tolist()
        on_time = [day for day in open_days if not order_days or board.matches[place, day]]
        exact = [day for day in on_time if order_days and board.dates[day].isoweekday() == _weekday(board, place)]
        chosen = (exact or on_time or open_days)[:1]
        if chosen:
            board.put(place, chosen[0], int(price.places[chosen[0]]))
    return board


def _weekday(board: Board, place: int) -> int:
    return board.shops[place].order_weekday or 0


def _around(board: Board, place: int) -> tuple[float, str]:
    point, home = board.shops[place].point, board.problem.start
    assert point is not None
    assert home is not None
    return atan2(point.lat - home.lat, point.lon - home.lon), board.needs[place].key


def _rank(board: Board, place: int, day: int) -> int:
    """Return 0 for a visit that ends today, 1 for one whose order day suits, 2 for another."""
    later = np.isfinite(board.static[place, day + 1 :])
    if not later.any():
        return 0
    matches = board.matches[place, day + 1 :] & later
    if board.matches[place, day]:
        return 1
    return 2 if matches.any() else 1


def _detour(board: Board, place: int, day: int) -> float:
    """Return what the visit costs the day in road and in nothing else."""
    costs = board.price(place).costs
    return float(costs[day] - board.static[place, day]) if np.isfinite(costs[day]) else np.inf
