"""How often a shop is visited: what the manager chose, else what head office set, else the class of the playbook."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.planning.order_rhythm import DAYS_OF_CYCLE
from app.domain.playbook import CadenceClass, CadenceRules

_WEEK = 7
_DAYS_PER_MONTH = 30
_BY_CYCLE_TYPE = {"weekly": 7, "two_weekly": 14, "monthly": 30}


class CadenceWhy(StrEnum):
    """What decided how often a shop is visited."""

    CHOSEN = "chosen"
    """The manager, with a reason."""
    OFFICE = "office"
    """The visit cycle in the archive."""
    TIER = "tier"
    TERMINAL = "terminal"
    PLAN = "plan"
    """An improvement plan that begins at C is open."""
    LAUNCH = "launch"
    """A SKU to be cultivated is in its launch month at the shop."""
    SAMPLE = "sample"
    NEW = "new"
    REST = "rest"
    """No rule of a more frequent class fits."""


@dataclass(frozen=True, slots=True)
class ShopStanding:
    """What decides how often a shop is visited; unknown values leave the decision to the others."""

    visit_cycle: str | None = None
    tier: int | None = None
    terminal_level: str | None = None
    is_sample: bool | None = None
    joined: date | None = None
    has_plan_from_c: bool = False
    has_launch: bool = False
    chosen: str | None = None
    """Code of the class that the manager chose."""
    order_cycle: str | None = None
    """What the archive says of how often it orders."""


@dataclass(frozen=True, slots=True)
class ShopCadence:
    """How often a shop is visited: the class, its days between visits, and what decided."""

    code: str
    every_days: int
    why: CadenceWhy


@dataclass(frozen=True, slots=True)
class Choice:
    """What a manager chose for a shop; without a cadence the rules decide again."""

    cadence: str | None
    reason: str
    since: date
    until: date | None = None


def choice_on(choices: Iterable[Choice], day: date) -> Choice | None:
    """Return the choice that holds on a day: of those that have begun and not ended the one that began last.

    Of two that began on the same day the later in the list counts. None where the rules decide.
    """
    holding = [one for one in choices if one.since <= day and (one.until is None or day <= one.until)]
    newest = max(enumerate(holding), key=lambda at: (at[1].since, at[0]), default=None)
    return newest[1] if newest is not None and newest[1].cadence else None


def cadence_for(rules: CadenceRules, shop: ShopStanding, day: date) -> ShopCadence:
    """Return how often a shop is visited on a day, and what decided; a choice of a class that is gone is no choice.

    A weekly visit is one in every order cycle: a shop that orders every two weeks is visited every two weeks for it.
    """
    chosen = next((one for one in rules.classes if one.code == shop.chosen), None)
    if chosen is not None:
        return ShopCadence(chosen.code, _in_cycles(chosen.every_days, shop), CadenceWhy.CHOSEN)
    every = _BY_CYCLE_TYPE.get(shop.visit_cycle or "")
    if every is not None:
        return ShopCadence(_nearest(rules, every).code, _in_cycles(every, shop), CadenceWhy.OFFICE)
    found = cadence_of(rules, shop, day)
    why = _why(found, rules, shop, day) or CadenceWhy.REST
    return ShopCadence(found.code, _in_cycles(found.every_days, shop), why)


def cadence_of(rules: CadenceRules, shop: ShopStanding, today: date) -> CadenceClass:
    """Return the class of a shop by the rules alone: the first that matches; the last is for all others."""
    return next((one for one in rules.classes if _why(one, rules, shop, today) is not None), rules.classes[-1])


def is_new(rules: CadenceRules, joined: date | None, today: date) -> bool:
    """Tell whether a shop joined so lately that it counts as new; one that joins later is new too."""
    return joined is not None and today - joined <= timedelta(days=_DAYS_PER_MONTH * rules.new_customer_months)


def _in_cycles(every_days: int, shop: ShopStanding) -> int:
    """Return the days between visits of a shop that is visited so often, at least an order cycle where it is weekly."""
    return max(every_days, DAYS_OF_CYCLE.get(shop.order_cycle or "", 0)) if every_days <= _WEEK else every_days


def _why(one: CadenceClass, rules: CadenceRules, shop: ShopStanding, today: date) -> CadenceWhy | None:
    """Return why a shop falls under a class; None where it does not."""
    if shop.tier is not None and one.tier_from is not None and _reaches(shop.tier, one.tier_from, rules):
        return CadenceWhy.TIER
    if shop.terminal_level is not None and shop.terminal_level in one.terminal_levels:
        return CadenceWhy.TERMINAL
    reasons = (
        (one.active_plan and shop.has_plan_from_c, CadenceWhy.PLAN),
        (one.launch and shop.has_launch, CadenceWhy.LAUNCH),
        (one.sample and bool(shop.is_sample), CadenceWhy.SAMPLE),
        (one.new_customer and is_new(rules, shop.joined, today), CadenceWhy.NEW),
    )
    return next((why for fits, why in reasons if fits), None)


def _reaches(tier: int, wanted: int, rules: CadenceRules) -> bool:
    return tier >= wanted if rules.tier_high_is_best else tier <= rules.highest_tier + 1 - wanted


def _nearest(rules: CadenceRules, every_days: int) -> CadenceClass:
    return min(rules.classes, key=lambda one: (abs(one.every_days - every_days), one.every_days))
