"""Brings many rows to PostgreSQL as COPY takes them: one text, which costs it about half of what statements do."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any

import psycopg
from sqlalchemy import JSON, Column, Connection, Table
from sqlalchemy.exc import DBAPIError

from app.sync.core.fast_json import encoder_of

_NOTHING = r"\N"
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_as_json = encoder_of(ensure_ascii=False)


def copy_text(table: Table, names: tuple[str, ...], columns: Sequence[Sequence[Any]]) -> bytes | None:
    """Return rows, plain or as Python has them, as COPY reads them; None where a text in them cannot be held so."""
    told = [_column(table.c[name], values) for name, values in zip(names, columns, strict=True)]
    whole = "\n".join(map("\t".join, zip(*told, strict=True)))
    try:
        return None if "\0" in whole else f"{whole}\n".encode()
    except UnicodeEncodeError:
        return None


def copy(connection: Connection, table: Table, names: tuple[str, ...], told: bytes) -> None:
    """Insert rows that `copy_text` made a text of. Raises what SQLAlchemy raises for an insert."""
    statement = _statement(table.name, names)
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copying:
            copying.write(told)
    except psycopg.Error as error:
        raise DBAPIError.instance(
            statement, None, error, psycopg.Error, connection_invalidated=driver.closed, dialect=connection.dialect
        ) from error


@cache
def _statement(table: str, names: tuple[str, ...]) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return f'COPY "{table}" ({listed}) FROM STDIN'


def _column(column: Column[Any], values: Sequence[Any]) -> Sequence[str]:
    kinds = set(map(type, values))
    is_partly = type(None) in kinds
    kinds.discard(type(None))
    if not kinds:
        return [_NOTHING] * len(values)
    given = [value for value in values if value is not None] if is_partly else values
    told = _told(given, None if len(kinds) > 1 else kinds.pop(), as_json=isinstance(column.type, JSON))
    if not is_partly:
        return told
    rest = iter(told)
    return [_NOTHING if value is None else next(rest) for value in values]


def _told(values: Sequence[Any], kind: type | None, *, as_json: bool) -> Sequence[str]:
    if as_json:
        return _texts(list(map(_as_json, values)))
    if kind is str:
        return _texts(values)
    return list(map(_any if kind is None else _TELLERS.get(kind, str), values))


def _texts(values: Sequence[str]) -> Sequence[str]:
    return values if _SPECIAL.search("".join(values)) is None else list(map(_text, values))


def _text(value: str) -> str:
    return value.translate(_ESCAPED)


def _any(value: Any) -> str:
    return _TELLERS.get(type(value), str)(value)


@lru_cache(maxsize=64)
def _moment(value: datetime) -> str:
    """Return a moment in UTC as PostgreSQL reads it; the rows of one transaction mostly have the same."""
    return value.replace(tzinfo=None).isoformat()


_TELLERS: Mapping[type, Callable[[Any], str]] = {
    str: _text, bool: {True: "t", False: "f"}.__getitem__, datetime: _moment, date: date.isoformat, time: time.isoformat
}  # fmt: skip
