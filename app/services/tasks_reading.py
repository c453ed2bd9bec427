"""Reads tasks of head office as plain lines: open ones of the manager or of a shop, and those reported lately."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.domain.tasks import Due, TaskState, due_of, evidence_of
from app.services.day_reading import SHOWN_NAME

_LATELY = timedelta(days=3)
_COLUMNS = (
    "t.id, t.title, t.body, t.kind, t.due_on, t.assigned_by, t.assigned_at, t.state, t.report_note, t.report_reason,"
    " t.report_visit_id, t.reported_at, t.customer_id, c.cust_code, " + SHOWN_NAME
)
_FROM = " FROM task t LEFT JOIN customer c ON c.id = t.customer_id WHERE t.deleted_at IS NULL"


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task as it is shown."""

    id: UUID
    title: str
    body: str
    kind: str
    due_on: date | None
    due: Due
    assigned_by: str
    assigned_on: date
    state: TaskState
    note: str
    reason: str
    visit_id: UUID | None
    """The visit whose record and photos are the evidence."""
    reported_at: datetime | None
    customer_id: UUID | None
    code: str
    shop: str
    photos: int
    """Photos chosen as its evidence."""
    is_waiting: bool
    """What the manager said last has not reached head office yet."""
    can_take_back: bool
    """It has not even been sent, so nobody has read it."""


def read_board(cursor: Any, today: date) -> tuple[TaskLine, ...]:
    """Return what is open, most urgent first, then what was reported or called off in the last days."""
    since = (today - _LATELY).isoformat()
    return _lines(
        cursor,
        " AND (t.state IN ('assigned', 'accepted') OR t.reported_at >= ?"
        " OR (t.state = 'cancelled' AND t.changed_at >= ?)"
        " OR t.id IN (SELECT row_id FROM outbox WHERE tbl = 'task'))",
        (since, since),
        today,
    )


def read_of_customer(cursor: Any, customer_id: UUID, today: date) -> tuple[TaskLine, ...]:
    """Return every task of a shop, the open ones first."""
    return _lines(cursor, " AND t.customer_id = ?", (customer_id.hex,), today)


def _lines(cursor: Any, where: str, values: tuple[str, ...], today: date) -> tuple[TaskLine, ...]:
    rows = cursor.execute(f"SELECT {_COLUMNS}{_FROM}{where}", values).fetchall()
    photos = _photos(cursor) if any(row[10] for row in rows) else Counter[UUID]()
    queued: dict[str, str] = dict(
        cursor.execute("SELECT row_id, state FROM outbox WHERE tbl = 'task' ORDER BY no").fetchall()
    )
    lines = [_line(row, today, photos, queued) for row in rows]
    return tuple(sorted(lines, key=_order))


def _line(row: tuple[Any, ...], today: date, photos: Counter[UUID], queued: dict[str, str]) -> TaskLine:
    key, title, body, kind, due, by, at, state, note, reason, visit, reported, customer, code, shop = row
    task, due_on = UUID(key), date.fromisoformat(due) if due else None
    return TaskLine(
        id=task,
        title=title,
        body=body or "",
        kind=kind or "",
        due_on=due_on,
        due=due_of(due_on, today),
        assigned_by=by,
        assigned_on=_moment(at).date(),
        state=TaskState(state),
        note=note or "",
        reason=reason or "",
        visit_id=UUID(visit) if visit else None,
        reported_at=_moment(reported) if reported else None,
        customer_id=UUID(customer) if customer else None,
        code=code or "",
        shop=shop or "",
        photos=photos[task],
        is_waiting=key in queued,
        can_take_back=queued.get(key) == "pending",
    )


def _photos(cursor: Any) -> Counter[UUID]:
    found = cursor.execute("SELECT item FROM photo WHERE item LIKE 'task:%' AND deleted_at IS NULL").fetchall()
    return Counter(task for (item,) in found if (task := evidence_of(item)) is not None)


def _order(line: TaskLine) -> tuple[bool, date, datetime, str]:
    """Put what is open and due first; what was reported stands below, the newest first by its day."""
    reported = datetime.min.replace(tzinfo=UTC) if line.reported_at is None else line.reported_at
    return (not line.state.is_open, line.due_on or date.max, reported, line.title)


def _moment(held: str) -> datetime:
    return datetime.fromisoformat(held).replace(tzinfo=UTC).astimezone()
