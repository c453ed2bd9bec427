"""Which pictures still have to go up, kept on disk; a line is named by the photo's hash, for both of its sizes."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, delete, exists, func, select, update
from sqlalchemy.orm import Session

from app.models.local import OutboxEntry
from app.models.sync_state import BlobItem
from app.models.visit import Photo
from app.storage.photo_files import PhotoFiles

THUMB, FULL = "thumb", "full"
WAITING, STORED, MISSING = "waiting", "stored", "missing"
UP, DOWN = "up", "down"
_PRIORITY = {THUMB: 0, FULL: 1}
_THUMB_GUESS = 20_000
"""Bytes of a small picture before it is read, for the time left."""
_ASKED_AGAIN = timedelta(days=30)
_AT_ONCE = 50


def fill_queue(session: Session, files: PhotoFiles) -> int:
    """Add the pictures of all photo rows that have no line yet, and tidy lines whose row is gone; return the added."""
    _tidy(session)
    known = {(row.sha256, row.kind) for row in session.execute(_lines())}
    added = 0
    for row in session.execute(_living()):
        for kind in (THUMB, FULL):
            if (row.sha256, kind) in known:
                continue
            known.add((row.sha256, kind))
            added += 1
            session.add(
                BlobItem(
                    sha256=row.sha256,
                    kind=kind,
                    direction=UP,
                    photo=str(row.id),
                    size=row.byte_size if kind == FULL else _THUMB_GUESS,
                    priority=_PRIORITY[kind],
                    state=WAITING if files.has(row.sha256, kind) else MISSING,
                    at=row.added_at,
                )
            )
    _look_again(session, files)
    return added


def next_items(session: Session, passed: Collection[tuple[str, str]], *, thumbs_only: bool = False) -> list[BlobItem]:
    """Return the next lines to send: small pictures first, then by age; those that failed before come last.

    A photo whose row head office cannot know yet has to wait for the rows.
    """
    row_waits = exists().where(
        OutboxEntry.row_id == Photo.id, OutboxEntry.kind == "insert", OutboxEntry.table == Photo.__tablename__
    )
    waiting_rows = {str(key) for key in session.scalars(select(Photo.id).where(row_waits))}
    query = (
        select(BlobItem)
        .where(BlobItem.direction == UP, BlobItem.state == WAITING)
        .order_by(BlobItem.priority, BlobItem.tries, BlobItem.at, BlobItem.sha256)
    )
    if thumbs_only:
        query = query.where(BlobItem.kind == THUMB)
    found: list[BlobItem] = []
    for item in session.scalars(query):
        if (item.sha256, item.kind) not in passed and item.photo not in waiting_rows:
            session.expunge(item)
            found.append(item)
            # Small pictures of visits that end meanwhile come before the next originals.
            if len(found) == _AT_ONCE or item.kind == FULL:
                break
    return found


def forget_confirmations(session: Session) -> None:
    """Offer every picture again: head office was restored from a backup and may not have it any more."""
    session.execute(
        update(BlobItem).where(BlobItem.direction == UP, BlobItem.state == STORED).values(state=WAITING, offset=0)
    )


def note_confirmed(session: Session, hashes: Collection[str]) -> None:
    """Take in that head office holds these originals, as a receipt says; also those another laptop has sent."""
    session.execute(
        update(BlobItem)
        .where(BlobItem.direction == UP, BlobItem.kind == FULL, BlobItem.sha256.in_(hashes))
        .values(state=STORED, upload="")
    )


def stored_hashes(session: Session, hashes: Collection[str]) -> set[str]:
    """Return those originals that head office has confirmed to hold whole."""
    query = select(BlobItem.sha256).where(
        BlobItem.direction == UP, BlobItem.kind == FULL, BlobItem.state == STORED, BlobItem.sha256.in_(hashes)
    )
    return set(session.scalars(query))


def _lines() -> Select[str, str]:
    return select(BlobItem.sha256, BlobItem.kind).where(BlobItem.direction == UP)


def _living() -> Select[UUID, str, int, datetime]:
    return (
        select(Photo.id, Photo.sha256, Photo.byte_size, Photo.added_at)
        .where(Photo.deleted_at.is_(None))
        .order_by(Photo.added_at)
    )


def _tidy(session: Session) -> None:
    """Give waiting lines of a deleted photo row to another row of the same picture, or take them out."""
    living = {row.sha256: str(row.id) for row in session.execute(_living())}
    keys = set(living.values())
    query = select(BlobItem.sha256, BlobItem.photo).where(BlobItem.direction == UP, BlobItem.state != STORED).distinct()
    for row in session.execute(query).all():
        if row.photo in keys or living.get(row.sha256) == row.photo:
            continue
        same = (BlobItem.sha256 == row.sha256, BlobItem.direction == UP, BlobItem.state != STORED)
        if row.sha256 in living:
            session.execute(update(BlobItem).where(*same).values(photo=living[row.sha256], upload="", offset=0))
        else:
            session.execute(delete(BlobItem).where(*same))


def _look_again(session: Session, files: PhotoFiles) -> None:
    """See whether missing bytes of the last weeks are back, as after a backup was restored."""
    session.flush()
    since = (session.scalar(select(func.max(Photo.added_at))) or datetime.now(UTC)) - _ASKED_AGAIN
    query = select(BlobItem).where(BlobItem.direction == UP, BlobItem.state == MISSING, BlobItem.at > since)
    for item in session.scalars(query):
        if files.has(item.sha256, item.kind):
            item.state = WAITING
