"""Deletes files of photos that no row names any more: the program may have died between the row and its file."""

import time
from pathlib import Path

from sqlalchemy import select

from app.models.visit import Photo
from app.storage.database import Database

_FRESH_SECONDS = 24 * 3600
"""A file may be there before its row: the picture is stored first."""


def sweep_photos(database: Database, folder: Path, now: float | None = None) -> int:
    """Delete the files and return how many."""
    old = (time.time() if now is None else now) - _FRESH_SECONDS
    files = [file for file in folder.glob("*/*.photo") if file.stat().st_mtime < old]
    if not files:
        return 0
    with database.read() as session:
        named = set(session.scalars(select(Photo.sha256)))
    lost = [file for file in files if file.name.partition(".")[0] not in named]
    for file in lost:
        file.unlink(missing_ok=True)
    return len(lost)
