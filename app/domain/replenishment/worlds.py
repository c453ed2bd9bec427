"""Makes the world of a replay from order lines: the rows carried, their weeks from order day to order day, sales."""

import numpy as np

from app.domain.forecasting.arrays import Flags, Ints
from app.domain.replenishment.habit import learn
from app.domain.replenishment.learnt import Learnt
from app.domain.replenishment.replay import LEAD_DAYS, WEEK, World
from app.domain.replenishment.smoothing import LONGEST, Orders, whole_sales

JUDGED, WARM_UP = 26, 8
_PAST = 100
"""Weeks of sales before the replay: what levels and learning want."""
_SEED = 20_220_430
_FEWEST_WEEKS, _FEWEST_ROWS = 65, 100
"""Less than that teaches nothing: two quarters of levels before three of learning."""
_LATELY, _YEAR, _FEWEST = 91, 364, 6


def make_world(
    rows: Ints, days: Ints, quantities: Ints, shops: Ints, weekday: int, today: int, *, judged: int = JUDGED,
    by_chance: bool = True,
) -> World:  # fmt: skip
    """Return the world of the last `judged` weeks up to day `today`; day 0 has that weekday (Monday is 0).

    A row is carried if it was bought on six days or more of the year before the replay and once in its last 13 weeks.
    """
    begin = today + 1 - WEEK * (judged + WARM_UP + 1)
    kept = _carried(rows, days, begin, len(shops))
    number = np.cumsum(kept) - 1
    first_day = max(0, begin - WEEK * _PAST)
    of_kept = kept[rows] & (days >= first_day - LONGEST)
    orders = Orders.of(number[rows[of_kept]], days[of_kept], quantities[of_kept], int(kept.sum()))
    random = np.random.default_rng(_SEED) if by_chance else None
    sales = whole_sales(orders, today, first_day, random)
    bought = np.zeros_like(sales)
    recent = orders.days >= first_day
    bought[orders.rows[recent], orders.days[recent] - first_day] = orders.quantities[recent]
    own = shops[kept]
    weekdays = _order_weekdays(orders, own, weekday, begin, int(shops.max(initial=0)) + 1)
    last = (weekday + today) % WEEK
    # The last week of a shop ends on the day before its order day.
    spare = (last - weekdays[own] + 1) % WEEK
    weeks = (today + 1 - first_day - (WEEK - 1)) // WEEK
    return World(
        _by_week(sales, spare, weeks),
        _by_week(bought, spare, weeks).sum(axis=2),
        own,
        weeks - judged - WARM_UP,
        WARM_UP,
    )


def learn_from(
    rows: Ints, days: Ints, quantities: Ints, shops: Ints, weekday: int, today: int
) -> Learnt | None:  # fmt: skip
    """Return what the order lines up to `today` teach; None where there are too few of them."""
    if not len(days) or today - int(days.min()) < WEEK * _FEWEST_WEEKS:
        return None
    world = make_world(rows, days, quantities, shops, weekday, today, judged=1)
    if len(world.shops) < _FEWEST_ROWS:
        return None
    weeks = world.sales.sum(axis=2)
    return learn(weeks[:, :-1], weeks[:, :-1] + world.sales[:, 1:, :LEAD_DAYS].sum(axis=2))


def _carried(rows: Ints, days: Ints, begin: int, count: int) -> Flags:
    before = days < begin
    year, lately = before & (days >= begin - _YEAR), before & (days >= begin - _LATELY)
    bought = np.unique(np.stack([rows[year], days[year]]), axis=1)[0]
    often = np.bincount(bought, minlength=count) >= _FEWEST
    return often & (np.bincount(rows[lately], minlength=count) > 0)


def _order_weekdays(orders: Orders, shops: Ints, weekday: int, begin: int, count: int) -> Ints:
    """Return the weekday on which each shop bought most often in the year before the replay."""
    year = (orders.days < begin) & (orders.days >= begin - _YEAR)
    seen = np.zeros((count, WEEK))
    np.add.at(seen, (shops[orders.rows[year]], (weekday + orders.days[year]) % WEEK), 1)
    return seen.argmax(axis=1)


def _by_week(daily: Ints, spare: Ints, weeks: int) -> Ints:
    """Cut days into weeks that end `spare` days before the last day."""
    found = np.zeros((len(daily), weeks, WEEK), daily.dtype)
    for days in range(WEEK):
        mine = np.flatnonzero(spare == days)
        end = daily.shape[1] - days
        found[mine] = daily[mine, end - weeks * WEEK : end].reshape(len(mine), weeks, WEEK)
    return found
