"""Learns what became of operations that head office had parked: taken in since, or set aside by a person (spec, 3)."""

from collections import Counter
from datetime import datetime

from app.storage.database import Database
from app.storage.row_writer import stamp
from app.sync.client import OfficeClient
from app.sync.protocol import MOST_OPERATIONS, LaterVerdict, VerdictsRequest
from app.sync.state import identity_of, log
from app.sync.trouble import Refused

_KEPT_FOR_A_PERSON = frozenset({"forbidden", "invalid", "gone", "moved"})
_NEXT_TIME = frozenset({"not_found", "epoch_changed"})
"""Head office is older than this call, or was restored this moment: the next round asks again."""
LATE_VERDICTS = "late_verdicts"
"""The event in the log: how many were `taken` and how many `refused`."""


def ask_late_verdicts(database: Database, client: OfficeClient, now: datetime) -> None:
    """Ask about all that is parked, and take in what was decided; where nothing is parked, nothing is asked.

    Raises what the client raises, but not where head office cannot answer this call yet.
    """
    with database.look() as cursor:
        found = cursor.execute("SELECT id FROM refused_op WHERE status = 'parked' ORDER BY refused_at, id").fetchall()
        replica = identity_of(cursor).replica
    parked = [key for (key,) in found]
    for start in range(0, len(parked), MOST_OPERATIONS):
        request = VerdictsRequest(replica=replica, ids=tuple(parked[start : start + MOST_OPERATIONS]))
        try:
            answer = client.verdicts(request)
        except Refused as refused:
            if refused.trouble.error not in _NEXT_TIME:
                raise
            return
        _take(database, answer.results, now)


def _take(database: Database, results: tuple[LaterVerdict, ...], now: datetime) -> None:
    """Write down what is new; told a second time, a verdict finds nothing parked and changes nothing."""
    count: Counter[str] = Counter()
    with database.write_plain() as cursor:
        for one in results:
            is_refused = one.status in _KEPT_FOR_A_PERSON
            if one.status == "parked":
                cursor.execute(
                    "UPDATE refused_op SET reason = ? WHERE id = ? AND status = 'parked'", (one.reason, one.id)
                )
                continue
            # What was put off the list while it was parked is news again if it was refused.
            cursor.execute(
                "UPDATE refused_op SET status = ?, reason = ?, state = ?, refused_at = ?"
                " WHERE id = ? AND status = 'parked'",
                (one.status, one.reason or one.status, "open" if is_refused else "taken", stamp(now), one.id),
            )
            if cursor.rowcount:
                count["refused" if is_refused else "taken"] += 1
                cursor.execute(
                    "UPDATE sent_op SET status = ?, reason = ? WHERE id = ?", (one.status, one.reason, one.id)
                )
        if count:
            log(cursor, now, LATE_VERDICTS, **count)
