"""How the newest comparison of a day with each laptop ended: an agreement of the morning hides no later difference."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.headoffice.models import DayCheck, Replica
from app.headoffice.rows import among

PARTS = ("missing_visits", "differing_visits", "missing_photos", "missing_serials")
"""In what two sides can differ."""


@dataclass(frozen=True, slots=True)
class LaptopDay:
    """One laptop in use, and how its day was compared last; None where nobody has compared it."""

    replica: str
    device: str
    check: DayCheck | None

    @property
    def ended(self) -> str:
        """How it ended: `complete`, `open` (equal, and a visit is under way), `differs`, or `none`."""
        return "none" if self.check is None else ended(self.check)

    @property
    def differences(self) -> dict[str, int]:
        """In what the sides differ, and how often."""
        return {} if self.check is None else differences(self.check)


def ended(check: DayCheck) -> str:
    """Return how a comparison ended, in one word."""
    if not check.agreed:
        return "differs"
    return "complete" if check.number else "open"


def differences(check: DayCheck) -> dict[str, int]:
    """Return in what the sides differed, and how often."""
    return {name: getattr(check, name) for name in PARTS if getattr(check, name)}


def keep(session: Session, values: dict[str, Any]) -> None:
    """Keep the values of a DayCheck in place of what the same laptop's same day had."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    told = dialect.insert(DayCheck).values(**values)
    key = ("replica", "day")
    changed = {name: value for name, value in values.items() if name not in key}
    session.execute(told.on_conflict_do_update(index_elements=key, set_=changed))


def checks_of(session: Session, managers: Sequence[str], day: str) -> dict[str, tuple[LaptopDay, ...]]:
    """Return for each of these managers the laptops that are in use, and how the day was compared last on each."""
    asked = (
        select(Replica, DayCheck)
        .outerjoin(DayCheck, (DayCheck.replica == Replica.id) & (DayCheck.day == day))
        .where(Replica.state == "active", among(session, Replica.__table__.c.manager, list(managers)))
        .order_by(Replica.manager, Replica.created_at, Replica.id)
    )
    # A laptop that got another identity keeps its key: it is one laptop.
    laptops: dict[str, dict[str, LaptopDay]] = defaultdict(dict)
    found = cast("Sequence[tuple[Replica, DayCheck | None]]", session.execute(asked).all())
    for replica, check in found:
        if check is not None:
            session.expunge(check)  # what is told is read after the session
        known = laptops[replica.manager].get(replica.public_key)
        newest = max((one for one in (known and known.check, check) if one is not None), key=_moment, default=None)
        laptops[replica.manager][replica.public_key] = LaptopDay(replica.id, replica.device, newest)
    return {manager: tuple(own.values()) for manager, own in laptops.items()}


def latest(session: Session, manager: str, most: int = 10) -> Sequence[tuple[DayCheck, str]]:
    """Return how the newest days of a manager ended, with the laptop's name, whether it is in use or not."""
    asked = (
        select(DayCheck, Replica.device)
        .join(Replica, Replica.id == DayCheck.replica)
        .where(Replica.manager == manager)
        .order_by(DayCheck.day.desc(), DayCheck.checked_at.desc())
        .limit(most)
    )
    return [(row[0], row[1]) for row in session.execute(asked)]


def _moment(check: DayCheck) -> Any:
    return check.checked_at
