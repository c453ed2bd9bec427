"""Market opportunities that a correction may go back to: what was named before, what a shop asked for, festivals."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.domain.forecasting.arrays import month_number, month_start
from app.domain.forecasting.festivals import is_kept
from app.playbooks.trade_calendar import load_trade_calendar
from app.services.forecast_reading import read_needs, read_opportunities
from app.services.forecast_views import KnownOpportunity

_MOST, _MOST_NEEDS, _LONGEST = 20, 3, 80
_CALENDAR = "china"


def known_opportunities(cursor: Any, month: date, customer_id: UUID | None) -> tuple[KnownOpportunity, ...]:
    """Return opportunities to choose from for a month: of a shop, or of the territory; each text once."""
    texts = read_opportunities(cursor, customer_id, _MOST)
    if customer_id is not None:
        texts += [need for need in read_needs(cursor, customer_id, _MOST_NEEDS) if len(need) <= _LONGEST]
    return (*(KnownOpportunity(text) for text in dict.fromkeys(texts)), *_festivals(cursor, month))


def _festivals(cursor: Any, month: date) -> Iterator[KnownOpportunity]:
    """Yield the festivals for which shops stock up in a month, where the orders follow the calendar at all."""
    calendar = load_trade_calendar(_CALENDAR)
    rows: Sequence[tuple[str]] = cursor.execute("SELECT DISTINCT order_date FROM purchase_order").fetchall()
    if not is_kept(calendar, [date.fromisoformat(day) for (day,) in rows]):
        return
    after = month_start(month_number(month) + 1)
    for festival in calendar.festivals:
        for day in festival.days:
            if month <= day and (day - after).days < festival.ahead:
                yield KnownOpportunity(festival=festival.key, day=day)
