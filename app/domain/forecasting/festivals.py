"""Festivals that move between months, and the days on which orders are taken.

春节 falls in January or February, 中秋 in September or October: these months, with the one before in which shops begin
to stock up for an early one, are forecast jointly and split by the order days before the festival. How much more an
order day before a festival brings is learnt for each class from the earlier years alone; until there is one it is a
guess of half as much again. Where no festival moves, every factor is 1 and nothing changes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from app.domain.forecasting.arrays import YEAR, Floats, Ints, month_number, month_start

_WEEKDAYS, _WORKING = 7, 5
_UPLIFTS = np.arange(0, 3.05, 0.05)
_GUESS, _CONFIDENCE = 0.5, 0.02
"""The uplift before anything is known, and how strongly it holds all, and all hold a class (in squared logs)."""
_TOO_MANY = 0.5
"""Orders on a day off, as a share of those on another weekday, from which on a calendar is not the trade's."""
_BELONGS = 14
"""A weekend day is worked for a holiday no further away than this."""


@dataclass(frozen=True, slots=True)
class Festival:
    """A festival: its days, the successive months that it moves, how many days before it shops stock up."""

    key: str
    months: tuple[int, ...]
    days: tuple[date, ...]
    ahead: int


@dataclass(frozen=True, slots=True)
class TradeCalendar:
    """The days off, the weekend days worked instead, and the festivals that move."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    festivals: tuple[Festival, ...] = ()

    def order_days(self, first: int, months: int) -> Floats:
        """Return [months, 7]: how many of each weekday take orders, from the month of a number on.

        A weekend day that is worked serves the weekdays that fell out around it in equal parts. The months of a
        moving festival are left as they are: `factors` says what the festival does to them.
        """
        counts = np.zeros((months, _WEEKDAYS), np.float32)
        moving = {month for festival in self.festivals for month in festival.months}
        for day in _days(first, months):
            at, moves = month_number(day) - first, day.month in moving
            if day in self.worked and not moves:
                served = self._fallen_out(day)
                counts[at] += np.bincount([other.weekday() for other in served], minlength=_WEEKDAYS) / max(
                    len(served), 1
                )
            if moves or day not in self.off:
                counts[at, day.weekday()] += 1
        return counts

    def takes_orders(self, day: date) -> bool:
        """Whether a day is a working day."""
        return day in self.worked or (day.weekday() < _WORKING and day not in self.off)

    def _fallen_out(self, worked: date) -> list[date]:
        around = (worked + timedelta(days=away) for away in range(-_BELONGS, _BELONGS + 1))
        return [day for day in around if day in self.off and day.weekday() < _WORKING]


def is_kept(calendar: TradeCalendar, orders: Sequence[date]) -> bool:
    """Tell whether a trade keeps a calendar: on its days off come less than half of the orders of other weekdays.

    `orders` are the days of all orders. With no day off in their time nobody can tell, and the calendar is believed.
    """
    if not orders:
        return True
    first, last = min(orders), max(orders)
    days = [first + timedelta(days=away) for away in range((last - first).days + 1)]
    working = [day for day in days if day.weekday() < _WORKING]
    off = {day for day in working if day in calendar.off}
    usual = len(working) - len(off)
    if not off or not usual:
        return True
    came = sum(day in off for day in orders)
    return came / len(off) < _TOO_MANY * sum(day.weekday() < _WORKING for day in orders) / len(working)


def factors(calendar: TradeCalendar, first: int, totals: Floats, ahead: int) -> Floats:
    """Return [classes, months + ahead]: by what a moving festival multiplies a month, 1 in all other months.

    `totals` are the quantities of each class by month. The factors of a year rest on the years before it only, and the
    order days of the months times their factors are as many as without them: the joint demand stays.
    """
    classes, months = totals.shape
    found = np.ones((classes, months + ahead), np.float32)
    for festival in calendar.festivals:
        seen: list[tuple[Floats, Floats]] = []
        moved = len(festival.months)
        for day, start in _starts(festival, first, months + ahead):
            before, usual, plain = _working_days(calendar, festival, day, first + start)
            curve = _curve(before, usual, plain)
            uplift = _learn(seen, classes)
            for place in range(moved):
                found[:, start + place] = np.interp(uplift, _UPLIFTS, curve[:, place])
            if start + moved <= months:
                seen.append((curve[:, -2:], totals[:, start + moved - 2 : start + moved] / plain[-2:]))
    return found


def _starts(festival: Festival, first: int, months: int) -> Iterator[tuple[date, int]]:
    """Yield the days of the festival with the first of its months, as far as all of them are in reach."""
    for day in sorted(festival.days):
        start = day.year * YEAR + festival.months[-1] - len(festival.months) - first
        if start >= 0 and start + len(festival.months) <= months:
            yield day, start


def _working_days(calendar: TradeCalendar, festival: Festival, held: date, month: int) -> tuple[Floats, Floats, Floats]:
    """Return for each month: working days in the weeks before the festival, other ones, and weekdays in all."""
    before, usual, plain = (np.zeros(len(festival.months)) for _ in range(3))
    for day in _days(month, len(festival.months)):
        at = month_number(day) - month
        plain[at] += day.weekday() < _WORKING
        if calendar.takes_orders(day):
            (before if 0 < (held - day).days <= festival.ahead else usual)[at] += 1
    return before, usual, plain


def _curve(before: Floats, usual: Floats, plain: Floats) -> Floats:
    """Return the factors of the months for each uplift, [uplifts, months]."""
    weight = usual + (1 + _UPLIFTS[:, None]) * before
    return weight / plain * plain.sum() / weight.sum(axis=1, keepdims=True)


def _learn(seen: Sequence[tuple[Floats, Floats]], classes: int) -> Floats:
    """Return the uplift of each class: nearest to how past years split the last two months, held to that of all."""
    if not seen:
        return np.full(classes, _GUESS)
    everything = np.full(classes, _nearest(seen, np.arange(classes), _GUESS))
    return np.array([_nearest(seen, np.array([one]), everything[one]) for one in range(classes)])


def _nearest(seen: Sequence[tuple[Floats, Floats]], rows: Ints, guess: float) -> float:
    miss = _CONFIDENCE * (_UPLIFTS - guess) ** 2
    for curve, bought in seen:
        came = bought[rows].sum(axis=0)
        if (came > 0).all():
            miss = miss + (np.log(curve[:, 0] / curve[:, 1]) - np.log(came[0] / came[1])) ** 2
    return float(_UPLIFTS[miss.argmin()])


def _days(first: int, months: int) -> Iterator[date]:
    day, end = month_start(first), month_start(first + months)
    while day < end:
        yield day
        day += timedelta(days=1)
