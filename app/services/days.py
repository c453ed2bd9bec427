"""The shops of a day: filled by the rule the first time, then kept, so that a restart shows the same day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import geo
from app.domain.changes import Changes, Kind
from app.domain.day_plan import DayCapacity, DayRules, ShopForDay, fill_day, next_working_day, schedule
from app.domain.reasons import VisitReason, Why
from app.domain.visit import VisitStatus
from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.clock import Clock
from app.services.day_reading import (
    ShopRow,
    known_reasons,
    last_visits,
    shown_name,
    trading_shops,
    visits_of,
)
from app.storage.database import Database

_CAPACITY = DayCapacity(stops=25, minutes=390)
_OPEN = (VisitStatus.PLANNED.value, VisitStatus.IN_PROGRESS.value)


@dataclass(frozen=True, slots=True)
class DayShop:
    """A shop on the map around the route."""

    customer_id: UUID
    name: str
    lat: float
    lon: float


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


@dataclass(frozen=True, slots=True)
class DaySheet:
    """A day with its stops in order; `hours` run from the first stop to the end of the last."""

    day: date
    stops: tuple[DayStop, ...]
    km: float
    hours: float
    next_order_day: date
    left_out: int
    """Shops that were due by the rule but did not fit."""

    @property
    def ended(self) -> int:
        """How many stops have ended, in whatever way."""
        return sum(stop.status.ended for stop in self.stops)

    @property
    def done(self) -> int:
        """How many shops were served."""
        return sum(stop.status is VisitStatus.DONE for stop in self.stops)


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
        """Return the day, filling it by the rule if it has no stop yet and does not lie in the past."""
        with self._database.write(source="day rule") as session:
            sheet = self._sheet(session, day)
            if day < self._clock.today() or any(stop.visit_id for stop in sheet.stops):
                return sheet
            for stop in sheet.stops:
                session.add(
                    Visit(
                        customer_id=stop.customer_id,
                        day=day,
                        seq=stop.number,
                        planned_at=stop.planned_at,
                        status=VisitStatus.PLANNED.value,
                        reasons=[why.code.value for why in stop.why],
                    )
                )
            session.flush()
            return self._sheet(session, day)

    def surroundings(self) -> tuple[DayShop, ...]:
        """Return every shop that has coordinates, for the sketch around the route."""
        with self._database.read() as session:
            rows = session.execute(
                select(Customer.id, shown_name(), Customer.gis_lat, Customer.gis_lng)
                .where(Customer.gis_lat.is_not(None), Customer.gis_lng.is_not(None), Customer.deleted_at.is_(None))
                .order_by(Customer.cust_code)
            )
            return tuple(
                DayShop(i, name, float(lat), float(lon))
                for i, name, lat, lon in rows
                if lat is not None and lon is not None
            )

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
        return self._set_deleted(visit_id, deleted=True)

    def put_back(self, visit_id: UUID) -> Changes:
        """Undo `remove`."""
        return self._set_deleted(visit_id, deleted=False)

    def reorder(self, day: date, visit_ids: Sequence[UUID]) -> Changes:
        """Give the stops the order of the list and time them anew; stops that are not in it keep their place before."""
        with self._database.write() as session:
            visits = {visit.id: visit for visit in visits_of(session, day)}
            named = [visits[i] for i in visit_ids if i in visits]
            others = [visit for visit in visits.values() if visit not in named]
            for number, visit in enumerate(others + named, 1):
                visit.seq = number
            session.flush()
            self._time_again(session, day)
        return Changes.of(Kind.VISIT, *visit_ids)

    def shorten(self, day: date) -> Changes:
        """Order the stops that are still open by distance, beginning from the last shop that was served."""
        with self._database.write() as session:
            visits = visits_of(session, day)
            ended = [v for v in visits if VisitStatus(v.status).ended]
            open_visits = [v for v in visits if not VisitStatus(v.status).ended]
            points = {row.id: _point(row) for row in trading_shops(session)}
            start = next((p for v in reversed(ended) if (p := points.get(v.customer_id))), None)
            route = geo.order_by_distance([points.get(v.customer_id) for v in open_visits], start)
            for number, visit in enumerate([*ended, *(open_visits[i] for i in route.order)], 1):
                visit.seq = number
            session.flush()
            self._time_again(session, day)
            return Changes.of(Kind.VISIT, *(v.id for v in open_visits))

    def _set_deleted(self, visit_id: UUID, *, deleted: bool) -> Changes:
        with self._database.write() as session:
            visit = session.get(Visit, visit_id)
            if visit is not None and VisitStatus(visit.status) is VisitStatus.PLANNED:
                visit.deleted_at = self._clock.now() if deleted else None
                session.flush()
                self._time_again(session, visit.day)
        return Changes.of(Kind.VISIT, visit_id)

    def _sheet(self, session: Session, day: date) -> DaySheet:
        shops = trading_shops(session)
        last = last_visits(session, day)
        cheap = known_reasons(session, day)
        by_id = {row.id: row for row in shops}
        candidates = {row.id: _for_day(row, last.get(row.id), cheap.get(row.id, ())) for row in shops}
        visits = visits_of(session, day)
        if visits:
            left_out = 0
            plan = schedule(
                [candidates[v.customer_id] for v in visits if v.customer_id in candidates], day, self._rules
            )
        else:
            plan = fill_day(list(candidates.values()), day, _CAPACITY, self._rules)
            left_out = len(plan.left_out)
        stored = {visit.customer_id: visit for visit in visits}
        stops = tuple(
            _stop(by_id[s.shop.id], stored.get(s.shop.id), s.number, s.arrive.time(), s.reasons, last, s.km)
            for s in plan.stops
        )
        return DaySheet(day, stops, plan.km, plan.hours, next_working_day(day), left_out)

    def _time_again(self, session: Session, day: date) -> None:
        shops = {row.id: _for_day(row, None, ()) for row in trading_shops(session)}
        visits = [visit for visit in visits_of(session, day) if visit.customer_id in shops]
        plan = schedule([shops[visit.customer_id] for visit in visits], day, self._rules)
        for visit, stop in zip(visits, plan.stops, strict=True):
            visit.seq = stop.number
            if not VisitStatus(visit.status).ended:
                visit.planned_at = stop.arrive.time()


def _for_day(row: ShopRow, last_visit: date | None, known: tuple[Why, ...]) -> ShopForDay:
    return ShopForDay(
        row.id, row.code, row.name, _float(row.lat), _float(row.lon), row.order_weekday, last_visit,
        known,
    )  # fmt: skip


def _stop(
    row: ShopRow,
    visit: Visit | None,
    number: int,
    arrive: time,
    why: tuple[Why, ...],
    last: dict[UUID, date],
    km: float,
) -> DayStop:
    planned = visit.planned_at if visit is not None and visit.planned_at is not None else arrive
    return DayStop(
        visit_id=None if visit is None else visit.id,
        customer_id=row.id,
        code=row.code,
        name=row.name,
        class_code=f"{row.market_type or ''}{row.format or ''}{row.size_class or ''}",
        market_type=row.market_type,
        format=row.format,
        size_class=row.size_class,
        number=number,
        planned_at=planned,
        status=VisitStatus.PLANNED if visit is None else VisitStatus(visit.status),
        end_reason=None if visit is None else visit.end_reason,
        why=why,
        last_visit=last.get(row.id),
        lat=_float(row.lat),
        lon=_float(row.lon),
        km=km,
    )


def _point(row: ShopRow) -> geo.GeoPoint | None:
    return geo.point_of(_float(row.lat), _float(row.lon))


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
