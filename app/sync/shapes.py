"""How the rows of each synced table look on the way and in the laptop's store, and what hangs off what."""

# ruff: noqa: S608  names of tables and columns come from our own mapped classes, values are always bound

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Float, Numeric, Table, Time, UniqueConstraint, Uuid

from app.models import customer, exchange, forecast, local, plan, search, sync_state, target, trade, visit
from app.models.base import Base, UtcDateTime
from app.storage.row_writer import stamp
from app.sync.binding import places
from app.sync.core.fast_json import encoder_of
from app.sync.core.registry import TableRule, build_registry

_MODULES = (customer, exchange, forecast, local, plan, search, sync_state, target, trade, visit)
ORDER = "purchase_order"
_HEADS = frozenset({"id", "revision", "changed_at", "deleted_at"})
_STAYS: Mapping[str, frozenset[str]] = {"product": frozenset({"no"}), "visit": frozenset({"serial"})}
"""Numbers that each laptop gives: a visit's serial goes up, but another laptop's must not come down beside ours."""

_as_json = encoder_of()
_LONG_MOMENT, _WHOLE_SECOND = len("2022-04-29T10:00:00.000000+00:00"), len("2022-04-29T10:00:00+00:00")

Turn = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """What is written of one table; `bind` turns a value of the wire into the store's, `tell` the other way."""

    name: str
    bind: Mapping[str, Turn | None]
    tell: Mapping[str, Turn | None]
    stays: frozenset[str]
    unique: tuple[tuple[str, ...], ...]
    children: tuple[tuple[str, str], ...]
    """(table, column) of the rows that hang off a row of this table."""
    parents: tuple[tuple[str, str], ...]
    """(column, table) of what a row of this table hangs off."""

    def bound(self, name: str, value: Any) -> Any:
        """Return a value of the wire as the store holds it."""
        turn = self.bind[name]
        return value if turn is None or value is None else turn(value)

    def told(self, name: str, value: Any) -> Any:
        """Return a value of the store as the wire carries it."""
        turn = self.tell[name]
        return value if turn is None or value is None else turn(value)


@cache
def shapes() -> Mapping[str, Shape]:
    """Return the shapes by table, parents before children."""
    return {name: _shape(Base.metadata.tables[name]) for name in rules()}


@cache
def rules() -> Mapping[str, TableRule]:
    """Return the rules by table, parents before children; who may write a field is for head office to decide."""
    return build_registry({})


def hex_of(key: str) -> str:
    """Return a key of the wire as the store's ids are held."""
    return key.replace("-", "")


def key_of(held: str) -> str:
    """Return an id of the store as the wire carries it."""
    return f"{held[:8]}-{held[8:12]}-{held[12:16]}-{held[16:20]}-{held[20:]}"


@cache
def children_of(table: str) -> tuple[tuple[str, str], ...]:
    """Return (table, column) of whatever refers to a table by its id."""
    return tuple(
        (other.name, next(iter(key.columns)).name)
        for other in Base.metadata.tables.values()
        for key in other.foreign_key_constraints
        if key.referred_table.name == table
    )


@lru_cache(maxsize=1024)
def upsert(
    table: str, columns: tuple[str, ...], extra: tuple[str, ...] = (), empty: frozenset[int] = frozenset()
) -> str:
    """Return the statement that writes a row: id, revision, changed_at, the columns, then what only a new row gets.

    The places that are `empty` become NULL and are not bound.
    """
    names = ", ".join(f'"{name}"' for name in ("id", "revision", "changed_at", *columns, *extra))
    values = places(3 + len(columns) + len(extra), empty)
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in ("revision", "changed_at", *columns))
    return f'INSERT INTO "{table}" ({names}) VALUES ({values}) ON CONFLICT (id) DO UPDATE SET {sets}, deleted_at = NULL'


def _shape(table: Table) -> Shape:
    stays = _HEADS | _STAYS.get(table.name, frozenset())
    return Shape(
        name=table.name,
        bind={column.name: _binder(column) for column in table.columns},
        tell={column.name: _teller(column) for column in table.columns},
        stays=stays,
        unique=tuple(
            names
            for one in table.constraints
            if isinstance(one, UniqueConstraint)
            and not stays.intersection(names := tuple(column.name for column in one.columns))
        ),
        children=children_of(table.name),
        parents=tuple((next(iter(key.columns)).name, key.referred_table.name) for key in table.foreign_key_constraints),
    )


def _binder(column: Column[Any]) -> Turn | None:
    kind = column.type
    if isinstance(kind, Uuid):
        return hex_of
    if isinstance(kind, UtcDateTime):
        return _held_moment
    if isinstance(kind, Time):
        return lambda value: time.fromisoformat(value).isoformat(timespec="microseconds")
    if isinstance(kind, Numeric) and not isinstance(kind, Float):
        return float
    if isinstance(kind, JSON):
        return _as_json
    return int if isinstance(kind, Boolean) else None


def _held_moment(value: str) -> str:
    if len(value) == _LONG_MOMENT and value.endswith("+00:00"):  # as head office writes it: ten times a row
        return f"{value[:10]} {value[11:26]}"
    if len(value) == _WHOLE_SECOND and value.endswith("+00:00"):
        return f"{value[:10]} {value[11:19]}.000000"
    return stamp(datetime.fromisoformat(value))


def _teller(column: Column[Any]) -> Turn | None:
    kind = column.type
    if isinstance(kind, Uuid):
        return key_of
    if isinstance(kind, UtcDateTime):
        return lambda value: datetime.fromisoformat(value).replace(tzinfo=UTC).isoformat()
    if isinstance(kind, Time):
        return lambda value: time.fromisoformat(value).isoformat()
    if isinstance(kind, Numeric) and not isinstance(kind, Float):
        scale = kind.scale or 0
        return lambda value: f"{value:.{scale}f}"
    if isinstance(kind, JSON):
        return json.loads
    return bool if isinstance(kind, Boolean) else None
