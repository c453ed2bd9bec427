"""Settling a month: each day in the short order that its visits always get, then single deeds until none is a gain.

A deed is taken only if the whole cost falls, measured on the tours as they then are. So a settled month stays as it is
when it is settled again, also with the price of moving a visit on top: nothing changes where nothing has changed.
"""

import itertools
from collections.abc import Callable, Sequence

import numpy as np

from app.domain.planning.month_board import END, NO_DAY, START, Board, Floats
from app.domain.planning.month_search import Cancelled

_GAIN = 1e-6
_LONGEST_MOVED = 3
_TRIED = 20
"""For so many visits without a day every visit in their way is looked at."""


class Settler:
    """Settles one board; remembers the orders of days that it has worked out."""

    def __init__(self, board: Board, cancelled: Callable[[], bool]) -> None:
        self.board = board
        self.cancelled = cancelled
        self._orders: dict[tuple[int, ...], list[int]] = {}

    def settle(self) -> None:
        """Bring the month to rest. Raises Cancelled."""
        for day in range(len(self.board.days)):
            self.tidy(day)
            self.relieve(day)
        while self._place() or self._make_room() or self._relocate():
            pass

    def tidy(self, day: int) -> None:
        """Put the visits of a day into its order."""
        if self.cancelled():
            raise Cancelled
        key = tuple(sorted(self.board.tours[day]))
        order = self._orders.get(key)
        if order is None:
            order = self._orders[key] = self._short_order(day, key)
        self.board.set_tour(day, order)

    def _short_order(self, day: int, key: Sequence[int]) -> list[int]:
        board = self.board
        nodes = [board.node[place] for place in key]
        order = [key[place] for place in short_tour(board.matrix, nodes)]
        board.set_tour(day, order)
        if board.minutes[day] <= board.minutes_limit[day]:
            return order
        quickest = [key[place] for place in short_tour(board.legs.astype(float), nodes)]
        board.set_tour(day, quickest)
        return quickest

    def relieve(self, day: int) -> None:
        """Take visits from a day that holds more than fits, the one that saves most minutes first; locked ones stay."""
        board = self.board
        while not self._fits(day):
            held = [place for place in board.tours[day] + board.unmapped[day] if not board.is_fixed(place)]
            if not held:
                return
            board.take(max(held, key=lambda place: (self._saved(place, day), place)))
            self.tidy(day)

    def _saved(self, place: int, day: int) -> int:
        board = self.board
        if place not in board.tours[day]:
            return int(board.visit_minutes[place])
        at = board.tours[day].index(place)
        nodes = [START, *(board.node[held] for held in board.tours[day]), END]
        before, here, after = nodes[at : at + 3]
        legs = board.legs
        return int(legs[before, here] + legs[here, after] - legs[before, after] + board.visit_minutes[place])

    def _fits(self, day: int) -> bool:
        board = self.board
        return bool(board.stops[day] <= board.limit[day] and board.minutes[day] <= board.minutes_limit[day])

    def _absent(self) -> list[int]:
        return [place for place in range(len(self.board.needs)) if not self.board.has_day(place)]

    def _place(self) -> bool:
        """Give a day to each visit that can have one just so."""
        return any([self._try(place, self.board.cost()) for place in self._absent()])  # noqa: C419 - each of them

    def _relocate(self) -> bool:
        """Move each visit to a better day, where there is one."""
        board = self.board
        there = [place for place in range(len(board.needs)) if board.has_day(place) and not board.is_fixed(place)]
        return any([self._move(place) for place in there])  # noqa: C419 - each of them

    def _move(self, place: int) -> bool:
        board = self.board
        day, cost = board.day_of[place], board.cost()
        held, unmapped = list(board.tours[day]), list(board.unmapped[day])
        board.take(place)
        costs = board.price(place).costs
        costs[day] = np.inf
        if board.cost() - NO_DAY + costs.min() < cost - _GAIN:
            self.tidy(day)
            if self._try(place, cost, not_on=day):
                return True
        self._restore(place, day, held, unmapped)
        return False

    def _try(self, place: int, cost: float, not_on: int = -1) -> bool:
        """Put a visit on the cheapest day with which the month costs less than `cost`; tell whether there was one."""
        board = self.board
        price = board.price(place)
        without = board.cost() - NO_DAY
        for day in np.argsort(price.costs, kind="stable").tolist():
            if not without + price.costs[day] < cost - _GAIN:
                return False
            if day == not_on:
                continue
            held = list(board.tours[day])
            board.put(place, day, int(price.places[day]))
            self.tidy(day)
            if self._fits(day) and board.cost() < cost - _GAIN:
                return True
            board.take(place)
            board.set_tour(day, held)
        return False

    def _make_room(self) -> bool:
        """Move one visit away from a full day so that one without a day gets its place; one such deed."""
        for place in self._absent()[:_TRIED]:
            for day in np.flatnonzero(np.isfinite(self.board.static[place])).tolist():
                for other in self.board.tours[day] + self.board.unmapped[day]:
                    if not self.board.is_fixed(other) and self._changes_places(place, other, day):
                        return True
        return False

    def _changes_places(self, place: int, other: int, day: int) -> bool:
        board = self.board
        cost = board.cost()
        tour, unmapped = list(board.tours[day]), list(board.unmapped[day])
        board.take(other)
        price = board.price(place)
        if np.isfinite(price.costs[day]):
            board.put(place, day, int(price.places[day]))
            self.tidy(day)
            if self._fits(day) and self._try(other, cost, not_on=day):
                return True
            board.take(place)
        self._restore(other, day, tour, unmapped)
        return False

    def _restore(self, place: int, day: int, tour: list[int], unmapped: list[int]) -> None:
        self.board.day_of[place] = day
        self.board.unmapped[day] = unmapped
        self.board.set_tour(day, tour)


def short_tour(matrix: Floats, nodes: Sequence[int]) -> list[int]:
    """Return the places of `nodes` in a short order from START to END; the same nodes always give the same order.

    Cheapest insertion of the farthest first, then 2-opt and Or-opt until neither is a gain.
    """
    between: list[list[float]] = matrix[np.ix_([*nodes, START, END], [*nodes, START, END])].tolist()
    start, end = len(nodes), len(nodes) + 1
    path = [start, end]
    for place in sorted(range(len(nodes)), key=lambda place: (-between[start][place], place)):
        best = min(range(1, len(path)), key=lambda at: _detour(between, path[at - 1], place, path[at]))
        path.insert(best, place)
    while _turn_round(path, between) or _move_string(path, between):
        pass
    return path[1:-1]


def _detour(between: Sequence[Sequence[float]], before: int, place: int, after: int) -> float:
    return between[before][place] + between[place][after] - between[before][after]


def _turn_round(path: list[int], between: Sequence[Sequence[float]]) -> bool:
    found = False
    for begin, end in itertools.combinations(range(1, len(path) - 1), 2):
        before, first, last, after = path[begin - 1], path[begin], path[end], path[end + 1]
        if between[before][last] + between[first][after] < between[before][first] + between[last][after] - _GAIN:
            path[begin : end + 1] = path[begin : end + 1][::-1]
            found = True
    return found


def _move_string(path: list[int], between: Sequence[Sequence[float]]) -> bool:
    for size in range(1, _LONGEST_MOVED + 1):
        for begin in range(1, len(path) - size):
            string = path[begin : begin + size]
            rest = path[:begin] + path[begin + size :]
            before, after = rest[begin - 1], rest[begin]
            saved = between[before][string[0]] + between[string[-1]][after] - between[before][after]
            for at in range(1, len(rest)):
                left, right = rest[at - 1], rest[at]
                for first, last, turned in ((string[0], string[-1], False), (string[-1], string[0], True)):
                    if between[left][first] + between[last][right] - between[left][right] < saved - _GAIN:
                        path[:] = rest[:at] + (string[::-1] if turned else string) + rest[at:]
                        return True
    return False
