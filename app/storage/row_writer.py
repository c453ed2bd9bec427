"""Writes one synced row by plain SQL, with its outbox entry in the same transaction: the way of single fields.

It keeps the contract of `capture.py` (field-level patch, base revision, merged while pending) at a fifth of the cost of
a flush, so that a field that a person types is on disk at little more than the price of the commit itself.
"""

# ruff: noqa: S608  names of tables and columns come from our own mapped classes, values are always bound

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from app.models.base import Base, SyncedRow
from app.models.customer import Customer
from app.runtime.ids import new_id
from app.storage.capture import HEAD_OFFICE_COLUMNS, MERGEABLE, NEVER_LEAVES, plain_value, seen_version

if TYPE_CHECKING:
    from sqlalchemy import Table

_Bind = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Written:
    """The row that was written, and whether anything in it changed."""

    id: UUID
    changed: bool
    inserted: bool = False


@dataclass(frozen=True, slots=True)
class _Columns:
    """How the columns of a table are written."""

    table: str
    binds: Mapping[str, _Bind | None]
    defaults: dict[str, Any] = field(default_factory=dict[str, Any])

    def bound(self, name: str, value: Any) -> Any:
        """Return the value as the driver takes it."""
        bind = self.binds[name]
        return value if bind is None else bind(value)


def write_row(
    cursor: Any, actor: str, model: type[SyncedRow], key: Mapping[str, Any], values: Mapping[str, Any]
) -> Written:
    """Set the values of the row with this key, making it first if need be; what is equal already is not written.

    The cursor is that of `Database.write_plain`. Not for the customer archive, whose changes leave a line in the change
    record (that is done by the flush).
    """
    if issubclass(model, Customer):
        raise TypeError("customers are written through the session")
    return _Writer(cursor, actor, _columns(model)).write(key, values)


def stamp(moment: datetime) -> str:
    """Return a moment as the tables hold it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


class _Writer:
    """One write within a transaction."""

    def __init__(self, cursor: Any, actor: str, columns: _Columns) -> None:
        self._actor = actor
        self._cursor = cursor
        self._columns = columns
        self._now = datetime.now(UTC)
        self._stamp = stamp(self._now)

    def write(self, key: Mapping[str, Any], values: Mapping[str, Any]) -> Written:
        found = self._find(key, list(values))
        if found is None:
            return self._insert(key, values)
        row_id, revision, *old = found
        bound = {name: self._columns.bound(name, value) for name, value in values.items()}
        changed = [name for (name, new), was in zip(bound.items(), old, strict=True) if new != was]
        if changed:
            sets = ", ".join(f'"{name}" = ?' for name in changed)
            self._cursor.execute(
                f'UPDATE "{self._columns.table}" SET {sets}, changed_at = ? WHERE id = ?',
                (*(bound[name] for name in changed), self._stamp, row_id),
            )
            self._queue(row_id, _kind_of({name: values[name] for name in changed}), revision, changed, values)
        return Written(UUID(row_id), bool(changed))

    def _find(self, key: Mapping[str, Any], fields: list[str]) -> tuple[Any, ...] | None:
        asked = ", ".join(f'"{name}"' for name in ("id", "revision", *fields))
        where = " AND ".join(f'"{name}" = ?' for name in key)
        bound = [self._columns.bound(name, value) for name, value in key.items()]
        return self._cursor.execute(f'SELECT {asked} FROM "{self._columns.table}" WHERE {where}', bound).fetchone()

    def _insert(self, key: Mapping[str, Any], values: Mapping[str, Any]) -> Written:
        row_id = key.get("id") or new_id()
        given = {name: make() if callable(make) else make for name, make in self._columns.defaults.items()}
        given |= {**key, **values}
        whole = given | {"id": row_id, "revision": 0, "changed_at": self._now}
        names = ", ".join(f'"{name}"' for name in whole)
        self._cursor.execute(
            f'INSERT INTO "{self._columns.table}" ({names}) VALUES ({", ".join("?" * len(whole))})',
            [self._columns.bound(name, value) for name, value in whole.items()],
        )
        skip = HEAD_OFFICE_COLUMNS | NEVER_LEAVES
        sent = [name for name, value in given.items() if value is not None and name not in skip]
        self._queue(row_id.hex, "insert", 0, sent, given)
        return Written(row_id, changed=True, inserted=True)

    def _queue(self, row_id: str, kind: str, base: int, names: list[str], values: Mapping[str, Any]) -> None:
        patch = {name: plain_value(values[name]) for name in names}
        if kind != "insert":
            waiting = [
                (no, was, state, older, json.loads(held))
                for no, was, state, older, held in self._cursor.execute(
                    'SELECT no, kind, state, base, "set" FROM outbox WHERE row_id = ? ORDER BY no DESC', (row_id,)
                ).fetchall()
            ]
            base = seen_version(base, kind, patch, ((older, held) for _, _, _, older, held in waiting))
            if kind == "patch" and waiting and waiting[0][2] == "pending" and waiting[0][1] in MERGEABLE:
                no, _, _, older, held = waiting[0]
                self._cursor.execute(
                    'UPDATE outbox SET "set" = ?, base = ?, made_at = ? WHERE no = ?',
                    (json.dumps(held | patch), min(older, base), self._stamp, no),
                )
                return
        self._cursor.execute(
            'INSERT INTO outbox (id, tbl, row_id, kind, base, "set", made_at, made_by, state)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending')",
            (new_id().hex, self._columns.table, row_id, kind, base, json.dumps(patch), self._stamp, self._actor),
        )


def _kind_of(changed: Mapping[str, Any]) -> str:
    if "deleted_at" not in changed:
        return "patch"
    return "undelete" if changed["deleted_at"] is None else "delete"


@cache
def _columns(model: type[Base]) -> _Columns:
    table = cast("Table", model.__table__)
    dialect = SQLiteDialect()
    binds = {column.name: column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns}
    defaults: dict[str, Any] = {}
    for column in table.columns:
        default = cast("Any", column.default)
        if default is not None and column.name not in {"id", "revision"}:
            argument = default.arg
            # SQLAlchemy wraps `default=list` into a function of the context; what is wanted here is the plain value.
            defaults[column.name] = (lambda made=argument: made(None)) if default.is_callable else argument
    return _Columns(table.name, binds, defaults)
