"""Writes a transaction's changed rows: numbers from the locked counters, index, values, exits, digests."""

from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.headoffice.bulk import insert_columns, insert_many, update_many
from app.headoffice.models import SyncExit, SyncRow, SyncStream
from app.headoffice.registry import rules, shapes
from app.headoffice.rows import HEADS, Plain, insert_values, update_values
from app.sync.core.digest import row_digests

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.headoffice.writer import Entry

STREAM, ROW = SyncStream.__table__, SyncRow.__table__
_LOCKING = (  # made once: every transaction that writes rows comes here
    select(STREAM.c.scope, STREAM.c.head, STREAM.c.digest)
    .where(STREAM.c.scope.in_(bindparam("scopes", expanding=True)))
    .order_by(STREAM.c.scope)
    .with_for_update()
)
_HALF, _WHOLE = 1 << 63, 1 << 64
_FOREVER = ("root", "author")
_INDEX: tuple[str, ...] = (
    "tbl", "pk", "scope", "seq", "version", "deleted", "changed_at", "writer", "fields", "digest", *_FOREVER,
)  # fmt: skip
_index_row = attrgetter("table", "key", *_INDEX[2:])


class _Counter:
    """The counter of one scope, locked until the commit."""

    def __init__(self, head: int, digest: int) -> None:
        self.head = head
        self.digest = digest

    def next(self) -> int:
        self.head += 1
        return self.head


def signed(digest: int) -> int:
    """Return 64 bits as the column holds them."""
    digest %= _WHOLE
    return digest - _WHOLE if digest >= _HALF else digest


@cache
def defaults(table: str) -> Plain:
    """Return the plain values of a new row that names none; to be copied, not changed."""
    made: Plain = dict.fromkeys(shapes()[table].columns)
    for name in made:
        column = shapes()[table].table.c.get(name)
        default: Any = None if column is None else column.default
        if default is not None:
            made[name] = default.arg(None) if callable(default.arg) else default.arg
    return made


def filled(table: str, plain: Plain) -> Plain:
    """Return the plain values of a new row: what is not told, or told empty, is as `defaults` has it."""
    whole = defaults(table) | plain
    for name, default in _not_empty(table):
        if whole[name] is None:
            whole[name] = default
    return whole


@cache
def _not_empty(table: str) -> list[tuple[str, Any]]:
    return [(name, default) for name, default in defaults(table).items() if default is not None]


def write(session: Session, entries: "Sequence[Entry]", now: datetime) -> list[tuple[str, str]]:
    """Write the entries in their order; return the keys of those that are new, in the database or in their scope."""
    scopes = {entry.scope for entry in entries} | {entry.was_scope for entry in entries}
    counters = _lock(session, scopes | {scope for entry in entries if entry.exits for scope, _ in entry.exits})
    fresh = [(entry.table, entry.key) for entry in entries if not entry.known or entry.scope != entry.was_scope]
    made = _by_table(entry for entry in entries if not entry.known)
    changed = _by_table(entry for entry in entries if entry.known)
    values = {table: _sealed(table, some) for table, some in made.items()}
    for table, some in changed.items():
        _sealed(table, some)
    _write_index(session, entries, counters, now)
    for table in rules():
        if table in made:
            insert_values(session, table, _heads(made[table]), values[table])
        if table in changed:
            _update(session, table, changed[table])
    told = [{"scope": scope, "head": one.head, "digest": signed(one.digest)} for scope, one in counters.items()]
    update_many(session, STREAM, ("scope",), told)
    for entry in entries:
        entry.known, entry.changed, entry.was_scope, entry.exits = True, None, entry.scope, []
    return fresh


def _by_table(entries: "Iterable[Entry]") -> "dict[str, list[Entry]]":
    by_table: dict[str, list[Entry]] = {}
    for entry in entries:
        by_table.setdefault(entry.table, []).append(entry)
    return by_table


def _sealed(table: str, some: "Sequence[Entry]") -> list[list[Any]]:
    """Reckon the digest of each entry; return the values column by column."""
    names, values = shapes()[table].columns, [entry.values for entry in some]
    columns = [[one[name] for one in values] for name in names]
    keys, versions = [entry.key for entry in some], [entry.version for entry in some]
    for entry, digest in zip(some, row_digests(table, names, keys, versions, columns), strict=True):
        entry.part = 0 if entry.deleted else digest
    return columns


def _write_index(
    session: Session, entries: "Sequence[Entry]", counters: dict[str, _Counter], now: datetime
) -> None:  # fmt: skip
    exits: list[Plain] = []
    for entry in entries:
        counters[entry.was_scope].digest -= entry.digest
        home = counters[entry.scope]
        home.digest += entry.part
        entry.digest = signed(entry.part)
        entry.seq = home.next()
        for scope, version in entry.exits:
            exits.append({
                "scope": scope, "seq": counters[scope].next(), "tbl": entry.table, "pk": entry.key,
                "version": version, "left_at": now,
            })  # fmt: skip
    made = [_index_row(entry) for entry in entries if not entry.known]
    if made:
        insert_columns(session, ROW, _INDEX, list(zip(*made, strict=True)))
    # What a row belongs to, and who made it, never changes.
    stays = len(_INDEX) - len(_FOREVER)
    known = [dict(zip(_INDEX[:stays], _index_row(entry), strict=False)) for entry in entries if entry.known]
    update_many(session, ROW, ("tbl", "pk"), known)
    insert_many(session, SyncExit.__table__, exits)


def _heads(some: "Sequence[Entry]") -> list[list[Any]]:
    return [
        [entry.key for entry in some],
        [entry.version for entry in some],
        [entry.changed_at for entry in some],
        [entry.changed_at if entry.deleted else None for entry in some],
    ]


def _update(session: Session, table: str, some: "Sequence[Entry]") -> None:
    heads = {key: dict(zip(HEADS[1:], head, strict=True)) for key, *head in zip(*_heads(some), strict=True)}
    update_values(session, table, {one.key: one.changed or {} for one in some}, heads)


def _lock(session: Session, scopes: set[str]) -> dict[str, _Counter]:
    names = sorted(scopes)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    rows = session.execute(_LOCKING, {"scopes": names}).all()
    if len(rows) < len(names):
        blank = [{"scope": name, "head": 0, "floor": 0, "digest": 0} for name in names]
        session.execute(dialect.insert(SyncStream).on_conflict_do_nothing(), blank)
        rows = session.execute(_LOCKING, {"scopes": names}).all()
    return {row.scope: _Counter(row.head, row.digest) for row in rows}
