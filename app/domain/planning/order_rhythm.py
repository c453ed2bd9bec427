"""On which days a shop orders: every week on its weekday, every second one, or once a month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEK, TWO_WEEKS, MONTH = 7, 14, 30
DAYS_OF_CYCLE: Mapping[str, int] = {"two_weekly": TWO_WEEKS, "monthly": MONTH}
"""Days between two orders, by the order cycle of the archive; every other one is served week by week."""
_MOST_WEEKS = 4


@dataclass(frozen=True, slots=True)
class OrderRhythm:
    """The weekday of the orders (1 Monday to 7), and which of these days are order days."""

    weekday: int
    every_days: int = WEEK
    counts_from: date | None = None
    """An order day, or a day of its week, from which a cycle of two weeks counts."""
    week_of_month: int | None = None
    """Of an order once a month: on the first, second … such weekday."""

    @property
    def is_known(self) -> bool:
        """Whether it is known which of the weekdays are order days."""
        if self.every_days == TWO_WEEKS:
            return self.counts_from is not None
        return self.every_days != MONTH or self._week is not None

    def days(self, first: date, last: date) -> tuple[date, ...]:
        """Return the order days from the first to the last (both count); none where they are not known."""
        if not self.is_known:
            return ()
        begin = first + timedelta(days=(self.weekday - first.isoweekday()) % WEEK)
        weekly = (begin + timedelta(days=step) for step in range(0, (last - begin).days + 1, WEEK))
        return tuple(day for day in weekly if self._is_order_day(day))

    def serves(self, day: date) -> bool:
        """Tell whether the next of its weekdays, the day itself included, is an order day; where unknown it may be."""
        ahead = day + timedelta(days=(self.weekday - day.isoweekday()) % WEEK)
        return not self.is_known or self._is_order_day(ahead)

    @property
    def _week(self) -> int | None:
        """Which one of its weekday in the month is the order day; the fourth where there is not always a fifth."""
        if self.week_of_month:
            return min(_MOST_WEEKS, self.week_of_month)
        return None if self.counts_from is None else min(_MOST_WEEKS, _week_of(self._aligned(self.counts_from)))

    def _is_order_day(self, day: date) -> bool:
        if self.every_days == TWO_WEEKS and self.counts_from is not None:
            return (day - self._aligned(self.counts_from)).days % TWO_WEEKS == 0
        return self.every_days != MONTH or _week_of(day) == self._week

    def _aligned(self, day: date) -> date:
        """Return the weekday of the orders in the calendar week of a day: one that was put off does not shift them."""
        return day + timedelta(days=self.weekday - day.isoweekday())


def _week_of(day: date) -> int:
    """Return which one of its weekday in its month a day is, from 1."""
    return (day.day - 1) // WEEK + 1
