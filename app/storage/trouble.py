"""Turns errors of SQLite and of the file system into trouble with a code: what a person can do something about."""

import errno
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from app.domain.problems import Problem, TroubleError

_SQLITE = {
    sqlite3.SQLITE_FULL: Problem.DISK_FULL,
    sqlite3.SQLITE_IOERR: Problem.DISK_FULL,
    sqlite3.SQLITE_BUSY: Problem.STORE_BUSY,
    sqlite3.SQLITE_LOCKED: Problem.STORE_BUSY,
    sqlite3.SQLITE_CORRUPT: Problem.STORE_DAMAGED,
    sqlite3.SQLITE_NOTADB: Problem.STORE_DAMAGED,
    sqlite3.SQLITE_READONLY: Problem.FOLDER_READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Problem.FOLDER_READ_ONLY,
    sqlite3.SQLITE_PERM: Problem.FOLDER_READ_ONLY,
}
_SYSTEM = {
    errno.ENOSPC: Problem.DISK_FULL,
    errno.EDQUOT: Problem.DISK_FULL,
    errno.EFBIG: Problem.DISK_FULL,
    errno.EIO: Problem.DISK_FULL,
    errno.EACCES: Problem.FOLDER_READ_ONLY,
    errno.EPERM: Problem.FOLDER_READ_ONLY,
    errno.EROFS: Problem.FOLDER_READ_ONLY,
}
_NEEDED_TO_OPEN = 1 << 16
"""What SQLite has to write before it can so much as read: the shared index of the write-ahead log."""


def trouble_of_sqlite(error: Any, path: Path | None = None) -> TroubleError | None:
    """Return the trouble behind an error of the driver, None where there is no code for it; `path` is the database.

    Only what SQLite itself calls corrupt counts as damage: a full disk or a lock must never look like it.
    """
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    problem = _SQLITE.get(primary)
    if problem is None:
        return None
    if primary == sqlite3.SQLITE_CANTOPEN and path is not None and _is_full(path.parent):
        problem = Problem.DISK_FULL
    return TroubleError(problem, str(error) if path is None else f"{path}: {error}")


def trouble_of_system(error: OSError) -> TroubleError:
    """Return the trouble behind an error of the file system while something was written."""
    problem = _SYSTEM.get(error.errno or 0, Problem.FOLDER_READ_ONLY)
    return TroubleError(problem, str(error.filename or error))


def make_folder(folder: Path) -> None:
    """Make a folder where it is missing. Raises TroubleError with DISK_FULL or FOLDER_READ_ONLY."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise trouble_of_system(error) from error


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _NEEDED_TO_OPEN
    except OSError:
        return False
