"""Gives a laptop what it has not seen of its scopes, page by page, out of one snapshot (spec, 4)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.headoffice.database import OfficeDatabase
from app.headoffice.models import TABLES, Replica, SyncExit, SyncGrant, SyncRow, SyncStream
from app.headoffice.problems import Revoked, TokenProblem
from app.headoffice.registry import check_schema, shapes
from app.headoffice.rows import among, load_lists
from app.sync.core.applying import Cursor, is_stale
from app.sync.core.registry import SCHEMA
from app.sync.protocol import MOST_ROWS, PAGE_BYTES, PullAnswer, PullRequest, ScopePage, TablePage

_ROW, _EXIT, _STREAM = SyncRow.__table__, SyncExit.__table__, SyncStream.__table__
_PIECE = 500
_MOST_AHEAD = 1_000
_VISIT = "visit"
_WHOLE = 1 << 64
_ORDER = {"ref": 0, "mgr": 1, "terr": 2}


@dataclass(frozen=True, slots=True)
class _Stream:
    """What this snapshot knows of a scope that is granted."""

    grant: int
    head: int = 0
    floor: int = 0
    digest: int = 0


@dataclass(slots=True)
class _Page:
    """What goes into one answer, and how much room is left."""

    rows: int
    manager: str = ""
    bytes: int = PAGE_BYTES
    scopes: dict[str, ScopePage] = field(default_factory=dict[str, ScopePage])
    cursors: dict[str, tuple[int, int, int]] = field(default_factory=dict[str, tuple[int, int, int]])


def pull(database: OfficeDatabase, request: PullRequest, now: datetime) -> PullAnswer:
    """Return the next page of everything that is granted. Raises Revoked, UpgradeRequired and TokenProblem."""
    check_schema(request.schema_version)
    with database.read() as session:
        return _pull(session, request, now)


def _pull(session: Session, request: PullRequest, now: datetime) -> PullAnswer:
    manager = _manager(session, request.replica)
    streams = _streams(session, manager)
    page = _Page(rows=min(request.limit, MOST_ROWS), manager=manager)
    reset: list[str] = []
    cursors: dict[str, Cursor] = {}
    done = True
    for scope in sorted(streams, key=lambda name: (_ORDER.get(name.partition(":")[0], 9), name)):
        stream = streams[scope]
        cursor = _cursor(request, scope)
        if is_stale(cursor, stream.grant, stream.floor) or cursor is None:
            cursor = Cursor(stream.grant, 0, stream.head)
            reset.append(scope)
        cursors[scope] = cursor
    for scope in reset:
        if streams[scope].head > page.rows:
            _send_ahead(session, page, scope, request.schema_version, now)
    for scope, cursor in cursors.items():
        stream = streams[scope]
        seq = _fill(session, page, scope, cursor, stream.head, request.schema_version)
        page.cursors[scope] = (stream.grant, seq, cursor.boot)
        done = done and seq >= stream.head
    return PullAnswer.model_construct(
        drop=tuple(sorted(set(request.cursors) - set(streams))),
        reset=tuple(reset),
        scopes=page.scopes,
        cursors=page.cursors,
        done=done,
        digests=_digests(streams) if done and request.schema_version == SCHEMA else {},
        left=0 if done else _left(session, page.cursors),
    )


def _manager(session: Session, replica: str) -> str:
    asked = select(Replica.manager, Replica.state, Replica.wipe).where(Replica.id == replica)
    found = session.execute(asked).one_or_none()
    if found is None or found.state == "forked":
        raise TokenProblem("no such replica")
    if found.state == "revoked":
        raise Revoked(wipe=found.wipe)
    return found.manager


def _streams(session: Session, manager: str) -> dict[str, _Stream]:
    asked = (
        select(SyncGrant.scope, SyncGrant.number, _STREAM.c.head, _STREAM.c.floor, _STREAM.c.digest)
        .outerjoin(_STREAM, _STREAM.c.scope == SyncGrant.scope)
        .where(SyncGrant.manager == manager, SyncGrant.until.is_(None))
    )
    return {
        row.scope: _Stream(row.number, row.head or 0, row.floor or 0, row.digest or 0)
        for row in session.execute(asked)
    }  # fmt: skip


def _cursor(request: PullRequest, scope: str) -> Cursor | None:
    held = request.cursors.get(scope)
    return None if held is None else Cursor(*held)


def _digests(streams: Mapping[str, _Stream]) -> dict[str, str]:
    return {scope: str(stream.digest % _WHOLE) for scope, stream in streams.items()}


def _left(session: Session, cursors: Mapping[str, tuple[int, int, int]]) -> int:
    unread = or_(*((_ROW.c.scope == scope) & (_ROW.c.seq > seq) for scope, (_, seq, _) in cursors.items()))
    return session.execute(select(func.count()).select_from(_ROW).where(unread)).scalar_one()


def _send_ahead(session: Session, page: _Page, scope: str, schema: int, now: datetime) -> None:
    """Begin a long load with the customers and what is planned from today on; they come again in their turn.

    At most half a page: whoever waits for the rest can work with these already.
    """
    index = select(_ROW.c.seq, _ROW.c.tbl, _ROW.c.pk, _ROW.c.version, _ROW.c.deleted, _ROW.c.author).where(
        _ROW.c.scope == scope, _ROW.c.deleted.is_(False)
    )
    customers = session.execute(
        index.where(_ROW.c.tbl == "customer").order_by(_ROW.c.seq).limit(min(page.rows // 2, _MOST_AHEAD))
    ).all()
    if not customers:
        return
    visits = TABLES[_VISIT]
    planned = select(visits.c.id).where(
        among(session, visits.c.customer_id, [UUID(one.pk) for one in customers]),
        visits.c.day >= now.date() - timedelta(days=1),
        visits.c.deleted_at.is_(None),
    )
    keys = [str(key) for key in session.scalars(planned.limit(_MOST_AHEAD))]
    visits_of = index.where(_ROW.c.tbl == _VISIT, among(session, _ROW.c.pk, keys))
    for some in (customers, session.execute(visits_of).all() if keys else ()):
        for start in range(0, len(some), _PIECE):
            rows, exits = _told(session, some[start : start + _PIECE], schema)
            size = len(json.dumps(rows, ensure_ascii=False).encode("utf-8", "replace"))
            if size > page.bytes - PAGE_BYTES // 2:
                return
            _add(page, scope, rows, exits, schema)
            if own := _own_visits(some[start : start + _PIECE], page.manager):
                page.scopes[scope].own.extend(own)
            page.rows -= len(some[start : start + _PIECE])
            page.bytes -= size


def _fill(session: Session, page: _Page, scope: str, cursor: Cursor, head: int, schema: int) -> int:
    """Put as much of a scope into the page as has room; return how far it was read."""
    seq = cursor.seq
    piece = _PIECE
    while seq < head and page.rows > 0 and page.bytes > 0:
        index, upto = _index(session, scope, seq, head, cursor, min(piece, page.rows))
        rows, exits = _told(session, index, schema)
        size = len(json.dumps((rows, exits), ensure_ascii=False).encode("utf-8", "replace"))
        if size > page.bytes and (page.bytes < PAGE_BYTES or len(index) > 1):
            if len(index) <= 1 or page.bytes < PAGE_BYTES // 8:
                page.bytes = 0
                break
            piece = max(1, len(index) // 2)
            continue
        _add(page, scope, rows, exits, schema)
        if own := _own_visits(index, page.manager):
            page.scopes[scope].own.extend(own)
        page.rows -= len(index)
        page.bytes -= size
        seq = upto
    return seq


def _index(
    session: Session, scope: str, seq: int, head: int, cursor: Cursor, most: int
) -> tuple[list[Any], int]:  # fmt: skip
    """Return the next entries of the feed, rows and exits by their numbers, and how far they reach."""
    # What a load finds deleted when it begins was never delivered in it: the sweep at its end does the rest.
    loading = cursor.boot if seq < cursor.boot else 0
    asked = (_ROW.c.seq, _ROW.c.tbl, _ROW.c.pk, _ROW.c.version, _ROW.c.deleted, _ROW.c.author)
    rows = select(*asked).where(
        _ROW.c.scope == scope, _ROW.c.seq > seq, or_(_ROW.c.deleted.is_(False), _ROW.c.seq > loading)
    )
    exits = select(_EXIT.c.seq, _EXIT.c.tbl, _EXIT.c.pk, _EXIT.c.version).where(
        _EXIT.c.scope == scope, _EXIT.c.seq > max(seq, loading)
    )
    found: list[Any] = list(session.execute(rows.order_by(_ROW.c.seq).limit(most)))
    found += session.execute(exits.order_by(_EXIT.c.seq).limit(most))
    found.sort(key=lambda one: one.seq)
    if len(found) < most:
        return found, head
    return found[:most], found[most - 1].seq


def _own_visits(index: Iterable[Any], manager: str) -> list[str]:
    """Return the visits that this manager made."""
    rows = (one for one in index if one.tbl == _VISIT and hasattr(one, "deleted"))
    return [one.pk for one in rows if one.author == manager and not one.deleted]


def _told(
    session: Session, index: Iterable[Any], schema: int
) -> tuple[dict[str, list[list[Any]]], list[tuple[str, str, int]]]:
    by_table: dict[str, list[Any]] = {}
    exits: list[tuple[str, str, int]] = []
    for one in index:
        if hasattr(one, "deleted"):
            by_table.setdefault(one.tbl, []).append(one)
        elif shapes()[one.tbl].columns_for(schema):
            exits.append((one.tbl, one.pk, one.version))
    rows: dict[str, list[list[Any]]] = {}
    for table, some in by_table.items():
        if columns := shapes()[table].columns_for(schema):
            rows[table] = _rows(session, table, some, columns)
    return rows, exits


def _rows(session: Session, table: str, some: Sequence[Any], columns: Sequence[str]) -> list[list[Any]]:
    values = load_lists(session, table, [one.pk for one in some if not one.deleted])
    whole = shapes()[table].columns
    if len(columns) < len(whole):
        places = [whole.index(name) for name in columns]
        values = {key: [held[at] for at in places] for key, held in values.items()}
    blank = [None] * len(columns)
    return [[one.pk, one.seq, one.version, one.deleted, *(blank if one.deleted else values[one.pk])] for one in some]


def _add(
    page: _Page, scope: str, rows: dict[str, list[list[Any]]], exits: list[tuple[str, str, int]], schema: int
) -> None:  # fmt: skip
    if not rows and not exits:
        return
    if scope not in page.scopes:
        page.scopes[scope] = ScopePage.model_construct(rows={}, exits=[], own=[])
    told = page.scopes[scope]
    told.exits.extend(exits)
    for table, some in rows.items():
        if table not in told.rows:
            columns = shapes()[table].columns_for(schema)
            told.rows[table] = TablePage.model_construct(columns=columns, rows=[])
        told.rows[table].rows.extend(some)
