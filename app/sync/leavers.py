"""Notes that customers left this manager or were closed, and what some were called until the notice is read."""

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any

from app.storage.facts import SHOPS_GONE, SHOPS_LEFT, fact_of, note_untidy, put_fact
from app.storage.row_writer import stamp
from app.sync.rows import DELETED
from app.sync.shapes import hex_of
from app.sync.state import log

CUSTOMERS_LEFT = "customers_left"
"""The event in the log: how many were `moved` and `closed`, how many open `tasks` went to others; without names."""

_NAMED = 3
"""So many names a notice keeps: enough to know what it speaks of."""
_NAMED_FOR = timedelta(days=30)
"""A notice that nobody reads loses its names after as long as words that were sent."""


def customers_going(cursor: Any) -> dict[str, str]:
    """Return the customers that are marked to go and still stand here as open ones: key and mark."""
    found = cursor.execute(
        "SELECT r.pk, r.scope FROM row_state r JOIN customer c ON c.id = replace(r.pk, '-', '')"
        " WHERE r.tbl = 'customer' AND r.scope IN ('', '-') AND c.deleted_at IS NULL"
    )
    return dict(found.fetchall())


def keep_names(cursor: Any, going: Mapping[str, str]) -> None:
    """Keep what a shop was called as long as a record that a person still looks at is of it, and no longer."""
    talked_of = "SELECT pk FROM sync_conflict WHERE tbl = 'customer' AND deleted_at IS NULL"
    talked_of += " UNION SELECT pk FROM refused_op WHERE tbl = 'customer' AND state IN ('open', 'mended')"
    keys = {key for (key,) in cursor.execute(talked_of).fetchall()}
    known: dict[str, str] = json.loads(fact_of(cursor, SHOPS_GONE) or "{}")
    kept = {key: name for key, name in known.items() if key in keys}
    for key in keys & going.keys():
        asked = "SELECT coalesce(shop_name, cust_name) FROM customer WHERE id = ?"
        kept[key] = cursor.execute(asked, (hex_of(key),)).fetchone()[0]
    if kept != known:
        put_fact(cursor, SHOPS_GONE, json.dumps(kept, ensure_ascii=False))


def open_tasks_going(cursor: Any) -> set[str]:
    """Return the keys of the open tasks that are marked to go to somebody else."""
    found = cursor.execute(
        "SELECT t.id FROM row_state r JOIN task t ON t.id = replace(r.pk, '-', '') WHERE r.tbl = 'task'"
        " AND r.scope = '' AND t.state IN ('assigned', 'accepted') AND t.deleted_at IS NULL"
    )
    return {key for (key,) in found.fetchall()}


def names_going(cursor: Any, going: Mapping[str, str]) -> dict[str, str]:
    """Return what those are called that go to another territory; the names go with the rows."""
    asked = "SELECT coalesce(shop_name, cust_name) FROM customer WHERE id = ?"
    moving = [key for key, mark in going.items() if mark != DELETED]
    return {key: cursor.execute(asked, (hex_of(key),)).fetchone()[0] for key in moving}


def forget_old_names(cursor: Any, now: datetime) -> None:
    """Let the names of notices go that nobody has read for 30 days."""
    known: dict[str, list[str]] = json.loads(fact_of(cursor, SHOPS_LEFT) or "{}")
    asked = "SELECT no FROM sync_log WHERE event = ? AND at >= ?"
    young = {str(no) for (no,) in cursor.execute(asked, (CUSTOMERS_LEFT, stamp(now - _NAMED_FOR))).fetchall()}
    if known.keys() - young:
        _put_names(cursor, {no: names for no, names in known.items() if no in young})
        note_untidy(cursor)


def _put_names(cursor: Any, names: Mapping[str, list[str]]) -> None:
    put_fact(cursor, SHOPS_LEFT, json.dumps(names, ensure_ascii=False))


def note_leavers(
    cursor: Any, now: datetime, going: Mapping[str, str], names: Mapping[str, str], tasks: AbstractSet[str]
) -> None:  # fmt: skip
    """Write down how many of them have gone; one of which something waits goes, and is counted, later."""
    if not going and not tasks:
        return
    open_ones = {held for (held,) in cursor.execute("SELECT id FROM customer WHERE deleted_at IS NULL").fetchall()}
    away = {key: mark for key, mark in going.items() if hex_of(key) not in open_ones}
    gone = list(away.values())
    handed_on = tasks - {key for (key,) in cursor.execute("SELECT id FROM task").fetchall()}
    if gone or handed_on:
        closed = gone.count(DELETED)
        log(cursor, now, CUSTOMERS_LEFT, moved=len(gone) - closed, closed=closed, tasks=len(handed_on))
        if told := sorted(names[key] for key in away if key in names)[:_NAMED]:
            (no,) = cursor.execute("SELECT max(no) FROM sync_log").fetchone()
            known: dict[str, list[str]] = json.loads(fact_of(cursor, SHOPS_LEFT) or "{}")
            _put_names(cursor, known | {str(no): told})
