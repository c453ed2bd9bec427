"""How long what was written at a visit may be corrected from a laptop; after that the office decides (spec, 5).

The days are counted from the day of the visit, of what hangs off it from when it was written, to the moment of the
correction, by the laptop's corrected clock: whoever corrects in time and has no network for weeks is not too late.
What goes on after a visit, a promise that is kept or a plan that is carried out, is no correction.
"""

from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.headoffice import audit
from app.headoffice.models import Setting
from app.headoffice.writer import WHOLE_ROW, Entry
from app.sync.core.day_summary import PHOTO, VISIT
from app.sync.core.deciding import Operation

CORRECTED = frozenset({VISIT, "stock_count", "shelf_check", "diagnosis_rating", "advice_line", PHOTO})
DAYS = 30
"""Where the office has set no other number: until the month after is over nobody needs to ask."""
SETTING = "correction_days"
REASON = "too_late_to_correct"


def days_allowed(session: Session) -> int:
    """Return for how many days a visit may be corrected."""
    found = session.scalar(select(Setting.value).where(Setting.key == SETTING))
    return DAYS if found is None else int(found)


def allow(session: Session, days: int, now: datetime, by: str) -> None:
    """Set for how many days; it counts from the next operation on."""
    session.merge(Setting(key=SETTING, value=str(days)))
    audit.append(session, now, by, "corrections", str(days), {"days": days})


def is_too_late(session: Session, op: Operation, entry: Entry) -> bool:
    """Return whether an operation changes a row of a visit later than it may."""
    if op.table not in CORRECTED:
        return False
    begun = _begun(entry)
    return begun is not None and (_day(op.at) - begun).days > days_allowed(session)


def _begun(entry: Entry) -> date | None:
    """Return the day from which it is counted; None for a row whose making was not noted."""
    if entry.table == VISIT:
        return date.fromisoformat(entry.values["day"])
    born = entry.fields.get(WHOLE_ROW)
    return None if born is None or born[1] is None else _day(born[1])


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(UTC).date()
