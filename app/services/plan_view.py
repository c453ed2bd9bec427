"""A month as the plan page shows it, out of the visits that are stored."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID  # noqa: TC003  of a function's variable, as everywhere

from app.domain.planning.problem import Need
from app.domain.planning.running import RunStop
from app.domain.planning.views import DayKind, DayView, MonthView, StopView, UnplacedView
from app.domain.visit import VisitStatus
from app.services.plan_ground import PlanGround
from app.services.plan_health import read_health
from app.services.plan_rows import PlanRow

_NOT_GONE_TO = frozenset({VisitStatus.MOVED, VisitStatus.CANCELLED})
NOT_PLANNED = "not_planned"


def gone_to(rows: Iterable[PlanRow]) -> list[PlanRow]:
    """Return the stops of a day without those to which nobody goes; a shop that was begun twice counts once."""
    newest: dict[UUID, PlanRow] = {}
    for row in rows:
        if row.status not in _NOT_GONE_TO:
            newest[row.customer_id] = row
    return list(newest.values())


def by_day(rows: Iterable[PlanRow]) -> dict[date, list[PlanRow]]:
    """Return the stops of each day that has any."""
    found: dict[date, list[PlanRow]] = {}
    for row in rows:
        found.setdefault(row.day, []).append(row)
    return {day: gone_to(stops) for day, stops in found.items()}


def month_view(
    month: date,
    ground: PlanGround,
    rows: Sequence[PlanRow],
    owed: tuple[UnplacedView, ...],
    today: date,
    *,
    is_planned: bool,
) -> MonthView:
    """Return the month from its first to its last day, with how healthy it is.

    `owed` has no day in any plan; where there is no plan that is all that is due, and nothing is unplaced.
    """
    stops = by_day(rows)
    inside = [day for day in sorted(ground.faces) if (day.year, day.month) == (month.year, month.month)]
    days = tuple(_day(ground, day, stops.get(day, [])) for day in inside)
    health = read_health(ground, days, owed, today, is_planned=is_planned)
    return MonthView(month, is_planned, days, health, owed if is_planned else ())


def unplaced_views(
    needs: Iterable[Need],
    ground: PlanGround,
    told: Mapping[str, tuple[str, str, tuple[tuple[str, str], ...]]],
    days: Mapping[str, date],
) -> tuple[UnplacedView, ...]:
    """Return the needs without a day or with one after their deadline, soonest first.

    `told` is what planning said about each (reason, way out, facts), `days` the days that there are all the same.
    """
    found = [
        UnplacedView(
            shop.id,
            shop.code,
            shop.name,
            need.latest,
            *told.get(need.key, (NOT_PLANNED, "", ())),
            late=days.get(need.key),
        )
        for need in needs
        if (shop := ground.shops.get(need.shop)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.by, one.code)))


def _day(ground: PlanGround, day: date, rows: list[PlanRow]) -> DayView:
    face, work, run = ground.faces[day], ground.work_day(day), ground.run(day, rows)
    stops = tuple(
        _stop(ground, row, number, timed) for number, (row, timed) in enumerate(zip(rows, run.stops, strict=True), 1)
    )
    kind = DayKind.OFF if face.work is None else face.kind
    return DayView(day, kind, face.label, face.provisional, stops, run.km, run.minutes, work.stops, work.minutes)


def _stop(ground: PlanGround, row: PlanRow, number: int, timed: RunStop) -> StopView:
    shop = ground.shops.get(row.customer_id)
    code, name = ground.named(row.customer_id)
    point = timed.call.point
    return StopView(
        visit_id=row.id,
        customer_id=row.customer_id,
        code=code,
        name=name,
        cadence="" if shop is None else shop.cadence,
        status=row.status,
        number=number,
        planned_at=row.planned_at or timed.arrive.time(),
        minutes=timed.call.minutes,
        km=timed.km,
        locked=row.locked,
        on_order_day=bool(ground.on_order_day(row.customer_id, row.day)),
        order_weekday=None if shop is None else shop.order_weekday,
        due_by=row.due_by,
        reasons=row.reasons,
        presumed=shop is not None and shop.presumed,
        lat=None if point is None else point.lat,
        lon=None if point is None else point.lon,
    )
