"""Pages of a pull that have arrived and are not applied yet: one transaction a page, so a cut costs one page."""

import json
from typing import Any

from app.storage.facts import fact_of, put_fact
from app.sync.protocol import PullAnswer
from app.sync.state import STAGE_DONE, next_load, note_untidy

CursorValue = tuple[int, int, int]
VISIT = "visit"


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


def stage_page(cursor: Any, answer: PullAnswer) -> int:
    """Keep a page with its cursors and return how many items it brought."""
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
    items: list[tuple[str, str, int, str]] = []
    for scope, page in answer.scopes.items():
        for table, part in page.rows.items():
            own = page.own if table == VISIT else []
            items.append((scope, table, len(part.rows), _text([part.columns, part.rows, own])))
        if page.exits:
            items.append((scope, "", len(page.exits), _text(page.exits)))
    cursor.executemany("INSERT INTO stage_item (scope, tbl, count, body) VALUES (?, ?, ?, ?)", items)
    put_fact(cursor, STAGE_DONE, "yes" if answer.done else "no")
    return sum(count for _, _, count, _ in items)


def is_complete(cursor: Any) -> bool:
    """Return whether the staged pages reach to the end, so that they can be applied."""
    return fact_of(cursor, STAGE_DONE) == "yes"


def staged_rows(cursor: Any) -> int:
    """Return how many items wait to be applied."""
    return cursor.execute("SELECT coalesce(sum(count), 0) FROM stage_item").fetchone()[0]


def part_is_due(cursor: Any, left: int, most: int) -> bool:
    """Return whether what is staged of a long load is to be applied before its end: its first page, then in parts."""
    staged = staged_rows(cursor)
    loads, begun = cursor.execute(
        "SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM sync_cursor c WHERE c.scope = s.scope"
        " AND c.state = 'loading')), 0) FROM stage_cursor s WHERE load IS NOT NULL"
    ).fetchone()
    if not loads or staged + left < most:
        return False
    return staged >= most or not begun


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
