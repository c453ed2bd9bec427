"""What lies on the disk, read past the program: its own connection, plain SQL."""

import contextlib
from typing import TYPE_CHECKING, Any

from app.runtime.paths import DataFolder
from app.storage.database import connect
from app.storage.vault import Vault
from tests.conftest import PASSWORD

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = (
    "visit",
    "stock_count",
    "shelf_check",
    "diagnosis_rating",
    "advice_line",
    "improvement_plan",
    "promise",
    "photo",
)


class Disk:
    """The rows of a store, whether the program has it open or not."""

    def __init__(self, folder: DataFolder, password: str = PASSWORD) -> None:
        self._file: Path = folder.store
        self.key = Vault(folder.vault, use_keyring=False).unlock(password)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what a query finds."""
        with contextlib.closing(connect(self._file, self.key)) as connection:
            return list(connection.execute(sql, values))

    def change(self, sql: str) -> None:
        """Change something behind the program's back."""
        with contextlib.closing(connect(self._file, self.key)) as connection:
            connection.execute(sql)

    def one(self, sql: str, *values: object) -> Any:
        """Return the one value that a query finds."""
        [[value]] = self.rows(sql, *values)
        return value

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return int(self.one(f"SELECT count(*) FROM {table}"))  # noqa: S608

    def counts(self) -> dict[str, int]:
        """Return how many rows each table of a visit has."""
        return {table: self.count(table) for table in RECORDS}

    def unqueued(self) -> dict[str, int]:
        """Return, by table, how many records have nothing in the outbox; tables without any are left out."""
        found = {
            table: int(
                self.one(f"SELECT count(*) FROM {table} WHERE id NOT IN (SELECT row_id FROM outbox)")  # noqa: S608
            )
            for table in RECORDS
        }
        return {table: count for table, count in found.items() if count}
