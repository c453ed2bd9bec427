"""The lease of a store read before anything of it is shown: without the engine of sync, and without a window."""

from datetime import datetime, timedelta

from app.domain.lease import LeaseTerms
from app.storage.database import Database
from app.storage.facts import PRACTICE, fact_of

_URL, *_TERMS = "sync_url", "sync_lease_until", "sync_server_time_seen", "sync_clock_offset"
"""As `app.sync.state` names these facts; a test holds both against each other."""


def terms_of(database: Database) -> LeaseTerms:
    """Return what is known about the lease; a store that is not enrolled, or of practice data, has none."""
    with database.look() as cursor:
        if fact_of(cursor, PRACTICE) == "yes" or not fact_of(cursor, _URL):
            return LeaseTerms()
        until, seen, offset = (fact_of(cursor, name) or "" for name in _TERMS)
    return LeaseTerms(
        datetime.fromisoformat(until) if until else None,
        datetime.fromisoformat(seen) if seen else None,
        timedelta(seconds=float(offset or 0)),
    )
