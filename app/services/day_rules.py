"""How a day runs by what the manager set for her plan: when it begins, lunch, how long a visit takes."""

import json
from dataclasses import replace
from datetime import time
from typing import Any

from app.domain.day_plan import DayRules
from app.storage.facts import fact_of

_SETUP = "plan_setup"
"""The fact of `plan_setup`, read here without what planning needs: Today is the first page."""


def read_day_rules(cursor: Any, rules: DayRules) -> DayRules:
    """Return the rules with what was set in their place; as they are where nothing was set."""
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
    )
