"""Numbers as people of the trade write them: cartons (条) as int, money as integer minor units (分)."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

PACKS_PER_CARTON = 10

_GROUPED = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")


def half_width(text: str) -> str:
    """Return the text with full-width digits, letters and signs made half-width (１２．５ becomes 12.5)."""
    return unicodedata.normalize("NFKC", text).replace("。", ".").strip()


def parse_decimal(text: str) -> Decimal:
    """Read a number a person typed, full-width digits and thousands commas included.

    Raises ValueError if it is no finite number.
    """
    cleaned = half_width(text).replace("¥", "").replace("$", "").replace("元", "").strip()
    if _GROUPED.match(cleaned):
        cleaned = cleaned.replace(",", "")
    try:
        value = Decimal(cleaned)
    except InvalidOperation:
        raise ValueError(text) from None
    if not value.is_finite():
        raise ValueError(text)
    return value


def parse_count(text: str) -> int:
    """Read a whole number of zero or more; raises ValueError for anything else."""
    value = parse_decimal(text)
    if value != value.to_integral_value() or value < 0:
        raise ValueError(text)
    return int(value)


def parse_money(text: str) -> int:
    """Read an amount of money into minor units (分, cents); raises ValueError if it has more than two decimals."""
    value = parse_decimal(text) * 100
    if value != value.to_integral_value() or value < 0:
        raise ValueError(text)
    return int(value)


def format_money(minor: int) -> str:
    """Write minor units as an amount with two decimals and thousands commas, without a currency sign."""
    return f"{minor / 100:,.2f}"
