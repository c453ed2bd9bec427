"""What this store is and how it was left, as named texts."""

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.models.local import StoreFact
from app.storage.database import Database

CLEAN_CLOSE = "closed_cleanly"
MANAGER = "manager"
TERRITORY = "territory"
UNIT = "unit"
CURRENCY = "currency"
LAST_SERIAL = "last_visit_serial"
PRACTICE = "practice"


def read_fact(database: Database, key: str) -> str | None:
    """Return the text of a fact, None where it was never set."""
    with database.read() as session:
        return session.scalar(select(StoreFact.value).where(StoreFact.key == key))


def write_fact(database: Database, key: str, value: str) -> None:
    """Set a fact in a transaction of its own."""
    with database.write() as session:
        set_fact(session, key, value)


def set_fact(session: Session, key: str, value: str) -> None:
    """Set a fact within a transaction."""
    row = insert(StoreFact).values(key=key, value=value)
    session.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": value}))
