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
    found: dict[UUID, date] = {}
    for one in signs:
        if not one.orders or one.orders[-1][0] < today - STALE:
            continue
        if is_new(playbook.parameters.cadence, one.orders[0][0], today):
            continue
        orders = [order for order in one.orders if order[0] >= today - CYCLES_BACK]
        cycles = order_cycles(orders, week_end(today, one.order_weekday))
        if any(day - begin <= cycles[0].day <= day for day in festivals) or not order_jumps(cycles, rules):
            continue
        cycles[0] = without_new(cursor, one.shop, cycles[0], rules.new_sku_days)
        if order_jumps(cycles, rules):
            found[one.shop] = cycles[0].day
    return found
