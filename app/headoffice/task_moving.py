"""Open tasks of shops that go into another territory: they go along to whoever has the shop now."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from app.headoffice import audit
from app.headoffice.models import TABLES, SyncGrant
from app.headoffice.rows import among
from app.headoffice.writer import SyncWriter

OPEN = ("assigned", "accepted")
"""The states of a task that is still to be done."""


def take_along(writer: SyncWriter, customers: Collection[str], territory: str, by: str) -> int:
    """Give the open tasks of these customers to the one manager of the territory; return how many.

    With nobody there, or several, each stays with its manager, and the console shows that the shop has moved. What was
    accepted is to be accepted anew. Tasks that are done or cannot be done stay with whoever reported on them.
    """
    session, table = writer.session, TABLES["task"]
    holders = list(
        session.scalars(
            select(SyncGrant.manager).where(SyncGrant.scope == f"terr:{territory}", SyncGrant.until.is_(None))
        )
    )
    if len(holders) != 1 or not customers:
        return 0
    found = session.scalars(
        select(table.c.id).where(
            among(session, table.c.customer_id, [UUID(one) for one in sorted(customers)]),
            table.c.state.in_(OPEN),
            table.c.manager != holders[0],
            table.c.deleted_at.is_(None),
        )
    )
    keys = sorted(str(key) for key in found)
    writer.load(("task", key) for key in keys)
    # A report that came meanwhile may have closed one of them.
    going = [key for key in keys if (task := writer.entry("task", key)) and task.values["state"] in OPEN]
    for key in going:
        writer.put("task", key, {"manager": holders[0], "state": "assigned"})
        writer.move("task", key, f"mgr:{holders[0]}")
    if going:
        audit.append(session, writer.now, by, "move_tasks", holders[0], {"territory": territory, "tasks": len(going)})
    return len(going)
