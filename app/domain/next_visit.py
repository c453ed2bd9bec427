"""When to come again: how often a shop is visited, and the day near its order day that fits."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.planning.cadence import ShopStanding, cadence_for
from app.domain.playbook import CadenceRules

_WEEK = 7
_NEAR = 3
_SATURDAY = 6


@dataclass(frozen=True, slots=True)
class NextVisit:
    """The day suggested for the next visit, the days between visits, and whether it lies on the shop's order day."""

    day: date
    every_days: int
    order_day: date | None


def working_day_after(day: date) -> date:
    """Return the next working day: the one that is offered where a visit is moved."""
    return _working_day(day + timedelta(days=1), after=day)


def suggest_next(day: date, rules: CadenceRules, shop: ShopStanding, order_weekday: int | None) -> NextVisit:
    """Return when to come again after a visit on `day`.

    What the manager chose and what head office set go before the rules. The day is moved to the order day if one lies
    within three days, and from a weekend to the working day before (or after, if that would not be later than `day`).
    """
    every = cadence_for(rules, shop, day).every_days
    target = day + timedelta(days=every)
    order_day = _nearest(target, order_weekday)
    found = _working_day(order_day or target, after=day)
    return NextVisit(found, every, order_day)


def _nearest(target: date, weekday: int | None) -> date | None:
    """Return the order day nearest to the target, at most three days away; every week has one."""
    if weekday is None:
        return None
    ahead = (weekday - target.isoweekday()) % _WEEK
    return target + timedelta(days=ahead if ahead <= _NEAR else ahead - _WEEK)


def _working_day(day: date, after: date) -> date:
    earlier = day
    while earlier.isoweekday() >= _SATURDAY:
        earlier -= timedelta(days=1)
    if earlier > after:
        return earlier
    later = max(day, after + timedelta(days=1))
    while later.isoweekday() >= _SATURDAY:
        later += timedelta(days=1)
    return later
