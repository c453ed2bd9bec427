"""Lets the bytes of photos go that no row shows any more: a month after the photo was struck out, for good.

Whoever sends the same bytes meanwhile keeps them: the row of the bytes is locked while they are taken away, and an
upload that ends locks it before it looks whether they are there.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.headoffice.blob_store import BlobStore
from app.headoffice.blobs import name_of
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import Blob, BlobUse, SyncRow
from app.sync.core.day_summary import PHOTO

KEPT = timedelta(days=30)
"""As long as a photo that was struck out can be taken back in."""
_AT_ONCE = 500


def forget_unused(database: OfficeDatabase, store: BlobStore, now: datetime) -> int:
    """Let go what no living photo row shows; return how many pictures went."""
    while database.transaction(lambda session: _release(session, now)):
        pass
    gone, last = 0, ""
    while names := database.transaction(lambda session, after=last: _unused(session, after)):
        gone += sum(_forget(database, store, name) for name in names)
        last = names[-1]
    return gone


def _release(session: Session, now: datetime) -> int:
    """Take away the uses by rows that were deleted a month ago, or that are not there at all."""
    alive = exists().where(
        SyncRow.tbl == PHOTO,
        SyncRow.pk == BlobUse.photo,
        (SyncRow.deleted.is_(False)) | (SyncRow.changed_at >= now - KEPT),
    )
    asked = select(BlobUse.photo).where(~alive, BlobUse.stored_at < now - KEPT).distinct().limit(_AT_ONCE)
    photos = session.scalars(asked).all()
    session.execute(delete(BlobUse).where(BlobUse.photo.in_(photos)))
    return len(photos)


def _unused(session: Session, after: str) -> list[str]:
    used = exists().where(BlobUse.sha256 == Blob.sha256)
    return list(
        session.scalars(select(Blob.sha256).where(Blob.sha256 > after, ~used).order_by(Blob.sha256).limit(_AT_ONCE))
    )


def _forget(database: OfficeDatabase, store: BlobStore, sha256: str) -> bool:
    def work(session: Session) -> bool:
        locked = select(Blob.sha256).where(Blob.sha256 == sha256).with_for_update(skip_locked=True)
        if session.scalar(locked) is None or session.scalar(select(exists().where(BlobUse.sha256 == sha256))):
            return False
        session.execute(delete(Blob).where(Blob.sha256 == sha256))
        # Before the commit: whoever sends these bytes waits for the lock and then finds neither row nor bytes.
        store.delete(name_of(sha256))
        return True

    try:
        return database.transaction(work)
    except IntegrityError:  # a photo began to show them in this very moment
        return False
