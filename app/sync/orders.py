"""Orders travel as one row with their lines; the store holds them under small numbers, with the months added up."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from app.sync.binding import places, without_empty
from app.sync.shapes import hex_of, key_of

Wire = tuple[str, Sequence[Any]]
_LINE = 7


def put_orders(cursor: Any, columns: tuple[str, ...], rows: Sequence[Wire], months: dict[str, str]) -> list[Wire]:
    """Write orders with their lines and return those that name a product which is not here yet.

    `months` takes in which customers' months are to be added up again.
    """
    customer_at, day_at, lines_at = (columns.index(name) for name in ("customer_id", "order_date", "lines"))
    known = _known(cursor, [key for key, _ in rows])
    products = {key_of(held): no for held, no in cursor.execute("SELECT id, no FROM product").fetchall()}
    (last,) = cursor.execute("SELECT coalesce(max(id), 0) FROM purchase_order").fetchone()
    heads: list[tuple[Any, ...]] = []
    lines: list[tuple[Any, ...]] = []
    unplaced: list[Wire] = []
    for key, values in rows:
        if any(line[0] not in products for line in values[lines_at] or ()):
            unplaced.append((key, values))
            continue
        customer, day = hex_of(values[customer_at]), values[day_at]
        if key in known:
            number, old_customer, old_day = known[key]
            _note(months, old_customer, old_day)
        else:
            last += 1
            number = last
        _note(months, customer, day)
        own: Sequence[Sequence[Any]] = values[lines_at] or []
        heads.append((number, key, customer, day, sum(x[1] for x in own), sum(x[2] for x in own), len(own)))
        lines += [
            (number, at, products[product], qty, amount, requested, allowed)
            for at, (product, qty, amount, requested, allowed) in enumerate(own, 1)
        ]
    cursor.executemany("DELETE FROM order_line WHERE order_id = ?", [(head[0],) for head in heads if head[1] in known])
    cursor.executemany(
        "INSERT INTO purchase_order (id, order_no, customer_id, order_date, qty, amount, line_count)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET customer_id = excluded.customer_id,"
        " order_date = excluded.order_date, qty = excluded.qty, amount = excluded.amount,"
        " line_count = excluded.line_count",
        heads,
    )
    limited = all(line[5] is not None and line[6] is not None for line in lines)
    for empty, values in [(frozenset[int](), lines)] if limited else without_empty(list(zip(*lines, strict=True))):
        cursor.executemany(f"INSERT INTO order_line VALUES ({places(_LINE, empty)})", values)  # noqa: S608
    return unplaced


def remove_orders(cursor: Any, keys: Iterable[str], months: dict[str, str]) -> None:
    """Remove orders with their lines."""
    for number, customer, day in _known(cursor, list(keys)).values():
        cursor.execute("DELETE FROM order_line WHERE order_id = ?", (number,))
        cursor.execute("DELETE FROM purchase_order WHERE id = ?", (number,))
        _note(months, customer, day)


def order_values(cursor: Any, key: str) -> dict[str, Any]:
    """Return an order as the wire carries it."""
    number, customer, day = _known(cursor, [key])[key]
    found = cursor.execute(
        "SELECT p.id, l.qty, l.amount, l.requested, l.allowed FROM order_line l JOIN product p ON p.no = l.product_no"
        " WHERE l.order_id = ? ORDER BY l.line_no",
        (number,),
    )
    lines = [[key_of(product), *numbers] for product, *numbers in found.fetchall()]
    return {"customer_id": key_of(customer), "order_date": day, "lines": lines}


def _known(cursor: Any, keys: list[str]) -> dict[str, tuple[int, str, str]]:
    found = cursor.execute(
        "SELECT order_no, id, customer_id, order_date FROM purchase_order"
        " WHERE order_no IN (SELECT value FROM json_each(?))",
        (json.dumps(keys),),
    )
    return {key: (number, customer, day) for key, number, customer, day in found.fetchall()}


def _note(months: dict[str, str], customer: str, day: str) -> None:
    if customer not in months or day < months[customer]:
        months[customer] = day
