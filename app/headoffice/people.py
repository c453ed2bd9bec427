"""Managers, their grants and laptops, and the people of the office."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.headoffice import audit
from app.headoffice.giving_back import LEFT
from app.headoffice.models import TABLES, EnrolCode, Manager, OfficeUser, Replica, SyncGrant, SyncRow, SyncStream
from app.headoffice.problems import Malformed, NotFound, Revoked, TokenProblem
from app.headoffice.task_moving import take_along
from app.headoffice.writer import SyncWriter
from app.runtime.ids import new_id
from app.sync.core.registry import CATALOGUE

CODE_HOLDS = timedelta(hours=24)
ROLES = ("reader", "clerk", "chief")
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without what is mistaken for one another when it is read out."""
_HASHER = PasswordHasher()


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A new laptop's identity; the refresh token is shown this once."""

    replica: str
    manager: str
    manager_name: str
    territory: str
    refresh_token: str


# ---- managers and grants ---------------------------------------------------------------------------------------------
def add_manager(session: Session, code: str, name: str, territory: str, now: datetime, by: str = "office") -> None:
    """Add a manager with the scopes of the work: the territory, the person's own and the catalogue.

    Raises Malformed if the code is taken.
    """
    if session.get(Manager, code) is not None:
        raise Malformed("the code is taken")
    session.add(Manager(code=code, name=name, territory=territory, created_at=now))
    session.flush()
    audit.append(session, now, by, "add_manager", code, {"name": name, "territory": territory})
    for scope in (f"terr:{territory}", f"mgr:{code}", CATALOGUE):
        grant(session, code, scope, now, by)


def has_rows(session: Session, scope: str) -> bool:
    """Whether anything stands in a scope yet."""
    return session.scalar(select(SyncRow.pk).where(SyncRow.scope == scope).limit(1)) is not None


def grant(session: Session, manager: str, scope: str, now: datetime, by: str = "office") -> int:
    """Give a manager the right to a scope; return the number of the grant."""
    if session.get(Manager, manager) is None:
        raise NotFound(manager)
    held = session.get(SyncGrant, (manager, scope), with_for_update=True)
    if held is None:
        held = SyncGrant(manager=manager, scope=scope, number=1, since=now, until=None)
        session.add(held)
    elif held.until is not None:
        held.number, held.since, held.until = held.number + 1, now, None
    else:
        return held.number
    session.flush()
    audit.append(session, now, by, "grant", manager, {"scope": scope, "number": held.number})
    return held.number


def withdraw(session: Session, manager: str, scope: str, now: datetime, by: str = "office") -> None:
    """Take a right back. Raises NotFound where there is none."""
    held = session.get(SyncGrant, (manager, scope), with_for_update=True)
    if held is None or held.until is not None:
        raise NotFound(scope)
    held.until = now
    session.flush()
    audit.append(session, now, by, "withdraw", manager, {"scope": scope, "number": held.number})


def scopes_of(session: Session, manager: str) -> dict[str, int]:
    """Return the scopes that a manager holds now, with the numbers of the grants."""
    asked = select(SyncGrant.scope, SyncGrant.number).where(SyncGrant.manager == manager, SyncGrant.until.is_(None))
    return {row.scope: row.number for row in session.execute(asked)}


def move_customers(session: Session, codes: Iterable[str], territory: str, now: datetime, by: str = "office") -> int:
    """Move customers, with all that hangs off them and their open tasks, into a territory; return how many.

    Raises NotFound.
    """
    table = TABLES["customer"]
    writer = SyncWriter(session, now, by)
    wanted = sorted(set(codes))
    asked = select(table.c.cust_code, table.c.id).where(table.c.cust_code.in_(wanted))
    keys = {row.cust_code: str(row.id) for row in session.execute(asked)}
    if missing := [code for code in wanted if code not in keys]:
        raise NotFound(missing[0])
    writer.load(("customer", key) for key in keys.values())
    for key in keys.values():
        writer.move("customer", key, f"terr:{territory}")
    take_along(writer, keys.values(), territory, by)
    audit.append(session, now, by, "move", territory, {"customers": len(keys), "codes": " ".join(wanted)})
    return len(keys)


# ---- laptops ---------------------------------------------------------------------------------------------------------
def enrol_code(session: Session, manager: str, now: datetime, by: str = "office") -> str:
    """Return a new one-time code for a manager's laptop, to be typed or scanned within a day. Raises NotFound."""
    if session.get(Manager, manager) is None:
        raise NotFound(manager)
    code = "".join(secrets.choice(_LETTERS) for _ in range(12))
    session.add(EnrolCode(hash=_hash(code), manager=manager, expires_at=now + CODE_HOLDS, used_at=None))
    audit.append(session, now, by, "enrol_code", manager, {})
    return "-".join((code[:4], code[4:8], code[8:]))


def enrol(session: Session, code: str, public_key: str, device: str, now: datetime) -> Enrolled:
    """Take a laptop in by its code. Raises TokenProblem for a code that is unknown, used or old."""
    found = session.get(EnrolCode, _hash(code.replace("-", "").replace(" ", "").upper()), with_for_update=True)
    if found is None or found.used_at is not None or found.expires_at < now:
        raise TokenProblem("code")
    found.used_at = now
    manager = session.get_one(Manager, found.manager)
    replica, token = str(new_id()), secrets.token_urlsafe(32)
    session.add(_replica(replica, manager.code, device, public_key, _hash(token), now))
    session.flush()
    audit.append(session, now, manager.code, "enrol", replica, {})
    return Enrolled(replica, manager.code, manager.name, manager.territory, token)


def refresh(session: Session, replica: str, refresh_token: str) -> Replica:
    """Return the replica whose refresh token this is. Raises TokenProblem or Revoked."""
    found = known_by(session, replica, refresh_token)
    check_served(found)
    return found


def known_by(session: Session, replica: str, refresh_token: str) -> Replica:
    """Return the replica whose refresh token this is, whether it may still be served or not. Raises TokenProblem."""
    found = session.get(Replica, replica)
    if found is None or not hmac.compare_digest(found.refresh_hash, _hash(refresh_token)):
        raise TokenProblem("refresh token")
    return found


def check_served(replica: Replica) -> None:
    """Raise Revoked for a laptop that was revoked, TokenProblem for one that was given back: it keeps what it holds."""
    if replica.state == "revoked":
        raise Revoked(wipe=replica.wipe)
    if replica.state == LEFT:
        raise TokenProblem("given back")


def renew_replica(session: Session, replica: str, now: datetime) -> str:
    """Give a laptop that was forked a new identity with the same keys; return it. Raises TokenProblem or Revoked."""
    found = session.get(Replica, replica, with_for_update=True)
    if found is None:
        raise TokenProblem("no such replica")
    check_served(found)
    renewed = _replica(str(new_id()), found.manager, found.device, found.public_key, found.refresh_hash, now)
    renewed.forked_from = replica
    session.add(renewed)
    session.flush()
    audit.append(session, now, found.manager, "renew", renewed.id, {"from": replica})
    return renewed.id


def seen(session: Session, replica: str, now: datetime, app: str, schema: int, offset: float) -> None:
    """Note that a laptop was here, with what version, and how far its clock is off."""
    session.execute(
        update(Replica)
        .where(Replica.id == replica)
        .values(last_seen=now, app=app, schema=schema, clock_offset=offset)
    )  # fmt: skip


def revoke(session: Session, replica: str, now: datetime, by: str = "office", *, wipe: bool = False) -> None:
    """Shut a laptop out; with `wipe` it deletes what it holds when it comes next. Raises NotFound."""
    found = session.get(Replica, replica, with_for_update=True)
    if found is None:
        raise NotFound(replica)
    found.state, found.wipe = "revoked", wipe
    session.flush()
    audit.append(session, now, by, "revoke", replica, {"wipe": wipe})


def wiped(session: Session, replica: str, now: datetime) -> None:
    """Note a laptop's receipt of its wipe."""
    session.execute(update(Replica).where(Replica.id == replica).values(wiped_at=now))
    audit.append(session, now, replica, "wiped", replica, {})


# ---- the office ------------------------------------------------------------------------------------------------------
def add_office_user(
    session: Session,
    name: str,
    password: str,
    role: str,
    now: datetime,
    by: str = "office",
    territories: Iterable[str] = (),
) -> None:
    """Add a person of the office, for some territories or, without any, for all.

    Raises Malformed for an unknown role, a taken name or a short password, NotFound for a territory that nobody has.
    """
    if role not in ROLES or len(password) < 10 or session.get(OfficeUser, name) is not None:  # noqa: PLR2004
        raise Malformed("role, name or password")
    works_for = _known_territories(session, territories) or None
    session.add(
        OfficeUser(
            name=name, password_hash=_HASHER.hash(password), role=role, created_at=now, disabled_at=None,
            territories=works_for,
        )
    )  # fmt: skip
    audit.append(session, now, by, "add_office_user", name, {"role": role, **_told(works_for)})


def change_office_user(
    session: Session,
    name: str,
    now: datetime,
    by: str = "office",
    *,
    role: str | None = None,
    territories: Iterable[str] | None = None,
    shut: bool | None = None,
) -> OfficeUser:
    """Change what a person may and return them; None leaves a thing as it is, no territories means all of them.

    It counts at once, for sessions under way too. Raises NotFound for a person or a territory that there is not,
    Malformed for an unknown role.
    """
    found = session.get(OfficeUser, name, with_for_update=True)
    if found is None:
        raise NotFound(name)
    if role is not None and role not in ROLES:
        raise Malformed("role")
    found.role = role or found.role
    if territories is not None:
        found.territories = _known_territories(session, territories) or None
    if shut is not None:
        found.disabled_at = (found.disabled_at or now) if shut else None
    detail = {"role": found.role, "shut": found.disabled_at is not None, **_told(found.territories)}
    audit.append(session, now, by, "change_office_user", name, detail)
    return found


def _told(territories: list[str] | None) -> dict[str, str]:
    return {} if territories is None else {"territories": " ".join(territories)}


def is_known_scope(session: Session, scope: str) -> bool:
    """Return whether there is such a territory (one with a manager or a customer), such a manager; or it is neither."""
    kind, _, name = scope.partition(":")
    if kind == "mgr":
        return session.get(Manager, name) is not None
    if kind != "terr":
        return True
    try:
        return bool(_known_territories(session, [name]))
    except NotFound:
        return False


def _known_territories(session: Session, territories: Iterable[str]) -> list[str]:
    """Return them in order. Raises NotFound for one that no manager works in and no customer lies in."""
    wanted = sorted(set(territories))
    known = set(session.scalars(select(Manager.territory).where(Manager.territory.in_(wanted))))
    lands = select(SyncStream.scope).where(SyncStream.scope.in_([f"terr:{one}" for one in wanted]))
    known |= {scope.removeprefix("terr:") for scope in session.scalars(lands)}
    if missing := [one for one in wanted if one not in known]:
        raise NotFound(missing[0])
    return wanted


def check_password(session: Session, name: str, password: str) -> OfficeUser | None:
    """Return the person if the password is right; as much time goes by for a name that does not exist."""
    found = session.get(OfficeUser, name)
    try:
        _HASHER.verify(found.password_hash if found is not None else _nobody(), password)
    except (VerificationError, InvalidHashError):
        return None
    return found if found is not None and found.disabled_at is None else None


@cache
def _nobody() -> str:
    """Return a hash that no password fits; made once, or a name that does not exist would take twice the time."""
    return _HASHER.hash(secrets.token_hex(8))


def _replica(key: str, manager: str, device: str, public_key: str, refresh_hash: str, now: datetime) -> Replica:
    return Replica(
        id=key,
        manager=manager,
        device=device,
        public_key=public_key,
        refresh_hash=refresh_hash,
        state="active",
        wipe=False,
        last_no=0,
        acked_no=0,
        created_at=now.astimezone(UTC),
    )


def _hash(secret: str) -> str:
    """Return the hash of a secret: long and random as they are, a plain hash cannot be turned round."""
    return hashlib.sha256(secret.encode()).hexdigest()
