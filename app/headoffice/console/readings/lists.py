"""What the lists have in common: one page of a query, keys as texts, names of customers, days of this place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, String, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from app.headoffice.console.drawing import PAGE, Part
from app.headoffice.console.reach import Reach
from app.headoffice.models import TABLES, Manager
from app.headoffice.rows import among


@dataclass(frozen=True, slots=True)
class Named:
    """A manager, as a list tells of them."""

    code: str
    name: str
    territory: str


AnySelect = Any
"""A query, whatever it selects: the type of a Select names its columns one by one."""
_DASHED = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))


def part_of(session: Session, query: AnySelect, number: int, size: int = PAGE) -> Part[Row[Any]]:
    """Return one page of an ordered query, the last one where there are not so many."""
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    number = min(number, max(1, -(-total // size)))
    rows = session.execute(query.limit(size).offset((number - 1) * size)).all()
    return Part(rows, number, total, size)


def key_text(session: Session, column: Any) -> ColumnElement[str]:
    """Return a row's key as the text under which the index knows it."""
    if session.get_bind().dialect.name == "postgresql":
        return cast(column, String)
    plain = type_coerce(column, String)
    parts: list[ColumnElement[str]] = [func.substr(plain, start, length) for start, length in _DASHED]
    whole = parts[0]
    for one in parts[1:]:
        whole = whole + "-" + one
    return whole


def customers_of(
    session: Session, keys: Iterable[str | UUID | None], reach: Reach
) -> dict[str, tuple[str, str]]:  # fmt: skip
    """Return code and name of the customers with these keys, as far as they lie in reach."""
    table = TABLES["customer"]
    near = reach.nearby(session, {("customer", str(key)) for key in keys if key is not None})
    wanted = sorted(UUID(key) for _, key in near)
    asked = select(table.c.id, table.c.cust_code, table.c.cust_name).where(among(session, table.c.id, wanted))
    return {str(row.id): (row.cust_code, row.cust_name) for row in session.execute(asked)}


def names_of(session: Session, codes: Sequence[str]) -> dict[str, Named]:
    """Return who the managers with these codes are."""
    asked = select(Manager.code, Manager.name, Manager.territory).where(
        among(session, Manager.__table__.c.code, sorted(set(codes)))
    )
    return {row.code: Named(row.code, row.name, row.territory) for row in session.execute(asked)}


def midnight(day: date) -> datetime:
    """Return the moment at which a day of this place begins."""
    return datetime.combine(day, time()).astimezone(UTC)


def today_of(now: datetime) -> date:
    """Return the day of this place."""
    return now.astimezone().date()


def like(text: str) -> str:
    """Return a pattern that finds the text anywhere."""
    plain = text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{plain}%"
