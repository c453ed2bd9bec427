"""What the improvement step shows: earlier plans of the shop, the day to offer, and which items are worth a plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.diagnosis import Item, State
from app.domain.playbook import Playbook
from app.models.visit import DiagnosisRating, ImprovementPlan, Visit
from app.services.diagnoses import LastRating, read_last_ratings
from app.services.recording import load
from app.storage.database import Database

MOST_HINTS = 3


class HintCode(StrEnum):
    """Why an item is worth a plan; what weighs most comes first."""

    HARD_FAIL = "hard_fail"
    FELL = "fell"
    STILL_C = "still_c"
    LAST_C = "last_c"
    """C at the last diagnosis, and not judged today"""


@dataclass(frozen=True, slots=True)
class PlanHint:
    """An item worth a plan: why, how it was judged before, and when."""

    item: str
    code: HintCode
    last: State | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class EarlierPlan:
    """A plan that another visit made."""

    id: UUID
    item: str
    made_on: date
    current: State
    target: State | None
    due: date | None
    reached: bool | None


@dataclass(frozen=True, slots=True)
class ImprovementSheet:
    """What is known for the improvement step of a visit."""

    visit_id: UUID
    due_on: date
    """the day offered for a new plan"""
    last: Mapping[str, LastRating]
    plans: Mapping[UUID, EarlierPlan]
    """plans of earlier visits, newest first, assessed ones included"""
    hints: tuple[PlanHint, ...]

    def plans_of(self, item: str) -> tuple[EarlierPlan, ...]:
        """Return the earlier plans of an item, newest first."""
        return tuple(plan for plan in self.plans.values() if plan.item == item)


class Improvements:
    """Reads the improvement step of a visit."""

    def __init__(self, database: Database, playbook: Playbook) -> None:
        self._database = database
        self._playbook = playbook

    def read(self, visit_id: UUID) -> ImprovementSheet:
        """Return what is known for the plans of a visit, with the states judged at it so far."""
        with self._database.read() as session:
            visit = load(session, Visit, visit_id)
            last = read_last_ratings(session, visit)
            plans = _earlier_plans(session, visit)
            open_items = {plan.item for plan in plans.values() if plan.reached is None and plan.target is not None}
            today = {
                row.item: row
                for row in session.scalars(
                    select(DiagnosisRating).where(
                        DiagnosisRating.visit_id == visit_id, DiagnosisRating.deleted_at.is_(None)
                    )
                )
            }
            items = [item for item in self._playbook.diagnosis.items if item.code not in open_items]
            return ImprovementSheet(
                visit_id=visit_id,
                due_on=visit.day + timedelta(days=self._playbook.parameters.diagnosis.due_days),
                last=last,
                plans=plans,
                hints=_hints(items, today, last),
            )


def _earlier_plans(session: Session, visit: Visit) -> dict[UUID, EarlierPlan]:
    rows = session.execute(
        select(ImprovementPlan, Visit.day)
        .join(Visit, Visit.id == ImprovementPlan.visit_id)
        .where(
            ImprovementPlan.customer_id == visit.customer_id,
            ImprovementPlan.visit_id != visit.id,
            ImprovementPlan.deleted_at.is_(None),
            Visit.day <= visit.day,
        )
        .order_by(Visit.day.desc(), ImprovementPlan.item)
    )
    return {
        row.id: EarlierPlan(
            row.id,
            row.item,
            day,
            State(row.current_state),
            State(row.target_state) if row.target_state else None,
            row.due_on,
            row.self_reached,
        )
        for row, day in rows
    }


def _hints(
    items: list[Item], today: Mapping[str, DiagnosisRating], last: Mapping[str, LastRating]
) -> tuple[PlanHint, ...]:
    """Return the few items most worth a plan, those that weigh most first; the checklist's order decides between."""
    found = [hint for item in items if (hint := _hint(item, today.get(item.code), last.get(item.code))) is not None]
    order = list(HintCode)
    return tuple(sorted(found, key=lambda hint: order.index(hint.code))[:MOST_HINTS])


def _hint(item: Item, rating: DiagnosisRating | None, last: LastRating | None) -> PlanHint | None:
    state = State(rating.state) if rating is not None and rating.state else None
    if rating is None or state is None:
        is_c = last is not None and last.state is State.C
        return PlanHint(item.code, HintCode.LAST_C, last.state, last.day) if last is not None and is_c else None
    if state is State.C and _fails_hard(item, rating):
        return PlanHint(item.code, HintCode.HARD_FAIL)
    if last is None:
        return None
    if last.state.better_than(state):
        return PlanHint(item.code, HintCode.FELL, last.state, last.day)
    return PlanHint(item.code, HintCode.STILL_C, last.state, last.day) if state is State.C else None


def _fails_hard(item: Item, rating: DiagnosisRating) -> bool:
    values = (rating.k1, rating.k2, rating.k3)
    ratings = {c.key: State(v) if v else None for c, v in zip(item.criteria, values, strict=False)}
    return bool(rating.hard_fail) or bool(item.hard_fails(ratings))
