"""Pages of a pull that have arrived and are not applied yet: one transaction a page, so a cut costs one page."""

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.storage.facts import fact_of, note_untidy, put_fact
from app.sync.protocol import PullAnswer
from app.sync.state import STAGE_DONE, next_load

CursorValue = tuple[int, int, int]
VISIT = "visit"
EXITS = ""
"""Stands in the place of the table with a part that names rows which left."""


def asked_cursors(cursor: Any) -> dict[str, CursorValue]:
    """Return how far each scope was read, staged pages included.

    A scope to be loaded anew is named with zeros: no grant has the number 0, so it is reset, or dropped if it was
    withdrawn meanwhile.
    """
    real = cursor.execute(
        "SELECT scope, iif(state = 'ready', grant_no, 0), iif(state = 'ready', seq, 0), iif(state = 'ready', boot, 0)"
        " FROM sync_cursor"
    ).fetchall()
    staged = cursor.execute("SELECT scope, grant_no, seq, boot FROM stage_cursor WHERE NOT dropped").fetchall()
    return {scope: (grant, seq, boot) for scope, grant, seq, boot in [*real, *staged]}


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table in a page of one scope, or its exits."""

    scope: str
    table: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    own: Sequence[str]
    """Visits among the rows that this manager made."""
    by: Mapping[str, str]
    """Those that a colleague made, with the colleague's name."""


def parts_of(answer: PullAnswer) -> list[Part]:
    """Return what a page brought."""
    parts: list[Part] = []
    for scope, page in answer.scopes.items():
        for table, part in page.rows.items():
            own, by = (page.own, page.by) if table == VISIT else ((), {})
            parts.append(Part(scope, table, part.columns, part.rows, own, by))
        if page.exits:
            parts.append(Part(scope, EXITS, (), page.exits, (), {}))
    return parts


def items_of(answer: PullAnswer) -> int:
    """Return how many items a page brought."""
    return sum(len(part.rows) for part in parts_of(answer))


def stage_page(cursor: Any, answer: PullAnswer) -> None:
    """Keep a page with its cursors."""
    stage_cursors(cursor, answer)
    stage_parts(cursor, parts_of(answer))


def stage_cursors(cursor: Any, answer: PullAnswer) -> None:
    """Keep how far a page reaches."""
    for scope in answer.drop:
        _forget_scope(cursor, scope)
        cursor.execute(
            "INSERT INTO stage_cursor (scope, grant_no, seq, boot, load, dropped, digest)"
            " VALUES (?, 0, 0, 0, NULL, 1, '')",
            (scope,),
        )
    loads: dict[str, int] = {}
    for scope in answer.reset:
        _forget_scope(cursor, scope)
        loads[scope] = next_load(cursor)
    for scope, (grant, seq, boot) in answer.cursors.items():
        cursor.execute(
            "INSERT INTO stage_cursor (scope, grant_no, seq, boot, load, dropped, digest) VALUES (?, ?, ?, ?, ?, 0, ?)"
            " ON CONFLICT (scope) DO UPDATE SET grant_no = excluded.grant_no, seq = excluded.seq, boot = excluded.boot,"
            " dropped = 0, digest = excluded.digest",
            (scope, grant, seq, boot, loads.get(scope), answer.digests.get(scope)),
        )
    put_fact(cursor, STAGE_DONE, "yes" if answer.done else "no")


def stage_parts(cursor: Any, parts: Iterable[Part]) -> None:
    """Keep what a page brought until it is applied."""
    cursor.executemany(
        "INSERT INTO stage_item (scope, tbl, count, body) VALUES (?, ?, ?, ?)",
        [
            (part.scope, part.table, len(part.rows),
             _text([part.columns, part.rows, part.own, part.by] if part.table else part.rows))
            for part in parts
        ],
    )  # fmt: skip


def in_order(cursor: Any, last: Iterable[Part], tables: Iterable[str], scopes: Container[str]) -> Iterator[Part]:
    """Yield what is kept of these scopes and what the last page brought of them, table by table, as it came.

    What is kept is read a part at a time.
    """
    kept: dict[str, list[int | Part]] = {}
    for no, scope, table in cursor.execute("SELECT no, scope, tbl FROM stage_item ORDER BY no"):
        if scope in scopes:
            kept.setdefault(table, []).append(no)
    for part in last:
        if part.scope in scopes:
            kept.setdefault(part.table, []).append(part)
    for table in tables:
        for one in kept.get(table, ()):
            yield one if isinstance(one, Part) else _kept_part(cursor, one)


def _kept_part(cursor: Any, no: int) -> Part:
    scope, table, body = cursor.execute("SELECT scope, tbl, body FROM stage_item WHERE no = ?", (no,)).fetchone()
    # Pages that an earlier version has staged hold less.
    held: list[Any] = json.loads(body) if table else [(), json.loads(body)]
    missing: list[Any] = [(), {}]
    columns, rows, own, by = [*held, *missing[len(held) - 2 :]]
    return Part(scope, table, tuple(columns), rows, own, by)


def is_complete(cursor: Any) -> bool:
    """Return whether the staged pages reach to the end, so that they can be applied."""
    return fact_of(cursor, STAGE_DONE) == "yes"


def staged_rows(cursor: Any) -> int:
    """Return how many items wait to be applied."""
    return cursor.execute("SELECT coalesce(sum(count), 0) FROM stage_item").fetchone()[0]


def is_part_of_a_load(cursor: Any, answer: PullAnswer, long: int) -> bool:
    """Return whether a page is to be applied before the last one comes: it is of a load of at least `long` rows."""
    staged = dict(cursor.execute("SELECT scope, load FROM stage_cursor WHERE NOT dropped").fetchall())
    loads = {scope for scope, load in staged.items() if load is not None} - set(answer.drop) | set(answer.reset)
    if not loads:
        return False
    begun = {scope for (scope,) in cursor.execute("SELECT scope FROM sync_cursor WHERE state = 'loading'")}
    return not loads.isdisjoint(begun) or staged_rows(cursor) + items_of(answer) + answer.left >= long


def loading_scopes(cursor: Any) -> tuple[str, ...]:
    """Return the scopes of which not everything is here yet: a load of them is under way."""
    found = cursor.execute(
        "SELECT scope FROM sync_cursor WHERE state = 'loading' UNION SELECT scope FROM stage_cursor"
        " WHERE load IS NOT NULL AND scope NOT IN (SELECT scope FROM sync_cursor) ORDER BY scope"
    )
    return tuple(scope for (scope,) in found)


def forget_stage(cursor: Any, *, applied: bool = False) -> None:
    """Throw every staged page away, with its cursors."""
    if cursor.execute("DELETE FROM stage_item").rowcount and not applied:
        note_untidy(cursor)
    cursor.execute("DELETE FROM stage_cursor")
    put_fact(cursor, STAGE_DONE, "no")


def ask_reset(cursor: Any, scope: str) -> None:
    """Let a scope be loaded anew at the next pull; its rows stay until then."""
    cursor.execute("UPDATE sync_cursor SET state = 'reset' WHERE scope = ? AND state = 'ready'", (scope,))


def _forget_scope(cursor: Any, scope: str) -> None:
    if cursor.execute("DELETE FROM stage_item WHERE scope = ?", (scope,)).rowcount:
        note_untidy(cursor)
    cursor.execute("DELETE FROM stage_cursor WHERE scope = ?", (scope,))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
