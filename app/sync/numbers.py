"""The numbers of operations: without gaps for each replica; after a fork, a gap or a lost epoch they are given anew."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.storage.facts import put_fact
from app.storage.row_writer import stamp
from app.sync.shapes import hex_of
from app.sync.state import ACKED_NO

KEPT = timedelta(days=30)
_COLUMNS = 'id, tbl, row_id, kind, base, "set", made_at, made_by, state'


def renumber(cursor: Any, first: int) -> None:
    """Give the operations that wait numbers from `first` on, in their order and with their ids."""
    waiting = [no for (no,) in cursor.execute("SELECT no FROM outbox ORDER BY no").fetchall()]
    cursor.executemany("UPDATE outbox SET no = ? WHERE no = ?", [(-at, no) for at, no in enumerate(waiting, first)])
    cursor.execute("UPDATE outbox SET no = -no WHERE no < 0")
    cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'outbox'")
    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('outbox', ?)", (first + len(waiting) - 1,))


def begin_anew(cursor: Any) -> None:
    """Begin at 1: the replica is a new one, head office has seen nothing of it."""
    renumber(cursor, 1)
    put_fact(cursor, ACKED_NO, "0")


def close_gap(cursor: Any, last: int, replica: str, now: datetime) -> None:
    """Go on after the last number head office has; what it was sent and does not have is offered again."""
    offer_again(cursor, now, "AND replica = ? AND no > ?", (replica, last))
    renumber(cursor, last + 1)
    put_fact(cursor, ACKED_NO, str(last))


def offer_again(cursor: Any, now: datetime, which: str = "", values: tuple[Any, ...] = ()) -> int:
    """Put what was sent in the last 30 days back before everything that waits; return how many operations.

    The caller numbers them. What head office knows by its id is answered, not applied again.
    """
    found = cursor.execute(
        'SELECT id, tbl, pk, kind, base, "set", made_at, made_by FROM sent_op'  # noqa: S608 - our own condition
        f" WHERE answered_at >= ? AND status NOT IN ('malformed', 'too_large') {which} ORDER BY answered_at, no",
        (stamp(now - KEPT), *values),
    ).fetchall()
    known = {held for (held,) in cursor.execute("SELECT id FROM outbox").fetchall()}
    again = [
        (UUID(key).hex, table, hex_of(pk), kind, base, body, made_at, made_by, "sending")
        for key, table, pk, kind, base, body, made_at, made_by in found
        if UUID(key).hex not in known
    ]
    waiting = cursor.execute(f"SELECT {_COLUMNS} FROM outbox ORDER BY no").fetchall()  # noqa: S608
    cursor.execute("DELETE FROM outbox")
    cursor.executemany(
        f"INSERT INTO outbox (no, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        [(no, *row) for no, row in enumerate([*again, *waiting], 1)],
    )
    return len(again)
