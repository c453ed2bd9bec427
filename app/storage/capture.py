"""Every change of a row that syncs gets its outbox entry in the same transaction (sync design, 3.3 to 3.5).

Registered as `before_flush` of the writing sessions: attribute history becomes a field-level patch with the row's
revision as its base; changes of the customer archive also leave a line in the change record.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select, update
from sqlalchemy.orm import Session, UOWTransaction

from app.models.base import SyncedRow
from app.models.customer import Customer, CustomerChange
from app.models.local import OutboxEntry
from app.runtime.ids import new_id

HEAD_OFFICE_COLUMNS = {"id", "revision", "changed_at"}
NEVER_LEAVES = {"no"}
MERGEABLE = frozenset({"insert", "patch"})
"""Pending operations that take in a later patch; nothing is merged across a delete or an undelete."""


def record_changes(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Queue an outbox entry for each synced row that this flush inserts or changes."""
    now = datetime.now(UTC)
    for row in list(session.new):
        if isinstance(row, SyncedRow):
            _stamp(row, now)
            if not session.info.get("from_head_office"):
                values = {name: value for name, value in _columns(row).items() if value is not None}
                _queue(session, row, "insert", values, now)
    for row in list(session.dirty):
        if isinstance(row, SyncedRow) and (patch := _patch(row)):
            row.changed_at = now
            if isinstance(row, Customer):
                _note_customer_change(session, row, patch, now)
            if not session.info.get("from_head_office"):
                kind = _kind_of(patch)
                _queue(session, row, kind, {name: plain_value(new) for name, (_, new) in patch.items()}, now)


def _kind_of(patch: dict[str, tuple[Any, Any]]) -> str:
    if "deleted_at" not in patch:
        return "patch"
    return "undelete" if patch["deleted_at"][1] is None else "delete"


def _stamp(row: SyncedRow, now: datetime) -> None:
    if row.id is None:  # pyright: ignore[reportUnnecessaryComparison] - the default comes only at the INSERT
        row.id = new_id()
    if row.revision is None:  # pyright: ignore[reportUnnecessaryComparison]
        row.revision = 0
    row.changed_at = now


def _patch(row: SyncedRow) -> dict[str, tuple[Any, Any]]:
    """Return the changed columns as name -> (old, new)."""
    state = inspect(row)
    changed: dict[str, tuple[Any, Any]] = {}
    for attribute in state.mapper.column_attrs:
        name = attribute.key
        if name in HEAD_OFFICE_COLUMNS or name not in state.committed_state:
            continue
        old, new = state.committed_state[name], getattr(row, name)
        if old != new:
            changed[name] = (old, new)
    return changed


def _columns(row: SyncedRow) -> dict[str, Any]:
    names = [a.key for a in inspect(row).mapper.column_attrs]
    skip = HEAD_OFFICE_COLUMNS | NEVER_LEAVES
    return {name: plain_value(getattr(row, name)) for name in names if name not in skip}


def _queue(session: Session, row: SyncedRow, kind: str, values: dict[str, Any], now: datetime) -> None:
    """Add the operation, or merge a patch into the row's newest one if that has not been sent."""
    base = row.revision
    if kind != "insert":
        waiting = session.execute(
            select(OutboxEntry.no, OutboxEntry.kind, OutboxEntry.state, OutboxEntry.base, OutboxEntry.values)
            .where(OutboxEntry.row_id == row.id)
            .order_by(OutboxEntry.no.desc())
        ).all()
        base = seen_version(base, kind, values, ((one.base, one.values) for one in waiting))
        newest = waiting[0] if waiting else None
        if kind == "patch" and newest is not None and newest.state == "pending" and newest.kind in MERGEABLE:
            session.execute(
                update(OutboxEntry)
                .where(OutboxEntry.no == newest.no)
                .values(values=newest.values | values, base=min(newest.base, base), made_at=now)
                .execution_options(synchronize_session=False)
            )
            return
    session.add(
        OutboxEntry(
            id=new_id(),
            table=inspect(row).mapper.local_table.name,  # pyright: ignore[reportAttributeAccessIssue]
            row_id=row.id,
            kind=kind,
            base=base,
            values=values,
            made_at=now,
            made_by=session.info["actor"],
        )
    )


def seen_version(
    revision: int, kind: str, touched: Mapping[str, Any], waiting: Iterable[tuple[int, Mapping[str, Any]]]
) -> int:
    """Return the version that the person had before his eyes: what waits hides what has come since (spec, 3).

    `waiting` are (base, values) of the row's operations that have no verdict yet; a delete touches all that is shown.
    """
    hiding = [base for base, shown in waiting if kind == "delete" or not touched.keys().isdisjoint(shown)]
    return min([revision, *hiding])


def _note_customer_change(session: Session, row: Customer, patch: dict[str, tuple[Any, Any]], now: datetime) -> None:
    for field, (old, new) in patch.items():
        session.add(
            CustomerChange(
                customer_id=row.id,
                field=field,
                old=_text(old),
                new=_text(new),
                source=session.info["source"],
                changed_by=session.info["actor"],
                changed_at=now,
            )
        )


def _text(value: Any) -> str | None:
    return None if value is None else str(plain_value(value))


def plain_value(value: Any) -> Any:
    """Make a value JSON can carry without changing it on the way: decimals travel as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value
