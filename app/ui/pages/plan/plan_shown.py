"""What of a month is shown: its views, the place the keyboard is at, and a month as it looks after a move."""

from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.planning.views import DayKind, DayView, StopView, UnplacedView
from app.domain.visit import VisitStatus

Days = tuple[DayView, ...]
_SATURDAY = 6


class Span(StrEnum):
    """How much of the plan is shown at once."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Spot:
    """A day, and a visit of it or none."""

    day: date
    visit_id: UUID | None = None


def first_of(day: date) -> date:
    """Return the first day of the month."""
    return day.replace(day=1)


def month_later(month: date, by: int) -> date:
    """Return the first day of the month so many months later (or earlier, below zero)."""
    years, index = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(years, index + 1, 1)


def clamped(day: date, month: date) -> date:
    """Return that day of the month, or the month's last where it has none."""
    return month.replace(day=min(day.day, monthrange(month.year, month.month)[1]))


def week_of(day: date) -> tuple[date, ...]:
    """Return the seven days of the week, from Monday."""
    monday = day - timedelta(days=day.isoweekday() - 1)
    return tuple(monday + timedelta(days=n) for n in range(7))


def day_of(days: Days, day: date) -> DayView | None:
    """Return the day of that date; None where it was not read."""
    return next((one for one in days if one.day == day), None)


def stop_of(days: Days, visit_id: UUID | None) -> tuple[DayView, StopView] | None:
    """Return a visit with its day."""
    if visit_id is None:
        return None
    return next(((day, stop) for day in days for stop in day.stops if stop.visit_id == visit_id), None)


def columns(days: Days, looked_at: date) -> tuple[int, ...]:
    """Return the weekdays that need a column: a weekend day only where it is worked, has visits, or is looked at."""
    worked = {day.day.isoweekday() for day in days if day.kind is not DayKind.OFF or day.stops}
    worked |= {looked_at.isoweekday()} if any(day.day == looked_at for day in days) else set()
    return tuple(number for number in range(1, 8) if number < _SATURDAY or number in worked)


def is_movable(stop: StopView) -> bool:
    """Whether a visit can still be planned anew: nothing of it was begun."""
    return stop.status is VisitStatus.PLANNED


def can_take(day: DayView | None, today: date) -> bool:
    """Whether visits can be moved to a day; to a day off only knowingly, and the effect says so."""
    return day is not None and day.day >= today


def has_shop(days: Days, day: date, customer_id: UUID, but: UUID | None = None) -> bool:
    """Whether a shop has a visit on a day, other than one."""
    view = day_of(days, day)
    stops = () if view is None else view.stops
    return any(stop.customer_id == customer_id and stop.visit_id != but for stop in stops)


def neighbour(days: Days, day: date, by: int, today: date) -> date | None:
    """Return the next working day (or the one before) on which visits can be put; None where there is none."""
    open_days = [one.day for one in days if can_take(one, today) and one.kind is not DayKind.OFF]
    ahead = [one for one in open_days if one > day] if by > 0 else [one for one in reversed(open_days) if one < day]
    return ahead[0] if ahead else None


def moved(days: Days, visit_id: UUID, to_day: date, place: int | None) -> Days:
    """Return the days as they look with a visit in another place (from 1; None: the end), before it is timed anew."""
    found, target = stop_of(days, visit_id), day_of(days, to_day)
    if found is None or target is None:
        return days
    day, stop = found
    rest = tuple(one for one in day.stops if one is not stop)
    if day.day == to_day:
        return _with_days(days, (_numbered(day, _inserted(rest, stop, place)),))
    return _with_days(days, (_numbered(day, rest), _numbered(target, _inserted(target.stops, stop, place))))


def without(days: Days, visit_id: UUID) -> Days:
    """Return the days without a visit."""
    found = stop_of(days, visit_id)
    if found is None:
        return days
    day, stop = found
    return _with_days(days, (_numbered(day, tuple(one for one in day.stops if one is not stop)),))


def with_shop(days: Days, one: UnplacedView, to_day: date, place: int | None) -> Days:
    """Return the days with a shop that had none put into one, before it is stored and timed."""
    target = day_of(days, to_day)
    if target is None:
        return days
    stop = StopView(
        one.customer_id, one.customer_id, one.code, one.name, "", VisitStatus.PLANNED, 0, None, 0, None, locked=False,
        on_order_day=False, order_weekday=None, due_by=one.by, reasons=(), presumed=False, lat=None, lon=None,
    )  # fmt: skip
    return _with_days(days, (_numbered(target, _inserted(target.stops, stop, place)),))


def swapped(days: Days, first: UUID, second: UUID) -> Days:
    """Return the days with two visits in each other's place, before they are timed anew."""
    one, other = stop_of(days, first), stop_of(days, second)
    if one is None or other is None:
        return days
    instead = {first: other[1], second: one[1]}
    fresh = {
        day.day: _numbered(day, tuple(instead.get(stop.visit_id, stop) for stop in day.stops))
        for day in (one[0], other[0])
    }
    return _with_days(days, fresh.values())


def locked(days: Days, visits: Collection[UUID], *, is_locked: bool) -> Days:
    """Return the days with some visits fixed on theirs, or freed."""
    return tuple(
        replace(
            day,
            stops=tuple(replace(s, locked=is_locked) if s.visit_id in visits else s for s in day.stops),
        )
        if any(stop.visit_id in visits for stop in day.stops)
        else day
        for day in days
    )


def day_after(days: Days, stop: StopView, day: date, today: date) -> date | None:
    """Return the next working day on which the shop of a visit has none; None where no such day was read."""
    after = max(day, today)
    while (found := neighbour(days, after, 1, today)) is not None:
        if not has_shop(days, found, stop.customer_id):
            return found
        after = found
    return None


def _inserted(stops: tuple[StopView, ...], stop: StopView, place: int | None) -> tuple[StopView, ...]:
    at = len(stops) if place is None else min(max(0, place - 1), len(stops))
    return (*stops[:at], stop, *stops[at:])


def _numbered(day: DayView, stops: tuple[StopView, ...]) -> DayView:
    """Give the stops their numbers; times that do not hold any more are left out until the day is timed."""
    before = {stop.visit_id: stop.number for stop in day.stops}
    numbered = (
        stop if before.get(stop.visit_id) == number else replace(stop, number=number, planned_at=None, km=None)
        for number, stop in enumerate(stops, start=1)
    )
    return replace(day, stops=tuple(numbered))


def _with_days(days: Days, fresh: Iterable[DayView]) -> Days:
    by_day = {day.day: day for day in fresh}
    return tuple(by_day.get(day.day, day) for day in days)
