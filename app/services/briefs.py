"""The brief to read before entering a shop, from the data of this laptop alone; Today and the first step show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.adoption import NO_ADVICE, Adoption
from app.domain.brief import Brief, BriefFacts, OpenPlan, Owner, PastVisit, Promise, build_brief
from app.domain.classification import licence_reminder
from app.domain.complaint import COMPLAINT, is_answer
from app.domain.day_plan import next_working_day
from app.domain.diagnosis import State
from app.domain.order_advice import OrderAdvisor
from app.domain.planning.onboarding import Onboarding
from app.domain.playbook import Parameters, Playbook
from app.domain.purchase_history import read_history
from app.domain.purchase_signs import ShopAnalysis, analyse
from app.domain.purchases import MonthPoint
from app.domain.sku_name import sku_name
from app.domain.tasks import TaskState
from app.domain.visit import VisitStatus
from app.models.customer import Customer
from app.models.exchange import Task
from app.models.trade import Product
from app.models.visit import DiagnosisRating, ImprovementPlan, Visit
from app.models.visit import Promise as PromiseRow
from app.runtime.clock import Clock
from app.services.advice_followed import read_adoption
from app.services.onboarding import read_onboarding
from app.services.recording import load
from app.services.shop_history import shop_lines
from app.storage.database import Database, cursor_of

_VISITS = 12


@dataclass(frozen=True, slots=True)
class ShopBrief:
    """The brief of one shop for one day: codes and numbers; `names` are those of the products it speaks of."""

    customer_id: UUID
    name: str
    day: date
    brief: Brief
    months: tuple[MonthPoint, ...]
    """the last twelve months with the same months of last year"""
    names: Mapping[int, str]
    adoption: Adoption = NO_ADVICE
    """what became of the advice of the last visits"""
    onboarding: Onboarding | None = None
    """the checklist of a new customer"""


class Briefs:
    """Makes briefs."""

    def __init__(
        self, database: Database, clock: Clock, playbook: Playbook, advisor: OrderAdvisor | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook
        self._advisor = advisor

    def brief(self, customer_id: UUID, day: date | None = None, current_visit: UUID | None = None) -> ShopBrief:
        """Return the brief of a shop for a day (today); the visit under way is not one of the earlier visits."""
        with self._database.read() as session:
            return read_brief(
                session, customer_id, day or self._clock.today(), current_visit, self._playbook.parameters
            )

    def guided(self, customer_id: UUID, day: date) -> ShopBrief:
        """Return the brief with the stock-out risk that the order guidance sees; takes longer than a brief alone."""
        with self._database.read() as session:
            risk = None if self._advisor is None else _main_at_risk(session, customer_id, day, self._advisor)
            return read_brief(session, customer_id, day, None, self._playbook.parameters, risk)

    def main_at_risk(self, customers: Iterable[UUID], day: date) -> dict[UUID, int | None]:
        """Return how many main SKUs of each shop may run out before goods come; None for one without guidance."""
        if self._advisor is None:
            return {}
        with self._database.read() as session:
            return {one: _main_at_risk(session, one, day, self._advisor) for one in customers}


def _main_at_risk(session: Session, customer_id: UUID, day: date, advisor: OrderAdvisor) -> int | None:
    """Return how many main SKUs may run out before goods come; None for a shop without guidance."""
    from app.services.guidance import ENGINE, advice_from  # noqa: PLC0415 - the first page does not wait for numpy
    from app.services.shop_papers import read_papers  # noqa: PLC0415

    advice = advice_from(read_papers(session, customer_id, day), None, advisor, ENGINE)
    return None if advice.stopped else sum(sku.line.is_main and sku.at_risk for sku in advice.skus)


def read_brief(
    session: Session,
    customer_id: UUID,
    day: date,
    current_visit: UUID | None,
    parameters: Parameters,
    at_risk: int | None = None,
) -> ShopBrief:
    """Return the brief of a shop within a session."""
    customer = load(session, Customer, customer_id)
    history = read_history(shop_lines(session, customer_id, day), day, customer.order_weekday)
    analysis = analyse(history)
    promises = _promises(session, customer_id)
    facts = BriefFacts(
        as_of=day,
        analysis=analysis,
        visits=_past_visits(session, customer_id, day, current_visit),
        promises=tuple(map(_told, promises)),
        plans=_plans(session, customer_id),
        licence=licence_reminder(customer.license_to, day, parameters.cadence.licence_reminder_days),
        worse_items=_worse_items(session, customer_id),
        open_complaints=_complaints(session, customer_id, promises),
        at_risk=at_risk,
    )
    brief = build_brief(facts, next_working_day(day))
    name = customer.shop_name or customer.cust_name
    adoption = read_adoption(
        session, customer_id, day, parameters.windows.advice_visits, parameters.assortment, current_visit
    )
    names = _names(session, brief, analysis, adoption)
    onboarding = read_onboarding(cursor_of(session), customer_id, day, parameters.cadence, current_visit)
    return ShopBrief(customer_id, name, day, brief, analysis.months, names, adoption, onboarding)


def _past_visits(session: Session, customer_id: UUID, day: date, current: UUID | None) -> tuple[PastVisit, ...]:
    rows = session.scalars(
        select(Visit)
        .where(Visit.customer_id == customer_id, Visit.day <= day, Visit.deleted_at.is_(None))
        .order_by(Visit.day.desc())
        .limit(_VISITS)
    )
    return tuple(
        PastVisit(row.day, VisitStatus(row.status), row.wrap_note or row.end_note or row.need_note or "")
        for row in rows
        if row.id != current and VisitStatus(row.status).ended
    )


def _promises(session: Session, customer_id: UUID) -> list[PromiseRow]:
    """Return the open promises of a shop."""
    rows = session.scalars(
        select(PromiseRow).where(
            PromiseRow.customer_id == customer_id,
            PromiseRow.deleted_at.is_(None),
            PromiseRow.done_on.is_(None),
            PromiseRow.dropped_reason.is_(None),
        )
    )
    return list(rows)


def _told(row: PromiseRow) -> Promise:
    return Promise(row.text, Owner.SHOP if row.by_shop else Owner.MANAGER, row.due_on)


def _complaints(session: Session, customer_id: UUID, promises: Iterable[PromiseRow]) -> int:
    """Return how many complaints of a shop are open: told at a visit, or passed on by head office."""
    told = sum(is_answer(row.id, row.visit_id) for row in promises)
    passed_on = select(func.count()).where(
        Task.customer_id == customer_id,
        Task.kind == COMPLAINT,
        Task.state.in_((TaskState.ASSIGNED.value, TaskState.ACCEPTED.value)),
        Task.deleted_at.is_(None),
    )
    return told + (session.scalar(passed_on) or 0)


def _plans(session: Session, customer_id: UUID) -> tuple[OpenPlan, ...]:
    rows = session.scalars(
        select(ImprovementPlan).where(
            ImprovementPlan.customer_id == customer_id,
            ImprovementPlan.deleted_at.is_(None),
            ImprovementPlan.self_reached.is_(None),
            ImprovementPlan.target_state.is_not(None),
        )
    )
    return tuple(OpenPlan(row.item, row.current_state, row.target_state or "", row.due_on) for row in rows)


def _worse_items(session: Session, customer_id: UUID) -> tuple[str, ...]:
    """Return the items whose newest state is worse than the one before."""
    rows = session.execute(
        select(DiagnosisRating.item, DiagnosisRating.state)
        .join(Visit, Visit.id == DiagnosisRating.visit_id)
        .where(
            Visit.customer_id == customer_id,
            Visit.deleted_at.is_(None),
            DiagnosisRating.deleted_at.is_(None),
            DiagnosisRating.state.is_not(None),
        )
        .order_by(Visit.day.desc(), Visit.started_at.desc())
    )
    states: dict[str, list[State]] = {}
    for item, state in rows:
        states.setdefault(item, []).append(State(state))
    return tuple(item for item, found in states.items() if len(found) > 1 and found[1].better_than(found[0]))


def _names(session: Session, brief: Brief, analysis: ShopAnalysis, adoption: Adoption) -> Mapping[int, str]:
    spoken: set[int] = {one.product for one in (*analysis.falls, *brief.stock_out_signs, *brief.slow)}
    spoken.update(brief.topic.products)
    spoken.update(line.product for visit in adoption.visits for line in visit.lines)
    rows = session.execute(select(Product.no, Product.name, Product.content_ml).where(Product.no.in_(spoken)))
    return {row.no: sku_name(row.name, row.content_ml) for row in rows}
