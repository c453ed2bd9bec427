"""Reads which shops do not order every week, and on which days they do."""

from datetime import date
from typing import Any
from uuid import UUID

from app.domain.planning.order_rhythm import DAYS_OF_CYCLE, OrderRhythm

_SELDOM = (
    "SELECT c.id, c.order_weekday, c.order_cycle_type, c.order_begin_date, c.order_weekno, "
    "(SELECT max(o.order_date) FROM purchase_order o WHERE o.customer_id = c.id) FROM customer c "
    "WHERE c.deleted_at IS NULL AND c.exit_date IS NULL AND c.order_weekday IS NOT NULL AND c.order_cycle_type IN ({})"
)


def read_rhythms(cursor: Any) -> dict[UUID, OrderRhythm]:
    """Return on which days the shops order that do so less often than weekly.

    Their cycle counts from the newest order, where the archive's first order day may be years ago; without orders from
    that day.
    """
    cycles = tuple(DAYS_OF_CYCLE)
    rows = cursor.execute(_SELDOM.format(", ".join("?" * len(cycles))), cycles)
    return {
        UUID(key): OrderRhythm(weekday, DAYS_OF_CYCLE[cycle], _day(newest) or _day(begin), week)
        for key, weekday, cycle, begin, week, newest in rows
    }


def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)
