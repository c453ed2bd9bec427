"""Looks through the stored rows, some at every round, whether they still hold what head office said (I13).

The digests of a scope are sums of what was received; a value that was flipped in its table since shows only when the
table itself is read. A few thousand rows a round, in rotation, cost a tenth of a second.
"""

# ruff: noqa: S608  names of tables come from our own mapped classes, values are always bound

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.storage.facts import fact_of, put_fact
from app.storage.row_writer import stamp
from app.sync.core.digest import row_digest
from app.sync.core.registry import SCHEMA
from app.sync.rows import signed
from app.sync.shapes import ORDER, hex_of, key_of, shapes

ROWS = 4_000
"""How many rows are looked at in one round."""
_PLACE = "sync_checked_to"
_EVENT = "values_differ"
_MOST_LOADS, _WITHIN = 2, timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Known:
    """What head office said last about a row."""

    scope: str
    version: int
    digest: int
    beside: dict[str, Any]


Differing = dict[str, list[tuple[str, str]]]
"""Table and key of rows, by scope."""


def differing_rows(cursor: Any, most: int = ROWS) -> tuple[Differing, str]:
    """Look at the next rows and return those that hold something else than was received, by scope, and the place.

    Rows of which something waits or was refused show the person's value on purpose and are passed over. Nothing is
    written: give a cursor that only reads, and keep the place with `go_on_from`.
    """
    known, place = _next(cursor, most)
    apart = set(cursor.execute("SELECT tbl, pk FROM quarantine_row").fetchall())
    apart |= set(cursor.execute("SELECT tbl, pk FROM refused_op WHERE state = 'open'").fetchall())
    apart |= {(table, key_of(held)) for table, held in cursor.execute("SELECT tbl, row_id FROM outbox").fetchall()}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for table, rows in known.items():
        keys = [key for key in rows if (table, key) not in apart]
        stored = _orders(cursor, keys) if table == ORDER else _values(cursor, table, keys)
        for key in keys:
            row, values = rows[key], stored.get(key)
            if values is None or signed(row_digest(table, key, row.version, values | row.beside)) != row.digest:
                found[row.scope].append((table, key))
    return dict(found), place


def go_on_from(cursor: Any, place: str) -> None:
    """Keep where the next look begins."""
    put_fact(cursor, _PLACE, place)


def may_load(cursor: Any, scope: str, now: datetime) -> bool:
    """Return whether a load may mend a scope: one that did not help again and again is a fault of the program."""
    recent = cursor.execute(
        "SELECT count(*) FROM sync_log, json_each(sync_log.detail, '$.scopes') AS one"
        " WHERE event = ? AND at > ? AND one.value = ?",
        (_EVENT, stamp(now - _WITHIN), scope),
    ).fetchone()
    return recent[0] < _MOST_LOADS


def _next(cursor: Any, most: int) -> tuple[dict[str, dict[str, _Known]], str]:
    """Return the rows whose turn it is, by table, and where the next turn begins: after the end, at the beginning."""
    table, _, key = (fact_of(cursor, _PLACE) or "|").partition("|")
    rows = cursor.execute(
        "SELECT tbl, pk, scope, version, digest, json_remove(beside, '$.by') FROM row_state WHERE (tbl, pk) > (?, ?)"
        " AND digest IS NOT NULL AND schema = ? AND scope NOT IN ('', '-') ORDER BY tbl, pk LIMIT ?",
        (table, key, SCHEMA, most),
    ).fetchall()
    found: dict[str, dict[str, _Known]] = defaultdict(dict)
    for tbl, pk, scope, version, digest, beside in rows:
        found[tbl][pk] = _Known(scope, version, digest, json.loads(beside) if beside else {})
    return found, f"{rows[-1][0]}|{rows[-1][1]}" if len(rows) == most else ""


def _values(cursor: Any, table: str, keys: list[str]) -> dict[str, dict[str, Any]]:
    """Return stored rows as the wire carries them."""
    shape = shapes()[table]
    found = cursor.execute(
        f'SELECT * FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))',
        (json.dumps([hex_of(key) for key in keys]),),
    )
    names = [column[0] for column in found.description]
    told = [(at, name, shape.tell[name]) for at, name in enumerate(names) if name not in shape.stays]
    own = names.index("id")
    return {
        key_of(row[own]): {
            name: row[at] if turn is None else turn(row[at]) for at, name, turn in told if row[at] is not None
        }
        for row in found
    }


def _orders(cursor: Any, keys: list[str]) -> dict[str, dict[str, Any]]:
    """Return stored orders as the wire carries them."""
    wanted = json.dumps(keys)
    orders: dict[int, dict[str, Any]] = {}
    named: dict[str, dict[str, Any]] = {}
    for number, key, customer, day in cursor.execute(
        "SELECT id, order_no, customer_id, order_date FROM purchase_order"
        " WHERE order_no IN (SELECT value FROM json_each(?))",
        (wanted,),
    ).fetchall():
        named[key] = orders[number] = {"customer_id": key_of(customer), "order_date": day, "lines": []}
    lines = cursor.execute(
        "SELECT l.order_id, p.id, l.qty, l.amount, l.requested, l.allowed FROM order_line l"
        " JOIN product p ON p.no = l.product_no WHERE l.order_id IN (SELECT value FROM json_each(?))"
        " ORDER BY l.order_id, l.line_no",
        (json.dumps(list(orders)),),
    )
    for order, product, *numbers in lines:
        orders[order]["lines"].append([key_of(product), *numbers])
    return named
