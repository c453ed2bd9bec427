"""Reads and writes the values of synced rows in bulk, as plain dictionaries by key; nothing here counts or decides."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, any_, bindparam, column, delete, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.headoffice import held
from app.headoffice.bulk import Columns, insert_columns, insert_many, update_many
from app.headoffice.models import TABLES
from app.headoffice.registry import ORDER, Shape, shapes

if TYPE_CHECKING:
    from sqlalchemy import Column

Plain = dict[str, Any]
_CHUNK = 5_000


def among(session: Session, one: "ColumnElement[Any] | Column[Any]", keys: Sequence[Any]) -> ColumnElement[bool]:
    """Return `one IN keys` as one statement whatever the number of keys, so that it is prepared only once."""
    if _is_postgres(session):
        return one == any_(bindparam(None, list(keys), type_=ARRAY(one.type), unique=True))
    texts = [key.hex if isinstance(key, UUID) else key for key in keys]
    listed = func.json_each(bindparam(None, json.dumps(texts), type_=String(), unique=True)).table_valued("value")
    return one.in_(select(column("value")).select_from(listed))


def listed(session: Session, keys: Sequence[str]) -> Any:
    """Return keys as the statements of `among_listed` take them."""
    return list(keys) if _is_postgres(session) else json.dumps(list(keys))


def among_listed(one: "ColumnElement[Any] | Column[Any]", *, postgres: bool) -> ColumnElement[bool]:
    """Return `one IN :keys` for a statement that is made once; the keys are given by `listed`."""
    if postgres:
        return one == any_(bindparam("keys", type_=ARRAY(one.type)))
    told = func.json_each(bindparam("keys", type_=String())).table_valued("value")
    return one.in_(select(column("value")).select_from(told))


def chunks(keys: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Yield the keys in pieces that one statement takes."""
    for start in range(0, len(keys), _CHUNK):
        yield keys[start : start + _CHUNK]


def load_values(session: Session, table: str, keys: Sequence[str]) -> dict[str, Plain]:
    """Return the plain values of the rows with these keys."""
    found: dict[str, Plain] = {}
    for some in chunks(keys):
        found.update(_orders(session, some) if table == ORDER else _simple(session, shapes()[table], some))
    return found


def load_columns(
    session: Session, table: str, keys: Sequence[str], columns: tuple[str, ...]
) -> Sequence[Sequence[Any]]:  # fmt: skip
    """Return plain values of the rows with these keys, column by column, in the order of the keys.

    Raises KeyError where there is no row.
    """
    if table == ORDER:
        orders = load_values(session, table, keys)
        return [[orders[key][name] for key in keys] for name in columns]
    parts = [_read_columns(session, table, some, columns) for some in chunks(keys)]
    return parts[0] if len(parts) == 1 else [list(chain(*pieces)) for pieces in zip(*parts, strict=True)]


def _simple(session: Session, shape: Shape, keys: Sequence[str]) -> dict[str, Plain]:
    rows = _found(session, shape.name, keys, shape.columns)
    tellers = held.tellers_of(shape.name, shape.columns, postgres=_is_postgres(session))
    told = zip(*held.told(rows, tellers), strict=True)
    return {key: dict(zip(shape.columns, values, strict=True)) for key, *values in told}


def _read_columns(session: Session, table: str, keys: Sequence[str], columns: tuple[str, ...]) -> list[Sequence[Any]]:
    postgres = _is_postgres(session)
    rows = {row[0]: row for row in _found(session, table, keys, columns)}
    in_order = [rows[key] for key in (keys if postgres else map(_without_dashes, keys))]
    return held.told(in_order, held.tellers_of(table, columns, postgres=postgres))[1:]


def _found(session: Session, table: str, keys: Sequence[str], columns: tuple[str, ...]) -> Sequence[Any]:
    """Return key and values of rows as the driver gives them."""
    if not keys:
        return ()
    postgres = _is_postgres(session)
    # One text: the driver would look at each key whether it has to be quoted.
    listed = f"{{{','.join(keys)}}}" if postgres else json.dumps(list(map(_without_dashes, keys)))
    statement = held.select_by_key(table, columns, postgres=postgres)
    return session.connection().exec_driver_sql(statement, (listed,)).all()


def _without_dashes(key: str) -> str:
    return key.replace("-", "")


def _orders(session: Session, keys: Sequence[str]) -> dict[str, Plain]:
    orders, lines = TABLES[ORDER], TABLES["order_line"]
    found: dict[str, Plain] = {}
    by_id: dict[int, list[list[Any]]] = {}
    for no, order_no, customer, day in session.execute(
        select(orders.c.id, orders.c.order_no, orders.c.customer_id, orders.c.order_date).where(
            among(session, orders.c.order_no, list(keys))
        )
    ).all():
        by_id[no] = []
        found[order_no] = {"customer_id": str(customer), "order_date": day.isoformat(), "lines": by_id[no]}
    names = _product_names(session)
    for order, product, qty, amount, requested, allowed in session.execute(
        select(
            lines.c.order_id, lines.c.product_no, lines.c.qty, lines.c.amount, lines.c.requested, lines.c.allowed
        )
        .where(among(session, lines.c.order_id, list(by_id)))
        .order_by(lines.c.order_id, lines.c.line_no)
    ).all():  # fmt: skip
        by_id[order].append([names[product], qty, amount, requested, allowed])
    return found


def _product_names(session: Session) -> dict[int, str]:
    """Return the products' keys by the small number that order lines carry; asked once in a transaction."""
    names: dict[int, str] | None = session.info.get("products")
    if names is None:
        products = TABLES["product"]
        rows = session.execute(select(products.c.no, products.c.id))
        names = session.info["products"] = {no: str(key) for no, key in rows}
    return names


HEADS: tuple[str, ...] = ("id", "revision", "changed_at", "deleted_at")
"""What stands before the values of a row where rows are given column by column; `changed_at` is not of an order."""


def insert_values(session: Session, table: str, heads: Columns, values: Columns) -> None:
    """Insert rows, given column by column: first the `HEADS`, then the values in the order of the table's shape."""
    columns = shapes()[table].columns
    if table == ORDER:
        rows = zip(heads[0], *values, strict=True)
        told = {key: dict(zip(columns, row, strict=True)) for key, *row in rows}
        above = {key: dict(zip(HEADS[1:], head, strict=True)) for key, *head in zip(*heads, strict=True)}
        _write_orders(session, told, above, new=True)
        return
    own = shapes()[table].table
    names, whole = (*HEADS, *columns), [*heads, *values]
    if table == "product":
        first = session.execute(select(func.coalesce(func.max(own.c.no), 0))).scalar_one() + 1
        names, whole = (*names, "no"), [*whole, range(first, first + len(heads[0]))]
        session.info.pop("products", None)
    insert_columns(session, own, names, whole)


def update_values(session: Session, table: str, rows: Mapping[str, Plain], heads: Mapping[str, Plain]) -> None:
    """Change the named fields of rows, and their heads: revision, changed_at and deleted_at by key."""
    if table == ORDER:
        _write_orders(session, rows, heads, new=False)
        return
    shape = shapes()[table]
    alike: dict[tuple[str, ...], list[Plain]] = defaultdict(list)
    for key, values in rows.items():
        alike[tuple(sorted(values))].append({"id": key, **heads[key], **dict(sorted(values.items()))})
    for some in alike.values():
        update_many(session, shape.table, ("id",), some, sound=True)


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _write_orders(session: Session, rows: Mapping[str, Plain], heads: Mapping[str, Plain], *, new: bool) -> None:
    orders, lines = TABLES[ORDER], TABLES["order_line"]
    alike: dict[tuple[str, ...], list[Plain]] = defaultdict(list)
    for key, values in rows.items():
        head = {name: value for name, value in heads[key].items() if name != "changed_at"}
        row = {"order_no": key} | head | _order_columns(values)
        alike[tuple(sorted(row))].append(dict(sorted(row.items())))
    for some in alike.values():
        if new:
            insert_many(session, orders, some)
        else:
            update_many(session, orders, ("order_no",), some, sound=True)
    with_lines = [key for key, values in rows.items() if "lines" in values]
    numbers = {name: no for no, name in _product_names(session).items()} if with_lines else {}
    for part in chunks(with_lines):
        asked = select(orders.c.order_no, orders.c.id).where(among(session, orders.c.order_no, list(part)))
        ids: dict[str, int] = {row.order_no: row.id for row in session.execute(asked)}
        if not new:
            session.execute(delete(lines).where(among(session, lines.c.order_id, list(ids.values()))))
        insert_many(session, lines, [one for key in part for one in _lines(ids[key], rows[key]["lines"], numbers)])


def _order_columns(values: Plain) -> Plain:
    read = {name: value for name, value in values.items() if name != "lines"}
    if "lines" in values:
        lines = values["lines"]
        read |= {
            "qty": sum(line[1] for line in lines),
            "amount": sum(line[2] for line in lines),
            "line_count": len(lines),
        }
    return read


def _lines(order: int, lines: Sequence[Sequence[Any]], numbers: Mapping[str, int]) -> Iterable[Plain]:
    for no, (product, qty, amount, requested, allowed) in enumerate(lines, 1):
        yield {
            "order_id": order,
            "line_no": no,
            "product_no": numbers[product],
            "qty": qty,
            "amount": amount,
            "requested": requested,
            "allowed": allowed,
        }
