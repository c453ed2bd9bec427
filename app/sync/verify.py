"""Compares the digest of each scope with head office's, and rows with theirs; what differs is loaded anew (I13)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.storage.database import Database, cursor_of
from app.sync.checking import ROWS, Differing, differing_rows, go_on_from, may_load
from app.sync.staging import ask_reset
from app.sync.state import log

_MOST = 2
"""Loads in a row that did not help: then it is a fault of the program, and is told instead of loaded again."""


@dataclass(frozen=True, slots=True)
class Verified:
    """Scopes whose digests were compared, those that differ, and those that are to be loaded anew."""

    compared: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    resets: tuple[str, ...] = ()


Looked = tuple[Differing, str]
"""Rows that differ from what was received of them, and how far was looked."""


def look(database: Database, rows: int = ROWS) -> Looked:
    """Hold some of the stored rows, in rotation, against what was received of them; changes nothing.

    It takes a while and needs no network, so it is done while the answer of head office is awaited.
    """
    with database.read() as session:
        return differing_rows(cursor_of(session), rows)


def verify(database: Database, now: datetime, rows: int = ROWS, *, looked: Looked | None = None) -> Verified:
    """Compare and ask for loads; head office sends digests only where both sides have the same schema.

    Some of the stored rows are also held against what was received of them, unless that was done already.
    """
    compared: list[str] = []
    differing: list[str] = []
    resets: list[str] = []
    flipped, place = looked or look(database, rows)
    with database.write_plain() as cursor:
        told = cursor.execute(
            "SELECT scope, digest, mismatches FROM sync_cursor WHERE state = 'ready' AND coalesce(digest, '') <> ''"
        ).fetchall()
        sums = scope_digests(cursor) if told else {}
        for scope, digest, mismatches in told:
            compared.append(scope)
            if int(digest) == sums.get(scope, 0):
                cursor.execute("UPDATE sync_cursor SET mismatches = 0 WHERE scope = ?", (scope,))
                continue
            differing.append(scope)
            cursor.execute("UPDATE sync_cursor SET mismatches = mismatches + 1 WHERE scope = ?", (scope,))
            if mismatches < _MOST:
                ask_reset(cursor, scope)
                resets.append(scope)
        if differing:
            log(cursor, now, "digest_differs", scopes=differing, resets=resets)
        go_on_from(cursor, place)
        for scope in sorted(flipped.keys() - set(resets)):
            differing.append(scope)
            if may_load(cursor, scope, now):
                ask_reset(cursor, scope)
                resets.append(scope)
        if flipped:
            count = sum(map(len, flipped.values()))
            log(cursor, now, "values_differ", scopes=sorted(flipped), rows=count, first=next(iter(flipped.values()))[0])
    return Verified(tuple(compared), tuple(differing), tuple(resets))


def scope_digests(cursor: Any) -> dict[str, int]:
    """Return the sum over the rows of each scope; halves are summed apart, as SQLite refuses sums beyond 63 bits."""
    found = cursor.execute(
        "SELECT scope, coalesce(sum((digest >> 32) & 4294967295), 0), coalesce(sum(digest & 4294967295), 0)"
        " FROM row_state GROUP BY scope"
    ).fetchall()
    return {scope: ((high << 32) + low) % (1 << 64) for scope, high, low in found}
