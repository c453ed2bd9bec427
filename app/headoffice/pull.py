"""Gives a laptop what it has not seen of its scopes, page by page, out of one snapshot (spec, 4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.headoffice.database import OfficeDatabase
from app.headoffice.giving_back import LEFT
from app.headoffice.models import TABLES, Manager, Replica, SyncExit, SyncGrant, SyncRow, SyncStream
from app.headoffice.page import Exit, Page, Told, unbracketed
from app.headoffice.problems import Revoked, TokenProblem
from app.headoffice.registry import check_schema, shapes
from app.headoffice.rows import among, load_columns
from app.sync.core.applying import Cursor, is_stale
from app.sync.core.registry import SCHEMA
from app.sync.protocol import MOST_ROWS, PAGE_BYTES, PullAnswer, PullRequest

_ROW, _EXIT, _STREAM = SyncRow.__table__, SyncExit.__table__, SyncStream.__table__
_Entry = tuple[int, str, str, int, bool, str | None]
"""Of the index: number in the feed, table, key, version, whether it is deleted, who made the row."""
_ENTRY = (_ROW.c.seq, _ROW.c.tbl, _ROW.c.pk, _ROW.c.version, _ROW.c.deleted, _ROW.c.author)
_PIECE = 1_000
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


def pull(database: OfficeDatabase, request: PullRequest, now: datetime) -> PullAnswer:
    """Return the next page of everything that is granted. Raises Revoked, UpgradeRequired and TokenProblem."""
    return pull_page(database, request, now).message()


def pull_page(database: OfficeDatabase, request: PullRequest, now: datetime) -> Page:
    """Return the same as `pull`, as it travels."""
    check_schema(request.schema_version)
    with database.read() as session:
        return _pull(session, request, now)


def _pull(session: Session, request: PullRequest, now: datetime) -> Page:
    manager = _manager(session, request.replica)
    streams = _streams(session, manager)
    page = Page(min(request.limit, MOST_ROWS), manager, request.schema_version)
    reset: list[str] = []
    cursors: dict[str, Cursor] = {}
    for scope in sorted(streams, key=lambda name: (_ORDER.get(name.partition(":")[0], 9), name)):
        stream = streams[scope]
        cursor = _cursor(request, scope)
        if is_stale(cursor, stream.grant, stream.floor) or cursor is None:
            cursor = Cursor(stream.grant, 0, stream.head)
            reset.append(scope)
        cursors[scope] = cursor
    for scope in reset:
        if streams[scope].head > page.rows_left:
            _send_ahead(session, page, scope, now)
    for scope, cursor in cursors.items():
        stream = streams[scope]
        seq = _fill(session, page, scope, cursor, stream.head)
        page.cursors[scope] = (stream.grant, seq, cursor.boot)
        page.done = page.done and seq >= stream.head
    page.drop = tuple(sorted(set(request.cursors) - set(streams)))
    page.reset = tuple(reset)
    if not page.done:
        page.left = _left(session, page.cursors)
    elif request.schema_version == SCHEMA:
        page.digests = _digests(streams)
    return page


def _manager(session: Session, replica: str) -> str:
    asked = select(Replica.manager, Replica.state, Replica.wipe).where(Replica.id == replica)
    found = session.execute(asked).one_or_none()
    if found is None or found.state in {"forked", LEFT}:
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


def _send_ahead(session: Session, page: Page, scope: str, now: datetime) -> None:
    """Begin a long load with the customers and what is planned from today on; they come again in their turn.

    At most half a page: whoever waits for the rest can work with these already.
    """
    index = select(*_ENTRY).where(_ROW.c.scope == scope, _ROW.c.deleted.is_(False))
    customers = session.execute(
        index.where(_ROW.c.tbl == "customer").order_by(_ROW.c.seq).limit(min(page.rows_left // 2, _MOST_AHEAD))
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
            told = _told(session, page, some[start : start + _PIECE], ())
            if told.size > page.bytes_left - PAGE_BYTES // 2:
                return
            page.add(scope, told)


def _fill(session: Session, page: Page, scope: str, cursor: Cursor, head: int) -> int:
    """Put as much of a scope into the page as has room; return how far it was read."""
    seq = cursor.seq
    # What a load finds deleted when it begins was never delivered in it: the sweep at its end does the rest.
    loading = cursor.boot if seq < cursor.boot else 0
    piece = _PIECE
    while seq < head and page.rows_left > 0 and page.bytes_left > 0:
        rows, exits, upto = _index(session, scope, seq, head, loading, min(piece, page.rows_left))
        told = _told(session, page, rows, exits)
        if told.size > page.bytes_left and (page.bytes_left < PAGE_BYTES or told.items > 1):
            if told.items <= 1 or page.bytes_left < PAGE_BYTES // 8:
                page.bytes_left = 0
                break
            piece = max(1, told.items * page.bytes_left // (told.size + told.size // 8))
            continue
        page.add(scope, told)
        seq = upto
        if told.items:
            piece = max(1, min(_PIECE, page.bytes_left * told.items // (told.size + told.size // 8 + 1)))
    return seq


def _index(
    session: Session, scope: str, seq: int, head: int, loading: int, most: int
) -> tuple[Sequence[_Entry], Sequence[Exit], int]:  # fmt: skip
    """Return the next entries of the feed, rows and exits, and up to which number they reach."""
    asked = select(*_ENTRY).where(
        _ROW.c.scope == scope, _ROW.c.seq > seq, or_(_ROW.c.deleted.is_(False), _ROW.c.seq > loading)
    )
    rows: Sequence[Any] = session.execute(asked.order_by(_ROW.c.seq).limit(most)).all()
    left = select(_EXIT.c.seq, _EXIT.c.tbl, _EXIT.c.pk, _EXIT.c.version).where(
        _EXIT.c.scope == scope, _EXIT.c.seq > max(seq, loading)
    )
    exits: Sequence[Any] = session.execute(left.order_by(_EXIT.c.seq).limit(most)).all()
    upto = head
    if len(rows) + len(exits) >= most:
        upto = sorted(one[0] for one in (*rows, *exits))[most - 1]
        rows = [one for one in rows if one[0] <= upto] if rows and rows[-1][0] > upto else rows
    return rows, [(table, key, version) for number, table, key, version in exits if number <= upto], upto


def _told(session: Session, page: Page, rows: Sequence[_Entry], exits: Sequence[Exit]) -> Told:
    """Return entries of the feed as they travel to a laptop of this schema."""
    by_table: dict[str, list[_Entry]] = {}
    for one in rows:
        by_table.setdefault(one[1], []).append(one)
    tables: dict[str, tuple[tuple[str, ...], bytes]] = {}
    count = 0
    for table, some in by_table.items():
        if columns := shapes()[table].columns_for(page.schema):
            tables[table] = columns, unbracketed(_rows(session, table, some, columns))
            count += len(some)
    told = [one for one in exits if shapes()[one[0]].columns_for(page.schema)]
    own = [key for _, _, key, _, deleted, author in by_table.get(_VISIT, ()) if author == page.manager and not deleted]
    by = _by_colleagues(session, page, by_table.get(_VISIT, ()))
    if _VISIT not in tables:
        own, by = [], {}
    return Told(tables, unbracketed(told), own, by, len(rows) + len(exits), count)


def _by_colleagues(session: Session, page: Page, visits: Sequence[_Entry]) -> dict[str, str]:
    """Return who made the visits that this manager did not make, by their keys; imported ones are nobody's."""
    made = {key: author for _, _, key, _, deleted, author in visits if author and not deleted}
    made = {key: author for key, author in made.items() if author != page.manager}
    unknown = set(made.values()) - page.names.keys()
    if unknown:
        asked = select(Manager.code, Manager.name).where(Manager.code.in_(unknown))
        page.names |= {row.code: row.name for row in session.execute(asked)}
    return {key: page.names[author] for key, author in made.items() if author in page.names}


def _rows(session: Session, table: str, some: Sequence[_Entry], columns: tuple[str, ...]) -> Iterable[tuple[Any, ...]]:
    living = [one for one in some if not one[4]]
    if not living:
        return [(key, seq, version, deleted, *[None] * len(columns)) for seq, _, key, version, deleted, _ in some]
    seqs, _, keys, versions, deleted, _ = zip(*living, strict=True)
    rows = zip(keys, seqs, versions, deleted, *load_columns(session, table, keys, columns), strict=True)
    if len(living) == len(some):
        return rows
    gone = _rows(session, table, [one for one in some if one[4]], columns)
    return sorted((*rows, *gone), key=itemgetter(1))
