"""Applies staged pages: drops, rows, exits, sweep of scopes that were loaded anew, all of it in one transaction."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.runtime.cancel import CancelToken, no_report
from app.storage.database import Database, cursor_of
from app.storage.facts import note_untidy
from app.storage.order_totals import refresh_months
from app.sync.core.applying import Effect, effect_of_exit, effect_of_row
from app.sync.core.registry import SCHEMA
from app.sync.leavers import (
    customers_going,
    forget_old_names,
    keep_names,
    names_going,
    note_leavers,
    open_tasks_going,
)
from app.sync.numbers import note_colleagues, note_serials, take_serials
from app.sync.protocol import PullAnswer
from app.sync.put_off import PutOff
from app.sync.removal import remove_gone, set_dangling_apart
from app.sync.rows import DELETED, LEFT, Arrived, Changed, Incoming, RowStore
from app.sync.shapes import rules
from app.sync.staging import (
    EXITS,
    VISIT,
    Part,
    ask_reset,
    forget_stage,
    in_order,
    is_complete,
    parts_of,
    stage_cursors,
    stage_parts,
)
from app.sync.state import log

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

AfterApply = Callable[["Session", Changed], None]
"""Called in the same transaction with what changed: whoever owns the search index brings it up to date."""
FIRST_LOAD = 20_000
"""A load of more rows is applied page by page, and its scopes are *loading* until its end."""


_SEARCHED = {"customer", "product"}


@dataclass(slots=True)
class Applied:
    """What one apply did."""

    rows: int = 0
    changed: Changed = field(default_factory=Changed)
    complete: bool = True
    months: dict[str, str] = field(default_factory=dict[str, str])
    """Customers whose months are to be added up again, with the first day that changed."""
    resets: tuple[str, ...] = ()
    """Scopes that have to be loaded anew because something they need was not there."""


def apply_stage(
    database: Database, now: datetime, after: AfterApply | None = None, last: PullAnswer | None = None
) -> Applied:
    """Apply what is staged and the `last` page, with the real cursors; where they do not reach the end, only loads."""
    with database.deliver("head office") as session:
        cursor = cursor_of(session)
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        applied = _apply(cursor, now, last)
        refresh_months(session.connection(), applied.months, CancelToken(), no_report)
        if after is not None:
            after(session, applied.changed)
    return applied


def _apply(cursor: Any, now: datetime, last: PullAnswer | None) -> Applied:
    parts = [] if last is None else parts_of(last)
    if last is not None:
        stage_cursors(cursor, last)
    complete = is_complete(cursor)
    store = RowStore(cursor, now)
    loads: dict[str, int | None] = dict(
        cursor.execute("SELECT scope, load FROM stage_cursor WHERE NOT dropped").fetchall()
    )
    if complete:
        _drop(cursor)
    else:
        loads = {scope: load for scope, load in loads.items() if load is not None}
        stage_parts(cursor, [part for part in parts if part.scope not in loads])
    applied = Applied(_apply_rows(store, loads, parts), store.changed, complete)
    _apply_exits(store, loads, parts)
    _take_cursors(cursor, loads, complete=complete)
    if complete:
        _sweep(cursor, loads)
        going, tasks = customers_going(cursor), open_tasks_going(cursor)
        names = names_going(cursor, going)
        keep_names(cursor, going)
        forget_old_names(cursor, now)
        remove_gone(store)
        note_leavers(cursor, now, going, names, tasks)
    put_off = PutOff.read(cursor)
    asked = _retry_quarantine(store) if put_off.is_due(applied.rows, complete=complete) else set()
    apart = set_dangling_apart(store)
    applied.months = put_off.take(cursor, applied.rows, store.changed.months, complete=complete)
    if any(store.changed.removed.values()):
        note_untidy(cursor, index=bool(store.changed.removed.keys() & _SEARCHED))
    if complete:
        applied.resets = _ask_resets(cursor, asked, loads)
        forget_stage(cursor, applied=True)
        log(cursor, now, "applied", rows=applied.rows, apart=len(apart), resets=list(applied.resets))
    else:
        cursor.executemany("DELETE FROM stage_item WHERE scope = ?", [(scope,) for scope in loads])
    return applied


def _drop(cursor: Any) -> None:
    for (scope,) in cursor.execute("SELECT scope FROM stage_cursor WHERE dropped").fetchall():
        cursor.execute("UPDATE row_state SET scope = ? WHERE scope = ?", (LEFT, scope))
        cursor.execute("DELETE FROM sync_cursor WHERE scope = ?", (scope,))


def _apply_rows(store: RowStore, loads: dict[str, int | None], parts: Sequence[Part]) -> int:
    unknown = frozenset({LEFT, DELETED, *(scope for scope, load in loads.items() if load is not None)})
    count = 0
    for part in in_order(store.cursor, parts, rules(), loads):
        _apply_part(store, part, loads[part.scope], unknown)
        if part.table == VISIT:
            note_serials(store.cursor, part.columns, part.rows)
            note_colleagues(store.cursor, part.by)
            take_serials(store.cursor, part.columns, part.rows, frozenset(part.own))
        count += len(part.rows)
    return count


def _apply_part(store: RowStore, part: Part, load: int | None, unknown: frozenset[str]) -> None:
    """Apply rows; `unknown` are the scopes whose rows a load replaces whatever their versions."""
    here = store.locals_of(part.table, [row[0] for row in part.rows])
    put: Sequence[Sequence[Any]] = part.rows
    if here or any(row[3] for row in part.rows):
        put = []
        for row in part.rows:
            key, _seq, version, deleted = row[:4]
            local = here.get(key)
            if local is not None and load is not None and local.scope in unknown:
                # Pages of a load come in its order, so the later one is right, whatever versions an older epoch gave.
                effect = Effect.REMOVE if deleted else Effect.REPLACE
            else:
                effect = effect_of_row(local, version, SCHEMA, deleted=bool(deleted))
            if effect is Effect.REPLACE:
                put.append(row)
            elif effect is Effect.REMOVE:
                _delete(store.cursor, part.table, key, version)
    if put:
        keys, _seqs, versions, _deleted, *columns = zip(*put, strict=True)
        store.put(part.table, part.scope, part.columns, Arrived(keys, versions, columns), load or 0)


def _delete(cursor: Any, table: str, key: str, version: int) -> None:
    cursor.execute(
        "UPDATE row_state SET scope = ?, version = ?, digest = 0 WHERE tbl = ? AND pk = ?",
        (DELETED, version, table, key),
    )


def _apply_exits(store: RowStore, loads: dict[str, int | None], parts: Sequence[Part]) -> None:
    for part in in_order(store.cursor, parts, [EXITS], loads):
        exits: dict[str, dict[str, int]] = defaultdict(dict)
        for table, key, version in part.rows:
            exits[table][key] = version
        for table, keys in exits.items():
            for key, local in store.locals_of(table, keys).items():
                if effect_of_exit(local, part.scope, keys[key]) is Effect.REMOVE:
                    store.cursor.execute(
                        "UPDATE row_state SET scope = ? WHERE tbl = ? AND pk = ?", (LEFT, table, key)
                    )  # fmt: skip


def _take_cursors(cursor: Any, loads: dict[str, int | None], *, complete: bool) -> None:
    state = "ready" if complete else "loading"
    for scope in loads:
        cursor.execute(
            "INSERT INTO sync_cursor (scope, grant_no, seq, boot, state, digest, mismatches)"
            " SELECT scope, grant_no, seq, boot, ?, digest, 0 FROM stage_cursor WHERE scope = ?"
            " ON CONFLICT (scope) DO UPDATE SET grant_no = excluded.grant_no, seq = excluded.seq,"
            " boot = excluded.boot, state = excluded.state, digest = excluded.digest",
            (state, scope),
        )


def _sweep(cursor: Any, loads: dict[str, int | None]) -> None:
    """Mark what a load did not bring, and what belongs to no scope that is followed."""
    for scope, load in loads.items():
        if load is not None:
            cursor.execute("UPDATE row_state SET scope = ? WHERE scope = ? AND mark <> ?", (LEFT, scope, load))
    cursor.execute(
        "UPDATE row_state SET scope = ? WHERE scope NOT IN ('', '-') AND scope NOT IN (SELECT scope FROM sync_cursor)",
        (LEFT,),
    )


def _retry_quarantine(store: RowStore) -> set[tuple[str, str]]:
    """Put back what was set apart and return what a load was asked for already; what dangles is found right after."""
    found = store.cursor.execute(
        'SELECT q.tbl, q.pk, q.version, q."set" FROM quarantine_row q JOIN row_state r'
        " ON r.tbl = q.tbl AND r.pk = q.pk AND r.version = q.version AND r.scope = q.scope"
    ).fetchall()
    asked = set(store.cursor.execute("SELECT tbl, pk FROM quarantine_row WHERE reset_asked").fetchall())
    store.cursor.execute("DELETE FROM quarantine_row")
    order = {table: at for at, table in enumerate(rules())}
    for table, key, version, body in sorted(found, key=lambda row: order[row[0]]):
        values = json.loads(body)
        store.write(table, tuple(values), Arrived.of([Incoming(key, version, list(values.values()))]))
    return asked


def _ask_resets(cursor: Any, asked: set[tuple[str, str]], loads: dict[str, int | None]) -> tuple[str, ...]:
    """Ask once for a load of the scopes of rows that dangle; a row that came with a load would dangle again."""
    wanted = {
        scope
        for table, key, scope in cursor.execute("SELECT tbl, pk, scope FROM quarantine_row").fetchall()
        if (table, key) not in asked and loads.get(scope) is None
    }
    cursor.execute("UPDATE quarantine_row SET reset_asked = 1")
    for scope in wanted:
        ask_reset(cursor, scope)
    return tuple(sorted(wanted))
