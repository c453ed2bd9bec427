"""Dates, numbers and amounts as people of both languages write them; no value is a dash, never 0."""

from datetime import date, datetime

from app.domain.quantities import size_words
from app.domain.text import Language
from app.domain.units import format_money

NO_VALUE = "—"
MINUS = "−"
_WEEKDAYS = {
    Language.ZH: ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    Language.EN: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def format_date(day: date | None, language: Language) -> str:
    """Write a date with its weekday: 2026-03-05 周四."""
    return NO_VALUE if day is None else f"{day:%Y-%m-%d} {weekday_name(day, language)}"


def format_iso(day: date | None) -> str:
    """Write a date alone: 2026-03-05."""
    return NO_VALUE if day is None else f"{day:%Y-%m-%d}"


def format_short_date(day: date | None) -> str:
    """Write month and day, for lists of one year: 03-05."""
    return NO_VALUE if day is None else f"{day:%m-%d}"


def format_day_title(day: date, language: Language) -> str:
    """Write a day for a page title: 11 月 21 日 周六, or Sat, Nov 21."""
    if language is Language.ZH:
        return f"{day.month} 月 {day.day} 日 {weekday_name(day, language)}"
    return f"{weekday_name(day, language)}, {_MONTHS_EN[day.month - 1]} {day.day}"


def format_month(day: date, language: Language) -> str:
    """Write the month for the axis of a chart: 9 月, or Sep."""
    return f"{day.month} 月" if language is Language.ZH else _MONTHS_EN[day.month - 1]


def weekday_name(day: date, language: Language) -> str:
    """Write the weekday: 周四, or Thu."""
    return _WEEKDAYS[language][day.weekday()]


def format_time(moment: datetime | None) -> str:
    """Write hours and minutes of the local time: 10:42."""
    return NO_VALUE if moment is None else f"{moment:%H:%M}"


def format_clock(moment: datetime | None) -> str:
    """Write hours, minutes and seconds of the local time: 10:42:05."""
    return NO_VALUE if moment is None else f"{moment:%H:%M:%S}"


def format_minutes(minutes: int | None, language: Language) -> str:
    """Write a duration: 6 小时 20 分, or 6 h 20 min."""
    if minutes is None:
        return NO_VALUE
    hours, rest = divmod(minutes, 60)
    hour, minute = ("小时", "分") if language is Language.ZH else ("h", "min")
    parts = ([f"{hours} {hour}"] if hours else []) + ([f"{rest} {minute}"] if rest or not hours else [])
    return " ".join(parts)


def format_count(value: int | None) -> str:
    """Write a whole number with thousands commas and a real minus sign."""
    return NO_VALUE if value is None else f"{value:,}".replace("-", MINUS)


def format_number(value: float | None, decimals: int = 1) -> str:
    """Write a number with a fixed number of decimals."""
    if value is None:
        return NO_VALUE
    text = f"{value:,.{decimals}f}"
    return text.lstrip("-") if float(text.replace(",", "")) == 0 else text.replace("-", MINUS)


def format_percent(share: float | None, decimals: int = 0) -> str:
    """Write a share (0.12) as per cent (12%)."""
    return NO_VALUE if share is None else f"{format_number(share * 100, decimals)}%"


def format_change(share: float | None, decimals: int = 0) -> str:
    """Write a change (−0.12) as per cent with its sign: −12%, +4%."""
    text = format_percent(share, decimals)
    return f"+{text}" if share is not None and share > 0 and text[0] not in "−0" else text


def format_signed(value: float | None, decimals: int = 0) -> str:
    """Write a difference with its sign: +5.4, −9.0."""
    text = format_number(value, decimals)
    return f"+{text}" if value is not None and value > 0 else text


def format_amount(minor: int | None, sign: str = "¥") -> str:
    """Write money: ¥1,234.50."""
    return NO_VALUE if minor is None else f"{MINUS if minor < 0 else ''}{sign}{format_money(abs(minor))}"


def format_amount_round(minor: int | None, sign: str = "¥") -> str:
    """Write money without the small units, for totals: ¥4,386."""
    return NO_VALUE if minor is None else f"{MINUS if minor < 0 else ''}{sign}{round(abs(minor) / 100):,}"


def format_size(size: int | None) -> str:
    """Write the size of a file: 175 KB, 41 MB."""
    if size is None:
        return NO_VALUE
    return size_words(size)
