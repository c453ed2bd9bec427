"""Reads proposed changes of the archive: those that wait here, those at head office, and those it has decided."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.domain.archive import Archive, ArchiveField, FieldType, Owner
from app.domain.proposals import ProposalState, state_of
from app.services.archive_values import Value, stored_value
from app.services.day_reading import SHOWN_NAME

_MOST = 300
_OFFICE = "head office"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed change of one field."""

    id: UUID | None
    """None while head office has not given it a row."""
    customer_id: UUID
    shop: str
    field: ArchiveField
    old: Value
    new: Value
    state: ProposalState
    proposed_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""
    can_withdraw: bool = False


def read_proposals(cursor: Any, archive: Archive, customer_id: UUID | None = None) -> tuple[Proposal, ...]:
    """Return the proposals of one customer or of all: the open ones first, then the newest decision."""
    fields = {one.key: one for one in archive.fields if one.owner is Owner.MANAGER_PROPOSES}
    at_office = list(_at_office(cursor, fields, customer_id))
    found = [*_queued(cursor, fields, customer_id), *_unheard(cursor, fields, customer_id, at_office), *at_office]
    return tuple(sorted(found, key=_order))[:_MOST]


def _order(one: Proposal) -> tuple[bool, float]:
    return (not one.state.is_open, -(one.decided_at or one.proposed_at).timestamp())


def _at_office(cursor: Any, fields: dict[str, ArchiveField], customer_id: UUID | None) -> Iterator[Proposal]:
    withdrawing = {row for (row,) in cursor.execute("SELECT row_id FROM outbox WHERE tbl = 'change_proposal'")}
    where, values = _of_customer("p.customer_id", customer_id)
    rows = cursor.execute(
        f"SELECT p.id, p.customer_id, {SHOWN_NAME}, p.field, p.old, p.new, p.proposed_at, p.state, p.decided_by,"  # noqa: S608
        " p.decided_at, p.note FROM change_proposal p JOIN customer c ON c.id = p.customer_id"
        f" WHERE p.deleted_at IS NULL{where} ORDER BY coalesce(p.decided_at, p.proposed_at) DESC LIMIT {_MOST}",
        values,
    ).fetchall()
    for key, customer, shop, name, old, new, at, state, by, decided, note in rows:
        field = fields.get(name)
        if field is None:
            continue
        stands = ProposalState.WITHDRAWN if key in withdrawing and state == "open" else state_of(state)
        yield Proposal(
            UUID(key), UUID(customer), shop or "", field, _held(field, old), _held(field, new), stands, _moment(at),
            by or "", _moment(decided) if decided else None, note or "",
            can_withdraw=stands is ProposalState.AT_OFFICE,
        )  # fmt: skip


def _queued(cursor: Any, fields: dict[str, ArchiveField], customer_id: UUID | None) -> Iterator[Proposal]:
    """Return what waits in the outbox; what was changed and changed back proposes nothing."""
    where, values = _of_customer("o.row_id", customer_id)
    rows = cursor.execute(
        f'SELECT o.row_id, {SHOWN_NAME}, o."set", o.made_at, o.state FROM outbox o JOIN customer c ON c.id = o.row_id'  # noqa: S608
        f" WHERE o.tbl = 'customer' AND o.kind = 'patch'{where} ORDER BY o.no",
        values,
    ).fetchall()
    newest: dict[tuple[str, str], Proposal] = {}
    for customer, shop, held, at, state in rows:
        for name, new in json.loads(held).items():
            field = fields.get(name)
            if field is None:
                continue
            value = _typed(field, new)
            before = base_of(cursor, UUID(customer), field)
            newest.pop((customer, name), None)
            if before != value:
                newest[customer, name] = Proposal(
                    None, UUID(customer), shop or "", field, before, value, ProposalState.QUEUED, _moment(at),
                    can_withdraw=state == "pending",
                )  # fmt: skip
    yield from newest.values()


def base_of(cursor: Any, customer_id: UUID, field: ArchiveField) -> Value:
    """Return what stood in a field before the changes that head office has not heard of."""
    sent = cursor.execute(
        "SELECT max(made_at) FROM sent_op WHERE tbl = 'customer' AND pk = ? AND json_extract(\"set\", ?) IS NOT NULL",
        (str(customer_id), f"$.{field.key}"),
    ).fetchone()[0]
    found = cursor.execute(
        "SELECT old FROM customer_change WHERE customer_id = ? AND field = ? AND changed_by <> ? AND changed_at > ?"
        " ORDER BY changed_at, id LIMIT 1",
        (customer_id.hex, field.key, _OFFICE, sent or ""),
    ).fetchone()
    return None if found is None else stored_value(field, found[0])


def _unheard(
    cursor: Any, fields: dict[str, ArchiveField], customer_id: UUID | None, known: Collection[Proposal]
) -> Iterator[Proposal]:
    """Return what head office has taken for its decision, but whose row has not come down yet.

    It is known by its value, not by its moment: the clocks of both may be years apart.
    """
    heard = [(one.customer_id, one.field.key, one.new) for one in known]
    where, values = _of_customer("c.id", customer_id)
    rows = cursor.execute(
        f'SELECT s.pk, {SHOWN_NAME}, s."set", s.made_at FROM sent_op s'  # noqa: S608
        " JOIN customer c ON c.id = replace(s.pk, '-', '')"
        f" WHERE s.tbl = 'customer' AND s.status IN ('review', 'conflict'){where}",
        values,
    ).fetchall()
    for key, shop, held, made in rows:
        at = _moment(made)
        for name, new in json.loads(held).items():
            field = fields.get(name)
            value = None if field is None else _typed(field, new)
            if field is not None and (UUID(key), name, value) not in heard:
                yield Proposal(None, UUID(key), shop or "", field, None, value, ProposalState.AT_OFFICE, at)


def _of_customer(column: str, customer_id: UUID | None) -> tuple[str, tuple[str, ...]]:
    return ("", ()) if customer_id is None else (f" AND {column} = ?", (customer_id.hex,))


def _held(field: ArchiveField, text: str | None) -> Value:
    return None if text is None else _typed(field, json.loads(text))


def _typed(field: ArchiveField, value: Any) -> Value:
    """Return a value as the archive shows it: JSON carries decimals and days as texts."""
    if isinstance(value, str) and field.type in {FieldType.DECIMAL, FieldType.DATE}:
        return stored_value(field, value)
    return value


def _moment(held: str) -> datetime:
    return datetime.fromisoformat(held).replace(tzinfo=UTC).astimezone()
