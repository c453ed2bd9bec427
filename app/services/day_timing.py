"""The clock of a day: the same for Today, the plan and its papers, whoever changed the day last."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from app.domain.planning.running import run_day
from app.domain.playbook import Playbook
from app.runtime.clock import Clock
from app.services.plan_ground import PlanGround
from app.services.plan_ground_reading import GroundReader

_AROUND = timedelta(days=7)
"""A day off runs like the working days around it."""


class DayTimer:
    """Times a day on the ground of the plan: where days begin, how long each visit takes, when shops are open."""

    def __init__(self, playbook: Playbook, clock: Clock) -> None:
        self._grounds = GroundReader(playbook)
        self._clock = clock

    def ground(self, cursor: Any, day: date) -> PlanGround:
        """Return what the day lies on."""
        return self._grounds.kept(cursor, day - _AROUND, day + _AROUND, self._clock.today())

    def times(self, cursor: Any, day: date, shops: Sequence[UUID]) -> list[time]:
        """Return when each of these shops is reached in this order, in local wall time."""
        ground = self.ground(cursor, day)
        run = run_day(
            [ground.call(shop) for shop in shops],
            ground.work_day(day),
            start=ground.start,
            end=ground.end,
            travel=ground.travel,
        )
        return [stop.arrive.time() for stop in run.stops]
