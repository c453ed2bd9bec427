"""Reads the text of one cell as the value of one field, or says why it cannot be."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from app.domain.enumerations import Enumeration
from app.domain.units import half_width, parse_decimal
from app.lists.reasons import ConversionError, Reason
from app.lists.targets import FieldKind, FieldSpec

Value = str | int | Decimal | date | bool | list[str] | None
Convert = Callable[[str], Value]

EXCEL_SERIAL = "excel-serial"
"""The date form of a profile that reads 44681 as 2022-04-30."""
LARGEST = 2**53 - 1
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_TIME_OF_DAY = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")  # 1927 to 2173; a year alone is not taken for one
_LOST_DIGITS = re.compile(r"\d(\.\d+)?[Ee]\+\d+")
_TAG_MARKS = re.compile("[;；、|,，]")
_FLAGS = {
    **dict.fromkeys(("1", "true", "yes", "y", "是", "有", "√"), True),
    **dict.fromkeys(("0", "false", "no", "n", "否", "无", "×"), False),
}
_WEEKDAYS = {
    name: number
    for number, (characters, english) in enumerate(
        zip(
            ("一", "二", "三", "四", "五", "六", "日天"),
            ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
            strict=True,
        ),
        1,
    )
    for name in (
        str(number),
        english,
        english[:3],
        *(prefix + character for character in characters for prefix in ("", "周", "星期", "礼拜")),
    )
}


def converter(
    spec: FieldSpec,
    *,
    dates: Iterable[str] = (),
    choices: Enumeration | None = None,
    scale: Decimal = Decimal(1),
    keep_broken: bool = False,
) -> Convert:
    """Return the function that reads the cells of one column; it is only called with text that is not empty."""
    forms = tuple(dates)
    plain: dict[FieldKind, Convert] = {
        FieldKind.TEXT: str if keep_broken else _text,
        FieldKind.CODE: to_code,
        FieldKind.COUNT: lambda text: _in_range(to_count(text, scale), spec),
        FieldKind.MONEY: lambda text: to_money(text, scale),
        FieldKind.DECIMAL: lambda text: _to_decimal(text, spec),
        FieldKind.DATE: lambda text: to_date(text, forms),
        FieldKind.WEEKDAY: _to_weekday,
        FieldKind.FLAG: _to_flag,
        FieldKind.TAGS: lambda text: _to_tags(text, choices),
    }
    if choices is not None and spec.kind is FieldKind.TEXT:
        return _one_of(choices)
    return plain[spec.kind]


def tidy(text: str) -> str:
    """Return the text without blank edges, full-width blanks and a byte order mark included."""
    return text.strip().strip("\ufeff").strip()


def _text(text: str) -> str:
    if "\ufffd" in text:
        raise ConversionError(Reason.BROKEN_CHARACTERS)
    return text


def to_code(text: str) -> str:
    """Read a number that names something: full-width digits become half-width, nothing else changes."""
    code = half_width(_text(text))
    if _LOST_DIGITS.fullmatch(code):
        raise ConversionError(Reason.DIGITS_LOST)
    return code


def _number(text: str) -> Decimal:
    try:
        value = parse_decimal(text)
    except ValueError:
        raise ConversionError(Reason.NOT_A_NUMBER) from None
    if abs(value) > LARGEST:
        raise ConversionError(Reason.OUT_OF_RANGE, f"≤ {LARGEST}")
    return value


def _whole(value: Decimal, fraction: Reason) -> int:
    if value < 0:
        raise ConversionError(Reason.NEGATIVE)
    if value != value.to_integral_value():
        raise ConversionError(fraction)
    if value > LARGEST:
        raise ConversionError(Reason.OUT_OF_RANGE, f"≤ {LARGEST}")
    return int(value)


def to_count(text: str, scale: Decimal = Decimal(1)) -> int:
    """Read a whole number of zero or more, times the scale."""
    return _whole(_number(text) * scale, Reason.NOT_WHOLE)


def _in_range(value: int, spec: FieldSpec) -> int:
    if (spec.low is not None and value < spec.low) or (spec.high is not None and value > spec.high):
        raise ConversionError(Reason.OUT_OF_RANGE, f"{spec.low or 0} – {spec.high}")
    return value


def to_money(text: str, scale: Decimal = Decimal(100)) -> int:
    """Read an amount into minor units; `scale` is how many of them the file's unit has."""
    return _whole(_number(text) * scale, Reason.TOO_MANY_DECIMALS)


def _to_decimal(text: str, spec: FieldSpec) -> Decimal:
    value = _number(text)
    if (spec.low is not None and value < spec.low) or (spec.high is not None and value > spec.high):
        raise ConversionError(Reason.OUT_OF_RANGE, f"{spec.low} – {spec.high}")
    if spec.low is None and value < 0:
        raise ConversionError(Reason.NEGATIVE)
    return value.quantize(Decimal(1).scaleb(-spec.decimals))


def to_date(text: str, forms: Iterable[str] = ()) -> date:
    """Read a day in one of the forms, or as 2022-04-30; a time of day behind it is dropped."""
    plain = _TIME_OF_DAY.sub("", half_width(text))
    for form in ("%Y-%m-%d", *forms):
        found = _serial_day(plain) if form == EXCEL_SERIAL else _day(plain, form)
        if found is not None and _FIRST_YEAR <= found.year <= _LAST_YEAR:
            return found
    raise ConversionError(Reason.NOT_A_DATE, _example(forms))


def _example(forms: Iterable[str]) -> str:
    usual = next((form for form in forms if form != EXCEL_SERIAL), "%Y-%m-%d")
    return date(2022, 4, 30).strftime(usual)


def _day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return None


def _serial_day(text: str) -> date | None:
    if not _SERIAL.fullmatch(text):
        return None
    return _EXCEL_DAY_ZERO + timedelta(days=int(text.partition(".")[0]))


def _to_weekday(text: str) -> int:
    number = _WEEKDAYS.get(half_width(text).casefold())
    if number is None:
        raise ConversionError(Reason.NOT_A_WEEKDAY)
    return number


def _to_flag(text: str) -> bool:
    flag = _FLAGS.get(half_width(text).casefold())
    if flag is None:
        raise ConversionError(Reason.NOT_YES_OR_NO)
    return flag


def _one_of(choices: Enumeration) -> Callable[[str], str]:
    def convert(text: str) -> str:
        code = choices.find(text)
        if code is None:
            raise ConversionError(Reason.UNKNOWN_CHOICE, " / ".join(c.name.zh for c in choices.choices))
        return code

    return convert


def _to_tags(text: str, choices: Enumeration | None) -> list[str]:
    read = _one_of(choices) if choices is not None else _text
    return list(dict.fromkeys(read(part) for part in map(tidy, _TAG_MARKS.split(text)) if part))
