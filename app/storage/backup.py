"""Backups: copied by SQLite's online method, verified by opening them, restored without losing what they replace.

A backup is one zip file without compression (its parts are encrypted): `vault.json` (the wrapped key), `zoufang.db`,
`contents.json` (when, how many rows) and, in a full backup, the photo files.
"""

import contextlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Generator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.domain.problems import Problem, TroubleError
from app.runtime.files import sync_folder
from app.runtime.paths import DataFolder
from app.storage import sqlcipher
from app.storage.database import Database, connect
from app.storage.in_use import is_open_elsewhere
from app.storage.trouble import trouble_of_sqlite, trouble_of_system
from app.storage.vault import unwrap_key

SUFFIX = ".zoufang-backup"
_KEEP = 10
_NO_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What zipfile raises at a file that is no archive of ours, or no longer."""
_COUNTED = ("customer", "visit", "stock_count", "photo", "outbox")


@dataclass(frozen=True, slots=True)
class BackupContents:
    """When a backup was made and how many rows of each kind it holds."""

    made_at: str
    schema: str
    rows: dict[str, int]
    photos: int = 0


def make_backup(database: Database, folder: DataFolder, target: Path | None = None) -> Path:
    """Copy the store while it is in use, open the copy to verify it, and return the backup file.

    Without a target the file goes to the backup folder, without photos, and the oldest beyond ten are removed; with a
    target the photos go along. Raises TroubleError with DISK_FULL, FOLDER_READ_ONLY or STORE_DAMAGED.
    """
    moment = datetime.now(UTC)
    file = target or folder.backups / f"{moment:%Y%m%d-%H%M%S-%f}{SUFFIX}"
    beside = file.with_name(file.name + ".tmp")
    with _trouble_in_words():
        file.parent.mkdir(parents=True, exist_ok=True)
        photos = sorted(folder.photos.rglob("*.photo")) if target else []
        try:
            with tempfile.TemporaryDirectory(dir=file.parent, ignore_cleanup_errors=True) as work:
                copy = Path(work) / "zoufang.db"
                _copy_online(database, copy)
                _pack(beside, copy, _verify(copy, database.key, moment, len(photos)), folder, photos)
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)
        sync_folder(file.parent)
    if target is None:
        for old in list_backups(folder)[_KEEP:]:
            old.unlink(missing_ok=True)
    return file


def list_backups(folder: DataFolder) -> list[Path]:
    """Return the automatic backups, newest first."""
    return sorted(folder.backups.glob(f"*{SUFFIX}"), reverse=True)


def read_contents(file: Path) -> BackupContents:
    """Return what a backup says it holds. Raises TroubleError with FILE_NOT_READABLE for another kind of file."""
    try:
        with zipfile.ZipFile(file) as archive:
            return BackupContents(**json.loads(archive.read("contents.json")))
    except (OSError, KeyError, ValueError, TypeError, *_NO_ARCHIVE) as error:
        raise TroubleError(Problem.FILE_NOT_READABLE, str(file)) from error


def restore_backup(file: Path, folder: DataFolder, password: str) -> BackupContents:
    """Put a backup in the place of the store; what it replaces is moved to a folder of its own first.

    Raises TroubleError with FILE_NOT_READABLE, WRONG_PASSWORD, STORE_DAMAGED (the backup is), DISK_FULL,
    FOLDER_READ_ONLY, or STORE_BUSY while a program has the store open; the present store is untouched then.
    """
    contents = read_contents(file)
    if is_open_elsewhere(folder.store):
        raise TroubleError(Problem.STORE_BUSY, str(folder.store))
    with _trouble_in_words():
        folder.root.mkdir(parents=True, exist_ok=True)
        work = tempfile.TemporaryDirectory(dir=folder.root, ignore_cleanup_errors=True)
    with work, _trouble_in_words():
        unpacked = Path(work.name)
        key = unwrap_key(_unpack(file, unpacked), password)
        _verify(unpacked / "zoufang.db", key, datetime.now(UTC), 0)
        _move_present_aside(folder)
        for name in ("zoufang.db", "vault.json"):
            (unpacked / name).replace(folder.root / name)
        _bring_photos(unpacked / "photos", folder.photos)
        sync_folder(folder.root)
    return contents


@contextlib.contextmanager
def _trouble_in_words() -> Generator[None]:
    """Turn what goes wrong while a backup is written or put back into trouble with a code."""
    try:
        yield
    except OSError as error:
        raise trouble_of_system(error) from error
    except sqlcipher.dbapi.DatabaseError as error:
        raise trouble_of_sqlite(error) or TroubleError(Problem.STORE_DAMAGED, str(error)) from error


def _unpack(file: Path, into: Path) -> dict[str, str]:
    """Unpack a backup and return its wrapped key."""
    try:
        with zipfile.ZipFile(file) as archive:
            archive.extractall(into)  # names are checked by zipfile; the parts are our own
        return json.loads((into / "vault.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError, *_NO_ARCHIVE) as error:
        raise TroubleError(Problem.FILE_NOT_READABLE, str(file)) from error


def _copy_online(database: Database, copy: Path) -> None:
    with contextlib.closing(database.connect()) as source:
        target = sqlcipher.dbapi.connect(str(copy))
        with contextlib.closing(target):
            target.execute(f"PRAGMA key = \"x'{database.key.hex()}'\"")
            source.backup(target, pages=1024, sleep=0.001)
    with copy.open("rb") as written:
        os.fsync(written.fileno())


def _verify(copy: Path, key: bytes, moment: datetime, photos: int) -> BackupContents:
    try:
        with contextlib.closing(connect(copy, key)) as connection:
            findings = [row[0] for row in connection.execute("PRAGMA quick_check")]
            if findings != ["ok"]:
                raise TroubleError(Problem.STORE_DAMAGED, findings[0])
            rows = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in _COUNTED}  # noqa: S608
            schema = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlcipher.dbapi.DatabaseError as error:
        raise trouble_of_sqlite(error) or TroubleError(Problem.STORE_DAMAGED, str(error)) from error
    return BackupContents(moment.isoformat(), schema, rows, photos)


def _pack(file: Path, copy: Path, contents: BackupContents, folder: DataFolder, photos: list[Path]) -> None:
    with file.open("wb") as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
            archive.write(folder.vault, "vault.json")
            archive.write(copy, "zoufang.db")
            archive.writestr("contents.json", json.dumps(asdict(contents)))
            for photo in photos:
                archive.write(photo, f"photos/{photo.relative_to(folder.photos).as_posix()}")
        raw.flush()
        os.fsync(raw.fileno())


def _move_present_aside(folder: DataFolder) -> None:
    present = [folder.store.with_name(folder.store.name + s) for s in ("", "-wal", "-shm")] + [folder.vault]
    if not any(file.exists() for file in present):
        return
    # Wrong passwords were counted against the key that goes.
    present.append(folder.vault.with_name("unlock-attempts.json"))
    aside = folder.root / f"replaced-{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}"
    aside.mkdir()
    for file in present:
        if file.exists():
            file.rename(aside / file.name)


def _bring_photos(source: Path, target: Path) -> None:
    for photo in source.rglob("*.photo") if source.exists() else ():
        place = target / photo.relative_to(source)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(photo, place)
