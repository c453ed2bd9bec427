"""Inserts and updates many rows as one statement: on PostgreSQL as one JSON text, on SQLite row by row in one call."""

# ruff: noqa: S608  names of tables and columns come from our own mapped classes, values are always bound

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import FromClause, Table, bindparam, insert, text, update
from sqlalchemy.orm import Session

Rows = Sequence[Mapping[str, Any]]


def insert_many(session: Session, table: FromClause, rows: Rows, *, sound: bool = False) -> None:
    """Insert rows that name the same columns.

    The values are those that the columns take; `sound` ones were read by `fields` and may on PostgreSQL be plain.
    """
    if not rows:
        return
    own = cast("Table", table)
    told = _json(session, rows, sound)
    if told is None:
        session.connection().execute(insert(own), rows)
    else:
        session.connection().execute(_insert(own.name, tuple(rows[0])), {"told": told})


def update_many(session: Session, table: FromClause, keys: tuple[str, ...], rows: Rows, *, sound: bool = False) -> None:
    """Set the columns that are no keys in the rows with these keys; all rows name the same columns."""
    if not rows:
        return
    own = cast("Table", table)
    told = _json(session, rows, sound)
    if told is None:
        plain = [{f"a_{name}": value for name, value in row.items()} for row in rows]
        session.connection().execute(_update_plain(own, keys, tuple(rows[0])), plain)
    else:
        session.connection().execute(_update(own.name, keys, tuple(rows[0])), {"told": told})


def _json(session: Session, rows: Rows, sound: bool) -> str | None:
    """Return the rows as PostgreSQL reads them; None where it must be done the other way.

    What its text does not hold stands in the bodies of operations only, which the other way keeps escaped.
    """
    if session.get_bind().dialect.name != "postgresql":
        return None
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
        return value.replace(tzinfo=None).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(type(value).__name__)


@cache
def _insert(table: str, columns: tuple[str, ...]) -> Any:
    names = ", ".join(f'"{name}"' for name in columns)
    return text(
        f'INSERT INTO "{table}" ({names}) SELECT {names} '
        f'FROM json_populate_recordset(CAST(NULL AS "{table}"), CAST(:told AS json))'
    )


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
