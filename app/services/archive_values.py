"""Reads what a person typed into a field of the archive as the field's value, and says what looks unusual about it."""

import ast
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from app.domain.archive import ArchiveField, FieldType
from app.domain.enumerations import Enumerations
from app.domain.problems import Problem, Refusal, RuleError
from app.domain.units import half_width, parse_decimal, parse_money
from app.models.customer import Customer

Typed: TypeAlias = str | tuple[str, ...] | bool | None
"""What an editor gives: a text, the codes of several choices, yes or no, nothing."""
Value: TypeAlias = str | int | Decimal | date | bool | list[str] | None

_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))")
_YES = frozenset({"1", "true", "yes", "y", "是", "有"})
_NO = frozenset({"0", "false", "no", "n", "否", "无"})
_LARGEST = 2**53


def read_value(field: ArchiveField, typed: Typed, enumerations: Enumerations) -> Value:
    """Return the value to store; an empty text is no value. Raises RuleError with BAD_VALUE."""
    if typed is None or (isinstance(typed, str) and not typed.strip()) or typed == ():
        return None
    if field.type is FieldType.MULTI_ENUM:
        return _codes(field, (typed,) if isinstance(typed, str) else typed, enumerations)
    if isinstance(typed, tuple):
        raise _refused(field)
    if isinstance(typed, bool):
        return typed if field.type is FieldType.BOOL else _fail(field)
    if field.type is FieldType.ENUM:
        code = _code(field, typed, enumerations)
        return int(code) if _is_number_column(field.key) else code
    try:
        return _READERS[field.type](typed, field)
    except ValueError:
        raise _refused(field) from None


def stored_value(field: ArchiveField, written: str | None) -> Value:
    """Return the value that the record of changes wrote down as text."""
    if written is None:
        return None
    if field.type is FieldType.MULTI_ENUM:
        return [str(one) for one in ast.literal_eval(written)]
    if field.type is FieldType.BOOL:
        return written == "True"
    if field.type in {FieldType.INT, FieldType.MONEY} or (
        field.type is FieldType.ENUM and _is_number_column(field.key)
    ):
        return int(written)
    if field.type is FieldType.DECIMAL:
        return Decimal(written)
    return date.fromisoformat(written) if field.type is FieldType.DATE else written


def is_unusual(field: ArchiveField, value: object) -> bool:
    """Tell whether a text differs from the usual form of its field; it is kept, and only warned of."""
    return isinstance(value, str) and field.expect is not None and re.fullmatch(field.expect, value) is None


def _text(typed: str, field: ArchiveField) -> str:
    del field
    return " ".join(typed.split())


def _whole(typed: str, field: ArchiveField) -> int:
    value = parse_decimal(typed)
    if value != value.to_integral_value():
        raise ValueError(typed)
    return int(_in_range(value, field))


def _decimal(typed: str, field: ArchiveField) -> Decimal:
    value = _in_range(parse_decimal(typed), field)
    rounded = value.quantize(Decimal(1).scaleb(-(field.decimals or 0)))
    if rounded != value:
        raise ValueError(typed)
    return rounded


def _money(typed: str, field: ArchiveField) -> int:
    return int(_in_range(Decimal(parse_money(typed)), field))


def _day(typed: str, field: ArchiveField) -> date:
    del field
    found = _DAY.fullmatch(half_width(typed).replace(" ", ""))
    if found is None:
        raise ValueError(typed)
    year, month, day, short_month, short_day = found.groups()
    return date(int(year), int(month or short_month), int(day or short_day))


def _flag(typed: str, field: ArchiveField) -> bool:
    word = half_width(typed).casefold()
    if word not in _YES | _NO:
        return bool(_fail(field))
    return word in _YES


_READERS: dict[FieldType, Callable[[str, ArchiveField], Value]] = {
    FieldType.TEXT: _text,
    FieldType.INT: _whole,
    FieldType.DECIMAL: _decimal,
    FieldType.MONEY: _money,
    FieldType.DATE: _day,
    FieldType.BOOL: _flag,
}


def _in_range(value: Decimal, field: ArchiveField) -> Decimal:
    too_low = field.low is not None and value < field.low
    if too_low or (field.high is not None and value > field.high) or abs(value) > _LARGEST:
        raise ValueError(str(value))
    return value


def _code(field: ArchiveField, written: str, enumerations: Enumerations) -> str:
    code = enumerations[field.enum].find(written) if field.enum is not None and field.enum in enumerations else None
    if code is None:
        raise _refused(field)
    return code


def _codes(field: ArchiveField, written: tuple[str, ...] | bool, enumerations: Enumerations) -> list[str]:
    if isinstance(written, bool):
        raise _refused(field)
    return list(dict.fromkeys(_code(field, one, enumerations) for one in written))


def _is_number_column(key: str) -> bool:
    return Customer.__table__.columns[key].type.python_type is int


def _refused(field: ArchiveField) -> RuleError:
    return RuleError(Refusal(Problem.BAD_VALUE, field.key))


def _fail(field: ArchiveField) -> None:
    raise _refused(field)
