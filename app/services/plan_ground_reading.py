"""Reads what a plan lies on; kept until the shops, the calendar or the setup change, for a drag asks many times."""

from datetime import date
from typing import Any
from uuid import UUID

from app.domain.planning.setup import PlanSetup
from app.domain.planning.working_days import CalendarDay
from app.domain.playbook import Playbook
from app.services.change_marks import Marks, marks_of
from app.services.day_reading import SHOWN_NAME
from app.services.plan_ground import DayFace, PlanGround
from app.services.plan_past import read_travel
from app.services.plan_reading import read_days, read_shops
from app.services.plan_setup import PLAN_SETUP, read_setup
from app.storage.facts import fact_of

_SPANS = 2
"""A deed looks at its own days and the page at its month: both are kept."""
_UNDER_A_DAY = ("customer", "cadence_choice", "day_off", "improvement_plan")


class GroundReader:
    """Reads the ground of a span of days, or gives the one it has where nothing under it has changed."""

    def __init__(self, playbook: Playbook) -> None:
        self._playbook = playbook
        self._held: dict[tuple[date, date], tuple[Marks, PlanGround]] = {}

    def kept(self, cursor: Any, first: date, last: date, today: date) -> PlanGround:
        """Return the ground; when and how long shops were visited may be older than the newest visit."""
        marks = (today, fact_of(cursor, PLAN_SETUP), *marks_of(cursor, _UNDER_A_DAY))
        span, held = (first, last), self._held.get((first, last))
        if held is None or held[0] != marks:
            held = (marks, self.fresh(cursor, first, last, today))
        # Another thread may look meanwhile: what it sees is never changed.
        others = [one for one in self._held.items() if one[0] != span]
        self._held = dict([*others, (span, held)][-_SPANS:])
        return held[1]

    def fresh(self, cursor: Any, first: date, last: date, today: date) -> PlanGround:
        """Read shops, calendar, setup and travel for a span of days (both count)."""
        setup = read_setup(cursor, self._playbook.parameters.visits)
        shops = read_shops(cursor, self._playbook, today, setup)
        known = {shop.id: shop.point for shop in shops.values() if not shop.presumed}
        return PlanGround(
            shops=shops,
            faces={day.day: _face(day, setup) for day in read_days(cursor, setup, first, last)},
            start=setup.start,
            end=setup.end,
            travel=read_travel(cursor, known, today),
            gone=_gone(cursor),
        )


def _face(day: CalendarDay, setup: PlanSetup) -> DayFace:
    return DayFace(day.day, day.kind, day.label, day.provisional, setup.work_day(day.day, day.kind))


def _gone(cursor: Any) -> dict[UUID, tuple[str, str]]:
    rows = cursor.execute(
        f"SELECT id, cust_code, {SHOWN_NAME} FROM customer WHERE deleted_at IS NOT NULL OR exit_date IS NOT NULL"
    )
    return {UUID(key): (code, name) for key, code, name in rows}
