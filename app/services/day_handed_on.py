"""The person's own work of a day at shops that were handed on since: it has left the tables, not the day."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from app.services.sync_facts import DayNumbers

_NOT_TAKEN = ("forbidden", "invalid", "parked", "gone", "moved", "malformed", "too_large")
_COUNTED = ("diagnosis_rating", "advice_line", "photo")


def handed_on_visits(cursor: Any, day: date) -> int:
    """Return how many shops were served on a day whose visits have left this store since."""
    states = [visit.get("status") for _, visit in _left_visits(cursor, day) if visit.get("day") == day.isoformat()]
    return states.count("done")


def handed_on_numbers(cursor: Any, day: date) -> DayNumbers:
    """Return what was recorded on a day in visits that have left this store since, as it was sent.

    What was sent is kept for 30 days. A visit of which this laptop sent only changes, not the visit itself, is not
    counted: its day is not known here.
    """
    visits = {key: visit for key, visit in _left_visits(cursor, day) if visit.get("day") == day.isoformat()}
    states = [visit.get("status") for visit in visits.values()]
    rows = {table: list(_children(cursor, day, table, visits)) for table in _COUNTED}
    photos = {(row["visit_id"], row.get("sha256")): row.get("byte_size") or 0 for row in rows["photo"]}
    return DayNumbers(
        visits=states.count("done"),
        diagnoses=len(rows["diagnosis_rating"]),
        advice=len(rows["advice_line"]),
        photos=len(photos),
        photo_bytes=sum(photos.values()),
        under_way=states.count("in_progress"),
    )


def _left_visits(cursor: Any, day: date) -> Iterator[tuple[str, Mapping[str, Any]]]:
    left = cursor.execute(
        "SELECT DISTINCT pk FROM sent_op WHERE tbl = 'visit' AND answered_at >= ?"
        " AND NOT EXISTS (SELECT 1 FROM visit WHERE visit.id = replace(sent_op.pk, '-', ''))",
        (_since(day),),
    ).fetchall()
    for (key,) in left:
        row = _as_sent(cursor, "visit", key)
        if row is not None:
            yield key, row


def _children(cursor: Any, day: date, table: str, visits: Mapping[str, object]) -> Iterator[Mapping[str, Any]]:
    if not visits:
        return
    sent = cursor.execute(
        "SELECT DISTINCT pk, json_extract(\"set\", '$.visit_id') FROM sent_op"
        " WHERE tbl = ? AND kind = 'insert' AND answered_at >= ?",
        (table, _since(day)),
    ).fetchall()
    for key in (key for key, visit in sent if visit in visits):
        row = _as_sent(cursor, table, key)
        if row is not None:
            yield row


def _as_sent(cursor: Any, table: str, key: str) -> Mapping[str, Any] | None:
    """Return a row as head office has it from this laptop; None if it was deleted, or nothing of it was taken."""
    places = ", ".join("?" * len(_NOT_TAKEN))
    sent = cursor.execute(
        f'SELECT kind, "set" FROM sent_op WHERE tbl = ? AND pk = ? AND status NOT IN ({places}) ORDER BY no',
        (table, key, *_NOT_TAKEN),
    ).fetchall()
    if not sent or sent[-1][0] == "delete":
        return None
    row: dict[str, Any] = {}
    for _, values in sent:
        row |= json.loads(values)
    return row


def _since(day: date) -> str:
    """Return a moment before the day began in any time zone; the day itself is told by the visits."""
    return (day - timedelta(days=1)).isoformat()
