"""A made-up territory for the forecast: six shops, five SKUs, weekly orders for thirty months up to April 2022."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.runtime.ids import new_id
from app.services.forecast_desk import ForecastDesk
from app.services.forecast_views import Correction, DeskRow, DeskView
from app.storage.database import Database

TODAY = date(2022, 4, 12)
MARCH, APRIL, MAY = date(2022, 3, 1), date(2022, 4, 1), date(2022, 5, 1)
Desks = Callable[[date], ForecastDesk]

FIRST = date(2019, 10, 7)
"""A Monday: every shop orders on Mondays."""
SHOPS = ("C1", "C2", "C3", "C4", "C5", "C6")
SKUS = ("P1", "P2", "P3", "P4", "P5")
_MOMENT = "2022-04-12 08:00:00.000000"
_MOST_WEEKLY = 14


def fill(database: Database, until: date) -> None:
    """Write shops, SKUs and orders up to a day; P4 is scarce, P5 key and rarely bought."""
    shops = {code: new_id() for code in SHOPS}
    skus = {code: new_id() for code in SKUS}
    with database.note() as cursor:
        cursor.executemany(
            "INSERT INTO customer (id, cust_code, cust_name, revision, changed_at) VALUES (?, ?, ?, 0, ?)",
            [(key.hex, code, f"店{code}", _MOMENT) for code, key in shops.items()],
        )
        cursor.executemany(
            "INSERT INTO product (id, no, sku_code, name, price_class, wholesale_price, supply_flag, is_key, revision,"
            " changed_at) VALUES (?, ?, ?, ?, '3', ?, ?, ?, 0, ?)",
            [
                (key.hex, no, code, f"品{code}", 10_000 + 500 * no, {"P4": "紧俏"}.get(code), code == "P5", _MOMENT)
                for no, (code, key) in enumerate(skus.items(), 1)
            ],
        )
        add_orders(cursor, FIRST, until, 1)


def add_orders(cursor: Any, since: date, until: date, number: int) -> int:
    """Write a weekly order of each shop from a Monday to a day; return the next free number."""
    shops = cursor.execute("SELECT id FROM customer ORDER BY cust_code").fetchall()
    orders: list[tuple[object, ...]] = []
    lines: list[tuple[object, ...]] = []
    for week, day in enumerate(_mondays(since, until)):
        for shop, (key,) in enumerate(shops):
            bought = [(no, _quantity(week, shop, no)) for no in range(1, len(SKUS) + 1)]
            bought = [(no, count) for no, count in bought if count]
            total = sum(count for _, count in bought)
            orders.append((number, f"O{number}", key, day.isoformat(), total, total * 100, len(bought)))
            lines += [(number, at, no, count, count * 100) for at, (no, count) in enumerate(bought, 1)]
            number += 1
    cursor.executemany(
        "INSERT INTO purchase_order (id, order_no, customer_id, order_date, qty, amount, line_count)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        orders,
    )
    cursor.executemany(
        "INSERT INTO order_line (order_id, line_no, product_no, qty, amount) VALUES (?, ?, ?, ?, ?)", lines
    )
    return number


def product(database: Database, code: str) -> UUID:
    """Return the id of a SKU."""
    with database.look() as cursor:
        return UUID(cursor.execute("SELECT id FROM product WHERE sku_code = ?", (code,)).fetchone()[0])


def customer(database: Database, code: str) -> UUID:
    """Return the id of a shop."""
    with database.look() as cursor:
        return UUID(cursor.execute("SELECT id FROM customer WHERE cust_code = ?", (code,)).fetchone()[0])


def row_of(view: DeskView, code: str) -> DeskRow:
    """Return the row of a SKU."""
    return next(row for row in view.rows if row.code == code)


def a_figure(value: int, reason: str = "told", **more: str) -> Correction:
    """Return a figure of the manager's own."""
    return Correction(value, 0, reason, **more)


def _mondays(since: date, until: date) -> Iterator[date]:
    day = since
    while day <= until:
        yield day
        day += timedelta(days=7)


def _quantity(week: int, shop: int, no: int) -> int:
    """Return a steady quantity with some noise; P5 only every ninth week at two shops."""
    if no == len(SKUS):
        return 6 if shop < 2 and week % 9 == shop else 0
    usual = 2 + shop + 2 * (len(SKUS) - no)
    return min(_MOST_WEEKLY, usual + (week * 7 + shop * 3 + no * 5) % 4 - 1)
