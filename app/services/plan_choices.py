"""What a person can choose from: the other days of a visit, the days for a shop without one, and what each changes."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from app.domain.planning.cadence import CadenceWhy, cadence_for, choice_on
from app.domain.planning.moving import NEVER
from app.domain.planning.problem import Need
from app.domain.playbook import CadenceRules
from app.services import plan_moves
from app.services.plan_cadence import read_choices, read_standings
from app.services.plan_ground import PlanGround
from app.services.plan_moves import Move
from app.services.plan_rows import PlanRow
from app.services.plan_values import DayChoice, PlanWhy

_MOST_DAYS = 6

LookAt = Callable[[date], Move]
"""Returns what a move to a day would be, at its cheapest place."""


def choices(cursor: Any, ground: PlanGround, today: date, first: date, last: date, look_at: LookAt) -> list[DayChoice]:
    """Return the working days from the first to the last (both count) on which something may be put, in order.

    Of many the best: what breaks no rule first, then the order day, then the shortest way.
    """
    found: list[DayChoice] = []
    for day in sorted(ground.faces):
        if not (max(first, today) <= day <= last and ground.is_working(day)):
            continue
        move = look_at(day)
        if move.breach not in NEVER and (move.is_new or move.row.day != day):
            found.append(DayChoice(day, plan_moves.effect_of(cursor, ground, move)))
    best = sorted(found, key=lambda one: (bool(one.effect.breaks), not one.effect.on_order_day, one.effect.km, one.day))
    return sorted(best[:_MOST_DAYS], key=lambda one: one.day)


def has_plan(rows: Iterable[PlanRow]) -> bool:
    """Tell whether a plan was kept for the month of these visits."""
    return any(row.need_key is not None for row in rows)


def first_without_a_day(missed: Iterable[Need], customer_id: UUID, day: date) -> Need | None:
    """Return the visit without a day that a shop is owed, rather one whose window holds the day; None where is none."""
    own = [need for need in missed if need.shop == customer_id and need.stands_on is None]
    return min(own, key=lambda need: (not need.earliest <= day <= need.latest, need.latest), default=None)


def who_decides(cursor: Any, rules: CadenceRules, customer_id: UUID, today: date) -> PlanWhy | None:
    """Return what decided how often a shop is visited; a choice of the manager with her reason and since when."""
    standing = read_standings(cursor, rules, today, customer_id).get(customer_id)
    if standing is None:
        return None
    decided = cadence_for(rules, standing, today).why
    choice = choice_on(read_choices(cursor).get(customer_id, ()), today)
    chosen = ()
    if decided is CadenceWhy.CHOSEN and choice is not None:
        chosen = (("reason", choice.reason), ("since", choice.since.isoformat()))
    tier = (("tier", str(standing.tier)),) if decided is CadenceWhy.TIER else ()
    return PlanWhy("decided", None, (("by", decided.value), *tier, *chosen))
