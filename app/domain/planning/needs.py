"""The visits that each shop is owed in a month: by its cadence, by what has a deadline, less what was done already.

A shop that is visited as often as it orders is owed one visit in every order cycle, within the week that ends on its
order day; every other rhythm divides the month into even stretches of calendar days, one visit each. A window holds
only working days: one that loses all of them to holidays moves to the nearest working days that are left. So does one
that went by without its visit, if that is not shortly before the next one; an order that is placed needs no visit.
"""

import itertools
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from uuid import UUID

from app.domain.planning.order_rhythm import WEEK
from app.domain.planning.problem import Need, PlanShop, Trigger, WorkDay

WEEKLY_UP_TO = 10
"""Shops visited at least this often (days) follow their order cycle."""
_ABOUT = 4
"""A rhythm of visits is that of the orders where it is no more than this part of it off."""
_FEWEST_DAYS = 3
"""A window that holidays or the ends of the month cut is widened to this many working days."""
_LONGEST_GAP = 7
_WORTH_MAKING_UP = 0.7
"""Part of its rhythm that must lie between a visit that is made up for and the next one (proposed)."""
_MONTH_DAYS = 31
BY_HAND = "by_hand"
CADENCE = "cadence"


@dataclass(frozen=True, slots=True)
class Made:
    """A visit of this month that was made; `key` is the need that it was planned for, where there was one."""

    shop: UUID
    day: date
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A visit of the plan as it stands."""

    key: str
    shop: UUID
    day: date
    locked: bool = False


def least_gap(every_days: int) -> int:
    """Return the fewest days between two cadence visits of a shop: half its rhythm, a week at most."""
    return max(1, min(every_days // 2, _LONGEST_GAP))


def follows_orders(shop: PlanShop) -> bool:
    """Tell whether each visit of a shop serves an order: it is visited about as often as it orders, on known days."""
    rhythm = shop.orders
    if rhythm is None or not rhythm.is_known:
        return False
    if rhythm.every_days == WEEK:
        return shop.every_days <= WEEKLY_UP_TO
    return abs(shop.every_days - rhythm.every_days) * _ABOUT <= rhythm.every_days


def is_cadence(need: Need) -> bool:
    """Tell whether the cadence owes this visit; only such visits keep the least gap among themselves."""
    return CADENCE in need.reasons


def is_late(need: Need) -> bool:
    """Tell whether a visit stands on a day after the deadline that wants it."""
    return need.has_deadline and need.stands_on is not None and need.stands_on > need.latest


def needs_of(
    shops: Sequence[PlanShop],
    triggers: Iterable[Trigger],
    days: Sequence[WorkDay],
    *,
    done: Iterable[Made] = (),
    standing: Iterable[Standing] = (),
    today: date | None = None,
) -> tuple[Need, ...]:
    """Return every visit that is still owed in the month of `days`, in the order of the shops.

    `days` are the working days of the month; those before `today` are not planned any more. A deadline after the month
    counts as its last day. A standing visit that nothing asks for any more stays only where it is locked.
    """
    if not days:
        return ()
    month = _Month(sorted(day.day for day in days), today)
    by_shop: dict[UUID, list[Trigger]] = defaultdict(list)
    for trigger in triggers:
        by_shop[trigger.shop].append(trigger)
    made: dict[UUID, list[Made]] = defaultdict(list)
    for visit in done:
        made[visit.shop].append(visit)
    stood: dict[UUID, list[Standing]] = defaultdict(list)
    for visit in standing:
        stood[visit.shop].append(visit)
    needs: list[Need] = []
    for shop in shops:
        owed = _cadence_needs(shop, month, made[shop.id], {visit.key for visit in stood[shop.id]})
        owed = _with_triggers(shop, month, owed, by_shop[shop.id])
        needs.extend(_as_it_stands(owed, stood[shop.id], {visit.key for visit in made[shop.id]}))
    return tuple(needs)


def gaps_fit(windows: Sequence[tuple[date, date]], days: Sequence[date], gap: int) -> bool:
    """Tell whether one working day can be taken from each window, in order, with the gap between them."""
    after = date.min
    for earliest, latest in windows:
        day = next((day for day in days if max(earliest, after) <= day <= latest), None)
        if day is None:
            return False
        after = day + timedelta(days=gap)
    return True


class _Month:
    """The days of a month that still can be planned, and the month itself."""

    def __init__(self, days: Sequence[date], today: date | None) -> None:
        self.first = days[0].replace(day=1)
        self.last = (self.first + timedelta(days=_MONTH_DAYS)).replace(day=1) - timedelta(days=1)
        self.today = today
        self.days = [day for day in days if today is None or day >= today]

    def is_over(self, day: date) -> bool:
        """Tell whether a day has gone by."""
        return self.today is not None and day < self.today

    def within(self, earliest: date, latest: date) -> list[date]:
        return self.days[bisect_left(self.days, earliest) : bisect_right(self.days, latest)]

    def nearest(self, earliest: date, latest: date) -> tuple[date, date] | None:
        """Return the window on working days alone, or around the nearest ones where it holds none."""
        inside = self.within(earliest, latest)
        if inside:
            return inside[0], inside[-1]
        near = sorted(self.days, key=lambda day: (max(earliest - day, day - latest), day))[:_FEWEST_DAYS]
        return (min(near), max(near)) if near else None


def _cadence_windows(shop: PlanShop, month: _Month) -> list[tuple[date, date]]:
    """Return the calendar windows of a shop's cadence in the month, before holidays and what was done."""
    length = (month.last - month.first).days + 1
    if shop.orders is not None and follows_orders(shop):
        order_days = shop.orders.days(month.first, month.last)
        return [(max(month.first, day - timedelta(days=6)), day) for day in order_days]
    if shop.every_days > _MONTH_DAYS:
        due = month.first if shop.last_visit is None else shop.last_visit + timedelta(days=shop.every_days)
        return [(month.first, month.last)] if due <= month.last else []
    count = max(1, round(length / max(1, shop.every_days)))
    cuts = [month.first + timedelta(days=length * part // count) for part in range(count + 1)]
    return [(begin, end - timedelta(days=1)) for begin, end in itertools.pairwise(cuts)]


def _cadence_needs(shop: PlanShop, month: _Month, made: Sequence[Made], standing: Container[str]) -> list[Need]:
    """Return what the cadence still owes; `standing` are the keys of what has a day."""
    windows = _cadence_windows(shop, month)
    left = _not_done(shop, windows, made)
    gap = least_gap(shop.every_days)
    last = max((visit.day for visit in made), default=shop.last_visit)
    is_for_order = shop.every_days <= WEEKLY_UP_TO or follows_orders(shop)
    needs: list[Need] = []
    for place in left:
        earliest, latest = windows[place]
        is_begun = is_for_order and month.is_over(earliest)
        if is_begun and not month.within(earliest, latest):
            continue  # That order is placed, or no working day is left before it; the next visit serves the next one.
        window = month.nearest(earliest, latest if is_begun else _widened(month, earliest, latest))
        key = f"{shop.code}/{place + 1}"
        is_missed = month.is_over(latest) and key not in standing
        if window is None or (is_missed and not _is_made_up_for(shop, month, window, windows[place + 1 :])):
            continue
        if last is not None:
            window = _not_before(month, window, last, gap)
        fitting = [(need.earliest, need.latest) for need in needs]
        if not gaps_fit([*fitting, window], month.days, gap):
            # The nearest working days belong to a visit beside it, so push it behind that, or the month has no room.
            window = _behind(month, fitting, gap)
            if window is None or is_for_order:
                continue
        needs.append(Need(key, shop.id, *window, reasons=(CADENCE,)))
    return needs


def _is_made_up_for(
    shop: PlanShop, month: _Month, window: tuple[date, date], following: Sequence[tuple[date, date]]
) -> bool:
    """Tell whether a visit whose stretch went by without it still makes sense: not shortly before the next one."""
    near = [month.nearest(*one) for one in following]
    return gaps_fit(
        [window, *(one for one in near if one is not None)], month.days, ceil(_WORTH_MAKING_UP * shop.every_days)
    )


def _widened(month: _Month, earliest: date, latest: date) -> date:
    """Return the last day of a window that the begin of the month or a holiday cut short, some days later."""
    inside = month.within(earliest, latest)
    if not inside or len(inside) >= _FEWEST_DAYS:
        return latest
    later = [day for day in month.days if day > latest][: _FEWEST_DAYS - len(inside)]
    return later[-1] if later else latest


def _not_before(month: _Month, window: tuple[date, date], last: date, gap: int) -> tuple[date, date]:
    """Return the window from `gap` days after the last visit on, if that leaves it a working day."""
    for wanted in (last + timedelta(days=gap), last + timedelta(days=1)):
        inside = month.within(max(window[0], wanted), window[1])
        if inside:
            return inside[0], inside[-1]
    return window


def _behind(month: _Month, windows: Sequence[tuple[date, date]], gap: int) -> tuple[date, date] | None:
    after = date.min
    for earliest, latest in windows:
        after = next(day for day in month.days if max(earliest, after) <= day <= latest) + timedelta(days=gap)
    left = [day for day in month.days if day >= after]
    return (left[0], left[-1]) if left else None


def _not_done(shop: PlanShop, windows: Sequence[tuple[date, date]], made: Sequence[Made]) -> list[int]:
    """Return the places of the windows that no visit has served: each visit serves its own, else the nearest."""
    left = list(range(len(windows)))
    for visit in sorted(made, key=lambda visit: visit.day):
        own = [place for place in left if visit.key == f"{shop.code}/{place + 1}"]
        by_nearness = sorted(
            left, key=lambda place: max(windows[place][0] - visit.day, visit.day - windows[place][1], timedelta(0))
        )
        for place in (own or by_nearness)[:1]:
            left.remove(place)
    return left


def _with_triggers(shop: PlanShop, month: _Month, owed: list[Need], triggers: Sequence[Trigger]) -> list[Need]:
    """Return the needs with the deadlines in them: one visit serves both where a window has a day for both."""
    needs = list(owed)
    for trigger in sorted(triggers, key=lambda trigger: (trigger.by, trigger.code, trigger.subject)):
        window = month.nearest(trigger.since, min(trigger.by, month.last)) if trigger.since <= month.last else None
        if window is None or trigger.by < month.first:
            continue
        merged = _merge(shop, month, needs, trigger, window)
        if merged is None:
            key = f"{shop.code}/{trigger.code}"
            taken = {need.key for need in needs}
            while key in taken:
                key += "+"
            needs.append(Need(key, shop.id, *window, reasons=(trigger.code,), has_deadline=True))
        else:
            needs = merged
    return needs


def _merge(
    shop: PlanShop, month: _Month, needs: list[Need], trigger: Trigger, window: tuple[date, date]
) -> list[Need] | None:
    """Return the needs with the trigger served by the first visit that can; None if none can."""
    for place, need in enumerate(needs):
        inside = month.within(max(need.earliest, window[0]), min(need.latest, window[1]))
        if not inside:
            continue
        served = replace(
            need,
            earliest=inside[0],
            latest=inside[-1],
            reasons=tuple(dict.fromkeys((*need.reasons, trigger.code))),
            has_deadline=True,
            whole_window=need.whole_window or (need.earliest, need.latest),
        )
        changed = [*needs[:place], served, *needs[place + 1 :]]
        windows = [(other.earliest, other.latest) for other in changed if is_cadence(other)]
        if gaps_fit(windows, month.days, least_gap(shop.every_days)):
            return changed
    return None


def _as_it_stands(needs: list[Need], standing: Sequence[Standing], served: set[str | None]) -> list[Need]:
    """Return the needs with the days they have, and after them the locked visits that nothing else asks for."""
    by_key = {visit.key: visit for visit in standing}
    known = {need.key for need in needs}
    found = [
        replace(need, stands_on=by_key[need.key].day, locked=by_key[need.key].locked) if need.key in by_key else need
        for need in needs
    ]
    extra = [
        Need(visit.key, visit.shop, visit.day, visit.day, (BY_HAND,), stands_on=visit.day, locked=True)
        for visit in standing
        if visit.locked and visit.key not in known and visit.key not in served
    ]
    return found + extra
