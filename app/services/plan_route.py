"""The shortest order of what is left of a day, from where the manager is, within the hours of the shops."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from app.services.plan_ground import PlanGround
from app.services.plan_lateness import here, local
from app.services.plan_rows import PlanRow

if TYPE_CHECKING:
    from app.domain.planning.router import DayRoute


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A stop of a route; `km` is by road from the stop before, None where the place is not known."""

    customer_id: UUID
    code: str
    name: str
    arrive: datetime
    leave: datetime
    km: float | None
    is_open: bool
    """It is reached while the shop can be visited."""


@dataclass(frozen=True, slots=True)
class RouteView:
    """A day in the shortest order; `km_now` is the same stops in the order in which they stand, None without one."""

    day: date
    stops: tuple[RouteLine, ...]
    km: float
    minutes: int
    km_now: float | None


def shortest_order(ground: PlanGround, day: date, stops: Sequence[PlanRow]) -> list[UUID]:
    """Return the stops with what is still ahead in the shortest order."""
    ahead = [row for row in stops if row.is_planned]
    behind = [row.id for row in stops if not row.is_planned]
    if not ahead:
        return behind
    route = _route(ground, day, [row.customer_id for row in ahead], stops)
    return [*behind, *(ahead[index].id for index in route.order)]


def read_route(ground: PlanGround, day: date, stops: Sequence[PlanRow], proposed: Sequence[UUID]) -> RouteView:
    """Return what is ahead of a day in the shortest order; a day without stops is routed as it is proposed."""
    ahead = [row for row in stops if row.is_planned]
    shops = [row.customer_id for row in ahead] if stops else [shop for shop in proposed if shop in ground.shops]
    if not shops:
        return RouteView(day, (), 0.0, 0, None)
    route = _route(ground, day, shops, stops)
    lines = tuple(
        RouteLine(
            shops[index], *ground.named(shops[index]), stop.arrive, stop.leave,
            None if index in route.unplaced else stop.km, stop.is_open,
        )
        for index, stop in zip(route.order, route.stops, strict=True)
    )  # fmt: skip
    return RouteView(day, lines, route.km, route.minutes, _km_now(ground, day, ahead, stops) if ahead else None)


def _route(ground: PlanGround, day: date, shops: Sequence[UUID], stops: Sequence[PlanRow]) -> "DayRoute":
    from app.domain.planning.router import RouteStop, route_day  # noqa: PLC0415 - the solver takes its time to load

    calls = [ground.call(shop) for shop in shops]
    wanted = [RouteStop(call.shop, call.point, call.minutes, call.open_spans) for call in calls]
    start, begins = here(ground, stops), _goes_on(ground, day, stops)
    return route_day(wanted, ground.work_day(day), start, ground.end, ground.travel, begins=begins)


def _km_now(ground: PlanGround, day: date, ahead: Sequence[PlanRow], stops: Sequence[PlanRow]) -> float:
    return ground.run(day, ahead, start=here(ground, stops)).km


def _goes_on(ground: PlanGround, day: date, stops: Sequence[PlanRow]) -> datetime | None:
    """Return when the way goes on from the last shop that was visited; None where the day has not begun."""
    left = [local(row.left_at) for row in stops if row.left_at is not None and not row.is_planned]
    left += [
        local(row.arrived_at) + timedelta(minutes=ground.call(row.customer_id).minutes)
        for row in stops
        if row.left_at is None and row.arrived_at is not None
    ]
    return max((moment for moment in left if moment.date() == day), default=None)
