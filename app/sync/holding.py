"""What stays on a laptop for a while although it is to go: a visit under way, pictures that only lie here (spec, 4)."""

# ruff: noqa: S608  names of tables and columns come from our own mapped classes, values are always bound

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from app.storage.row_writer import stamp
from app.sync.shapes import ORDER, shapes

Held = tuple[str, str]
"""A table and a key as the table holds it."""
_LATELY = timedelta(hours=12)
_UNDER_WAY = (
    "SELECT DISTINCT v.customer_id FROM visit v LEFT JOIN visit_cursor c ON c.visit_id = v.id"
    " WHERE v.status = 'in_progress' AND v.serial IS NOT NULL AND v.deleted_at IS NULL AND (v.day = ? OR c.at >= ?)"
)
_ONLY_HERE = (
    "SELECT p.id FROM photo p WHERE p.deleted_at IS NULL AND ("
    " EXISTS (SELECT 1 FROM blob_queue b WHERE b.sha256 = p.sha256 AND b.direction = 'up' AND b.state = 'waiting')"
    " OR (NOT EXISTS (SELECT 1 FROM blob_queue b WHERE b.sha256 = p.sha256 AND b.direction = 'up')"
    " AND p.id IN (SELECT replace(pk, '-', '') FROM sent_op WHERE tbl = 'photo' AND kind = 'insert')))"
    " AND p.id NOT IN (SELECT replace(pk, '-', '') FROM row_state WHERE tbl = 'photo' AND scope = '-')"
    " AND p.visit_id NOT IN (SELECT replace(pk, '-', '') FROM row_state WHERE tbl = 'visit' AND scope = '-')"
)


def customers_under_way(cursor: Any, now: datetime) -> frozenset[str]:
    """Return the customers at whom a visit of this laptop is under way, begun today or worked on in the last hours."""
    today = now.astimezone().date().isoformat()
    return frozenset(key for (key,) in cursor.execute(_UNDER_WAY, (today, stamp(now - _LATELY))).fetchall())


def rows_that_stay(cursor: Any, now: datetime) -> frozenset[Held]:
    """Return the rows that stay: all of a customer with a visit under way, photos head office has not confirmed."""
    stay = {("photo", key) for (key,) in cursor.execute(_ONLY_HERE).fetchall()}
    for customer in customers_under_way(cursor, now):
        stay |= set(_with_all_below(cursor, "customer", customer))
    return frozenset(stay)


def _with_all_below(cursor: Any, table: str, key: str) -> Iterator[Held]:
    yield table, key
    if table == ORDER:
        return
    for child, column in shapes()[table].children:
        if child in shapes():
            name = "order_no" if child == ORDER else "id"
            for (one,) in cursor.execute(f'SELECT "{name}" FROM "{child}" WHERE "{column}" = ?', (key,)).fetchall():
                yield from _with_all_below(cursor, child, one)
