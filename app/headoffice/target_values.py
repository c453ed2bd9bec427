"""What a target of head office may be: figure, period, scope and bounds, and how its value is kept and told.

Shares are kept as plain fractions and told in per cent, money is kept in minor units and told in yuan.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import NAMESPACE_URL, uuid5

from typing_extensions import override

from app.lists.reasons import Cause, Reason

TABLE = "office_target"
SALES = ("F05.volume", "F05.key", "F05.value", "F05.customers")
"""The plans that every manager has: volume, key SKUs, value per carton, shops with an order."""
MONTH, YEAR = "month", "year"
_PERIOD = re.compile(r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*月)?(?:(?<=月)0?1日|[-/.]0?1)?|年)?")
"""A first day of a month stands for the month: spreadsheets make it of a month that is typed."""
_FIRST_YEAR, _LAST_YEAR, _MONTHS = 1990, 2100, 12
_HUNDRED = Decimal(100)
_MOST = Decimal(10) ** 10
_OF_ONE_SKU = "F09"
_BY_CLASS = "F08"
_OF_A_YEAR = frozenset({*SALES, "F07.volume"})
"""Figures that laptops add up over a year too."""
_CARTONS = frozenset({"F05.volume", "F05.key", "F09"})
_SHOPS = "F05.customers"
_MONEY = "F05.value"
_ABOVE_ALL = frozenset({"F07.volume", "F12", "F16", "F25", "F37", "F37b"})
"""Shares that may be more than 100 %."""


class Unit(StrEnum):
    """What a target is told in."""

    CARTONS = "cartons"
    SHOPS = "shops"
    MONEY = "money"
    SHARE = "share"


class BadTargetError(ValueError):
    """Something that cannot be a target; says which field is wrong, and why."""

    def __init__(self, field: str, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.cause = Cause(reason, detail)


@dataclass(frozen=True, slots=True)
class Span:
    """A month or a year, by its first day."""

    period: str
    first: date

    @override
    def __str__(self) -> str:
        """Return it as lists write it: 2026-11 or 2026."""
        return f"{self.first:%Y}" if self.period == YEAR else f"{self.first:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Given:
    """One target as it is kept."""

    manager: str
    span: Span
    kpi: str
    scope: str
    value: Decimal

    @property
    def key(self) -> str:
        """The key of its row: manager, period, figure and scope make it the same target."""
        named = (self.manager, self.span.period, self.span.first.isoformat(), self.kpi, self.scope)
        return str(uuid5(NAMESPACE_URL, f"target/{'/'.join(named)}"))

    @property
    def values(self) -> Mapping[str, str]:
        """The values of its row, as they travel."""
        return {
            "manager": self.manager, "period": self.span.period, "month": self.span.first.isoformat(), "kpi": self.kpi,
            "scope": self.scope, "value": str(self.value),
        }  # fmt: skip


def unit_of(kpi: str) -> Unit:
    """Return what the targets of a figure are told in."""
    if kpi in _CARTONS:
        return Unit.CARTONS
    return Unit.SHOPS if kpi == _SHOPS else Unit.MONEY if kpi == _MONEY else Unit.SHARE


def read_span(text: str) -> Span:
    """Read 2026-11, 2026/11, 2026年11月, 2026 or 2026年. Raises BadTargetError."""
    found = _PERIOD.fullmatch(text.strip())
    year, month = (int(found[1]), found[2]) if found else (0, None)
    if not _FIRST_YEAR <= year <= _LAST_YEAR or (month is not None and not 1 <= int(month) <= _MONTHS):
        raise BadTargetError("period", Reason.NOT_A_DATE, "2026-11")
    return Span(YEAR, date(year, 1, 1)) if month is None else Span(MONTH, date(year, int(month), 1))


def scope_of(kpi: str, price_class: str, sku_code: str) -> str:
    """Return what of a figure the target is of. Raises BadTargetError where the laptops have no such figure."""
    if sku_code and kpi != _OF_ONE_SKU:
        raise BadTargetError("sku_code", Reason.NOT_OF_A_SKU)
    if price_class and kpi != _BY_CLASS:
        raise BadTargetError("price_class", Reason.NOT_OF_A_CLASS)
    if kpi == _OF_ONE_SKU:
        if not sku_code:
            raise BadTargetError("sku_code", Reason.EMPTY)
        return f"sku:{sku_code}"
    return f"class:{price_class}" if price_class else ""


def check_span(kpi: str, span: Span) -> None:
    """Raise BadTargetError for the year of a figure that is told by the month alone."""
    if span.period == YEAR and kpi not in _OF_A_YEAR:
        raise BadTargetError("period", Reason.NOT_OF_A_YEAR)


def kept(kpi: str, told: Decimal) -> Decimal:
    """Return a value as it is kept. Raises BadTargetError for one that no target can be."""
    unit = unit_of(kpi)
    most = _HUNDRED if unit is Unit.SHARE and kpi not in _ABOVE_ALL else _MOST
    if not 0 < told <= most:
        raise BadTargetError("value", Reason.OUT_OF_RANGE, f"0 – {most:f}" if told > most else "> 0")
    if unit in {Unit.CARTONS, Unit.SHOPS}:
        if told != told.to_integral_value():
            raise BadTargetError("value", Reason.NOT_WHOLE)
        return told
    if told != told.quantize(Decimal("0.01")):
        raise BadTargetError("value", Reason.TWO_DECIMALS)
    return told * _HUNDRED if unit is Unit.MONEY else told / _HUNDRED


def told(kpi: str, value: Decimal) -> Decimal:
    """Return a kept value as people read and type it."""
    unit = unit_of(kpi)
    if unit in {Unit.CARTONS, Unit.SHOPS}:
        return value
    return value / _HUNDRED if unit is Unit.MONEY else value * _HUNDRED
