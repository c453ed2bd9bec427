"""Why a visit found no day, and the cheapest way out of it, in codes with numbers."""

import itertools
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from app.domain.planning.month_board import Board
from app.domain.planning.problem import Unplaced


class Reason(StrEnum):
    """Why a visit has no day."""

    NO_WORKING_DAY = "no_working_day"
    """No day that is left to plan lies in its window."""
    LOCKED_DAY_OFF = "locked_day_off"
    """It is locked on a day on which nobody works."""
    CLOSED = "closed"
    """The shop is shut in working time on every day of its window."""
    TOO_SOON = "too_soon"
    """Another visit of the shop is too near on every day of its window."""
    DAYS_FULL = "days_full"
    """Every day of its window has all the stops that it may have."""
    MINUTES_FULL = "minutes_full"
    """Some day of its window has a stop to spare, none the minutes."""


class WayOut(StrEnum):
    """What would give the visit a day."""

    WORK_A_DAY = "work_a_day"
    """Facts: from, until."""
    UNLOCK = "unlock"
    """Facts: day."""
    OTHER_HOURS = "other_hours"
    ONE_MORE_STOP = "one_more_stop"
    """Facts: weekday (1 to 7), days (of the month, on which it counts), serves (visits without a day that it helps)."""
    MORE_MINUTES = "more_minutes"
    """Facts: day, minutes."""
    SLOWER_CADENCE = "slower_cadence"
    """Facts: from, to (cadence codes), shops (how many), names, frees (visits in the month)."""


def explain(board: Board, unplaced: Sequence[int]) -> tuple[Unplaced, ...]:
    """Return each visit without a day, with its reason and the cheapest way out."""
    if not board.days:
        unplaced = range(len(board.needs))
    weekdays = _weekdays_in_need(board, unplaced)
    return tuple(_explained(board, place, weekdays, len(unplaced)) for place in unplaced)


def _explained(board: Board, place: int, weekdays: Counter[int], missing: int) -> Unplaced:
    need = board.needs[place]
    window = [day for day, date in enumerate(board.dates) if need.earliest <= date <= need.latest]
    days = [day for day in window if np.isfinite(board.static[place, day])]
    apart = [day for day in days if board.may_stand(place, day)]
    if board.is_fixed(place) and need.stands_on is not None:
        return Unplaced(need, Reason.LOCKED_DAY_OFF, WayOut.UNLOCK, (("day", need.stands_on.isoformat()),))
    if not window:
        return Unplaced(need, Reason.NO_WORKING_DAY, *_work_a_day(board, place))
    if not days:
        return Unplaced(need, Reason.CLOSED, WayOut.OTHER_HOURS)
    if not apart:
        return Unplaced(need, Reason.TOO_SOON, *_fewer_of_its_own(board, place, days))
    return _without_room(board, place, apart, weekdays, missing)


def _without_room(board: Board, place: int, days: list[int], weekdays: Counter[int], missing: int) -> Unplaced:
    """Explain a visit that only stops or minutes keep from its days."""
    need = board.needs[place]
    lacking = {day: _minutes_with(board, place, day) - int(board.minutes_limit[day]) for day in days}
    with_stops = [day for day in days if board.stops[day] < board.limit[day]]
    if with_stops:
        best = min(with_stops, key=lambda day: (lacking[day], day))
        facts = (("day", board.dates[best].isoformat()), ("minutes", str(max(1, lacking[best]))))
        return Unplaced(need, Reason.MINUTES_FULL, WayOut.MORE_MINUTES, facts)
    with_time = {board.dates[day].isoweekday() for day in days if lacking[day] <= 0}
    if not with_time:
        return Unplaced(need, Reason.DAYS_FULL, *_slower(board, place, missing))
    weekday = max(with_time, key=lambda day: (weekdays[day], -day))
    count = sum(date.isoweekday() == weekday for date in board.dates)
    facts = (("weekday", str(weekday)), ("days", str(count)), ("serves", str(weekdays[weekday])))
    return Unplaced(need, Reason.DAYS_FULL, WayOut.ONE_MORE_STOP, facts)


def _work_a_day(board: Board, place: int) -> tuple[str, tuple[tuple[str, str], ...]]:
    need = board.needs[place]
    return WayOut.WORK_A_DAY, (("from", need.earliest.isoformat()), ("until", need.latest.isoformat()))


def _weekdays_in_need(board: Board, unplaced: Sequence[int]) -> Counter[int]:
    """Return for each weekday how many visits without a day one more stop on it would serve, one for each such day."""
    by_weekday: dict[int, dict[int, int]] = {}
    for place in unplaced:
        for day, date in enumerate(board.dates):
            if np.isfinite(board.static[place, day]) and board.may_stand(place, day):
                taken = by_weekday.setdefault(date.isoweekday(), {})
                if day not in taken and place not in taken.values():
                    taken[day] = place
    return Counter({weekday: len(taken) for weekday, taken in by_weekday.items()})


def _minutes_with(board: Board, place: int, day: int) -> int:
    """Return the minutes of a day with one more visit at its best place."""
    more = int(board.minutes[day] + board.visit_minutes[place])
    node = board.node[place]
    if node < 0:
        return more
    nodes = [0, *(board.node[held] for held in board.tours[day]), 1]
    legs = board.legs
    return more + min(
        int(legs[before, node] + legs[node, after] - legs[before, after]) for before, after in itertools.pairwise(nodes)
    )


def _fewer_of_its_own(board: Board, place: int, days: Sequence[int]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return what makes room between visits of a shop: to unlock one that is in the way, else to come less often."""
    shop = board.shops[place]
    for other, gap in board.siblings[place]:
        if board.is_fixed(other) and board.has_day(other):
            day = board.day_of[other]
            if any(board.apart[day, wanted] < gap for wanted in days):
                return WayOut.UNLOCK, (("day", board.dates[day].isoformat()),)
    slower = min(
        ((other.every_days, other.cadence) for other in board.shops if other.every_days > shop.every_days), default=None
    )
    if slower is None:
        return _work_a_day(board, place)
    facts = (("from", shop.cadence), ("to", slower[1]), ("shops", "1"), ("names", shop.name), ("frees", "1"))
    return WayOut.SLOWER_CADENCE, facts


def _slower(board: Board, place: int, missing: int) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the next slower cadence for the shops whose visits are in the way, as few of them as it takes."""
    every = sorted({(shop.every_days, shop.cadence) for shop in board.shops})
    need = board.needs[place]
    near = {
        shop.id: shop
        for other, shop in enumerate(board.shops)
        if board.has_day(other) and need.earliest <= board.dates[board.day_of[other]] <= need.latest
    }
    near[need.shop] = board.shops[place]
    for days, code in every:
        slower = next(((longer, name) for longer, name in every if longer > days), None)
        shops = sorted((shop for shop in near.values() if shop.cadence == code), key=lambda shop: shop.code)
        if slower is None or not shops:
            continue
        month = len({date.toordinal() for date in board.dates}) * 7 / 5
        frees = max(1, round(month / days) - round(month / slower[0]))
        few = shops[: max(1, -(-missing // frees))]
        names = "、".join(shop.name for shop in few[:3])
        facts = (("from", code), ("to", slower[1]), ("shops", str(len(few))), ("names", names),
                 ("frees", str(frees * len(few))))  # fmt: skip
        return WayOut.SLOWER_CADENCE, facts
    return _work_a_day(board, place)
