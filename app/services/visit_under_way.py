"""Whether a visit is under way: asked at every start, so it must not bring in what reading a visit needs."""

from app.domain.visit import VisitStatus
from app.storage.colleagues import IS_OWN
from app.storage.database import Database


def is_visit_under_way(database: Database) -> bool:
    """Tell whether there is a visit that was begun and has not ended."""
    with database.look() as cursor:
        found = cursor.execute(
            f"SELECT 1 FROM visit WHERE status = ? AND deleted_at IS NULL AND {IS_OWN} LIMIT 1",  # noqa: S608
            (VisitStatus.IN_PROGRESS.value,),
        )
        return found.fetchone() is not None
