"""Builds the answer to a push from what is committed, with nothing in it that was not granted."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pydantic_core import to_json
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.headoffice.database import OfficeDatabase
from app.headoffice.models import Replica, SyncGrant, SyncOperation, SyncRow
from app.headoffice.operations import Verdict
from app.headoffice.registry import rules, shapes
from app.headoffice.rows import Plain, among, load_values
from app.headoffice.writer import Entry
from app.sync.core.deciding import Status
from app.sync.protocol import OperationMessage, PushAnswer, PushRequest

_OP, _ROW = SyncOperation.__table__, SyncRow.__table__
_APPLIED = Status.APPLIED.value
_NEEDS_NO_ROW = frozenset({_APPLIED, Status.PARKED.value})


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to a push, whose results are those of the message of that name."""

    last: int
    results: Sequence[Plain]

    def to_json(self) -> bytes:
        """Return the answer as it travels: a PushAnswer."""
        return to_json({"last": self.last, "results": self.results})

    def message(self) -> PushAnswer:
        """Return the answer as a message, for who reads it right here."""
        return PushAnswer.model_validate({"last": self.last, "results": self.results})


def of_applied(
    last: int, applied: Iterable[tuple[OperationMessage, Verdict, Entry]], granted: AbstractSet[str]
) -> Told:  # fmt: skip
    """Return the answer where all operations were applied just now as they were; the entries are as committed."""
    results: list[Plain] = []
    for op, verdict, entry in applied:
        seen = entry.scope in granted
        deleted = seen and entry.deleted
        results.append({
            "no": op.no, "id": op.id, "status": _APPLIED,
            "version": entry.version if deleted else (verdict.version if seen else None), "row": None,
            "scope": entry.scope if seen else None, "deleted": deleted,
            "conflicts": verdict.conflicts, "reason": verdict.reason,
        })  # fmt: skip
    return Told(last, results)


def answer(database: OfficeDatabase, request: PushRequest) -> Told:
    """Return the verdicts on the operations of a request, and the last number that is held of the replica."""
    with database.read() as session:
        return _answer(session, request)


def _answer(session: Session, request: PushRequest) -> Told:
    manager, last = session.execute(
        select(Replica.manager, Replica.last_no).where(Replica.id == request.replica)
    ).one()  # fmt: skip
    if not request.ops:
        return Told(last, ())
    granted = set(
        session.scalars(select(SyncGrant.scope).where(SyncGrant.manager == manager, SyncGrant.until.is_(None)))
    )
    asked = select(_OP.c.no, _OP.c.id, _OP.c.tbl, _OP.c.pk, _OP.c.status, _OP.c.version, _OP.c.reason, _OP.c.conflicts)
    between = _OP.c.no.between(request.ops[0].no, request.ops[-1].no)
    recorded = session.execute(asked.where(_OP.c.replica == request.replica, between).order_by(_OP.c.no)).all()
    wanted: dict[str, set[str]] = {}
    for row in recorded:
        if row.tbl in rules():
            wanted.setdefault(row.tbl, set()).add(row.pk)
    index: dict[tuple[str, str], tuple[str, int, bool]] = {}
    for table, keys in wanted.items():
        stands = select(_ROW.c.pk, _ROW.c.scope, _ROW.c.version, _ROW.c.deleted)
        for row in session.execute(stands.where(_ROW.c.tbl == table, among(session, _ROW.c.pk, sorted(keys)))):
            if row.scope in granted:
                index[table, row.pk] = row.scope, row.version, row.deleted
    needs = {(row.tbl, row.pk) for row in recorded if row.status not in _NEEDS_NO_ROW}
    values = _values(session, {key for key in needs if key in index and not index[key][2]}, request.schema_version)
    results: list[Plain] = []
    for row in recorded:
        scope, version, deleted = index.get((row.tbl, row.pk), (None, None, False))
        told = values.get((row.tbl, row.pk)) if row.status not in _NEEDS_NO_ROW else None
        results.append(
            {
                "no": row.no,
                "id": row.id,
                "status": row.status,
                "version": version if told is not None or deleted else (row.version if scope is not None else None),
                "row": told,
                "scope": scope,
                "deleted": deleted,
                "conflicts": row.conflicts or (),
                "reason": row.reason,
            }
        )
    return Told(last, results)


def _values(session: Session, keys: set[tuple[str, str]], schema: int) -> dict[tuple[str, str], Plain]:
    by_table: dict[str, list[str]] = {}
    for table, key in keys:
        by_table.setdefault(table, []).append(key)
    told: dict[tuple[str, str], Plain] = {}
    for table, some in by_table.items():
        columns = shapes()[table].columns_for(schema)
        for key, values in load_values(session, table, some).items():
            told[table, key] = {name: values[name] for name in columns}
    return told
