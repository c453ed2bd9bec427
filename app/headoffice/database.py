"""Head office's database, SQLite in a file or PostgreSQL: snapshots to read, transactions that repeat to write."""

import random
import secrets
import sqlite3
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from app.headoffice.models import EPOCH_NO, Setting
from app.headoffice.parked import finish
from app.headoffice.problems import Busy

T = TypeVar("T")
HEAD = "0009"
"""The newest migration; a test holds it against the files."""
TRIES = 5
_REPEATABLE = frozenset({"40001", "40P01"})
"""Serialization failure and deadlock: the database itself asks for the transaction to be run again."""
_BUSY_MS = 10_000
_PAGES_IN_LOG = 4_000
"""16 MiB are in SQLite's log before they go into the file: pages that each push changes go there less often."""
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_MIGRATIONS = Path(__file__).with_name("migrations")


class OfficeDatabase:
    """One database of head office, shared by as many workers as there are."""

    def __init__(self, url: str, *, pool_size: int = 5) -> None:
        address = make_url(url)
        self.is_postgres = address.get_backend_name() == "postgresql"
        self.engine: Engine = create_engine(address, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True)
        if not self.is_postgres:
            event.listen(self.engine, "connect", _open_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)

    @contextmanager
    def read(self) -> Generator[Session]:
        """Yield a session that sees one moment of the database and changes nothing."""
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if self.is_postgres else {}
        with self.engine.connect().execution_options(**options) as connection, Session(connection) as session:
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def write(self) -> Generator[Session]:
        """Yield a session whose work is committed at the end, its synced rows written last."""
        with (
            self.engine.connect().execution_options(office_write=True) as connection,
            Session(connection, expire_on_commit=False) as session,
        ):
            yield session
            finish(session)
            session.commit()

    def transaction(self, work: Callable[[Session], T]) -> T:
        """Run the work in one transaction, again if the database asks for it. Raises Busy after five tries."""
        for attempt in range(TRIES):
            try:
                with self.write() as session:
                    return work(session)
            except OperationalError as error:
                if error.connection_invalidated or not _may_repeat(error):
                    raise _trouble(error) from error
            # Those who fell over each other must not meet again at once.
            time.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311
        raise Busy

    def create(self) -> None:
        """Bring the tables to this program's version and give a new database its epoch."""
        from alembic import command  # noqa: PLC0415
        from alembic.config import Config  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self.engine.connect().execution_options(office_write=True) as connection, connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        if self.setting("epoch") is None:
            self.put_setting("epoch", secrets.token_hex(8))

    def schema_version(self) -> str | None:
        """Return the version of the tables, None where there are none yet."""
        with self.engine.connect() as connection:
            try:
                return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            except (OperationalError, ProgrammingError):
                return None

    def epoch(self) -> str:
        """Return the epoch, which changes when the database was restored from a backup."""
        return self.setting("epoch") or ""

    def renew_epoch(self, now: datetime | None = None) -> str:
        """Give a restored database a new epoch, so that laptops offer again what the backup does not know."""
        epoch = secrets.token_hex(8)
        # The same backup may be put back twice: one more than it knows would be the same number both times.
        seconds = int(((now or datetime.now(UTC)) - _BEGINNING).total_seconds())
        self.put_setting(EPOCH_NO, str(max(int(self.setting(EPOCH_NO) or 0) + 1, seconds)))
        self.put_setting("epoch", epoch)
        return epoch

    def setting(self, key: str) -> str | None:
        """Return one setting."""
        with self.read() as session:
            return session.execute(select(Setting.value).where(Setting.key == key)).scalar()

    def put_setting(self, key: str, value: str) -> None:
        """Keep one setting."""
        with self.write() as session:
            if not session.execute(update(Setting).where(Setting.key == key).values(value=value)).rowcount:  # pyright: ignore[reportAttributeAccessIssue]
                session.add(Setting(key=key, value=value))

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def newest_schema() -> str:
    """Return the version of the tables that this program works with."""
    return HEAD


def _may_repeat(error: DBAPIError) -> bool:
    cause: Any = error.orig
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    return getattr(cause, "sqlstate", None) in _REPEATABLE


def _trouble(error: DBAPIError) -> Exception:
    """Return what to raise: a lost connection means to come again; whether it was committed, the numbers will tell."""
    state = getattr(error.orig, "sqlstate", None) or ""
    return Busy() if error.connection_invalidated or state.startswith(("08", "53", "57P")) else error


def _open_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {_BUSY_MS}",
        f"wal_autocheckpoint = {_PAGES_IN_LOG}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # The writer's place is taken at the beginning: a transaction that reads first and writes later can only fail.
    write = connection.get_execution_options().get("office_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
