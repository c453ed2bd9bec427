"""The visits of a plan as a calendar file (RFC 5545), for a phone or an office calendar: name, number and why.

Times are floating: nine o'clock is nine o'clock where the manager is. A visit keeps its UID, and its SEQUENCE rises
with every change, so that a calendar that imports the file again moves what it holds instead of doubling it.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from unicodedata import category

from app.domain.planning.papers import PlanTable, PlanTableRow
from app.domain.text import Language
from app.domain.visit import VisitStatus
from app.reports import plan_words

_LONGEST_LINE = 75
"""Octets without the line end (RFC 5545, 3.1)."""
_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_NOT_GONE_TO = frozenset({VisitStatus.MOVED, VisitStatus.CANCELLED})


def plan_calendar(table: PlanTable, now: datetime) -> bytes:
    """Return the calendar; `now` is an aware moment, and visits without a planned time are events of the whole day."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Zoufang//Visit plan//" + table.language.value.upper(),
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *(line for row in table.rows for line in _event(row, now, table.language)),
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) for line in lines).encode()


def _event(row: PlanTableRow, now: datetime, language: Language) -> Iterable[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:visit-{row.visit_id}@zoufang"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"LAST-MODIFIED:{_utc(row.changed_at)}"
    yield f"SEQUENCE:{max(0, int((row.changed_at - _BEGINNING).total_seconds()))}"
    if row.planned_at is None:
        yield f"DTSTART;VALUE=DATE:{row.day:%Y%m%d}"
    else:
        begins = datetime.combine(row.day, row.planned_at)
        yield f"DTSTART:{begins:%Y%m%dT%H%M%S}"
        if row.minutes:
            yield f"DTEND:{begins + timedelta(minutes=row.minutes):%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{_escaped(f'{row.name} {row.code}')}"
    if said := plan_words.several(tuple(part for part in (*row.purposes, row.problem) if part), language):
        yield f"DESCRIPTION:{_escaped(said)}"
    yield f"STATUS:{'CANCELLED' if row.status in _NOT_GONE_TO else 'CONFIRMED'}"
    yield "TRANSP:OPAQUE"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(words: str) -> str:
    """Return a text as a value of the kind TEXT (RFC 5545, 3.3.11), without characters that have no shape."""
    one_kind = words.replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        one_kind = one_kind.replace(sign, f"\\{sign}")
    return "".join(c for c in one_kind.replace("\n", "\\n") if category(c)[0] != "C")


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, no character cut, the pieces after the first begun by a space."""
    pieces, used = [""], 0
    for character in line:
        octets = len(character.encode())
        if used + octets > _LONGEST_LINE:
            pieces.append(" ")
            used = 1
        pieces[-1] += character
        used += octets
    return "\r\n".join(pieces) + "\r\n"
