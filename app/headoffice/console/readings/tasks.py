"""Tasks that the office has given, how far they are, and what was reported."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from app.headoffice.console.drawing import Part
from app.headoffice.console.reach import Reach
from app.headoffice.console.readings.lists import customers_of, like, names_of, part_of
from app.headoffice.models import TABLES
from app.headoffice.problems import NotFound

_TASK = TABLES["task"]
SHOWN = ("open", "assigned", "accepted", "done", "cannot", "cancelled", "all")
_OPEN = ("assigned", "accepted")


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task."""

    task: Row[Any]
    key: str
    manager_name: str
    customer: tuple[str, str] | None
    is_overdue: bool
    """It is open and its day has passed."""


def tasks(
    session: Session, reach: Reach, show: str, manager: str, text: str, today: date, number: int
) -> Part[TaskLine]:  # fmt: skip
    """Return one page of tasks; of open ones those that are overdue at the top, then those due first."""
    query = select(_TASK).where(_TASK.c.deleted_at.is_(None), reach.of_manager(_TASK.c.manager))
    if show != "all":
        query = query.where(_TASK.c.state.in_(_OPEN if show == "open" else (show,)))
    if manager:
        query = query.where(_TASK.c.manager == manager)
    if text:
        query = query.where(or_(*(one.ilike(like(text), escape="\\") for one in (_TASK.c.title, _TASK.c.body))))
    order = (_TASK.c.due_on.asc().nulls_last(), _TASK.c.assigned_at.desc())
    if show not in {"open", *_OPEN}:
        order = (func.coalesce(_TASK.c.reported_at, _TASK.c.assigned_at).desc(),)
    found = part_of(session, query.order_by(*order, _TASK.c.id), number)
    names = names_of(session, [row.manager for row in found.rows])
    customers = customers_of(session, [row.customer_id for row in found.rows], reach)
    lines = [
        TaskLine(
            row,
            str(row.id),
            names[row.manager].name if row.manager in names else "",
            customers.get(str(row.customer_id)),
            _is_overdue(row, today),
        )
        for row in found.rows
    ]
    return Part(lines, found.number, found.total, found.size)


def _is_overdue(row: Row[Any], today: date) -> bool:
    return row.state in _OPEN and row.due_on is not None and row.due_on < today


def task(session: Session, reach: Reach, key: str, today: date) -> TaskLine:
    """Return one task. Raises NotFound, for one of another territory's manager too."""
    try:
        wanted = UUID(key)
    except ValueError:
        raise NotFound(key) from None
    row = session.execute(select(_TASK).where(_TASK.c.id == wanted, _TASK.c.deleted_at.is_(None))).one_or_none()
    if row is None:
        raise NotFound(key)
    reach.check_manager(session, row.manager)
    names = names_of(session, [row.manager])
    customers = customers_of(session, [row.customer_id], reach)
    name = names[row.manager].name if row.manager in names else ""
    return TaskLine(row, str(wanted), name, customers.get(str(row.customer_id)), _is_overdue(row, today))
