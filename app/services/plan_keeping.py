"""Storing a month that was computed: visits that stay keep their rows, so that little has to be sent."""

import json
from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.planning.problem import MonthPlan, PlannedStop, Unplaced
from app.domain.planning.working_days import month_end
from app.domain.reasons import VisitReason
from app.domain.visit import VisitStatus
from app.models.visit import Visit
from app.services.plan_rows import PlanRow, rows_between
from app.services.plan_values import PlanDeed
from app.services.plan_writing import PlanWriter
from app.storage.database import cursor_of
from app.storage.facts import fact_of, set_fact

_SERVES = frozenset({VisitStatus.DONE, VisitStatus.IN_PROGRESS})
_WAS_THERE = _SERVES | {VisitStatus.CLOSED, VisitStatus.REFUSED}
Told = Mapping[str, tuple[str, str, tuple[tuple[str, str], ...]]]
"""By the key of a need: why it has no day, the cheapest way out, and its facts."""


def keep(session: Session, writer: PlanWriter, plan: MonthPlan, today: date) -> PlanDeed:
    """Store the planned visits of a month from today on.

    Touched are only own visits that are planned and not locked. Such a visit that is no longer in the plan is taken
    out, unless a person put it in.
    """
    cursor = cursor_of(session)
    rows = rows_between(cursor, plan.month, month_end(plan.month))
    stops = [stop for day in plan.days if day.day >= today for stop in day.stops]
    chosen = rows_of(stops, rows)
    working = frozenset(day.day for day in plan.days)
    by_hand = [row for row in rows if is_by_hand(row, working)]
    _void_the_rest(session, writer, rows, {row.id for row in chosen.values()} | {row.id for row in by_hand}, today)
    visits = {stop.need.key: _put(writer, stop, chosen, today) for stop in stops if not _is_made(stop, rows)}
    for day in plan.days:
        if day.day >= today:
            order = [visit.id for stop in day.stops if (visit := visits.get(stop.need.key)) is not None]
            _order(writer, day.day, order, day.stops, visits, mixed=any(row.day == day.day for row in by_hand))
    set_fact(session, _fact(plan.month), json.dumps([_plain(one) for one in plan.unplaced]))
    return writer.deed("kept", days=[plan.month])


def told_of(cursor: Any, month: date) -> Told:
    """Return what planning said about the visits that found no day when the month was kept last."""
    stored = fact_of(cursor, _fact(month))
    if stored is None:
        return {}
    return {key: (why, way, tuple((name, fact) for name, fact in facts)) for key, why, way, facts in json.loads(stored)}


def told_by(unplaced: Iterable[Unplaced]) -> Told:
    """Return the same of a plan that is not kept."""
    return {one.need.key: (one.reason, one.way_out, one.facts) for one in unplaced}


def rows_of(stops: Iterable[PlannedStop], rows: Iterable[PlanRow]) -> dict[str, PlanRow]:
    """Return the stored visit of each need that has one: by its key, else one of the same shop on the same day."""
    free = {row.id: row for row in rows if row.is_planned}
    by_key = {row.need_key: row for row in free.values() if row.need_key is not None}
    found: dict[str, PlanRow] = {}
    wanted = list(stops)
    for stop in wanted:
        row = by_key.get(stop.need.key)
        if row is not None and row.customer_id == stop.need.shop:
            found[stop.need.key] = free.pop(row.id)
    for stop in wanted:
        if stop.need.key not in found:
            same = (row for row in free.values() if (row.customer_id, row.day) == (stop.need.shop, stop.day))
            row = next(same, None)
            if row is not None:
                found[stop.need.key] = free.pop(row.id)
    return found


def _is_made(stop: PlannedStop, rows: list[PlanRow]) -> bool:
    """Tell whether the visit was begun or made since the plan was computed, or its day has one of the shop already."""
    return any(
        row.day == stop.day or (row.need_key == stop.need.key and row.status in _SERVES)
        for row in rows
        if row.customer_id == stop.need.shop and row.status in _WAS_THERE
    )


def first_day(row: PlanRow, day: date, today: date) -> date:
    """Return the day that a visit counts as planned on first, when a plan gives it a day.

    A plan that is made again before anything happened is no reschedule; what was missed, or what a person moved, keeps
    the day that it had first.
    """
    is_untouched = row.day >= today and row.planned_on in {None, row.day}
    return day if is_untouched else row.planned_on or row.day


def _put(writer: PlanWriter, stop: PlannedStop, chosen: Mapping[str, PlanRow], today: date) -> Visit:
    need, row = stop.need, chosen.get(stop.need.key)
    if row is None:
        return writer.put(need.shop, stop.day, reasons=need.reasons, due_by=need.latest, need_key=need.key)
    visit = writer.visit(row.id)
    if not row.locked:
        visit.planned_on = first_day(row, stop.day, today)
        visit.day = stop.day
    visit.need_key, visit.due_by = need.key, need.latest
    if tuple(visit.reasons or ()) != need.reasons:
        visit.reasons = list(need.reasons) or None
    return visit


def _void_the_rest(
    session: Session, writer: PlanWriter, rows: Iterable[PlanRow], stay: set[UUID], today: date
) -> None:  # fmt: skip
    for row in rows:
        if row.is_planned and not row.locked and row.day >= today and row.id not in stay:
            writer.void(session.scalars(select(Visit).where(Visit.id == row.id)).one())


def _order(
    writer: PlanWriter, day: date, order: list[UUID], stops: Iterable[PlannedStop], visits: Mapping[str, Visit], *,
    mixed: bool,
) -> None:  # fmt: skip
    """Give the visits of a day the places and times of the plan; a day with others among them is timed anew."""
    stored = writer.day(day)
    if mixed or len(stored) != len(order):
        writer.order(day, order)
        return
    for stop in stops:
        visit = visits.get(stop.need.key)
        if visit is not None:
            visit.seq, visit.planned_at = stop.number, stop.arrive


def is_by_hand(row: PlanRow, working: Container[date]) -> bool:
    """Tell whether a person put a visit into its day: no plan asked for it, and none is made for a day off."""
    if not row.is_planned or row.need_key is not None:
        return False
    return VisitReason.PINNED.value in row.reasons or row.day not in working


def _plain(one: Unplaced) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    return one.need.key, one.reason, one.way_out, one.facts


def _fact(month: date) -> str:
    return f"plan_told:{month:%Y-%m}"
