"""What head office did not take or could not read: kept whole for a person, and never in the way of the rest."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from app.runtime.ids import new_id
from app.storage.row_writer import stamp
from app.sync.numbers import renumber
from app.sync.protocol import LONGEST_TEXT, OperationMessage
from app.sync.shapes import key_of
from app.sync.state import ACKED_NO, number_fact

ROOM = 4096
"""Of a message, for what is not an operation."""
_UNTOLD = ("\\u0000", "\\ud")
"""What texts with NUL or half characters have in common, as JSON writes them."""


def put_refused(
    cursor: Any, op: OperationMessage, made_by: str, made_at: datetime, status: str, reason: str, now: datetime
) -> None:
    """Keep an operation that was not taken until a person has dealt with it."""
    _put(cursor, op.id, (op.table, op.key, op.kind, op.base), op.set, (made_by, stamp(made_at)), (status, reason), now)


def refuse_unsendable(cursor: Any, now: datetime, most_bytes: int, *, after: int = 0, most: int = -1) -> bool:
    """Make what waits fit to be sent: an operation that no message can carry would hold up everything behind it.

    NUL and half characters are taken out of texts; a text that is too long is refused here, the other fields go.
    Looks at as many as `most` behind the number `after`; returns whether any are gone, so that others follow up.
    """
    found = cursor.execute(
        'SELECT no, id, tbl, row_id, kind, base, "set", made_at, made_by FROM outbox'
        " WHERE no IN (SELECT no FROM outbox WHERE no > ? ORDER BY no LIMIT ?)"
        ' AND (length("set") > ? OR instr("set", ?) OR instr("set", ?)) ORDER BY no',
        (after, most, min(LONGEST_TEXT // 4, most_bytes - ROOM), *_UNTOLD),
    ).fetchall()
    removed = False
    for no, held, table, row_id, kind, base, body, made_at, made_by in found:
        values = {name: _clean(value) for name, value in json.loads(body).items()}
        long = {name: value for name, value in values.items() if _is_too_long(value)}
        rest = {name: value for name, value in values.items() if name not in long}
        target, author = (table, key_of(row_id), kind, base), (made_by, made_at)
        if long:
            # The other fields keep the operation's id: they may be refused in their turn.
            key = str(UUID(held)) if not rest else str(new_id())
            _put(cursor, key, target, long, author, ("invalid", "text_too_long"), now)
        text = json.dumps(rest)
        if rest and len(text) > most_bytes - ROOM:
            _put(cursor, str(UUID(held)), target, rest, author, ("too_large", "too_large"), now)
            rest = {}
        if not rest:
            removed = True
            cursor.execute("DELETE FROM outbox WHERE no = ?", (no,))
        elif text != body:
            cursor.execute('UPDATE outbox SET "set" = ? WHERE no = ?', (text, no))
    if removed:
        renumber(cursor, number_fact(cursor, ACKED_NO) + 1)
    return removed


def _put(
    cursor: Any, key: str, target: tuple[str, str, str, int], values: Mapping[str, Any], author: tuple[str, str],
    verdict: tuple[str, str], now: datetime,
) -> None:  # fmt: skip
    # Offered again after head office lost it, an operation that a person has dealt with stays dealt with.
    cursor.execute(
        'INSERT OR IGNORE INTO refused_op (id, tbl, pk, kind, base, "set", made_by, made_at, status, reason,'
        " refused_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')",
        (key, *target, json.dumps(values), *author, *verdict, stamp(now)),
    )


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "ignore").decode() if "\0" in value or _is_half(value) else value
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return value


def _is_half(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _is_too_long(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) > LONGEST_TEXT // 4 and len(value.encode()) > LONGEST_TEXT
    if isinstance(value, list | dict):
        return any(map(_is_too_long, value.values() if isinstance(value, dict) else value))
    return False
