"""A month that was computed, shown as it would be stored; nothing of it is."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from app.domain.planning.problem import MonthPlan, PlannedStop
from app.domain.planning.views import MonthView
from app.domain.visit import VisitStatus
from app.runtime.ids import new_id
from app.services.plan_ground import PlanGround
from app.services.plan_keeping import first_day, is_by_hand, rows_of, told_by
from app.services.plan_rows import PlanRow
from app.services.plan_view import month_view, unplaced_views

Moved = tuple[tuple[str, date, date | None], ...]


def draft_of(ground: PlanGround, plan: MonthPlan, rows: Sequence[PlanRow], today: date) -> tuple[MonthView, Moved]:
    """Return the month as it would be with the plan kept, and which planned visits get another day, or none."""
    stops = [stop for day in plan.days if day.day >= today for stop in day.stops]
    chosen = rows_of(stops, rows)
    taken = {row.id for row in chosen.values()}
    working = frozenset(day.day for day in plan.days)
    stay = [row for row in rows if row.id not in taken and _stays(row, today, working)]
    planned = [_row(stop, chosen.get(stop.need.key), today) for stop in stops]
    in_order = sorted([*stay, *planned], key=lambda row: (row.day, row.is_planned, row.seq is None, row.seq or 0))
    told = told_by(plan.unplaced)
    days = {stop.need.key: stop.day for stop in stops}
    unplaced = unplaced_views([one.need for one in plan.unplaced], ground, told, days)
    view = month_view(plan.month, ground, in_order, unplaced, today, is_planned=True)
    gone = [row for row in rows if row.id not in taken and row not in stay]
    now = {row.id: stop.day for stop in stops if (row := chosen.get(stop.need.key)) is not None}
    return view, _moved(ground, [*chosen.values(), *gone], now)


def _moved(ground: PlanGround, before: Iterable[PlanRow], now: Mapping[UUID, date]) -> Moved:
    """Return what had a day and has another one now, or none, in the order of the days that they had."""
    changed = [row for row in before if now.get(row.id) != row.day]
    return tuple(
        (ground.named(row.customer_id)[1], row.day, now.get(row.id))
        for row in sorted(changed, key=lambda row: (row.day, row.seq or 0))
    )


def _stays(row: PlanRow, today: date, working: Container[date]) -> bool:
    return not row.is_planned or row.locked or row.day < today or is_by_hand(row, working)


def _row(stop: PlannedStop, stored: PlanRow | None, today: date) -> PlanRow:
    """Return the planned stop as its row would be."""
    need = stop.need
    first = stop.day if stored is None else first_day(stored, stop.day, today)
    return PlanRow(
        new_id() if stored is None else stored.id, need.shop, stop.day, stop.number, stop.arrive, VisitStatus.PLANNED,
        need.reasons, need.locked, need.latest, need.key, first, None, None, None, None,
    )  # fmt: skip
