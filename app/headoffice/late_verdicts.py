"""What became of operations that were parked: asked for by the laptop that holds them, told of its manager's own."""

from collections.abc import Sequence

from sqlalchemy import select

from app.headoffice.database import OfficeDatabase
from app.headoffice.models import SyncOperation
from app.headoffice.rows import among
from app.sync.core.deciding import Status
from app.sync.protocol import LaterVerdict, VerdictsAnswer


def verdicts_of(database: OfficeDatabase, manager: str, ids: Sequence[str]) -> VerdictsAnswer:
    """Return how these operations stand; an id of another manager and one that there is not are passed over alike."""
    op = SyncOperation.__table__
    asked = select(op.c.id, op.c.status, op.c.reason).where(op.c.manager == manager)
    held: dict[str, LaterVerdict] = {}
    with database.read() as session:
        for row in session.execute(asked.where(among(session, op.c.id, sorted(set(ids))))).all():
            # Offered again after a fork, an operation is recorded twice: what was decided of either holds.
            if row.id not in held or held[row.id].status == Status.PARKED:
                held[row.id] = LaterVerdict(id=row.id, status=row.status, reason=row.reason)
    return VerdictsAnswer(results=tuple(held[one] for one in sorted(held)))
