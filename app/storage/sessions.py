"""SQLAlchemy's part of the database: engine and session makers; loaded when the first session is wanted."""

import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from app.storage import sqlcipher
from app.storage.capture import record_changes
from app.storage.trouble import trouble_of_sqlite


class Sessions:
    """The engine with its session makers: `read` looks, `write` begins at once and queues what it changes."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self.engine: Engine = create_engine(
            "sqlite://",
            module=sqlcipher.dbapi,
            creator=connect,
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=4,
            pool_use_lifo=True,  # the one used last has the pages that are wanted next; taking turns fills every cache
        )
        event.listen(self.engine, "begin", _begin)
        self.read: sessionmaker[Session] = sessionmaker(self.engine, expire_on_commit=False)
        writing = self.engine.execution_options(sqlite_begin="IMMEDIATE")
        self.write: sessionmaker[Session] = sessionmaker(writing, expire_on_commit=False, autoflush=False)
        event.listen(self.write, "before_flush", record_changes)


def as_sqlalchemy(error: Exception) -> DBAPIError:
    """Return an error of the driver as the sessions raise it."""
    return DBAPIError.instance("plain SQL", None, error, sqlcipher.dbapi.Error)  # pyright: ignore[reportReturnType]


@contextmanager
def trouble_in_words() -> Generator[None]:
    """Turn the driver's errors that a person can do something about into trouble with a code."""
    try:
        yield
    except OperationalError as error:
        raise trouble_of_sqlite(error.orig) or error from error
    except DatabaseError as error:
        raise trouble_of_sqlite(error.orig) or error from error
    except sqlcipher.dbapi.DatabaseError as error:  # by the driver's cursor of a session
        raise trouble_of_sqlite(error) or error from error


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")
