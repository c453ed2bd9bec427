"""Reads what wants a visit by a day, for all shops at once: plain SQL over visits, orders, promises, plans, tasks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.domain.complaint import COMPLAINT, is_answer
from app.domain.planning.order_rhythm import DAYS_OF_CYCLE, WEEK
from app.domain.planning.problem import Trigger
from app.domain.planning.triggers import (
    OpenDate,
    Order,
    ShopSigns,
    TriggerCode,
    TriggerDays,
    date_triggers,
    shop_triggers,
)
from app.domain.playbook import Playbook
from app.domain.tasks import TaskState
from app.domain.visit import VisitStatus
from app.services.day_reading import last_visits
from app.services.plan_alerts import read_alerts
from app.storage.colleagues import IS_OWN

_ORDERS_BACK = timedelta(weeks=66)
_MOVED_BACK = timedelta(days=62)
_MOST_AT_ONCE = 2
"""Where more than one in so many shops missed the same orders it was not the shops: no orders were taken."""


def read_triggers(cursor: Any, playbook: Playbook, today: date, when: TriggerDays) -> tuple[Trigger, ...]:
    """Return every trigger of the month, of shops that have not left the network, by shop and deadline."""
    rules = playbook.parameters.cadence
    signs = _with_alerts(cursor, read_signs(cursor, today), today, playbook)
    found = [trigger for one in signs for trigger in shop_triggers(one, rules, today, when)]
    found = _without_missed_by_all(found, sum(bool(one.orders) for one in signs))
    trading = {one.shop for one in signs}
    for code, dates in (
        (TriggerCode.PROMISE_DUE, _promises(cursor, complaints=False)),
        (TriggerCode.COMPLAINT, _promises(cursor, complaints=True)),
        (TriggerCode.PLAN_DUE, _plans(cursor)),
        (TriggerCode.TASK, _tasks(cursor)),
    ):
        found += date_triggers(code, (one for one in dates if one.shop in trading), rules, when)
    return tuple(sorted(found, key=lambda one: (one.shop, one.by, one.code, one.subject)))


def read_signs(cursor: Any, today: date) -> list[ShopSigns]:
    """Return what the store knows of each trading shop that may want a visit."""
    visited = last_visits(cursor, today + timedelta(days=1))
    orders, complained, moved = _orders(cursor, today), _complained(cursor, today), _moved(cursor, today)
    rows = cursor.execute(
        "SELECT id, join_date, license_to, is_sample, order_weekday, order_cycle_type FROM customer "
        "WHERE deleted_at IS NULL AND exit_date IS NULL ORDER BY cust_code"
    ).fetchall()
    return [
        ShopSigns(
            shop=(shop := UUID(key)),
            last_visit=visited.get(shop),
            joined=_day(joined),
            licence_to=_day(licence),
            is_sample=bool(sample),
            complained=complained.get(key),
            order_weekday=weekday,
            order_every=DAYS_OF_CYCLE.get(cycle or "", WEEK),
            orders=tuple(sorted(orders.get(key, ()))),
            moved=tuple(moved.get(key, ())),
        )
        for key, joined, licence, sample, weekday, cycle in rows
    ]


def _with_alerts(cursor: Any, signs: list[ShopSigns], today: date, playbook: Playbook) -> list[ShopSigns]:
    alerts = read_alerts(cursor, signs, today, playbook)
    return [replace(one, alert_since=alerts.get(one.shop)) for one in signs]


def _without_missed_by_all(found: list[Trigger], ordering: int) -> list[Trigger]:
    """Leave out missed orders where most shops missed the same: a holiday, or orders that were not brought in."""
    since: dict[date, int] = defaultdict(int)
    for one in found:
        since[one.since] += one.code == TriggerCode.MISSED_ORDERS
    missed = sum(since.values())
    if missed * _MOST_AT_ONCE <= ordering:
        return found
    return [one for one in found if one.code != TriggerCode.MISSED_ORDERS]


def _orders(cursor: Any, today: date) -> dict[str, list[Order]]:
    found: dict[str, list[Order]] = defaultdict(list)
    rows = cursor.execute(
        "SELECT customer_id, order_date, qty, amount FROM purchase_order WHERE order_date BETWEEN ? AND ?",
        ((today - _ORDERS_BACK).isoformat(), today.isoformat()),
    )
    days: dict[str, date] = {}
    for shop, day, quantity, amount in rows:
        found[shop].append((days.get(day) or days.setdefault(day, date.fromisoformat(day)), quantity, amount))
    return found


def _complained(cursor: Any, today: date) -> dict[str, date]:
    rows = cursor.execute(
        "SELECT customer_id, max(day) FROM visit WHERE status = ? AND end_reason = ? AND day <= ? "
        "AND deleted_at IS NULL GROUP BY 1",
        (VisitStatus.REFUSED.value, COMPLAINT, today.isoformat()),
    )
    return {shop: date.fromisoformat(day) for shop, day in rows}


def _moved(cursor: Any, today: date) -> dict[str, list[tuple[date, date]]]:
    """Return the newest move of each shop: from which day, to which."""
    found: dict[str, list[tuple[date, date]]] = {}
    rows = cursor.execute(
        f"SELECT customer_id, day, moved_to FROM visit WHERE status = ? AND moved_to IS NOT NULL AND day >= ? "
        f"AND deleted_at IS NULL AND {IS_OWN} ORDER BY day, moved_to",
        (VisitStatus.MOVED.value, (today - _MOVED_BACK).isoformat()),
    )
    for shop, day, moved_to in rows:
        found[shop] = [(date.fromisoformat(day), date.fromisoformat(moved_to))]
    return found


def _promises(cursor: Any, *, complaints: bool) -> list[OpenDate]:
    """Return the open promises; those to answer a complaint, from the day after it was told, or the others."""
    rows = cursor.execute(
        "SELECT p.id, p.customer_id, p.due_on, p.visit_id, v.day FROM promise p LEFT JOIN visit v ON v.id = p.visit_id "
        "WHERE p.done_on IS NULL AND p.dropped_reason IS NULL AND p.due_on IS NOT NULL AND p.deleted_at IS NULL "
        "ORDER BY p.due_on, p.id"
    )
    found: list[OpenDate] = []
    for key, shop, due, visit, told in rows:
        if (visit is not None and is_answer(UUID(key), UUID(visit))) is complaints:
            since = date.fromisoformat(told) + timedelta(days=1) if complaints and told else date.min
            found.append(OpenDate(UUID(shop), date.fromisoformat(due), since, key))
    return found


def _plans(cursor: Any) -> list[OpenDate]:
    return _dates(
        cursor.execute(
            "SELECT id, customer_id, due_on FROM improvement_plan WHERE self_reached IS NULL "
            "AND target_state IS NOT NULL AND due_on IS NOT NULL AND deleted_at IS NULL ORDER BY due_on, id"
        )
    )


def _dates(rows: Iterable[Sequence[str]]) -> list[OpenDate]:
    return [OpenDate(UUID(shop), date.fromisoformat(due), date.min, subject) for subject, shop, due in rows]


def _tasks(cursor: Any) -> list[OpenDate]:
    rows = cursor.execute(
        "SELECT id, customer_id, due_on, assigned_at, kind FROM task WHERE state IN (?, ?) "
        "AND customer_id IS NOT NULL AND deleted_at IS NULL ORDER BY due_on, id",
        (TaskState.ASSIGNED.value, TaskState.ACCEPTED.value),
    )
    return [
        OpenDate(UUID(shop), _day(due), _local_day(assigned), key, is_complaint=kind == COMPLAINT and due is None)
        for key, shop, due, assigned, kind in rows
    ]


def _local_day(stored: str) -> date:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC).astimezone().date()


def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)
