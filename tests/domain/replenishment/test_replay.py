"""Replays of orders: nothing of the future is seen, nothing is sold twice, and hand-worked weeks come out."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.replenishment.comparing import compare
from app.domain.replenishment.habit import Habits, learn
from app.domain.replenishment.learnt import PUBLIC
from app.domain.replenishment.replay import Seen, World, at_equal, replay
from app.domain.replenishment.rules import MeanOfLast, PeriodicReview, RepeatLast, TradeRule, in_proportion
from app.domain.replenishment.smoothing import Orders, even_sales, whole_sales
from app.domain.replenishment.worlds import make_world

ROWS, WEEKS, FIRST = 40, 70, 50


def _world(seed: int = 1, after: int | None = None) -> World:
    """A world of invented sales; from week `after` on everything is another."""
    random = np.random.default_rng(seed)
    mean = random.gamma(1, 4, ROWS)
    sales = random.poisson(mean[:, None, None] / 7, (ROWS, WEEKS, 7))
    if after is not None:
        sales[:, after:] = np.random.default_rng(99).poisson(9, (ROWS, WEEKS - after, 7))
    ordered = sales.sum(axis=2)
    return World(sales, ordered, np.arange(ROWS) // 10, FIRST, 4)


_Rule: TypeAlias = PeriodicReview | TradeRule | RepeatLast | MeanOfLast


class _Listener:
    """A rule that keeps what another says."""

    def __init__(self, rule: _Rule) -> None:
        self._rule = rule
        self.said: dict[int, list[int]] = {}

    def order(self, seen: Seen) -> np.ndarray:
        order = self._rule.order(seen)
        self.said[seen.week] = order.tolist()
        return order

    def cut(self, seen: Seen, wanted: np.ndarray, shops: np.ndarray, totals: np.ndarray) -> np.ndarray:
        return self._rule.cut(seen, wanted, shops, totals)


@pytest.mark.parametrize("rule", [lambda: PeriodicReview(PUBLIC, 0.9), lambda: TradeRule(1.5), RepeatLast, MeanOfLast])
@pytest.mark.parametrize("supplied", [1.0, 0.8])
def test_what_is_advised_for_a_week_does_not_change_when_all_after_it_does(
    rule: Callable[[], _Rule], supplied: float
) -> None:
    week = 60
    opening = np.full(ROWS, 5)
    one, other = _Listener(rule()), _Listener(rule())

    replay(_world(), one, opening, supplied)
    replay(_world(after=week), other, opening, supplied)

    assert {at: said for at, said in one.said.items() if at <= week} == {
        at: said for at, said in other.said.items() if at <= week
    }
    assert one.said[week + 2] != other.said[week + 2]


def test_what_was_learnt_comes_from_the_past_alone() -> None:
    one, other = _world(), _world(after=FIRST)

    assert learn(one.past_weeks[:, :-1], one.past_ahead) == learn(other.past_weeks[:, :-1], other.past_ahead)


def test_a_week_worked_by_hand() -> None:
    """Stock 3, one asked for a day, an order of 4 comes after two days: the stock is 2, 1, then 4, 3, 2, 1, 0."""
    sales = np.zeros((1, 3, 7), int)
    sales[0, 1:] = 1

    class Four:
        def order(self, seen: Seen) -> np.ndarray:
            return np.array([4 if seen.week == 1 else 0])

    found = replay(World(sales, np.zeros((1, 3), int), np.zeros(1, int), 1, 0), Four(), np.array([3]))  # type: ignore[arg-type]

    assert found.fill == pytest.approx(7 / 14)
    assert found.stock == pytest.approx((2 + 1 + 4 + 3 + 2 + 1 + 0) / 14)
    assert found.stock_outs == pytest.approx(1 / 2)


def test_a_higher_service_level_fills_more_and_needs_more_stock() -> None:
    found = compare(_world(), PUBLIC).ours

    assert [point.outcome.fill for point in found] == sorted(point.outcome.fill for point in found)
    assert [point.outcome.stock for point in found] == sorted(point.outcome.stock for point in found)


def test_f29_is_read_as_the_sales_of_the_last_cycle() -> None:
    seen = Seen(2, np.array([10]), np.array([[50, 95]]), np.array([[0, 0]]))

    assert TradeRule(1.2).order(seen).tolist() == [104]  # the worked example of F30
    assert TradeRule(1.2, 2).order(seen).tolist() == [77]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=20), st.floats(0, 1))
def test_a_cut_in_proportion_uses_the_total_to_the_last(wanted: list[int], share: float) -> None:
    asked = np.array(wanted)
    total = int(asked.sum() * share)

    given_ = in_proportion(asked, np.zeros(len(asked), int), np.array([total]))

    assert given_.sum() == total
    assert (given_ <= asked).all()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 200), st.integers(1, 30)), min_size=1, max_size=30))
def test_what_was_bought_is_sold_once_and_only_after_it_came(lines: list[tuple[int, int, int]]) -> None:
    rows, days, quantities = (np.array(column) for column in zip(*lines, strict=True))
    orders = Orders.of(rows, days, quantities, 4)
    today = 400

    for sold in (even_sales(orders, today, 0), whole_sales(orders, today, 0, np.random.default_rng(1))):
        assert sold.sum(axis=1) == pytest.approx(np.bincount(rows, weights=quantities, minlength=4))
        bought = np.zeros((4, today + 1))
        np.add.at(bought, (rows, days), quantities)
        assert (np.cumsum(sold, axis=1) <= np.cumsum(bought, axis=1) + 1e-6).all()


def test_a_world_keeps_what_is_bought_often_and_lately() -> None:
    days = np.arange(0, 900, 7)
    rows = np.concatenate([np.zeros(len(days), int), np.ones(3, int)])
    world = make_world(rows, np.r_[days, [5, 6, 7]], np.full(len(rows), 7), np.array([0, 0]), 0, 899)

    assert world.sales.shape[0] == 1
    assert world.sales.shape[1] - world.first == 34
    assert (world.ordered[0, -30:] == 7).all()


def test_between_the_points_of_a_curve_and_never_beyond() -> None:
    assert at_equal([(0.5, 1.0), (0.9, 4.0)], 0.7) == pytest.approx(2.0)
    assert at_equal([(0.5, 1.0), (0.9, 4.0)], 0.95) is None


def test_levels_of_steady_sales_are_these_sales() -> None:
    habits = Habits.of(np.full((2, 30), 6.0))

    assert habits.weekly(PUBLIC) == pytest.approx(np.full(2, 6.0), rel=0.01)


def test_an_empty_shelf_says_nothing_and_one_that_emptied_says_at_least() -> None:
    before = Habits.of(np.full((1, 30), 6.0)).weekly(PUBLIC)

    after = {}
    for sold in (0, 3, 6, 9):
        habits = Habits.of(np.full((1, 30), 6.0))
        habits.take(np.array([sold]), np.array([True]))
        after[sold] = habits.weekly(PUBLIC)

    assert after[0] == pytest.approx(before, rel=1e-3)
    assert before < after[3] < after[6] < after[9]


def test_weeks_that_are_no_floor_are_plain_weeks() -> None:
    weeks = np.random.default_rng(3).poisson(4, (20, 40))

    plain, marked = Habits.of(weeks), Habits.of(weeks, np.zeros(weeks.shape, bool))

    assert (plain.weekly(PUBLIC) == marked.weekly(PUBLIC)).all()
    assert (plain.demand(PUBLIC).variance == marked.demand(PUBLIC).variance).all()


def test_demand_cut_off_by_a_limit_is_found_again() -> None:
    """Ten a week, of which eight at most are seen; the territory's usual spread is wider than that of these draws."""
    asked = np.random.default_rng(4).poisson(10, (200, 78))
    seen = np.minimum(asked, 8)

    found = Habits.of(seen, asked >= 8).weekly(PUBLIC).mean()

    assert seen.mean() < 7.8
    assert 9.5 < found < 12


def test_what_was_never_sold_is_expected_to_sell_nothing() -> None:
    demand = Habits.of(np.zeros((1, 30))).demand(PUBLIC)

    assert demand.order_up_to(0.95).tolist() == [0]
