"""Why a shop should be visited now: codes and numbers that Today, the brief and the day rule share."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONG_UNVISITED_DAYS = 30


class VisitReason(StrEnum):
    """The reasons for coming; what `Why.value` means is said beside each."""

    ORDER_DAY_TODAY = "order_day_today"
    ORDER_DAY_NEXT = "order_day_next"
    """value: days until the order day"""
    NEVER_VISITED = "never_visited"
    LONG_UNVISITED = "long_unvisited"
    """value: days since the last visit"""
    COMPLAINT = "complaint"
    """value: number of open complaints"""
    PROMISE_DUE = "promise_due"
    """value: number of open promises due by now"""
    PLAN_DUE = "plan_due"
    """subject: code of the diagnosis item; day: when the plan is due"""
    MISSED_ORDERS = "missed_orders"
    """value: order cycles missed in a row"""
    STOCK_OUT_SIGNS = "stock_out_signs"
    """value: number of main SKUs that may be out of stock"""
    SHARP_FALL = "sharp_fall"
    """value: growth of the last four weeks against last year, below zero"""
    LICENCE_ENDING = "licence_ending"
    """value: days left; day: the last valid day"""
    LICENCE_EXPIRED = "licence_expired"
    """value: days since the end; day: the last valid day"""
    PINNED = "pinned"


@dataclass(frozen=True, slots=True)
class Why:
    """One reason with its number, the thing it is about, and its day, where it has them."""

    code: VisitReason
    value: float | None = None
    subject: str = ""
    day: date | None = None


def since_visit(last_visit: date | None, day: date) -> Why | None:
    """Return the reason that lies in the time since the last visit, if there is one."""
    if last_visit is None:
        return Why(VisitReason.NEVER_VISITED)
    days = (day - last_visit).days
    return Why(VisitReason.LONG_UNVISITED, days, day=last_visit) if days >= LONG_UNVISITED_DAYS else None


def order_day(order_weekday: int | None, day: date, horizon: date) -> Why | None:
    """Return the reason that the shop orders on `day`, or after it and no later than `horizon`.

    Weekdays are 1 (Monday) to 7.
    """
    if order_weekday is None:
        return None
    ahead = (order_weekday - day.isoweekday()) % 7
    if ahead == 0:
        return Why(VisitReason.ORDER_DAY_TODAY, 0)
    return Why(VisitReason.ORDER_DAY_NEXT, ahead) if ahead <= (horizon - day).days else None
