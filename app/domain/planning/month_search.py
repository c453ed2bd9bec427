"""The search for a good month: visits are torn out of neighbouring tours and put back where they cost least.

Ruin and recreate after Christiaens and Vanden Berghe, "Slack Induction by String Removals" (2020), on days instead of
vehicles, with the soft goals of a month in the price of every place. What it leaves is settled by single deeds until
none is a gain, so that a plan made from a settled one, with nothing changed, is that plan.
"""

from collections.abc import Callable, Iterable
from math import log
from random import Random

import numpy as np

from app.domain.planning.month_board import NO_DAY, START, Board
from app.domain.planning.month_tours import Month

_TORN = 10
"""Visits torn out in one round, on average."""
_LONGEST_STRING = 8
_NOISY, _NOISE = 0.2, 0.7
"""In this share of the cases a visit is put where it seems cheapest to somebody who errs by up to so many ways."""
WARM, WARM_TO_REPAIR, _COLD = 2.0, 0.3, 0.03
"""What the search takes on at its begin and at its end, in ways: the mean way to a visit in the month it begins with.
So it goes as far astray in the country, where a wrong turn costs much, as in the city."""
_SHORTEST_WAY = 1.0
"""Kilometres that a way counts for at least."""
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
    board: Board,
    rounds: int,
    seed: int,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
    warm: float = WARM,
) -> None:
    """Tear out and put back for so many rounds; the best month found is on the board afterwards. Raises Cancelled.

    `warm` is how much worse a month it takes on at its begin, in ways: little for a month that stands already.
    """
    search = _Search(board, seed)
    for turn in range(rounds):
        if turn % 32 == 0:
            progress(turn / rounds)
            if cancelled():
                raise Cancelled
        search.turn(search.way * warm * (_COLD / warm) ** (turn / rounds))
    search.restore_best()


class _Search:
    """One run: the month as it is, the best seen, and who is near whom."""

    def __init__(self, board: Board, seed: int) -> None:
        self.board = board
        self.month = Month(board)
        self._price_of_misses = board.price_of_misses
        self.random = Random(seed)  # noqa: S311 - a search, not a secret
        nodes = np.array([node if node >= 0 else START for node in board.node], dtype=int)
        between = board.matrix[np.ix_(nodes, nodes)].copy()
        self.near = np.argsort(between, axis=1, kind="stable")[:, :60].tolist()
        self.movable = [place for place in range(len(board.needs)) if not board.is_fixed(place)]
        self.choices = np.isfinite(board.static).sum(axis=1).tolist()
        self.far = board.matrix[START, nodes].tolist()
        self.absent = {place for place in self.movable if not board.has_day(place)}
        self.misses = sum(tour.misses for tour in self.month.tours)
        self.cost = board.cost()
        placed = sum(board.has_day(place) for place in range(len(board.needs)))
        self.way = board.problem.weights.km * max(_SHORTEST_WAY, float(board.km.sum()) / max(1, placed))
        """Cost of the mean way to a visit."""
        self.best = self.cost
        self.kept = list(self.month.tours), list(self.month.day_of)

    def restore_best(self) -> None:
        """Put the best month on the board."""
        self.month.lay_on_board(*self.kept)

    def turn(self, warmth: float) -> None:
        """Tear out, put back, and keep the month unless it got too much worse for this warmth."""
        if not self.movable:
            return
        month = self.month
        tours, absent, misses = list(month.tours), set(self.absent), self.misses
        torn = self._choose()
        waiting = [*torn, *sorted(self.absent)]
        by_day: dict[int, set[int]] = {}
        for place in torn:
            by_day.setdefault(month.day_of[place], set()).add(place)
        was_on = {place: month.day_of[place] for place in waiting}
        for day, places in by_day.items():
            self.misses -= month.tours[day].misses
            month.take(places, day)
            self.misses += month.tours[day].misses
        self._sort(waiting)
        for place in waiting:
            self._put_back(place)
        change = sum(new.cost - old.cost for new, old in zip(month.tours, tours, strict=True) if new is not old)
        change += self._price_of_misses(self.misses) - self._price_of_misses(misses)
        change += NO_DAY * (len(self.absent) - len(absent))
        if change < -warmth * log(self.random.random() or _GAIN):
            self.cost += change
            self._note_best()
            return
        for place, day in was_on.items():
            month.day_of[place] = day
        month.tours, self.absent, self.misses = tours, absent, misses

    def _put_back(self, place: int) -> None:
        month = self.month
        miss = self._price_of_misses(self.misses + 1) - self._price_of_misses(self.misses)
        found = month.cheapest(place, miss, self._noise if self.random.random() < _NOISY else None)
        if found is None:
            self.absent.add(place)
            return
        self.absent.discard(place)
        day, at = found
        self.misses -= month.tours[day].misses
        month.put(place, day, at)
        self.misses += month.tours[day].misses

    def _note_best(self) -> None:
        if self.cost < self.best - _GAIN:
            self.best = self.cost
            self.kept = list(self.month.tours), list(self.month.day_of)

    def _noise(self) -> float:
        return self.random.random() * _NOISE * self.way

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
        board, month = self.board, self.month
        seed = self.movable[self.random.randrange(len(self.movable))]
        wanted = 2 + int(self.random.random() * 2 * (_TORN - 2))
        torn: list[int] = []
        touched: set[int] = set()
        strings = max(1, round(wanted / min(_LONGEST_STRING, wanted) + self.random.random() * 2))
        for place in [seed, *self.near[seed]]:
            day = month.day_of[place]
            if day < 0 or day in touched:
                continue
            touched.add(day)
            tour = month.tours[day].path[1:-1] or list(month.tours[day].unmapped)
            length = min(len(tour), max(1, wanted // strings + self.random.randrange(-1, 2)))
            at = tour.index(place) if place in tour else 0
            begin = max(0, min(at - self.random.randrange(length), len(tour) - length))
            torn.extend(held for held in tour[begin : begin + length] if not board.is_fixed(held))
            if len(touched) >= strings or len(torn) >= wanted:
                break
        return list(dict.fromkeys(torn))
