"""Takes away parts of uploads that no upload knows any more: a worker died between its commit and its tidying."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.headoffice.blob_store import BlobStore
from app.headoffice.database import OfficeDatabase
from app.headoffice.models import BlobUpload

KEPT = timedelta(days=7)
_FOLDER = "uploads"
_AT_ONCE = 500


def sweep_orphans(database: OfficeDatabase, store: BlobStore, now: datetime) -> int:
    """Delete parts that are older than an upload can be and belong to none; return how many."""
    swept, some = 0, list[str]()
    for name in store.older(_FOLDER, now - KEPT):
        some.append(name)
        if len(some) == _AT_ONCE:
            swept += _sweep(database, store, some)
            some.clear()
    return swept + _sweep(database, store, some)


def _sweep(database: OfficeDatabase, store: BlobStore, names: list[str]) -> int:
    """Delete those of the parts whose upload is not open: it may be older than seven days if it was gone on with."""
    uploads = {name: name.split("/")[1] for name in names}
    with database.read() as session:
        held = set(session.scalars(select(BlobUpload.id).where(BlobUpload.id.in_(set(uploads.values())))))
    lost = [name for name, upload in uploads.items() if upload not in held]
    for name in lost:
        store.delete(name)
    return len(lost)
