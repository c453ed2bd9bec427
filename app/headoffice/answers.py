"""Builds the answer to a push from what is committed, with nothing in it that was not granted."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.headoffice.database import OfficeDatabase
from app.headoffice.models import Replica, SyncGrant, SyncOperation, SyncRow
from app.headoffice.registry import rules, shapes
from app.headoffice.rows import Plain, among, load_values
from app.sync.core.deciding import Status
from app.sync.protocol import PushAnswer, PushRequest

_OP, _ROW = SyncOperation.__table__, SyncRow.__table__
_NEEDS_NO_ROW = frozenset({Status.APPLIED.value, Status.PARKED.value})


def answer(database: OfficeDatabase, request: PushRequest) -> PushAnswer:
    """Return the verdicts on the operations of a request, and the last number that is held of the replica."""
    with database.read() as session:
        return _answer(session, request)


def _answer(session: Session, request: PushRequest) -> PushAnswer:
    manager, last = session.execute(
        select(Replica.manager, Replica.last_no).where(Replica.id == request.replica)
    ).one()  # fmt: skip
    if not request.ops:
        return PushAnswer(last=last, results=())
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
    return PushAnswer.model_validate({"last": last, "results": results})


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
