"""The whole session policy of the encrypted store (SQLCipher, WAL, every commit forced to disk)."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from app.domain.problems import Problem, TroubleError
from app.storage import sqlcipher
from app.storage.capture import record_changes

_CACHE_KIB = 16384


def connect(path: Path, key: bytes) -> sqlite3.Connection:
    """Open a raw connection with our settings. Raises DatabaseError at the first use if the key or file is wrong."""
    connection = sqlcipher.dbapi.connect(str(path), timeout=10, check_same_thread=False, isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA checkpoint_fullfsync = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return connection


class Database:
    """The local database. Share this object between threads; never share a session."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.key = key
        self.engine: Engine = create_engine(
            "sqlite://",
            module=sqlcipher.dbapi,
            creator=self._connect,
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=4,
        )
        event.listen(self.engine, "begin", _begin)
        self._read = sessionmaker(self.engine, expire_on_commit=False)
        writing = self.engine.execution_options(sqlite_begin="IMMEDIATE")
        self._write = sessionmaker(writing, expire_on_commit=False, autoflush=False)
        event.listen(self._write, "before_flush", record_changes)

    @contextmanager
    def read(self) -> Generator[Session]:
        """Give a session that looks; nothing it does is kept."""
        with _trouble_in_words(), self._read() as session:
            yield session

    @contextmanager
    def write(self, actor: str = "manager", source: str = "visit") -> Generator[Session]:
        """Give one transaction: it commits at the end, or rolls back on an exception.

        Changes of synced rows get their outbox entry in it; `actor` and `source` go into the customer's change record.
        """
        with _trouble_in_words(), self._write() as session, session.begin():
            session.info.update(actor=actor, source=source)
            yield session

    @contextmanager
    def deliver(self, source: str) -> Generator[Session]:
        """Give one transaction for rows that head office delivered: their changes are not queued to go up."""
        with _trouble_in_words(), self._write() as session, session.begin():
            session.info.update(actor="head office", source=source, from_head_office=True)
            yield session

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file by the last one."""
        self.engine.dispose()

    def _connect(self) -> sqlite3.Connection:
        return connect(self.path, self.key)


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def _trouble_in_words() -> Generator[None]:
    """Turn the driver's errors that a person can do something about into trouble with a code."""
    try:
        yield
    except OperationalError as error:
        raise _trouble(error.orig) or error from error
    except DatabaseError as error:
        raise _trouble(error.orig) or error from error


def _trouble(error: Any) -> TroubleError | None:
    text = str(error)
    if "disk is full" in text or "disk I/O error" in text:
        return TroubleError(Problem.DISK_FULL, text)
    if "locked" in text:
        return TroubleError(Problem.STORE_BUSY, text)
    if "malformed" in text or "not a database" in text:
        return TroubleError(Problem.STORE_DAMAGED, text)
    return None
