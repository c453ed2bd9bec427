"""Where and when the manager's days begin and end, lunch, how much fits: one fact of the store, defaults beside it."""

import json
from datetime import time
from typing import Any

from app.domain.geo import GeoPoint, point_of
from app.domain.planning.problem import Span
from app.domain.planning.setup import AUTOMATIC, PlanSetup
from app.domain.planning.working_days import CHINA, NONE
from app.domain.playbook import VisitRules
from app.storage.facts import CURRENCY, fact_of

__all__ = ["PLAN_SETUP", "PlanSetup", "calendar_of", "read_setup", "setup_text"]

PLAN_SETUP = "plan_setup"
"""The name of the fact."""
_YUAN = "CNY"


def read_setup(cursor: Any, rules: VisitRules) -> PlanSetup:
    """Return the setup as it was kept; what was never set has the numbers of the playbook or the proposed ones."""
    plain = PlanSetup(minutes_town=rules.minutes_town, minutes_country=rules.minutes_country)
    stored = fact_of(cursor, PLAN_SETUP)
    if stored is None:
        return plain
    told = json.loads(stored)
    lunch = told.get("lunch")
    return PlanSetup(
        start=_point(told.get("start")),
        start_name=told.get("start_name", ""),
        end=_point(told.get("end")),
        end_name=told.get("end_name", ""),
        begins=_time(told, "begins", plain.begins),
        ends=_time(told, "ends", plain.ends),
        lunch=None if lunch is None else Span(*map(time.fromisoformat, lunch)),
        stops=told.get("stops", plain.stops),
        minutes=told.get("minutes", plain.minutes),
        minutes_town=told.get("minutes_town", plain.minutes_town),
        minutes_country=told.get("minutes_country", plain.minutes_country),
        calendar=told.get("calendar", AUTOMATIC),
    )


def setup_text(setup: PlanSetup) -> str:
    """Return the setup as it is kept in the fact."""
    told: dict[str, Any] = {
        "start": None if setup.start is None else (setup.start.lat, setup.start.lon),
        "start_name": setup.start_name,
        "end": None if setup.end is None else (setup.end.lat, setup.end.lon),
        "end_name": setup.end_name,
        "begins": setup.begins.isoformat(),
        "ends": setup.ends.isoformat(),
        "lunch": None if setup.lunch is None else (setup.lunch.begins.isoformat(), setup.lunch.ends.isoformat()),
        "stops": setup.stops,
        "minutes": setup.minutes,
        "minutes_town": setup.minutes_town,
        "minutes_country": setup.minutes_country,
        "calendar": setup.calendar,
    }
    return json.dumps(told, ensure_ascii=False)


def calendar_of(cursor: Any, setup: PlanSetup) -> str:
    """Return the calendar that the territory keeps: the chosen one, else China's where money is yuan or not known."""
    if setup.calendar != AUTOMATIC:
        return setup.calendar
    return CHINA if (fact_of(cursor, CURRENCY) or _YUAN) == _YUAN else NONE


def _point(told: list[float] | None) -> GeoPoint | None:
    return None if told is None else point_of(*told)


def _time(told: dict[str, Any], name: str, otherwise: time) -> time:
    return time.fromisoformat(told[name]) if name in told else otherwise
