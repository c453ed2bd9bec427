"""Reading what a day is made of: the shops, the visits stored for the day, when each shop was last served.

Plain SQL on the driver's cursor: this is what the first page shows, and it shall not wait for SQLAlchemy.
"""

import json
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, time
from typing import Any, NamedTuple
from uuid import UUID

from app.domain.day_plan import next_working_day
from app.domain.geo import GeoPoint, point_of
from app.domain.reasons import VisitReason, Why
from app.domain.visit import VisitStatus
from app.storage.colleagues import IS_OWN

SHOWN_NAME = "coalesce(shop_name, cust_name)"
"""The name on the shop sign, or the registered one."""


class ShopRow(NamedTuple):
    """What the day needs to know of a shop."""

    id: UUID
    code: str
    name: str
    lat: float | None
    lon: float | None
    order_weekday: int | None
    market_type: str | None
    format: str | None
    size_class: str | None
    address: str | None

    @property
    def point(self) -> GeoPoint | None:
        """Where the shop is, if that is known."""
        return point_of(self.lat, self.lon)


class StoredVisit(NamedTuple):
    """One visit of a day as it is stored."""

    id: UUID
    customer_id: UUID
    seq: int | None
    planned_at: time | None
    status: VisitStatus
    reasons: tuple[str, ...]
    end_reason: str | None
    moved_to: date | None
    left_at: str | None
    """Only for its order."""


def trading_shops(cursor: Any) -> list[ShopRow]:
    """Return every shop that has not left the network."""
    rows = cursor.execute(
        f"SELECT id, cust_code, {SHOWN_NAME}, gis_lat, gis_lng, order_weekday, "
        "market_type, format, size_class, address FROM customer WHERE deleted_at IS NULL AND exit_date IS NULL"
    )
    return [ShopRow(UUID(row[0]), *row[1:]) for row in rows]


def is_filled(cursor: Any, day: date) -> bool:
    """Tell whether the day has got its stops, even if all of them were taken out again; or its month is planned.

    A visit without a place in the order was begun outside of Today and does not count.
    """
    found = cursor.execute(
        f"SELECT 1 FROM visit WHERE day = ? AND seq IS NOT NULL AND {IS_OWN} LIMIT 1", (day.isoformat(),)
    )
    return found.fetchone() is not None or is_planned(cursor, day)


def is_planned(cursor: Any, day: date) -> bool:
    """Tell whether a plan was kept for the month of that day: a day without visits is then meant to be one."""
    last = day.replace(day=monthrange(day.year, day.month)[1])
    found = cursor.execute(
        "SELECT 1 FROM visit WHERE day BETWEEN ? AND ? AND need_key IS NOT NULL AND deleted_at IS NULL "
        f"AND {IS_OWN} LIMIT 1",
        (day.replace(day=1).isoformat(), last.isoformat()),
    )
    return found.fetchone() is not None


def visits_of(cursor: Any, day: date) -> list[StoredVisit]:
    """Return the stops of a day in order; a shop that was started twice counts by its newest visit."""
    rows = cursor.execute(
        "SELECT id, customer_id, seq, planned_at, status, reasons, end_reason, moved_to, left_at "
        f"FROM visit WHERE day = ? AND deleted_at IS NULL AND {IS_OWN} ORDER BY seq IS NULL, seq, id",
        (day.isoformat(),),
    )
    newest: dict[str, StoredVisit] = {}
    for key, customer, seq, planned, status, reasons, end_reason, moved, left in rows:
        newest[customer] = StoredVisit(
            UUID(key),
            UUID(customer),
            seq,
            None if planned is None else time.fromisoformat(planned),
            VisitStatus(status),
            tuple(json.loads(reasons) or ()) if reasons else (),
            end_reason,
            _day(moved),
            left,
        )
    return list(newest.values())


def last_visits(cursor: Any, before: date) -> dict[UUID, date]:
    """Return the day on which each shop was last served before that day."""
    rows = cursor.execute(
        "SELECT customer_id, max(day) FROM visit WHERE status = ? AND day < ? AND deleted_at IS NULL GROUP BY 1",
        (VisitStatus.DONE.value, before.isoformat()),
    )
    return _days_by_shop(rows)


def moved_to(cursor: Any, day: date, last: dict[UUID, date]) -> dict[UUID, date]:
    """Return the shops whose visit was moved to that day, with the day it was moved from, unless served since."""
    rows = cursor.execute(
        "SELECT customer_id, max(day) FROM visit WHERE status = ? AND moved_to = ? AND day < ? AND deleted_at IS NULL "
        "GROUP BY 1",
        (VisitStatus.MOVED.value, day.isoformat(), day.isoformat()),
    )
    return {shop: moved for shop, moved in _days_by_shop(rows).items() if last.get(shop, date.min) < moved}


def moved_without_stop(cursor: Any, day: date) -> dict[UUID, date]:
    """Return the shops whose visit was moved to that day and that have no stop on it, not even one taken out."""
    moved = moved_to(cursor, day, last_visits(cursor, day))
    if not moved:
        return {}
    there = cursor.execute(f"SELECT customer_id FROM visit WHERE day = ? AND {IS_OWN}", (day.isoformat(),))
    return {shop: moved[shop] for shop in moved.keys() - {UUID(row[0]) for row in there}}


def known_reasons(cursor: Any, day: date) -> dict[UUID, tuple[Why, ...]]:
    """Return the reasons that one query for the whole territory finds: promises and plans that are due."""
    found: dict[UUID, list[Why]] = {}
    promises = cursor.execute(
        "SELECT customer_id, count(*) FROM promise WHERE done_on IS NULL AND dropped_reason IS NULL AND due_on <= ? "
        "AND deleted_at IS NULL GROUP BY 1",
        (day.isoformat(),),
    )
    for shop, count in promises:
        found.setdefault(UUID(shop), []).append(Why(VisitReason.PROMISE_DUE, count))
    plans = cursor.execute(
        "SELECT customer_id, item, due_on FROM improvement_plan WHERE self_reached IS NULL AND due_on <= ? "
        "AND deleted_at IS NULL ORDER BY due_on",
        (next_working_day(day).isoformat(),),
    )
    for shop, item, due in plans:
        found.setdefault(UUID(shop), []).append(Why(VisitReason.PLAN_DUE, subject=item, day=_day(due)))
    return {shop: tuple(why) for shop, why in found.items()}


def _days_by_shop(rows: Iterable[tuple[str, str]]) -> dict[UUID, date]:
    return {UUID(shop): date.fromisoformat(day) for shop, day in rows}


def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)
