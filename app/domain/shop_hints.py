"""Neutral hints about a shop whose facts do not fit together; they ask for the cause and never judge."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain import formulas
from app.domain.formulas import ChannelHint
from app.domain.playbook import ChannelRules, HintRules

PEER_SHARE = 0.95
FEWEST_PEERS = 20
_GROCERY = "Z"
_BIG_FORMATS = frozenset({"S", "N"})
_LARGE, _SMALL = "1", "3"
_MONTHS_OF_MEAN = 3


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


@dataclass(frozen=True, slots=True)
class ShopHint:
    """One hint with its number, where it has one."""

    code: HintCode
    value: float | None = None


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
    hints += _jump(facts.months, rules)
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
