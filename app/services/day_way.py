"""The way that is left of a day, and what putting it in another order would save."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.domain import geo
from app.domain.geo import GeoPoint
from app.domain.planning.running import DayRun, run_day
from app.domain.visit import VisitStatus
from app.services.day_reading import StoredVisit, visits_of
from app.services.plan_ground import PlanGround

_WAS_THERE = frozenset({VisitStatus.DONE, VisitStatus.CLOSED, VisitStatus.REFUSED})


@dataclass(frozen=True, slots=True)
class WayLeft:
    """What of a day is behind and what is ahead, in the order of the day, on the ground that the plan lies on."""

    day: date
    behind: list[StoredVisit]
    ahead: list[StoredVisit]
    """A visit under way is not among them: the manager is there."""
    here: GeoPoint | None
    """Where the way goes on from: the shop that was left last, else where days begin."""
    ground: PlanGround

    def km(self, order: Sequence[StoredVisit]) -> float:
        """Return the kilometres by road through these visits, with the way home."""
        return self._run(order).km

    def shortest(self) -> list[StoredVisit]:
        """Return what is ahead in a short order; as it stands where none shorter is found that keeps shops' hours."""
        route = geo.order_by_distance(
            [self.ground.call(visit.customer_id).point for visit in self.ahead], self.here, self.ground.end
        )
        found = [self.ahead[index] for index in route.order]
        new, old = self._run(found), self._run(self.ahead)
        return found if new.km < old.km and _closed(new) <= _closed(old) else self.ahead

    def _run(self, order: Sequence[StoredVisit]) -> DayRun:
        calls = [self.ground.call(visit.customer_id) for visit in order]
        return run_day(
            calls, self.ground.work_day(self.day), start=self.here, end=self.ground.end, travel=self.ground.travel
        )


def way_left(cursor: Any, ground: PlanGround, day: date) -> WayLeft:
    """Return the way that is left of a day."""
    visits = visits_of(cursor, day)
    ended = [visit for visit in visits if visit.status.ended]
    under_way = [visit for visit in visits if visit.status is VisitStatus.IN_PROGRESS]
    ahead = [visit for visit in visits if visit.status is VisitStatus.PLANNED]
    points = {visit.customer_id: ground.call(visit.customer_id).point for visit in visits}
    return WayLeft(day, [*ended, *under_way], ahead, _here(ended, under_way, points) or ground.start, ground)


def _closed(run: DayRun) -> int:
    """Return how many shops are reached while they are closed."""
    return sum(not stop.is_open for stop in run.stops)


def _here(
    ended: Sequence[StoredVisit], under_way: Sequence[StoredVisit], points: dict[UUID, GeoPoint | None]
) -> GeoPoint | None:
    """Return the shop where the manager is or was last; a visit that was moved or cancelled took place nowhere."""
    been = [visit for visit in ended if visit.status in _WAS_THERE]
    left = sorted((v for v in been if v.left_at is not None), key=lambda visit: visit.left_at or "")
    in_order = [*(v for v in been if v.left_at is None), *left, *under_way]
    return next((p for visit in reversed(in_order) if (p := points.get(visit.customer_id)) is not None), None)
