"""Deeds on the plan, written within a session: every visit that is touched is remembered as it was before."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.changes import Changes, Kind
from app.domain.problems import Problem, Refusal, RuleError
from app.domain.visit import VisitStatus
from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.ids import new_id
from app.services.plan_ground import PlanGround
from app.services.plan_rows import PlanRow, rows_between
from app.services.plan_values import PlanDeed, VisitState
from app.services.plan_view import gone_to
from app.storage.colleagues import colleague_of
from app.storage.database import cursor_of


class PlanWriter:
    """One deed: it loads the visits that it touches once, and knows what they were."""

    def __init__(self, session: Session, ground: PlanGround, now: datetime) -> None:
        self._session = session
        self._ground = ground
        self._now = now
        self._before: dict[UUID, VisitState] = {}
        self._visits: dict[UUID, Visit] = {}

    def visit(self, visit_id: UUID) -> Visit:
        """Return a visit that may be changed. Raises RuleError: it is not there, was begun, or is a colleague's."""
        visit = self._session.get(Visit, visit_id) if visit_id not in self._visits else self._visits[visit_id]
        if visit is None or visit.deleted_at is not None:
            raise RuleError(Refusal(Problem.NOT_FOUND, Visit.__tablename__))
        self._refuse_begun(visit)
        self._remember(visit)
        return visit

    def put(
        self, customer_id: UUID, day: date, *, reasons: Iterable[str], due_by: date | None = None,
        need_key: str | None = None, visit_id: UUID | None = None,
    ) -> Visit:  # fmt: skip
        """Add a planned visit."""
        visit = Visit(
            id=visit_id or new_id(), customer_id=customer_id, day=day, status=VisitStatus.PLANNED.value,
            reasons=list(reasons) or None, due_by=due_by, need_key=need_key, planned_on=day,
        )  # fmt: skip
        self._before[visit.id] = replace(_state(visit), is_there=False)
        self._visits[visit.id] = visit
        self._session.add(visit)
        return visit

    def void(self, visit: Visit) -> None:
        """Take a visit out of the plan."""
        self._remember(visit)
        visit.deleted_at = self._now

    def day(self, day: date) -> list[PlanRow]:
        """Return the stops of a day as they are stored now."""
        self._session.flush()
        return gone_to(rows_between(cursor_of(self._session), day, day))

    def order(self, day: date, order: Sequence[UUID]) -> None:
        """Give the stops of a day this order and time them anew; those that are not in it come before.

        What was begun or has ended keeps its planned time.
        """
        rows = {row.id: row for row in self.day(day)}
        named = [rows[one] for one in dict.fromkeys(order) if one in rows]
        wanted = frozenset(order)
        in_order = [*(row for row in rows.values() if row.id not in wanted), *named]
        run = self._ground.run(day, in_order)
        for number, (row, timed) in enumerate(zip(in_order, run.stops, strict=True), 1):
            at = timed.arrive.time() if row.is_planned else row.planned_at
            if (row.seq, row.planned_at) != (number, at):
                visit = self._loaded(row.id)
                visit.seq, visit.planned_at = number, at
        self._session.flush()

    def deed(
        self, words_code: str, *, breaks: str = "", names: Collection[str] = (), days: Collection[date] = ()
    ) -> PlanDeed:
        """Return what was done; visits that are as they were before are no part of it."""
        self._session.flush()
        touched = tuple(
            before for key, before in self._before.items() if _state(self._visits[key]) != before
        )  # fmt: skip
        changes = Changes(frozenset({Kind.VISIT, Kind.PLAN}), frozenset(state.id for state in touched))
        return PlanDeed(changes if touched else Changes(), touched, words_code, breaks, tuple(names), tuple(days))

    def restore(self, states: Sequence[VisitState]) -> None:
        """Put visits back as they were. Raises RuleError when one of them was begun meanwhile."""
        for state in states:
            visit = self._session.get(Visit, state.id)
            if visit is None:
                raise RuleError(Refusal(Problem.NOT_FOUND, Visit.__tablename__))
            self._refuse_begun(visit)
            self._remember(visit)
            visit.day, visit.seq, visit.planned_at = state.day, state.seq, state.planned_at
            visit.reasons = list(state.reasons) or None
            visit.locked, visit.due_by = state.locked or None, state.due_by
            visit.need_key, visit.planned_on = state.need_key, state.planned_on
            visit.deleted_at = None if state.is_there else (visit.deleted_at or self._now)
        self._session.flush()

    def _refuse_begun(self, visit: Visit) -> None:
        if visit.status != VisitStatus.PLANNED.value:
            name = self._session.scalar(
                select(Customer.shop_name).where(Customer.id == visit.customer_id)
            ) or self._session.scalar(select(Customer.cust_name).where(Customer.id == visit.customer_id))
            raise RuleError(Refusal(Problem.VISIT_BEGUN, name or ""))
        if colleague_of(cursor_of(self._session), visit.id):
            raise RuleError(Refusal(Problem.READ_ONLY_FIELD, Visit.__tablename__))

    def _loaded(self, visit_id: UUID) -> Visit:
        visit = self._visits.get(visit_id) or self._session.get_one(Visit, visit_id)
        self._remember(visit)
        return visit

    def _remember(self, visit: Visit) -> None:
        if visit.id not in self._before:
            self._before[visit.id] = _state(visit)
            self._visits[visit.id] = visit


def _state(visit: Visit) -> VisitState:
    return VisitState(
        visit.id, visit.customer_id, visit.day, visit.seq, visit.planned_at, tuple(visit.reasons or ()),
        bool(visit.locked), visit.due_by, visit.need_key, visit.planned_on, visit.deleted_at is None,
    )  # fmt: skip
