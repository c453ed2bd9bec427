"""The one way in which synced rows are written at head office, by laptops and by the office alike (sync design, 3.5).

Rows are locked when they are loaded; numbers are taken from the scopes' counters only when everything is decided, so
that a counter is held for the shortest time and in one order. `OfficeDatabase` has `flush` called before the commit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.headoffice import flushing
from app.headoffice.models import EPOCH_NO, Setting, SyncRow
from app.headoffice.problems import Malformed, NotFound
from app.headoffice.registry import rules, shapes
from app.headoffice.rows import Plain, among_listed, listed, load_values
from app.sync.core.registry import CATALOGUE, Home, Kind

Key = tuple[str, str]
WHOLE_ROW = ""
"""Stands, among the fields whose last change is noted, for all that were not changed since the row was made."""
RETIRED = "old:"
"""Begins the scopes of rows that are too old for laptops: nobody is granted them, and they stay where they are."""
EPOCH_STEP = 1_000_000
"""After a restore new versions begin above all that can have been given before."""
ROW = SyncRow.__table__
_ASKED = (
    ROW.c.tbl, ROW.c.pk, ROW.c.scope, ROW.c.seq, ROW.c.version, ROW.c.deleted, ROW.c.root, ROW.c.author,
    ROW.c.writer, ROW.c.fields, ROW.c.digest, ROW.c.changed_at,
)  # fmt: skip


@dataclass(slots=True)
class Entry:
    """One row as it stands in this transaction."""

    table: str
    key: str
    scope: str
    version: int
    deleted: bool
    root: str | None
    author: str | None
    writer: str
    fields: dict[str, list[Any]]
    digest: int
    changed_at: datetime
    values: Plain
    known: bool = True
    """It is in the database already."""
    was_scope: str = ""
    changed: Plain | None = None
    """The fields to be written; None while nothing is."""
    exits: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    seq: int = 0
    """Its number in the feed, once it is written."""
    part: int = 0
    """What it adds to the digest of its scope, once it is written."""


class SyncWriter:
    """Writes synced rows in one transaction; `writer` is the replica or the person of the office who changes them."""

    def __init__(self, session: Session, now: datetime, writer: str) -> None:
        self.session = session
        self.now = now.astimezone(UTC)
        self.writer = writer
        # Whoever writes in this transaction sees what the others wrote in it.
        self._entries: dict[Key, Entry | None] = session.info.setdefault("entries", {})
        self._dirty: dict[Key, Entry] = session.info.setdefault("dirty", {})
        self._fresh: list[Key] = session.info.setdefault("fresh", [])

    # ---- reading -----------------------------------------------------------------------------------------------------
    def load(self, keys: Iterable[Key], *, absent: Iterable[Key] = ()) -> None:
        """Lock and load these rows, customers first, then by table and key: the order of everyone who locks many.

        Those that were looked for in this transaction already, and were not there, are named as `absent`.
        """
        missing = {key for key in absent if key not in self._entries}
        wanted = sorted({key for key in keys if key not in self._entries} - missing, key=_order_of)
        self._entries.update(dict.fromkeys(chain(missing, wanted)))
        for first in (True, False):
            self._lock([key for key in wanted if (key[0] == "customer") is first])

    def _lock(self, keys: list[Key]) -> None:
        by_table: dict[str, list[str]] = {}
        for table, key in keys:
            by_table.setdefault(table, []).append(key)
        for table, some in by_table.items():
            connection = self.session.connection()
            asked = _locking(postgres=connection.dialect.name == "postgresql")
            self._take(table, connection.execute(asked, {"tbl": table, "keys": listed(self.session, some)}).all())

    def _take(self, table: str, rows: Iterable[Any]) -> None:
        found = list(rows)
        values = load_values(self.session, table, [row.pk for row in found])
        for row in found:
            self._entries[table, row.pk] = Entry(
                table=table,
                key=row.pk,
                scope=row.scope,
                version=row.version,
                deleted=row.deleted,
                root=row.root,
                author=row.author,
                writer=row.writer,
                fields=dict(row.fields),
                digest=row.digest,
                changed_at=row.changed_at,
                values=values[row.pk],
                was_scope=row.scope,
            )

    def entry(self, table: str, key: str) -> Entry | None:
        """Return a row as it stands, locked; None where there is none."""
        if (table, key) not in self._entries:
            self.load([(table, key)])
        return self._entries[table, key]

    def held(self, table: str, key: str) -> Entry | None:
        """Return a row as this transaction has it, also after the commit; None where it was not loaded or is not."""
        return self._entries.get((table, key))

    # ---- writing -----------------------------------------------------------------------------------------------------
    def put(
        self,
        table: str,
        key: str,
        changes: Mapping[str, Any],
        *,
        deleted: bool | None = None,
        scope: str | None = None,
        author: str | None = None,
        at: str | None = None,
    ) -> int:
        """Write fields of a row, making it if it is new; return its version. What is equal already is not written.

        `scope` is for a new customer; other rows find theirs. Raises Malformed for values that do not fit, NotFound
        where what the row belongs to is not known.
        """
        return self.put_normal(table, key, normal(table, changes), deleted=deleted, scope=scope, author=author, at=at)

    def put_normal(
        self,
        table: str,
        key: str,
        plain: Plain,
        *,
        deleted: bool | None = None,
        scope: str | None = None,
        author: str | None = None,
        at: str | None = None,
        writers: Mapping[str, str] | None = None,
    ) -> int:
        """Write fields whose values are as `normal` gives them; `writers` names another hand than this writer's."""
        found = self.entry(table, key)
        if found is None:
            found = self._new(table, key, plain, scope, author)
            plain = {}
        else:
            plain = {name: value for name, value in plain.items() if found.values.get(name) != value}
            if not plain and (deleted is None or deleted == found.deleted):
                return found.version
        self._change(found, plain, deleted, at, writers or {})
        return found.version

    def make(self, table: str, key: str, plain: Plain, above: Entry, author: str, at: str) -> int:
        """Write a new row that hangs off another and has all that it needs; return its version.

        Does what `put_normal` does for such a row, and much faster.
        """
        customer = None if above.root is None else self.entry("customer", above.root)
        scope = (above if customer is None else customer).scope
        version = self._floor() + 1
        made = self._entries[table, key] = self._dirty[table, key] = Entry(
            table, key, scope, version, False, above.root, author, self.writer, {WHOLE_ROW: [version, at, self.writer]},
            0, self.now, flushing.filled(table, plain), False, scope, {},
        )  # fmt: skip
        return made.version

    def move(self, table: str, key: str, scope: str) -> None:
        """Bring a row into another scope; a customer takes along everything that hangs off it."""
        moved = self.entry(table, key)
        if moved is None:
            raise NotFound(key)
        if table == "customer":
            # Only now, while the customer is locked, can no further row be hung onto it.
            asked = select(ROW.c.tbl, ROW.c.pk).where(ROW.c.root == key)
            hanging = [(row.tbl, row.pk) for row in self.session.execute(asked)]
            hanging += [one for one, entry in self._entries.items() if entry is not None and entry.root == key]
            self.load(hanging)
            entries = [self._entries[one] for one in dict.fromkeys(hanging)]
        else:
            entries = [moved]
        for entry in entries:
            if entry is not None and entry.scope != scope and not entry.scope.startswith(RETIRED):
                self._leave(entry, scope)

    def _leave(self, entry: Entry, scope: str) -> None:
        left = entry.scope
        entry.scope = scope
        self._change(entry, {}, None, None, {})
        if entry.known:
            entry.exits = [(one, version) for one, version in entry.exits if one not in (left, scope)]
            entry.exits.append((left, entry.version))

    def flush(self) -> None:
        """Write what was changed, with its numbers."""
        dirty = list(self._dirty.values())
        self._dirty.clear()
        if dirty:
            self._fresh.extend(flushing.write(self.session, dirty, self.now))

    def flush_and_forget(self) -> None:
        """Write what was changed, and let the rows go from memory: for long lists."""
        self.flush()
        self._entries.clear()

    def take_fresh(self) -> list[Key]:
        """Return the keys of the rows that this transaction made since this was asked last."""
        fresh = list(self._fresh)
        self._fresh.clear()
        return fresh

    # ---- within ------------------------------------------------------------------------------------------------------
    def _new(self, table: str, key: str, plain: Plain, scope: str | None, author: str | None) -> Entry:
        filled = {name: value for name, value in plain.items() if value is not None}
        whole = flushing.defaults(table) | filled
        missing = [name for name in shapes()[table].required if whole[name] is None]
        if missing:
            raise Malformed(f"{table}: no {', '.join(sorted(missing))}")
        home, root = self._home(table, key, whole, scope, author)
        # In the order of its fields: thousands come in one transaction.
        entry = Entry(table, key, home, 0, False, root, author, self.writer, {}, 0, self.now, whole, False, home)
        self._entries[table, key] = entry
        return entry

    def _home(
        self, table: str, key: str, values: Plain, scope: str | None, author: str | None
    ) -> tuple[str, str | None]:
        rule = rules()[table]
        if rule.home is Home.CATALOGUE:
            return CATALOGUE, None
        if rule.home is Home.PERSON:
            return f"mgr:{values.get('manager', author)}", None
        if table == "customer":
            if scope is None:
                raise Malformed("a new customer needs its territory")
            return scope, key
        parent = rule.parents[0]
        above = self.entry(parent.table, str(values[parent.column]))
        if above is None or above.root is None:
            raise NotFound(str(values[parent.column]))
        customer = self.entry("customer", above.root)
        return (above if customer is None else customer).scope, above.root

    def _change(
        self, entry: Entry, plain: Plain, deleted: bool | None, at: str | None, writers: Mapping[str, str]
    ) -> None:
        is_new = entry.version == 0
        entry.version = max(entry.version, self._floor()) + 1
        entry.values.update(plain)
        entry.changed = (entry.changed or {}) | plain
        entry.writer = self.writer
        entry.changed_at = self.now
        if deleted is not None:
            entry.deleted = deleted
        if rules()[entry.table].kind is not Kind.DELIVERED:
            moment = at or self.now.isoformat(timespec="microseconds")
            names = (WHOLE_ROW,) if is_new else plain
            entry.fields |= {name: [entry.version, moment, writers.get(name, self.writer)] for name in names}
        # The newest write is the last in the feed: a row that is written again moves to the end of this transaction.
        self._dirty.pop((entry.table, entry.key), None)
        self._dirty[entry.table, entry.key] = entry

    def _floor(self) -> int:
        """Return what every new version lies above; no transaction sees it change."""
        floor: int | None = self.session.info.get("floor")
        if floor is None:
            number = self.session.execute(select(Setting.value).where(Setting.key == EPOCH_NO)).scalar()
            floor = self.session.info["floor"] = int(number or 0) * EPOCH_STEP
        return floor


@cache
def _locking(*, postgres: bool) -> Any:
    of_these = ROW.c.tbl == bindparam("tbl"), among_listed(ROW.c.pk, postgres=postgres)
    return select(*_ASKED).where(*of_these).order_by(ROW.c.pk).with_for_update()


def normal(table: str, changes: Mapping[str, Any]) -> Plain:
    """Return values as they travel, each exactly as the column would give it back. Raises Malformed."""
    shape = shapes()[table]
    plain: Plain = {}
    for name, value in changes.items():
        if name not in shape.columns:
            raise Malformed(f"{table} has no {name}")
        if value is None or name == "lines":
            plain[name] = value
            continue
        try:
            plain[name] = shape.normals[name](value)
        except (ValueError, OverflowError, RecursionError) as error:
            raise Malformed(f"{table}.{name}: {error}") from error
    return plain


def _order_of(key: Key) -> tuple[bool, Key]:
    return key[0] != "customer", key
