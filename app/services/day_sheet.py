"""The day as plain data: its stops in order, why each is there, and what to say where there are none."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from app.domain import reasons
from app.domain.day_plan import DayCapacity, DayPlan, DayRules, ShopForDay, Stop, fill_day, next_working_day, schedule
from app.domain.reasons import VisitReason, Why
from app.domain.visit import VisitStatus
from app.services.day_handed_on import handed_on_visits
from app.services.day_reading import (
    ShopRow,
    StoredVisit,
    is_filled,
    known_reasons,
    last_visits,
    moved_to,
    trading_shops,
    visits_of,
)
from app.storage.facts import CURRENCY, UNIT, fact_of
from app.storage.outbox_counts import waiting_photos, waiting_work

_CAPACITY = DayCapacity(stops=25, minutes=390)
_NOT_GONE_TO = frozenset({VisitStatus.MOVED, VisitStatus.CANCELLED})
_DOOR_ONLY = frozenset({VisitStatus.CLOSED, VisitStatus.REFUSED})


@dataclass(frozen=True, slots=True)
class DayStop:
    """One stop of the day: the planned visit, when, why, and the way from the stop before."""

    visit_id: UUID | None
    """None for a day that is only proposed."""
    customer_id: UUID
    code: str
    name: str
    class_code: str
    market_type: str | None
    format: str | None
    size_class: str | None
    number: int
    planned_at: time
    status: VisitStatus
    end_reason: str | None
    why: tuple[Why, ...]
    last_visit: date | None
    lat: float | None
    lon: float | None
    km: float
    address: str | None = None
    moved_to: date | None = None


@dataclass(frozen=True, slots=True)
class DaySheet:
    """A day with its stops in order; `hours` run from the first stop to the end of the last.

    A stop that was moved or cancelled is no part of the way; one that was closed or refused takes the way only.
    """

    day: date
    stops: tuple[DayStop, ...]
    km: float
    hours: float
    next_order_day: date
    left_out: int
    """Shops that were due by the rule but did not fit."""
    shops: int = 0
    """Shops of the territory that have not left the network."""
    with_order_day: int = 0
    """How many of them have an order day."""
    order_soon: int = 0
    """How many of them order on the day or no later than the next order day."""
    waiting: int = 0
    """Records that head office has not confirmed."""
    photos_waiting: int = 0
    unit: str | None = None
    currency: str | None = None
    left: int = 0
    """Shops served on the day that have left this manager since, so that they have no stop any more."""

    @property
    def served(self) -> int:
        """How many shops were served, those that have left since included."""
        return self.done + self.left

    @property
    def ended(self) -> int:
        """How many stops have ended, in whatever way."""
        return sum(stop.status.ended for stop in self.stops)

    @property
    def done(self) -> int:
        """How many stops of the list were served."""
        return sum(stop.status is VisitStatus.DONE for stop in self.stops)

    @property
    def is_over(self) -> bool:
        """Whether there were stops and every one of them has ended."""
        return bool(self.stops) and self.ended == len(self.stops)

    def count(self) -> Counter[VisitStatus]:
        """Return how many stops are in which state."""
        return Counter(stop.status for stop in self.stops)


@dataclass(slots=True)
class DayFacts:
    """What the day is worked out from, read once."""

    shops: dict[UUID, ShopRow]
    last: dict[UUID, date]
    visits: list[StoredVisit]
    candidates: dict[UUID, ShopForDay]
    filled: bool

    @property
    def known_visits(self) -> list[StoredVisit]:
        """The visits of shops that have not left the network."""
        return [visit for visit in self.visits if visit.customer_id in self.shops]


def read_facts(cursor: Any, day: date) -> DayFacts:
    """Read everything that a day is worked out from."""
    shops = {row.id: row for row in trading_shops(cursor)}
    last = last_visits(cursor, day)
    moved = moved_to(cursor, day, last)
    known = known_reasons(cursor, day)
    visits = visits_of(cursor, day)
    by_hand = {v.customer_id for v in visits if v.seq is None or VisitReason.PINNED.value in v.reasons}

    def candidate(row: ShopRow) -> ShopForDay:
        why = known.get(row.id, ())
        if row.id in moved:
            why = (*why, Why(VisitReason.PINNED, day=moved[row.id]))
        pinned = row.id in moved or row.id in by_hand
        return ShopForDay(
            row.id, row.code, row.name, row.lat, row.lon, row.order_weekday, last.get(row.id),
            why, pinned,
        )  # fmt: skip

    candidates = {row.id: candidate(row) for row in shops.values()}
    return DayFacts(shops, last, visits, candidates, is_filled(cursor, day))


def planned(facts: DayFacts, day: date, rules: DayRules, *, as_stored: bool) -> DayPlan:
    """Return the day in the order that is stored, or as the rule would fill it."""
    if as_stored or facts.filled:
        return schedule([facts.candidates[visit.customer_id] for visit in facts.known_visits], day, rules)
    return fill_day(list(facts.candidates.values()), day, _CAPACITY, rules)


def read_sheet(cursor: Any, day: date, rules: DayRules, *, as_stored: bool) -> DaySheet:
    """Return the day with its stops, or with those that the rule proposes."""
    facts = read_facts(cursor, day)
    plan = planned(facts, day, rules, as_stored=as_stored)
    stored = {visit.customer_id: visit for visit in facts.visits}
    way = _way(plan, stored, rules)
    horizon = next_working_day(day, rules.days_off)
    weekdays = [row.order_weekday for row in facts.shops.values()]
    return DaySheet(
        day=day,
        stops=tuple(_stop(stop, facts, stored.get(stop.shop.id)) for stop in plan.stops),
        km=way.km,
        hours=_hours(way, stored, rules),
        next_order_day=horizon,
        left_out=len(plan.left_out),
        shops=len(facts.shops),
        with_order_day=sum(weekday is not None for weekday in weekdays),
        order_soon=sum(reasons.order_day(weekday, day, horizon) is not None for weekday in weekdays),
        waiting=waiting_work(cursor),
        photos_waiting=waiting_photos(cursor)[0],
        unit=fact_of(cursor, UNIT),
        currency=fact_of(cursor, CURRENCY),
        left=handed_on_visits(cursor, day) + sum(_was_served_and_left(visit, facts) for visit in facts.visits),
    )


def _was_served_and_left(visit: StoredVisit, facts: DayFacts) -> bool:
    return visit.status is VisitStatus.DONE and visit.customer_id not in facts.shops


def _way(plan: DayPlan, stored: Mapping[UUID, StoredVisit], rules: DayRules) -> DayPlan:
    """Return the day without the stops to which nobody goes any more."""
    going = [stop.shop for stop in plan.stops if _status(stored, stop.shop.id) not in _NOT_GONE_TO]
    return plan if len(going) == len(plan.stops) else schedule(going, plan.day, rules)


def _hours(way: DayPlan, stored: Mapping[UUID, StoredVisit], rules: DayRules) -> float:
    at_the_door = sum(_status(stored, stop.shop.id) in _DOOR_ONLY for stop in way.stops)
    return max(0.0, way.hours - at_the_door * rules.visit_minutes / 60)


def _status(stored: Mapping[UUID, StoredVisit], shop: UUID) -> VisitStatus:
    visit = stored.get(shop)
    return VisitStatus.PLANNED if visit is None else visit.status


def _stop(stop: Stop, facts: DayFacts, visit: StoredVisit | None) -> DayStop:
    row = facts.shops[stop.shop.id]
    arrive = stop.arrive.time()
    return DayStop(
        visit_id=None if visit is None else visit.id,
        customer_id=row.id,
        code=row.code,
        name=row.name,
        class_code=f"{row.market_type or ''}{row.format or ''}{row.size_class or ''}",
        market_type=row.market_type,
        format=row.format,
        size_class=row.size_class,
        number=stop.number,
        planned_at=visit.planned_at if visit is not None and visit.planned_at is not None else arrive,
        status=VisitStatus.PLANNED if visit is None else visit.status,
        end_reason=None if visit is None else visit.end_reason,
        why=stop.reasons,
        last_visit=facts.last.get(row.id),
        lat=row.lat,
        lon=row.lon,
        km=stop.km,
        address=row.address,
        moved_to=None if visit is None else visit.moved_to,
    )
