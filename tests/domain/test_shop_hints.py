"""Neutral hints: facts of a shop that do not fit together."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.playbook import ChannelRules, HintRules, Playbook
from app.domain.shop_hints import CycleOrder, HintCode, HintFacts, order_ratio, shop_hints


@pytest.fixture(scope="module")
def rules(playbook: Playbook) -> HintRules:
    return playbook.parameters.hints


CHANNEL = ChannelRules(Decimal("1.2"), 30, Decimal("0.5"), Decimal("1.8"))


def codes(rules: HintRules, **facts: object) -> list[HintCode]:
    given = HintFacts(**({"format": None, "size_class": None, "months": ()} | facts))  # type: ignore[arg-type]
    return [hint.code for hint in shop_hints(given, rules, CHANNEL)]


def test_an_ordinary_shop_has_no_hint(rules: HintRules) -> None:
    assert codes(rules, format="Z", size_class="3", months=(90, 100, 110), buyers_per_day=30.0) == []


def test_a_large_grocery_and_a_small_supermarket_are_hinted_at(rules: HintRules) -> None:
    assert codes(rules, format="Z", size_class="1") == [HintCode.GROCERY_LARGE]
    assert codes(rules, format="S", size_class="3") == [HintCode.BIG_FORMAT_SMALL]
    assert codes(rules, format="S", size_class="1") == []


def test_a_grocery_above_95_of_100_peers_is_hinted_at_but_not_among_few_peers(rules: HintRules) -> None:
    assert codes(rules, format="Z", peers=20, peers_below=19) == [HintCode.ABOVE_PEERS]
    assert codes(rules, format="Z", peers=100, peers_below=94) == []
    assert codes(rules, format="Z", peers=19, peers_below=19) == []


@pytest.mark.parametrize(
    ("bought", "code"), [(195, HintCode.BUYS_MORE_THAN_BUYERS), (53, HintCode.BUYS_LESS_THAN_BUYERS)]
)
def test_purchases_that_the_buyers_do_not_explain_are_hinted_at(rules: HintRules, bought: int, code: HintCode) -> None:
    # 30 buyers a day take 30 × 30 × 1.2 ÷ 10 = 108 a month: the band is 54 to 194.4.
    assert codes(rules, months=(bought, bought, bought), buyers_per_day=30.0) == [code]
    assert codes(rules, months=(None, None), buyers_per_day=30.0) == []


def test_a_month_of_more_than_twice_the_month_before_is_hinted_at_unless_it_is_small(rules: HintRules) -> None:
    assert codes(rules, months=(50, 101)) == [HintCode.MONTH_JUMP]
    assert codes(rules, months=(50, 100)) == []
    assert codes(rules, months=(5, 19)) == []
    assert codes(rules, months=(0, 100)) == []


def cycles(*quantities: int, late: int = 0, price: int = 100) -> list[CycleOrder]:
    """Newest first; the newest came after so many cycles without an order and costs so much a 条."""
    day = date(2022, 4, 29)
    made = [CycleOrder(day - timedelta(weeks=n), quantity, 100 * quantity) for n, quantity in enumerate(quantities)]
    return [CycleOrder(made[0].day, made[0].quantity, price * made[0].quantity, late), *made[1:]]


def test_an_order_above_twice_the_mean_of_three_cycles_is_hinted_at(rules: HintRules) -> None:
    assert codes(rules, cycles=cycles(61, 30, 40, 20)) == [HintCode.ORDER_JUMP]  # the mean is 30
    assert codes(rules, cycles=cycles(60, 30, 40, 20)) == []


def test_small_orders_new_customers_and_the_weeks_before_a_festival_are_left_alone(rules: HintRules) -> None:
    assert codes(rules, cycles=cycles(19, 1, 1, 1)) == []
    jump = cycles(61, 30, 40, 20)
    assert codes(rules, cycles=jump, is_new=True) == []
    assert codes(rules, cycles=jump, near_festival=True) == []
    assert codes(rules, months=(50, 101), is_new=True) == []
    assert codes(rules, months=(50, 101), festival_month=True) == []
    assert codes(rules, cycles=cycles(61, 30, 40)) == []


def test_an_order_that_comes_late_stands_for_the_cycles_that_passed(rules: HintRules) -> None:
    assert codes(rules, cycles=cycles(61, 30, 40, 20, late=1)) == []
    assert order_ratio(cycles(90, 30, 40, 20, late=2)) == 1.0


def test_a_price_above_twice_the_usual_is_hinted_at(rules: HintRules) -> None:
    assert codes(rules, cycles=cycles(30, 30, 30, 30, price=201)) == [HintCode.MEAN_PRICE_JUMP]
    assert codes(rules, cycles=cycles(30, 30, 30, 30, price=200)) == []


def test_purchases_that_lag_behind_the_class_by_a_fifth_are_hinted_at(rules: HintRules) -> None:
    assert codes(rules, growth_ratio=0.8, class_growth_ratio=1.0) == [HintCode.BELOW_CLASS]
    assert codes(rules, growth_ratio=0.81, class_growth_ratio=1.0) == []
    assert codes(rules, growth_ratio=0.5, class_growth_ratio=0.6) == []  # the whole class fell
    assert codes(rules, growth_ratio=None, class_growth_ratio=1.0) == []


def test_a_large_customer_is_above_both_its_limits(rules: HintRules) -> None:
    assert codes(rules, months=(1000, 1001), market_mean=250.0) == [HintCode.LARGE_CUSTOMER]
    assert codes(rules, months=(1000, 1000), market_mean=100.0) == []
    assert codes(rules, months=(1000, 1001), market_mean=251.0) == []


@given(st.integers(1, 500), st.integers(0, 3))
def test_a_shop_that_orders_the_same_each_cycle_never_jumps_however_late_it_comes(quantity: int, late: int) -> None:
    assert order_ratio(cycles(quantity * (1 + late), quantity, quantity, quantity, late=late)) == 1.0
