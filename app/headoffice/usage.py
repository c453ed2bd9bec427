"""What each laptop used today; above its quota it is served once a minute: slowly, but nothing is lost."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from app.headoffice.access_models import ReplicaUsage
from app.headoffice.http_problems import SlowDown
from app.headoffice.settings import OfficeSettings

_KEPT = timedelta(days=7)
_USE = ReplicaUsage.__table__
_OF_THE_DAY = (_USE.c.replica == bindparam("of")) & (_USE.c.day == bindparam("on"))
_LOCK = select(_USE).where(_OF_THE_DAY).with_for_update()
_ADD = (  # made once, like the other: every push counts
    update(_USE)  # pyright: ignore[reportArgumentType]
    .where(_OF_THE_DAY)
    .values({name: _USE.c[name] + bindparam(f"more_{name}") for name in ("operations", "bytes", "loads")})
)
_SLOW = update(_USE).where(_OF_THE_DAY).values(slowed_at=bindparam("at"))  # pyright: ignore[reportArgumentType]


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
    which = {"of": replica, "on": day}
    used = session.execute(_LOCK, which).one_or_none()
    if used is None:
        _begin(session, replica, day)
    elif _is_above(used, settings):
        pause = timedelta(seconds=settings.slow_seconds)
        if used.slowed_at is not None and used.slowed_at <= now < used.slowed_at + pause:
            raise SlowDown((used.slowed_at + pause - now).total_seconds())
        session.execute(_SLOW, which | {"at": now})
    session.execute(_ADD, which | {"more_operations": operations, "more_bytes": size, "more_loads": loads})


def _begin(session: Session, replica: str, day: date) -> None:
    session.execute(delete(_USE).where(_USE.c.replica == replica, _USE.c.day < day - _KEPT))  # pyright: ignore[reportArgumentType]
    session.execute(insert(_USE).values(replica=replica, day=day, operations=0, bytes=0, loads=0))  # pyright: ignore[reportArgumentType]


def _is_above(used: Any, settings: OfficeSettings) -> bool:
    return (
        used.operations > settings.day_operations or used.bytes > settings.day_bytes or used.loads > settings.day_loads
    )
