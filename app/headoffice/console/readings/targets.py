"""Targets that head office has given for a month or a year, who has none yet, and what was taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select
from sqlalchemy.orm import Session

from app.headoffice.console.drawing import Part
from app.headoffice.console.reach import Reach
from app.headoffice.console.readings.lists import AnySelect, key_text, like, part_of
from app.headoffice.models import TABLES, Manager, SyncRow
from app.headoffice.rows import among
from app.headoffice.target_values import MONTH, TABLE, YEAR, Span, told
from app.playbooks.loader import load_playbook

SHOWN = ("given", "missing", "withdrawn")
_TARGET, _OWN, _PRODUCT, _ROW = TABLES[TABLE], TABLES["kpi_target"], TABLES["product"], SyncRow.__table__
_MOST_SPANS = 60
_Which = tuple[str, str, str]
"""Manager, figure and scope: what a target of a period is of."""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target with who gave it, and beside it the manager's own."""

    key: str
    target: Row[Any]
    product: str
    """The name of the SKU that it is of."""
    value: Decimal
    """As it is told."""
    own: Decimal | None
    """What the manager set, where there is such a target."""


@dataclass(frozen=True, slots=True)
class TargetFigures:
    """How many managers have targets of a period, and how many have none."""

    given: int
    missing: int


def spans(session: Session, reach: Reach, today: date) -> list[Span]:
    """Return the periods that a person chooses from, newest first: those with targets, this one and the next."""
    known = select(_TARGET.c.period, _TARGET.c.month).where(_is_near(reach)).distinct()
    found = {
        Span(row.period, row.month)
        for row in session.execute(known.order_by(_TARGET.c.month.desc()).limit(_MOST_SPANS))
    }
    return sorted(found | set(usual_spans(today)), key=lambda one: (one.first, one.period == YEAR), reverse=True)


def usual_spans(today: date) -> tuple[Span, ...]:
    """Return this month and the next, this year and the next."""
    following = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    years = (date(today.year, 1, 1), date(today.year + 1, 1, 1))
    return Span(MONTH, today.replace(day=1)), Span(MONTH, following), *(Span(YEAR, one) for one in years)


def figures(session: Session, reach: Reach, span: Span) -> TargetFigures:
    """Return how many managers have targets of the period."""
    near = reach.of_manager(Manager.code)
    everybody = session.scalar(select(func.count()).select_from(Manager).where(near)) or 0
    having = select(func.count()).select_from(Manager).where(near, Manager.code.in_(_having(span)))
    given = session.scalar(having) or 0
    return TargetFigures(given, everybody - given)


def targets(
    session: Session, reach: Reach, span: Span, text: str, number: int, *, withdrawn: bool, size: int | None = None
) -> Part[TargetLine]:
    """Return one page of the targets of a period, those that stand or those that were taken back."""
    query = _of(session, span, withdrawn=withdrawn).where(_is_near(reach), *_searched(text))
    found = part_of(session, query, number) if size is None else part_of(session, query, number, size)
    products = _products(session, found.rows)
    own = _own(session, span, {row.manager for row in found.rows})
    return Part([_line(row, products, own) for row in found.rows], found.number, found.total, found.size)


def without(session: Session, reach: Reach, span: Span, text: str, number: int) -> Part[Row[Any]]:
    """Return one page of the managers who have no target of the period."""
    query = select(Manager.code, Manager.name, Manager.territory).where(
        reach.of_manager(Manager.code), Manager.code.not_in(_having(span)), *_searched(text)
    )
    return part_of(session, query.order_by(Manager.territory, Manager.code), number)


def managers_in_reach(session: Session, reach: Reach) -> Sequence[Any]:
    """Return code, name and territory of all managers that a person may give targets to."""
    asked = select(Manager.code, Manager.name, Manager.territory).where(reach.of_manager(Manager.code))
    return session.execute(asked.order_by(Manager.territory, Manager.code)).all()


def _of(session: Session, span: Span, *, withdrawn: bool) -> AnySelect:
    choices = load_playbook().enumerations["target_kpi"].choices
    place = case({choice.code: at for at, choice in enumerate(choices)}, value=_TARGET.c.kpi, else_=len(choices))
    state = _TARGET.c.deleted_at.is_not(None) if withdrawn else _TARGET.c.deleted_at.is_(None)
    return (
        select(_TARGET, Manager.name, Manager.territory, _ROW.c.writer, _ROW.c.changed_at.label("given_at"))
        .join(Manager, Manager.code == _TARGET.c.manager)
        .join(SyncRow, and_(_ROW.c.tbl == TABLE, _ROW.c.pk == key_text(session, _TARGET.c.id)))
        .where(_TARGET.c.period == span.period, _TARGET.c.month == span.first, state)
        .order_by(Manager.territory, Manager.code, place, _TARGET.c.scope)
    )


def _line(row: Row[Any], products: Mapping[str, str], own: Mapping[_Which, Decimal]) -> TargetLine:
    mine = own.get((row.manager, row.kpi, row.scope))
    return TargetLine(
        key=str(row.id),
        target=row,
        product=products.get(row.scope, ""),
        value=told(row.kpi, row.value),
        own=None if mine is None else told(row.kpi, mine),
    )


def _having(span: Span) -> AnySelect:
    return select(_TARGET.c.manager).where(
        _TARGET.c.period == span.period, _TARGET.c.month == span.first, _TARGET.c.deleted_at.is_(None)
    )


def _searched(text: str) -> Iterable[ColumnElement[bool]]:
    if text:
        named = (Manager.code, Manager.name, Manager.territory)
        yield or_(*(one.ilike(like(text), escape="\\") for one in named))


def _products(session: Session, rows: Iterable[Row[Any]]) -> dict[str, str]:
    """Return the names of the SKUs that targets are of, by scope."""
    codes = sorted({row.scope.removeprefix("sku:") for row in rows if row.scope.startswith("sku:")})
    asked = select(_PRODUCT.c.sku_code, _PRODUCT.c.name).where(among(session, _PRODUCT.c.sku_code, codes))
    return {f"sku:{row.sku_code}": row.name for row in session.execute(asked)}


def _own(session: Session, span: Span, managers: set[str]) -> dict[_Which, Decimal]:
    """Return the targets that these managers set themselves; of several laptops' the newest."""
    asked = (
        select(_ROW.c.author, _OWN.c.kpi, _OWN.c.scope, _OWN.c.value)
        .join_from(_OWN, SyncRow, and_(_ROW.c.tbl == "kpi_target", _ROW.c.pk == key_text(session, _OWN.c.id)))
        .where(
            _OWN.c.period == span.period,
            _OWN.c.month == span.first,
            _OWN.c.deleted_at.is_(None),
            among(session, _ROW.c.author, sorted(managers)),
        )
        .order_by(_ROW.c.changed_at)
    )
    return {(row.author, row.kpi, row.scope): row.value for row in session.execute(asked)}


def _is_near(reach: Reach) -> ColumnElement[bool]:
    return reach.of_manager(_TARGET.c.manager)
