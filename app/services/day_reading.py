"""Reading what a day is made of: the shops, the visits stored for the day, when each shop was last served."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.domain.day_plan import next_working_day
from app.domain.geo import GeoPoint, point_of
from app.domain.reasons import VisitReason, Why
from app.domain.visit import VisitStatus
from app.models.customer import Customer
from app.models.visit import ImprovementPlan, Promise, Visit


def shown_name() -> ColumnElement[str]:
    """Return the name on the shop sign, or the registered one."""
    return func.coalesce(Customer.shop_name, Customer.cust_name)


class ShopRow(NamedTuple):
    """What the day needs to know of a shop."""

    id: UUID
    code: str
    name: str
    lat: Decimal | None
    lon: Decimal | None
    order_weekday: int | None
    license_to: date | None
    market_type: str | None
    format: str | None
    size_class: str | None
    address: str | None

    @property
    def point(self) -> GeoPoint | None:
        """Where the shop is, if that is known."""
        return point_of(as_float(self.lat), as_float(self.lon))


def as_float(value: Decimal | None) -> float | None:
    """Return a stored number for reckoning."""
    return None if value is None else float(value)


def trading_shops(session: Session) -> list[ShopRow]:
    """Return every shop that has not left the network."""
    columns = (
        Customer.id,
        Customer.cust_code,
        shown_name(),
        Customer.gis_lat,
        Customer.gis_lng,
        Customer.order_weekday,
        Customer.license_to,
        Customer.market_type,
        Customer.format,
        Customer.size_class,
        Customer.address,
    )
    rows = session.execute(select(*columns).where(Customer.deleted_at.is_(None), Customer.exit_date.is_(None)))
    return [ShopRow(*row) for row in rows]


def is_filled(session: Session, day: date) -> bool:
    """Tell whether the day has got its stops, even if all of them were taken out again.

    A visit without a place in the order was begun outside of Today and does not count.
    """
    found = session.scalar(select(Visit.id).where(Visit.day == day, Visit.seq.is_not(None)).limit(1))
    return found is not None


def visits_of(session: Session, day: date) -> list[Visit]:
    """Return the stops of a day in order; a shop that was started twice counts by its newest visit."""
    found = session.scalars(
        select(Visit).where(Visit.day == day, Visit.deleted_at.is_(None)).order_by(Visit.seq.nulls_last(), Visit.id)
    )
    newest: dict[UUID, Visit] = {}
    for visit in found:
        newest[visit.customer_id] = visit
    return list(newest.values())


def last_visits(session: Session, before: date) -> dict[UUID, date]:
    """Return the day on which each shop was last served before that day."""
    rows = session.execute(
        select(Visit.customer_id, func.max(Visit.day))
        .where(Visit.status == VisitStatus.DONE.value, Visit.day < before, Visit.deleted_at.is_(None))
        .group_by(Visit.customer_id)
    )
    return {row[0]: row[1] for row in rows}


def moved_to(session: Session, day: date, last: dict[UUID, date]) -> dict[UUID, date]:
    """Return the shops whose visit was moved to that day, with the day it was moved from, unless served since."""
    rows = session.execute(
        select(Visit.customer_id, func.max(Visit.day))
        .where(
            Visit.status == VisitStatus.MOVED.value,
            Visit.moved_to == day,
            Visit.day < day,
            Visit.deleted_at.is_(None),
        )
        .group_by(Visit.customer_id)
    )
    return {row[0]: row[1] for row in rows if last.get(row[0], date.min) < row[1]}


def known_reasons(session: Session, day: date) -> dict[UUID, tuple[Why, ...]]:
    """Return the reasons that one query for the whole territory finds: promises and plans that are due."""
    found: dict[UUID, list[Why]] = {}
    promises = session.execute(
        select(Promise.customer_id, func.count())
        .where(
            Promise.done_on.is_(None),
            Promise.dropped_reason.is_(None),
            Promise.due_on <= day,
            Promise.deleted_at.is_(None),
        )
        .group_by(Promise.customer_id)
    )
    for customer_id, count in promises:
        found.setdefault(customer_id, []).append(Why(VisitReason.PROMISE_DUE, count))
    plans = session.execute(
        select(ImprovementPlan.customer_id, ImprovementPlan.item, ImprovementPlan.due_on)
        .where(
            ImprovementPlan.self_reached.is_(None),
            ImprovementPlan.due_on <= next_working_day(day),
            ImprovementPlan.deleted_at.is_(None),
        )
        .order_by(ImprovementPlan.due_on)
    )
    for customer_id, item, due in plans:
        found.setdefault(customer_id, []).append(Why(VisitReason.PLAN_DUE, subject=item, day=due))
    return {customer_id: tuple(why) for customer_id, why in found.items()}
