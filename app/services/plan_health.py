"""How healthy a month is: visits due and done, cadence kept, order-day match, load, and which shops are overdue."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from app.domain.planning.problem import PlanShop
from app.domain.planning.views import (
    CadenceHealth,
    DayKind,
    DayView,
    MapShop,
    Overdue,
    PlanHealth,
    StopView,
    UnplacedView,
)
from app.domain.visit import VisitStatus
from app.services.plan_ground import PlanGround
from app.services.plan_values import OverdueShop

_MINUTES = 60
_WEEK, _TWO_WEEKS = 7, 14


def read_health(
    ground: PlanGround, days: Sequence[DayView], owed: Sequence[UnplacedView], today: date, *, is_planned: bool
) -> PlanHealth:
    """Return the figures beside the calendar; `owed` are the visits that have no day in a plan.

    Due is what is done, planned, missed, or without a day; without a plan, what is done or owed. A shop with a visit
    that was missed or has no day does not get what its cadence owes it. Shares are of stops whose shop has an order
    day; the fewest and most stops are those of whole working days from the first day that has any.
    """
    owed = [one for one in owed if one.late is None]
    stops = [stop for day in days for stop in day.stops]
    done = sum(stop.status is VisitStatus.DONE for stop in stops)
    missed = [
        stop
        for day in days
        for stop in day.stops
        if is_planned and day.day < today and stop.status is VisitStatus.PLANNED
    ]
    ahead = sum(not stop.status.ended for stop in stops) - len(missed)
    matched = [stop.on_order_day for stop in stops if stop.order_weekday is not None]
    loads = _loads(days)
    return PlanHealth(
        due=done + (ahead + len(missed) + len(owed) if is_planned else max(ahead, len(owed))),
        shops=len(ground.shops),
        done=done,
        planned=ahead,
        unplaced=len(owed) if is_planned else 0,
        cadence=cadence_health(ground.shops.values(), {one.customer_id for one in [*owed, *missed]}),
        order_day_match=sum(matched) / len(matched) if matched else None,
        km=sum(day.km for day in days),
        hours=sum(day.minutes for day in days) / _MINUTES,
        fewest_stops=min(loads, default=0),
        most_stops=max(loads, default=0),
        missed=len(missed),
    )


def cadence_health(shops: Iterable[PlanShop], short: set[UUID]) -> tuple[CadenceHealth, ...]:
    """Return per class how many shops get what they are owed; `short` are those that do not."""
    classes: dict[tuple[str, int], list[bool]] = {}
    for shop in shops:
        classes.setdefault((shop.cadence, shop.every_days), []).append(shop.id not in short)
    return tuple(
        CadenceHealth(code, every, sum(kept), len(kept)) for (code, every), kept in sorted(classes.items())
    )  # fmt: skip


def overdue_of(shop: PlanShop, today: date) -> tuple[Overdue, date]:
    """Return how soon a shop has to be visited, and by when: its last visit and its cadence; never visited is now.

    Red, orange and yellow: due within a week, two weeks, a month (overdue is red). Blue: visited in this cycle.
    """
    if shop.last_visit is None:
        return Overdue.RED, today
    due = shop.last_visit + timedelta(days=shop.every_days)
    left = (due - today).days
    if _is_visited_this_cycle(shop, today):
        return Overdue.BLUE, due
    if left < _WEEK:
        return Overdue.RED, due
    return (Overdue.ORANGE if left < _TWO_WEEKS else Overdue.YELLOW), due


def overdue_shops(ground: PlanGround, today: date) -> list[OverdueShop]:
    """Return every shop with how soon it is due and the latest working day left for that, most urgent first."""
    working = [day for day in sorted(ground.faces) if day >= today and ground.is_working(day)]
    found: list[OverdueShop] = []
    for shop in ground.shops.values():
        colour, due = overdue_of(shop, today)
        before = bisect_left(working, due + timedelta(days=1))
        latest = working[before - 1] if before else None
        found.append(OverdueShop(shop.id, shop.code, shop.name, shop.cadence, colour, shop.last_visit, due, latest))
    return sorted(found, key=lambda one: (one.due_by, one.code))


def map_shops(ground: PlanGround, today: date, areas: Mapping[UUID, str]) -> tuple[MapShop, ...]:
    """Return every shop that has a place, with its colours; who may run out is computed elsewhere."""
    return tuple(
        MapShop(
            shop.id, shop.code, shop.name, shop.point.lat, shop.point.lon, shop.presumed, shop.cadence,
            overdue_of(shop, today)[0], shop.order_weekday, None, shop.last_visit, areas.get(shop.id, ""),
        )
        for shop in sorted(ground.shops.values(), key=lambda one: one.code)
        if shop.point is not None
    )  # fmt: skip


def _is_visited_this_cycle(shop: PlanShop, today: date) -> bool:
    """Tell whether the visit of the running cycle is behind: that of its week, fortnight or calendar month."""
    last = shop.last_visit
    if last is None:
        return False
    if shop.every_days <= _WEEK:
        return last.isocalendar()[:2] == today.isocalendar()[:2]
    if shop.every_days <= _TWO_WEEKS:
        return (today - last).days < _WEEK
    return (last.year, last.month) == (today.year, today.month)


def _loads(days: Sequence[DayView]) -> list[int]:
    whole = [day for day in days if day.kind is DayKind.WORK]
    first = next((number for number, day in enumerate(whole) if _going(day.stops)), None)
    return [] if first is None else [len(_going(day.stops)) for day in whole[first:]]


def _going(stops: Iterable[StopView]) -> list[StopView]:
    return [stop for stop in stops if stop.status not in {VisitStatus.CLOSED, VisitStatus.REFUSED}]
