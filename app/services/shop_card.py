"""What Today shows of a shop beside its brief: the licence, the phone, and what was agreed last."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.brief import Owner, Promise
from app.models.customer import Customer
from app.models.visit import Promise as PromiseRow
from app.models.visit import Visit
from app.services.recording import load


@dataclass(frozen=True, slots=True)
class ShopCard:
    """Licence and phone as they are known, and the agreed steps that are open or belong to the last agreement."""

    customer_id: UUID
    license_no: str | None
    license_to: date | None
    phone: str | None
    agreed: tuple[Promise, ...]
    """Open ones first, by their day."""


def read_card(session: Session, customer_id: UUID) -> ShopCard:
    """Return the card of a shop within a session."""
    customer = load(session, Customer, customer_id)
    return ShopCard(
        customer_id, customer.license_no, customer.license_to, customer.phone_main, _agreed(session, customer_id)
    )


def _agreed(session: Session, customer_id: UUID) -> tuple[Promise, ...]:
    rows = session.execute(
        select(PromiseRow, Visit.day)
        .join(Visit, Visit.id == PromiseRow.visit_id)
        .where(
            PromiseRow.customer_id == customer_id,
            PromiseRow.deleted_at.is_(None),
            PromiseRow.dropped_reason.is_(None),
        )
        .order_by(PromiseRow.due_on.nulls_last(), PromiseRow.id)
    ).all()
    newest = max((day for _, day in rows), default=None)
    kept = [row for row, day in rows if row.done_on is None or day == newest]
    kept.sort(key=lambda row: row.done_on is not None)
    return tuple(
        Promise(row.text, Owner.SHOP if row.by_shop else Owner.MANAGER, row.due_on, row.done_on is not None)
        for row in kept
    )
