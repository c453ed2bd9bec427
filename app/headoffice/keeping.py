"""Backup of an embedded head office: one consistent copy of its database and its photos beside it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from app.headoffice.settings import OfficeSettings


class NotEmbeddedError(Exception):
    """The database is a server's, whose own tools make its backups."""


def backup(settings: OfficeSettings, target: Path) -> int:
    """Write database and photos into a new folder while head office goes on; return the bytes.

    The database is copied first: a photo that comes after it is not known to the copy, but none it knows is missing.
    """
    address = make_url(settings.database_url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise NotEmbeddedError
    target.mkdir(parents=True)
    with (
        closing(sqlite3.connect(address.database)) as source,
        closing(sqlite3.connect(target / "headoffice.db")) as copy,
    ):
        source.backup(copy)
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the copy is not whole")
    photos = Path(settings.blobs) if settings.blobs else settings.blob_folder
    if not settings.blobs.startswith("s3:") and photos.is_dir():  # an object store keeps its own copies
        shutil.copytree(photos, target / "photos", ignore=shutil.ignore_patterns("*.tmp"))
    return sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
