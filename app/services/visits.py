"""What a person does with a visit: plan it, work in it field by field, end it, take it up again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.changes import Changes, Kind
from app.domain.playbook import Playbook
from app.domain.problems import Problem, Refusal, RuleError
from app.domain.visit import Step, VisitStatus, refusals_to_finish
from app.models.customer import Customer
from app.models.local import StoreFact
from app.models.visit import ImprovementPlan, Photo, Promise, Visit
from app.runtime.clock import Clock
from app.services.recording import load, record
from app.services.visit_cursor import put_cursor
from app.services.visit_reading import (
    MODELS,
    Place,
    RestoredVisit,
    VisitHead,
    VisitSheet,
    column_key,
    read_head,
    read_restored,
    read_sheet,
)
from app.services.visit_rows import SHELF_ROW, VISIT_ROW, WRITABLE, FieldValue, RowChange, RowKind, stock_row
from app.storage.database import Database
from app.storage.facts import LAST_SERIAL, set_fact
from app.storage.row_writer import plain_sql

_STATUS = "SELECT status, customer_id FROM visit WHERE id = ? AND deleted_at IS NULL"
_OWN_ROWS = {RowKind.PLAN: ImprovementPlan, RowKind.PROMISE: Promise, RowKind.PHOTO: Photo}


@dataclass(frozen=True, slots=True)
class Saved:
    """What one save changed, and when it was on disk."""

    changes: Changes
    at: datetime


class Visits:
    """The visits of this laptop."""

    def __init__(self, database: Database, clock: Clock, playbook: Playbook) -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook

    def plan(
        self,
        customer_id: UUID,
        day: date,
        *,
        reasons: Collection[str] = (),
        seq: int | None = None,
        planned_at: time | None = None,
        planned_items: Collection[str] = (),
    ) -> UUID:
        """Return the visit of that customer on that day that has not ended; it is planned if there is none."""
        with self._database.write() as session:
            found = session.scalar(
                select(Visit.id).where(
                    Visit.customer_id == customer_id,
                    Visit.day == day,
                    Visit.deleted_at.is_(None),
                    Visit.status.in_((VisitStatus.PLANNED.value, VisitStatus.IN_PROGRESS.value)),
                )
            )
            if found is not None:
                return found
            load(session, Customer, customer_id)
            visit = Visit(
                customer_id=customer_id,
                day=day,
                status=VisitStatus.PLANNED.value,
                reasons=list(reasons) or None,
                seq=seq,
                planned_at=planned_at,
                planned_items=list(planned_items) or None,
            )
            session.add(visit)
            session.flush()
            return visit.id

    def head(self, visit_id: UUID) -> VisitHead:
        """Return what every step needs to know of a visit."""
        with self._database.read() as session:
            return read_head(session, visit_id)

    def sheet(self, visit_id: UUID) -> VisitSheet:
        """Return the whole visit: head, rows, and where the person was."""
        with self._database.read() as session:
            return read_sheet(session, visit_id)

    def open_visit(self) -> RestoredVisit | None:
        """Return the visit that was under way when the program ended last; None if none was."""
        with self._database.read() as session:
            return read_restored(session)

    def start(self, visit_id: UUID) -> Changes:
        """Begin a planned visit: it gets its serial number and keeps the version of the playbook."""
        with self._database.write() as session:
            self._begin(session, visit_id)
        return Changes.of(Kind.VISIT, visit_id)

    def record(self, visit_id: UUID, changes: Sequence[RowChange], place: Place | None = None) -> Saved:
        """Write fields of one or more rows, and where the person is, in one transaction; a planned visit begins.

        Raises RuleError with ALREADY_COMPLETED once the visit has ended (reopen it first), READ_ONLY_FIELD for a field
        that is not the person's, NOT_FOUND for a plan, promise or photo of another customer.
        """
        with self._database.write() as session:
            status, customer_id = _status_of(session, visit_id)
            if changes:
                if status.ended:
                    raise RuleError(Refusal(Problem.ALREADY_COMPLETED))
                if status is VisitStatus.PLANNED:
                    self._begin(session, visit_id)
            for change in changes:
                _record_row(session, visit_id, customer_id, change)
            if place is not None:
                put_cursor(session, visit_id, place, self._clock.now())
        return Saved(Changes.of(Kind.VISIT, visit_id), self._clock.now())

    def record_arrival(self, visit_id: UUID, **values: FieldValue) -> Saved:
        """Record when the manager came, who was met and a note (arrived_at, met, met_note)."""
        return self.record(visit_id, (RowChange(VISIT_ROW, values),))

    def record_stock(self, visit_id: UUID, product_id: UUID, **values: FieldValue) -> Saved:
        """Record one SKU: on_hand, retail_price, has_tag, taken_over."""
        return self.record(visit_id, (RowChange(stock_row(product_id), values),))

    def record_shelf(self, visit_id: UUID, **values: FieldValue) -> Saved:
        """Record fields of the shelf check."""
        return self.record(visit_id, (RowChange(SHELF_ROW, values),))

    def save_cursor(self, visit_id: UUID, step: Step, field: str = "") -> None:
        """Keep where the person is."""
        with self._database.write() as session:
            put_cursor(session, visit_id, Place(step, field), self._clock.now())

    def finish(self, visit_id: UUID) -> Changes:
        """End the visit as done. Raises RuleError with every reason why not."""
        return self._end(visit_id, VisitStatus.DONE)

    def end_otherwise(
        self, visit_id: UUID, outcome: VisitStatus, reason: str, note: str | None = None, moved_to: date | None = None
    ) -> Changes:
        """End the visit as moved, closed, refused or cancelled, which needs a reason."""
        return self._end(visit_id, outcome, reason, note, moved_to)

    def reopen(self, visit_id: UUID) -> Changes:
        """Take up a visit that has ended, to correct it; what was recorded stays."""
        with self._database.write() as session:
            visit = load(session, Visit, visit_id)
            if VisitStatus(visit.status).ended:
                begun = visit.started_at is not None
                visit.status = (VisitStatus.IN_PROGRESS if begun else VisitStatus.PLANNED).value
                visit.left_at = visit.end_reason = visit.end_note = visit.moved_to = None
        return Changes.of(Kind.VISIT, visit_id)

    def _end(
        self,
        visit_id: UUID,
        ending: VisitStatus,
        reason: str = "",
        note: str | None = None,
        moved_to: date | None = None,
    ) -> Changes:
        with self._database.write() as session:
            visit = load(session, Visit, visit_id)
            refusals = refusals_to_finish(
                VisitStatus(visit.status), ending, reason=reason, moved_to=moved_to, today=self._clock.today()
            )
            if refusals:
                raise RuleError(*refusals)
            if ending is VisitStatus.DONE:
                visit.left_at = self._clock.now()
                visit.arrived_at = visit.arrived_at or visit.started_at
            visit.status = ending.value
            visit.end_reason = reason.strip() or None
            visit.end_note = note
            visit.moved_to = moved_to
        return Changes.of(Kind.VISIT, visit_id)

    def _begin(self, session: Session, visit_id: UUID) -> None:
        visit = load(session, Visit, visit_id)
        if VisitStatus(visit.status) is not VisitStatus.PLANNED:
            return
        if visit.serial is None:
            last = session.get(StoreFact, LAST_SERIAL)
            visit.serial = (int(last.value) if last else 0) + 1
            set_fact(session, LAST_SERIAL, str(visit.serial))
        visit.status = VisitStatus.IN_PROGRESS.value
        visit.started_at = self._clock.now()
        visit.playbook_version = f"{self._playbook.diagnosis.id}@{self._playbook.diagnosis.version}"
        session.flush()


def _status_of(session: Session, visit_id: UUID) -> tuple[VisitStatus, UUID]:
    with plain_sql(session) as cursor:
        found = cursor.execute(_STATUS, (visit_id.hex,)).fetchone()
    if found is None:
        raise RuleError(Refusal(Problem.NOT_FOUND, f"Visit {visit_id}"))
    return VisitStatus(found[0]), UUID(found[1])


def _record_row(session: Session, visit_id: UUID, customer_id: UUID, change: RowChange) -> None:
    kind = change.key.kind
    foreign = [name for name in change.values if name not in WRITABLE[kind]]
    if foreign:
        raise RuleError(*(Refusal(Problem.READ_ONLY_FIELD, name) for name in foreign))
    values: dict[str, Any] = {n: list(v) if isinstance(v, tuple) else v for n, v in change.values.items()}
    if kind in _OWN_ROWS:
        values |= _owner_of_new_row(session, visit_id, customer_id, change)
    record(session, MODELS[kind], column_key(change.key, visit_id), values)


def _owner_of_new_row(session: Session, visit_id: UUID, customer_id: UUID, change: RowChange) -> Mapping[str, Any]:
    """Return what a plan or promise made now must carry; refuse a row that belongs to another customer."""
    model = _OWN_ROWS[change.key.kind]
    if change.key.kind is RowKind.PHOTO:
        if session.scalar(select(Photo.visit_id).where(Photo.id == change.key.part)) != visit_id:
            raise RuleError(Refusal(Problem.NOT_FOUND, str(change.key.part)))
        return {}
    owner = session.scalar(select(model.customer_id).where(model.id == change.key.part))  # pyright: ignore[reportAttributeAccessIssue]
    if owner is None:
        return {"visit_id": visit_id, "customer_id": customer_id}
    if owner != customer_id:
        raise RuleError(Refusal(Problem.NOT_FOUND, str(change.key.part)))
    return {}
