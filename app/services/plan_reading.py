"""Reads what a month is planned from: shops, working days, how fast one gets ahead, what is owed and what stands.

Plain SQL on the driver's cursor; everything is read at once for the whole territory.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from math import ceil
from statistics import median
from typing import Any, NamedTuple
from uuid import UUID

from app.domain.geo import GeoPoint, TravelRules, point_of
from app.domain.planning.needs import Made, Standing, needs_of
from app.domain.planning.places import Whereabouts, presumed_places
from app.domain.planning.problem import MonthProblem, PlanShop, WorkDay
from app.domain.planning.setup import PlanSetup
from app.domain.planning.shop_hours import open_spans
from app.domain.planning.triggers import TriggerDays
from app.domain.planning.working_days import CalendarDay, MarkKind, calendar_days, month_end
from app.domain.playbook import Playbook
from app.domain.reasons import VisitReason
from app.domain.visit import VisitStatus
from app.services.day_reading import SHOWN_NAME
from app.services.plan_cadence import read_cadences
from app.services.plan_rows import PlanRow, rows_between
from app.services.plan_setup import calendar_of, read_setup
from app.services.plan_triggers import read_triggers
from app.storage.colleagues import IS_OWN

_TOWN = "C"
_FEWEST_TIMED, _NEWEST_TIMED = 3, 12
_FEWEST_WEEKDAYS = 3
_LONGEST_VISIT = 180
"""Minutes; who stayed longer forgot to leave in the program."""
_LOOKED_BACK = timedelta(days=366)
_ACROSS = timedelta(days=31)
"""Deadlines are counted on working days beyond the ends of the month."""
_WAY_TO_ONE = 8
"""Minutes on the road that a visit takes which a person put in, until its day is routed (proposed)."""
_OVER = frozenset({VisitStatus.MOVED, VisitStatus.CANCELLED})


class _Past(NamedTuple):
    """What past visits say of a shop."""

    last: date | None
    minutes: int | None
    weekday: int | None


@dataclass(frozen=True, slots=True)
class _Basis:
    """What does not change while a month is planned."""

    setup: PlanSetup
    shops: Mapping[UUID, PlanShop]
    days: tuple[CalendarDay, ...]
    """Those of the month with a month on either side."""


def read_problem(cursor: Any, playbook: Playbook, month: date, today: date) -> MonthProblem:
    """Return all that decides the plan of a month as of a day; of a month under way only what is still ahead."""
    first, last = month.replace(day=1), month_end(month)
    setup = read_setup(cursor, playbook.parameters.visits)
    shops = read_shops(cursor, playbook, today, setup)
    around = read_days(cursor, setup, min(today, first) - _ACROSS, last + _ACROSS)
    basis = _Basis(setup, shops, around)
    rows = [row for row in rows_between(cursor, first, last) if row.customer_id in shops]
    ahead = [row for row in rows if row.day >= today]
    work = [day for one in around if first <= one.day <= last and (day := setup.work_day(one.day, one.kind))]
    when = TriggerDays(max(first, today), last, around)
    needs = needs_of(
        tuple(shops.values()),
        read_triggers(cursor, playbook, today, when),
        work,
        done=_made(cursor, first, last, ahead),
        standing=_standing(ahead),
        today=max(first, today),
    )
    return MonthProblem(
        month=first,
        shops=tuple(shops.values()),
        needs=needs,
        days=_days_ahead(work, ahead, today, basis),
        start=setup.start,
        end=setup.end,
        travel=read_travel(cursor, {shop.id: shop.point for shop in shops.values() if not shop.presumed}, today),
    )


def read_shops(cursor: Any, playbook: Playbook, day: date, setup: PlanSetup) -> dict[UUID, PlanShop]:
    """Return the trading shops by code: cadence, place, length of a visit, opening hours, what past visits say."""
    cadences = read_cadences(cursor, playbook.parameters.cadence, day)
    past = _past_visits(cursor, day)
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
        known = past.get(shop, _Past(None, None, None))
        shops[shop] = PlanShop(
            id=shop,
            code=row[1],
            name=row[2],
            point=place.point or presumed.get(shop),
            presumed=shop in presumed,
            cadence=cadence.code,
            every_days=cadence.every_days,
            order_weekday=row[5],
            minutes=known.minutes or (setup.minutes_town if row[6] == _TOWN else setup.minutes_country),
            open_spans=open_spans(row[11], (*_listed(row[12]), *_listed(row[13]))),
            usual_weekday=known.weekday,
            last_visit=known.last,
        )
    return shops


def read_days(cursor: Any, setup: PlanSetup, first: date, last: date) -> tuple[CalendarDay, ...]:
    """Return the days from the first to the last (both count) by the calendar of the territory and what was marked."""
    return calendar_days(first, last, calendar_of(cursor, setup), read_marks(cursor))


def read_marks(cursor: Any) -> dict[date, MarkKind]:
    """Return what a person said of days; of one that was marked twice the newest counts."""
    rows = cursor.execute("SELECT day, kind FROM day_off WHERE deleted_at IS NULL ORDER BY changed_at, id")
    known = {kind.value for kind in MarkKind}
    return {date.fromisoformat(day): MarkKind(kind) for day, kind in rows if kind in known}


def read_travel(cursor: Any, points: Mapping[UUID, GeoPoint | None], today: date) -> TravelRules:
    """Return how one gets ahead, learnt from the own check-ins of a year; the proposed rules while they are few."""
    legs = _legs(cursor, points, today)
    if not legs:
        return TravelRules()
    from app.domain.planning.travel import Leg, learn_travel  # noqa: PLC0415  numpy is for those who have driven

    return learn_travel([Leg(*leg) for leg in legs]).rules


def _legs(
    cursor: Any, points: Mapping[UUID, GeoPoint | None], today: date
) -> list[tuple[datetime, datetime, GeoPoint, GeoPoint]]:
    """Return the ways between shops that were visited one after the other on a day and lie at a known place."""
    rows = cursor.execute(
        "SELECT day, customer_id, arrived_at, left_at FROM visit WHERE day >= ? AND arrived_at IS NOT NULL "
        f"AND left_at IS NOT NULL AND deleted_at IS NULL AND {IS_OWN} ORDER BY day, arrived_at",
        ((today - _LOOKED_BACK).isoformat(),),
    )
    legs: list[tuple[datetime, datetime, GeoPoint, GeoPoint]] = []
    before: tuple[str, datetime, GeoPoint | None] | None = None
    for day, shop, arrived, left in rows:
        point = points.get(UUID(shop))
        if before is not None and before[0] == day and before[2] is not None and point is not None:
            legs.append((before[1], _local(arrived), before[2], point))
        before = (day, _local(left), point)
    return legs


def _past_visits(cursor: Any, day: date) -> dict[UUID, _Past]:
    rows = cursor.execute(
        "SELECT customer_id, day, arrived_at, left_at FROM visit WHERE status = ? AND day <= ? "
        "AND deleted_at IS NULL ORDER BY day DESC, id DESC",
        (VisitStatus.DONE.value, day.isoformat()),
    )
    days: dict[UUID, list[date]] = defaultdict(list)
    timed: dict[UUID, list[float]] = defaultdict(list)
    for key, at, arrived, left in rows:
        shop = UUID(key)
        days[shop].append(date.fromisoformat(at))
        if arrived and left and len(timed[shop]) < _NEWEST_TIMED:
            minutes = (datetime.fromisoformat(left) - datetime.fromisoformat(arrived)).total_seconds() / 60
            timed[shop] += [minutes] if 0 < minutes <= _LONGEST_VISIT else []
    return {shop: _Past(made[0], _length(timed[shop]), _usual_weekday(made)) for shop, made in days.items()}


def _length(minutes: Sequence[float]) -> int | None:
    return max(1, ceil(median(minutes))) if len(minutes) >= _FEWEST_TIMED else None


def _usual_weekday(days: Sequence[date]) -> int | None:
    """Return the weekday of at least half of the newest visits."""
    newest = [day.isoweekday() for day in days[:_NEWEST_TIMED]]
    if len(newest) < _FEWEST_WEEKDAYS:
        return None
    weekday, count = Counter(newest).most_common(1)[0]
    return weekday if 2 * count >= len(newest) else None


def _made(cursor: Any, first: date, last: date, ahead: Sequence[PlanRow]) -> list[Made]:
    """Return what counts as made in the month: visits that were, whoever made them, and what a person put in."""
    rows = cursor.execute(
        "SELECT customer_id, day, need_key FROM visit WHERE status IN (?, ?) AND day BETWEEN ? AND ? "
        "AND deleted_at IS NULL ORDER BY day, id",
        (VisitStatus.DONE.value, VisitStatus.IN_PROGRESS.value, first.isoformat(), last.isoformat()),
    )
    made = [Made(UUID(shop), date.fromisoformat(day), key) for shop, day, key in rows]
    return made + [Made(row.customer_id, row.day) for row in ahead if _is_by_hand(row)]


def _standing(ahead: Sequence[PlanRow]) -> list[Standing]:
    return [
        Standing(row.need_key, row.customer_id, row.day, row.locked)
        for row in ahead
        if row.is_planned and row.need_key is not None
    ]


def _is_by_hand(row: PlanRow) -> bool:
    """Tell whether a person put the visit in, or fixed one that no plan made: planning leaves it where it is."""
    return row.is_planned and row.need_key is None and (row.locked or VisitReason.PINNED.value in row.reasons)


def _days_ahead(
    work: Sequence[WorkDay], ahead: Sequence[PlanRow], today: date, basis: _Basis
) -> tuple[WorkDay, ...]:  # fmt: skip
    """Return the working days from today on with what is left of them beside visits that planning does not move."""
    taken: dict[date, list[int]] = defaultdict(list)
    for row in ahead:
        if _is_by_hand(row) or not (row.is_planned or row.status in _OVER):
            taken[row.day].append(basis.shops[row.customer_id].minutes + _WAY_TO_ONE)
    return tuple(
        replace(day, stops=max(0, day.stops - len(taken[day.day])), minutes=max(0, day.minutes - sum(taken[day.day])))
        for day in work
        if day.day >= today
    )


def _listed(stored: str | None) -> tuple[str, ...]:
    return tuple(json.loads(stored) or ()) if stored else ()


def _local(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC).astimezone().replace(tzinfo=None)
