"""Tasks that the office has given, how far they are, and what was reported."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from app.headoffice.console.drawing import Part
from app.headoffice.console.reach import Reach
from app.headoffice.console.readings.lists import customers_of, like, names_of, part_of
from app.headoffice.models import TABLES, SyncGrant, SyncRow
from app.headoffice.problems import NotFound
from app.headoffice.rows import among
from app.headoffice.task_moving import OPEN

_TASK = TABLES["task"]
SHOWN = ("open", "assigned", "accepted", "done", "cannot", "cancelled", "all")


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task."""

    task: Row[Any]
    key: str
    manager_name: str
    customer: tuple[str, str] | None
    is_overdue: bool
    """It is open and its day has passed."""
    is_left_behind: bool
    """It is open, and its shop lies where its manager has no right: the laptop cannot show it."""


def tasks(
    session: Session, reach: Reach, show: str, manager: str, text: str, today: date, number: int
) -> Part[TaskLine]:  # fmt: skip
    """Return one page of tasks; of open ones those that are overdue at the top, then those due first."""
    query = select(_TASK).where(_TASK.c.deleted_at.is_(None), reach.of_manager(_TASK.c.manager))
    if show != "all":
        query = query.where(_TASK.c.state.in_(OPEN if show == "open" else (show,)))
    if manager:
        query = query.where(_TASK.c.manager == manager)
    if text:
        query = query.where(or_(*(one.ilike(like(text), escape="\\") for one in (_TASK.c.title, _TASK.c.body))))
    order = (_TASK.c.due_on.asc().nulls_last(), _TASK.c.assigned_at.desc())
    if show not in {"open", *OPEN}:
        order = (func.coalesce(_TASK.c.reported_at, _TASK.c.assigned_at).desc(),)
    found = part_of(session, query.order_by(*order, _TASK.c.id), number)
    names = names_of(session, [row.manager for row in found.rows])
    customers = customers_of(session, [row.customer_id for row in found.rows], reach)
    behind = _left_behind(session, found.rows)
    lines = [
        TaskLine(
            row,
            str(row.id),
            names[row.manager].name if row.manager in names else "",
            customers.get(str(row.customer_id)),
            _is_overdue(row, today),
            str(row.id) in behind,
        )
        for row in found.rows
    ]
    return Part(lines, found.number, found.total, found.size)


def _left_behind(session: Session, rows: Iterable[Row[Any]]) -> set[str]:
    """Return the keys of the open tasks of which the manager has no right to the shop."""
    open_ones = [row for row in rows if row.state in OPEN and row.customer_id is not None]
    index, right = SyncRow.__table__.c, SyncGrant.__table__.c
    shops = sorted({str(row.customer_id) for row in open_ones})
    asked = select(index.pk, right.manager).join_from(SyncRow, SyncGrant, right.scope == index.scope)
    held = session.execute(asked.where(index.tbl == "customer", among(session, index.pk, shops), right.until.is_(None)))
    holds = {(key, manager) for key, manager in held}
    return {str(row.id) for row in open_ones if (str(row.customer_id), row.manager) not in holds}


def _is_overdue(row: Row[Any], today: date) -> bool:
    return row.state in OPEN and row.due_on is not None and row.due_on < today


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
    return TaskLine(row, str(wanted), name, customers.get(str(row.customer_id)), _is_overdue(row, today),
                    bool(_left_behind(session, [row])))  # fmt: skip
