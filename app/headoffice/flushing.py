"""Writes a transaction's changed rows: numbers from the locked counters, index, values, exits, digests."""

from collections import defaultdict
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.headoffice.bulk import insert_many, update_many
from app.headoffice.models import SyncExit, SyncRow, SyncStream
from app.headoffice.registry import rules, shapes
from app.headoffice.rows import Plain, insert_values, update_values
from app.sync.core.digest import changed, row_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.headoffice.writer import Entry

STREAM, ROW = SyncStream.__table__, SyncRow.__table__
_HALF, _WHOLE = 1 << 63, 1 << 64


class _Counter:
    """The counter of one scope, locked until the commit."""

    def __init__(self, head: int, digest: int) -> None:
        self.head = head
        self.digest = digest % _WHOLE

    def next(self) -> int:
        self.head += 1
        return self.head


def signed(digest: int) -> int:
    """Return 64 bits as the column holds them."""
    return digest - _WHOLE if digest >= _HALF else digest


@cache
def defaults(table: str) -> Plain:
    """Return the plain values of a new row that names none."""
    made: Plain = {}
    for name in shapes()[table].columns:
        column = shapes()[table].table.c.get(name)
        default: Any = None if column is None else column.default
        if default is not None:
            made[name] = default.arg(None) if callable(default.arg) else default.arg
    return made


def write(session: Session, entries: "Sequence[Entry]", now: datetime) -> list[tuple[str, str]]:
    """Write the entries in their order; return the keys of those that are new, in the database or in their scope."""
    scopes = {entry.scope for entry in entries} | {scope for entry in entries for scope, _ in entry.exits}
    counters = _lock(session, scopes | {entry.was_scope for entry in entries})
    index: dict[bool, list[Plain]] = {True: [], False: []}
    exits: list[Plain] = []
    fresh = [(entry.table, entry.key) for entry in entries if not entry.known or entry.scope != entry.was_scope]
    for entry in entries:
        index[entry.known].append(_index_row(entry, counters))
        for scope, version in entry.exits:
            exits.append({
                "scope": scope, "seq": counters[scope].next(), "tbl": entry.table, "pk": entry.key,
                "version": version, "left_at": now,
            })  # fmt: skip
    insert_many(session, ROW, index[False])
    update_many(session, ROW, ("tbl", "pk"), index[True])
    _write_values(session, entries)
    insert_many(session, SyncExit.__table__, exits)
    told = [{"scope": scope, "head": one.head, "digest": signed(one.digest)} for scope, one in counters.items()]
    update_many(session, STREAM, ("scope",), told)
    for entry in entries:
        entry.known, entry.changed, entry.was_scope, entry.exits = True, None, entry.scope, []
    return fresh


def _lock(session: Session, scopes: set[str]) -> dict[str, _Counter]:
    names = sorted(scopes)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    asked = select(STREAM.c.scope, STREAM.c.head, STREAM.c.digest).where(STREAM.c.scope.in_(names))
    ordered = asked.order_by(STREAM.c.scope).with_for_update()
    rows = session.execute(ordered).all()
    if len(rows) < len(names):
        blank = [{"scope": name, "head": 0, "floor": 0, "digest": 0} for name in names]
        session.execute(dialect.insert(SyncStream).on_conflict_do_nothing(), blank)
        rows = session.execute(ordered).all()
    return {row.scope: _Counter(row.head, row.digest) for row in rows}


def _index_row(entry: "Entry", counters: dict[str, _Counter]) -> Plain:
    after = 0 if entry.deleted else row_digest(entry.table, entry.key, entry.version, entry.values)
    before = counters[entry.was_scope]
    before.digest = changed(before.digest, before=entry.digest % _WHOLE)
    home = counters[entry.scope]
    home.digest = changed(home.digest, after=after)
    entry.digest = signed(after)
    row = {
        "tbl": entry.table,
        "pk": entry.key,
        "scope": entry.scope,
        "seq": home.next(),
        "version": entry.version,
        "deleted": entry.deleted,
        "changed_at": entry.changed_at,
        "writer": entry.writer,
        "fields": entry.fields,
        "digest": entry.digest,
    }
    return row if entry.known else row | {"root": entry.root, "author": entry.author}


def _write_values(session: Session, entries: "Sequence[Entry]") -> None:
    by_table: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_table[entry.table].append(entry)
    for table in rules():
        some = by_table.get(table, ())
        heads = {
            entry.key: {
                "revision": entry.version,
                "changed_at": entry.changed_at,
                "deleted_at": entry.changed_at if entry.deleted else None,
            }
            for entry in some
        }
        insert_values(session, table, {one.key: one.values for one in some if not one.known}, heads)
        update_values(session, table, {one.key: one.changed or {} for one in some if one.known}, heads)
