"""What each laptop used today; above its quota it is served once a minute: slowly, but nothing is lost."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.headoffice.access_models import ReplicaUsage
from app.headoffice.http_problems import SlowDown
from app.headoffice.settings import OfficeSettings

_KEPT = timedelta(days=7)


def count(
    session: Session,
    settings: OfficeSettings,
    replica: str,
    now: datetime,
    *,
    operations: int = 0,
    size: int = 0,
    loads: int = 0,
) -> None:
    """Count what a request brings or takes, or raise SlowDown where it is not this laptop's turn yet."""
    day = now.astimezone(UTC).date()
    used = session.get(ReplicaUsage, (replica, day), with_for_update=True)
    if used is None:
        session.execute(delete(ReplicaUsage).where(ReplicaUsage.replica == replica, ReplicaUsage.day < day - _KEPT))
        used = ReplicaUsage(replica=replica, day=day, operations=0, bytes=0, loads=0)
        session.add(used)
    if _is_above(used, settings):
        pause = timedelta(seconds=settings.slow_seconds)
        if used.slowed_at is not None and used.slowed_at <= now < used.slowed_at + pause:
            raise SlowDown((used.slowed_at + pause - now).total_seconds())
        used.slowed_at = now
    used.operations += operations
    used.bytes += size
    used.loads += loads


def _is_above(used: ReplicaUsage, settings: OfficeSettings) -> bool:
    return (
        used.operations > settings.day_operations or used.bytes > settings.day_bytes or used.loads > settings.day_loads
    )
