"""The door of the store: first start, unlock, what to do when the file is damaged. Light to import: it comes first."""

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from app.domain.problems import Problem, TroubleError
from app.runtime.paths import DataFolder

if TYPE_CHECKING:
    from app.storage.store import OpenedStore
    from app.storage.vault import Argon2Cost, Vault

# The storage room takes 300 ms to import, so each deed imports what it needs: the window is up by then.
# ruff: noqa: PLC0415

SHORTEST_PASSWORD = 8
"""As the vault demands it; a test holds the two equal."""

_Application = TypeVar("_Application", covariant=True)  # noqa: PLC0105


class DoorState(StrEnum):
    """What lies in the data folder."""

    EMPTY = "empty"
    LOCKED = "locked"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One backup: when it was made, how many rows of each kind it holds, how big it is."""

    file: Path
    made_at: datetime
    rows: dict[str, int]
    size: int


class StoreDoor(Generic[_Application]):
    """Opens the store and hands what was opened to `assemble`, which wires the program around it."""

    def __init__(
        self,
        folder: DataFolder,
        assemble: Callable[["OpenedStore"], _Application],
        *,
        use_keyring: bool = True,
        cost: "Argon2Cost | None" = None,
        key_under_way: Callable[[str], bytes | None] | None = None,
    ) -> None:
        self._folder = folder
        self._assemble = assemble
        self._may_use_keyring = use_keyring
        self._use_keyring = use_keyring
        self._cost = cost
        self._key_under_way = key_under_way
        """Gives the key of a password that was known before the window, if that was begun."""
        self._last_key: bytes | None = None
        """Of the store that was opened last, or turned out to be damaged."""

    @property
    def folder(self) -> Path:
        """Where everything lies."""
        return self._folder.root

    def state(self) -> DoorState:
        """Say what lies in the folder; looks at names only."""
        has_store, has_vault = self._folder.store.exists(), self._folder.vault.exists()
        if has_vault and (has_store or not self._was_used()):
            return DoorState.LOCKED
        return DoorState.BROKEN if has_store or has_vault else DoorState.EMPTY

    def use_keyring(self, use: bool) -> None:
        """Say whether the next opening keeps the key in the keyring of the system, where the door may use one."""
        self._use_keyring = use and self._may_use_keyring

    def seconds_to_wait(self) -> int:
        """Return how long the next password has to wait after wrong ones."""
        return self._vault().seconds_to_wait()

    def create(self, password: str) -> _Application:
        """Set the password of a new store and open it."""
        if not self._folder.store.exists() and not self._was_used():
            # A try before this one ended on a full disk: its password guards nothing.
            self._folder.vault.unlink(missing_ok=True)
        return self._open(self._vault().create(password), is_new=True)

    def unlock(self, password: str) -> _Application:
        """Open the store by its password."""
        key = self._key_under_way(password) if self._key_under_way is not None else None
        return self._open(self._vault().unlock(password) if key is None else key)

    def unlock_by_keyring(self) -> _Application | None:
        """Open the store by the key in the system's keyring; None where there is none."""
        key = self._vault().unlock_from_keyring() if self._use_keyring else None
        return None if key is None else self._open(key)

    def backups(self) -> tuple[BackupInfo, ...]:
        """Return the backups that can be read, newest first."""
        return list_backup_infos(self._folder)

    def restore(self, backup: BackupInfo, password: str) -> _Application:
        """Put a backup in the place of the store, which is kept aside, and open it."""
        from app.storage.backup import restore_backup

        restore_backup(backup.file, self._folder, password)
        return self.unlock(password)

    def start_new(self, password: str) -> _Application:
        """Keep what is there in a folder of its own and set up an empty store.

        Its key stays the same where it is known: photos, and what the side journal holds, can be read on.
        """
        from app.storage.store import set_aside

        if len(password) < SHORTEST_PASSWORD:
            raise TroubleError(Problem.PASSWORD_TOO_SHORT, str(SHORTEST_PASSWORD))
        key = self._last_key or self._key_before(password)
        aside = set_aside(self._folder)
        if self._folder.vault.exists():
            self._folder.vault.rename(aside / self._folder.vault.name)
        return self._open(self._vault().create(password, key), is_new=True)

    def _key_before(self, password: str) -> bytes | None:
        """Return the key of the store that is given up, by the keyring or if the password is still the same."""
        from app.storage.vault import unwrap_key

        with contextlib.suppress(TroubleError, OSError, ValueError):
            held = self._vault().unlock_from_keyring() if self._may_use_keyring else None
            return held or unwrap_key(json.loads(self._folder.vault.read_text(encoding="utf-8")), password)
        return None

    def _open(self, key: bytes, *, is_new: bool = False) -> _Application:
        from app.storage.store import open_store

        self._last_key = key
        # A set-up that was cut short has its password but no store yet: it is finished here.
        create = is_new or (not self._folder.store.exists() and not self._was_used())
        return self._assemble(open_store(self._folder, key, create=create))

    def _was_used(self) -> bool:
        """Whether there ever was a store here: then a missing file is damage, not a first start."""
        root = self._folder.root
        kept = (*root.glob("damaged-*/*.db"), *self._folder.backups.glob("*"))
        return any(kept)

    def _vault(self) -> "Vault":
        from app.storage.vault import Vault

        return Vault(self._folder.vault, use_keyring=self._use_keyring, cost=self._cost)


def list_backup_infos(folder: DataFolder) -> tuple[BackupInfo, ...]:
    """Return the automatic backups that can be read, newest first."""
    from app.storage.backup import list_backups

    infos = (_info(file) for file in list_backups(folder))
    return tuple(info for info in infos if info is not None)


def backup_info(file: Path) -> BackupInfo:
    """Return what a backup holds. Raises TroubleError with FILE_NOT_READABLE."""
    from app.storage.backup import read_contents

    contents = read_contents(file)
    made_at = datetime.fromisoformat(contents.made_at).astimezone()
    return BackupInfo(file, made_at, contents.rows, file.stat().st_size)


def _info(file: Path) -> BackupInfo | None:
    try:
        return backup_info(file)
    except (TroubleError, OSError, ValueError):
        return None
