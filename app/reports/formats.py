"""Figures and dates as they are printed in each language; a missing value is always a dash."""

from dataclasses import dataclass
from datetime import date

from app.domain.customer_summary import CustomerSummary, Unit
from app.domain.text import Language
from app.reports.words import MONTH_NAMES_EN, NONE

_MINOR = 100
_CENTS_SHOWN_BELOW = 100 * _MINOR
_MINUS = "−"


@dataclass(frozen=True, slots=True)
class Formats:
    """Writes the figures of one sheet."""

    language: Language
    unit: Unit
    currency: str

    @classmethod
    def of(cls, summary: CustomerSummary) -> "Formats":
        """Return the formats of that summary."""
        return cls(summary.language, summary.unit, summary.currency)

    def quantity(self, value: int | None) -> str:
        """Write a quantity with its unit."""
        return NONE if value is None else f"{count(value)} {self.unit_of(value)}"

    def unit_of(self, value: int | None) -> str:
        """Return the unit's name as it follows that number."""
        return self.unit.one if value == 1 else self.unit.many

    def money(self, minor: int | None, *, like: int | None = None, signed: bool = False) -> tuple[str, str]:
        """Write an amount as (number with sign, unit behind it).

        Cents are shown below 100, or as far as the amount `like` shows them.
        """
        if minor is None:
            return NONE, ""
        number = _amount(abs(minor), cents=abs(minor if like is None else like) < _CENTS_SHOWN_BELOW)
        # What is rounded to nothing has no direction.
        sign = _sign(minor, signed=signed) if number.strip("0.") else ""
        if self.currency == "¥" and self.language is Language.ZH:
            return f"{sign}{number}", "元"
        return f"{sign}{self.currency}{number}", ""

    def money_text(self, minor: int | None, *, like: int | None = None, signed: bool = False) -> str:
        """Write an amount in one piece."""
        return " ".join(part for part in self.money(minor, like=like, signed=signed) if part)

    def day(self, day: date, *, year: bool = True) -> str:
        """Write a date in full, or without its year."""
        if self.language is Language.ZH:
            return f"{day.year} 年 {day.month} 月 {day.day} 日" if year else f"{day.month} 月 {day.day} 日"
        name = MONTH_NAMES_EN[day.month - 1]
        return f"{day.day} {name} {day.year}" if year else f"{day.day} {name}"

    def short_day(self, day: date | None, beside: date) -> str:
        """Write a date in few characters, without the year where it is that of `beside`."""
        if day is None:
            return NONE
        same_year = day.year == beside.year
        if self.language is Language.ZH:
            return f"{day:%m-%d}" if same_year else f"{day:%Y-%m-%d}"
        short = f"{day.day} {MONTH_NAMES_EN[day.month - 1][:3]}"
        return short if same_year else f"{short} {day.year}"


def count(value: int | None) -> str:
    """Write a whole number."""
    return NONE if value is None else f"{_sign(value)}{abs(value):,}"


def change(value: int | None) -> str:
    """Write a difference with its sign; 0 stays 0."""
    return NONE if value is None else f"{_sign(value, signed=True)}{abs(value):,}"


def weekly(value: float | None) -> str:
    """Write an expected quantity with one decimal."""
    return NONE if value is None else f"{value:,.1f}"


def percent(value: float | None) -> str:
    """Write a share as a percentage with one decimal."""
    return NONE if value is None else f"{_sign_of_share(value)}{abs(value) * 100:.1f}%"


def _amount(minor: int, *, cents: bool) -> str:
    if cents:
        return f"{minor // _MINOR:,}.{minor % _MINOR:02d}"
    return f"{(minor + _MINOR // 2) // _MINOR:,}"


def _sign(value: int, *, signed: bool = False) -> str:
    if value < 0:
        return _MINUS
    return "+" if signed and value > 0 else ""


def _sign_of_share(value: float) -> str:
    return _MINUS if value < 0 else ""
