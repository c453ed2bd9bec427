"""Kilometres that no plan of a month can go below, whatever order days and load say."""

import numpy as np

from app.domain.planning.month_board import END, START, Board, Floats

_NEAREST = 2


def km_at_least(board: Board) -> float:
    """Return the greater of two lower bounds of the kilometres of the visits on the board (0 without any on a map).

    Ends of ways: every visit has two, each at least as long as the way to the nearest or second nearest place that a
    hard rule allows on the same day; every way has two ends. Ways out: where days begin and end at the same place, a
    day is at least twice as long as the way to its farthest stop, and however the visits fall into days of at most so
    many stops, their farthest ones are at least as far as every so-manieth visit, counted from the farthest (after the
    radial bound of Haimovich and Rinnooy Kan 1985).
    """
    placed = [place for place in range(len(board.needs)) if board.has_day(place) and board.node[place] >= 0]
    if not placed:
        return 0.0
    return max(_ends_of_ways(board, placed), _ways_out(board, placed))


def _ends_of_ways(board: Board, placed: list[int]) -> float:
    allowed = np.isfinite(board.static[placed]).astype(np.int64)
    nodes = np.array([board.node[place] for place in placed])
    between: Floats = board.matrix[np.ix_(nodes, nodes)].copy()
    between[(allowed @ allowed.T) == 0] = np.inf
    between[nodes[:, None] == nodes] = np.inf  # Nobody visits a shop twice on a day.
    home = board.matrix[nodes][:, [START, END]]
    ends = np.sort(np.hstack([between, home]), axis=1)[:, :_NEAREST]
    return float(ends.sum()) / 2


def _ways_out(board: Board, placed: list[int]) -> float:
    problem = board.problem
    if problem.start is None or problem.start != problem.end:
        return 0.0
    most = max(int(board.limit.max()), int(board.stops.max()))
    nodes = [board.node[place] for place in placed]
    farthest_first = np.sort(board.matrix[START, nodes])[::-1]
    return float(2 * farthest_first[:: max(1, most)].sum())
