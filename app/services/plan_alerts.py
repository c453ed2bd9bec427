"""Which shops had an order of late that is unlike the ones before: the neutral hints that want somebody to ask."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.domain.planning.cadence import is_new
from app.domain.planning.triggers import ShopSigns
from app.domain.playbook import Playbook
from app.domain.purchase_history import week_end
from app.domain.shop_hints import order_cycles, order_jumps
from app.services.hint_reading import CYCLES_BACK, STALE, festivals_around, without_new


def read_alerts(cursor: Any, signs: Iterable[ShopSigns], today: date, playbook: Playbook) -> dict[UUID, date]:
    """Return the day of the order that is unlike the ones before, of each shop that has one (section 13 of the trade).

    As with the hints, new shops, orders that stock up for a festival and SKUs that are new to the shop do not count.
    """
    rules = playbook.parameters.hints
    festivals = festivals_around(cursor, today)
    begin = timedelta(days=rules.festival_days)
    amounts = _amounts(cursor, today)
    found: dict[UUID, date] = {}
    for one in signs:
        orders = amounts.get(one.shop, [])
        newest = max((day for day, _, _ in orders), default=date.min)
        first = min((day for day, _ in one.orders), default=None)
        if newest < today - STALE or is_new(playbook.parameters.cadence, first, today):
            continue
        cycles = order_cycles(orders, week_end(today, one.order_weekday))
        if any(day - begin <= cycles[0].day <= day for day in festivals) or not order_jumps(cycles, rules):
            continue
        cycles[0] = without_new(cursor, one.shop, cycles[0], rules.new_sku_days)
        if order_jumps(cycles, rules):
            found[one.shop] = cycles[0].day
    return found


def _amounts(cursor: Any, today: date) -> dict[UUID, list[tuple[date, int, int]]]:
    found: dict[UUID, list[tuple[date, int, int]]] = {}
    rows = cursor.execute(
        "SELECT customer_id, order_date, qty, amount FROM purchase_order WHERE order_date BETWEEN ? AND ? "
        "ORDER BY customer_id, order_date",
        ((today - CYCLES_BACK).isoformat(), today.isoformat()),
    )
    for shop, day, quantity, amount in rows:
        found.setdefault(UUID(shop), []).append((date.fromisoformat(day), quantity, amount))
    return found
