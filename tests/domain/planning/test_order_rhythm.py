"""On which days a shop orders that does not order every week, and how its visits follow them."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.planning.cadence import CadenceWhy, ShopStanding, cadence_for
from app.domain.planning.needs import follows_orders, needs_of
from app.domain.planning.order_rhythm import MONTH, TWO_WEEKS, OrderRhythm
from app.domain.planning.problem import PlanShop
from app.domain.playbook import Playbook
from tests.domain.planning.months import shop, working_days

SEPTEMBER, LAST = date(2025, 9, 1), date(2025, 9, 30)
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


def every_second(counts_from: date | None) -> PlanShop:
    """A shop of the most frequent class that orders on every second Wednesday."""
    return replace(shop(1, "V1", weekday=3), every_days=14, rhythm=OrderRhythm(3, TWO_WEEKS, counts_from))


def test_a_shop_that_orders_every_two_weeks_is_visited_in_the_weeks_of_its_orders() -> None:
    needs = needs_of([every_second(date(2025, 8, 27))], (), working_days())
    assert [(need.earliest.day, need.latest.day) for need in needs] == [(4, 10), (18, 24)]


def test_an_order_that_was_put_off_within_its_week_does_not_shift_the_rhythm() -> None:
    late = OrderRhythm(3, TWO_WEEKS, date(2025, 8, 29))
    assert late.days(SEPTEMBER, LAST) == (date(2025, 9, 10), date(2025, 9, 24))


def test_where_nobody_knows_which_weeks_the_month_is_divided_evenly() -> None:
    needs = needs_of([every_second(None)], (), working_days())
    assert [(need.earliest.day, need.latest.day) for need in needs] == [(1, 15), (16, 30)]


@pytest.mark.parametrize(("rhythm", "day"), [
    (OrderRhythm(3, MONTH, week_of_month=2), 10),
    (OrderRhythm(3, MONTH, date(2025, 8, 20)), 17),
    (OrderRhythm(3, MONTH, date(2025, 7, 30)), 24),
    (OrderRhythm(3, MONTH, week_of_month=5), 24),
])  # fmt: skip
def test_a_monthly_order_comes_on_the_same_weekday_of_the_month(rhythm: OrderRhythm, day: int) -> None:
    assert rhythm.days(SEPTEMBER, LAST) == (date(2025, 9, day),)
    (need,) = needs_of([replace(shop(1, "V3"), rhythm=rhythm)], (), working_days())
    assert need.latest.day == day


def test_a_shop_that_is_visited_less_often_than_it_orders_keeps_the_whole_month() -> None:
    seldom = replace(shop(1, "V3"), rhythm=OrderRhythm(3, TWO_WEEKS, SEPTEMBER))
    assert not follows_orders(seldom)


@given(counts_from=DAYS, begin=DAYS, weekday=st.integers(1, 7))
def test_every_two_weeks_is_one_of_two_weekdays_and_what_serves_it_lies_in_its_week(
    counts_from: date, begin: date, weekday: int
) -> None:
    rhythm = OrderRhythm(weekday, TWO_WEEKS, counts_from)
    days = rhythm.days(begin, begin + timedelta(days=55))
    assert len(days) == 4
    assert all((after - before).days == 14 for before, after in itertools.pairwise(days))
    for step in range(42):
        day = begin + timedelta(days=step)
        assert rhythm.serves(day) == any(timedelta(0) <= order - day < timedelta(7) for order in days)


@pytest.mark.parametrize(("orders", "every"), [(None, 7), ("weekly", 7), ("twice_weekly", 7), ("two_weekly", 14),
                                               ("monthly", 30), ("none", 7)])  # fmt: skip
@pytest.mark.parametrize(("fields", "why"), [
    ({"tier": 30}, CadenceWhy.TIER),
    ({"chosen": "V1"}, CadenceWhy.CHOSEN),
    ({"visit_cycle": "weekly"}, CadenceWhy.OFFICE),
])  # fmt: skip
def test_once_in_every_order_cycle_is_as_often_as_the_shop_orders(
    playbook: Playbook, orders: str | None, every: int, fields: dict[str, object], why: CadenceWhy
) -> None:
    standing = ShopStanding(order_cycle=orders, **fields)  # pyright: ignore[reportArgumentType]
    found = cadence_for(playbook.parameters.cadence, standing, SEPTEMBER)
    assert (found.code, found.every_days, found.why) == ("V1", every, why)
