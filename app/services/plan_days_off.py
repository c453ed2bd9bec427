"""Marking days that are not what the calendar says: off, half, on leave, or worked."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.planning.working_days import MarkKind
from app.models.plan import DayOff


def mark_day(session: Session, day: date, kind: MarkKind | None, note: str, now: datetime) -> None:
    """Mark a day, or with None give it back to the calendar; one row holds the mark of a day."""
    marks = list(session.scalars(select(DayOff).where(DayOff.day == day, DayOff.deleted_at.is_(None))))
    if kind is None:
        for mark in marks:
            mark.deleted_at = now
        return
    if not marks:
        session.add(DayOff(day=day, kind=kind.value, note=note.strip() or None))
        return
    for mark in marks:
        mark.kind, mark.note = kind.value, note.strip() or None
