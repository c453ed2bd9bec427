"""Who asks: proofs of laptops, access tokens, and whether the one who asks may still be served."""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from app.headoffice.access_models import AccessToken, ReplicaProof
from app.headoffice.giving_back import LEFT
from app.headoffice.models import Replica
from app.headoffice.problems import Malformed, Revoked, TokenProblem

ACCESS_SECONDS = 900
_FRESH = timedelta(minutes=10)
_BETWEEN = "\x1f"
_KEY_BYTES = 32
_LONGEST_TOKEN = 100
_TOKEN, _REPLICA = AccessToken.__table__, Replica.__table__
_ASKED = (  # made once: each call begins with it
    select(_TOKEN.c.expires_at, _REPLICA.c.id, _REPLICA.c.manager, _REPLICA.c.state, _REPLICA.c.wipe)
    .select_from(_TOKEN.join(_REPLICA, _REPLICA.c.id == _TOKEN.c.replica))
    .where(_TOKEN.c.hash == bindparam("hash"))
)


@dataclass(frozen=True, slots=True)
class Caller:
    """A laptop that has shown a token which holds."""

    replica: str
    manager: str


def check_public_key(text: str) -> None:
    """Raise Malformed unless the text is a raw Ed25519 key in base64."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        raise Malformed("public_key") from None


def read_moment(text: str) -> datetime:
    """Return a moment of the protocol; raises Malformed where it is none or has no zone."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC) if _has_zone(text) else _no_moment()
    except (ValueError, OverflowError):
        return _no_moment()


def check_proof(session: Session, replica: Replica, moment: str, proof: str, now: datetime) -> None:
    """Raise TokenProblem unless the laptop's key signed `replica␟moment`, and not long ago or newer than ever before.

    A clock that stands wrong is no reason to lock anybody out: the problem tells our time, which can be signed instead.
    """
    signed = read_moment(moment)
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(replica.public_key))
        key.verify(base64.b64decode(proof, validate=True), f"{replica.id}{_BETWEEN}{moment}".encode())
    except (InvalidSignature, binascii.Error, ValueError):
        raise TokenProblem("proof") from None
    last = session.get(ReplicaProof, replica.id)
    if abs(signed - now) > _FRESH and last is not None and signed <= last.moment:
        raise TokenProblem(f"moment {now.astimezone(UTC).isoformat()}")
    if last is None:
        session.add(ReplicaProof(replica=replica.id, moment=signed))
    elif signed > last.moment or abs(last.moment - now) > _FRESH:
        last.moment = signed


def give_access(session: Session, replica: str, now: datetime) -> str:
    """Return a new access token of the laptop; those that no longer hold are cleared away."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(AccessToken).where(AccessToken.replica == replica, AccessToken.expires_at <= now))
    session.add(AccessToken(hash=_hash(token), replica=replica, expires_at=now + timedelta(seconds=ACCESS_SECONDS)))
    return token


def caller_of(session: Session, authorization: str, now: datetime, *, revoked_too: bool = False) -> Caller:
    """Return who sent the header `Authorization`. Raises TokenProblem, or Revoked for a laptop that was revoked."""
    scheme, _, token = authorization.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > _LONGEST_TOKEN:
        raise TokenProblem("no token")
    found = session.execute(_ASKED, {"hash": _hash(token)}).one_or_none()
    if found is None:
        raise TokenProblem("unknown")
    if found.state == "revoked" and not revoked_too:
        raise Revoked(wipe=found.wipe)
    if found.state == LEFT:
        raise TokenProblem("given back")
    if found.expires_at <= now:
        raise TokenProblem("expired")
    return Caller(found.id, found.manager)


def _has_zone(text: str) -> bool:
    return datetime.fromisoformat(text).tzinfo is not None


def _no_moment() -> datetime:
    raise Malformed("moment")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
