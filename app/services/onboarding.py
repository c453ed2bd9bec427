"""Reads how far the first visits to a new customer are: the steps of the playbook and which of them were done when."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from app.domain.planning.cadence import is_new
from app.domain.planning.onboarding import Onboarding, Ticked, read_checklist
from app.domain.playbook import CadenceRules
from app.domain.visit import VisitStatus

_TICKS_COUNT = frozenset({VisitStatus.DONE.value, VisitStatus.IN_PROGRESS.value})


def read_onboarding(
    cursor: Any, customer_id: UUID, today: date, rules: CadenceRules, current_visit: UUID | None = None
) -> Onboarding | None:
    """Return the checklist of a new customer as of a day; None for a shop that is not new.

    What was ticked at a visit under way counts as done, but that visit is not one of those made.
    """
    joined = cursor.execute("SELECT join_date FROM customer WHERE id = ?", (customer_id.hex,)).fetchone()
    if joined is None or joined[0] is None or not is_new(rules, date.fromisoformat(joined[0]), today):
        return None
    rows = cursor.execute(
        "SELECT id, day, status, onboarding_done FROM visit WHERE customer_id = ? AND day <= ? AND deleted_at IS NULL "
        "ORDER BY day, id",
        (customer_id.hex, today.isoformat()),
    ).fetchall()
    ticked = [
        Ticked(date.fromisoformat(day), UUID(key), tuple(json.loads(codes) or ()))
        for key, day, status, codes in rows
        if codes and (status in _TICKS_COUNT or UUID(key) == current_visit)
    ]
    made = sum(status == VisitStatus.DONE.value and UUID(key) != current_visit for key, _, status, _ in rows)
    return read_checklist(rules.onboarding, ticked, made)
