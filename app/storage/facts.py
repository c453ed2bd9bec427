"""What this store is and how it was left, as named texts. Plain SQL: the first of them are read before all else."""

from typing import TYPE_CHECKING, Any

from app.storage.database import Database

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CLEAN_CLOSE = "closed_cleanly"
MANAGER = "manager"
TERRITORY = "territory"
OFFICE_TERRITORY = "sync_territory"
"""The territory that head office named when this laptop was enrolled."""
UNIT = "unit"
CURRENCY = "currency"
LAST_SERIAL = "last_visit_serial"
SHOPS_GONE = "shops_gone"
"""Names by key of shops that have left and of which a clash or a refused change still lies with the person."""
SHOPS_LEFT = "shops_left"
"""Names of shops that went to another territory, by the number of the notice; gone once that was read."""
NOTICES_READ = "sync_happenings_seen"
"""The number of the newest line of the log of sync that the person has read."""
UNTIDY = "sync_untidy"
"""Set with whatever takes rows away; traces of them are left in other places until the store was tidied."""
ORDER_LEARNT = "order_learnt"
"""What the order guidance learnt from this territory, and when (`app.services.order_learning`)."""
PRACTICE = "practice"
PRACTICE_DAY = "practice_day"
"""The day on which a practice territory stands: its data end there, so the clock of the store does too."""

_GET = "SELECT value FROM store_fact WHERE key = ?"
_SET = "INSERT INTO store_fact (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


def read_fact(database: Database, key: str) -> str | None:
    """Return the text of a fact, None where it was never set."""
    with database.look() as cursor:
        return fact_of(cursor, key)


def fact_of(cursor: Any, key: str) -> str | None:
    """Return the text of a fact by the driver's cursor."""
    row = cursor.execute(_GET, (key,)).fetchone()
    return None if row is None else row[0]


def write_fact(database: Database, key: str, value: str) -> None:
    """Set a fact in a transaction of its own."""
    with database.note() as cursor:
        put_fact(cursor, key, value)


def put_fact(cursor: Any, key: str, value: str) -> None:
    """Set a fact by the driver's cursor of `Database.note`."""
    cursor.execute(_SET, (key, value))


def note_untidy(cursor: Any, *, index: bool = False) -> None:
    """Note that words went, `index`: such as can be searched for; what is left of them goes after the next round."""
    if index or fact_of(cursor, UNTIDY) != "index":
        put_fact(cursor, UNTIDY, "index" if index else "yes")


def set_fact(session: "Session", key: str, value: str) -> None:
    """Set a fact within a transaction."""
    session.connection().exec_driver_sql(_SET, (key, value))
