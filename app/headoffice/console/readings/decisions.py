"""Conflicts and proposals: what stood before, what each side wrote, what stands now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, not_, select
from sqlalchemy.orm import Session

from app.headoffice.conflicts import REVERSIBLE
from app.headoffice.console.drawing import Part
from app.headoffice.console.reach import Reach
from app.headoffice.console.readings.lists import Named, customers_of, key_text, names_of, part_of
from app.headoffice.models import TABLES, SyncOperation, SyncRow
from app.headoffice.registry import rules
from app.headoffice.rows import among, load_values

_CONFLICT, _PROPOSAL = TABLES["sync_conflict"], TABLES["change_proposal"]
CONFLICTS = ("open", "settled", "merged")
PROPOSALS = ("open", "accepted", "declined", "withdrawn")


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """One field on which two sides did not agree."""

    conflict: Row[Any]
    key: str
    names: Mapping[str, str]
    """The names of the managers who wrote the values."""
    customer: tuple[str, str] | None
    base: Any
    knows_base: bool
    """Whether the value that both began with is still known."""
    stands: Any
    hides_theirs: bool
    """The record was kept for somebody who may not learn head office's value: it is the one that stands."""
    may_turn: bool
    """Whether the 90 days for another choice are not over."""


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One change that a manager proposes."""

    proposal: Row[Any]
    key: str
    by: Named | None
    customer: tuple[str, str] | None
    stands: Any
    knows_old: bool
    """Whether `old` is what the manager saw; otherwise head office had put it there before the proposal came."""
    changed_at: datetime | None
    """When head office changed the field last, where the manager had not seen that change."""

    @property
    def was_changed(self) -> bool:
        """Whether the archive holds something else than the manager saw."""
        return not self.knows_old or self.stands != self.proposal.old


def told_once() -> ColumnElement[bool]:
    """Leave out what a manager kept of a customer who had left, where the one who has the customer now was told too."""
    other = _CONFLICT.alias()
    told_too = exists().where(
        other.c.operation == _CONFLICT.c.operation,
        other.c.field == _CONFLICT.c.field,
        other.c.pk == _CONFLICT.c.pk,
        other.c.manager != _CONFLICT.c.manager,
        other.c.deleted_at.is_(None),
    )
    return not_((_CONFLICT.c.rule == "moved") & (_CONFLICT.c.manager == _CONFLICT.c.yours_by) & told_too)


def conflict_is_near(reach: Reach) -> ColumnElement[bool]:
    """Leave out conflicts about what lies in another territory, since they tell what head office holds of it."""
    return reach.of_row(_CONFLICT.c.tbl, _CONFLICT.c.pk)


def proposal_is_near(session: Session, reach: Reach) -> ColumnElement[bool]:
    """Leave out proposals about customers of another territory."""
    return reach.of_row("customer", key_text(session, _PROPOSAL.c.customer_id))


def conflicts(
    session: Session, reach: Reach, state: str, manager: str, now: datetime, number: int
) -> Part[ConflictLine]:
    """Return one page of conflicts: open ones the oldest first, others the newest."""
    wanted = (state,) if state in CONFLICTS else ("open",)
    moment = _CONFLICT.c.yours_at.asc() if state == "open" else _CONFLICT.c.yours_at.desc()
    query = select(_CONFLICT).where(
        _CONFLICT.c.state.in_(wanted), _CONFLICT.c.deleted_at.is_(None), told_once(), conflict_is_near(reach)
    )
    if manager:
        query = query.where(_CONFLICT.c.manager == manager)
    found = part_of(session, query.order_by(moment, _CONFLICT.c.tbl, _CONFLICT.c.pk, _CONFLICT.c.field), number)
    names = names_of(session, [one for row in found.rows for one in (row.manager, row.yours_by, row.theirs_by or "")])
    values = _values(session, [(row.tbl, row.pk) for row in found.rows])
    customers = _customers(session, found.rows, reach)
    bases = _bases(session, found.rows)
    lines = [
        ConflictLine(
            conflict=row,
            key=str(row.id),
            names={code: one.name for code, one in names.items()},
            customer=customers.get((row.tbl, row.pk)),
            base=bases.get(row.id),
            knows_base=row.id in bases,
            stands=values.get((row.tbl, row.pk), {}).get(row.field),
            hides_theirs=row.rule == "moved" and row.theirs_by is None,
            may_turn=now - row.yours_at <= REVERSIBLE,
        )
        for row in found.rows
    ]
    return Part(lines, found.number, found.total, found.size)


def proposals(session: Session, reach: Reach, state: str, manager: str, number: int) -> Part[ProposalLine]:
    """Return one page of proposals: open ones the oldest first, decided ones the newest."""
    wanted = state if state in PROPOSALS else "open"
    order = _PROPOSAL.c.proposed_at.asc() if wanted == "open" else _PROPOSAL.c.decided_at.desc()
    query = select(_PROPOSAL).where(
        _PROPOSAL.c.state == wanted, _PROPOSAL.c.deleted_at.is_(None), proposal_is_near(session, reach)
    )
    if manager:
        query = query.where(_PROPOSAL.c.manager == manager)
    found = part_of(session, query.order_by(order, _PROPOSAL.c.id), number)
    names = names_of(session, [row.manager for row in found.rows])
    customers = customers_of(session, [row.customer_id for row in found.rows], reach)
    values = _values(session, [("customer", str(row.customer_id)) for row in found.rows])
    changes = _unseen_changes(session, found.rows) if wanted == "open" else {}
    lines: list[ProposalLine] = []
    for row in found.rows:
        shop = str(row.customer_id)
        stands = values.get(("customer", shop), {}).get(row.field)
        changed_at, before_arrival = changes.get(row.id, (None, False))
        lines.append(
            ProposalLine(
                proposal=row,
                key=str(row.id),
                by=names.get(row.manager),
                customer=customers.get(shop),
                stands=stands,
                knows_old=not before_arrival,
                changed_at=changed_at,
            )
        )
    return Part(lines, found.number, found.total, found.size)


def _values(session: Session, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for table in {table for table, _ in keys} & set(rules()):
        own = load_values(session, table, sorted({key for name, key in keys if name == table}))
        found |= {(table, key): values for key, values in own.items()}
    return found


def _unseen_changes(session: Session, rows: Sequence[Row[Any]]) -> dict[Any, tuple[datetime, bool]]:
    """Return when head office changed what open proposals are about, and whether before they arrived.

    Only changes that were not on the laptop when its operation was made.
    """
    keys = sorted({str(row.customer_id) for row in rows})
    asked = select(SyncRow.pk, SyncRow.fields).where(
        SyncRow.tbl == "customer", among(session, SyncRow.__table__.c.pk, keys)
    )
    fields = {row.pk: row.fields for row in session.execute(asked)}
    made = _made(session, keys)
    found: dict[Any, tuple[datetime, bool]] = {}
    for row in rows:
        key = str(row.customer_id)
        version, moment, _ = fields.get(key, {}).get(row.field) or (0, None, None)
        base, received_at = made.get((key, row.manager, row.proposed_at), (version, row.proposed_at))
        if moment is not None and version > base:
            changed_at = datetime.fromisoformat(moment)
            found[row.id] = changed_at, changed_at < received_at
    return found


def _made(session: Session, customers: Sequence[str]) -> dict[tuple[str, str, datetime], tuple[int, datetime]]:
    """Return what each operation on these customers was based on and when it came, by customer, manager and moment."""
    asked = select(
        SyncOperation.pk, SyncOperation.manager, SyncOperation.made_at, SyncOperation.base, SyncOperation.received_at
    ).where(
        SyncOperation.tbl == "customer",
        among(session, SyncOperation.__table__.c.pk, customers),
        SyncOperation.status.not_in(("moved", "gone")),
    )
    return {
        (row.pk, row.manager, datetime.fromisoformat(row.made_at)): (row.base, row.received_at)
        for row in session.execute(asked)
    }


def _customers(session: Session, rows: Sequence[Row[Any]], reach: Reach) -> dict[tuple[str, str], tuple[str, str]]:
    asked = select(SyncRow.tbl, SyncRow.pk, SyncRow.root).where(
        among(session, SyncRow.__table__.c.pk, sorted({row.pk for row in rows})), SyncRow.root.is_not(None)
    )
    roots = {(row.tbl, row.pk): row.root for row in session.execute(asked)}
    named = customers_of(session, roots.values(), reach)
    return {key: named[root] for key, root in roots.items() if root in named}


def _bases(session: Session, rows: Sequence[Row[Any]]) -> dict[Any, Any]:
    """Return the values that both sides began with, where an operation of the last 90 days still tells them."""
    keys = sorted({row.pk for row in rows})
    asked = (
        select(SyncOperation.tbl, SyncOperation.pk, SyncOperation.version, SyncOperation.body)
        .where(
            among(session, SyncOperation.__table__.c.pk, keys),
            SyncOperation.status == "applied",
            SyncOperation.body.is_not(None),
        )
        .order_by(SyncOperation.version)
    )
    known = session.execute(asked).all() if keys else []
    found: dict[Any, Any] = {}
    for row in rows:
        for op in known:
            is_before = op.version is not None and op.version <= row.base_version
            if (op.tbl, op.pk) == (row.tbl, row.pk) and is_before and row.field in op.body:
                found[row.id] = op.body[row.field]
    return found
