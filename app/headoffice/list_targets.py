"""Targets of a list: what the figures of managers should reach in a month or a year."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from typing_extensions import override

from app.headoffice.list_rows import RowTaker, known_managers
from app.headoffice.list_work import Line, RowRefused
from app.headoffice.registry import shapes
from app.lists.reasons import Reason

_PERIOD = re.compile(r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})\s*月?|年)?")
_FIRST_YEAR, _LAST_YEAR, _MONTHS = 1990, 2100, 12
_HUNDRED = Decimal(100)
_OF_ONE_SKU = "F09"
_AS_THEY_ARE = frozenset({"F05.volume", "F05.key", "F05.customers", "F09"})
"""Figures whose targets are numbers of 条 or of shops."""
_MONEY = "F05.value"
"""In yuan; every other target is a share in per cent."""


class Targets(RowTaker):
    """Targets by manager, period, figure, class and SKU; one that comes again takes the place of the first."""

    key = ("period", "manager", "kpi", "price_class", "sku_code")

    @override
    def write(self, lines: Sequence[Line]) -> None:
        work = self.work
        managers = known_managers(work.session, {line.code("manager") for line in lines})
        goods = work.keys("product", "sku_code", (line.code("sku_code") for line in lines))
        for line in lines:
            with work.guarded(line):
                self._one(line, managers, goods)

    def _one(self, line: Line, managers: set[str], goods: Mapping[str, str]) -> None:
        work = self.work
        if line.code("manager") not in managers:
            raise RowRefused(work.problem(line, "manager", Reason.UNKNOWN_MANAGER))
        kpi, scope = line.code("kpi"), self._scope(line, goods)
        if (kpi == _OF_ONE_SKU) is not scope.startswith("sku:"):
            raise RowRefused(work.problem(line, "sku_code", Reason.EMPTY if not scope else Reason.NOT_OF_A_SKU))
        period, month = self._period(line)
        plain = {
            "manager": line.code("manager"), "period": period, "month": month, "kpi": kpi, "scope": scope,
            "value": str(self._value(line, kpi)),
        }  # fmt: skip
        named = "/".join(str(plain[name]) for name in ("manager", "period", "month", "kpi", "scope"))
        normals = shapes()["office_target"].normals
        stored = {name: normals[name](value) for name, value in plain.items()}
        work.put("office_target", str(uuid5(NAMESPACE_URL, f"target/{named}")), stored)

    def _scope(self, line: Line, goods: Mapping[str, str]) -> str:
        if line.code("sku_code"):
            self.work.known(line, "sku_code", goods, Reason.UNKNOWN_PRODUCT)
            return f"sku:{line.code('sku_code')}"
        return f"class:{line.code('price_class')}" if line.code("price_class") else ""

    def _period(self, line: Line) -> tuple[str, str]:
        found = _PERIOD.fullmatch(line.code("period").strip())
        year, month = (int(found[1]), found[2]) if found else (0, None)
        if not _FIRST_YEAR <= year <= _LAST_YEAR or (month is not None and not 1 <= int(month) <= _MONTHS):
            raise RowRefused(self.work.problem(line, "period", Reason.NOT_A_DATE, "2026-11"))
        if month is None:
            return "year", f"{year}-01-01"
        return "month", f"{year}-{int(month):02}-01"

    def _value(self, line: Line, kpi: str) -> Decimal:
        """Return the target as it is kept: shares as fractions, money in minor units. Raises RowRefused."""
        value = Decimal(str(line.values["value"]))
        if value <= 0:
            raise RowRefused(self.work.problem(line, "value", Reason.OUT_OF_RANGE, "> 0"))
        if kpi in _AS_THEY_ARE:
            return value
        return value * _HUNDRED if kpi == _MONEY else value / _HUNDRED
