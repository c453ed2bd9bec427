"""How many bytes of originals have gone up on a day over links that are paid by volume."""

from datetime import date

from app.storage.database import Database, cursor_of
from app.storage.facts import fact_of, put_fact

_SPENT = "photo_bytes_of_day"
_MEGABYTE = 1_000_000


def left_of_day(database: Database, day: date, megabytes: int) -> int:
    """Return the bytes that may still go up on this day."""
    with database.look() as cursor:
        return max(0, megabytes * _MEGABYTE - _spent(fact_of(cursor, _SPENT), day))


def note_spent(database: Database, day: date, count: int) -> None:
    """Add bytes that went up on this day; those of earlier days are forgotten."""
    if count == 0:
        return
    with database.write() as session:
        cursor = cursor_of(session)
        put_fact(cursor, _SPENT, f"{day.isoformat()} {_spent(fact_of(cursor, _SPENT), day) + count}")


def _spent(noted: str | None, day: date) -> int:
    of, _, count = (noted or "").partition(" ")
    return int(count) if of == day.isoformat() else 0
