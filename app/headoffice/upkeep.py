"""What head office does once a day: old tombstones, bodies and uploads go. Of all workers one does it."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from app.headoffice import collecting
from app.headoffice.blob_forgetting import forget_unused
from app.headoffice.blob_store import BlobStore
from app.headoffice.blob_sweeping import sweep_orphans
from app.headoffice.blobs import sweep_uploads
from app.headoffice.database import OfficeDatabase
from app.headoffice.log import LOG
from app.headoffice.models import Setting
from app.headoffice.retiring import retire

_DAY = "upkeep"


def keep_up(database: OfficeDatabase, store: BlobStore, now: datetime) -> bool:
    """Do the work of the day; False where another worker does it or it is done. What fails is tried again later."""
    if not database.transaction(lambda session: _claim(session, now)):
        return False
    try:
        raised = database.transaction(lambda session: collecting.collect(session, now - collecting.KEEP_TOMBSTONES))
        database.transaction(lambda session: collecting.forget_bodies(session, now - collecting.KEEP_BODIES))
        ended = sweep_uploads(database, store, now)
        orphans = sweep_orphans(database, store, now)
        pictures = forget_unused(database, store, now)
        retired = retire(database, now)
    except BaseException:
        database.put_setting(_DAY, "")
        raise
    facts = {"scopes": raised, "uploads": ended, "orphans": orphans, "pictures": pictures, "retired": retired}
    LOG.info("upkeep", extra={"facts": facts})
    return True


async def keep_up_daily(
    database: OfficeDatabase, store: BlobStore, now: Callable[[], datetime], every_seconds: float
) -> None:
    """Look again and again whether the work of the day is done, until this is cancelled."""
    while True:
        await asyncio.sleep(every_seconds)
        try:
            await run_in_threadpool(keep_up, database, store, now())
        except Exception:  # noqa: BLE001 - the service goes on, and tries again
            LOG.error("upkeep", exc_info=True)


def _claim(session: Session, now: datetime) -> bool:
    """Take the work of the day; whoever finds the row locked leaves it to the one who locked it."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(Setting).values(key=_DAY, value="").on_conflict_do_nothing())
    locked = select(Setting.value).where(Setting.key == _DAY).with_for_update(skip_locked=True)
    done, today = session.execute(locked).scalar(), now.date().isoformat()
    if done is None or done >= today:
        return False
    session.execute(update(Setting).where(Setting.key == _DAY).values(value=today))
    return True
