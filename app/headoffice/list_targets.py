"""Targets of a list: what the figures of managers should reach in a month or a year."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from app.headoffice.list_rows import Near, RowTaker, anybody, known_managers
from app.headoffice.list_work import Line, ListWork, RowRefused
from app.headoffice.models import Manager
from app.headoffice.registry import shapes
from app.headoffice.rows import among
from app.headoffice.target_values import TABLE, BadTargetError, Given, check_span, kept, read_span, scope_of
from app.lists.reasons import Reason


class Targets(RowTaker):
    """Targets by manager, period, figure, class and SKU; one that comes again takes the place of the first."""

    key = ("period", "manager", "territory", "kpi", "price_class", "sku_code")

    def __init__(self, work: ListWork, near: Near = anybody) -> None:
        super().__init__(work)
        self._near = near
        self._rows_of: dict[str, int] = {}

    @override
    def write(self, lines: Sequence[Line]) -> None:
        work = self.work
        managers = known_managers(work.session, {line.code("manager") for line in lines}, self._near)
        holders = managers_of(work.session, {line.code("territory") for line in lines}, self._near)
        goods = work.keys("product", "sku_code", (line.code("sku_code") for line in lines))
        found: list[tuple[Line, Given]] = []
        for line in lines:
            with work.guarded(line):
                found.append((line, self._read_target(line, self._manager(line, managers, holders), goods)))
        work.writer.load((TABLE, target.key) for _, target in found)
        normals = shapes()[TABLE].normals
        for line, target in found:
            with work.guarded(line):
                plain = {name: normals[name](value) for name, value in target.values.items()}
                work.put(TABLE, target.key, plain, deleted=False)

    def _manager(self, line: Line, managers: set[str], holders: Mapping[str, Sequence[str]]) -> str:
        code, territory = line.code("manager"), line.code("territory")
        if code:
            if code not in managers:
                raise RowRefused(self.work.problem(line, "manager", Reason.UNKNOWN_MANAGER))
            if territory and code not in holders.get(territory, ()):
                raise RowRefused(self.work.problem(line, "territory", Reason.NOT_THEIR_TERRITORY, code))
            return code
        if not territory:
            raise RowRefused(self.work.problem(line, "manager", Reason.TARGET_FOR_NOBODY))
        found = holders.get(territory, ())
        if not found:
            raise RowRefused(self.work.problem(line, "territory", Reason.NOBODY_IN_TERRITORY))
        if len(found) > 1:
            raise RowRefused(self.work.problem(line, "territory", Reason.SEVERAL_IN_TERRITORY, ", ".join(found)))
        return found[0]

    def _read_target(self, line: Line, manager: str, goods: Mapping[str, str]) -> Given:
        work, kpi = self.work, line.code("kpi")
        try:
            scope = scope_of(kpi, line.code("price_class"), line.code("sku_code"))
            if scope.startswith("sku:"):
                work.known(line, "sku_code", goods, Reason.UNKNOWN_PRODUCT)
            span = read_span(line.code("period"))
            check_span(kpi, span)
            target = Given(manager, span, kpi, scope, kept(kpi, Decimal(str(line.values["value"]))))
        except BadTargetError as bad:
            raise RowRefused(work.problem(line, bad.field, bad.cause.reason, bad.cause.detail)) from None
        first = self._rows_of.setdefault(target.key, line.number)
        if first != line.number:  # the same target in other words
            raise RowRefused(work.problem(line, "kpi", Reason.DUPLICATE, str(first)))
        return target


def managers_of(session: Session, territories: set[str], near: Near = anybody) -> dict[str, list[str]]:
    """Return the managers of these territories."""
    own = Manager.__table__.c
    asked = select(own.territory, own.code).where(among(session, own.territory, sorted(territories)), near(own.code))
    found: dict[str, list[str]] = {}
    for territory, code in session.execute(asked.order_by(own.code)):
        found.setdefault(territory, []).append(code)
    return found
