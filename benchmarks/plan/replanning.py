"""The middle of a month, five things that came between, and who is moved when the rest is planned anew."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from app.domain.planning.month_board import Board
from app.domain.planning.needs import Made, Standing, needs_of
from app.domain.planning.problem import MonthProblem, Trigger

Days = dict[str, date]
"""The day of each visit by the key of its need."""
_MIDDLE = 10


@dataclass(frozen=True, slots=True)
class Middle:
    """The rest of a month after the disturbances, with the plan as it stood."""

    problem: MonthProblem
    stood: Days
    lost: int
    """Visits that cannot stay: their day is gone, or a deadline is before it."""


def disturb(problem: MonthProblem, plan: Days, seed: int) -> Middle:
    """Two complaints, an order missed twice, a day of leave, and a shop that was visited a week early."""
    random = Random(seed)
    days = problem.days
    today, leave = days[_MIDDLE].day, random.choice(days[_MIDDLE + 1 : -1]).day
    shop_of = {need.key: need.shop for need in problem.needs}
    made = [Made(shop_of[key], day, key) for key, day in plan.items() if day < today]
    ahead = {key: day for key, day in plan.items() if day >= today}
    early = random.choice(sorted(ahead))
    made.append(Made(shop_of[early], today - timedelta(days=1), early))
    shops = random.sample([shop.id for shop in problem.shops], 3)
    triggers = [
        Trigger(shops[0], "complaint", today, days[_MIDDLE + 2].day),
        Trigger(shops[1], "complaint", today, days[_MIDDLE + 2].day),
        Trigger(shops[2], "missed_order", today, today + timedelta(days=7)),
    ]
    standing = [Standing(key, shop_of[key], day) for key, day in ahead.items() if key != early]
    needs = needs_of(problem.shops, triggers, days, done=made, standing=standing, today=today)
    left = tuple(day for day in days if day.day >= today and day.day != leave)
    open_days = {day.day for day in left}
    stood = {need.key: need.stands_on for need in needs if need.stands_on is not None}
    lost = sum(
        need.stands_on is not None
        and not (need.earliest <= need.stands_on <= need.latest and need.stands_on in open_days)
        for need in needs
    )
    return Middle(replace(problem, needs=needs, days=left), stood, lost)


def moved(middle: Middle, plan: Days) -> int:
    """Return how many visits that had a day have another one now, or none."""
    return sum(plan.get(key) != day for key, day in middle.stood.items())


def days_on(board: Board) -> Days:
    """Return the days of a plan made by hand."""
    return {
        need.key: board.dates[board.day_of[place]] for place, need in enumerate(board.needs) if board.has_day(place)
    }


def last_days(problem: MonthProblem, plan: Days) -> dict[UUID, date]:
    """Return the last day on which each shop is visited."""
    shop_of = {need.key: need.shop for need in problem.needs}
    found: dict[UUID, date] = {}
    for key, day in plan.items():
        found[shop_of[key]] = max(day, found.get(shop_of[key], day))
    return found


Method = Callable[[MonthProblem], Days]
