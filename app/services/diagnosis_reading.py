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
    """One of the fourteen items: how it stands, and how it stood before the newest diagnosis; None: never judged."""

    code: str
    name: Text
    state: State | None
    previous: State | None


@dataclass(frozen=True, slots=True)
class DiagnosisView:
    """All items; `day` is that of the newest diagnosis, which may be under way, `previous_day` that of the one before.

    What the newest one did not judge (yet) stands as it stood, now and before.
    """

    items: tuple[ItemStanding, ...]
    day: date | None = None
    previous_day: date | None = None
    judged: int = 0
    """how many items the newest diagnosis judged"""

    def count(self, state: State) -> int:
        """Return how many items are in that state now."""
        return sum(item.state is state for item in self.items)

    @property
    def better(self) -> int:
        """Return by how many steps the items judged anew rose (fell, below zero)."""
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
    """Return how each item stands, and how it stood before the newest diagnosis."""
    rows = session.execute(
        select(DiagnosisRating.item, DiagnosisRating.state, Visit.day, Visit.id)
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
    newest: UUID | None = None
    day = previous_day = None
    now: dict[str, State] = {}
    before: dict[str, State] = {}
    judged = 0
    for item, state, at, visit in rows:
        newest, day = newest or visit, day or at
        now.setdefault(item, State(state))
        if visit == newest:
            judged += 1
        else:
            previous_day = previous_day or at
            before.setdefault(item, State(state))
    items = tuple(
        ItemStanding(item.code, item.name, now.get(item.code), before.get(item.code)) for item in checklist.items
    )
    return DiagnosisView(items, day, previous_day, judged)


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
