"""The minutes of a day when shops have hours: lunch is taken out of the clock, and every visit has times to begin."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.domain.planning.problem import Span

Starts = tuple[tuple[int, int], ...]
"""From when until when a visit may begin, in order of time."""
Cost = tuple[int, int]
"""How many visits fall outside their hours, then metres of road and the price of the minutes."""

_LATEST = 48 * 60
_LONGEST_MOVED = 3


@dataclass(frozen=True, slots=True)
class WorkClock:
    """Minutes of work since a moment of a day: the clock stands still at lunch."""

    since: datetime
    lunch: Span | None

    def starts(self, minutes: int, spans: Sequence[Span] = ()) -> Starts:
        """Return when a visit may begin so that all of it lies within a span and on one side of lunch.

        Without spans the whole day is open; empty where no time is left.
        """
        wide = [(self._minute(span.begins), self._minute(span.ends)) for span in spans] or [(0, _LATEST)]
        noon, again = self._lunch()
        before = [(early, min(late, noon) - minutes) for early, late in wide]
        after = [(max(early, again) - again + noon, late - minutes - again + noon) for early, late in wide]
        return tuple(sorted((max(0, early), late) for early, late in (*before, *after) if late >= max(0, early)))

    def between(self, left: datetime, reached: datetime) -> int:
        """Return the minutes of work between two moments."""
        return self._worked(reached) - self._worked(left)

    def _worked(self, moment: datetime) -> int:
        minute, (noon, again) = (moment - self.since) // timedelta(minutes=1), self._lunch()
        return min(minute, noon) + max(0, minute - again)

    def _minute(self, clock: time) -> int:
        return (datetime.combine(self.since.date(), clock, self.since.tzinfo) - self.since) // timedelta(minutes=1)

    def _lunch(self) -> tuple[int, int]:
        if self.lunch is None or self.lunch.ends <= self.lunch.begins or self._minute(self.lunch.ends) <= 0:
            return _LATEST, _LATEST
        return max(0, self._minute(self.lunch.begins)), self._minute(self.lunch.ends)


@dataclass(frozen=True, slots=True)
class Hours:
    """What an order of visits costs: ways (the last two places: where the day begins and ends), minutes, starts.

    `anyway` are the times to begin for somebody who does not look at the hours.
    """

    metres: Sequence[Sequence[int]]
    travel: Sequence[Sequence[int]]
    minutes: Sequence[int]
    starts: Sequence[Starts]
    anyway: Sequence[Starts]
    minute_price: int

    def cost(self, order: Sequence[int]) -> Cost:
        """Return what the visits in this order cost, waiting and the way home included."""
        here, home = len(self.minutes), len(self.minutes) + 1
        clock = road = closed = 0
        for place in order:
            road += self.metres[here][place]
            ready = clock + self.travel[here][place]
            begins = _first(self.starts[place], ready)
            if begins is None:
                closed += 1
                begins = _first(self.anyway[place], ready)
            clock = (ready if begins is None else begins) + self.minutes[place]
            here = place
        return closed, road + self.metres[here][home] + self.minute_price * (clock + self.travel[here][home])

    def improve(self, order: Sequence[int]) -> tuple[int, ...]:
        """Move, turn round and swap until nothing makes the order cheaper."""
        best, cost = tuple(order), self.cost(order)
        while (found := _first_better(best, cost, self.cost)) is not None:
            best, cost = found
        return best


def _first(starts: Starts, ready: int) -> int | None:
    return next((max(ready, early) for early, late in starts if ready <= late), None)


def _first_better(
    order: tuple[int, ...], cost: Cost, price: Callable[[tuple[int, ...]], Cost]
) -> tuple[tuple[int, ...], Cost] | None:
    for changed in itertools.chain(_moved(order), _turned(order), _swapped(order)):
        if (found := price(changed)) < cost:
            return changed, found
    return None


def _moved(order: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for size in range(1, _LONGEST_MOVED + 1):
        for first in range(len(order) - size + 1):
            stretch, rest = order[first : first + size], order[:first] + order[first + size :]
            for place in range(len(rest) + 1):
                if place != first:
                    yield rest[:place] + stretch + rest[place:]


def _turned(order: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for first, last in itertools.combinations(range(len(order) + 1), 2):
        if last - first > 1:
            yield order[:first] + order[first:last][::-1] + order[last:]


def _swapped(order: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for first, last in itertools.combinations(range(len(order)), 2):
        changed = list(order)
        changed[first], changed[last] = changed[last], changed[first]
        yield tuple(changed)
