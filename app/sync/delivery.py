"""How far a visit has got on its way to head office: *delivered* is said only when nothing of it can be missing."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.local import OutboxEntry
from app.models.visit import (
    AdviceLine,
    DiagnosisRating,
    ImprovementPlan,
    Photo,
    Promise,
    ShelfCheck,
    StockCount,
    Visit,
)
from app.sync.blob_queue import stored_hashes

VISIT_CHILDREN = (StockCount, ShelfCheck, DiagnosisRating, AdviceLine, ImprovementPlan, Promise, Photo)
"""The classes whose rows hang off a visit, as `app.sync.core.day_summary.CHILDREN` names their tables."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where one visit stands: rows without a verdict, rows head office holds, photos it has confirmed of all."""

    rows_waiting: int
    rows_confirmed: int
    rows_refused: int
    """Rows that got a verdict but are not at head office: they are in *needs you*, nothing waits for them."""
    photos_confirmed: int
    photos_total: int

    @property
    def delivered(self) -> bool:
        """Whether head office holds every row and has confirmed the bytes of every photo."""
        return self.rows_waiting == 0 and self.rows_refused == 0 and self.photos_confirmed == self.photos_total


@dataclass(slots=True)
class _Counts:
    waiting: int = 0
    confirmed: int = 0
    refused: int = 0
    hashes: frozenset[str] = frozenset()

    def add(self, *, waits: bool, revision: int) -> None:
        if waits:
            self.waiting += 1
        elif revision > 0:
            self.confirmed += 1
        else:
            self.refused += 1


def delivery_state(session: Session, visit_id: UUID) -> Delivery:
    """Return where one visit stands."""
    return deliveries(session, [visit_id])[visit_id]


def deliveries(session: Session, visit_ids: Collection[UUID]) -> dict[UUID, Delivery]:
    """Return where each of the visits stands, as a day or a list of visits needs it."""
    counts = {visit: _Counts() for visit in visit_ids}
    waiting = set(session.scalars(select(OutboxEntry.row_id)))
    for row in session.execute(select(Visit.id, Visit.revision).where(Visit.id.in_(visit_ids))):
        counts[row.id].add(waits=row.id in waiting, revision=row.revision)
    for model in VISIT_CHILDREN:
        query = select(model.visit_id, model.id, model.revision, model.deleted_at).where(model.visit_id.in_(visit_ids))
        for row in session.execute(query):
            # A row that was made and taken back before it was ever sent has left nothing that could be missing.
            if row.id in waiting or row.deleted_at is None or row.revision > 0:
                counts[row.visit_id].add(waits=row.id in waiting, revision=row.revision)
    photos = select(Photo.visit_id, Photo.sha256).where(Photo.visit_id.in_(visit_ids), Photo.deleted_at.is_(None))
    for row in session.execute(photos):
        counts[row.visit_id].hashes |= {row.sha256}
    stored = stored_hashes(session, {name for one in counts.values() for name in one.hashes})
    return {
        visit: Delivery(one.waiting, one.confirmed, one.refused, len(one.hashes & stored), len(one.hashes))
        for visit, one in counts.items()
    }
