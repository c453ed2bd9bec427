"""Limits are met exactly, and what is cut is what earns least."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.domain.replenishment.caps import Limits, cut_to
from app.domain.replenishment.demand import Demand

orders = st.lists(st.integers(0, 12), min_size=1, max_size=12)


def _demand(count: int, mean: float = 5.0) -> Demand:
    return Demand(np.full(count, mean), np.full(count, mean * 1.5))


@given(orders, st.integers(0, 200))
def test_a_total_cap_is_used_to_the_last(wanted: list[int], total: int) -> None:
    asked = np.array(wanted)
    count = len(wanted)

    cut = cut_to(asked, np.zeros(count, int), _demand(count), np.ones(count), np.ones(count, int), Limits(total=total))

    assert cut.quantities.sum() == min(total, asked.sum())
    assert (cut.quantities <= asked).all()
    assert (cut.quantities >= 0).all()
    assert (cut.quantities + cut.missing == asked).all()


@given(orders, st.lists(st.integers(-1, 12), min_size=12, max_size=12))
def test_each_sku_keeps_to_what_it_is_allowed(wanted: list[int], allowed: list[int]) -> None:
    asked, each = np.array(wanted), np.array(allowed[: len(wanted)])
    count = len(wanted)

    cut = cut_to(asked, np.zeros(count, int), _demand(count), np.ones(count), np.ones(count, int), Limits(each=each))

    assert (cut.quantities == np.where(each >= 0, np.minimum(asked, each), asked)).all()


@given(orders, st.integers(0, 3_000))
def test_a_budget_is_never_passed(wanted: list[int], budget: int) -> None:
    asked = np.array(wanted)
    count = len(wanted)
    prices = 50 + 10 * np.arange(count)

    cut = cut_to(asked, np.zeros(count, int), _demand(count), np.ones(count), prices, Limits(budget=budget))

    assert (cut.quantities * prices).sum() <= budget
    left = budget - int((cut.quantities * prices).sum())
    assert not ((cut.missing > 0) & (prices <= left)).any()


def test_the_better_margin_goes_first() -> None:
    cut = cut_to(
        np.array([5, 5]), np.zeros(2, int), _demand(2), np.array([10.0, 1.0]), np.ones(2, int), Limits(total=5)
    )

    assert cut.quantities.tolist() == [5, 0]
    assert cut.lost_margin > 0


def test_what_is_likely_to_run_out_goes_before_what_lies_there() -> None:
    cut = cut_to(np.array([3, 3]), np.array([0, 9]), _demand(2), np.ones(2), np.ones(2, int), Limits(total=3))

    assert cut.quantities.tolist() == [3, 0]
