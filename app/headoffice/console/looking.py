"""Who looked at which visit and at which picture: kept in the log of deeds, in a chain of each person's own.

A chain of their own, because each picture of a page is a look, and one chain for all would let only one person look at
a time. An entry holds keys and moments, no word of what was seen.
"""

from datetime import datetime, timedelta

from app.headoffice import audit
from app.headoffice.console.sessions import Person
from app.headoffice.database import OfficeDatabase

CHAIN = "looks:"
ONE_LOOK = timedelta(minutes=5)
"""Whoever looks again within this time has looked once."""


def note_visit(database: OfficeDatabase, person: Person, now: datetime, visit: str) -> None:
    """Keep that a person opened a visit."""
    _note(database, person, now, "see_visit", visit, {})


def note_photo(database: OfficeDatabase, person: Person, now: datetime, photo: str, kind: str, visit: str) -> None:
    """Keep that a person was shown a picture, the small one or the original, and of which visit it is."""
    _note(database, person, now, "see_photo", photo, {"kind": kind, "visit": visit})


def _note(
    database: OfficeDatabase, person: Person, now: datetime, deed: str, subject: str, detail: dict[str, str]
) -> None:
    entry, chain, since = (person.actor, deed, subject, detail), CHAIN + person.name, now - ONE_LOOK
    with database.read() as session:
        if audit.stands(session, since, *entry, chain=chain):
            return
    database.transaction(lambda session: audit.append_once(session, now, since, *entry, chain=chain))
