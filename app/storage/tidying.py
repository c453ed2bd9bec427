"""Takes the last traces of deleted rows away: from the search index, and from the write-ahead log."""

import contextlib

from app.storage import sqlcipher
from app.storage.database import Database

_INDEXES = ("customer_search", "product_search")
_PATIENCE_MS = 250
"""How long readers are waited for; whoever types must not wait for this."""


def tidy(database: Database, *, index: bool) -> bool:
    """Empty the write-ahead log, False to try it again later; before it write the `index` anew without what went.

    Freed pages are overwritten by the store itself (secure_delete); old copies of them lie in the log until it is
    emptied, which cannot be done while somebody reads.
    """
    if index:
        with database.note() as cursor:
            for name in _INDEXES:
                cursor.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")  # noqa: S608 - our own names
    try:
        connection = database.connect()
        with contextlib.closing(connection):
            connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
            (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlcipher.dbapi.OperationalError:
        return False
    return not busy
