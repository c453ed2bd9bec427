"""Inserts and updates many rows as one statement: on PostgreSQL as one text, on SQLite row by row in one call."""

# ruff: noqa: S608  names of tables and columns come from our own mapped classes, values are always bound

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import FromClause, Table, bindparam, insert, text, update
from sqlalchemy.orm import Session

from app.headoffice.copying import copy, copy_text
from app.headoffice.held import binder_of, insert_statement, update_statement

Rows = Sequence[Mapping[str, Any]]
Columns = Sequence[Sequence[Any]]


def insert_many(session: Session, table: FromClause, rows: Rows) -> None:
    """Insert rows that name the same columns, with values plain or as Python has them."""
    if rows:
        names = tuple(rows[0])
        insert_columns(session, table, names, [[row[name] for row in rows] for name in names])


def insert_columns(session: Session, table: FromClause, names: tuple[str, ...], columns: Columns) -> None:
    """Insert rows that are given column by column, as `insert_many` does."""
    own = cast("Table", table)
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql(insert_statement(own, names), _bound(own, names, columns))
        return
    if (told := copy_text(own, names, columns)) is not None:
        copy(session.connection(), own, names, told)
    else:
        rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
        session.connection().execute(insert(own), rows)


def update_many(session: Session, table: FromClause, keys: tuple[str, ...], rows: Rows, *, sound: bool = False) -> None:
    """Set the columns that are no keys in the rows with these keys; all rows name the same columns.

    `sound` ones were read by `fields`: PostgreSQL takes every text in them.
    """
    if not rows:
        return
    own, names = cast("Table", table), tuple(rows[0])
    if session.get_bind().dialect.name == "sqlite":
        set_names = tuple(name for name in names if name not in keys)
        statement = update_statement(own, keys, set_names)
        in_order = (*set_names, *keys)
        bound = _bound(own, in_order, [[row[name] for row in rows] for name in in_order])
        session.connection().exec_driver_sql(statement, bound)
    elif (told := _json(rows, sound)) is None:
        plain = [{f"a_{name}": value for name, value in row.items()} for row in rows]
        session.connection().execute(_update_plain(own, keys, names), plain)
    else:
        session.connection().execute(_update(own.name, keys, names), {"told": told})


def _bound(table: Table, names: tuple[str, ...], columns: Columns) -> list[tuple[Any, ...]]:
    """Return rows as SQLite holds them."""
    bound: list[Sequence[Any]] = []
    for name, values in zip(names, columns, strict=True):
        binder = binder_of(table.c[name])
        bound.append(values if binder is None else binder(values))
    return list(zip(*bound, strict=True))


def _json(rows: Rows, sound: bool) -> str | None:
    """Return the rows as PostgreSQL reads them; None where it must be done the other way.

    What its text does not hold stands in the bodies of operations only, which the other way keeps escaped.
    """
    told = json.dumps(rows, ensure_ascii=False, default=_plain)
    if sound:
        return told
    try:
        told.encode()
    except UnicodeEncodeError:
        return None
    return None if "\\u0000" in told else told


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(type(value).__name__)


@lru_cache(maxsize=64)
def _moment(value: datetime) -> str:
    """Return a moment in UTC as PostgreSQL reads it; the rows of one transaction mostly have the same."""
    return value.replace(tzinfo=None).isoformat()


@cache
def _update(table: str, keys: tuple[str, ...], columns: tuple[str, ...]) -> Any:
    sets = ", ".join(f'"{name}" = told."{name}"' for name in columns if name not in keys)
    where = " AND ".join(f'"{table}"."{name}" = told."{name}"' for name in keys)
    return text(
        f'UPDATE "{table}" SET {sets} '
        f'FROM json_populate_recordset(CAST(NULL AS "{table}"), CAST(:told AS json)) AS told WHERE {where}'
    )


@cache
def _update_plain(table: Table, keys: tuple[str, ...], columns: tuple[str, ...]) -> Any:
    sets: dict[str, Any] = {name: bindparam(f"a_{name}") for name in columns if name not in keys}
    return update(table).where(*(table.c[name] == bindparam(f"a_{name}") for name in keys)).values(sets)
