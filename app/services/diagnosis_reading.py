"""How a customer stands in the diagnosis, now and before, and the improvement plans made from it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.diagnosis import Diagnosis, State
from app.domain.text import Text
from app.models.visit import DiagnosisRating, ImprovementPlan, Visit


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """One of the fourteen items: its newest state and the one before, None where it was not judged."""

    code: str
    name: Text
    state: State | None
    previous: State | None


@dataclass(frozen=True, slots=True)
class DiagnosisView:
    """All items; `day` is that of the newest judgement, `previous_day` that of the newest one before."""

    items: tuple[ItemStanding, ...]
    day: date | None = None
    previous_day: date | None = None

    def count(self, state: State) -> int:
        """Return how many items are in that state now."""
        return sum(item.state is state for item in self.items)

    @property
    def better(self) -> int:
        """Return by how many steps the items judged twice rose (fell, below zero)."""
        return sum(i.state.rank - i.previous.rank for i in self.items if i.state is not None and i.previous is not None)


@dataclass(frozen=True, slots=True)
class PlanView:
    """One improvement plan; `reached` is None until it is assessed."""

    id: UUID
    item: str
    name: Text
    current: State
    target: State | None
    measures: tuple[Text, ...]
    due: date | None
    reached: bool | None
    support_requested: bool


def read_diagnosis(session: Session, customer_id: UUID, checklist: Diagnosis, until: date) -> DiagnosisView:
    """Return the newest state of each item and the one before it."""
    rows = session.execute(
        select(DiagnosisRating.item, DiagnosisRating.state, Visit.day)
        .join(Visit, Visit.id == DiagnosisRating.visit_id)
        .where(
            Visit.customer_id == customer_id,
            Visit.day <= until,
            Visit.deleted_at.is_(None),
            DiagnosisRating.deleted_at.is_(None),
            DiagnosisRating.state.is_not(None),
        )
        .order_by(Visit.day.desc(), Visit.started_at.desc(), Visit.id.desc())
    )
    found: dict[str, list[tuple[State, date]]] = {}
    for item, state, day in rows:
        found.setdefault(item, []).append((State(state), day))
    newest = [judged[0][1] for judged in found.values()]
    before = [judged[1][1] for judged in found.values() if len(judged) > 1]
    items = tuple(
        ItemStanding(item.code, item.name, _nth(found, item.code, 0), _nth(found, item.code, 1))
        for item in checklist.items
    )
    return DiagnosisView(items, max(newest, default=None), max(before, default=None))


def _nth(found: dict[str, list[tuple[State, date]]], item: str, place: int) -> State | None:
    judged = found.get(item, [])
    return judged[place][0] if len(judged) > place else None


def read_plans(session: Session, customer_id: UUID, checklist: Diagnosis) -> tuple[PlanView, ...]:
    """Return the plans that have a target: the open ones by due day, then those assessed, newest first."""
    rows = session.scalars(
        select(ImprovementPlan).where(
            ImprovementPlan.customer_id == customer_id,
            ImprovementPlan.deleted_at.is_(None),
            ImprovementPlan.target_state.is_not(None),
        )
    )
    plans = [_plan(row, checklist) for row in rows]
    still_open = sorted((p for p in plans if p.reached is None), key=lambda p: (p.due or date.max, p.item))
    assessed = sorted((p for p in plans if p.reached is not None), key=lambda p: p.due or date.min, reverse=True)
    return (*still_open, *assessed)


def _plan(row: ImprovementPlan, checklist: Diagnosis) -> PlanView:
    item = checklist.item(row.item)
    measures = [checklist.measure(code) for code in row.measures]
    return PlanView(
        row.id,
        row.item,
        item.name if item is not None else Text(row.item, row.item),
        State(row.current_state),
        State(row.target_state) if row.target_state else None,
        tuple(
            measure.name if measure is not None else Text(code, code)
            for code, measure in zip(row.measures, measures, strict=True)
        ),
        row.due_on,
        row.self_reached,
        row.support_requested,
    )
