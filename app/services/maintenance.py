"""The care of an open store: backups, checks, what it holds and what waits to go up, password and keyring."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from app.runtime.paths import DataFolder
from app.services.opening import BackupInfo, backup_info, list_backup_infos
from app.storage.backup import make_backup
from app.storage.database import Database
from app.storage.facts import CURRENCY, MANAGER, OFFICE_TERRITORY, PRACTICE, TERRITORY, UNIT
from app.storage.outbox_counts import IS_WORK
from app.storage.store import STORE_FILES, check_file
from app.storage.vault import Argon2Cost, Vault

_WAITING = f"SELECT tbl, count(*), min(made_at) FROM outbox WHERE {IS_WORK} GROUP BY 1"  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What the store is and holds; a fact that was never set is None."""

    folder: Path
    manager: str | None = None
    territory: str | None = None
    unit: str | None = None
    currency: str | None = None
    is_practice: bool = False
    customers: int = 0
    products: int = 0
    orders: int = 0
    visits: int = 0
    """Stops that are only planned are none."""
    photos: int = 0
    last_order: date | None = None
    size: int = 0
    free: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """What head office has not got yet: entries by table, and since when the oldest waits."""

    total: int = 0
    by_table: dict[str, int] = field(default_factory=dict[str, int])
    oldest: datetime | None = None


class Maintenance:
    """Looks after one open store."""

    def __init__(self, database: Database, folder: DataFolder, cost: Argon2Cost | None = None) -> None:
        self._database = database
        self._folder = folder
        self._cost = cost

    @property
    def folder(self) -> Path:
        """Where the store, its photos and its backups lie."""
        return self._folder.root

    def back_up(self) -> BackupInfo:
        """Make a backup and verify it by opening it. Raises TroubleError with DISK_FULL or STORE_DAMAGED."""
        return backup_info(make_backup(self._database, self._folder))

    def backups(self) -> tuple[BackupInfo, ...]:
        """Return the backups that can be read, newest first."""
        return list_backup_infos(self._folder)

    def check(self) -> StoreInfo:
        """Read the whole store and return what it holds. Raises TroubleError with STORE_DAMAGED and a finding."""
        check_file(self._database.path, self._database.key)
        return self.info()

    def info(self) -> StoreInfo:
        """Return what the store is and holds."""
        with self._database.look() as cursor:
            facts: dict[str, str] = dict(cursor.execute("SELECT key, value FROM store_fact"))
            last = cursor.execute("SELECT max(order_date) FROM purchase_order").fetchone()[0]
            return StoreInfo(
                folder=self._folder.root,
                manager=facts.get(MANAGER),
                territory=facts.get(OFFICE_TERRITORY) or facts.get(TERRITORY),
                unit=facts.get(UNIT),
                currency=facts.get(CURRENCY),
                is_practice=facts.get(PRACTICE) == "yes",
                customers=_count(cursor, "customer WHERE deleted_at IS NULL"),
                products=_count(cursor, "product"),
                orders=_count(cursor, "purchase_order"),
                visits=_count(cursor, "visit WHERE deleted_at IS NULL AND status <> 'planned'"),
                photos=_count(cursor, "photo WHERE deleted_at IS NULL"),
                last_order=None if last is None else date.fromisoformat(last),
                size=sum(_size(self._folder.store.with_name(self._folder.store.name + end)) for end in STORE_FILES),
                free=shutil.disk_usage(self._folder.root).free,
            )

    def waiting(self) -> Waiting:
        """Return how many entries of each table head office has not got yet."""
        with self._database.look() as cursor:
            found = cursor.execute(_WAITING).fetchall()
        by_table = {row[0]: row[1] for row in found}
        oldest = min((datetime.fromisoformat(row[2]) for row in found), default=None)
        return Waiting(sum(by_table.values()), by_table, None if oldest is None else oldest.replace(tzinfo=UTC))

    def confirm_password(self, password: str) -> None:
        """Return if the password opens this store. Raises TroubleError: WRONG_PASSWORD, WAIT_BEFORE_RETRY."""
        self._vault(use_keyring=False).unlock(password)

    def seconds_to_wait(self) -> int:
        """Return how long the next password has to wait after wrong ones."""
        return self._vault(use_keyring=False).seconds_to_wait()

    def change_password(self, old: str, new: str) -> None:
        """Wrap the key by another password. Raises TroubleError: WRONG_PASSWORD, PASSWORD_TOO_SHORT and so on."""
        self._vault(use_keyring=False).change_password(old, new)

    def keep_key(self, password: str) -> bool:
        """Put the key into the keyring of the system; return whether there is a keyring that keeps it."""
        vault = self._vault(use_keyring=True)
        vault.unlock(password)
        return vault.unlock_from_keyring() is not None

    def forget_key(self) -> None:
        """Take the key out of the keyring, so that the next start asks for the password."""
        self._vault(use_keyring=True).forget_in_keyring()

    def _vault(self, *, use_keyring: bool) -> Vault:
        return Vault(self._folder.vault, use_keyring=use_keyring, cost=self._cost)


def _count(cursor: Any, rows: str) -> int:
    return cursor.execute(f"SELECT count(*) FROM {rows}").fetchone()[0]  # noqa: S608 - our own words


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
