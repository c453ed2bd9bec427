"""The shops of a day: filled by the rule the first time, then kept, so that a restart shows the same day."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.changes import Changes, Kind
from app.domain.day_plan import DayRules, schedule
from app.domain.reasons import VisitReason
from app.domain.visit import VisitStatus
from app.models.visit import Visit
from app.runtime.clock import Clock
from app.services.day_places import DayShop, NearShop, read_nearby, read_surroundings, way_left
from app.services.day_reading import is_filled, visits_of
from app.services.day_sheet import DaySheet, DayStop, planned, read_facts, read_sheet
from app.services.shop_card import ShopCard, read_card
from app.storage.database import Database

__all__ = ["DaySheet", "DayShop", "DayStop", "Days", "NearShop", "ShopCard"]

_OPEN = (VisitStatus.PLANNED.value, VisitStatus.IN_PROGRESS.value)
_WORTH_SAYING_KM = 0.1


class Days:
    """Fills, shows and re-orders the day."""

    def __init__(self, database: Database, clock: Clock, rules: DayRules | None = None) -> None:
        self._database = database
        self._clock = clock
        self._rules = rules or DayRules()

    def show(self, day: date) -> DaySheet:
        """Return the day as it is stored, or as the rule would fill it; nothing is written."""
        with self._database.read() as session:
            return self._sheet(session, day)

    def open(self, day: date) -> DaySheet:
        """Return the day, filling it by the rule if it has no stop yet and does not lie in the past.

        Shops whose visit was moved to this day, or was already begun on it, always get a stop.
        """
        with self._database.write(source="day rule") as session:
            if day >= self._clock.today():
                self._fill(session, day)
            return self._sheet(session, day)

    def surroundings(self) -> tuple[DayShop, ...]:
        """Return every shop that has coordinates, for the sketch around the route."""
        with self._database.read() as session:
            return read_surroundings(session)

    def nearby(self, day: date, near: UUID | None = None, limit: int = 12) -> tuple[NearShop, ...]:
        """Return the shops without a stop on the day that lie nearest to a shop (or to the day)."""
        with self._database.read() as session:
            return read_nearby(session, day, near, limit)

    def card(self, customer_id: UUID) -> ShopCard:
        """Return licence, phone and the steps agreed last. Raises RuleError with NOT_FOUND."""
        with self._database.read() as session:
            return read_card(session, customer_id)

    def saving(self, day: date) -> float | None:
        """Return by how many kilometres `shorten` would shorten the way that is left; None if it is short already."""
        with self._database.read() as session:
            way = way_left(session, day)
            less = way.km(way.ahead) - way.km(way.shortest())
        return less if less >= _WORTH_SAYING_KM else None

    def add(self, day: date, customer_id: UUID) -> Changes:
        """Put a shop at the end of the day, for an unplanned call nearby; nothing happens if it is open there."""
        with self._database.write() as session:
            present = session.scalar(
                select(Visit.id).where(
                    Visit.customer_id == customer_id,
                    Visit.day == day,
                    Visit.status.in_(_OPEN),
                    Visit.deleted_at.is_(None),
                )
            )
            if present is not None:
                return Changes.of(Kind.VISIT, present)
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
            self._time_again(session, day)
            return Changes.of(Kind.VISIT, visit.id)

    def remove(self, visit_id: UUID) -> Changes:
        """Take a stop that was only planned out of the day."""
        with self._database.write() as session:
            visit = session.get(Visit, visit_id)
            if visit is not None and VisitStatus(visit.status) is VisitStatus.PLANNED:
                visit.deleted_at = self._clock.now()
                session.flush()
                self._time_again(session, visit.day)
        return Changes.of(Kind.VISIT, visit_id)

    def put_back(self, visit_id: UUID, order: Sequence[UUID] = ()) -> Changes:
        """Undo `remove`; `order` is the order of the day before it, where the stop gets its old place from."""
        with self._database.write() as session:
            visit = session.get(Visit, visit_id)
            if visit is not None and visit.deleted_at is not None:
                visit.deleted_at = None
                session.flush()
                self._put_in_order(session, visit.day, order)
        return Changes.of(Kind.VISIT, visit_id)

    def reorder(self, day: date, visit_ids: Sequence[UUID]) -> Changes:
        """Give the stops the order of the list and time them anew; stops that are not in it keep their place before."""
        with self._database.write() as session:
            self._put_in_order(session, day, visit_ids)
        return Changes.of(Kind.VISIT, *visit_ids)

    def shorten(self, day: date) -> Changes:
        """Order the stops that are still ahead by distance, beginning where the manager is or was last."""
        with self._database.write() as session:
            way = way_left(session, day)
            order = [visit.id for visit in (*way.behind, *way.shortest())]
            self._put_in_order(session, day, order)
        return Changes.of(Kind.VISIT, *order)

    def _fill(self, session: Session, day: date) -> None:
        if is_filled(session, day):
            return
        facts = read_facts(session, day)
        stored = {visit.customer_id: visit for visit in facts.visits}
        for stop in planned(facts, day, self._rules, as_stored=False).stops:
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
            visit.planned_at = stop.arrive.time()
        session.flush()

    def _sheet(self, session: Session, day: date) -> DaySheet:
        return read_sheet(session, day, self._rules, as_stored=day < self._clock.today())

    def _put_in_order(self, session: Session, day: date, order: Sequence[UUID]) -> None:
        visits = {visit.id: visit for visit in visits_of(session, day)}
        named = [visits[i] for i in dict.fromkeys(order) if i in visits]
        others = [visit for visit in visits.values() if visit not in named]
        for number, visit in enumerate(others + named, 1):
            visit.seq = number
        session.flush()
        self._time_again(session, day)

    def _time_again(self, session: Session, day: date) -> None:
        facts = read_facts(session, day)
        visits = facts.known_visits
        plan = schedule([facts.candidates[visit.customer_id] for visit in visits], day, self._rules)
        for visit, stop in zip(visits, plan.stops, strict=True):
            visit.seq = stop.number
            if not VisitStatus(visit.status).ended:
                visit.planned_at = stop.arrive.time()
        session.flush()
