"""What a person does to a day, written within a session: filling it, adding and taking out stops, their order."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.day_plan import DayRules
from app.domain.reasons import VisitReason
from app.domain.visit import VisitStatus
from app.models.visit import Visit
from app.services.day_reading import is_filled, moved_without_stop, visits_of
from app.services.day_sheet import planned, read_facts
from app.services.day_timing import DayTimer
from app.storage.database import cursor_of

_OPEN = (VisitStatus.PLANNED.value, VisitStatus.IN_PROGRESS.value)


def fill(session: Session, day: date, rules: DayRules, timer: DayTimer) -> None:
    """Give the day its stops by the rule, if it has none yet."""
    cursor = cursor_of(session)
    if is_filled(cursor, day):
        return
    facts = read_facts(cursor, day)
    stored = {visit.customer_id: visit for visit in _visits(session, day).values()}
    for stop in planned(facts, day, rules, as_stored=False).stops:
        visit = stored.get(stop.shop.id)
        if visit is None:
            visit = Visit(
                customer_id=stop.shop.id,
                day=day,
                status=VisitStatus.PLANNED.value,
                reasons=[why.code.value for why in stop.reasons],
            )
            session.add(visit)
        visit.seq = stop.number
    session.flush()
    _time_again(session, day, timer)


def bring_moved(session: Session, day: date, timer: DayTimer) -> None:
    """Give the shops whose visit was moved to a day that has its stops already one at its end, for the same need."""
    for shop, moved_on in moved_without_stop(cursor_of(session), day).items():
        moved = session.scalars(
            select(Visit)
            .where(Visit.customer_id == shop, Visit.day == moved_on, Visit.moved_to == day, Visit.deleted_at.is_(None))
            .order_by(Visit.id.desc())
        ).first()
        brought = session.get_one(Visit, add_stop(session, day, shop, timer))
        if moved is not None:
            brought.need_key, brought.due_by = moved.need_key, moved.due_by
            brought.planned_on = moved.planned_on or moved.day
    session.flush()


def send_back(session: Session, moved: Visit, now: datetime, timer: DayTimer) -> None:
    """Take out again the stop that a move brought to another day, unless it was begun."""
    brought = session.scalars(
        select(Visit).where(
            Visit.customer_id == moved.customer_id,
            Visit.day == moved.moved_to,
            Visit.planned_on == (moved.planned_on or moved.day),
            Visit.status == VisitStatus.PLANNED.value,
            Visit.deleted_at.is_(None),
        )
    ).first()
    if brought is not None:
        take_out(session, brought.id, now, timer)


def add_stop(session: Session, day: date, customer_id: UUID, timer: DayTimer) -> UUID:
    """Put a shop at the end of the day and return its visit; the one that is open there already, if there is one."""
    present = session.scalar(
        select(Visit.id).where(
            Visit.customer_id == customer_id,
            Visit.day == day,
            Visit.status.in_(_OPEN),
            Visit.deleted_at.is_(None),
        )
    )
    if present is not None:
        return present
    last = session.scalar(select(func.max(Visit.seq)).where(Visit.day == day, Visit.deleted_at.is_(None)))
    visit = Visit(
        customer_id=customer_id,
        day=day,
        seq=(last or 0) + 1,
        status=VisitStatus.PLANNED.value,
        reasons=[VisitReason.PINNED.value],
    )
    session.add(visit)
    session.flush()
    _time_again(session, day, timer)
    return visit.id


def take_out(session: Session, visit_id: UUID, now: datetime, timer: DayTimer) -> None:
    """Take a stop that was only planned out of its day."""
    visit = session.get(Visit, visit_id)
    if visit is not None and VisitStatus(visit.status) is VisitStatus.PLANNED:
        visit.deleted_at = now
        session.flush()
        _time_again(session, visit.day, timer)


def take_back(session: Session, visit_id: UUID, order: Sequence[UUID], timer: DayTimer) -> None:
    """Undo `take_out`; `order` is the order of the day before it."""
    visit = session.get(Visit, visit_id)
    if visit is not None and visit.deleted_at is not None:
        visit.deleted_at = None
        session.flush()
        put_in_order(session, visit.day, order, timer)


def put_in_order(session: Session, day: date, order: Sequence[UUID], timer: DayTimer) -> None:
    """Give the stops this order and time them anew; those that are not in it keep their place before."""
    visits = _visits(session, day)
    named = [visits[i] for i in dict.fromkeys(order) if i in visits]
    others = [visit for visit in visits.values() if visit not in named]
    for number, visit in enumerate(others + named, 1):
        visit.seq = number
    session.flush()
    _time_again(session, day, timer)


def _time_again(session: Session, day: date, timer: DayTimer) -> None:
    """Give the stops numbers and times in their order; what has ended keeps its time."""
    cursor = cursor_of(session)
    visits = _visits(session, day)
    times = timer.times(cursor, day, [visit.customer_id for visit in visits.values()])
    for number, (visit, at) in enumerate(zip(visits.values(), times, strict=True), 1):
        visit.seq = number
        if not VisitStatus(visit.status).ended:
            visit.planned_at = at
    session.flush()


def _visits(session: Session, day: date) -> dict[UUID, Visit]:
    """Return the stops of the day as mapped rows, in order."""
    order = [visit.id for visit in visits_of(cursor_of(session), day)]
    found = {visit.id: visit for visit in session.scalars(select(Visit).where(Visit.id.in_(order)))}
    return {visit_id: found[visit_id] for visit_id in order}
