"""The numbered formulas: worked examples, unknown values, zero denominators, and laws that hold for all numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import formulas

counts = st.integers(0, 100_000)
factors = st.decimals("0.5", "3", places=1)


def test_the_worked_example_of_the_trade_suggests_104() -> None:
    sales = formulas.period_sales(5, 100, 10)
    assert sales == 95
    safety = formulas.safety_stock(sales)
    assert safety == 114
    assert formulas.suggested_order(safety, 10) == 104


@pytest.mark.parametrize(
    "result",
    [
        formulas.ratio(3, 0),
        formulas.ratio(None, 3),
        formulas.ratio(3, None),
        formulas.plan_completion(10, 0),
        formulas.growth(5, 0),
        formulas.growth(5, None),
        formulas.growth(None, 5),
        formulas.order_fill([]),
        formulas.order_fill([(5, None)]),
        formulas.full_order_share([(5, None)]),
        formulas.ordered_line_share([]),
        formulas.period_sales(None, 1, 1),
        formulas.period_sales(1, 1, None),
        formulas.safety_stock(None),
        formulas.suggested_order(None, 3),
        formulas.suggested_order(3, None),
        formulas.stock_to_sales(3, 0),
        formulas.stock_to_sales_value(300, 0),
        formulas.days_of_cover(3, 0),
        formulas.days_of_cover(3, None),
        formulas.value_per_carton(100, 0),
        formulas.value_per_carton(None, 5),
        formulas.margin_per_carton(None, 5),
        formulas.margin_rate(0, 5),
        formulas.channel_ratio(50, 0),
        formulas.channel_ratio(50, None),
        formulas.channel_hint(None),
        formulas.carton_pack_ratio(3, 0),
        formulas.display_rate(3, 0),
        formulas.price_tag_rate(None, 4),
        formulas.percent_text(None),
    ],
)
def test_an_unknown_value_or_a_zero_denominator_gives_no_value(result: object) -> None:
    assert result is None


def test_ratios_follow_their_definitions() -> None:
    assert formulas.plan_completion(90, 120) == 0.75
    assert formulas.growth(88, 100) == pytest.approx(-0.12)
    assert formulas.order_fill([(5, 10), (10, 10), (7, None)]) == 0.75
    assert formulas.full_order_share([(5, 10), (10, 10), (0, 0)]) == pytest.approx(2 / 3)
    assert formulas.ordered_line_share([0, 3, 0, 1]) == 0.5
    assert formulas.stock_to_sales(13, 10) == 1.3
    assert formulas.days_of_cover(9, 21) == 3
    assert formulas.value_per_carton(35_401, 3) == 11_800
    assert formulas.margin_per_carton(13_000, 11_200) == 1_800
    assert formulas.margin_rate(11_600, 10_000) == pytest.approx(0.1379, abs=1e-4)
    assert formulas.carton_pack_ratio(5, 20) == 0.25
    assert formulas.display_rate(19, 20) == 0.95
    assert formulas.price_tag_rate(13, 19) == pytest.approx(0.684, abs=1e-3)


def test_the_channel_check_hints_only_outside_its_band() -> None:
    # 40 buyers a day × 30 days × 1.2 packs ÷ 10 packs a carton = 144 cartons a month.
    assert formulas.channel_ratio(144, 40) == pytest.approx(1.0)
    assert formulas.channel_hint(formulas.channel_ratio(300, 40)) is formulas.ChannelHint.BUYS_MORE
    assert formulas.channel_hint(formulas.channel_ratio(60, 40)) is formulas.ChannelHint.BUYS_LESS
    assert formulas.channel_hint(1.8) is formulas.ChannelHint.IN_BAND
    assert formulas.channel_hint(0.5) is formulas.ChannelHint.IN_BAND


def test_counts_that_contradict_each_other_give_no_sales() -> None:
    assert formulas.period_sales(5, 0, 10) is None
    assert formulas.period_sales(5, 5, 10) == 0


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1234, "12.3"), (0.12351, "12.4"), (-0.12, "-12.0"), (1.0, "100.0"), (-0.0001, "0.0"), (0.0005, "0.1")],
)
def test_a_percentage_is_shown_with_one_decimal(value: float, text: str) -> None:
    assert formulas.percent_text(value) == text


@pytest.mark.parametrize(("value", "whole"), [("2.5", 3), ("2.49", 2), ("0.5", 1), ("-0.5", -1), ("7", 7)])
def test_whole_numbers_round_half_away_from_zero(value: str, whole: int) -> None:
    assert formulas.whole(Decimal(value)) == whole


@given(counts, counts, counts)
def test_opening_plus_received_is_sold_plus_closing(opening: int, received: int, closing: int) -> None:
    sold = formulas.period_sales(opening, received, closing)
    assert sold is None if closing > opening + received else sold == opening + received - closing


@given(counts, factors, counts, st.none() | counts)
def test_a_suggestion_is_never_negative_nor_above_what_is_allowed(
    sales: int, factor: Decimal, stock: int, allowed: int | None
) -> None:
    safety = formulas.safety_stock(sales, factor)
    assert safety is not None
    assert safety == factor * sales
    free = formulas.suggested_order(safety, stock)
    capped = formulas.suggested_order(safety, stock, allowed)
    assert free is not None
    assert capped is not None
    assert 0 <= capped <= free
    assert abs(free - max(Decimal(0), safety - stock)) <= Decimal("0.5")
    if allowed is not None:
        assert capped == min(free, allowed)


@given(counts, counts, counts)
def test_more_stock_never_suggests_more(sales: int, stock: int, more: int) -> None:
    safety = formulas.safety_stock(sales)
    fewer = formulas.suggested_order(safety, stock + more)
    assert fewer is not None
    assert fewer <= (formulas.suggested_order(safety, stock) or 0)


@given(st.lists(st.tuples(counts, st.none() | counts)))
def test_shares_of_lines_lie_between_none_and_all(lines: list[tuple[int, int | None]]) -> None:
    for share in (formulas.full_order_share(lines), formulas.ordered_line_share(got for got, _ in lines)):
        assert share is None or 0 <= share <= 1
