"""Reckons what a pull would bring, without bringing it: counts by scope and table, bytes from a few of the rows."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.headoffice import people
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import Replica, SyncExit, SyncRow, SyncStream
from app.headoffice.problems import TokenProblem
from app.headoffice.registry import check_schema, shapes
from app.headoffice.rows import load_values
from app.sync.core.applying import Cursor, is_stale
from app.sync.protocol import EstimateAnswer, EstimateRequest, ScopeEstimate

_SAMPLE = 50
"""Rows of a table that are looked at for its size."""
_EXIT_BYTES = 60
_MESSAGE_BYTES = 300


@dataclass(slots=True)
class _Sizes:
    """What a row of each table weighs, unpacked and packed; looked at once in an answer."""

    session: Session
    schema: int
    known: dict[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])

    def of(self, table: str, scope: str, after: int) -> tuple[float, float]:
        """Return the mean sizes of a table's rows, from some that wait in this scope."""
        if table not in self.known:
            self.known[table] = self._looked_at(table, scope, after)
        return self.known[table]

    def _looked_at(self, table: str, scope: str, after: int) -> tuple[float, float]:
        asked = (
            select(SyncRow.pk, SyncRow.seq, SyncRow.version)
            .where(SyncRow.scope == scope, SyncRow.seq > after, SyncRow.tbl == table, SyncRow.deleted.is_(False))
            .limit(_SAMPLE)
        )
        found = {row.pk: (row.seq, row.version) for row in self.session.execute(asked)}
        if not found:
            return _EXIT_BYTES, _EXIT_BYTES / 2
        columns = shapes()[table].columns_for(self.schema)
        rows = [
            [key, *found[key], False, *(values[name] for name in columns)]
            for key, values in load_values(self.session, table, list(found)).items()
        ]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        return len(text) / len(rows), len(gzip.compress(text, 5)) / len(rows)


def estimate(database: OfficeDatabase, request: EstimateRequest, manager: str) -> EstimateAnswer:
    """Return what a pull with these cursors would bring this manager. Raises UpgradeRequired and TokenProblem."""
    check_schema(request.schema_version)
    with database.read() as session:
        if session.scalar(select(Replica.state).where(Replica.id == request.replica)) != "active":
            raise TokenProblem("no such replica")
        return _estimate(session, request, manager)


def _estimate(session: Session, request: EstimateRequest, manager: str) -> EstimateAnswer:
    grants = people.scopes_of(session, manager)
    streams = _streams(session, grants)
    sizes = _Sizes(session, request.schema_version)
    told: dict[str, ScopeEstimate] = {}
    plain = packed = float(_MESSAGE_BYTES)
    for scope, grant in sorted(grants.items()):
        head, floor = streams.get(scope, (0, 0))
        held = request.cursors.get(scope)
        cursor = None if held is None else Cursor(*held)
        is_reset = cursor is None or is_stale(cursor, grant, floor)
        if cursor is None or is_reset:
            cursor = Cursor(grant, 0, head)
        one = _of_scope(session, scope, cursor, request.schema_version, is_reset=is_reset)
        if not (one.rows or one.exits or one.reset):
            continue
        told[scope] = one
        plain += one.exits * _EXIT_BYTES
        packed += one.exits * _EXIT_BYTES / 2
        for table, count in one.rows.items():
            of_plain, of_packed = sizes.of(table, scope, cursor.seq)
            plain += count * of_plain
            packed += count * of_packed
    return EstimateAnswer(
        scopes=told,
        drop=tuple(sorted(set(request.cursors) - set(grants))),
        bytes=round(plain),
        packed=round(packed),
        probe=request.probe,
    )


def _streams(session: Session, grants: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    asked = select(SyncStream.scope, SyncStream.head, SyncStream.floor).where(SyncStream.scope.in_(sorted(grants)))
    return {row.scope: (row.head or 0, row.floor or 0) for row in session.execute(asked)}


def _of_scope(session: Session, scope: str, cursor: Cursor, schema: int, *, is_reset: bool) -> ScopeEstimate:
    """Count what the feed of a scope holds behind a cursor, as a pull reads it."""
    # What a load finds deleted when it begins is not delivered in it.
    loading = cursor.boot if cursor.seq < cursor.boot else 0
    rows = (
        select(SyncRow.tbl, func.count())
        .where(
            SyncRow.scope == scope,
            SyncRow.seq > cursor.seq,
            or_(SyncRow.deleted.is_(False), SyncRow.seq > loading),
        )
        .group_by(SyncRow.tbl)
    )
    exits = (
        select(func.count())
        .select_from(SyncExit)
        .where(SyncExit.scope == scope, SyncExit.seq > max(cursor.seq, loading))
    )
    found: list[tuple[Any, ...]] = [tuple(row) for row in session.execute(rows)]
    known = {table: count for table, count in found if shapes()[table].columns_for(schema)}
    return ScopeEstimate(rows=known, exits=session.execute(exits).scalar_one(), reset=is_reset)
