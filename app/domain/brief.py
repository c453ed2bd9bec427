"""The brief to read before entering a shop: why today, what is open, what changed, and one topic to talk about.

Built from plain data of this laptop alone, as codes and numbers; the words are elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain import reasons
from app.domain.classification import LicenceReminder
from app.domain.purchase_signs import Fall, OverdueProduct, Punctuality, ShopAnalysis, SlowProduct
from app.domain.purchases import Comparison, Trend
from app.domain.reasons import VisitReason, Why
from app.domain.visit import VisitStatus

SHARP_FALL = -0.3
MISSED_CYCLES = 2
SLOW_SHARE = 0.15
_SOON = timedelta(days=7)
_LAST_VISITS = 3
_FALLS = 3
_SIGNS = 5


class Owner(StrEnum):
    """Who has to keep a promise."""

    MANAGER = "manager"
    SHOP = "shop"
    HEAD_OFFICE = "head_office"


@dataclass(frozen=True, slots=True)
class Promise:
    """Something agreed at an earlier visit."""

    text: str
    owner: Owner
    due: date | None
    done: bool = False


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """An improvement plan that is not assessed yet: item code, the states as letters, and its day."""

    item: str
    current: str
    target: str
    due: date | None


@dataclass(frozen=True, slots=True)
class PastVisit:
    """An earlier visit in one line."""

    day: date
    status: VisitStatus
    note: str = ""


@dataclass(frozen=True, slots=True)
class BriefFacts:
    """What the brief is made of; `worse_items` are diagnosis items whose state fell at the last diagnosis."""

    as_of: date
    analysis: ShopAnalysis
    visits: tuple[PastVisit, ...] = ()
    promises: tuple[Promise, ...] = ()
    plans: tuple[OpenPlan, ...] = ()
    licence: LicenceReminder | None = None
    worse_items: tuple[str, ...] = ()
    open_complaints: int = 0
    at_risk: int | None = None
    """main SKUs that the guidance sees running out; None where it was not asked: then overdue orders are the sign"""


class TopicCode(StrEnum):
    """The suggested topics, most pressing first; what `Topic.value` means is said below each."""

    LICENCE_EXPIRED = "licence_expired"
    """value: days since the end"""
    COMPLAINT = "complaint"
    """value: number of open complaints"""
    OUR_PROMISE = "our_promise"
    """value: days overdue; subject: the promise"""
    MISSED_ORDERS = "missed_orders"
    """value: cycles missed in a row"""
    STOCK_OUT = "stock_out"
    """value: number of main products; products: those"""
    SHARP_FALL = "sharp_fall"
    """value: growth against last year, below zero; products: what fell most"""
    LICENCE_RENEWAL = "licence_renewal"
    """value: days left"""
    PLAN_DUE = "plan_due"
    """value: days left, below zero when overdue; subject: the item code"""
    WORSE_ITEM = "worse_item"
    """subject: the item code"""
    SLOW_PRODUCTS = "slow_products"
    """value: their share of all products; products: those"""
    PRODUCT_FELL = "product_fell"
    """value: 条 fewer; products: the one"""
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True)
class Topic:
    """The one thing to talk about."""

    code: TopicCode
    value: float | None = None
    subject: str = ""
    products: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief of one shop. Lists are short on purpose; the counts beside them tell the whole."""

    reasons: tuple[Why, ...]
    visits: tuple[PastVisit, ...]
    promises: tuple[Promise, ...]
    """open ones, most overdue first"""
    plans: tuple[OpenPlan, ...]
    """by due day"""
    four_weeks: Comparison
    carton_value: Comparison
    width: int
    width_last_year: int | None
    trend: Trend | None
    punctuality: Punctuality | None
    falls: tuple[Fall, ...]
    stock_out_signs: tuple[OverdueProduct, ...]
    stock_out_count: int
    slow: tuple[SlowProduct, ...]
    slow_count: int
    worse_items: tuple[str, ...]
    licence: LicenceReminder | None
    topic: Topic


def build_brief(facts: BriefFacts, horizon: date) -> Brief:
    """Build the brief; `horizon` is the next working day, up to which an order day is a reason to come."""
    analysis = facts.analysis
    return Brief(
        reasons=visit_reasons(facts, horizon),
        visits=tuple(sorted(facts.visits, key=lambda visit: visit.day, reverse=True)[:_LAST_VISITS]),
        promises=tuple(sorted((one for one in facts.promises if not one.done), key=lambda one: one.due or date.max)),
        plans=_by_due(facts),
        four_weeks=analysis.four_weeks,
        carton_value=analysis.carton_value,
        width=analysis.width,
        width_last_year=analysis.width_last_year,
        trend=analysis.trend,
        punctuality=analysis.punctuality,
        falls=analysis.falls[:_FALLS],
        stock_out_signs=analysis.overdue[:_SIGNS],
        stock_out_count=len(analysis.overdue),
        slow=analysis.slow[:_SIGNS],
        slow_count=len(analysis.slow),
        worse_items=facts.worse_items,
        licence=facts.licence,
        topic=suggested_topic(facts),
    )


def shop_reasons(facts: BriefFacts) -> tuple[Why, ...]:
    """Return the reasons that lie in the shop's own data, most pressing first; the day rule takes them as given."""
    found: list[Why] = []
    if facts.open_complaints:
        found.append(Why(VisitReason.COMPLAINT, facts.open_complaints))
    missed = _missed(facts)
    if missed is not None:
        found.append(Why(VisitReason.MISSED_ORDERS, missed))
    at_risk = len(_main_out(facts)) if facts.at_risk is None else facts.at_risk
    if at_risk:
        found.append(Why(VisitReason.STOCK_OUT_SIGNS, at_risk))
    fall = _sharp_fall(facts)
    if fall is not None:
        found.append(Why(VisitReason.SHARP_FALL, fall))
    found += (
        Why(VisitReason.PLAN_DUE, subject=plan.item, day=plan.due)
        for plan in _by_due(facts)
        if plan.due is not None and plan.due <= facts.as_of + _SOON
    )
    due = sum(not one.done and one.due is not None and one.due <= facts.as_of for one in facts.promises)
    if due:
        found.append(Why(VisitReason.PROMISE_DUE, due))
    licence = facts.licence
    if licence is not None and licence.expired:
        found.append(Why(VisitReason.LICENCE_EXPIRED, -licence.days_left, day=licence.expires))
    elif licence is not None and licence.step is not None:
        found.append(Why(VisitReason.LICENCE_ENDING, licence.days_left, day=licence.expires))
    return tuple(found)


def visit_reasons(facts: BriefFacts, horizon: date) -> tuple[Why, ...]:
    """Return every reason to come today: the order day first, the time since the last visit last."""
    served = [visit.day for visit in facts.visits if visit.status.counts_as_visit and visit.day <= facts.as_of]
    found = (
        reasons.order_day(facts.analysis.order_weekday, facts.as_of, horizon),
        *shop_reasons(facts),
        reasons.since_visit(max(served, default=None), facts.as_of),
    )
    return tuple(why for why in found if why is not None)


def suggested_topic(facts: BriefFacts) -> Topic:
    """Return the first topic that applies, in the order of `TopicCode`: law, our own word, supply, then growth."""
    for rule in _RULES:
        topic = rule(facts)
        if topic is not None:
            return topic
    return Topic(TopicCode.ROUTINE)


def _by_due(facts: BriefFacts) -> tuple[OpenPlan, ...]:
    return tuple(sorted(facts.plans, key=lambda plan: (plan.due or date.max, plan.item)))


def _missed(facts: BriefFacts) -> int | None:
    kept = facts.analysis.punctuality
    return kept.missed_in_row if kept is not None and kept.missed_in_row >= MISSED_CYCLES else None


def _main_out(facts: BriefFacts) -> tuple[OverdueProduct, ...]:
    return tuple(one for one in facts.analysis.overdue if one.is_main)


def _sharp_fall(facts: BriefFacts) -> float | None:
    growth = facts.analysis.four_weeks.growth
    return growth if growth is not None and growth <= SHARP_FALL else None


def _licence_expired(facts: BriefFacts) -> Topic | None:
    licence = facts.licence
    return Topic(TopicCode.LICENCE_EXPIRED, -licence.days_left) if licence is not None and licence.expired else None


def _complaint(facts: BriefFacts) -> Topic | None:
    return Topic(TopicCode.COMPLAINT, facts.open_complaints) if facts.open_complaints else None


def _our_promise(facts: BriefFacts) -> Topic | None:
    late = [
        (one.due, one.text)
        for one in facts.promises
        if not one.done and one.owner is not Owner.SHOP and one.due is not None and one.due < facts.as_of
    ]
    if not late:
        return None
    due, text = min(late)
    return Topic(TopicCode.OUR_PROMISE, (facts.as_of - due).days, text)


def _missed_orders(facts: BriefFacts) -> Topic | None:
    missed = _missed(facts)
    return None if missed is None else Topic(TopicCode.MISSED_ORDERS, missed)


def _stock_out(facts: BriefFacts) -> Topic | None:
    main = _main_out(facts)
    return Topic(TopicCode.STOCK_OUT, len(main), products=tuple(one.product for one in main[:_FALLS])) if main else None


def _purchases_fell(facts: BriefFacts) -> Topic | None:
    fall = _sharp_fall(facts)
    if fall is None:
        return None
    return Topic(TopicCode.SHARP_FALL, fall, products=tuple(one.product for one in facts.analysis.falls[:_FALLS]))


def _licence_renewal(facts: BriefFacts) -> Topic | None:
    licence = facts.licence
    if licence is None or licence.step is None:
        return None
    return Topic(TopicCode.LICENCE_RENEWAL, licence.days_left)


def _plan_due(facts: BriefFacts) -> Topic | None:
    for plan in _by_due(facts):
        if plan.due is not None and plan.due <= facts.as_of + _SOON:
            return Topic(TopicCode.PLAN_DUE, (plan.due - facts.as_of).days, plan.item)
    return None


def _worse_item(facts: BriefFacts) -> Topic | None:
    return Topic(TopicCode.WORSE_ITEM, subject=facts.worse_items[0]) if facts.worse_items else None


def _slow_products(facts: BriefFacts) -> Topic | None:
    share = facts.analysis.slow_share
    if share is None or share <= SLOW_SHARE:
        return None
    return Topic(TopicCode.SLOW_PRODUCTS, share, products=tuple(one.product for one in facts.analysis.slow[:_FALLS]))


def _product_fell(facts: BriefFacts) -> Topic | None:
    if not facts.analysis.falls:
        return None
    worst = facts.analysis.falls[0]
    return Topic(TopicCode.PRODUCT_FELL, worst.drop, products=(worst.product,))


_RULES: tuple[Callable[[BriefFacts], Topic | None], ...] = (
    _licence_expired,
    _complaint,
    _our_promise,
    _missed_orders,
    _stock_out,
    _purchases_fell,
    _licence_renewal,
    _plan_due,
    _worse_item,
    _slow_products,
    _product_fell,
)
