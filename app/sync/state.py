"""What this store knows about its sync as named facts: who it is at head office, clocks, lease, numbers, the log."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.lease import LEASE, Lease, LeaseTerms
from app.storage.database import Database
from app.storage.facts import MANAGER, OFFICE_TERRITORY, PRACTICE, fact_of, put_fact
from app.storage.row_writer import stamp
from app.sync.trouble import NotEnrolled, PracticeStore

_LOG_KEPT = timedelta(days=90)

URL, REPLICA, DEVICE_MANAGER, OFFICE_KEY, EPOCH = (
    "sync_url", "sync_replica", "sync_manager", "sync_office_key", "sync_epoch",
)  # fmt: skip
MANAGER_NAME, CA = "sync_manager_name", "sync_ca"
ACKED_NO, OFFSET, SEEN, LEASE_UNTIL = "sync_acked_no", "sync_clock_offset", "sync_server_time_seen", "sync_lease_until"
STAGE_DONE, LOAD_NO, LAST_ROUND, SLOT = "sync_stage_done", "sync_load_no", "sync_last_round", "sync_slot_seconds"
SCHEMA_FACT = "sync_schema"
TOGETHER = "sync_together"
"""`yes` where head office takes the first calls of a round as one."""
REVOKED, UPGRADE, FAILURES, NEXT_TRY = "sync_revoked", "sync_upgrade_min", "sync_failures", "sync_next_try"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this laptop is at head office; the secrets that prove it are kept elsewhere."""

    url: str
    replica: str
    manager: str
    manager_name: str
    territory: str
    office_key: str
    epoch: str
    ca: str = ""
    """The certificate of a private authority as PEM text; empty for the system's own."""


def refuse_practice(cursor: Any) -> None:
    """Raise PracticeStore if this is a store of invented shops."""
    if fact_of(cursor, PRACTICE) == "yes":
        raise PracticeStore


def read_identity(database: Database) -> Identity:
    """Return who this laptop is. Raises PracticeStore or NotEnrolled."""
    with database.look() as cursor:
        refuse_practice(cursor)
        return identity_of(cursor)


def identity_of(cursor: Any) -> Identity:
    """Return who this laptop is by the driver's cursor. Raises NotEnrolled."""
    names = (URL, REPLICA, DEVICE_MANAGER, MANAGER_NAME, OFFICE_TERRITORY, OFFICE_KEY, EPOCH, CA)
    values = [fact_of(cursor, name) or "" for name in names]
    if not values[0] or not values[1]:
        raise NotEnrolled
    return Identity(*values)


def put_identity(cursor: Any, identity: Identity) -> None:
    """Write who this laptop is from now on; the store then also bears the manager's code."""
    for name, value in (
        (URL, identity.url),
        (REPLICA, identity.replica),
        (DEVICE_MANAGER, identity.manager),
        (MANAGER_NAME, identity.manager_name),
        (OFFICE_TERRITORY, identity.territory),
        (OFFICE_KEY, identity.office_key),
        (EPOCH, identity.epoch),
        (CA, identity.ca),
        (MANAGER, identity.manager),
    ):
        put_fact(cursor, name, value)


def note_contact(cursor: Any, now: datetime, server_time: datetime, lease_until: datetime | None) -> None:
    """Keep what a word from head office tells about the clocks and the lease.

    The offset is what must be added to this laptop's clock; the newest server time only ever grows.
    """
    put_fact(cursor, OFFSET, f"{(server_time - now).total_seconds():.3f}")
    seen = moment_fact(cursor, SEEN)
    if seen is None or server_time > seen:
        put_fact(cursor, SEEN, server_time.astimezone(UTC).isoformat())
    until = min(lease_until or server_time + LEASE, server_time + LEASE)
    put_fact(cursor, LEASE_UNTIL, until.astimezone(UTC).isoformat())


def lease_of(database: Database, now: datetime) -> Lease:
    """Return the lease; the clock is corrected as measured, and one that was turned back does not make it longer."""
    return lease_terms(database).at(now)


def lease_terms(database: Database) -> LeaseTerms:
    """Return what is known about the lease of this store."""
    with database.look() as cursor:
        return LeaseTerms(moment_fact(cursor, LEASE_UNTIL), moment_fact(cursor, SEEN), clock_offset(cursor))


def clock_offset(cursor: Any) -> timedelta:
    """Return what must be added to this laptop's clock to be head office's time."""
    return timedelta(seconds=float(fact_of(cursor, OFFSET) or 0))


def number_fact(cursor: Any, name: str) -> int:
    """Return a fact that is a whole number, 0 where it was never set."""
    return int(fact_of(cursor, name) or 0)


def next_load(cursor: Any) -> int:
    """Return the number of a new load of a scope."""
    number = number_fact(cursor, LOAD_NO) + 1
    put_fact(cursor, LOAD_NO, str(number))
    return number


def moment_fact(cursor: Any, name: str) -> datetime | None:
    """Return a fact that is a moment."""
    with suppress(ValueError):
        return datetime.fromisoformat(fact_of(cursor, name) or "")
    return None


def log(cursor: Any, now: datetime, event: str, **detail: Any) -> None:
    """Add a line to the log; lines older than 90 days go."""
    cursor.execute(
        "INSERT INTO sync_log (at, event, detail) VALUES (?, ?, ?)",
        (stamp(now), event, json.dumps(detail, ensure_ascii=False)),
    )
    cursor.execute("DELETE FROM sync_log WHERE at < ?", (stamp(now - _LOG_KEPT),))
