"""The numbers of operations and of visits: after a fork, a gap or a lost epoch they are given anew, never twice."""

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.storage.facts import LAST_SERIAL, note_untidy, put_fact
from app.storage.row_writer import stamp
from app.sync.shapes import hex_of
from app.sync.state import ACKED_NO, number_fact

KEPT = timedelta(days=30)
_COLUMNS = 'id, tbl, row_id, kind, base, "set", made_at, made_by, state'


def forget_sent(cursor: Any, now: datetime) -> None:
    """Let go of what was answered more than 30 days ago."""
    if cursor.execute("DELETE FROM sent_op WHERE answered_at < ?", (stamp(now - KEPT),)).rowcount:
        note_untidy(cursor)


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


def last_sent(cursor: Any) -> int:
    """Return the highest number that can have left this store under its present replica."""
    (sending,) = cursor.execute("SELECT coalesce(max(no), 0) FROM outbox WHERE state = 'sending'").fetchone()
    return max(sending, number_fact(cursor, ACKED_NO))


def raise_serials(cursor: Any, told: int) -> int:
    """Let visits be numbered on from the highest serial that head office knows; return how many were numbered anew.

    A store that begins anew or comes from a backup has numbered its visits from too low: those that nobody has been
    sent get serials above.
    """
    if told <= number_fact(cursor, LAST_SERIAL):
        return 0
    found = cursor.execute(
        """SELECT no, row_id, "set" FROM outbox WHERE tbl = 'visit' AND state = 'pending' ORDER BY no"""
    ).fetchall()
    given = [(no, held, values) for no, held, body in found if (values := json.loads(body)).get("serial") is not None]
    cursor.executemany("UPDATE visit SET serial = NULL WHERE id = ?", [(held,) for _, held, _ in given])
    serials: dict[str, int] = {}
    for no, held, values in given:
        serial = serials.setdefault(held, told + len(serials) + 1)
        cursor.execute('UPDATE outbox SET "set" = ? WHERE no = ?', (json.dumps(values | {"serial": serial}), no))
    cursor.executemany("UPDATE visit SET serial = ? WHERE id = ?", [(one, held) for held, one in serials.items()])
    put_fact(cursor, LAST_SERIAL, str(told + len(serials)))
    return len(serials)


def note_serials(cursor: Any, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Keep beside a visit the serial that head office told: it counts in the digest, wherever it was given."""
    at = 4 + columns.index("serial")
    cursor.executemany(
        "UPDATE row_state SET beside = json_object('serial', ?) WHERE tbl = 'visit' AND pk = ? AND version = ?",
        [(row[at], row[0], row[2]) for row in rows if not row[3] and row[at] is not None],
    )


def note_colleagues(cursor: Any, by: Mapping[str, str]) -> None:
    """Keep beside a visit which colleague made it; what head office leaves out was made by this manager, or nobody."""
    cursor.executemany(
        "UPDATE row_state SET beside = json_set(coalesce(beside, '{}'), '$.by', ?) WHERE tbl = 'visit' AND pk = ?",
        [(name, key) for key, name in by.items()],
    )


def take_serials(cursor: Any, columns: Sequence[str], rows: Sequence[Sequence[Any]], own: AbstractSet[str]) -> None:
    """Take in the serials of this manager's own visits; one that another visit here bears stays away.

    So does one above the last that this store gave: a second laptop has it, and this one will give it in its turn.
    """
    at, last = 4 + columns.index("serial"), number_fact(cursor, LAST_SERIAL)
    cursor.executemany(
        "UPDATE OR IGNORE visit SET serial = ? WHERE id = ? AND serial IS NOT ? AND revision = ?"
        """ AND NOT EXISTS (SELECT 1 FROM outbox WHERE row_id = visit.id AND instr("set", '"serial"'))""",
        [
            (row[at], hex_of(row[0]), row[at], row[2])
            for row in rows
            if row[0] in own and not row[3] and row[at] is not None and row[at] <= last
        ],
    )
