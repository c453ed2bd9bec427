"""What the last step of a visit reads back: what was found, what to come again for, what waits to be sent."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.diagnosis import State
from app.domain.next_visit import NextVisit, suggest_next
from app.domain.order_advice import AdviceTotals, OrderAdvisor
from app.domain.planning.cadence import ShopStanding
from app.domain.planning.onboarding import Onboarding
from app.domain.planning.working_days import worked_after
from app.domain.playbook import CadenceRules, Playbook
from app.domain.sku_name import sku_name
from app.domain.visit import VisitStatus
from app.models.customer import Customer
from app.models.local import StoreFact
from app.models.trade import Product
from app.models.visit import DiagnosisRating, ShelfCheck, StockCount, Visit
from app.runtime.clock import Clock
from app.services.guidance import ENGINE, advice_from, totals_of
from app.services.kept_advice import as_kept, read_kept
from app.services.onboarding import read_onboarding
from app.services.plan_cadence import read_standings
from app.services.plan_setup import read_setup
from app.services.recording import load
from app.services.shelf_reading import CHECKS
from app.services.shop_papers import read_papers
from app.storage.database import Database, cursor_of
from app.storage.facts import PRACTICE
from app.storage.outbox_counts import waiting_photos, waiting_work

_CALENDAR = timedelta(days=31)
"""Longer than any holiday with the working days after it."""
_LAW_FIRST = ("license_shown", "minors_sign", "tags_complete", "price_as_tagged")
"""The shelf checks that the law asks for, which are read back before the others."""


class StateChange(NamedTuple):
    """An item that was judged, with its state of before where it had one."""

    item: str
    before: State | None
    now: State


@dataclass(frozen=True, slots=True)
class AgreedOrder:
    """The order guidance as it was put on record: SKUs with a quantity, and the sums over them."""

    skus: int
    totals: AdviceTotals
    changed: int
    """SKUs whose number a person changed"""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a visit found, as codes and numbers; names are those of SKUs."""

    visit_id: UUID
    counted: int
    out_of_stock: tuple[str, ...]
    no_tag: tuple[str, ...]
    shelf_wrong: tuple[str, ...]
    """shelf checks answered with no"""
    shown: tuple[int | None, int | None]
    """SKUs shown, SKUs with a tag"""
    judged: tuple[StateChange, ...]
    order: AgreedOrder | None
    next_visit: NextVisit
    onboarding: Onboarding | None = None
    """the checklist of a new customer, with what was ticked at this visit"""


class NextShop(NamedTuple):
    """The next planned visit of the day."""

    visit_id: UUID
    name: str


class AfterEnd(NamedTuple):
    """How a visit ended, what head office has not confirmed in all, and the next shop of that day."""

    visit_id: UUID
    status: VisitStatus
    waiting: int
    photos_waiting: int
    next_shop: NextShop | None
    is_practice: bool = False
    """invented shops: nothing is ever sent"""


class WrapUps:
    """Reads what the wrap-up shows."""

    def __init__(
        self, database: Database, clock: Clock, playbook: Playbook, advisor: OrderAdvisor, engine: str = ENGINE
    ) -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook
        self._advisor = advisor
        self._engine = engine

    def read_back(self, visit_id: UUID) -> ReadBack:
        """Return what the visit found."""
        with self._database.read() as session:
            visit = load(session, Visit, visit_id)
            customer = load(session, Customer, visit.customer_id)
            counts = _counts(session, visit_id)
            shelf = session.scalar(
                select(ShelfCheck).where(ShelfCheck.visit_id == visit_id, ShelfCheck.deleted_at.is_(None))
            )
            checks = dict.fromkeys((*_LAW_FIRST, *CHECKS))
            wrong = () if shelf is None else tuple(name for name in checks if getattr(shelf, name) is False)
            return ReadBack(
                visit_id=visit_id,
                counted=sum(count.on_hand is not None for count in counts),
                out_of_stock=tuple(count.name for count in counts if count.on_hand == 0),
                no_tag=tuple(count.name for count in counts if count.has_tag is False),
                shelf_wrong=wrong,
                shown=(None, None) if shelf is None else (shelf.sku_shown, shelf.sku_tagged),
                judged=_judged(session, visit),
                order=self._order(session, visit),
                next_visit=suggest_next(
                    visit.day,
                    self._playbook.parameters.cadence,
                    _standing(session, self._playbook.parameters.cadence, visit),
                    customer.order_weekday,
                ),
                onboarding=read_onboarding(
                    cursor_of(session), customer.id, visit.day, self._playbook.parameters.cadence, visit_id
                ),
            )

    def complaint_due(self, day: date) -> date:
        """Return by when a complaint that was told on a day has to be answered, on the calendar of the territory."""
        from app.services.plan_reading import read_days  # noqa: PLC0415  the calendar waits for a complaint

        parameters = self._playbook.parameters
        with self._database.look() as cursor:
            days = read_days(cursor, read_setup(cursor, parameters.visits), day, day + _CALENDAR)
        return worked_after(day, parameters.cadence.complaint_working_days, days)

    def after_end(self, visit_id: UUID) -> AfterEnd:
        """Return what a visit that has ended left behind, and which shop comes next."""
        with self._database.read() as session:
            visit = load(session, Visit, visit_id)
            cursor = cursor_of(session)
            waits = waiting_work(cursor), waiting_photos(cursor)[0]
            return AfterEnd(
                visit_id,
                VisitStatus(visit.status),
                *waits,
                _next_shop(session, visit),
                session.scalar(select(StoreFact.value).where(StoreFact.key == PRACTICE)) == "yes",
            )

    def _order(self, session: Session, visit: Visit) -> AgreedOrder | None:
        kept = read_kept(session, visit.id)
        if not kept:
            return None
        papers = read_papers(session, visit.customer_id, visit.day, visit.id)
        skus = [
            sku
            for sku in as_kept(advice_from(papers, visit.id, self._advisor, self._engine), kept).skus
            if sku.product_id in kept
        ]
        sums = totals_of(skus, {sku.line.product: kept[sku.product_id].quantity or 0 for sku in skus})
        return AgreedOrder(sums.lines, sums, sum(one.agreed is not None for one in kept.values()))


def _next_shop(session: Session, visit: Visit) -> NextShop | None:
    """Return the planned visit of the day that comes after this one in order; else the first that is still planned."""
    rows = session.execute(
        select(Visit.id, Visit.seq, Customer.shop_name, Customer.cust_name)
        .join(Customer, Customer.id == Visit.customer_id)
        .where(
            Visit.day == visit.day,
            Visit.id != visit.id,
            Visit.status == VisitStatus.PLANNED.value,
            Visit.deleted_at.is_(None),
        )
        .order_by(Visit.seq, Visit.planned_at, Visit.id)
    ).all()
    here = visit.seq or 0
    found = next((row for row in rows if (row.seq or 0) > here), rows[0] if rows else None)
    return None if found is None else NextShop(found.id, found.shop_name or found.cust_name)


class _Count(NamedTuple):
    name: str
    on_hand: int | None
    has_tag: bool | None


def _counts(session: Session, visit_id: UUID) -> list[_Count]:
    rows = session.execute(
        select(Product.name, Product.content_ml, StockCount.on_hand, StockCount.has_tag)
        .join(Product, Product.id == StockCount.product_id)
        .where(StockCount.visit_id == visit_id, StockCount.deleted_at.is_(None))
        .order_by(Product.no)
    )
    return [_Count(sku_name(name, size), on_hand, has_tag) for name, size, on_hand, has_tag in rows]


def _judged(session: Session, visit: Visit) -> tuple[StateChange, ...]:
    """Return the items judged at this visit, each with the newest state from before."""
    now = {
        row.item: State(row.state)
        for row in session.execute(
            select(DiagnosisRating.item, DiagnosisRating.state).where(
                DiagnosisRating.visit_id == visit.id,
                DiagnosisRating.deleted_at.is_(None),
                DiagnosisRating.state.is_not(None),
            )
        )
    }
    earlier = session.execute(
        select(DiagnosisRating.item, DiagnosisRating.state)
        .join(Visit, Visit.id == DiagnosisRating.visit_id)
        .where(
            Visit.customer_id == visit.customer_id,
            Visit.id != visit.id,
            Visit.day <= visit.day,
            Visit.deleted_at.is_(None),
            DiagnosisRating.deleted_at.is_(None),
            DiagnosisRating.state.is_not(None),
        )
        .order_by(Visit.day, Visit.started_at)
    )
    before = {row.item: State(row.state) for row in earlier}
    return tuple(StateChange(item, before.get(item), state) for item, state in sorted(now.items()))


def _standing(session: Session, rules: CadenceRules, visit: Visit) -> ShopStanding:
    found = read_standings(cursor_of(session), rules, visit.day, visit.customer_id)
    return found.get(visit.customer_id, ShopStanding())
