"""A day that slips: when each stop that is left would be reached from now on, and which do not fit any more."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from app.domain.geo import GeoPoint
from app.domain.planning.running import day_end, run_day
from app.domain.visit import VisitStatus
from app.services.plan_ground import PlanGround
from app.services.plan_rows import PlanRow
from app.services.plan_values import LateDay, LateStop

_WAS_THERE = frozenset({VisitStatus.DONE, VisitStatus.CLOSED, VisitStatus.REFUSED, VisitStatus.IN_PROGRESS})
_MINUTE = 60


def read_late(ground: PlanGround, day: date, now: datetime, stops: Sequence[PlanRow]) -> LateDay:
    """Return the day from now on; `now` is local time, with or without its zone."""
    now = now.replace(tzinfo=None)
    work = ground.work_day(day)
    ahead = [row for row in stops if row.is_planned]
    begins = max(_goes_on(ground, stops, now), datetime.combine(day, work.start))
    run = run_day(
        [ground.call(row.customer_id) for row in ahead], work, start=here(ground, stops), end=ground.end,
        travel=ground.travel, begins=begins,
    )  # fmt: skip
    over = day_end(work)
    late = tuple(
        LateStop(
            row.id, row.customer_id, *ground.named(row.customer_id), row.planned_at, timed.arrive, timed.leave,
            falls_out=timed.leave > over or not timed.is_open,
        )
        for row, timed in zip(ahead, run.stops, strict=True)
    )  # fmt: skip
    return LateDay(day, now, late, over, _minutes_late(day, late))


def here(ground: PlanGround, stops: Sequence[PlanRow]) -> GeoPoint | None:
    """Return where the manager is or was last, before the first stop where the day begins."""
    been = [row for row in stops if row.status in _WAS_THERE]
    been.sort(key=lambda row: (row.status is VisitStatus.IN_PROGRESS, str(row.left_at or row.arrived_at or "")))
    known = [point for row in been if (point := ground.call(row.customer_id).point) is not None]
    return known[-1] if known else ground.start


def _goes_on(ground: PlanGround, stops: Sequence[PlanRow], now: datetime) -> datetime:
    """Return when the next way begins: now, or when the visit under way is likely to end."""
    under_way = [row for row in stops if row.status is VisitStatus.IN_PROGRESS]
    if not under_way:
        return now
    row = under_way[-1]
    length = timedelta(minutes=ground.call(row.customer_id).minutes)
    return max(now, (now if row.arrived_at is None else local(row.arrived_at)) + length)


def local(stored: datetime) -> datetime:
    """Return a stored moment (UTC without zone) as the clock on the wall showed it."""
    return stored.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)


def _minutes_late(day: date, stops: Sequence[LateStop]) -> int:
    """Return by how much the next stop is late."""
    if not stops or stops[0].planned_at is None:
        return 0
    late = stops[0].arrive - datetime.combine(day, stops[0].planned_at)
    return max(0, round(late.total_seconds() / _MINUTE))
