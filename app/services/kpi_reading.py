"""Reads what the figures of a month are counted from: purchases in one pass, months, counts, plans, allowances."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.domain.kpi.facts import (
    Bought,
    Compared,
    Count,
    Facts,
    KeyMonth,
    MonthOfShop,
    Offer,
    Plan,
    Shelf,
    Shop,
    Sku,
    Window,
    last_day,
    month_before,
    number_of,
    same_day_of,
)
from app.domain.units import PACKS_PER_CARTON
from app.storage.facts import UNIT, fact_of

_BOTTLES = frozenset({"bottle", "瓶"})
_YEAR, _QUARTER, _WEEK = 12, 3, 7
_SHOPS = """
SELECT id, cust_code, coalesce(shop_name, cust_name), county_unit, coalesce(is_sample, 0),
  coalesce(exit_date >= ?, 1)
FROM customer
WHERE deleted_at IS NULL ORDER BY cust_code
"""
_SKUS = """
SELECT no, sku_code, name, coalesce(price_class, category, ''), coalesce(is_key, 0), wholesale_price, retail_price,
  brand
FROM product
"""
_BOUGHT = """
SELECT o.customer_id, l.product_no, l.qty, l.amount, l.requested, l.allowed
FROM purchase_order o CROSS JOIN order_line l ON l.order_id = o.id WHERE o.order_date BETWEEN ? AND ?
"""
"""The orders of few days first: a join in the other direction reads every line there ever was."""
_CHUNK = 2_000
"""Rows that are Python objects at one time: memory that many small ones have scattered is slow to come back."""
_SHOP_MONTHS = "SELECT month, customer_id, qty, amount FROM customer_month WHERE month BETWEEN ? AND ?"
_ORDERED = "SELECT DISTINCT customer_id FROM purchase_order WHERE qty > 0 AND order_date BETWEEN ? AND ?"
_NEWEST = "SELECT max(order_date) FROM purchase_order WHERE order_date BETWEEN ? AND ?"
_KEY_MONTHS = """
SELECT CAST(substr(o.order_date, 1, 4) || substr(o.order_date, 6, 2) AS INTEGER), o.customer_id, l.product_no,
  sum(l.qty)
FROM order_line l CROSS JOIN purchase_order o ON o.id = l.order_id
WHERE o.order_date <= ? AND l.product_no IN (SELECT no FROM product WHERE is_key) GROUP BY 1, 2, 3
"""
_SEEN = "v.status IN ('done', 'in_progress') AND v.deleted_at IS NULL AND v.day BETWEEN ? AND ?"
_COUNTS = f"""
SELECT v.day, v.customer_id, p.no, c.on_hand, c.retail_price FROM visit v JOIN stock_count c ON c.visit_id = v.id
JOIN product p ON p.id = c.product_id WHERE c.deleted_at IS NULL AND NOT coalesce(c.taken_over, 0) AND {_SEEN}
"""  # noqa: S608 - no value in it
_SHELVES = f"""
SELECT v.customer_id, s.sku_on_sale, s.sku_shown, s.sku_tagged, max(v.day) FROM visit v
JOIN shelf_check s ON s.visit_id = v.id WHERE s.deleted_at IS NULL AND {_SEEN} GROUP BY 1
"""  # noqa: S608 - no value in it
_PLANS = """
SELECT customer_id, due_on, coalesce(self_reached, 0) FROM improvement_plan
WHERE deleted_at IS NULL AND target_state IS NOT NULL AND due_on BETWEEN ? AND ?
"""
_OFFERS = """
SELECT DISTINCT a.customer_id, p.no FROM allocation a JOIN product p ON p.id = a.product_id
WHERE a.deleted_at IS NULL AND a.allowed > 0 AND a.valid_from <= ? AND a.valid_to >= ?
"""


def read_facts(cursor: Any, month: date, today: date) -> Facts:
    """Return everything that the figures of a month need.

    A month that is not over is counted up to its newest order: what head office has not sent yet is no fall. What was
    seen on visits counts up to `today`.
    """
    until = _known_until(cursor, month, today)
    seen = min(last_day(month), today)
    span = (month.isoformat(), seen.isoformat())
    shops, skus = _shops(cursor, month), _skus(cursor)
    has_keys = any(sku.is_key for sku in skus.values())
    week = _monday(seen + timedelta(days=1)) - timedelta(days=2 * _WEEK)
    packs = 1 if fact_of(cursor, UNIT) in _BOTTLES else PACKS_PER_CARTON
    return Facts(
        month=month,
        until=until,
        shops=shops,
        skus={number: _per_unit(sku, packs) for number, sku in skus.items()},
        by_window=_bought(cursor, month, until, shops),
        shop_months=_shop_months(cursor, date(month.year - 1, 1, 1), month, shops),
        key_months=_key_months(cursor, until, shops) if has_keys else (),
        ordered_before=_ordered(cursor, shops, month_before(month, _QUARTER), month - timedelta(days=1)),
        first_week=_ordered(cursor, shops, week, week + timedelta(days=_WEEK - 1)),
        second_week=_ordered(cursor, shops, week + timedelta(days=_WEEK), week + timedelta(days=2 * _WEEK - 1)),
        counts=tuple(
            Count(date.fromisoformat(day), shop, sku, on_hand, price)
            for day, shop, sku, on_hand, price in cursor.execute(_COUNTS, span).fetchall()
            if shop in shops
        ),
        shelves=tuple(Shelf(*row[:4]) for row in cursor.execute(_SHELVES, span).fetchall() if row[0] in shops),
        plans=tuple(
            Plan(shop, date.fromisoformat(due), bool(reached))
            for shop, due, reached in cursor.execute(_PLANS, span).fetchall()
            if shop in shops
        ),
        offers=tuple(Offer(*row) for row in cursor.execute(_OFFERS, span[::-1]).fetchall() if row[0] in shops),
        packs_per_unit=packs,
    )


def _known_until(cursor: Any, month: date, today: date) -> date:
    if today >= last_day(month):
        return last_day(month)
    (newest,) = cursor.execute(_NEWEST, (month.isoformat(), today.isoformat())).fetchone()
    return today if newest is None else date.fromisoformat(newest)


def _shops(cursor: Any, month: date) -> dict[str, Shop]:
    rows = cursor.execute(_SHOPS, (month.isoformat(),)).fetchall()
    return {
        key: Shop(key, UUID(key), code, name, county, bool(sample), bool(is_open))
        for key, code, name, county, sample, is_open in rows
    }


def _skus(cursor: Any) -> dict[int, Sku]:
    rows = cursor.execute(_SKUS).fetchall()
    return {
        number: Sku(number, code, name, group, bool(is_key), wholesale, retail, brand)
        for number, code, name, group, is_key, wholesale, retail, brand in rows
    }


def _per_unit(sku: Sku, packs: int) -> Sku:
    """Return the SKU with its retail price per unit of quantity; the list gives it per pack."""
    if sku.retail is None or packs == 1:
        return sku
    return replace(sku, retail=sku.retail * packs)


def _bought(cursor: Any, month: date, until: date, shops: Mapping[str, Shop]) -> dict[Window, Collection[Bought]]:
    """Return the purchases of the month as rows, those of the windows it is compared with as columns."""
    found: dict[Window, Collection[Bought]] = {}
    for window, since in ((Window.PREVIOUS, month_before(month)), (Window.LAST_YEAR, month_before(month, _YEAR))):
        found[window] = compared = Compared(window)
        for rows in _lines(cursor, window, since, same_day_of(since, until), shops):
            compared.extend(rows)
    found[Window.NOW] = tuple(row for rows in _lines(cursor, Window.NOW, month, until, shops) for row in rows)
    return found


def _lines(cursor: Any, window: Window, since: date, until: date, shops: Mapping[str, Shop]) -> Iterator[list[Bought]]:
    found = cursor.execute(_BOUGHT, (since.isoformat(), until.isoformat()))
    while rows := found.fetchmany(_CHUNK):
        yield [Bought(window, shops[shop].key, *rest) for shop, *rest in rows if shop in shops]


def _shop_months(cursor: Any, since: date, month: date, shops: Mapping[str, Shop]) -> tuple[MonthOfShop, ...]:
    rows = cursor.execute(_SHOP_MONTHS, (number_of(since), number_of(month))).fetchall()
    return tuple(MonthOfShop(*row) for row in rows if row[1] in shops)


def _key_months(cursor: Any, until: date, shops: Mapping[str, Shop]) -> tuple[KeyMonth, ...]:
    rows = cursor.execute(_KEY_MONTHS, (until.isoformat(),)).fetchall()
    return tuple(KeyMonth(*row) for row in rows if row[1] in shops)


def _ordered(cursor: Any, shops: Mapping[str, Shop], since: date, until: date) -> frozenset[str]:
    rows = cursor.execute(_ORDERED, (since.isoformat(), until.isoformat())).fetchall()
    return frozenset(shop for (shop,) in rows if shop in shops)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
