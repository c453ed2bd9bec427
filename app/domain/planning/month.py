"""The plan of a month: which visit on which day, in which order; what found no day and why; what moved.

Hard are the windows of the needs, stops and minutes of a day, the gap between two visits of a shop, and locks, which
hold even against the other rules. Soft goals count by `Weights`; the load of whole days stays within a band of
`month_board.SPREAD` stops wherever the hard rules leave it the choice. The same problem gives the same plan: the search
is counted in rounds, not in seconds. A plan that stands is kept where it can be: only what changed is planned anew.
"""

from collections.abc import Callable, Container
from dataclasses import replace
from datetime import date

from app.domain.planning.month_board import Board
from app.domain.planning.month_bound import km_at_least
from app.domain.planning.month_explain import explain
from app.domain.planning.month_search import WARM, WARM_TO_REPAIR, Cancelled, improve, put_cheapest
from app.domain.planning.month_settle import Settler
from app.domain.planning.problem import MonthPlan, MonthProblem, Need, PlannedDay, PlannedStop
from app.domain.planning.router import DayRoute, RouteStop, route_day

__all__ = ["Cancelled", "plan_month"]

_ROUNDS = 20000
_FULL_SEARCH_UP_TO = 300
"""Months of more visits are searched in fewer rounds, for each round takes longer."""
_ROUNDS_OF_REPAIR = 800
_NEW_SHARE = 0.1
"""A plan in which more than this share of the visits is new is searched for like a new one."""
_SEARCH_ENDS = 0.9


def _no_progress(_share: float) -> None:
    """Tell nobody."""


def _never() -> bool:
    return False


def plan_month(
    problem: MonthProblem,
    *,
    progress: Callable[[float], None] = _no_progress,
    cancelled: Callable[[], bool] = _never,
    rounds: int = _ROUNDS,
) -> MonthPlan:
    """Return the plan; `progress` hears shares from 0 to 1. Raises Cancelled once `cancelled` says so.

    A visit whose deadline cannot be kept is told as having found no day; where its cadence owes it, it comes as soon
    after the deadline as it can.
    `rounds` is how long a new month of up to 300 visits is searched for; a larger one gets fewer, and so does repairing
    one that stands.
    """
    if not problem.days:
        return MonthPlan(problem.month, (), explain(Board(problem), ()))
    rounds = round(rounds * min(1.0, _FULL_SEARCH_UP_TO / max(1, len(problem.needs))))
    plan = _plan(problem, lambda share: progress(share * _SEARCH_ENDS), cancelled, rounds)
    late = {left.need.key for left in plan.unplaced if left.need.whole_window is not None and not left.need.locked}
    if late:
        again = _plan(_past_deadlines(problem, plan, late), _no_progress, cancelled, min(rounds, _ROUNDS_OF_REPAIR))
        plan = _joined(problem, plan, again, late)
    progress(1.0)
    return plan


def _past_deadlines(problem: MonthProblem, plan: MonthPlan, late: Container[str]) -> MonthProblem:
    """Return the problem in which what has a day keeps it, and late visits may come when the cadence wants them."""
    day_of = {stop.need.key: stop.day for day in plan.days for stop in day.stops}

    def relaxed(need: Need) -> Need:
        if need.key not in late or need.whole_window is None:
            return replace(need, stands_on=day_of.get(need.key, need.stands_on))
        earliest, latest = need.whole_window
        return replace(need, earliest=earliest, latest=latest, has_deadline=False, soon_after=need.latest)

    return replace(problem, needs=tuple(map(relaxed, problem.needs)))


def _joined(problem: MonthProblem, first: MonthPlan, again: MonthPlan, late: Container[str]) -> MonthPlan:
    """Return the second plan with the deadlines that the first could not keep, and what moved against what stood."""
    stood = {need.key: need.stands_on for need in problem.needs}
    days = tuple(
        replace(
            day,
            stops=tuple(
                replace(s, need=replace(s.need, stands_on=stood[s.need.key], soon_after=None)) for s in day.stops
            ),
        )
        for day in again.days
    )
    placed = {stop.need.key for day in days for stop in day.stops}
    missed = tuple(one for one in first.unplaced if one.need.key in late and one.need.key in placed)
    return MonthPlan(first.month, days, (*again.unplaced, *missed), _moved(days), first.km_at_least)


def _plan(
    problem: MonthProblem, progress: Callable[[float], None], cancelled: Callable[[], bool], rounds: int
) -> MonthPlan:
    """Return the plan in which every window holds."""
    board = Board(problem)
    settler = Settler(board, cancelled)
    lost = _stand(board, settler)
    loose = [place for place in range(len(board.needs)) if not board.has_day(place)]
    missing = put_cheapest(board, loose)
    found = len(loose) - len(missing)
    is_new = found > _NEW_SHARE * len(board.needs)
    if is_new or lost:
        turns, warm = (rounds, WARM) if is_new else (min(rounds, _ROUNDS_OF_REPAIR), WARM_TO_REPAIR)
        improve(board, turns, problem.seed, lambda share: progress(share * _SEARCH_ENDS), cancelled, warm)
    settler.settle()
    progress(_SEARCH_ENDS)
    days = tuple(_planned_day(board, day, problem) for day in range(len(board.days)))
    unplaced = tuple(place for place in range(len(board.needs)) if not board.has_day(place))
    return MonthPlan(problem.month, days, explain(board, unplaced), _moved(days), km_at_least(board))


def _stand(board: Board, settler: Settler) -> int:
    """Put locked visits on their days, and the others where they stand if they still may; return how many may not."""
    column = {day: place for place, day in enumerate(board.dates)}
    stood = 0
    for is_locked in (True, False):
        for place, need in enumerate(board.needs):
            day = column.get(need.stands_on) if need.stands_on is not None else None
            if need.stands_on is None or board.is_fixed(place) != is_locked:
                continue
            stood += not is_locked
            if day is not None and board.may_stand(place, day):
                board.lay(place, day)
    for day in range(len(board.days)):
        settler.tidy(day)
        settler.relieve(day)
    return stood - sum(board.has_day(place) and not board.is_fixed(place) for place in range(len(board.needs)))


def _planned_day(board: Board, day: int, problem: MonthProblem) -> PlannedDay:
    """Return a day in its final order, with times."""
    work = board.days[day]
    held = [*board.tours[day], *board.unmapped[day]]
    route = _route(board, held, day, problem, fixed=False)
    if route.minutes > max(work.minutes, int(board.minutes[day])):
        route = _route(board, held, day, problem, fixed=True)
    stops = tuple(
        PlannedStop(
            board.needs[held[at]],
            work.day,
            stop.number,
            stop.arrive.time(),
            stop.leave.time(),
            stop.km,
            stop.travel_minutes,
            bool(board.matches[held[at], day]),
        )
        for at, stop in zip(route.order, route.stops, strict=True)
    )
    return PlannedDay(work.day, stops, route.km, route.minutes)


def _route(board: Board, held: list[int], day: int, problem: MonthProblem, *, fixed: bool) -> DayRoute:
    stops = [
        RouteStop(
            board.needs[place].key,
            board.shops[place].point,
            board.shops[place].minutes,
            board.shops[place].open_spans,
            number if fixed else None,
        )
        for number, place in enumerate(held, 1)
    ]
    return route_day(stops, board.days[day], problem.start, problem.end, problem.travel, seed=problem.seed)


def _moved(days: tuple[PlannedDay, ...]) -> tuple[tuple[Need, date], ...]:
    """Return the visits that had another day before, with the day that they have now."""
    return tuple(
        (stop.need, stop.day)
        for day in days
        for stop in day.stops
        if stop.need.stands_on is not None and stop.need.stands_on != stop.day
    )
