"""The whole session policy of the encrypted store (SQLCipher, WAL, every commit forced to disk)."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from app.domain.problems import Problem, TroubleError
from app.runtime.cancel import TooLateError
from app.storage import reserve, sqlcipher
from app.storage.trouble import trouble_of_sqlite

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from app.storage.sessions import Sessions

# SQLAlchemy takes 200 ms to import; what is read before the first page is filled (`look`) does without it.
# ruff: noqa: PLC0415


_CACHE_KIB = 4096
"""Of a connection of one's own, and of the one for the search and the first page; the system keeps the file's too."""
_POOLED_KIB = 1024
"""Of each connection of the pool, of which there are up to eight."""


def connect(path: Path, key: bytes, cache_kib: int = _CACHE_KIB) -> sqlite3.Connection:
    """Open a raw connection with our settings. Raises DatabaseError at the first use if the key or file is wrong."""
    connection = sqlcipher.dbapi.connect(str(path), timeout=10, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")  # what goes wrong is raised; the driver would also print it
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA checkpoint_fullfsync = ON")
    connection.execute(f"PRAGMA cache_size = -{cache_kib}")
    return connection


class Database:
    """The local database. Share this object between threads; never share a session."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.key = key
        self._making = Lock()
        self._sessions: Sessions | None = None
        self._one_at_a_time = Lock()
        self._plain: sqlite3.Connection | None = None
        self._opening = Lock()
        self._is_over = False

    @property
    def engine(self) -> "Engine":
        """SQLAlchemy's engine, made when it is first wanted."""
        return self._made.engine

    @contextmanager
    def read(self) -> "Generator[Session]":
        """Give a session that looks; nothing it does is kept."""
        from app.storage.sessions import trouble_in_words

        with trouble_in_words(), self._made.read() as session:
            yield session

    @contextmanager
    def write(self, actor: str = "manager", source: str = "visit") -> "Generator[Session]":
        """Give one transaction: it commits at the end, or rolls back on an exception.

        Changes of synced rows get their outbox entry in it; `actor` and `source` go into the customer's change record.
        """
        from app.storage.sessions import trouble_in_words

        with self._reserve_first(), trouble_in_words(), self._made.write() as session, session.begin():
            session.info.update(actor=actor, source=source)
            yield session

    @contextmanager
    def write_plain(self) -> Generator[Any]:
        """Give the driver's cursor in a transaction of its own, for what is written at every key (`row_writer`)."""
        from app.storage.sessions import as_sqlalchemy, trouble_in_words

        with self._reserve_first(), trouble_in_words():
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
                raise as_sqlalchemy(error) from error
            finally:
                connection.close()

    @contextmanager
    def deliver(self, source: str) -> "Generator[Session]":
        """Give one transaction for rows that head office delivered: their changes are not queued to go up."""
        from app.storage.sessions import trouble_in_words

        with self._reserve_first(), trouble_in_words(), self._made.write() as session, session.begin():
            session.info.update(actor="head office", source=source, from_head_office=True)
            yield session

    @contextmanager
    def look(self) -> Generator[Any]:
        """Give the driver's cursor on one state of the store; for what the first page shows, and never nested."""
        with self._on_the_driver("DEFERRED") as cursor:
            yield cursor

    @contextmanager
    def note(self) -> Generator[Any]:
        """Give the driver's cursor in one transaction, for rows that do not sync: facts about the store itself."""
        with self._reserve_first(), self._on_the_driver("IMMEDIATE") as cursor:
            yield cursor

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file by the last one."""
        with self._one_at_a_time:
            if self._plain is not None:
                self._plain.close()
                self._plain = None
        with self._making:
            if self._sessions is not None:
                self._sessions.engine.dispose()

    def close_for_good(self) -> None:
        """Close every connection and open none any more: the file is about to be erased and must not come back."""
        with self._opening:
            self._is_over = True
        self.close()

    def connect(self, cache_kib: int = _CACHE_KIB) -> sqlite3.Connection:
        """Open a connection of one's own. Raises TooLateError, as every use does, once the store is closed for good."""
        with self._opening:  # or a file is made behind the back of who erases it
            if self._is_over:
                raise TooLateError
            return connect(self.path, self.key, cache_kib)

    @property
    def _made(self) -> "Sessions":
        with self._making:
            if self._sessions is None:
                from app.storage.sessions import Sessions

                self._sessions = Sessions(partial(self.connect, _POOLED_KIB))
            return self._sessions

    @contextmanager
    def _reserve_first(self) -> Generator[None]:
        """Where the disk is full, give up the room that was set apart: this write failed, the next ones have it."""
        try:
            yield
        except TroubleError as trouble:
            if trouble.problem is Problem.DISK_FULL:
                reserve.give_up(self.path.parent)
            raise

    @contextmanager
    def _on_the_driver(self, mode: str) -> Generator[Any]:
        with self._one_at_a_time:
            try:
                if self._plain is None:
                    self._plain = self.connect()
                cursor = self._plain.cursor()
                cursor.execute(f"BEGIN {mode}")
                try:
                    yield cursor
                    cursor.execute("COMMIT")
                except BaseException:
                    self._plain.rollback()
                    raise
            except sqlcipher.dbapi.DatabaseError as error:
                raise trouble_of_sqlite(error) or error from error


def cursor_of(session: "Session") -> Any:
    """Return the driver's cursor in the transaction of a session, which must have been flushed."""
    return session.connection().connection.cursor()
