"""What past visits say for the plan: when a shop was visited last, on which weekday, how long, and how fast one drives.

Times that were typed later from a paper form teach nothing: they are as round as one remembers them.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.domain.geo import GeoPoint, TravelRules
from app.domain.planning.visit_length import NEWEST_OF_SHOP, VisitLengths, is_plausible, learn_lengths
from app.domain.visit import VisitStatus
from app.storage.colleagues import IS_OWN

_FEWEST_WEEKDAYS = 3
_LOOKED_BACK = timedelta(days=366)
_Leg = tuple[datetime, datetime, GeoPoint, GeoPoint]


@dataclass(frozen=True, slots=True)
class PastVisits:
    """The days of each shop's visits, newest first, whoever made them."""

    days: Mapping[UUID, Sequence[date]]

    def last(self, shop: UUID) -> date | None:
        """Return when the shop was visited last."""
        return next(iter(self.days.get(shop, ())), None)

    def weekday(self, shop: UUID) -> int | None:
        """Return the weekday of at least half of the newest visits."""
        newest = [day.isoweekday() for day in self.days.get(shop, ())[:NEWEST_OF_SHOP]]
        if len(newest) < _FEWEST_WEEKDAYS:
            return None
        weekday, count = Counter(newest).most_common(1)[0]
        return weekday if 2 * count >= len(newest) else None


def read_past(cursor: Any, day: date) -> PastVisits:
    """Return the visits that were made up to a day."""
    rows = cursor.execute(
        "SELECT customer_id, day FROM visit WHERE status = ? AND day <= ? AND deleted_at IS NULL "
        "ORDER BY day DESC, id DESC",
        (VisitStatus.DONE.value, day.isoformat()),
    )
    days: dict[UUID, list[date]] = defaultdict(list)
    for shop, at in rows:
        days[UUID(shop)].append(date.fromisoformat(at))
    return PastVisits(days)


def read_lengths(cursor: Any, day: date, class_of: Mapping[UUID, str]) -> VisitLengths:
    """Return how long visits take, learnt from the own check-ins of a year; `class_of` is the class of each shop."""
    rows = cursor.execute(
        "SELECT customer_id, arrived_at, left_at FROM visit WHERE status = ? AND day BETWEEN ? AND ? "
        "AND arrived_at IS NOT NULL AND left_at IS NOT NULL AND paper_entered_at IS NULL AND deleted_at IS NULL "
        f"AND {IS_OWN} ORDER BY day DESC, id DESC",
        (VisitStatus.DONE.value, (day - _LOOKED_BACK).isoformat(), day.isoformat()),
    )
    timed: dict[UUID, list[float]] = defaultdict(list)
    for shop, arrived, left in rows:
        timed[UUID(shop)].append(_minutes(arrived, left))
    return learn_lengths(timed, class_of)


def read_travel(cursor: Any, points: Mapping[UUID, GeoPoint | None], today: date) -> TravelRules:
    """Return how one gets ahead, learnt from the own check-ins of a year; the proposed rules while they are few."""
    legs = _legs(cursor, points, today)
    if not legs:
        return TravelRules()
    from app.domain.planning.travel import Leg, learn_travel  # noqa: PLC0415  numpy is for those who have driven

    return learn_travel([Leg(*leg) for leg in legs]).rules


def _legs(cursor: Any, points: Mapping[UUID, GeoPoint | None], today: date) -> list[_Leg]:
    """Return the ways between shops that were visited one after the other on a day and lie at a known place.

    No way begins or ends at a visit whose times were typed later; none begins where the leaving was told too late.
    """
    rows = cursor.execute(
        "SELECT day, customer_id, arrived_at, left_at, paper_entered_at IS NOT NULL FROM visit WHERE day >= ? "
        f"AND arrived_at IS NOT NULL AND left_at IS NOT NULL AND deleted_at IS NULL AND {IS_OWN} "
        "ORDER BY day, arrived_at",
        ((today - _LOOKED_BACK).isoformat(),),
    )
    legs: list[_Leg] = []
    before: tuple[str, datetime, GeoPoint] | None = None
    for day, shop, arrived, left, is_paper in rows:
        point = None if is_paper else points.get(UUID(shop))
        if before is not None and before[0] == day and point is not None:
            legs.append((before[1], _local(arrived), before[2], point))
        before = None
        if point is not None and is_plausible(_minutes(arrived, left)):
            before = (day, _local(left), point)
    return legs


def _minutes(arrived: str, left: str) -> float:
    return (datetime.fromisoformat(left) - datetime.fromisoformat(arrived)).total_seconds() / 60


def _local(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC).astimezone().replace(tzinfo=None)
