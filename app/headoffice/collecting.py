"""Lets old tombstones and exits go, and raises the floor of their scope in the same transaction (sync design, 2.5)."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from app.headoffice.models import SyncExit, SyncOperation, SyncRow, SyncStream

KEEP_TOMBSTONES = timedelta(days=180)
KEEP_BODIES = timedelta(days=90)


def collect(session: Session, before: datetime) -> int:
    """Let tombstones and exits older than this go; return how many scopes have a higher floor now.

    The row itself stays known without a number in the feed, so that a late edit of it is told that it is gone. The
    tombstone of a customer stays as long as something that is told hangs off it.
    """
    raised = 0
    for scope in session.scalars(select(SyncStream.scope).order_by(SyncStream.scope)).all():
        locked = select(SyncStream.floor).where(SyncStream.scope == scope).with_for_update()
        floor = session.execute(locked).scalar_one()
        dead = SyncRow.scope == scope, SyncRow.deleted.is_(True), SyncRow.seq.is_not(None), SyncRow.changed_at < before
        left = SyncExit.scope == scope, SyncExit.left_at < before
        newest = max(
            _let_go(session, *dead, SyncRow.tbl != "customer"),
            _let_go(session, *dead, SyncRow.tbl == "customer", ~_has_children()),
            session.execute(select(func.max(SyncExit.seq)).where(*left)).scalar() or 0,
        )
        if newest == 0:
            continue
        session.execute(delete(SyncExit).where(*left).execution_options(synchronize_session=False))
        if newest > floor:
            session.execute(update(SyncStream).where(SyncStream.scope == scope).values(floor=newest))
            raised += 1
    return raised


def _has_children() -> ColumnElement[bool]:
    child = aliased(SyncRow)
    return exists().where(child.root == SyncRow.pk, child.tbl != "customer", child.seq.is_not(None))


def _let_go(session: Session, *dead: ColumnElement[bool]) -> int:
    """Take the numbers of these tombstones from them; return the newest, 0 where there are none."""
    newest = session.execute(select(func.max(SyncRow.seq)).where(*dead)).scalar() or 0
    if newest:
        session.execute(update(SyncRow).where(*dead).values(seq=None).execution_options(synchronize_session=False))
    return newest


def forget_bodies(session: Session, before: datetime) -> None:
    """Let go what operations set, once they are old; their numbers, ids and verdicts stay for ever."""
    old = SyncOperation.received_at < before, SyncOperation.status != "parked", SyncOperation.body.is_not(None)
    session.execute(update(SyncOperation).where(*old).values(body=None).execution_options(synchronize_session=False))
