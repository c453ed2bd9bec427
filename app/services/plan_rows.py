"""The visits of a span of days as the plan reads them: plain SQL, for it is asked again while something is dragged."""

import json
from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from app.domain.visit import VisitStatus
from app.storage.colleagues import IS_OWN

_COLUMNS = (
    "id, customer_id, day, seq, planned_at, status, reasons, locked, due_by, need_key, planned_on, arrived_at, "
    "left_at, moved_to, end_reason"
)


class PlanRow(NamedTuple):
    """One own visit as it is stored."""

    id: UUID
    customer_id: UUID
    day: date
    seq: int | None
    planned_at: time | None
    status: VisitStatus
    reasons: tuple[str, ...]
    locked: bool
    due_by: date | None
    need_key: str | None
    planned_on: date | None
    arrived_at: datetime | None
    """In UTC without a zone, as it is stored."""
    left_at: datetime | None
    moved_to: date | None
    end_reason: str | None

    @property
    def is_planned(self) -> bool:
        """Whether it can still be moved: nothing of it was begun."""
        return self.status is VisitStatus.PLANNED


def rows_between(cursor: Any, first: date, last: date) -> list[PlanRow]:
    """Return the own visits of these days (both count), by day and in their order."""
    rows = cursor.execute(
        f"SELECT {_COLUMNS} FROM visit WHERE day BETWEEN ? AND ? AND deleted_at IS NULL AND {IS_OWN} "
        "ORDER BY day, seq IS NULL, seq, id",
        (first.isoformat(), last.isoformat()),
    )
    return [_row(row) for row in rows]


def rows_of_days(cursor: Any, days: Collection[date]) -> dict[date, list[PlanRow]]:
    """Return the own visits of some days, in their order; a day without any has an empty list."""
    return {day: rows_between(cursor, day, day) for day in days}


def row_of(cursor: Any, visit_id: UUID) -> PlanRow | None:
    """Return an own visit by its id; None where there is none (any more)."""
    row = cursor.execute(
        f"SELECT {_COLUMNS} FROM visit WHERE id = ? AND deleted_at IS NULL AND {IS_OWN}", (visit_id.hex,)
    ).fetchone()
    return None if row is None else _row(row)


def _row(row: tuple[Any, ...]) -> PlanRow:
    (key, shop, day, seq, planned, status, reasons, locked, due, need, first, arrived, left, moved, why) = row
    return PlanRow(
        UUID(key), UUID(shop), date.fromisoformat(day), seq,
        None if planned is None else time.fromisoformat(planned),
        VisitStatus(status), tuple(json.loads(reasons) or ()) if reasons else (),
        bool(locked), _day(due), need, _day(first), _moment(arrived), _moment(left), _day(moved), why,
    )  # fmt: skip


def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)


def _moment(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored)
