"""How a day runs by what the manager set for her plan: where and when it begins and ends, lunch, visit length."""

import json
from dataclasses import replace
from datetime import time
from typing import Any

from app.domain.day_plan import DayRules
from app.domain.geo import GeoPoint, point_of
from app.storage.facts import fact_of

_SETUP = "plan_setup"
"""The fact of `plan_setup`, read here without what planning needs: Today is the first page."""


def read_day_rules(cursor: Any) -> DayRules:
    """Return the rules as they were set; the proposed ones where nothing was."""
    rules = DayRules()
    stored = fact_of(cursor, _SETUP)
    if stored is None:
        return rules
    told = json.loads(stored)
    begins = time.fromisoformat(told["begins"]) if "begins" in told else rules.start
    lunch = told.get("lunch") or (begins.isoformat(), begins.isoformat())
    return replace(
        rules,
        start=begins,
        visit_minutes=told.get("minutes_country", rules.visit_minutes),
        lunch_from=time.fromisoformat(lunch[0]),
        lunch_until=time.fromisoformat(lunch[1]),
        begins_at=_point(told.get("start")),
        ends_at=_point(told.get("end")),
    )


def _point(told: list[float] | None) -> GeoPoint | None:
    return None if told is None else point_of(*told)
