"""Why the visits of a shop are on their days: codes with facts, in the order in which a person would tell them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from app.domain.planning.problem import Need, PlanShop
from app.domain.planning.running import added_km
from app.domain.planning.views import MonthView, UnplacedView
from app.services.plan_ground import PlanGround
from app.services.plan_rows import PlanRow
from app.services.plan_values import PlanWhy
from app.services.plan_view import NOT_PLANNED, gone_to

UNKNOWN_SHOP = "unknown_shop"


def explain(
    ground: PlanGround, customer_id: UUID, needs: Iterable[Need], rows: Sequence[PlanRow], view: MonthView
) -> tuple[PlanWhy, ...]:
    """Return what is owed to the shop, and for each of its visits why it is where it is; or why it has no day."""
    shop = ground.shops.get(customer_id)
    if shop is None:
        return (PlanWhy(UNKNOWN_SHOP),)
    own = [row for row in rows if row.customer_id == customer_id]
    by_key = {need.key: need for need in needs if need.shop == customer_id}
    told = [_cadence(shop)]
    for row in own:
        need = by_key.get(row.need_key or "")
        told += _of_visit(ground, shop, row, need, [one for one in rows if one.day == row.day])
    told += [_unplaced(one) for one in view.unplaced if one.customer_id == customer_id]
    if not view.is_planned:
        told += [_not_planned(need) for need in by_key.values() if need.stands_on is None]
    if len(told) == 1:
        told.append(PlanWhy("nothing_owed"))
    return tuple(told)


def _cadence(shop: PlanShop) -> PlanWhy:
    last = () if shop.last_visit is None else (("last_visit", shop.last_visit.isoformat()),)
    return PlanWhy("cadence", None, (("class", shop.cadence), ("every_days", str(shop.every_days)), *last))


def _of_visit(
    ground: PlanGround, shop: PlanShop, row: PlanRow, need: Need | None, of_day: Sequence[PlanRow]
) -> list[PlanWhy]:  # fmt: skip
    told = [PlanWhy("planned" if row.is_planned else "stands", row.day, (("status", row.status.value),))]
    if need is not None:
        until = "deadline" if need.has_deadline else "window"
        facts = (("from", need.earliest.isoformat()), ("to", need.latest.isoformat()), *_reasons(need.reasons))
        told.append(PlanWhy(until, row.day, facts))
    elif row.is_planned:
        told.append(PlanWhy("by_hand" if row.need_key is None else "window_over", row.day, _reasons(row.reasons)))
    match = ground.on_order_day(shop.id, row.day)
    if match is not None:
        facts = (("weekday", str(shop.order_weekday)),)
        told.append(PlanWhy("order_day" if match else "not_order_day", row.day, facts))
    told.append(_load(ground, row, of_day))
    if shop.point is not None:
        told.append(_way(ground, shop, row, of_day))
    if row.locked:
        told.append(PlanWhy("locked", row.day))
    if row.planned_on is not None and row.planned_on != row.day:
        told.append(PlanWhy("stood_before", row.day, (("day", row.planned_on.isoformat()),)))
    return told


def _load(ground: PlanGround, row: PlanRow, of_day: Sequence[PlanRow]) -> PlanWhy:
    work = ground.work_day(row.day)
    stops = gone_to(of_day)
    minutes = ground.run(row.day, stops).minutes
    facts = (
        ("stops", str(len(stops))), ("most_stops", str(work.stops)),
        ("minutes", str(minutes)), ("most_minutes", str(work.minutes)),
    )  # fmt: skip
    return PlanWhy("load", row.day, facts)


def _way(ground: PlanGround, shop: PlanShop, row: PlanRow, of_day: Sequence[PlanRow]) -> PlanWhy:
    stops = gone_to(of_day)
    place = next((number for number, one in enumerate(stops) if one.id == row.id), len(stops))
    others = [one for one in stops if one.id != row.id]
    km = added_km(ground.points(others), place, shop.point, ground.ends, ground.travel)
    presumed = (("presumed", "yes"),) if shop.presumed else ()
    return PlanWhy("km_added", row.day, (("km", f"{km:.1f}"), *presumed))


def _unplaced(one: UnplacedView) -> PlanWhy:
    facts = (("by", one.by.isoformat()), ("reason", one.reason), ("way_out", one.way_out), *one.facts)
    return PlanWhy("unplaced", None, tuple((name, fact) for name, fact in facts if fact))


def _not_planned(need: Need) -> PlanWhy:
    """Return what is owed in a month that has no plan yet."""
    facts = (("by", need.latest.isoformat()), ("reason", NOT_PLANNED), *_reasons(need.reasons))
    return PlanWhy("unplaced", None, facts)


def _reasons(reasons: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return (("reasons", " ".join(reasons)),) if reasons else ()
