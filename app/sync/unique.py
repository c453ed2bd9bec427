"""Makes room for a delivered row where another local row bears the same name in the trade (a customer's code)."""

# ruff: noqa: S608  names of tables and columns come from our own mapped classes, values are always bound

from collections.abc import Callable, Mapping
from typing import Any

from app.storage import sqlcipher
from app.sync.shapes import Shape, key_of

_NAMED = frozenset({"customer", "product"})


def make_room(cursor: Any, shape: Shape, row: Mapping[str, Any], write: Callable[[], object]) -> list[str]:
    """Write a row; if its name is taken, the row that has it makes way.

    A row that head office knows is only renamed or taken away: the same feed says what becomes of it. A customer or
    product that was brought in by a file before is the same shop: what hangs off it moves over to the delivered row.
    Returns the ids of such rows.
    """
    try:
        write()
    except sqlcipher.dbapi.IntegrityError:
        rivals = _rivals(cursor, shape, row)
        if not rivals:
            raise
    else:
        return []
    adopted: dict[str, int | None] = {}
    for rival in rivals:
        known = cursor.execute("SELECT 1 FROM row_state WHERE tbl = ? AND pk = ?", (shape.name, key_of(rival)))
        is_known = known.fetchone() is not None
        if shape.name in _NAMED and is_known:
            name = shape.unique[0][0]
            cursor.execute(f'UPDATE "{shape.name}" SET "{name}" = "{name}" || ? WHERE id = ?', (f"~{rival}", rival))
            continue
        number = _number(cursor, rival) if shape.name == "product" else None
        cursor.execute(f'DELETE FROM "{shape.name}" WHERE id = ?', (rival,))
        if not is_known:
            adopted[rival] = number
    write()
    for rival, number in adopted.items():
        _move_over(cursor, shape, rival, row["id"])
        if number is not None:
            cursor.execute("UPDATE product SET no = ? WHERE id = ?", (number, row["id"]))
    return list(adopted)


def _rivals(cursor: Any, shape: Shape, row: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for names in shape.unique:
        where = " AND ".join(f'"{name}" = ?' for name in names)
        wanted = [row.get(name) for name in names]
        rows = cursor.execute(f'SELECT id FROM "{shape.name}" WHERE {where} AND id <> ?', (*wanted, row["id"]))
        found += [one for (one,) in rows.fetchall() if one not in found]
    return found


def _number(cursor: Any, product: str) -> int:
    """Return the small number by which order lines know a product: it must outlive the change of its id."""
    (number,) = cursor.execute("SELECT no FROM product WHERE id = ?", (product,)).fetchone()
    return number


def _move_over(cursor: Any, shape: Shape, old: str, new: str) -> None:
    for table, column in shape.children:
        # A month that both have counts once: the sums are made anew from the orders.
        cursor.execute(f'UPDATE OR REPLACE "{table}" SET "{column}" = ? WHERE "{column}" = ?', (new, old))
    cursor.execute("UPDATE outbox SET row_id = ? WHERE row_id = ? AND state = 'pending'", (new, old))
    cursor.execute(
        'UPDATE outbox SET "set" = replace("set", ?, ?) WHERE state = \'pending\'', (key_of(old), key_of(new))
    )
