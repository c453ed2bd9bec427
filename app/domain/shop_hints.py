"""Neutral hints about a shop whose facts do not fit together; they ask for the cause and never judge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from app.domain import formulas
from app.domain.formulas import ChannelHint
from app.domain.playbook import ChannelRules, HintRules

PEER_SHARE = 0.95
FEWEST_PEERS = 20
_GROCERY = "Z"
_BIG_FORMATS = frozenset({"S", "N"})
_LARGE, _SMALL = "1", "3"
_MONTHS_OF_MEAN = 3
_CYCLES_OF_MEAN = 3


class HintCode(StrEnum):
    """What does not fit; what `ShopHint.value` means is said beside each."""

    GROCERY_LARGE = "grocery_large"
    BIG_FORMAT_SMALL = "big_format_small"
    ABOVE_PEERS = "above_peers"
    """value: share of the shops of the same format that buy less"""
    BUYS_MORE_THAN_BUYERS = "buys_more_than_buyers"
    """value: purchases against buyers (F34)"""
    BUYS_LESS_THAN_BUYERS = "buys_less_than_buyers"
    """value: purchases against buyers (F34)"""
    MONTH_JUMP = "month_jump"
    """value: last full month ÷ the month before"""
    ORDER_JUMP = "order_jump"
    """value: the newest order ÷ the mean of the three cycles before it"""
    MEAN_PRICE_JUMP = "mean_price_jump"
    """value: the price of a 条 in the newest order ÷ that of the three cycles before it"""
    BELOW_CLASS = "below_class"
    """value: purchases against last year ÷ the same of the shops of its class"""
    LARGE_CUSTOMER = "large_customer"
    """value: last full month ÷ the mean of the shops of its market type"""


@dataclass(frozen=True, slots=True)
class ShopHint:
    """One hint with its number, where it has one."""

    code: HintCode
    value: float | None = None


@dataclass(frozen=True, slots=True)
class CycleOrder:
    """What was ordered in one cycle: 条 and minor units; `late` cycles before it passed without an order."""

    day: date
    quantity: int
    amount: int
    late: int = 0


def order_cycles(orders: Sequence[tuple[date, int, int]], week_ends: date) -> list[CycleOrder]:
    """Return the cycles with an order, newest first, from (day, 条, minor units); a cycle ends as a week does."""
    slots: dict[int, tuple[date, int, int]] = {}
    for day, quantity, amount in orders:
        slot = (week_ends - day).days // 7
        known = slots.get(slot, (day, 0, 0))
        slots[slot] = (max(known[0], day), known[1] + quantity, known[2] + amount)
    numbers = sorted(slots)
    gaps = [older - newer - 1 for newer, older in pairwise(numbers)] + [0]
    return [CycleOrder(*slots[number], late) for number, late in zip(numbers, gaps, strict=True)]


@dataclass(frozen=True, slots=True)
class HintFacts:
    """What the hints go by; `months` are the quantities of the last full months, oldest first, None for no data."""

    format: str | None
    size_class: str | None
    months: Sequence[int | None]
    buyers_per_day: float | None = None
    peers: int = 0
    """shops of the same format that bought in the same months"""
    peers_below: int = 0
    """those of them that bought less"""
    cycles: Sequence[CycleOrder] = ()
    """the newest cycles with an order, newest first; the newest without SKUs that the shop has only just begun with"""
    is_new: bool = False
    """a new customer has no pattern yet: jumps say nothing"""
    near_festival: bool = False
    """the newest order stocks up for a festival"""
    festival_month: bool = False
    """the last full month did"""
    growth_ratio: float | None = None
    """the last three full months ÷ the same months of last year"""
    class_growth_ratio: float | None = None
    """the same of all shops of its class together"""
    market_mean: float | None = None
    """mean of the last full month of the shops of its market type"""


def shop_hints(facts: HintFacts, rules: HintRules, channel: ChannelRules) -> tuple[ShopHint, ...]:
    """Return the hints of a shop, the ones about its class first."""
    hints: list[ShopHint] = []
    if facts.format == _GROCERY and facts.size_class == _LARGE:
        hints.append(ShopHint(HintCode.GROCERY_LARGE))
    if facts.format in _BIG_FORMATS and facts.size_class == _SMALL:
        hints.append(ShopHint(HintCode.BIG_FORMAT_SMALL))
    share = formulas.ratio(facts.peers_below, facts.peers)
    if facts.format == _GROCERY and facts.peers >= FEWEST_PEERS and share is not None and share >= PEER_SHARE:
        hints.append(ShopHint(HintCode.ABOVE_PEERS, share))
    hints += _against_buyers(facts, channel)
    hints += _large(facts, rules)
    if not facts.is_new:
        hints += [] if facts.near_festival else order_jumps(facts.cycles, rules)
        hints += [] if facts.festival_month else _jump(facts.months, rules)
    hints += _below_class(facts, rules)
    return tuple(hints)


def mean_of_months(months: Sequence[int | None]) -> int | None:
    """Return the mean of the last three full months, None without any."""
    known = [quantity for quantity in months[-_MONTHS_OF_MEAN:] if quantity is not None]
    return formulas.whole(sum(known) / len(known)) if known else None


def _against_buyers(facts: HintFacts, channel: ChannelRules) -> list[ShopHint]:
    value = formulas.channel_ratio(mean_of_months(facts.months), facts.buyers_per_day, float(channel.packs_per_buyer))
    match formulas.channel_hint(value, float(channel.hint_low), float(channel.hint_high)):
        case ChannelHint.BUYS_MORE:
            return [ShopHint(HintCode.BUYS_MORE_THAN_BUYERS, value)]
        case ChannelHint.BUYS_LESS:
            return [ShopHint(HintCode.BUYS_LESS_THAN_BUYERS, value)]
        case _:
            return []


def _jump(months: Sequence[int | None], rules: HintRules) -> list[ShopHint]:
    before, last = (months[-2], months[-1]) if len(months) > 1 else (None, None)
    value = formulas.ratio(last, before)
    if last is None or value is None or last < rules.order_jump_exempt_qty or value * 100 <= rules.month_jump_pct:
        return []
    return [ShopHint(HintCode.MONTH_JUMP, value)]


def order_ratio(cycles: Sequence[CycleOrder]) -> float | None:
    """Return the newest order ÷ the mean of the three cycles before it; an order that comes late stands for several.

    None without three cycles to compare with.
    """
    before = cycles[1 : 1 + _CYCLES_OF_MEAN]
    if len(before) < _CYCLES_OF_MEAN:
        return None
    passed = sum(1 + cycle.late for cycle in before)
    return formulas.ratio(cycles[0].quantity / (1 + cycles[0].late), sum(one.quantity for one in before) / passed)


def order_jumps(cycles: Sequence[CycleOrder], rules: HintRules) -> list[ShopHint]:
    """Compare the newest order with the three cycles before it, in quantity and in the price of a 条."""
    ratio = order_ratio(cycles)
    if ratio is None or cycles[0].quantity < rules.order_jump_exempt_qty:
        return []
    hints: list[ShopHint] = []
    if ratio * 100 > rules.order_jump_pct:
        hints.append(ShopHint(HintCode.ORDER_JUMP, ratio))
    before = cycles[1 : 1 + _CYCLES_OF_MEAN]
    usual = formulas.ratio(sum(one.amount for one in before), sum(one.quantity for one in before))
    price = formulas.ratio(formulas.ratio(cycles[0].amount, cycles[0].quantity), usual)
    if price is not None and price * 100 > rules.mean_price_jump_pct:
        hints.append(ShopHint(HintCode.MEAN_PRICE_JUMP, price))
    return hints


def _below_class(facts: HintFacts, rules: HintRules) -> list[ShopHint]:
    value = formulas.ratio(facts.growth_ratio, facts.class_growth_ratio)
    if value is None or value > float(rules.class_growth_ratio):
        return []
    return [ShopHint(HintCode.BELOW_CLASS, value)]


def _large(facts: HintFacts, rules: HintRules) -> list[ShopHint]:
    last = facts.months[-1] if facts.months else None
    value = formulas.ratio(last, facts.market_mean)
    if last is None or value is None or last <= rules.large_customer_qty:
        return []
    return [ShopHint(HintCode.LARGE_CUSTOMER, value)] if value > float(rules.large_customer_multiple) else []
