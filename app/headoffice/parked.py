"""Operations that waited for the row they belong to are decided as soon as it is there, in the same transaction."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from app.headoffice.models import SyncGrant, SyncOperation, SyncParked, SyncRow
from app.headoffice.operations import Judge, Verdict
from app.headoffice.problems import NotFound
from app.headoffice.writer import Key, SyncWriter
from app.sync.core.deciding import Operation, Status
from app.sync.core.registry import SCHEMA

DROPPED = "dropped_by_office"
"""How the reason of an operation begins that a person of the office refused."""
REVIEW = "review"
"""Stands for the table an operation waits for where it was taken in, and a person of the office shall look at it."""
_PARKED = SyncParked.__table__
_WAITING = (  # made once: every transaction that makes rows ends with it
    select(_PARKED.c.replica, _PARKED.c.no, _PARKED.c.waits_tbl, _PARKED.c.waits_pk)
    .where(_PARKED.c.waits_tbl != "")
    .order_by(_PARKED.c.replica, _PARKED.c.no)
)
_MOST_ROUNDS = 100
_LONGEST_REASON = 200
LATER_SCHEMA = "schema"
"""Stands for the table an operation waits for where it waits for head office to learn of a later schema."""


def finish(session: Session) -> None:
    """Write what the transaction changed, and what had waited for it."""
    if "entries" not in session.info:
        return
    writer = SyncWriter(session, datetime.now(UTC), "office")
    for _ in range(_MOST_ROUNDS):
        writer.flush()
        fresh = writer.take_fresh()
        if not fresh or not _release(session, _waiting_for(session, fresh)):
            break
    writer.flush()


def retry_of(session: Session, replica: str, manager: str) -> None:
    """Decide what a replica has waiting and whose row came meanwhile, from another worker or by a new grant."""
    known = [str(one) for one in range(SCHEMA + 1)]
    waiting = session.execute(_decidable(), {"replica": replica, "manager": manager, "known": known})
    _release(session, [(row.replica, row.no) for row in waiting])


@cache
def _decidable() -> Select[str, int]:
    """Return the statement, made once since every push begins with it."""
    waits, row, grant = _PARKED, SyncRow.__table__, SyncGrant.__table__
    ever = select(grant.c.scope).where(grant.c.manager == bindparam("manager"))
    there = exists().where(
        row.c.tbl == waits.c.waits_tbl,
        row.c.pk == waits.c.waits_pk,
        or_(row.c.author == bindparam("manager"), row.c.tbl == "product", row.c.scope.in_(ever)),
    )
    learned = (waits.c.waits_tbl == LATER_SCHEMA) & waits.c.waits_pk.in_(bindparam("known", expanding=True))
    asked = select(waits.c.replica, waits.c.no).where(waits.c.replica == bindparam("replica"), or_(there, learned))
    return asked.order_by(waits.c.no)


def let_in(session: Session, replica: str, no: int) -> Verdict:
    """Decide an operation that a person of the office lets in, such as one of a lost laptop. Raises NotFound."""
    _locked(session, replica, no, is_review=False)
    _release(session, [(replica, no)], by_office=True)
    row = session.execute(
        select(SyncOperation.status, SyncOperation.version, SyncOperation.reason, SyncOperation.conflicts).where(
            SyncOperation.replica == replica, SyncOperation.no == no
        )
    ).one()
    return Verdict(Status(row.status), row.version, row.reason, tuple(row.conflicts or ()))


def drop(session: Session, replica: str, no: int, note: str) -> None:
    """Refuse an operation that waits, for a reason that a person of the office gives. Raises NotFound."""
    _locked(session, replica, no, is_review=False)
    settle(session, replica, no, Verdict(Status.INVALID, reason=f"{DROPPED}: {note}"[:_LONGEST_REASON]))


def reviewed(session: Session, replica: str, no: int) -> None:
    """Note that a person has looked at an operation that was taken in. Raises NotFound."""
    session.delete(_locked(session, replica, no, is_review=True))


def _locked(session: Session, replica: str, no: int, *, is_review: bool) -> SyncParked:
    held = session.get(SyncParked, (replica, no), with_for_update=True)
    if held is None or (held.waits_tbl == REVIEW) is not is_review:
        raise NotFound(f"{replica} {no}")
    return held


def _waiting_for(session: Session, fresh: Iterable[Key]) -> list[tuple[str, int]]:
    came = set(fresh)
    waiting = session.execute(_WAITING).all()
    return [(row.replica, row.no) for row in waiting if (row.waits_tbl, row.waits_pk) in came]


def _release(session: Session, waiting: list[tuple[str, int]], *, by_office: bool = False) -> bool:
    judges: dict[str, Judge] = {}
    for replica, no in waiting:
        row = session.execute(
            select(SyncOperation.__table__).where(SyncOperation.replica == replica, SyncOperation.no == no)
        ).one()
        if replica not in judges:
            now = datetime.now(UTC)
            judges[replica] = Judge(session, SyncWriter(session, now, replica), row.manager, now)
        settle(session, replica, no, judges[replica].decide(operation_of(row), late=True, by_office=by_office))
    return bool(waiting)


def operation_of(row: Row[Any]) -> Operation:
    """Return a recorded operation as it came."""
    return Operation(row.no, row.id, row.tbl, row.pk, row.kind, row.base, row.body or {}, row.made_at)


def place_of(verdict: Verdict) -> Key | None:
    """Return what an operation waits for in the list of the office, None for one that nobody has to look at."""
    if verdict.status is Status.PARKED:
        return verdict.waits or ("", "")
    return (REVIEW, verdict.review) if verdict.review else None


def settle(session: Session, replica: str, no: int, verdict: Verdict) -> None:
    """Record the verdict on an operation that was parked."""
    session.execute(
        update(SyncOperation)
        .where(SyncOperation.replica == replica, SyncOperation.no == no)
        .values(
            status=verdict.status.value,
            version=verdict.version,
            reason=verdict.reason,
            conflicts=list(verdict.conflicts) or None,
        )
    )
    which = SyncParked.replica == replica, SyncParked.no == no
    if (waits := place_of(verdict)) is not None:
        table, key = waits
        session.execute(update(SyncParked).where(*which).values(waits_tbl=table, waits_pk=key))
    else:
        session.execute(delete(SyncParked).where(*which))
