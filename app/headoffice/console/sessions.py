"""Who is in the console: signing in with a growing delay, sessions that end, nothing secret at rest."""

import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.headoffice import audit, people
from app.headoffice.access_models import ConsoleSession, ConsoleTry
from app.headoffice.console.reach import EVERYWHERE, Reach
from app.headoffice.console.rights import Right, rights_of
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import OfficeUser

LASTS = timedelta(hours=10)
"""A session ends then whatever happens: one working day."""
IDLE = timedelta(minutes=30)
_NOTED = timedelta(minutes=1)
_FREE_TRIES = 3
_LONGEST_WAIT = 300
_FORGOTTEN = timedelta(days=1)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in."""

    name: str
    role: str
    csrf: str
    reach: Reach = EVERYWHERE

    @property
    def rights(self) -> frozenset[Right]:
        """What the person may; whoever is limited to some territories does not read the log of the whole house."""
        rights = rights_of(self.role)
        return rights if self.reach.is_everywhere else rights - {Right.AUDIT}

    @property
    def actor(self) -> str:
        """How the log of deeds names the person."""
        return f"office:{self.name}"


class SlowDownPlease(Exception):  # noqa: N818  not an error: the person waits
    """Too many wrong passwords for this name; the next is looked at after so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Doorkeeper:
    """Checks passwords, two at a time: each check takes 64 MB on purpose."""

    def __init__(self, database: OfficeDatabase) -> None:
        self._database = database
        self._places = threading.BoundedSemaphore(2)

    def sign_in(self, name: str, password: str, now: datetime) -> str | None:
        """Return the token of a new session, None for a wrong name or password. Raises SlowDownPlease."""
        if not name or len(name) > _LONGEST or not password or len(password) > _LONGEST:
            return None
        mark = _hash(f"name:{name.casefold()}")
        self._count_try(mark, now)
        with self._places, self._database.read() as session:
            found = people.check_password(session, name, password)
            known = None if found is None else found.name
        if known is None:
            return None
        token = secrets.token_urlsafe(32)
        self._database.transaction(lambda session: _begin(session, mark, known, token, now))
        return token

    def _count_try(self, mark: str, now: datetime) -> None:
        """Count a try before the password is looked at, so that many at once gain nothing."""
        try:
            wait = self._database.transaction(lambda session: _count(session, mark, now))
        except IntegrityError:  # the first two tries came in the same moment
            wait = self._database.transaction(lambda session: _count(session, mark, now))
        if wait > 0:
            raise SlowDownPlease(wait)


def person_of(database: OfficeDatabase, token: str, now: datetime) -> Person | None:
    """Return who holds the token of a session that lasts; a role or a territory that was changed counts at once."""
    if not token or len(token) > _LONGEST:
        return None
    asked = (
        select(ConsoleSession.seen_at, ConsoleSession.ends_at, OfficeUser.name, OfficeUser.role, OfficeUser.territories)
        .join(OfficeUser, OfficeUser.name == ConsoleSession.name)
        .where(ConsoleSession.hash == _hash(token), OfficeUser.disabled_at.is_(None))
    )
    with database.read() as session:
        found = session.execute(asked).one_or_none()
    if found is None or found.ends_at <= now or found.seen_at + IDLE <= now:
        return None
    if found.seen_at + _NOTED <= now:
        which = update(ConsoleSession).where(ConsoleSession.hash == _hash(token))
        database.transaction(lambda session: session.execute(which.values(seen_at=now)))
    reach = EVERYWHERE if found.territories is None else Reach(frozenset(found.territories))
    return Person(found.name, found.role, csrf_of(token), reach)


def sign_out(database: OfficeDatabase, token: str) -> None:
    """End a session."""
    which = delete(ConsoleSession).where(ConsoleSession.hash == _hash(token))
    database.transaction(lambda session: session.execute(which))


def csrf_of(token: str) -> str:
    """Return what each form of a session carries; it follows from the cookie, which no other site can read."""
    return hmac.new(token.encode("utf-8", "surrogatepass"), b"form", hashlib.sha256).hexdigest()


def _count(session: Session, mark: str, now: datetime) -> int:
    session.execute(delete(ConsoleTry).where(ConsoleTry.last_at < now - _FORGOTTEN))
    held = session.get(ConsoleTry, mark, with_for_update=True)
    if held is None:
        session.add(ConsoleTry(hash=mark, failures=1, last_at=now, next_at=now))
        return 0
    if held.next_at > now:
        return int((held.next_at - now).total_seconds()) + 1
    held.failures, held.last_at = held.failures + 1, now
    over = held.failures - _FREE_TRIES
    held.next_at = now + timedelta(seconds=0 if over < 0 else min(_LONGEST_WAIT, 2 ** min(over, 10)))
    return 0


def _begin(session: Session, mark: str, name: str, token: str, now: datetime) -> None:
    session.execute(delete(ConsoleTry).where(ConsoleTry.hash == mark))
    session.execute(delete(ConsoleSession).where(ConsoleSession.ends_at <= now))
    session.add(ConsoleSession(hash=_hash(token), name=name, began_at=now, seen_at=now, ends_at=now + LASTS))
    audit.append(session, now, f"office:{name}", "sign_in", name, {})


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
