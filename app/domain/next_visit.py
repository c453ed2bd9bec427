"""When to come again: how often a shop is visited, and the day near its order day that fits."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.playbook import CadenceClass, CadenceRules

_WEEK = 7
_NEAR = 3
_SATURDAY = 6
_DAYS_PER_MONTH = 30
_BY_CYCLE_TYPE = {"weekly": 7, "two_weekly": 14, "monthly": 30}


@dataclass(frozen=True, slots=True)
class ShopStanding:
    """What decides how often a shop is visited; unknown values leave the decision to the others."""

    visit_cycle: str | None = None
    tier: int | None = None
    terminal_level: str | None = None
    is_sample: bool | None = None
    joined: date | None = None
    has_plan_from_c: bool = False


@dataclass(frozen=True, slots=True)
class NextVisit:
    """The day suggested for the next visit, the days between visits, and whether it lies on the shop's order day."""

    day: date
    every_days: int
    order_day: date | None


def working_day_after(day: date) -> date:
    """Return the next working day: the one that is offered where a visit is moved."""
    return _working_day(day + timedelta(days=1), after=day)


def cadence_of(rules: CadenceRules, shop: ShopStanding, today: date) -> CadenceClass:
    """Return the class of a shop: the first that matches; the last is for all others."""
    return next((one for one in rules.classes if _matches(one, rules, shop, today)), rules.classes[-1])


def suggest_next(day: date, rules: CadenceRules, shop: ShopStanding, order_weekday: int | None) -> NextVisit:
    """Return when to come again after a visit on `day`.

    What head office set for the shop goes before the rule. The day is moved to the order day if one lies within three
    days, and from a weekend to the working day before (or after, if that would not be later than `day`).
    """
    every = _BY_CYCLE_TYPE.get(shop.visit_cycle or "") or cadence_of(rules, shop, day).every_days
    target = day + timedelta(days=every)
    order_day = _nearest(target, order_weekday)
    found = _working_day(order_day or target, after=day)
    return NextVisit(found, every, order_day)


def _matches(one: CadenceClass, rules: CadenceRules, shop: ShopStanding, today: date) -> bool:
    months = rules.new_customer_months
    is_new = shop.joined is not None and today - shop.joined <= timedelta(days=_DAYS_PER_MONTH * months)
    high = shop.tier is not None and one.tier_from is not None and _reaches(shop.tier, one.tier_from, rules)
    return (
        high
        or (shop.terminal_level is not None and shop.terminal_level in one.terminal_levels)
        or (one.sample and bool(shop.is_sample))
        or (one.new_customer and is_new)
        or (one.active_plan and shop.has_plan_from_c)
    )


def _reaches(tier: int, wanted: int, rules: CadenceRules) -> bool:
    return tier >= wanted if rules.tier_high_is_best else tier <= rules.highest_tier + 1 - wanted


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
