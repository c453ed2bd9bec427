"""The whole session policy of the encrypted store (SQLCipher, WAL, every commit forced to disk)."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from app.storage import sqlcipher
from app.storage.capture import record_changes
from app.storage.trouble import trouble_of_sqlite

_CACHE_KIB = 16384


def connect(path: Path, key: bytes) -> sqlite3.Connection:
    """Open a raw connection with our settings. Raises DatabaseError at the first use if the key or file is wrong."""
    connection = sqlcipher.dbapi.connect(str(path), timeout=10, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")  # what goes wrong is raised; the driver would also print it
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
    def write_plain(self) -> Generator[Any]:
        """Give the driver's cursor in a transaction of its own, for what is written at every key (`row_writer`)."""
        with _trouble_in_words():
            connection = self.engine.raw_connection()
            try:
                cursor = cast("Any", connection.cursor())
                cursor.execute("BEGIN IMMEDIATE")
                try:
                    yield cursor
                    cursor.execute("COMMIT")
                except BaseException:
                    connection.rollback()
                    raise
            except sqlcipher.dbapi.Error as error:
                raise DBAPIError.instance("plain SQL", None, error, sqlcipher.dbapi.Error) from error
            finally:
                connection.close()

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
        raise trouble_of_sqlite(error.orig) or error from error
    except DatabaseError as error:
        raise trouble_of_sqlite(error.orig) or error from error
