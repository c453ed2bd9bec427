"""How SQLite and PostgreSQL hold what travels: columns are written from plain values and told as such, without detours.

SQLAlchemy's own way makes an object of each value and a text of each object, which costs several times the statement.
"""

# ruff: noqa: S608  names of tables and columns come from our own mapped classes, values are always bound

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache, partial
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Date, Float, Numeric, Table, Time, Uuid

from app.headoffice.models import TABLES
from app.models.base import UtcDateTime
from app.sync.core.fast_json import encoder_of

Turn = Callable[[Any], Any]
Binder = Callable[[Sequence[Any]], Sequence[Any]]
_as_json = encoder_of()
_WHOLE, _UTC = ".000000", "+00:00"
_LONG, _SHORT = len("2022-04-29T10:00:00.000000+00:00"), len("2022-04-29T10:00:00+00:00")


@cache
def binder_of(column: Column[Any]) -> Binder | None:
    """Return what makes of values, plain or as Python has them, what SQLite holds; None where they are the same."""
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return partial(_each_once, _held_moment)
    if isinstance(kind, Uuid):
        return _held_keys
    if isinstance(kind, Date):
        return partial(_each_once, lambda value: value.isoformat() if isinstance(value, date) else value)
    if isinstance(kind, Time):
        return partial(_each_once, _held_time)
    if isinstance(kind, Numeric) and not isinstance(kind, Float):
        return partial(_each, float)
    return partial(_each, _as_json) if isinstance(kind, JSON) else None


@cache
def select_by_key(table: str, columns: tuple[str, ...], *, postgres: bool) -> str:
    """Return the statement that reads the key and these columns of the rows whose keys are given as one value."""
    found = [TABLES[table].c[name] for name in ("id", *columns)]
    if not postgres:
        names = ", ".join(f'"{column.name}"' for column in found)
        return f'SELECT {names} FROM "{table}" WHERE "id" IN (SELECT value FROM json_each(?))'
    told = ", ".join(f'"{one.name}"' + ("::text" if isinstance(one.type, Uuid) else "") for one in found)
    return f'SELECT {told} FROM "{table}" WHERE "id" = ANY(%s::uuid[])'


@cache
def tellers_of(table: str, columns: tuple[str, ...], *, postgres: bool) -> tuple[Turn | None, ...]:
    """Return what makes plain values of what the driver gives for the key and these columns."""
    teller = _teller_of_postgres if postgres else _teller_of_sqlite
    return tuple(teller(TABLES[table].c[name]) for name in ("id", *columns))


def told(rows: Sequence[Sequence[Any]], tellers: Sequence[Turn | None]) -> list[Sequence[Any]]:
    """Return rows as they travel, column by column."""
    if not rows:
        return [()] * len(tellers)
    return [
        column if teller is None else [None if value is None else teller(value) for value in column]
        for column, teller in zip(zip(*rows, strict=True), tellers, strict=True)
    ]


@cache
def insert_statement(table: Table, columns: tuple[str, ...]) -> str:
    """Return the statement for SQLite that inserts a row."""
    names = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" * len(columns))})'


@cache
def update_statement(table: Table, keys: tuple[str, ...], columns: tuple[str, ...]) -> str:
    """Return the statement for SQLite that sets columns of a row; the keys are bound last."""
    sets = ", ".join(f'"{name}" = ?' for name in columns)
    return f'UPDATE "{table.name}" SET {sets} WHERE {" AND ".join(f"{chr(34)}{name}{chr(34)} = ?" for name in keys)}'


def _held_moment(value: Any) -> str:
    if isinstance(value, datetime):
        return _stamp(value)
    if len(value) == _LONG and value.endswith(_UTC):  # as `fields` writes it
        return f"{value[:10]} {value[11:26]}"
    if len(value) == _SHORT and value.endswith(_UTC):
        return f"{value[:10]} {value[11:19]}{_WHOLE}"
    return _stamp(datetime.fromisoformat(value))


@lru_cache(maxsize=64)
def _stamp(moment: datetime) -> str:
    """Return a moment as SQLite holds it; the rows of one transaction mostly have the same."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def _each(turn: Turn, values: Sequence[Any]) -> Sequence[Any]:
    return [None if value is None else turn(value) for value in values]


def _each_once(turn: Turn, values: Sequence[Any]) -> Sequence[Any]:
    """Turn each value that occurs once: days and moments are the same in many rows."""
    known = {value: None if value is None else turn(value) for value in set(values)}
    return [known[value] for value in values]


def _held_keys(values: Sequence[Any]) -> Sequence[Any]:
    return [None if one is None else one.hex if type(one) is UUID else one.replace("-", "") for one in values]


def _held_time(value: Any) -> str:
    read = time.fromisoformat(value) if isinstance(value, str) else value
    return read.isoformat(timespec="microseconds")


def _teller_of_sqlite(column: Column[Any]) -> Turn | None:
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return _told_moment
    if isinstance(kind, Uuid):
        return lambda held: f"{held[:8]}-{held[8:12]}-{held[12:16]}-{held[16:20]}-{held[20:]}"
    if isinstance(kind, Time):
        return lambda held: held.removesuffix(_WHOLE)
    if isinstance(kind, Numeric) and not isinstance(kind, Float):
        scale = kind.scale or 0
        return lambda held: f"{held:.{scale}f}"
    if isinstance(kind, JSON):
        return lambda held: json.loads(held) if isinstance(held, str) else held  # SQLite makes numbers of some
    return bool if isinstance(kind, Boolean) else None


def _told_moment(held: str) -> str:
    return f"{held[:10]}T{held[11:].removesuffix(_WHOLE)}+00:00"


def _teller_of_postgres(column: Column[Any]) -> Turn | None:
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return lambda held: f"{held.isoformat()}+00:00"
    if isinstance(kind, Date | Time):
        return lambda held: held.isoformat()
    return str if isinstance(kind, Numeric) and not isinstance(kind, Float) else None
