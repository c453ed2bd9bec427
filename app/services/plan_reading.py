"""Reads what a month is planned from: shops, working days, how fast one gets ahead, what is owed and what stands.

Plain SQL on the driver's cursor; everything is read at once for the whole territory.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.domain.geo import TravelRules, point_of
from app.domain.planning.needs import Made, Standing, needs_of
from app.domain.planning.places import Whereabouts, presumed_places
from app.domain.planning.problem import MonthProblem, PlanShop, Trigger, WorkDay
from app.domain.planning.setup import PlanSetup
from app.domain.planning.shop_hours import open_spans
from app.domain.planning.triggers import TriggerDays
from app.domain.planning.visit_length import VisitLengths
from app.domain.planning.working_days import CalendarDay, MarkKind, calendar_days, month_end
from app.domain.playbook import Playbook
from app.domain.reasons import VisitReason
from app.domain.visit import VisitStatus
from app.services.day_reading import SHOWN_NAME
from app.services.plan_cadence import read_cadences
from app.services.plan_past import read_lengths, read_past, read_travel
from app.services.plan_rhythm import read_rhythms
from app.services.plan_rows import PlanRow, rows_between
from app.services.plan_setup import calendar_of, read_setup
from app.services.plan_triggers import read_triggers

_TOWN = "C"
_ACROSS = timedelta(days=31)
"""Deadlines are counted on working days beyond the ends of the month."""
_WAY_TO_ONE = 8
"""Minutes on the road that a visit takes which a person put in, until its day is routed (proposed)."""
_OVER = frozenset({VisitStatus.MOVED, VisitStatus.CANCELLED})


@dataclass(frozen=True, slots=True)
class MonthBasis:
    """What a month is planned on and no deed on the plan changes: shops, working days, what wants a visit, travel."""

    setup: PlanSetup
    shops: Mapping[UUID, PlanShop]
    work: tuple[WorkDay, ...]
    """The working days of the month."""
    triggers: tuple[Trigger, ...]
    travel: TravelRules


def read_basis(cursor: Any, playbook: Playbook, month: date, today: date) -> MonthBasis:
    """Read all that decides the plan of a month beside the visits that are planned."""
    first, last = month.replace(day=1), month_end(month)
    setup = read_setup(cursor, playbook.parameters.visits)
    shops = read_shops(cursor, playbook, today, setup)
    around = read_days(cursor, setup, min(today, first) - _ACROSS, last + _ACROSS)
    work = tuple(day for one in around if first <= one.day <= last and (day := setup.work_day(one.day, one.kind)))
    triggers = read_triggers(cursor, playbook, today, TriggerDays(max(first, today), last, around))
    travel = read_travel(cursor, {shop.id: shop.point for shop in shops.values() if not shop.presumed}, today)
    return MonthBasis(setup, shops, work, triggers, travel)


def read_problem(cursor: Any, basis: MonthBasis, month: date, today: date) -> MonthProblem:
    """Return all that decides the plan of a month as of a day; of a month under way only what is still ahead."""
    first, last = month.replace(day=1), month_end(month)
    shops, setup = basis.shops, basis.setup
    rows = [row for row in rows_between(cursor, first, last) if row.customer_id in shops]
    ahead = [row for row in rows if row.day >= today]
    needs = needs_of(
        tuple(shops.values()),
        basis.triggers,
        basis.work,
        done=_made(cursor, first, last, [row for row in ahead if _is_by_hand(row, basis)]),
        standing=_standing(ahead),
        today=max(first, today),
    )
    return MonthProblem(
        month=first,
        shops=tuple(shops.values()),
        needs=needs,
        days=_days_ahead(basis, ahead, today),
        start=setup.start,
        end=setup.end,
        travel=basis.travel,
    )


def read_shops(cursor: Any, playbook: Playbook, day: date, setup: PlanSetup) -> dict[UUID, PlanShop]:
    """Return the trading shops by code: cadence, place, length of a visit, opening hours, what past visits say."""
    cadences = read_cadences(cursor, playbook.parameters.cadence, day)
    past = read_past(cursor, day)
    lengths = read_lengths(cursor, day, {shop: one.code for shop, one in cadences.items()})
    rhythms = read_rhythms(cursor)
    rows = cursor.execute(
        f"SELECT id, cust_code, {SHOWN_NAME}, gis_lat, gis_lng, order_weekday, market_type, village, street_name, "
        "sales_line, visit_seq, opening_hours, visit_window_tag, traffic_tag FROM customer "
        "WHERE deleted_at IS NULL AND exit_date IS NULL ORDER BY cust_code"
    ).fetchall()
    where = [Whereabouts(UUID(row[0]), point_of(row[3], row[4]), row[7], row[8], row[9], row[10]) for row in rows]
    presumed = presumed_places(where)
    shops: dict[UUID, PlanShop] = {}
    for row, place in zip(rows, where, strict=True):
        shop, cadence = place.shop, cadences[place.shop]
        shops[shop] = PlanShop(
            id=shop,
            code=row[1],
            name=row[2],
            point=place.point or presumed.get(shop),
            presumed=shop in presumed,
            cadence=cadence.code,
            every_days=cadence.every_days,
            order_weekday=row[5],
            minutes=_minutes(lengths, shop, cadence.code, setup, playbook, is_town=row[6] == _TOWN),
            open_spans=open_spans(row[11], (*_listed(row[12]), *_listed(row[13]))),
            usual_weekday=past.weekday(shop),
            last_visit=past.last(shop),
            rhythm=rhythms.get(shop),
        )
    return shops


def _minutes(
    lengths: VisitLengths, shop: UUID, code: str, setup: PlanSetup, playbook: Playbook, *, is_town: bool
) -> int:  # fmt: skip
    """Return how long a visit takes: as learnt, but what a person set goes before what her other shops say."""
    rules = playbook.parameters.visits
    plain, chosen = (rules.minutes_town, setup.minutes_town) if is_town else (
        rules.minutes_country, setup.minutes_country)  # fmt: skip
    return lengths.of_shop.get(shop, chosen) if chosen != plain else lengths.minutes(shop, code, plain)


def read_days(cursor: Any, setup: PlanSetup, first: date, last: date) -> tuple[CalendarDay, ...]:
    """Return the days from the first to the last (both count) by the calendar of the territory and what was marked."""
    return calendar_days(first, last, calendar_of(cursor, setup), read_marks(cursor))


def read_marks(cursor: Any) -> dict[date, MarkKind]:
    """Return what a person said of days; of one that was marked twice the newest counts."""
    rows = cursor.execute("SELECT day, kind FROM day_off WHERE deleted_at IS NULL ORDER BY changed_at, id")
    known = {kind.value for kind in MarkKind}
    return {date.fromisoformat(day): MarkKind(kind) for day, kind in rows if kind in known}


def _made(cursor: Any, first: date, last: date, by_hand: Sequence[PlanRow]) -> list[Made]:
    """Return what counts as made in the month: visits that were, whoever made them, and what a person put in."""
    rows = cursor.execute(
        "SELECT customer_id, day, need_key FROM visit WHERE status IN (?, ?) AND day BETWEEN ? AND ? "
        "AND deleted_at IS NULL ORDER BY day, id",
        (VisitStatus.DONE.value, VisitStatus.IN_PROGRESS.value, first.isoformat(), last.isoformat()),
    )
    made = [Made(UUID(shop), date.fromisoformat(day), key) for shop, day, key in rows]
    return made + [Made(row.customer_id, row.day) for row in by_hand]


def _standing(ahead: Sequence[PlanRow]) -> list[Standing]:
    return [
        Standing(row.need_key, row.customer_id, row.day, row.locked)
        for row in ahead
        if row.is_planned and row.need_key is not None
    ]


def _is_by_hand(row: PlanRow, basis: MonthBasis) -> bool:
    """Tell whether planning leaves a visit that no plan made where it is: a person put it in or fixed it there.

    So does one that stands on a day off: no plan would put another in its place.
    """
    if not row.is_planned or row.need_key is not None:
        return False
    is_wanted = row.locked or VisitReason.PINNED.value in row.reasons
    return is_wanted or all(day.day != row.day for day in basis.work)


def _days_ahead(basis: MonthBasis, ahead: Sequence[PlanRow], today: date) -> tuple[WorkDay, ...]:
    """Return the working days from today on with what is left of them beside visits that planning does not move."""
    taken: dict[date, list[int]] = defaultdict(list)
    for row in ahead:
        if _is_by_hand(row, basis) or not (row.is_planned or row.status in _OVER):
            taken[row.day].append(basis.shops[row.customer_id].minutes + _WAY_TO_ONE)
    return tuple(
        replace(day, stops=max(0, day.stops - len(taken[day.day])), minutes=max(0, day.minutes - sum(taken[day.day])))
        for day in basis.work
        if day.day >= today
    )


def _listed(stored: str | None) -> tuple[str, ...]:
    return tuple(json.loads(stored) or ()) if stored else ()
