"""What sync did by itself and a person should know: read from its log, and noted as read."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.storage.database import Database
from app.storage.facts import NOTICES_READ, SHOPS_LEFT, fact_of, note_untidy, put_fact

_KINDS: dict[str, tuple[str, ...]] = {
    "customers_left": ("moved", "closed", "tasks"),
    "late_verdicts": ("taken", "refused"),
    "replay": ("offered",),
    "renewed": (),
    "photo_let_go": ("photos",),
    "digest_differs": (),
    "values_differ": (),
}
"""Events of the log that are shown, and the numbers each brings."""
_TOLD = frozenset({"customers_left", "late_verdicts", "replay", "renewed"})
"""Those that are a notice until the person has read them; the others are only found in the log."""
_MOST = 100


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the log."""

    no: int
    at: datetime
    kind: str
    """customers_left, late_verdicts, replay, renewed, photo_let_go, digest_differs or values_differ"""
    counts: dict[str, int]
    is_news: bool
    """It is a notice, and nobody has said that it was read."""
    shops: tuple[str, ...] = ()
    """What some of the shops that left were called; known until the notice was read."""


def read_happenings(database: Database) -> tuple[Happening, ...]:
    """Return what happened in the last 90 days, newest first."""
    marks = ", ".join("?" * len(_KINDS))
    with database.look() as cursor:
        seen = int(fact_of(cursor, NOTICES_READ) or 0)
        names: dict[str, list[str]] = json.loads(fact_of(cursor, SHOPS_LEFT) or "{}")
        rows = cursor.execute(
            f"SELECT no, at, event, detail FROM sync_log WHERE event IN ({marks}) ORDER BY no DESC LIMIT ?",  # noqa: S608
            (*_KINDS, _MOST),
        ).fetchall()
    return tuple(
        Happening(no, datetime.fromisoformat(at).replace(tzinfo=UTC), kind, _counts(kind, json.loads(detail)),
                  kind in _TOLD and no > seen, tuple(names.get(str(no), ())))
        for no, at, kind, detail in rows
    )  # fmt: skip


def note_read(database: Database, no: int) -> None:
    """Note that the notices up to this line were read, and let the names go that they told."""
    with database.note() as cursor:
        if no > int(fact_of(cursor, NOTICES_READ) or 0):
            put_fact(cursor, NOTICES_READ, str(no))
        names: dict[str, list[str]] = json.loads(fact_of(cursor, SHOPS_LEFT) or "{}")
        unread = {line: told for line, told in names.items() if int(line) > no}
        if unread != names:
            put_fact(cursor, SHOPS_LEFT, json.dumps(unread, ensure_ascii=False))
            note_untidy(cursor)


def _counts(kind: str, detail: dict[str, Any]) -> dict[str, int]:
    return {name: int(detail.get(name) or 0) for name in _KINDS[kind]}
