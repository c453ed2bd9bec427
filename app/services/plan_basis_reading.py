"""Reads what a month is planned on; kept until something under it changes, for every deed on the plan asks for it."""

from datetime import date
from typing import Any

from app.domain.playbook import Playbook
from app.domain.visit import VisitStatus
from app.services.change_marks import Marks, marks_of
from app.services.plan_reading import MonthBasis, read_basis
from app.services.plan_setup import PLAN_SETUP
from app.storage.facts import CURRENCY, fact_of

_UNDER_A_MONTH = (
    "customer", "cadence_choice", "day_off", "improvement_plan", "promise", "task", "product", "allocation",
)  # fmt: skip
_ORDERS = "SELECT count(*), max(id), sum(amount) FROM purchase_order"
_NOT_OF_THE_PLAN = f"status <> '{VisitStatus.PLANNED.value}'"


class BasisReader:
    """Reads the basis of a month, or gives the last one of it where nothing has changed."""

    def __init__(self, playbook: Playbook) -> None:
        self._playbook = playbook
        self._last: tuple[Marks, MonthBasis] | None = None

    def kept(self, cursor: Any, month: date, today: date) -> MonthBasis:
        """Return the basis as it is now."""
        marks = (month, today, *_marks(cursor))
        held = self._last
        if held is not None and held[0] == marks:
            return held[1]
        basis = read_basis(cursor, self._playbook, month, today)
        self._last = (marks, basis)
        return basis


def _marks(cursor: Any) -> Marks:
    facts = (fact_of(cursor, PLAN_SETUP), fact_of(cursor, CURRENCY))
    orders = cursor.execute(_ORDERS).fetchone()
    return (*facts, *orders, *marks_of(cursor, _UNDER_A_MONTH), *marks_of(cursor, ("visit",), _NOT_OF_THE_PLAN))
