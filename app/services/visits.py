"""What a person does with a visit: plan it, work in it field by field, end it, take it up again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import select, text

from app.domain.changes import Changes, Kind
from app.domain.playbook import Playbook
from app.domain.problems import Problem, Refusal, RuleError
from app.domain.visit import Step, VisitStatus, refusals_to_finish
from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.clock import Clock
from app.services.day_reading import is_filled
from app.services.day_timing import DayTimer
from app.services.day_writing import bring_moved, send_back
from app.services.recording import load
from app.services.visit_reading import (
    Place,
    RestoredVisit,
    VisitHead,
    VisitSheet,
    read_head,
    read_restored,
    read_sheet,
)
from app.services.visit_recording import VisitWriter
from app.services.visit_rows import SHELF_ROW, VISIT_ROW, FieldValue, RowChange, stock_row
from app.services.visit_whereabouts import Whereabouts, whereabouts
from app.storage.colleagues import IS_OWN, colleague_of
from app.storage.database import Database, cursor_of


@dataclass(frozen=True, slots=True)
class Saved:
    """What one save changed, and when it was on disk."""

    changes: Changes
    at: datetime


class Visits:
    """The visits of this laptop."""

    def __init__(self, database: Database, clock: Clock, playbook: Playbook, actor: str = "manager") -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook
        self._timer = DayTimer(playbook, clock)
        self._actor = actor

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
        with self._database.write(self._actor) as session:
            found = session.scalar(
                select(Visit.id).where(
                    Visit.customer_id == customer_id,
                    Visit.day == day,
                    Visit.deleted_at.is_(None),
                    Visit.status.in_((VisitStatus.PLANNED.value, VisitStatus.IN_PROGRESS.value)),
                    text(IS_OWN),
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

    def whereabouts(self, visit_id: UUID) -> Whereabouts:
        """Return whether a visit and its shop are still with this manager."""
        return whereabouts(self._database, visit_id)

    def open_visit(self) -> RestoredVisit | None:
        """Return the visit that was under way when the program ended last; None if none was."""
        with self._database.read() as session:
            return read_restored(session)

    def start(self, visit_id: UUID) -> Changes:
        """Begin a planned visit: it gets its serial number and keeps the version of the playbook."""
        with self._database.write_plain() as cursor:
            VisitWriter(cursor, self._actor, visit_id, self._clock.now()).begin(self._version)
        return Changes.of(Kind.VISIT, visit_id)

    def enter_from_paper(self, visit_id: UUID) -> Changes:
        """Begin a visit whose record was written on paper, or mark one under way so; it opens at the arrival.

        Raises RuleError: ALREADY_COMPLETED if it has ended or the shop was visited that day in another visit, BAD_VALUE
        if its day lies ahead.
        """
        now = self._clock.now()
        with self._database.write_plain() as cursor:
            writer = VisitWriter(cursor, self._actor, visit_id, now)
            writer.mark_paper(self._version)
            writer.put_place(Place(Step.ARRIVAL, "arrived_at"))
        return Changes.of(Kind.VISIT, visit_id)

    def from_paper(self, customer_id: UUID, day: date) -> UUID:
        """Return the visit of that customer on that day, begun as one written on paper; see `enter_from_paper`."""
        visit_id = self.plan(customer_id, day)
        self.enter_from_paper(visit_id)
        return visit_id

    def record(self, visit_id: UUID, changes: Sequence[RowChange], place: Place | None = None) -> Saved:
        """Write fields of one or more rows, and where the person is, in one transaction; a planned visit begins.

        Raises RuleError with ALREADY_COMPLETED once the visit has ended (reopen it first), READ_ONLY_FIELD for a field
        that is not the person's, NOT_FOUND for a plan, promise or photo of another customer.
        """
        now = self._clock.now()
        with self._database.write_plain() as cursor:
            writer = VisitWriter(cursor, self._actor, visit_id, now)
            if changes:
                writer.begin(self._version)
                writer.write(changes)
            if place is not None:
                writer.put_place(place)
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
        self.record(visit_id, (), Place(step, field))

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
        with self._database.write(self._actor) as session:
            visit = load(session, Visit, visit_id)
            if colleague_of(cursor_of(session), visit_id):
                raise RuleError(Refusal(Problem.READ_ONLY_FIELD, "visit"))
            if VisitStatus(visit.status).ended:
                begun = visit.started_at is not None
                if visit.moved_to is not None:
                    send_back(session, visit, self._clock.now(), self._timer)
                visit.status = (VisitStatus.IN_PROGRESS if begun else VisitStatus.PLANNED).value
                visit.end_reason = visit.end_note = visit.moved_to = None
                if visit.paper_entered_at is None:
                    visit.left_at = None
        return Changes.of(Kind.VISIT, visit_id)

    def _end(
        self,
        visit_id: UUID,
        ending: VisitStatus,
        reason: str = "",
        note: str | None = None,
        moved_to: date | None = None,
    ) -> Changes:
        with self._database.write(self._actor) as session:
            visit = load(session, Visit, visit_id)
            refusals = refusals_to_finish(
                VisitStatus(visit.status), ending, reason=reason, moved_to=moved_to, today=self._clock.today()
            )
            if refusals:
                raise RuleError(*refusals)
            if ending is VisitStatus.DONE:
                if visit.paper_entered_at is None:
                    visit.left_at = self._clock.now()
                elif visit.arrived_at is None or visit.left_at is None:
                    # When a visit on paper was made only its paper says.
                    raise RuleError(Refusal(Problem.ANSWER_MISSING, Step.ARRIVAL.value))
            visit.status = ending.value
            visit.end_reason = reason.strip() or None
            visit.end_note = note
            visit.moved_to = moved_to
            session.flush()
            if moved_to is not None and is_filled(cursor_of(session), moved_to):
                bring_moved(session, moved_to, self._timer)
        return Changes.of(Kind.VISIT, visit_id)

    @property
    def _version(self) -> str:
        return f"{self._playbook.diagnosis.id}@{self._playbook.diagnosis.version}"
