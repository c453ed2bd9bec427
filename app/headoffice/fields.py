"""How one value is read from a message into a column, and told from a column into a message."""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, Numeric, Time, Uuid

from app.models.base import UtcDateTime
from app.sync.protocol import LONGEST_TEXT

Reader = Callable[[Any], Any]
"""Takes a plain value (never None) and returns the column's. Raises ValueError."""
Teller = Callable[[Any], Any]
Together = Callable[[Sequence[Any]], Sequence[Any]]
"""Does with many values, none of them None, what a Reader does with each; raises ValueError where one does not fit."""

KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LARGEST = 1 << 63
_MOST_ITEMS = 500


def reader_of(column: Column[Any]) -> Reader:
    """Return what reads the plain values of a column."""
    kind = column.type
    if isinstance(kind, Numeric) and not isinstance(kind, Float):
        return _decimal_reader(kind.precision or 18, kind.scale or 0)
    if isinstance(kind, JSON):
        return _list if column.name not in {"old", "new", "theirs", "yours"} else _anything
    for known, reader in _READERS:
        if isinstance(kind, known):
            return reader
    return text


def normal_of(column: Column[Any]) -> Reader:
    """Return what makes a plain value exactly what the column would tell of it."""
    reader, teller = reader_of(column), teller_of(column)
    if isinstance(column.type, Uuid):
        return _same_key
    return reader if teller is None else lambda value: teller(reader(value))


def together_of(column: Column[Any]) -> Together:
    """Return what does with the values of many rows what `normal_of` does with each, and much faster."""
    normal = normal_of(column)
    if normal in _TOGETHER:
        return _TOGETHER[normal]
    if isinstance(column.type, Date | Time | UtcDateTime):
        return lambda values: _each_once(normal, values)
    return lambda values: [normal(value) for value in values]


def teller_of(column: Column[Any]) -> Teller | None:
    """Return what makes the values of a column plain; None where they are plain already."""
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return moment_text
    if isinstance(kind, Date | Time):
        return _iso
    if isinstance(kind, Uuid) or (isinstance(kind, Numeric) and not isinstance(kind, Float)):
        return str
    return None


def moment_text(value: datetime) -> str:
    """Return a moment as it travels."""
    return value.astimezone(UTC).isoformat()


def text(value: Any) -> str:
    """Read a text; PostgreSQL holds no NUL, and half a character is none."""
    if not isinstance(value, str) or "\0" in value or len(value) > LONGEST_TEXT:
        raise ValueError("not a text")
    value.encode("utf-8")
    return value


def _iso(value: Any) -> str:
    return value.isoformat()


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -_LARGEST <= value < _LARGEST:
        raise ValueError("not a whole number")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("not a number")
    return float(value)


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("not yes or no")  # noqa: TRY004
    return value


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(text(value))
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(UTC)


def _day(value: Any) -> date:
    return date.fromisoformat(text(value))


def _time(value: Any) -> time:
    read = time.fromisoformat(text(value))
    if read.tzinfo is not None:
        raise ValueError("a time of day has no zone")
    return read


def _uuid(value: Any) -> UUID:
    if not isinstance(value, str) or KEY.fullmatch(value) is None:
        raise ValueError("not a key as it is written here")
    return UUID(value)


def _same_key(value: Any) -> str:
    if not isinstance(value, str) or KEY.fullmatch(value) is None:
        raise ValueError("not a key as it is written here")
    return value


def _each_once(normal: Reader, values: Sequence[Any]) -> Sequence[Any]:
    known = {value: normal(value) for value in set(_texts(values))}
    return [known[value] for value in values]


def _texts(values: Sequence[Any]) -> Sequence[Any]:
    if set(map(type, values)) != {str}:
        raise ValueError("not a text")
    text(max(values, key=len))
    whole = "".join(values)
    if "\0" in whole:
        raise ValueError("not a text")
    whole.encode("utf-8")
    return values


def _wholes(values: Sequence[Any]) -> Sequence[Any]:
    if set(map(type, values)) != {int}:
        raise ValueError("not a whole number")
    _whole(min(values))
    _whole(max(values))
    return values


def _yes_or_noes(values: Sequence[Any]) -> Sequence[Any]:
    if set(map(type, values)) != {bool}:
        raise ValueError("not yes or no")
    return values


def _same_keys(values: Sequence[Any]) -> Sequence[Any]:
    if set(map(type, values)) != {str} or not all(map(KEY.fullmatch, set(values))):
        raise ValueError("not a key as it is written here")
    return values


def _list(value: Any) -> list[str]:
    if not isinstance(value, list) or len(value) > _MOST_ITEMS:  # pyright: ignore[reportUnknownArgumentType]
        raise ValueError("not a list of texts")
    return [text(one) for one in value]  # pyright: ignore[reportUnknownVariableType]


def _anything(value: Any) -> Any:
    told = text(json.dumps(value, allow_nan=False, ensure_ascii=False))
    if "\\u0000" in told:
        raise ValueError("not a text")
    return value


def _decimal_reader(precision: int, scale: int) -> Reader:
    unit, limit = Decimal(1).scaleb(-scale), Decimal(10) ** (precision - scale)

    def read(value: Any) -> Decimal:
        if isinstance(value, bool | float):
            raise ValueError("decimals travel as text")  # noqa: TRY004
        try:
            exact = Decimal(value).quantize(unit)
        except (InvalidOperation, TypeError) as error:
            raise ValueError("not a decimal") from error
        if not exact.is_finite() or abs(exact) >= limit:
            raise ValueError("out of range")
        return exact or abs(exact)

    return read


_READERS: tuple[tuple[type, Reader], ...] = (
    (UtcDateTime, _moment),
    (Boolean, _yes_or_no),
    (Float, _number),
    (Integer, _whole),
    (Date, _day),
    (Time, _time),
    (Uuid, _uuid),
)
_TOGETHER: Mapping[Reader, Together] = {
    text: _texts, _whole: _wholes, _yes_or_no: _yes_or_noes, _same_key: _same_keys
}  # fmt: skip
