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
    one_kind = _TELLERS.get(kinds.pop(), str) if len(kinds) == 1 else _any
    teller = _json_text if isinstance(column.type, JSON) else one_kind
    if is_partly:
        return [_NOTHING if value is None else teller(value) for value in values]
    if teller is _text and _SPECIAL.search("".join(values)) is None:
        return values
    return list(map(teller, values))


def _json_text(value: Any) -> str:
    return _text(_as_json(value))


def _text(value: str) -> str:
    return value.translate(_ESCAPED) if _SPECIAL.search(value) else value


def _any(value: Any) -> str:
    return _TELLERS.get(type(value), str)(value)


@lru_cache(maxsize=64)
def _moment(value: datetime) -> str:
    """Return a moment in UTC as PostgreSQL reads it; the rows of one transaction mostly have the same."""
    return value.replace(tzinfo=None).isoformat()


_TELLERS: Mapping[type, Callable[[Any], str]] = {
    str: _text, bool: {True: "t", False: "f"}.__getitem__, datetime: _moment, date: date.isoformat, time: time.isoformat
}  # fmt: skip
