"""Enrolling this laptop by a one-time code: a key pair made here, an identity given there, the secrets kept."""

import platform
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.runtime.cancel import CancelToken
from app.storage.database import Database
from app.storage.facts import fact_of, put_fact
from app.sync.client import Enrol
from app.sync.http_client import HttpClient, enrol_over_http
from app.sync.numbers import begin_anew
from app.sync.protocol import EnrolRequest
from app.sync.secrets import Secrets, keep_secrets, new_key, read_secrets
from app.sync.staging import forget_stage
from app.sync.state import (
    DEVICE_MANAGER,
    LEASE,
    LEASE_UNTIL,
    REVOKED,
    Identity,
    log,
    put_identity,
    read_identity,
    refuse_practice,
)
from app.sync.trouble import AnotherPerson

_LONGEST_NAME = 100


def enrol(
    database: Database,
    url: str,
    code: str,
    *,
    now: datetime,
    ca_file: Path | None = None,
    use_keyring: bool = True,
    call: Enrol | None = None,
) -> Identity:
    """Enrol this store and return who it is from now on.

    Raises PracticeStore, AnotherPerson (the store holds another manager's work), NoConnection or Refused; OSError if
    the certificate file cannot be read.
    """
    with database.look() as cursor:
        refuse_practice(cursor)
        before = fact_of(cursor, DEVICE_MANAGER) or ""
        has_work = bool(before) and _has_work(cursor)
    ca = "" if ca_file is None else ca_file.read_text(encoding="ascii")
    private, public = new_key()
    request = EnrolRequest(code=code.strip(), public_key=public, device=platform.node()[:_LONGEST_NAME] or "laptop")
    answer = call(request) if call else enrol_over_http(url, request, ca=ca)
    if has_work and answer.manager != before:
        raise AnotherPerson
    identity = Identity(
        url=url.rstrip("/"),
        replica=answer.replica,
        manager=answer.manager,
        manager_name=answer.manager_name,
        territory=answer.territory,
        office_key=answer.office_key,
        epoch=answer.epoch,
        ca=ca,
    )
    keep_secrets(database, answer.replica, Secrets(answer.refresh_token, private), use_keyring=use_keyring)
    with database.write_plain() as cursor:
        put_identity(cursor, identity)
        put_fact(cursor, REVOKED, "")
        put_fact(cursor, LEASE_UNTIL, (now.astimezone(UTC) + LEASE).isoformat())
        begin_anew(cursor)
        forget_stage(cursor)
        # Another person's scopes, or the same ones given anew: everything is asked for from its beginning.
        cursor.execute("UPDATE sync_cursor SET state = 'reset'")
        log(cursor, now, "enrolled", manager=identity.manager, territory=identity.territory)
    return identity


def client_for(
    database: Database, cancel: CancelToken | None = None, now: Callable[[], datetime] | None = None
) -> HttpClient:
    """Return the connection of an enrolled store. Raises PracticeStore, NotEnrolled or SecretsMissing."""
    identity = read_identity(database)
    secrets = read_secrets(database)
    if now is None:
        return HttpClient(identity.url, identity.replica, secrets, ca=identity.ca, cancel=cancel)
    return HttpClient(identity.url, identity.replica, secrets, ca=identity.ca, cancel=cancel, now=now)


def _has_work(cursor: Any) -> bool:
    found = cursor.execute("SELECT EXISTS (SELECT 1 FROM outbox) OR EXISTS (SELECT 1 FROM row_state)")
    return bool(found.fetchone()[0])
