"""What a person decides beside the visits themselves, how often a shop and which days, and taking that back whole."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.changes import Changes, Kind
from app.domain.planning.cadence import choice_on
from app.domain.planning.working_days import MarkKind
from app.domain.problems import Problem, Refusal, RuleError
from app.models.plan import CadenceChoice, DayOff
from app.services.plan_cadence import read_choices
from app.services.plan_values import ChoiceState, MarkState, PlanDeed
from app.storage.database import cursor_of

_Row = TypeVar("_Row", CadenceChoice, DayOff)


def choose_cadence(session: Session, customer_id: UUID, cadence: str | None, reason: str, today: date) -> PlanDeed:
    """Choose the class of a shop from today on, with a reason; None gives it back to the rules."""
    before = choice_on(read_choices(cursor_of(session)).get(customer_id, ()), today)
    if (None if before is None else before.cadence) == cadence:
        return PlanDeed(Changes(), (), "cadence_changed")
    row = CadenceChoice(customer_id=customer_id, cadence=cadence, reason=reason.strip(), since=today)
    session.add(row)
    session.flush()
    return _deed("cadence_changed", [ChoiceState(row.id, customer_id, is_there=False)])


def mark_day(session: Session, day: date, kind: MarkKind | None, note: str, now: datetime) -> PlanDeed:
    """Mark a day as off, half, leave or worked, or with None give it back to the calendar; one row holds its mark."""
    marks = list(session.scalars(select(DayOff).where(DayOff.day == day, DayOff.deleted_at.is_(None))))
    before = [_mark_state(mark) for mark in marks]
    if kind is not None and not marks:
        mark = DayOff(day=day, kind=kind.value, note=note.strip() or None)
        session.add(mark)
        session.flush()
        return _deed("day_changed", [MarkState(mark.id, mark.kind, mark.note, is_there=False)], day)
    for mark in marks:
        if kind is None:
            mark.deleted_at = now
        else:
            mark.kind, mark.note = kind.value, note.strip() or None
    session.flush()
    return _deed("day_changed", before, day)


def take_back(session: Session, decided: Sequence[ChoiceState | MarkState], now: datetime) -> PlanDeed:
    """Put decisions back as they were and return the reverse deed. Raises RuleError where one is gone."""
    reverse: list[ChoiceState | MarkState] = []
    for state in decided:
        if isinstance(state, ChoiceState):
            choice = _found(session.get(CadenceChoice, state.id))
            reverse.append(ChoiceState(choice.id, choice.customer_id, choice.deleted_at is None))
            choice.deleted_at = None if state.is_there else now
        else:
            mark = _found(session.get(DayOff, state.id))
            reverse.append(_mark_state(mark))
            mark.kind, mark.note = state.kind, state.note
            mark.deleted_at = None if state.is_there else now
    session.flush()
    return _deed("undone", reverse)


def _found(row: _Row | None) -> _Row:
    if row is None:
        raise RuleError(Refusal(Problem.NOT_FOUND, "decision"))
    return row


def _mark_state(mark: DayOff) -> MarkState:
    return MarkState(mark.id, mark.kind, mark.note, mark.deleted_at is None)


def _deed(words_code: str, decided: Sequence[ChoiceState | MarkState], *days: date) -> PlanDeed:
    shops = frozenset(one.customer_id for one in decided if isinstance(one, ChoiceState))
    kinds = frozenset({Kind.PLAN, Kind.CUSTOMER} if shops else {Kind.PLAN})
    return PlanDeed(Changes(kinds, shops) if decided else Changes(), (), words_code, days=days, decided=tuple(decided))
