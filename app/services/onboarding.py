"""Reads how far the first visits to a new customer are: the steps of the playbook and which of them were done when."""

import json
from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from app.domain.planning.cadence import is_new
from app.domain.planning.onboarding import Onboarding, read_checklist
from app.domain.playbook import CadenceRules
from app.domain.visit import VisitStatus


def read_onboarding(
    cursor: Any, customer_id: UUID, today: date, rules: CadenceRules, current_visit: UUID | None = None
) -> Onboarding | None:
    """Return the checklist of a new customer as of a day; None for a shop that is not new.

    What was done at the visit under way counts as done, but the visit is not one of those made.
    """
    joined = cursor.execute("SELECT join_date FROM customer WHERE id = ?", (customer_id.hex,)).fetchone()
    if joined is None or joined[0] is None or not is_new(rules, date.fromisoformat(joined[0]), today):
        return None
    rows = cursor.execute(
        "SELECT id, day, status, onboarding_done FROM visit WHERE customer_id = ? AND day <= ? AND deleted_at IS NULL "
        "ORDER BY day, id",
        (customer_id.hex, today.isoformat()),
    ).fetchall()
    done: dict[date, list[str]] = defaultdict(list)
    visits = 0
    for key, day, status, codes in rows:
        if status == VisitStatus.DONE.value or UUID(key) == current_visit:
            done[date.fromisoformat(day)] += json.loads(codes) or [] if codes else []
            visits += UUID(key) != current_visit
    return read_checklist(rules.onboarding, done, visits)
