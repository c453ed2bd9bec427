"""Writes rows that head office delivered into the laptop's tables, many at a time; what waits to go up stays on top."""

# ruff: noqa: S608  names of tables and columns come from our own mapped classes, values are always bound

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import repeat
from typing import Any, NamedTuple

from app.storage import sqlcipher
from app.storage.row_writer import stamp
from app.sync import orders
from app.sync.binding import without_empty
from app.sync.core.applying import Local
from app.sync.core.digest import row_digests
from app.sync.core.registry import SCHEMA
from app.sync.shapes import ORDER, Shape, hex_of, shapes, upsert
from app.sync.unique import make_room

LEFT, DELETED = "", "-"
"""Scopes of rows that are to go: one that left this manager, one that head office deleted."""
_HALF = 1 << 63
_CUSTOMER = "customer"


class Incoming(NamedTuple):
    """One row of head office; `values` stand in the order of the page's columns."""

    key: str
    version: int
    values: Sequence[Any]


class Arrived(NamedTuple):
    """Rows of head office column by column, in the order of the page's columns."""

    keys: Sequence[str]
    versions: Sequence[int]
    columns: Sequence[Sequence[Any]]

    @classmethod
    def of(cls, rows: Sequence[Incoming]) -> "Arrived":
        """Return the same rows column by column."""
        keys, versions, values = zip(*rows, strict=True) if rows else ((), (), ())
        return cls(keys, versions, list(zip(*values, strict=True)))

    def rows(self) -> list[Incoming]:
        """Return the same rows one by one."""
        values = zip(*self.columns, strict=True) if self.columns else repeat(())
        return list(map(Incoming, self.keys, self.versions, values))


@dataclass(slots=True)
class Changed:
    """What an apply changed, by table: keys as the store holds them."""

    put: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    removed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    removed_photos: set[str] = field(default_factory=set[str])
    """SHA-256 of photos whose rows are gone; their files are to go too unless another row names them."""
    months: dict[str, str] = field(default_factory=dict[str, str])
    """Customers whose orders changed, with the first day that did."""

    def take_in(self, other: "Changed") -> None:
        """Add what another apply changed."""
        for mine, theirs in ((self.put, other.put), (self.removed, other.removed)):
            for table, keys in theirs.items():
                mine[table] |= keys
        self.removed_photos |= other.removed_photos
        self.months |= other.months

    @property
    def rows(self) -> int:
        """How many rows were written or removed."""
        return sum(map(len, self.put.values())) + sum(map(len, self.removed.values()))


class RowStore:
    """Writes rows within one transaction, which the caller owns."""

    def __init__(self, cursor: Any, now: datetime, changed: Changed | None = None) -> None:
        self.cursor = cursor
        self.now = now
        self.changed = changed or Changed()
        self.waiting = _waiting(cursor)
        self.named: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        """Parents that written rows name, as the store holds them: by table and column of the rows, table of theirs."""

    def locals_of(self, table: str, keys: Iterable[str]) -> dict[str, Local]:
        """Return what is known of these rows."""
        found = self.cursor.execute(
            "SELECT pk, scope, version, schema FROM row_state WHERE tbl = ? AND pk IN (SELECT value FROM json_each(?))",
            (table, json.dumps(list(keys))),
        )
        return {key: Local(scope, version, schema) for key, scope, version, schema in found}

    def put(
        self, table: str, scope: str, columns: tuple[str, ...], rows: Arrived, mark: int = 0, schema: int = SCHEMA
    ) -> None:  # fmt: skip
        """Write rows whose turn it is, with what head office said about them.

        Schema 0 means that only a push answer told of the row: the feed brings its digest.
        """
        digests = map(signed, row_digests(table, columns, *rows)) if schema else repeat(None, len(rows.keys))
        self.cursor.executemany(
            "INSERT OR REPLACE INTO row_state (tbl, pk, scope, version, schema, digest, mark)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (table, key, scope, version, schema, digest, mark)
                for key, version, digest in zip(rows.keys, rows.versions, digests, strict=True)
            ],
        )
        self.write(table, columns, rows)

    def write(self, table: str, columns: tuple[str, ...], rows: Arrived) -> None:
        """Write the values alone."""
        shape = shapes()[table]
        given = dict(zip(columns, rows.columns, strict=True))
        for column, parent in shape.parents:
            keys = {key for key in given.get(column, ()) if isinstance(key, str)}
            self.named[table, column, parent].update(map(hex_of, keys))
        if table == ORDER:
            self.changed.put[table].update(rows.keys)
            wire = [(row.key, row.values) for row in rows.rows()]
            for key, values in orders.put_orders(self.cursor, columns, wire, self.changed.months):
                self.set_apart(table, key, dict(zip(columns, values, strict=True)))
            return
        heads = list(map(hex_of, rows.keys))
        before = self._customers(heads) if table == _CUSTOMER else {}
        used = {name: column for name, column in given.items() if _is_stored(shape, name)}
        try:
            for empty, values in without_empty(self._bound(shape, used, rows, heads)):
                self.cursor.executemany(upsert(table, tuple(used), _extra(shape), empty), values)
        except (sqlcipher.dbapi.IntegrityError, ValueError, TypeError):
            for row in rows.rows():
                self._one(shape, columns, row)
        self.changed.put[table].update(heads)
        for held in heads if self.waiting else ():
            if (table, held) in self.waiting:
                self.overlay(table, held)
        if before:
            self._note_changes(shape, before, self._customers(heads))

    def set_apart(self, table: str, key: str, values: Mapping[str, Any], reason: str = "parent") -> None:
        """Keep a row that cannot stand yet; what head office said about it counts all the same."""
        self.cursor.execute(
            'INSERT INTO quarantine_row (tbl, pk, scope, version, "set", reason, reset_asked, since)'
            " SELECT tbl, pk, scope, version, ?, ?, 0, ? FROM row_state WHERE tbl = ? AND pk = ?"
            " ON CONFLICT (tbl, pk) DO UPDATE SET scope = excluded.scope, version = excluded.version,"
            ' "set" = excluded."set", reason = excluded.reason',
            (json.dumps(values), reason, stamp(self.now), table, key),
        )

    def overlay(self, table: str, held: str) -> None:
        """Put what the person changed and what has not been answered yet on top of the new base."""
        shape = shapes()[table]
        for values in self.waiting.get((table, held), ()):
            known = {name: value for name, value in values.items() if name in shape.bind and name != "id"}
            if known:
                for column, parent in shape.parents:
                    if isinstance(key := known.get(column), str):
                        self.named[table, column, parent].add(hex_of(key))
                sets = ", ".join(f'"{name}" = ?' for name in known)
                self.cursor.execute(
                    f'UPDATE "{table}" SET {sets} WHERE id = ?',
                    (*(shape.bound(name, value) for name, value in known.items()), held),
                )

    def _bound(
        self, shape: Shape, given: Mapping[str, Sequence[Any]], rows: Arrived, keys: Sequence[str]
    ) -> list[Sequence[Any]]:
        """Return the rows column by column, as the store holds them."""
        columns: list[Sequence[Any]] = [
            column if (turn := shape.bind[name]) is None else [None if v is None else turn(v) for v in column]
            for name, column in given.items()
        ]
        heads = keys, rows.versions, [stamp(self.now)] * len(keys)
        if not _extra(shape):
            return [*heads, *columns]
        (last,) = self.cursor.execute("SELECT coalesce(max(no), 0) FROM product").fetchone()
        return [*heads, *columns, range(last + 1, last + 1 + len(keys))]

    def _one(self, shape: Shape, columns: tuple[str, ...], row: Incoming) -> None:
        """Write a row whose name in the trade another may bear; one that cannot be written holds up no other."""
        given = dict(zip(columns, row.values, strict=True))
        used = {name: [given[name]] for name in columns if _is_stored(shape, name)}
        try:
            bound = self._bound(shape, used, Arrived.of([row]), [hex_of(row.key)])
            values = [value for (value,) in bound]
            named = {"id": values[0]} | dict(zip(used, values[3:], strict=False))
            statement = upsert(shape.name, tuple(used), _extra(shape))
            adopted = make_room(self.cursor, shape, named, lambda: self.cursor.execute(statement, values))
            self.changed.removed[shape.name] |= set(adopted)
        except (sqlcipher.dbapi.IntegrityError, ValueError, TypeError):
            self.set_apart(shape.name, row.key, given, "unreadable")

    def _customers(self, heads: Sequence[str]) -> dict[str, dict[str, Any]]:
        found = self.cursor.execute(
            "SELECT * FROM customer WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(heads),)
        )
        names = [column[0] for column in found.description]
        return {row["id"]: row for row in (dict(zip(names, values, strict=True)) for values in found)}

    def _note_changes(
        self, shape: Shape, before: Mapping[str, dict[str, Any]], after: Mapping[str, dict[str, Any]]
    ) -> None:
        moment = stamp(self.now)
        lines = [
            (held, name, _text(shape, name, old), _text(shape, name, new), moment)
            for held, row in after.items()
            if held in before
            for name, new in row.items()
            if name not in shape.stays and (old := before[held][name]) != new
        ]
        self.cursor.executemany(
            "INSERT INTO customer_change (customer_id, field, old, new, source, changed_by, changed_at)"
            " VALUES (?, ?, ?, ?, 'head office', 'head office', ?)",
            lines,
        )


def _is_stored(shape: Shape, name: str) -> bool:
    return name in shape.bind and name not in shape.stays


def _extra(shape: Shape) -> tuple[str, ...]:
    """Return the columns that only a new row gets."""
    return ("no",) if shape.name == "product" else ()


def signed(digest: int) -> int:
    """Return 64 bits as SQLite holds them."""
    return digest - 2 * _HALF if digest >= _HALF else digest


def _waiting(cursor: Any) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return what waits to go up, by row, in the order it was done."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for table, held, values in cursor.execute('SELECT tbl, row_id, "set" FROM outbox ORDER BY no').fetchall():
        found[table, held].append(json.loads(values))
    return dict(found)


def _text(shape: Shape, name: str, value: Any) -> str | None:
    return None if value is None else str(shape.told(name, value))
