"""A small town to plan: shops on a grid with order days, none without a place but the last."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import text

from app.storage.database import Database
from tests.builders import a_customer

TODAY = date(2026, 6, 15)
"""A Monday without a holiday in its week before Thursday's end."""


def build_town(database: Database, count: int = 10, **fields: object) -> list[UUID]:
    """Make shops two by two along a road; the order days go round from Monday to Friday."""
    with database.deliver(source="registration") as session:
        return [
            a_customer(
                session,
                code=f"C{number:03}",
                name=f"店{number}",
                order_weekday=number % 5 + 1,
                gis_lat=None if number == count - 1 else Decimal("31.2") + Decimal(number % 2) / 100,
                gis_lng=None if number == count - 1 else Decimal("121.4") + Decimal(number) / 100,
                **fields,
            ).id
            for number in range(count)
        ]


def rows_of(database: Database) -> list[tuple[object, ...]]:
    """Return every visit that is there, as far as the plan knows it."""
    with database.read() as session:
        found = session.execute(
            text(
                "SELECT id, customer_id, day, seq, planned_at, status, reasons, locked, due_by, need_key, planned_on "
                "FROM visit WHERE deleted_at IS NULL ORDER BY id"
            )
        )
        return [tuple(row) for row in found]


def ahead(days: int) -> date:
    """Return a day so many days after today."""
    return TODAY + timedelta(days=days)
