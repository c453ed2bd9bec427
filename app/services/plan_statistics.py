"""The year to date: how visits ended, punctuality, minutes, kilometres, and whether each class got what it is owed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any
from uuid import UUID

from app.domain.planning.running import path_km
from app.domain.planning.views import Overdue
from app.domain.visit import VisitStatus
from app.services.plan_ground import PlanGround
from app.services.plan_health import cadence_health, overdue_shops
from app.services.plan_lateness import local
from app.services.plan_rows import PlanRow, rows_between
from app.services.plan_values import MonthStatistics, VisitCounts, YearStatistics
from app.services.plan_view import by_day

PUNCTUAL_MINUTES = 15
"""Either way from the planned time (proposed)."""
LONGEST_GAP = 1.5
"""Times its rhythm that a shop may go without a visit and still have got what it is owed (proposed)."""
_LONGEST_VISIT = 240
_WAS_THERE = frozenset({VisitStatus.DONE, VisitStatus.CLOSED, VisitStatus.REFUSED})
_URGENT = frozenset({Overdue.RED, Overdue.ORANGE})


def read_statistics(cursor: Any, ground: PlanGround, year: int, today: date) -> YearStatistics:
    """Return the year up to today, or the whole of an earlier year."""
    until = min(today, date(year, 12, 31))
    rows = rows_between(cursor, date(year, 1, 1), until)
    months = [date(year, month, 1) for month in range(1, until.month + 1)] if until.year == year else []
    by_month = {
        month: [row for row in rows if (row.day.year, row.day.month) == (year, month.month)] for month in months
    }
    told = tuple(
        MonthStatistics(month, counts_of(held, today), _km(ground, held), sum(_minutes(held)))
        for month, held in by_month.items()
    )
    delays = [abs(delay) for row in rows if (delay := _delay(row)) is not None]
    lengths = _minutes(rows)
    due = overdue_shops(ground, today)
    return YearStatistics(
        year=year,
        until=until,
        months=told,
        total=counts_of(rows, today),
        punctual=sum(delay <= PUNCTUAL_MINUTES for delay in delays) / len(delays) if delays else None,
        timed=len(delays),
        minutes_per_stop=median(lengths) if lengths else None,
        km=sum(one.km for one in told),
        cadence=cadence_health(ground.shops.values(), _gone_without(cursor, ground, year, until)),
        overdue=tuple((colour, sum(shop.overdue is colour for shop in due)) for colour in Overdue),
        shops=tuple(shop for shop in due if shop.overdue in _URGENT),
    )


def counts_of(rows: Iterable[PlanRow], today: date) -> VisitCounts:
    """Count how visits ended; moved are those that ended so and those whose day is another than at first."""
    held = list(rows)
    planned = [row for row in held if row.seq is not None or row.planned_on is not None]

    def ended(status: VisitStatus) -> int:
        return sum(row.status is status for row in held)

    return VisitCounts(
        planned=len(planned),
        done=ended(VisitStatus.DONE),
        moved=ended(VisitStatus.MOVED) + sum(row.planned_on not in {None, row.day} for row in held),
        closed=ended(VisitStatus.CLOSED),
        refused=ended(VisitStatus.REFUSED),
        cancelled=ended(VisitStatus.CANCELLED),
        missed=sum(row.is_planned and row.day < today for row in held),
        unplanned=sum(row.status is VisitStatus.DONE and row.seq is None and row.planned_on is None for row in held),
    )


def _km(ground: PlanGround, rows: Sequence[PlanRow]) -> float:
    """Return the kilometres through the shops in the order in which they were visited, with the ways from and to."""
    total = 0.0
    for stops in by_day(row for row in rows if row.status in _WAS_THERE).values():
        in_order = sorted(stops, key=lambda row: (str(row.arrived_at or row.left_at or ""), row.seq or 0))
        total += path_km([ground.start, *ground.points(in_order), ground.end], ground.travel)
    return total


def _minutes(rows: Iterable[PlanRow]) -> list[int]:
    """Return how long visits took, in minutes, where coming and leaving are known and make sense."""
    found: list[int] = []
    for row in rows:
        if row.status is VisitStatus.DONE and row.arrived_at is not None and row.left_at is not None:
            minutes = round((row.left_at - row.arrived_at).total_seconds() / 60)
            if 0 < minutes <= _LONGEST_VISIT:
                found.append(minutes)
    return found


def _delay(row: PlanRow) -> float | None:
    """Return by how many minutes a visit began later than planned; below zero, earlier."""
    if row.status is not VisitStatus.DONE or row.arrived_at is None or row.planned_at is None:
        return None
    return (local(row.arrived_at) - datetime.combine(row.day, row.planned_at)).total_seconds() / 60


def _gone_without(cursor: Any, ground: PlanGround, year: int, until: date) -> set[UUID]:
    """Return the shops that were without a visit for too long since the year (or the record of visits) began."""
    served = _days_served(cursor, year, until)
    first = min((days[0] for days in served.values()), default=until)

    def longest(shop: UUID) -> timedelta:
        return max(after - before for before, after in pairwise([first, *served.get(shop, ()), until]))

    return {
        shop.id
        for shop in ground.shops.values()
        if not served or longest(shop.id) > timedelta(days=LONGEST_GAP * shop.every_days)
    }


def _days_served(cursor: Any, year: int, until: date) -> Mapping[UUID, list[date]]:
    rows = cursor.execute(
        "SELECT customer_id, day FROM visit WHERE status = ? AND day BETWEEN ? AND ? AND deleted_at IS NULL "
        "ORDER BY day",
        (VisitStatus.DONE.value, f"{year}-01-01", until.isoformat()),
    )
    found: dict[UUID, list[date]] = {}
    for shop, day in rows:
        found.setdefault(UUID(shop), []).append(date.fromisoformat(day))
    return found
