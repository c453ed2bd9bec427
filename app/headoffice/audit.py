"""The log of deeds: append-only chains in which each entry holds the hash of the one before."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.headoffice.models import AuditEntry, AuditHead

OFFICE = "office"
_HEAD = AuditHead.__table__
# Made once: each push adds an entry.
_LOCK = select(_HEAD.c.no, _HEAD.c.hash).where(_HEAD.c.chain == bindparam("chain")).with_for_update()
_ADD = insert(AuditEntry.__table__)  # pyright: ignore[reportArgumentType]
_MOVE = (
    update(_HEAD).where(_HEAD.c.chain == bindparam("of")).values(no=bindparam("to"), hash=bindparam("sealed"))  # pyright: ignore[reportArgumentType]
)
_LOOKED_BACK = 2_000
"""How many entries of a chain are looked through for one that stands already."""


def append(
    session: Session, now: datetime, actor: str, deed: str, subject: str, detail: dict[str, Any], *, chain: str = OFFICE
) -> None:
    """Add an entry; `detail` holds numbers and codes, never what somebody wrote or a secret."""
    head = _locked_head(session, chain)
    at = now.astimezone(UTC)
    no = head.no + 1
    sealed = _seal(head.hash, chain, no, at, actor, deed, subject, detail)
    entry = {"chain": chain, "no": no, "at": at, "actor": actor, "deed": deed, "subject": subject}
    session.execute(_ADD, entry | {"detail": detail, "hash": sealed})
    session.execute(_MOVE, {"of": chain, "to": no, "sealed": sealed})


def append_once(
    session: Session, now: datetime, since: datetime, actor: str, deed: str, subject: str, detail: dict[str, Any], *,
    chain: str,
) -> None:  # fmt: skip
    """Add an entry unless the same stands in the chain since that moment, whoever adds one at the same time."""
    _locked_head(session, chain)
    if not stands(session, since, actor, deed, subject, detail, chain=chain):
        append(session, now, actor, deed, subject, detail, chain=chain)


def stands(
    session: Session, since: datetime, actor: str, deed: str, subject: str, detail: dict[str, Any], *, chain: str
) -> bool:
    """Return whether an entry like this stands among the newest of a chain, not older than `since`."""
    newest = select(AuditHead.no).where(AuditHead.chain == chain).scalar_subquery()
    asked = select(AuditEntry.detail).where(
        AuditEntry.chain == chain,
        AuditEntry.no > newest - _LOOKED_BACK,
        AuditEntry.at >= since,
        AuditEntry.actor == actor,
        AuditEntry.deed == deed,
        AuditEntry.subject == subject,
    )
    return detail in session.scalars(asked).all()


def _locked_head(session: Session, chain: str) -> Row[int, str]:
    """Return number and hash of the last entry of a chain, which nobody else adds to until the commit."""
    head = session.execute(_LOCK, {"chain": chain}).one_or_none()
    if head is None:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        session.execute(dialect.insert(AuditHead).values(chain=chain, no=0, hash="").on_conflict_do_nothing())
        head = session.execute(_LOCK, {"chain": chain}).one()
    return head


def verify(session: Session) -> tuple[str, int] | None:
    """Return chain and number of the first entry that was changed, taken out or put in; None where all is whole."""
    heads = session.execute(select(AuditHead.chain, AuditHead.no, AuditHead.hash))
    ends = {row.chain: (row.no, row.hash) for row in heads}
    seen: dict[str, tuple[int, str]] = {}
    rows = session.execute(select(AuditEntry.__table__).order_by(AuditEntry.chain, AuditEntry.no))
    for row in rows:
        no, before = seen.get(row.chain, (0, ""))
        sealed = _seal(before, row.chain, row.no, row.at, row.actor, row.deed, row.subject, row.detail)
        if row.no != no + 1 or row.hash != sealed:
            return row.chain, row.no
        seen[row.chain] = row.no, row.hash
    for chain, end in ends.items():
        if seen.get(chain, (0, "")) != end:
            return chain, end[0]
    return None


def _seal(
    before: str, chain: str, no: int, at: datetime, actor: str, deed: str, subject: str, detail: dict[str, Any]
) -> str:
    told = json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    parts = (before, chain, str(no), at.astimezone(UTC).isoformat(timespec="microseconds"), actor, deed, subject, told)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
