"""What wants a visit by a day beside the cadence: complaints, missed orders, licences, falls, dates that come due.

A trigger begins on the day on which it came about and not on the day of planning, so that planning again finds the same
visit with the same deadline; a visit that was made since then has answered it, unless a date that a person set is open.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from app.domain.planning.cadence import is_new
from app.domain.planning.order_rhythm import WEEK
from app.domain.planning.problem import Trigger
from app.domain.planning.working_days import CalendarDay, month_end, worked_after
from app.domain.playbook import CadenceRules
from app.domain.purchase_history import YEAR_WEEKS, week_end

Order: TypeAlias = "tuple[date, int, int]"
"""Its day, its quantity in 条, its amount in minor units."""
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_BEFORE_DUE = timedelta(days=7)
"""What is due is visited in the week before (proposed)."""
_UNDATED_TASK = timedelta(days=30)
_FALL_WEEKS, _FALL_LOOKED_BACK = 4, 8
_MISSED_LOOKED_BACK = 8


class TriggerCode(StrEnum):
    """What wants the visit; the code is kept among the reasons of the visit."""

    COMPLAINT = "complaint"
    MISSED_ORDERS = "missed_orders"
    LICENCE_ENDING = "licence_ending"
    LICENCE_EXPIRED = "licence_expired"
    SHARP_FALL = "sharp_fall"
    ALERT = "alert"
    """A neutral hint about an order, a price or a month that is unlike the ones before."""
    ONBOARDING = "onboarding"
    PLAN_DUE = "plan_due"
    PROMISE_DUE = "promise_due"
    TASK = "task"
    SAMPLE = "sample"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class OpenDate:
    """A date that a person set for a shop and that is still open: a promise, a plan, a task; its subject is its id."""

    shop: UUID
    due: date | None
    since: date
    """Not before this day."""
    subject: str = ""
    is_complaint: bool = False


@dataclass(frozen=True, slots=True)
class ShopSigns:
    """What the store knows of a shop that may want a visit."""

    shop: UUID
    last_visit: date | None
    joined: date | None = None
    licence_to: date | None = None
    is_sample: bool = False
    complained: date | None = None
    """The day on which a visit was refused because of supply or service."""
    order_weekday: int | None = None
    order_every: int = WEEK
    """Days between two orders, by the archive."""
    orders: tuple[Order, ...] = ()
    """For a year and a quarter, oldest first."""
    alert_since: date | None = None
    moved: tuple[tuple[date, date], ...] = ()
    """Visits that were moved: from which day, to which."""


@dataclass(frozen=True, slots=True)
class TriggerDays:
    """The calendar that deadlines are counted on: `starts` is the first day that can still be planned."""

    starts: date
    ends: date
    """Last day of the month; what begins later is no matter of it."""
    days: Sequence[CalendarDay]

    def deadline(self, since: date, until: Callable[[date], date]) -> date:
        """Return the last day of what came about on `since`; what is overdue has its time from the start on anew."""
        by = until(since)
        return by if by >= self.starts else until(self.starts)

    def working(self, count: int) -> Callable[[date], date]:
        """Return a count of working days after a day."""
        return lambda since: worked_after(since, count, self.days)


def shop_triggers(signs: ShopSigns, rules: CadenceRules, today: date, when: TriggerDays) -> tuple[Trigger, ...]:
    """Return what wants a visit to a shop in the month."""
    found: list[Trigger] = []

    def wants(code: TriggerCode, since: date | None, until: Callable[[date], date]) -> None:
        if since is not None and since <= when.ends and (signs.last_visit is None or signs.last_visit < since):
            found.append(Trigger(signs.shop, code.value, since, when.deadline(since, until)))

    def within_alert(since: date) -> date:
        return since + timedelta(days=rules.alert_days)

    wants(
        TriggerCode.COMPLAINT,
        signs.complained + _DAY if signs.complained else None,
        lambda since: worked_after(since - _DAY, rules.complaint_working_days, when.days),
    )
    wants(TriggerCode.MISSED_ORDERS, missed_since(signs, rules.missed_orders, today), within_alert)
    wants(*_licence(signs.licence_to, rules.licence_alert_days, when.starts), within_alert)
    wants(TriggerCode.SHARP_FALL, fallen_since(signs, rules.sharp_fall_pct, today), within_alert)
    wants(TriggerCode.ALERT, signs.alert_since, within_alert)
    wants(TriggerCode.ONBOARDING, signs.joined if is_new(rules, signs.joined, when.starts) else None, within_alert)
    if signs.is_sample:
        wants(TriggerCode.SAMPLE, when.ends.replace(day=rules.sample_from_day), month_end)
    for moved_from, moved_to in signs.moved:
        if signs.last_visit is None or signs.last_visit < moved_from:
            day = max(moved_to, when.starts)
            found += [Trigger(signs.shop, TriggerCode.MOVED.value, day, day)] if day <= when.ends else []
    return tuple(found)


def date_triggers(
    code: TriggerCode, dates: Iterable[OpenDate], rules: CadenceRules, when: TriggerDays
) -> tuple[Trigger, ...]:
    """Return what open dates want in the month: a visit in the week before they are due.

    A complaint that head office passed on as a task wants it within its working days; a task without a date is due
    thirty days after it came (proposed). What is overdue wants it within a week, a complaint in its working days.
    """
    found: list[Trigger] = []
    for one in dates:
        if one.is_complaint:
            by = when.deadline(one.since, when.working(rules.complaint_working_days))
            found.append(Trigger(one.shop, TriggerCode.COMPLAINT.value, one.since, by, one.subject))
            continue
        due = one.due or one.since + _UNDATED_TASK
        since = min(max(one.since, due - _BEFORE_DUE), due)
        by = due if due >= when.starts else _overdue(code, rules, when)
        found.append(Trigger(one.shop, code.value, since, by, one.subject))
    return tuple(one for one in found if one.since <= when.ends)


def _overdue(code: TriggerCode, rules: CadenceRules, when: TriggerDays) -> date:
    if code is TriggerCode.COMPLAINT:
        return worked_after(when.starts - _DAY, rules.complaint_working_days, when.days)
    return when.starts + timedelta(days=rules.alert_days)


def missed_since(signs: ShopSigns, cycles: int, today: date) -> date | None:
    """Return the end of the week with which a shop had missed so many order cycles in a row; None while it has not.

    A shop that never ordered, or whose last order lies further back than eight cycles, is asleep and not late.
    """
    if signs.order_weekday is None or not signs.orders:
        return None
    end = week_end(today, signs.order_weekday)
    behind = [(end - day).days // 7 for day, _, _ in signs.orders if day <= end]
    if any(day > end for day, _, _ in signs.orders if day <= today) or not behind:
        return None
    missed, weeks = min(behind), max(1, round(signs.order_every / WEEK))
    if not cycles <= missed // weeks < _MISSED_LOOKED_BACK:
        return None
    return end - _WEEK * (missed - cycles * weeks)


def fallen_since(signs: ShopSigns, fall_pct: int, today: date) -> date | None:
    """Return the end of the first week with which four were so many per cent below the same of last year; else None."""
    if not signs.orders:
        return None
    end = week_end(today, signs.order_weekday)
    weeks = YEAR_WEEKS + _FALL_WEEKS + _FALL_LOOKED_BACK
    bought = _weeks(signs.orders, end, weeks)
    age = (end - signs.orders[0][0]).days // 7 + 1
    since = None
    for back in range(_FALL_LOOKED_BACK):
        if age < back + YEAR_WEEKS + _FALL_WEEKS or not _fell(bought, back, fall_pct):
            break
        since = end - _WEEK * back
    return since


def _fell(bought: Sequence[int], back: int, fall_pct: int) -> bool:
    now = sum(bought[back : back + _FALL_WEEKS])
    before = sum(bought[back + YEAR_WEEKS : back + YEAR_WEEKS + _FALL_WEEKS])
    return before > 0 and 100 * (before - now) > fall_pct * before


def _weeks(orders: Sequence[Order], end: date, count: int) -> list[int]:
    weeks = [0] * count
    for day, quantity, _ in orders:
        week = (end - day).days // 7
        if day <= end and week < count:
            weeks[week] += quantity
    return weeks


def _licence(ends: date | None, days: int, on: date) -> tuple[TriggerCode, date | None]:
    """Return what a licence wants on a day, and since when: its last weeks, or that it has ended."""
    if ends is None:
        return TriggerCode.LICENCE_ENDING, None
    if ends < on:
        return TriggerCode.LICENCE_EXPIRED, ends + _DAY
    return TriggerCode.LICENCE_ENDING, ends - timedelta(days=days)
