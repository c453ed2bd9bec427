"""The search for a good month: visits are torn out of neighbouring tours and put back where they cost least.

Ruin and recreate after Christiaens and Vanden Berghe, "Slack Induction by String Removals" (2020), on days instead of
vehicles, with the soft goals of a month in the price of every place. What it leaves is settled by single deeds until
none is a gain, so that a plan made from a settled one, with nothing changed, is that plan.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import log
from random import Random

import numpy as np

from app.domain.planning.month_board import NO_DAY, START, Board, Floats

_TORN = 10
"""Visits torn out in one round, on average."""
_LONGEST_STRING = 8
_NOISY, _NOISE = 0.2, 50.0
"""In this share of the cases a visit is put where it seems cheapest to somebody who errs by up to so much."""
_WARM, _COLD = 60.0, 1.0
"""Cost that the search takes on at its begin and at its end; ten is a kilometre."""
_GAIN = 1e-6


class Cancelled(Exception):  # noqa: N818 - what happened, not a mistake
    """The person stopped the search."""


def put_cheapest(board: Board, places: Iterable[int]) -> list[int]:
    """Put visits where they cost least, the one with the fewest days first; return those that fit nowhere."""
    left = sorted(places, key=lambda place: (int(np.isfinite(board.static[place]).sum()), place))
    missing: list[int] = []
    for place in left:
        price = board.price(place)
        day = int(price.costs.argmin()) if len(price.costs) else 0
        if len(price.costs) and np.isfinite(price.costs[day]):
            board.put(place, day, int(price.places[day]))
        else:
            missing.append(place)
    return missing


def improve(
    board: Board, rounds: int, seed: int, progress: Callable[[float], None], cancelled: Callable[[], bool]
) -> None:
    """Tear out and put back for so many rounds; the best month found is on the board afterwards. Raises Cancelled."""
    search = _Search(board, seed)
    for turn in range(rounds):
        if turn % 32 == 0:
            progress(turn / rounds)
            if cancelled():
                raise Cancelled
        search.turn(_WARM * (_COLD / _WARM) ** (turn / rounds))
    search.restore_best()


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as it was before a turn touched it."""

    tour: list[int]
    unmapped: list[int]
    cost: float


class _Search:
    """One run: the board as it is, the best seen, and who is near whom."""

    def __init__(self, board: Board, seed: int) -> None:
        self.board = board
        self.random = Random(seed)  # noqa: S311 - a search, not a secret
        nodes = np.array([node if node >= 0 else START for node in board.node], dtype=int)
        between = board.matrix[np.ix_(nodes, nodes)].copy()
        self.near = np.argsort(between, axis=1, kind="stable")[:, :60].tolist()
        self.movable = [place for place in range(len(board.needs)) if not board.is_fixed(place)]
        self.choices = np.isfinite(board.static).sum(axis=1).tolist()
        self.far = board.matrix[START, nodes].tolist()
        self.absent = {place for place in self.movable if not board.has_day(place)}
        self.cost = board.cost()
        self.best = self.cost
        self.kept = self._snapshot()

    def _snapshot(self) -> tuple[list[int], list[list[int]], list[list[int]]]:
        board = self.board
        return list(board.day_of), [list(tour) for tour in board.tours], [list(held) for held in board.unmapped]

    def restore_best(self) -> None:
        """Put the best month back on the board."""
        board = self.board
        day_of, tours, unmapped = self.kept
        board.day_of = list(day_of)
        board.unmapped = [list(held) for held in unmapped]
        for day, tour in enumerate(tours):
            board.set_tour(day, tour)

    def turn(self, warmth: float) -> None:
        """Tear out, put back, and keep the month unless it got too much worse for this warmth."""
        if not self.movable:
            return
        board = self.board
        torn, absent = self._choose(), set(self.absent)
        was_on = {place: board.day_of[place] for place in torn}
        touched: dict[int, _Day] = {}
        misses = board.match_cost()
        for place in torn:
            self._remember(touched, board.day_of[place])
            board.take(place)
        waiting = [*torn, *sorted(self.absent)]
        self._sort(waiting)
        for place in waiting:
            self._put_back(place, touched)
        change = sum(board.day_cost(day) - old.cost for day, old in touched.items())
        change += board.match_cost() - misses + NO_DAY * (len(self.absent) - len(absent))
        if change < -warmth * log(self.random.random() or _GAIN):
            self.cost += change
            self._note_best()
            return
        for place in waiting:
            board.day_of[place] = was_on.get(place, -1)
        for day, old in touched.items():
            board.unmapped[day] = old.unmapped
            board.set_tour(day, old.tour)
        self.absent = absent

    def _remember(self, touched: dict[int, _Day], day: int) -> None:
        if day not in touched:
            board = self.board
            touched[day] = _Day(list(board.tours[day]), list(board.unmapped[day]), board.day_cost(day))

    def _put_back(self, place: int, touched: dict[int, _Day]) -> None:
        price = self.board.price(place)
        costs = price.costs
        if self.random.random() < _NOISY:
            costs = costs + self._noise(len(costs))
        day = int(costs.argmin())
        if not np.isfinite(costs[day]):
            self.absent.add(place)
            return
        self.absent.discard(place)
        self._remember(touched, day)
        self.board.put(place, day, int(price.places[day]))

    def _note_best(self) -> None:
        if self.cost < self.best - _GAIN:
            self.best = self.cost
            self.kept = self._snapshot()

    def _noise(self, count: int) -> Floats:
        return np.array([self.random.random() * _NOISE for _ in range(count)])

    def _sort(self, waiting: list[int]) -> None:
        draw = self.random.random()
        self.random.shuffle(waiting)
        if draw < 0.4:  # noqa: PLR2004
            waiting.sort(key=self.choices.__getitem__)
        elif draw < 0.6:  # noqa: PLR2004
            waiting.sort(key=self.far.__getitem__, reverse=True)
        elif draw < 0.7:  # noqa: PLR2004
            waiting.sort(key=self.far.__getitem__)

    def _choose(self) -> list[int]:
        """Return visits to tear out: strings of the tours around one visit, or of any days around its weekday."""
        board = self.board
        seed = self.movable[self.random.randrange(len(self.movable))]
        wanted = 2 + int(self.random.random() * 2 * (_TORN - 2))
        torn: list[int] = []
        touched: set[int] = set()
        strings = max(1, round(wanted / min(_LONGEST_STRING, wanted) + self.random.random() * 2))
        for place in [seed, *self.near[seed]]:
            day = board.day_of[place]
            if day < 0 or day in touched:
                continue
            touched.add(day)
            tour = board.tours[day] or board.unmapped[day]
            length = min(len(tour), max(1, wanted // strings + self.random.randrange(-1, 2)))
            at = tour.index(place) if place in tour else 0
            begin = max(0, min(at - self.random.randrange(length), len(tour) - length))
            torn.extend(held for held in tour[begin : begin + length] if not board.is_fixed(held))
            if len(touched) >= strings or len(torn) >= wanted:
                break
        return list(dict.fromkeys(torn))
