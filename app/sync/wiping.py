"""Erasing what this laptop holds: first the keys, without which the files are noise, then the files."""

import contextlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from app.runtime.paths import DataFolder
from app.storage import reserve
from app.storage.database import Database
from app.storage.vault import Vault
from app.sync.secrets import forget_secrets


def wipe(database: Database, folder: DataFolder) -> list[Path]:
    """Erase keys, then files, and return what could not be deleted; whatever is left cannot be read any more."""
    with contextlib.suppress(Exception):  # a store that cannot be read any more must be wiped all the same
        forget_secrets(database)
    Vault(folder.vault).forget_in_keyring()
    _overwrite(folder.vault)
    database.close_for_good()
    left: list[Path] = []
    for file in [folder.vault, *_files(folder)]:
        try:
            if file.is_dir():
                shutil.rmtree(file)
            else:
                file.unlink(missing_ok=True)
        except OSError:
            left.append(file)
    return left


def _files(folder: DataFolder) -> Iterable[Path]:
    store = folder.store
    yield from (store.with_name(store.name + suffix) for suffix in ("", "-wal", "-shm", ".sync-lock"))
    yield from (path for path in (folder.root / "unsent.journal", folder.vault.with_name("unlock-attempts.json")))
    yield reserve.file_of(folder.root)
    # Copies of the store and of its key are wiped like the store itself.
    yield from folder.root.glob("damaged-*")
    yield from folder.root.glob("replaced-*")
    yield from folder.root.glob("unsent-*.journal")
    yield from (path for path in (folder.photos, folder.backups, folder.logs, folder.cache) if path.exists())


def _overwrite(file: Path) -> None:
    """Delete the wrapped key, its bytes before its name."""
    with contextlib.suppress(OSError):
        length = file.stat().st_size
        with file.open("r+b") as opened:
            opened.write(os.urandom(length))
            opened.flush()
            os.fsync(opened.fileno())
        file.unlink()
