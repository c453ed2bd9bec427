"""What happened with one customer: visits, orders and changes of the archive, newest first."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.visit import VisitStatus
from app.models.customer import CustomerChange
from app.models.visit import DiagnosisRating, ImprovementPlan, Photo, Visit
from app.services.order_history import order_days
from app.storage.colleagues import colleague_of
from app.storage.database import cursor_of

_REGISTRATION = "registration"


class EventKind(StrEnum):
    """The kinds of events."""

    VISIT = "visit"
    ORDER = "order"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One event; which fields are filled depends on its kind."""

    kind: EventKind
    day: date
    at: datetime | None = None
    visit_id: UUID | None = None
    status: VisitStatus | None = None
    rated: int = 0
    """diagnosis items judged"""
    planned: int = 0
    """improvement plans made"""
    photos: int = 0
    note: str = ""
    quantity: int | None = None
    amount: int | None = None
    lines: int | None = None
    field: str = ""
    old: str | None = None
    new: str | None = None
    by: str = ""
    """who changed it; of a visit the colleague who made it, empty where it is this manager's"""
    source: str = ""
    change_id: int | None = None
    onboarding: tuple[str, ...] = ()
    """codes of the steps with a new customer that were done at a visit"""
    from_paper: bool = False
    """a visit that was entered later from a paper form"""


def read_timeline(session: Session, customer_id: UUID, since: date, until: date) -> tuple[TimelineEvent, ...]:
    """Return the events between two days, newest first."""
    events = [
        *_visits(session, customer_id, since, until),
        *_orders(session, customer_id, since, until),
        *_changes(session, customer_id, since),
    ]
    return tuple(sorted(events, key=_moment, reverse=True))


def _moment(event: TimelineEvent) -> tuple[date, str, int]:
    """Return what the events are sorted by; of changes within one second the one recorded later is the later."""
    at = f"{event.at.astimezone():%H:%M:%S}" if event.at is not None else ""
    return event.day, at, event.change_id or 0


def _visits(session: Session, customer_id: UUID, since: date, until: date) -> list[TimelineEvent]:
    visits = session.execute(
        select(
            Visit.id,
            Visit.day,
            Visit.started_at,
            Visit.arrived_at,
            Visit.status,
            Visit.wrap_note,
            Visit.end_note,
            Visit.paper_entered_at,
            Visit.onboarding_done,
        )
        .where(
            Visit.customer_id == customer_id,
            Visit.day.between(since, until),
            Visit.status != VisitStatus.PLANNED.value,
            Visit.deleted_at.is_(None),
        )
        .order_by(Visit.day)
    ).all()
    ids, cursor = [visit.id for visit in visits], cursor_of(session)
    rated = _counts(session, DiagnosisRating, ids, DiagnosisRating.state.is_not(None))
    planned = _counts(session, ImprovementPlan, ids, ImprovementPlan.target_state.is_not(None))
    photos = _counts(session, Photo, ids, Photo.id.is_not(None))
    return [
        TimelineEvent(
            EventKind.VISIT,
            visit.day,
            at=visit.arrived_at or visit.started_at,
            visit_id=visit.id,
            status=VisitStatus(visit.status),
            rated=rated.get(visit.id, 0),
            planned=planned.get(visit.id, 0),
            photos=photos.get(visit.id, 0),
            note=visit.wrap_note or visit.end_note or "",
            by=colleague_of(cursor, visit.id),
            onboarding=tuple(visit.onboarding_done or ()),
            from_paper=visit.paper_entered_at is not None,
        )
        for visit in visits
    ]


def _counts(
    session: Session, model: type[DiagnosisRating | ImprovementPlan | Photo], visits: list[UUID], condition: object
) -> dict[UUID, int]:
    if not visits:
        return {}
    rows = session.execute(
        select(model.visit_id, func.count())
        .where(model.visit_id.in_(visits), model.deleted_at.is_(None), condition)  # pyright: ignore[reportArgumentType]
        .group_by(model.visit_id)
    )
    return {row[0]: row[1] for row in rows}


def _orders(session: Session, customer_id: UUID, since: date, until: date) -> list[TimelineEvent]:
    return [
        TimelineEvent(EventKind.ORDER, day, quantity=quantity, amount=amount, lines=lines)
        for day, quantity, amount, lines in order_days(session, customer_id, since, until)
    ]


def _changes(session: Session, customer_id: UUID, since: date) -> list[TimelineEvent]:
    rows = session.scalars(
        select(CustomerChange).where(CustomerChange.customer_id == customer_id, CustomerChange.source != _REGISTRATION)
    )
    return [
        TimelineEvent(
            EventKind.CHANGE,
            row.changed_at.astimezone().date(),
            at=row.changed_at,
            field=row.field,
            old=row.old,
            new=row.new,
            by=row.changed_by,
            source=row.source,
            change_id=row.id,
        )
        for row in rows
        if row.changed_at.astimezone().date() >= since
    ]
