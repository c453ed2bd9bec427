"""What the shelf step shows beside its fields: the counts of the last visit that looked at the shelf."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from app.models.visit import ShelfCheck, Visit
from app.services.recording import load
from app.storage.database import Database

COUNTS = ("sku_on_sale", "sku_shown", "sku_tagged", "slots")
CHECKS = (
    "fixture_ok",
    "position_ok",
    "in_order",
    "fresh",
    "license_shown",
    "minors_sign",
    "tags_complete",
    "price_as_tagged",
)


@dataclass(frozen=True, slots=True)
class LastShelf:
    """The shelf as it was seen last; None where a field was not looked at."""

    day: date
    counts: Mapping[str, int | None]
    checks: Mapping[str, bool | None]


class ShelfReading:
    """Reads the shelf of earlier visits."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self, visit_id: UUID) -> LastShelf | None:
        """Return the shelf of the last visit before this one that looked at it; None if none did."""
        with self._database.read() as session:
            visit = load(session, Visit, visit_id)
            looked = or_(*(getattr(ShelfCheck, name).is_not(None) for name in (*COUNTS, *CHECKS)))
            found = session.execute(
                select(ShelfCheck, Visit.day)
                .join(Visit, Visit.id == ShelfCheck.visit_id)
                .where(
                    Visit.customer_id == visit.customer_id,
                    Visit.id != visit_id,
                    Visit.day <= visit.day,
                    Visit.deleted_at.is_(None),
                    ShelfCheck.deleted_at.is_(None),
                    looked,
                )
                .order_by(Visit.day.desc(), Visit.started_at.desc())
                .limit(1)
            ).first()
            if found is None:
                return None
            row, day = found
            counts = {name: getattr(row, name) for name in COUNTS}
            return LastShelf(day, counts, {name: getattr(row, name) for name in CHECKS})
