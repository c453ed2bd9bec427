"""Whether a visit and its shop are still with this manager: asked after each sync, while the visit is on the screen."""

from enum import StrEnum
from uuid import UUID

from app.storage.database import Database

_ASKED = (
    "SELECT v.deleted_at IS NOT NULL, c.id IS NULL OR c.deleted_at IS NOT NULL, v.customer_id"
    " FROM visit v LEFT JOIN customer c ON c.id = v.customer_id WHERE v.id = ?"
)
_MARK = "SELECT scope FROM row_state WHERE tbl = 'customer' AND pk = ?"


class Whereabouts(StrEnum):
    """Where a visit is."""

    HERE = "here"
    LEAVING = "leaving"
    """Its shop goes to another manager; this laptop keeps it until the visit has ended."""
    CLOSING = "closing"
    """Head office has closed its shop; the same holds."""
    GONE = "gone"
    """It is at head office alone."""
    TAKEN_OUT = "taken_out"
    """Somebody took it out of the day."""


_MARKS = {"": Whereabouts.LEAVING, "-": Whereabouts.CLOSING}


def whereabouts(database: Database, visit_id: UUID) -> Whereabouts:
    """Return where a visit is."""
    with database.look() as cursor:
        found = cursor.execute(_ASKED, (visit_id.hex,)).fetchone()
        if found is None:
            return Whereabouts.GONE
        is_taken_out, is_closed, customer = found
        if is_taken_out or is_closed:
            return Whereabouts.TAKEN_OUT if is_taken_out else Whereabouts.GONE
        mark = cursor.execute(_MARK, (str(UUID(customer)),)).fetchone()
        return Whereabouts.HERE if mark is None else _MARKS.get(mark[0], Whereabouts.HERE)
