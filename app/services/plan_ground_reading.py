"""Reads what a plan lies on; kept until the shops, the calendar or the setup change, for a drag asks many times."""

from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from app.domain.planning.setup import PlanSetup
from app.domain.planning.working_days import CalendarDay
from app.domain.playbook import Playbook
from app.services.day_reading import SHOWN_NAME
from app.services.plan_ground import DayFace, PlanGround
from app.services.plan_past import read_travel
from app.services.plan_reading import read_days, read_shops
from app.services.plan_setup import PLAN_SETUP, read_setup
from app.storage.facts import fact_of

_Marks: TypeAlias = "tuple[Any, ...]"
_CHANGED = "SELECT count(*), max(changed_at) FROM "
_UNDER_A_DAY = ("customer", "cadence_choice", "day_off", "improvement_plan")


class GroundReader:
    """Reads the ground of a span of days, or gives the last one where nothing under it has changed."""

    def __init__(self, playbook: Playbook) -> None:
        self._playbook = playbook
        self._last: tuple[_Marks, PlanGround] | None = None

    def kept(self, cursor: Any, first: date, last: date, today: date) -> PlanGround:
        """Return the ground; when and how long shops were visited may be older than the newest visit."""
        marks = (first, last, today, *_marks_of(cursor))
        held = self._last
        if held is not None and held[0] == marks:
            return held[1]
        ground = self.fresh(cursor, first, last, today)
        self._last = (marks, ground)
        return ground

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


def _marks_of(cursor: Any) -> _Marks:
    marks: list[Any] = [fact_of(cursor, PLAN_SETUP)]
    for table in _UNDER_A_DAY:
        marks += cursor.execute(_CHANGED + table).fetchone()
    return tuple(marks)
