"""Order guidance by the trade rule: the worked example, where the numbers come from, and laws of every line."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import order_advice
from app.domain.order_advice import (
    Advice,
    AdviceLine,
    OrderAdvisor,
    Prices,
    Reason,
    ReasonCode,
    SalesSource,
    ShopHistory,
    StepCode,
    StockCount,
    StockSource,
)
from app.domain.purchase_history import PurchaseLine
from app.domain.trade_rule import TradeRuleAdvisor, TradeRules

A, B, C, D, E, N, X = range(1, 8)
FRIDAY = date(2022, 4, 29)
WEEK = timedelta(days=7)
ADVISOR: OrderAdvisor = TradeRuleAdvisor()


def weekly(quantities: list[int], product: int = A) -> list[PurchaseLine]:
    """Return one order a week before this Friday, the newest first in the list given."""
    return [
        (FRIDAY - WEEK * (back + 1), product, quantity, quantity * 1_000)
        for back, quantity in enumerate(quantities)
        if quantity
    ]


def advice(lines: list[PurchaseLine], as_of: date = FRIDAY, **shop: object) -> Advice:
    return ADVISOR.advise(ShopHistory(lines, 5, **shop), as_of)  # pyright: ignore[reportArgumentType]


def the_line(lines: list[PurchaseLine], as_of: date = FRIDAY, **shop: object) -> AdviceLine:
    (line,) = advice(lines, as_of, **shop).lines
    return line


def counts(*pairs: tuple[int, int]) -> dict[int, list[StockCount]]:
    """Return counts of product A from (days ago, quantity)."""
    return {A: [StockCount(FRIDAY - timedelta(days=ago), quantity) for ago, quantity in pairs]}


def codes(line: AdviceLine) -> list[ReasonCode]:
    return [reason.code for reason in line.reasons]


def test_the_worked_example_of_the_trade() -> None:
    line = the_line([(FRIDAY - timedelta(days=6), A, 100, 100_000)], counts=counts((7, 5), (0, 10)))
    assert (line.sales_source, line.weekly) == (SalesSource.COUNTS, 95)
    assert (line.stock, line.stock_source, line.stock_age) == (10, StockSource.COUNTED, 0)
    assert line.safety == 114
    assert line.suggestion == 104
    assert [(step.code, step.amount) for step in line.why] == [
        (StepCode.COUNTED_SALES, 95),
        (StepCode.SAFETY_MARGIN, 19),
        (StepCode.COUNTED_STOCK, -10),
    ]
    assert codes(line) == [ReasonCode.OUT_OF_STOCK_RISK]


def test_the_allowed_quantity_caps_the_worked_example() -> None:
    line = the_line([(FRIDAY - timedelta(days=6), A, 100, 100_000)], counts=counts((7, 5), (0, 10)), allowed={A: 60})
    assert (line.suggestion, line.unrounded) == (60, 104)
    assert Reason(ReasonCode.CAPPED, 60, 104) in line.reasons


def test_a_period_of_four_weeks_between_counts_is_scaled_to_one_cycle() -> None:
    line = the_line(weekly([10, 10, 10, 10]), counts=counts((28, 12), (0, 4)))
    assert line.weekly == 12  # (12 + 40 − 4) ÷ 4 weeks
    assert line.suggestion == 10  # 14.4 − 4


def test_without_a_second_count_the_sales_are_estimated_and_called_so() -> None:
    line = the_line(weekly([8] * 4 + [4] * 4 + [2] * 4), counts=counts((0, 3)))
    assert (line.sales_source, line.weekly) == (SalesSource.PURCHASES, 5.6)
    assert line.suggestion == 4  # 1.2 × 5.6 − 3 = 3.72
    assert ReasonCode.SALES_ESTIMATED in codes(line)


def test_two_counts_that_lie_too_close_or_contradict_are_not_used_for_sales() -> None:
    close = the_line(weekly([5] * 12), counts=counts((2, 9), (0, 4)))
    assert close.sales_source is SalesSource.PURCHASES
    wrong = the_line(weekly([5] * 12), counts=counts((7, 2), (0, 40)))
    assert wrong.sales_source is SalesSource.PURCHASES
    assert ReasonCode.COUNTS_CONTRADICT in codes(wrong)


def test_a_second_count_of_the_same_day_replaces_the_first() -> None:
    shop = {A: [*counts((7, 5))[A], StockCount(FRIDAY, 99), StockCount(FRIDAY, 10)]}
    assert the_line([(FRIDAY - timedelta(days=6), A, 100, 1)], counts=shop).suggestion == 104


def test_sold_out_sales_are_a_floor_so_a_higher_estimate_is_taken() -> None:
    line = the_line(weekly([2] + [10] * 11), counts=counts((7, 0), (0, 0)))
    assert line.sales_source is SalesSource.PURCHASES
    assert line.weekly is not None
    assert line.weekly > 2
    assert codes(line)[0] is ReasonCode.OUT_OF_STOCK


def test_an_old_count_gives_an_estimated_stock_with_its_age() -> None:
    line = the_line(weekly([7] * 12), counts=counts((14, 10)))
    # 10 counted + 7 bought on that day + 7 a week later − 14 expected sales
    assert (line.stock, line.stock_source, line.stock_age) == (10, StockSource.ESTIMATED, 14)
    assert Reason(ReasonCode.STOCK_ESTIMATED, 14) in line.reasons
    assert line.why[2].code is StepCode.ESTIMATED_STOCK


def test_a_count_older_than_eight_weeks_says_nothing_any_more() -> None:
    line = the_line(weekly([7] * 12), counts=counts((57, 10)))
    assert (line.stock, line.stock_source) == (None, StockSource.UNKNOWN)


def test_unknown_stock_is_presumed_from_the_last_purchase_and_said() -> None:
    used_up = the_line(weekly([10] * 12))
    assert (used_up.stock, used_up.stock_source, used_up.suggestion) == (None, StockSource.UNKNOWN, 12)
    assert ReasonCode.STOCK_UNKNOWN in codes(used_up)
    plenty = the_line(weekly([40, 0, 0, 0, 40, 0, 0, 0, 40]))
    assert plenty.suggestion == 0
    assert plenty.why[2].code is StepCode.PRESUMED_STOCK
    assert plenty.why[2].amount == -30


def test_before_the_order_day_the_stock_is_presumed_for_the_order_day() -> None:
    assert the_line(weekly([10] * 12), FRIDAY - timedelta(days=1)).suggestion == 12


def test_what_was_ordered_today_counts_as_on_order() -> None:
    lines = [*weekly([10] * 12), (FRIDAY, A, 6, 6_000)]
    line = the_line(lines, counts=counts((0, 2)))
    assert (line.stock, line.on_order, line.suggestion) == (2, 6, 4)
    assert line.why[3].code is StepCode.ON_ORDER


def test_a_product_not_bought_for_three_months_is_slow_and_not_suggested() -> None:
    line = the_line([*weekly([0] * 15 + [5] * 5)])
    assert line.suggestion == 0
    assert codes(line)[0] is ReasonCode.SLOW_3_MONTHS
    assert line.reasons[0].value == 16


def test_what_runs_out_before_the_goods_come_is_never_suggested_as_none() -> None:
    line = the_line(weekly([2] * 12), counts=counts((0, 2)))
    assert (line.safety, line.unrounded, line.suggestion) == (Decimal("2.40"), Decimal("0.40"), 1)
    assert ReasonCode.OUT_OF_STOCK_RISK in codes(line)


def test_a_stock_at_the_safety_stock_is_no_risk() -> None:
    line = the_line(weekly([10] * 12), counts=counts((0, 12)))
    assert (line.safety, line.suggestion) == (Decimal("12.00"), 0)
    assert ReasonCode.OUT_OF_STOCK_RISK not in codes(line)


def test_enough_stock_is_said_in_weeks() -> None:
    line = the_line(weekly([4] * 12), counts=counts((0, 10)))
    assert line.suggestion == 0
    assert line.reasons[0] == Reason(ReasonCode.STOCK_ENOUGH, 2.5)
    assert line.why[-1].code is StepCode.NOTHING_NEEDED


def test_an_overdue_product_of_unknown_stock_is_said() -> None:
    line = the_line(weekly([0, 0, *[5] * 10]))
    assert line.reasons[0] == Reason(ReasonCode.OVERDUE, 3, 1)


def test_a_counted_product_that_was_never_bought_gets_no_suggestion() -> None:
    line = the_line([], counts=counts((0, 3)))
    assert line.suggestion is None
    assert line.why == ()
    assert codes(line) == [ReasonCode.NO_HISTORY]


def test_a_suspended_shop_gets_no_advice() -> None:
    found = advice(weekly([10] * 12), suspended=True)
    assert found.stopped
    assert found.lines == ()
    assert found.totals.quantity == 0


def test_the_safety_factor_is_a_parameter() -> None:
    advisor = TradeRuleAdvisor(TradeRules(safety_factor=Decimal("1.5")))
    (line,) = advisor.advise(ShopHistory(weekly([10] * 12), 5), FRIDAY).lines
    assert line.suggestion == 15


def test_the_chart_shows_twelve_weeks_and_three_cycles_ahead() -> None:
    found = advice(weekly([9, 8, 7]))
    chart = found.lines[0].chart
    assert chart.weeks == (0,) * 9 + (7, 8, 9)
    assert len(chart.forecast) == 3
    assert found.week_ends[-1] == FRIDAY - WEEK + timedelta(days=1)
    assert len(found.week_ends) == 12
    assert (chart.forecast[0].low, chart.forecast[0].high) == (None, None)
    steady = the_line(weekly([9] * 40)).chart
    assert (steady.forecast[0].low, steady.forecast[0].high) == (pytest.approx(9), pytest.approx(9))
    assert steady.error_share == pytest.approx(0)


def test_the_totals_add_up_cost_and_margin_where_prices_are_known() -> None:
    lines = weekly([10] * 12) + weekly([5] * 12, B)
    prices = {A: Prices(11_000, 13_000), B: Prices(None, None)}
    totals = advice(lines, prices=prices).totals
    assert (totals.quantity, totals.lines, totals.unknown) == (18, 2, 0)
    assert totals.amount == 12 * 11_000 + 6 * 1_000  # B at the price of its last order
    assert (totals.margin, totals.margin_lines) == (12 * 2_000, 1)
    assert totals.stock_to_sales is None


def test_without_any_retail_price_there_is_no_margin() -> None:
    assert advice(weekly([10] * 12)).totals.margin is None


def test_changed_quantities_change_the_totals() -> None:
    found = advice(weekly([10] * 12) + weekly([5] * 12, B), counts=counts((0, 13)))
    assert found.totals.quantity == 6
    assert found.totals.stock_to_sales == 1.3
    changed = order_advice.totals(found.lines, {A: 3, B: 0})
    assert (changed.quantity, changed.amount, changed.lines) == (3, 3_000, 1)


def test_a_quantity_without_a_price_leaves_the_amount_open() -> None:
    found = advice([], counts=counts((0, 3)))
    assert found.totals.unknown == 1
    assert order_advice.totals(found.lines, {A: 3}).amount is None


shops = st.builds(
    ShopHistory,
    lines=st.lists(
        st.tuples(
            st.dates(FRIDAY - timedelta(days=500), FRIDAY),
            st.sampled_from((A, B, C)),
            st.integers(1, 60),
            st.integers(1, 9_000),
        ),
        max_size=60,
    ),
    order_weekday=st.none() | st.integers(1, 7),
    counts=st.dictionaries(
        st.sampled_from((A, B, C, D)),
        st.lists(st.builds(StockCount, st.dates(FRIDAY - timedelta(days=150), FRIDAY), st.integers(0, 80)), max_size=5),
    ),
    allowed=st.dictionaries(st.sampled_from((A, B, C, D)), st.integers(0, 30)),
)


@settings(deadline=None, max_examples=200)
@given(shops)
def test_every_line_adds_up_and_keeps_within_its_bounds(shop: ShopHistory) -> None:
    found = ADVISOR.advise(shop, FRIDAY)
    assert len({line.product for line in found.lines}) == len(found.lines)
    assert found == ADVISOR.advise(shop, FRIDAY)
    for line in found.lines:
        if line.suggestion is None:
            assert line.why == ()
            assert line.weekly is None
            continue
        assert line.unrounded is not None
        assert line.safety is not None
        assert sum(step.amount for step in line.why) == line.unrounded
        assert line.suggestion >= 0
        assert abs(line.suggestion - line.unrounded) <= Decimal("0.5") or line.suggestion == line.allowed
        if line.allowed is not None:
            assert line.suggestion <= line.allowed
        if line.stock is not None:
            needed = max(Decimal(0), line.safety - line.stock - line.on_order)
            assert line.unrounded == needed
        assert (line.stock is None) == (line.stock_source is StockSource.UNKNOWN)
        assert len(line.chart.weeks) == 12
    assert found.totals.quantity == sum(line.suggestion or 0 for line in found.lines)


@settings(deadline=None, max_examples=60)
@given(shops, st.integers(1, 50))
def test_lines_after_the_day_asked_for_change_nothing(shop: ShopHistory, days: int) -> None:
    later = [*shop.lines, (FRIDAY + timedelta(days=days), A, 500, 500)]
    more = ShopHistory(later, shop.order_weekday, shop.counts, shop.prices, shop.allowed)
    assert ADVISOR.advise(more, FRIDAY) == ADVISOR.advise(shop, FRIDAY)
