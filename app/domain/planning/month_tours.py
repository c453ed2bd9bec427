"""The days of a month while it is searched: tours that never change, so that what was worked out for one still holds.

A search asks for the same prices over and over: a round changes three or four of the days and is mostly taken back.
Here a round makes new tours of the days that it changes; taking it back lays the old ones there again, and with them
comes what each visit would cost in them.
"""

from collections.abc import Callable, Collection
from itertools import pairwise
from typing import TypeAlias

from app.domain.planning.month_board import END, START, Board

_NONE = float("inf")


class Tour:
    """One day: its stops in order between start and end, the ways between them, and what it costs apart from misses."""

    __slots__ = ("cost", "km", "minutes", "misses", "more", "onward", "path", "soft", "unmapped")

    def __init__(
        self,
        path: list[int],
        onward: list[tuple[int, float]],
        unmapped: tuple[int, ...],
        sums: tuple[float, int, float, int],
        load: tuple[float, float],
    ) -> None:
        self.path = path
        """Visits by number; the first and the last stand for the start and the end."""
        self.onward = onward
        """Where each way leads, and what it costs."""
        self.unmapped = unmapped
        self.km, self.minutes, self.soft, self.misses = sums
        """Cost of all ways; minutes; cost of the visits on this day; visits off their order day."""
        self.more = load[1]
        """What one more stop costs in load."""
        self.cost = self.km + self.soft + load[0]


Place: TypeAlias = tuple[Tour | None, float, int, int]
"""The cheapest place of a visit in one tour: that tour, what the way costs, before which stop, minutes that it adds."""


_UNKNOWN: Place = (None, 0.0, 0, 0)


class Month:
    """The tours of all days, taken from a board and laid back onto it."""

    def __init__(self, board: Board) -> None:
        self._board = board
        count = len(board.needs)
        self._start, self._end = count, count + 1
        nodes = [node if node >= 0 else START for node in board.node] + [START, END]
        self._way: list[list[float]] = (board.problem.weights.km * board.matrix[nodes][:, nodes]).tolist()
        self._leg: list[list[int]] = board.legs[nodes][:, nodes].tolist()
        self._stay: list[int] = board.visit_minutes.tolist()
        self._is_mapped = [node >= 0 for node in board.node]
        self._static: list[list[float]] = board.static.tolist()
        self._off: list[list[bool]] = (~board.matches).tolist()
        self._load: list[list[float]] = board.load.tolist()
        self._more: list[list[float]] = board.more.tolist()
        self._limit: list[int] = board.minutes_limit.tolist()
        self._apart: list[list[int]] = board.apart.tolist()
        allowed = [[(day, cost) for day, cost in enumerate(row) if cost < _NONE] for row in self._static]
        self._on_time = [[one for one in row if not self._off[place][one[0]]] for place, row in enumerate(allowed)]
        self._off_time = [[one for one in row if self._off[place][one[0]]] for place, row in enumerate(allowed)]
        self._known: list[list[Place]] = [[_UNKNOWN] * len(board.days) for _ in board.needs]
        self.day_of = list(board.day_of)
        self.tours = [
            self._made([self._start, *board.tours[day], self._end], tuple(board.unmapped[day]), day)
            for day in range(len(board.days))
        ]

    def lay_on_board(self, tours: list[Tour], day_of: list[int]) -> None:
        """Give the board these days."""
        board = self._board
        board.day_of = list(day_of)
        board.unmapped = [list(tour.unmapped) for tour in tours]
        for day, tour in enumerate(tours):
            board.set_tour(day, tour.path[1:-1])

    def take(self, places: Collection[int], day: int) -> None:
        """Take visits from their day."""
        old = self.tours[day]
        path = [place for place in old.path if place not in places]
        self.tours[day] = self._made(path, tuple(place for place in old.unmapped if place not in places), day)
        for place in places:
            self.day_of[place] = -1

    def put(self, place: int, day: int, found: Place) -> None:
        """Put a visit onto a day, where `cheapest` found it to cost least."""
        old = self.tours[day]
        _, cost, at, minutes = found
        self.day_of[place] = day
        path, onward, unmapped = old.path, old.onward, old.unmapped
        if self._is_mapped[place]:
            before, after = path[at - 1 : at + 1]
            path = [*path[:at], place, *path[at:]]
            there = (place, self._way[before][place]), (after, self._way[place][after])
            onward = [*onward[: at - 1], *there, *onward[at:]]
        else:
            unmapped = (*unmapped, place)
        stops = len(path) - 2 + len(unmapped)
        self.tours[day] = Tour(
            path,
            onward,
            unmapped,
            (
                old.km + cost,
                old.minutes + minutes,
                old.soft + self._static[place][day],
                old.misses + self._off[place][day],
            ),
            (self._load[day][stops], self._more[day][stops]),
        )

    def cheapest(self, place: int, miss: float, noise: Callable[[], float] | None) -> tuple[int, Place] | None:
        """Return the day on which a visit costs least, and its place there; None where no day may have it.

        `miss` is the price of a day that does not suit the order day; `noise` an error that is added to each day.
        """
        known, tours = self._known[place], self.tours
        near = self._near(place)
        best, found_day, found = _NONE, -1, None
        for days, price in ((self._on_time[place], 0.0), (self._off_time[place], miss)):
            for day, static in days:
                tour = tours[day]
                cost = price + static + tour.more
                if noise is not None:
                    cost += noise()
                if cost >= best:
                    continue
                at = known[day]
                if at[0] is not tour:
                    at = known[day] = self._best_place(place, tour)
                cost += at[1]
                if cost < best and tour.minutes + at[3] <= self._limit[day] and day not in near:
                    best, found_day, found = cost, day, at
        return None if found is None else (found_day, found)

    def _near(self, place: int) -> Collection[int]:
        """Return the days that are too near to another visit of the shop."""
        siblings = self._board.siblings[place]
        if not siblings:
            return ()
        return {
            day
            for other, gap in siblings
            if self.day_of[other] >= 0
            for day, apart in enumerate(self._apart[self.day_of[other]])
            if apart < gap
        }

    def _best_place(self, place: int, tour: Tour) -> Place:
        if not self._is_mapped[place]:
            return tour, 0.0, 0, self._stay[place]
        row, path = self._way[place], tour.path
        best, at, here = _NONE, 0, 1
        there = row[path[0]]
        for stop, way in tour.onward:
            onward = row[stop]
            detour = there + onward - way
            if detour < best:
                best, at = detour, here
            there = onward
            here += 1
        before, after = path[at - 1], path[at]
        leg = self._leg[place]
        minutes = leg[before] + leg[after] - self._leg[before][after] + self._stay[place]
        return tour, best, at, minutes

    def _made(self, path: list[int], unmapped: tuple[int, ...], day: int) -> Tour:
        way, leg, stay = self._way, self._leg, self._stay
        onward = [(other, way[one][other]) for one, other in pairwise(path)]
        km, minutes, soft, misses = 0.0, 0, 0.0, 0
        static, off = self._static, self._off
        for one, other in pairwise(path):
            km += way[one][other]
            minutes += leg[one][other]
        for place in (*path[1:-1], *unmapped):
            minutes += stay[place]
            soft += static[place][day]
            misses += off[place][day]
        stops = len(path) - 2 + len(unmapped)
        return Tour(path, onward, unmapped, (km, minutes, soft, misses),
                    (self._load[day][stops], self._more[day][stops]))  # fmt: skip
