"""Records that were not taken, and those that wait for another record or for a decision of the office."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.headoffice.access_models import NOT_TAKEN
from app.headoffice.console.drawing import Part
from app.headoffice.console.reach import Reach
from app.headoffice.console.readings.lists import AnySelect, customers_of, names_of, part_of
from app.headoffice.models import Replica, SyncOperation, SyncParked, SyncRow
from app.headoffice.overview import REFUSED
from app.headoffice.parked import REVIEW
from app.headoffice.rows import among

_OP = (
    SyncOperation.replica, SyncOperation.no, SyncOperation.manager, SyncOperation.tbl, SyncOperation.pk,
    SyncOperation.kind, SyncOperation.body, SyncOperation.made_at, SyncOperation.received_at, SyncOperation.status,
    SyncOperation.reason, Replica.device, Replica.state,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One operation that was not applied."""

    op: Row[Any]
    manager_name: str
    customer: tuple[str, str] | None
    values: Mapping[str, Any]
    is_elsewhere: bool = False
    """It touches a row of a territory that is not the reader's: neither shown nor decided by them."""
    waits: tuple[str, str] | None = None
    """The record that it waits for; None where a person of the office decides."""
    review: str = ""
    """Why it shall be looked at although it was taken in."""


def refused(session: Session, reach: Reach, manager: str, number: int) -> Part[RecordLine]:
    """Return one page of what was refused, the newest first."""
    query = select(*_OP).where(NOT_TAKEN, SyncOperation.status.in_(REFUSED))
    order = SyncOperation.received_at.desc(), SyncOperation.replica, SyncOperation.no.desc()
    query = query.join(Replica, Replica.id == SyncOperation.replica).order_by(*order)
    return _page(session, reach, query, manager, number)


def parked(session: Session, reach: Reach, manager: str, number: int) -> Part[RecordLine]:
    """Return one page of what waits, the oldest first."""
    query = (
        select(*_OP, SyncParked.waits_tbl, SyncParked.waits_pk)
        .join(SyncParked, (SyncParked.replica == SyncOperation.replica) & (SyncParked.no == SyncOperation.no))
        .join(Replica, Replica.id == SyncOperation.replica)
        .order_by(SyncParked.parked_at, SyncOperation.replica, SyncOperation.no)
    )
    return _page(session, reach, query, manager, number)


def _page(session: Session, reach: Reach, query: AnySelect, manager: str, number: int) -> Part[RecordLine]:
    query = query.where(reach.of_manager(SyncOperation.manager))
    if manager:
        query = query.where(SyncOperation.manager == manager)
    found = part_of(session, query, number)
    names = names_of(session, [row.manager for row in found.rows])
    roots = _roots(session, found.rows)
    customers = customers_of(session, roots.values(), reach)
    elsewhere = reach.elsewhere(session, found.rows)
    lines = [
        RecordLine(
            row,
            names[row.manager].name if row.manager in names else "",
            customers.get(roots.get((row.tbl, row.pk), "")),
            {} if (row.tbl, row.pk) in elsewhere else row.body or {},
            (row.tbl, row.pk) in elsewhere,
            *_place(row),
        )
        for row in found.rows
    ]
    return Part(lines, found.number, found.total, found.size)


def _place(row: Any) -> tuple[tuple[str, str] | None, str]:
    """Return what a record waits for, and why one that was taken in shall be looked at."""
    table, key = getattr(row, "waits_tbl", ""), getattr(row, "waits_pk", "")
    if table == REVIEW:
        return None, key
    return ((table, key) if table else None), ""


def _roots(session: Session, rows: Any) -> dict[tuple[str, str], str]:
    """Return the customers that these records belong to, as far as it is known."""
    roots = {(row.tbl, row.pk): str(row.body["customer_id"]) for row in rows if (row.body or {}).get("customer_id")}
    asked = select(SyncRow.tbl, SyncRow.pk, SyncRow.root).where(
        among(session, SyncRow.__table__.c.pk, sorted({row.pk for row in rows})), SyncRow.root.is_not(None)
    )
    roots |= {(row.tbl, row.pk): row.root for row in session.execute(asked)}
    return {key: root for key, root in roots.items() if _is_key(root)}


def _is_key(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
