"""Setting a store up, opening it, and what is done when it is damaged."""

import contextlib
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.problems import Problem, TroubleError
from app.runtime.paths import DataFolder
from app.storage import reserve, sqlcipher
from app.storage.backup import make_backup
from app.storage.database import Database, connect
from app.storage.facts import CLEAN_CLOSE, read_fact, write_fact
from app.storage.in_use import is_open_elsewhere
from app.storage.schema import migrate, needs_migration
from app.storage.trouble import make_folder, trouble_of_sqlite

if TYPE_CHECKING:
    import sqlite3

STORE_FILES = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class OpenedStore:
    """An open store, and whether the last session was closed in order."""

    database: Database
    closed_cleanly: bool


def open_store(folder: DataFolder, key: bytes, *, create: bool = False) -> OpenedStore:
    """Open the store, bring its schema up to date and mark it as in use.

    After a session that was not closed in order the whole file is checked first. Raises TroubleError with
    STORE_DAMAGED (the detail names the folder the file was moved to, or the file where it could not be moved),
    STORE_NEWER, STORE_BUSY, DISK_FULL or FOLDER_READ_ONLY. On a full disk the room set apart is given up first.
    """
    try:
        return _open_store(folder, key, create=create)
    except TroubleError as trouble:
        if trouble.problem is not Problem.DISK_FULL or not reserve.give_up(folder.root):
            raise
        return _open_store(folder, key, create=create)


def _open_store(folder: DataFolder, key: bytes, *, create: bool) -> OpenedStore:
    if not create and not folder.store.exists():
        raise TroubleError(Problem.STORE_DAMAGED, str(folder.store))
    make_folder(folder.root)
    database = Database(folder.store, key)
    try:
        version = _read_version(folder.store, key)
        if needs_migration(version):
            if version is not None:
                make_backup(database, folder)
            _migrate(database)
        clean = read_fact(database, CLEAN_CLOSE) != "no"
        if not clean:
            check_file(folder.store, key)
        write_fact(database, CLEAN_CLOSE, "no")
    except TroubleError as trouble:
        database.close()
        if trouble.problem is Problem.STORE_DAMAGED:
            raise TroubleError(Problem.STORE_DAMAGED, str(_out_of_the_way(folder))) from trouble
        raise
    except sqlcipher.dbapi.DatabaseError as error:
        database.close()
        raise _damage_or_other(error, folder.store) from error
    return OpenedStore(database, clean)


def close_store(database: Database) -> None:
    """Mark the store as closed in order and close it.

    While another program still has it open it stays marked as in use: only the last one out knows how it was left.
    """
    try:
        write_fact(database, CLEAN_CLOSE, "yes")
    finally:
        database.close()
    if is_open_elsewhere(database.path):
        write_fact(database, CLEAN_CLOSE, "no")
        database.close()


def check_file(path: Path, key: bytes) -> None:
    """Read every page and every row reference. Raises TroubleError with STORE_DAMAGED and the first finding."""
    try:
        connection = connect(path, key)
        with contextlib.closing(connection):
            findings = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
            findings += [row[0] for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
            findings += [f"row without parent in {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
    except sqlcipher.dbapi.DatabaseError as error:
        raise _damage_or_other(error, path) from error
    if findings:
        raise TroubleError(Problem.STORE_DAMAGED, findings[0])


def set_aside(folder: DataFolder) -> Path:
    """Move the store's files into a folder of their own, never over anything, and return that folder."""
    aside = folder.root / f"damaged-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    while aside.exists():
        aside = aside.with_name(aside.name + "-2")
    aside.mkdir(parents=True)
    for suffix in STORE_FILES:
        file = folder.store.with_name(folder.store.name + suffix)
        if file.exists():
            _move(file, aside / file.name)
    return aside


def _move(source: Path, target: Path) -> None:
    """Rename a file; on Windows a virus scanner may hold it for a moment."""
    for _attempt in range(5):
        try:
            source.rename(target)
        except PermissionError:
            time.sleep(0.2)
        else:
            return
    source.rename(target)


def _read_version(path: Path, key: bytes) -> str | None:
    """Return the schema version, None for an empty store; what cannot be read at all is damage."""
    try:
        connection: sqlite3.Connection = connect(path, key)
        with contextlib.closing(connection):
            found = connection.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if found else None
            return None if row is None else row[0]
    except sqlcipher.dbapi.DatabaseError as error:
        raise _damage_or_other(error, path) from error


def _migrate(database: Database) -> None:
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - most starts have nothing to migrate

    try:
        migrate(database.engine)
    except DBAPIError as error:
        raise _damage_or_other(error.orig, database.path) from error


def _damage_or_other(error: object, path: Path) -> TroubleError:
    """Return what it is: a full disk, a lock, a folder that cannot be written to; else damage."""
    return trouble_of_sqlite(error, path) or TroubleError(Problem.STORE_DAMAGED, str(error))


def _out_of_the_way(folder: DataFolder) -> Path:
    """Set the damaged store aside; one that is in use or cannot be moved stays where it is."""
    if is_open_elsewhere(folder.store):
        return folder.store
    try:
        return set_aside(folder)
    except OSError:
        return folder.store
