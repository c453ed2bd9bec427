"""Reads what a plan lies on; kept until the shops, the calendar or the setup change, for a drag asks many times."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain.planning.problem import MonthProblem, PlanShop, Span, WorkDay
from app.domain.planning.views import DayKind
from app.services.day_reading import SHOWN_NAME, last_visits, trading_shops
from app.services.plan_ground import DayFace, PlanGround
from app.storage.database import cursor_of

_Marks: TypeAlias = "tuple[Any, ...]"
_CHANGED = "SELECT count(*), max(changed_at) FROM "


@dataclass(slots=True)
class GroundReader:
    """Reads the ground of a span of days, or gives the last one where nothing under it has changed."""

    _marks: _Marks = ()
    _ground: PlanGround | None = None

    def kept(self, session: Session, first: date, last: date, today: date) -> PlanGround:
        """Return the ground; how shops were visited last may be older than the newest visit."""
        marks = (first, last, today, *_marks_of(cursor_of(session)))
        if self._ground is None or marks != self._marks:
            self._ground, self._marks = read_ground(session, first, last, today), marks
        return self._ground


def read_ground(session: Session, first: date, last: date, today: date) -> PlanGround:
    """Read shops, calendar and setup for a span of days (both count)."""
    cursor = cursor_of(session)
    visited = last_visits(cursor, today + timedelta(days=1))
    shops = {
        row.id: PlanShop(
            row.id,
            row.code,
            row.name,
            row.point,
            False,
            "V3",
            30,
            row.order_weekday,
            12,
            last_visit=visited.get(row.id),
        )
        for row in trading_shops(cursor)
    }
    faces: dict[date, DayFace] = {}
    day = first
    while day <= last:
        works = day.isoweekday() <= 5
        work = WorkDay(day, 25, 390, time(9), Span(time(12), time(13, 30))) if works else None
        faces[day] = DayFace(day, DayKind.WORK if works else DayKind.OFF, "" if works else "weekend", False, work)
        day += timedelta(days=1)
    return PlanGround(shops, faces, gone=_gone(cursor))


def read_needs(session: Session, month: date, today: date) -> MonthProblem:
    return MonthProblem(month, (), (), ())


def _gone(cursor: Any) -> dict[UUID, tuple[str, str]]:
    rows = cursor.execute(
        f"SELECT id, cust_code, {SHOWN_NAME} FROM customer WHERE deleted_at IS NOT NULL OR exit_date IS NOT NULL"
    )
    return {UUID(key): (code, name) for key, code, name in rows}


def _marks_of(cursor: Any) -> _Marks:
    marks: list[Any] = []
    for table in ("customer", "cadence_choice", "day_off"):
        marks += cursor.execute(_CHANGED + table).fetchone()
    return tuple(marks)
