"""Reading a visit as plain data: its head, the rows recorded in it, where the person was, what a power cut left."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.domain.visit import Step, VisitStatus
from app.models.base import SyncedRow
from app.models.customer import Customer
from app.models.local import StoreFact, VisitCursor
from app.models.visit import (
    AdviceLine,
    DiagnosisRating,
    ImprovementPlan,
    Photo,
    Promise,
    ShelfCheck,
    StockCount,
    Visit,
)
from app.services.recording import load
from app.services.visit_rows import SHELF_ROW, VISIT_ROW, WRITABLE, FieldValue, RowKey, RowKind, Values
from app.storage.colleagues import colleague_of
from app.storage.database import cursor_of
from app.storage.facts import CURRENCY, UNIT

MODELS: Mapping[RowKind, type[SyncedRow]] = {
    RowKind.VISIT: Visit,
    RowKind.STOCK: StockCount,
    RowKind.SHELF: ShelfCheck,
    RowKind.RATING: DiagnosisRating,
    RowKind.ADVICE: AdviceLine,
    RowKind.PLAN: ImprovementPlan,
    RowKind.PROMISE: Promise,
    RowKind.PHOTO: Photo,
}
_COUNTED = tuple(kind for kind in MODELS if kind is not RowKind.VISIT)
_PARTS: Mapping[RowKind, str] = {
    RowKind.STOCK: "product_id",
    RowKind.RATING: "item",
    RowKind.ADVICE: "product_id",
    RowKind.PLAN: "id",
    RowKind.PROMISE: "id",
    RowKind.PHOTO: "id",
}
_READ_ONLY_FIELDS: Mapping[RowKind, tuple[str, ...]] = {
    RowKind.PLAN: ("visit_id",),
    RowKind.PROMISE: ("visit_id",),
    RowKind.PHOTO: ("sha256", "byte_size", "width", "height", "added_at"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the person is in a visit: a step, and a field of it."""

    step: Step
    field: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the person was: the step, and the last field of each step."""

    step: Step = Step.BRIEF
    fields: Mapping[Step, str] = field(default_factory=dict[Step, str])
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VisitHead:
    """What every step of a visit needs to know; times are local."""

    visit_id: UUID
    customer_id: UUID
    customer_code: str
    customer_name: str
    day: date
    status: VisitStatus
    order_weekday: int | None
    serial: int | None
    seq: int | None
    planned_at: time | None
    reasons: tuple[str, ...]
    planned_items: tuple[str, ...]
    started_at: datetime | None
    arrived_at: datetime | None
    left_at: datetime | None
    playbook_version: str | None
    end_reason: str | None
    end_note: str | None
    moved_to: date | None
    unit: str | None
    """The unit of quantities in this store: 条 or bottle."""
    currency: str | None
    colleague: str = ""
    """The name of the colleague who made it; it can be read, but not gone on with."""
    paper_entered_at: datetime | None = None
    """When it was begun to be entered from a paper form; None for a visit entered at the shop."""


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """A whole visit: its head, every row recorded in it, and where the person was."""

    head: VisitHead
    rows: Mapping[RowKey, Values]
    cursor: Cursor


@dataclass(frozen=True, slots=True)
class RestoredVisit:
    """A visit that was under way when the program ended: what of it is there."""

    visit_id: UUID
    customer_name: str
    place: Place
    last_saved: datetime | None
    counts: Mapping[RowKind, int]
    """How many rows of each kind are recorded."""


def read_head(session: Session, visit_id: UUID) -> VisitHead:
    """Return the head of a visit; raises RuleError with NOT_FOUND."""
    visit = load(session, Visit, visit_id)
    customer = load(session, Customer, visit.customer_id)
    facts = {fact.key: fact.value for fact in session.scalars(select(StoreFact))}
    return VisitHead(
        visit_id=visit.id,
        customer_id=customer.id,
        customer_code=customer.cust_code,
        customer_name=customer.shop_name or customer.cust_name,
        day=visit.day,
        status=VisitStatus(visit.status),
        order_weekday=customer.order_weekday,
        serial=visit.serial,
        seq=visit.seq,
        planned_at=visit.planned_at,
        reasons=tuple(visit.reasons or ()),
        planned_items=tuple(visit.planned_items or ()),
        started_at=_local(visit.started_at),
        arrived_at=_local(visit.arrived_at),
        left_at=_local(visit.left_at),
        playbook_version=visit.playbook_version,
        end_reason=visit.end_reason,
        end_note=visit.end_note,
        moved_to=visit.moved_to,
        unit=facts.get(UNIT),
        currency=facts.get(CURRENCY),
        colleague=colleague_of(cursor_of(session), visit_id),
        paper_entered_at=_local(visit.paper_entered_at),
    )


def read_sheet(session: Session, visit_id: UUID) -> VisitSheet:
    """Return the whole visit, with the plans and promises of earlier visits that are still open."""
    head = read_head(session, visit_id)
    rows: dict[RowKey, Values] = {
        VISIT_ROW: _values(load(session, Visit, visit_id), RowKind.VISIT),
        SHELF_ROW: {},
    }
    for kind in (RowKind.STOCK, RowKind.SHELF, RowKind.RATING, RowKind.ADVICE, RowKind.PHOTO):
        model = cast("Any", MODELS[kind])
        for row in session.scalars(select(model).where(model.visit_id == visit_id, model.deleted_at.is_(None))):
            rows[key_of(row, kind)] = _values(row, kind)
    midnight = datetime.combine(head.day, time.min).astimezone()
    plans = select(ImprovementPlan).where(
        ImprovementPlan.customer_id == head.customer_id,
        ImprovementPlan.deleted_at.is_(None),
        or_(
            ImprovementPlan.visit_id == visit_id,
            ImprovementPlan.self_reached.is_(None),
            # What was assessed on the day of this visit can still be mended in it.
            ImprovementPlan.assessed_at.between(midnight, midnight + timedelta(days=1)),
        ),
    )
    promises = select(Promise).where(
        Promise.customer_id == head.customer_id,
        Promise.deleted_at.is_(None),
        or_(Promise.visit_id == visit_id, Promise.done_on.is_(None) & Promise.dropped_reason.is_(None)),
    )
    rows |= {key_of(row, RowKind.PLAN): _values(row, RowKind.PLAN) for row in session.scalars(plans)}
    rows |= {key_of(row, RowKind.PROMISE): _values(row, RowKind.PROMISE) for row in session.scalars(promises)}
    return VisitSheet(head, rows, read_cursor(session, visit_id))


def read_cursor(session: Session, visit_id: UUID) -> Cursor:
    """Return where the person was; the first step if the visit was never opened."""
    found = session.get(VisitCursor, visit_id)
    if found is None:
        return Cursor()
    return Cursor(Step(found.step), {Step(step): name for step, name in found.fields.items()}, _local(found.at))


def read_restored(session: Session) -> RestoredVisit | None:
    """Return the visit that was under way last, with what of it is recorded; None if none is."""
    found = session.execute(
        select(Visit.id, VisitCursor.at)
        .join(VisitCursor, VisitCursor.visit_id == Visit.id)
        .where(Visit.status == VisitStatus.IN_PROGRESS.value, Visit.deleted_at.is_(None))
        .order_by(VisitCursor.at.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    head, cursor = read_head(session, found.id), read_cursor(session, found.id)
    counts: dict[RowKind, int] = {}
    for kind in _COUNTED:
        model = cast("Any", MODELS[kind])
        where = (model.visit_id == found.id, model.deleted_at.is_(None))
        counts[kind] = session.scalar(select(func.count()).select_from(model).where(*where)) or 0
    place = Place(cursor.step, cursor.fields.get(cursor.step, ""))
    return RestoredVisit(found.id, head.customer_name, place, cursor.at, counts)


def key_of(row: SyncedRow, kind: RowKind) -> RowKey:
    """Return the key by which the screen knows a row."""
    part = _PARTS.get(kind)
    return RowKey(kind, getattr(row, part) if part else None)


def column_key(key: RowKey, visit_id: UUID) -> dict[str, Any]:
    """Return the columns and values that find the row in its table."""
    if key.kind is RowKind.VISIT:
        return {"id": visit_id}
    part = _PARTS.get(key.kind)
    if part == "id":
        return {"id": key.part}
    return {"visit_id": visit_id} if part is None else {"visit_id": visit_id, part: key.part}


def _values(row: SyncedRow, kind: RowKind) -> Values:
    names = [name for name in (*WRITABLE[kind], *_READ_ONLY_FIELDS.get(kind, ())) if hasattr(row, name)]
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> FieldValue:
    if isinstance(value, list):
        return tuple(cast("list[str]", value))
    return _local(value) if isinstance(value, datetime) else value


def _local(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone()
