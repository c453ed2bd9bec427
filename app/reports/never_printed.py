"""What may not stand in a customer's sheet: grades of attitude, channel hints, other shops. Leaves such texts out."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from app.domain.customer_summary import CustomerSummary

_FORBIDDEN = re.compile(
    r"串货|窜货|外流|渠道|假烟|非法来源|配合度|配合程度|配合态度|合作态度|经营态度|影响能力|"
    r"(?:诚信|信用|客户|守法)(?:等级|评级)|[ABC]\s*级客户|"
    r"(?:其他|其它|别的|别家|周边|附近|同类|隔壁|邻近|对手)(?:的)?(?:店|商店|门店|客户|商户|零售户)|竞争对手|同行|"
    r"\battitude|\bcooperativ|\bdiversion|\bdiverted|\bsmuggl|\bcounterfeit|\bchannel|\bcredit (?:grade|rating|level)|"
    r"\b(?:customer|shop|store) grade|\b(?:other|nearby|similar|neighbou?ring|peer|competing) (?:shop|store|retailer)|"
    r"\bcompetitor",
    re.IGNORECASE,
)

_Row = TypeVar("_Row")


def is_forbidden(text: str) -> bool:
    """Whether the text says something that the shopkeeper's sheet may not say."""
    return _FORBIDDEN.search(text) is not None


def withheld(summary: CustomerSummary) -> tuple[str, ...]:
    """Return the texts that the PDF leaves out, so that the manager can be told and can reword them."""
    return tuple(text for text in _free_texts(summary) if is_forbidden(text))


def cleared(summary: CustomerSummary) -> CustomerSummary:
    """Return the summary without those texts: a note is left empty, a step or reminder is left out whole."""
    return replace(
        summary,
        explanation=_kept(summary.explanation),
        next_order=_kept(summary.next_order),
        order_rhythm=_kept(summary.order_rhythm),
        suggestions=tuple(replace(line, note=_kept(line.note)) for line in summary.suggestions),
        slow=tuple(replace(item, remark=_kept(item.remark)) for item in summary.slow),
        out_of_stock=tuple(replace(item, remark=_kept(item.remark)) for item in summary.out_of_stock),
        steps=_allowed(summary.steps, lambda step: step.what),
        reminders=_allowed(summary.reminders, str),
    )


def _free_texts(summary: CustomerSummary) -> Iterable[str]:
    yield from (summary.explanation, summary.next_order, summary.order_rhythm)
    yield from (line.note for line in summary.suggestions)
    yield from (item.remark for item in (*summary.slow, *summary.out_of_stock))
    yield from (step.what for step in summary.steps)
    yield from summary.reminders


def _kept(text: str) -> str:
    return "" if is_forbidden(text) else text


def _allowed(rows: tuple[_Row, ...], text_of: Callable[[_Row], str]) -> tuple[_Row, ...]:
    return tuple(row for row in rows if not is_forbidden(text_of(row)))
