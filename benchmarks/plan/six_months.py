"""Six months of one territory by one method, each month after the one before, and what came of it."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import mean

from app.domain.planning.month import plan_month
from app.domain.planning.month_board import Board, matching_days
from app.domain.planning.problem import MonthProblem
from app.domain.planning.router import RouteStop, route_day
from benchmarks.plan.iowa import MONTHS, Territory, with_plan
from benchmarks.plan.replanning import Days, days_on, disturb, last_days, moved

Method = Callable[[MonthProblem], tuple[Days, float]]
"""Plans a month; tells the days, and a lower bound of the kilometres where it knows one."""


@dataclass(slots=True)
class Result:
    """Figures of six months; shares are of the visits that are owed, the spread is the widest of the six."""

    km: list[float] = field(default_factory=list)
    at_least: list[float] = field(default_factory=list)
    owed: int = 0
    placed: int = 0
    matched: int = 0
    kept: list[float] = field(default_factory=list)
    spread: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @property
    def match(self) -> float:
        """Share of the planned visits on their order day or the working day before."""
        return self.matched / max(1, self.placed)

    @property
    def cadence(self) -> float:
        """Share of the shops that get every visit they are owed."""
        return mean(self.kept)


def ours(problem: MonthProblem) -> tuple[Days, float]:
    """Return the program's plan, and a lower bound of its kilometres."""
    plan = plan_month(problem)
    return {stop.need.key: stop.day for day in plan.days for stop in day.stops}, plan.km_at_least


def by_hand(method: Callable[[MonthProblem], Board]) -> Method:
    """Return a method done by hand in the same shape."""

    def plan(problem: MonthProblem) -> tuple[Days, float]:
        return days_on(method(problem)), 0.0

    return plan


def once(problem: MonthProblem, method: Method) -> Result:
    """Plan one month."""
    result = Result()
    _plan(result, problem, method)
    return result


def run(territory: Territory, method: Method) -> Result:
    """Plan the months one after the other; every second one is disturbed in its middle and planned anew."""
    result = Result()
    shops = territory.shops
    for number, month in enumerate(MONTHS):
        problem = territory.month(month, shops)
        plan = _plan(result, problem, method)
        middle = disturb(problem, plan, seed=number)
        again, _ = method(middle.problem)
        result.moved.append(moved(middle, again))
        result.lost.append(middle.lost)
        shops = with_plan(shops, last_days(problem, plan))
    return result


def _plan(result: Result, problem: MonthProblem, method: Method) -> Days:
    clock, work = time.perf_counter(), time.process_time()
    plan, at_least = method(problem)
    result.seconds.append(time.perf_counter() - clock)
    result.processor.append(time.process_time() - work)
    result.at_least.append(at_least)
    measure(result, problem, plan)
    return plan


def measure(result: Result, problem: MonthProblem, plan: Days) -> None:
    """Add a month to the figures; every method's days are put in order by the same router."""
    shops = {shop.id: shop for shop in problem.shops}
    shop_of = {need.key: need.shop for need in problem.needs}
    dates = [day.day for day in problem.days]
    matching = {weekday: matching_days(weekday, dates) for weekday in (None, *range(1, 8))}
    by_day = defaultdict(list)
    missing = {need.shop for need in problem.needs if need.key not in plan}
    for key, day in plan.items():
        by_day[day].append(shop_of[key])
        result.matched += day in matching[shops[shop_of[key]].order_weekday]
    km = 0.0
    for work in problem.days:
        stops = [RouteStop(str(shop), shops[shop].point, shops[shop].minutes) for shop in sorted(by_day[work.day])]
        km += route_day(stops, work, problem.start, problem.end, problem.travel).km
    loads = [len(by_day[day]) for day in dates]
    result.km.append(km)
    result.owed += len(problem.needs)
    result.placed += len(plan)
    result.kept.append(1 - len(missing) / len(shops))
    result.spread.append(max(loads) - min(loads))
