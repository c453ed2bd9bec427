"""What purchases give away: falls, slow and overdue products, punctual orders, stock that is likely left."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import purchase_signs
from app.domain.purchase_history import PurchaseHistory, PurchaseLine, read_history

A, B, C, D, E = range(1, 6)
NUMBERS = {"A": A, "B": B, "C": C, "D": D, "E": E}
FRIDAY = 5
SATURDAY = date(2022, 4, 30)
ORDER_DAY = date(2022, 4, 29)


def bought(as_of: date = SATURDAY, **products: list[int]) -> PurchaseHistory:
    """Return a history from weekly quantities per product, newest first."""
    lines: list[PurchaseLine] = [
        (ORDER_DAY - timedelta(days=7 * back), NUMBERS[product], quantity, quantity * 1_000)
        for product, weeks in products.items()
        for back, quantity in enumerate(weeks)
        if quantity
    ]
    return read_history(lines, as_of, FRIDAY)


def test_a_fall_is_measured_against_last_year_where_there_was_one() -> None:
    found = purchase_signs.falls(bought(A=[4] * 8 + [4] * 44 + [6] * 8))
    assert [(f.product, f.now, f.before, f.last_year, f.drop) for f in found] == [(A, 32, 32, 48, 16)]
    assert found[0].basis is purchase_signs.FallBasis.LAST_YEAR


def test_a_product_that_is_new_since_last_year_is_measured_against_the_weeks_before() -> None:
    found = purchase_signs.falls(bought(A=[2] * 8 + [5] * 8))
    assert [(f.product, f.drop, f.last_year, f.basis) for f in found] == [
        (A, 24, None, purchase_signs.FallBasis.WEEKS_BEFORE)
    ]


def test_the_end_of_a_season_is_no_fall() -> None:
    season = [1] * 8 + [9] * 8 + [3] * 36
    assert purchase_signs.falls(bought(A=season + season)) == ()


def test_the_largest_fall_comes_first_and_small_ones_do_not_count() -> None:
    history = bought(
        A=[2] * 8 + [5] * 8, B=[1] * 8 + [9] * 8, C=[9] * 8 + [10] * 8, D=[0] * 8 + [1], E=[0] * 14 + [40] * 9
    )
    assert [fall.product for fall in purchase_signs.falls(history)] == [B, A]
    assert [fall.product for fall in purchase_signs.falls(history, 1)] == [B]


def test_a_product_without_a_purchase_in_thirteen_weeks_is_slow_and_not_falling() -> None:
    history = bought(A=[0] * 16 + [5, 5, 5], B=[0] * 12 + [5, 5, 5], C=[0] * 70 + [5], D=[1] * 20)
    assert [(slow.product, slow.bought_before, slow.weeks_since) for slow in purchase_signs.slow_products(history)] == [
        (A, 15, 16)
    ]
    assert A not in [fall.product for fall in purchase_signs.falls(history)]


def test_a_purchase_in_the_open_week_ends_being_slow() -> None:
    line = (SATURDAY, A, 3, 300)
    old = (ORDER_DAY - timedelta(days=7 * 20), A, 3, 300)
    assert purchase_signs.slow_products(read_history([old], SATURDAY, 6)) != ()
    assert purchase_signs.slow_products(read_history([old, line], SATURDAY, 6)) == ()


@pytest.mark.parametrize(("empty_weeks", "late"), [(1, None), (2, None), (3, (2, 4)), (12, (2, 13)), (13, None)])
def test_a_product_bought_every_second_week_is_overdue_from_the_fourth_until_it_is_slow(
    empty_weeks: int, late: tuple[float, int] | None
) -> None:
    # The gap so far counts the open week, in which the next order would come.
    history = bought(A=[0] * empty_weeks + [5, 0] * 10, B=[1])
    assert purchase_signs.overdue(history.products[A]) == late


def test_a_product_already_ordered_in_the_open_week_is_not_overdue() -> None:
    history = bought(ORDER_DAY, A=[5, 0, 0, 0, 0, *[5, 0] * 10])
    assert history.products[A].open_quantity == 5
    assert purchase_signs.overdue(history.products[A]) is None


def test_a_larger_purchase_than_usual_lasts_longer() -> None:
    usual = bought(A=[0, 0, *[5] * 10]).products[A]
    large = bought(A=[0, 0, 50, *[5] * 10]).products[A]
    assert purchase_signs.overdue(usual) == (1, 3)
    assert purchase_signs.overdue(large) is None


def test_three_purchases_are_too_few_to_know_a_rhythm() -> None:
    assert purchase_signs.overdue(bought(A=[0, 0, 0, 0, 5, 5, 5], B=[1]).products[A]) is None
    assert purchase_signs.overdue(bought(A=[0, 0, 0, 0, 5, 5, 5, 5], B=[1]).products[A]) == (1, 5)


def test_overdue_main_products_come_first() -> None:
    history = bought(A=[0, 0, 0, *[9] * 10], B=[0, 0, 0, *[1] * 10], C=[50] * 3)
    found = purchase_signs.overdue_products(history, [B])
    assert [(one.product, one.is_main) for one in found] == [(B, True), (A, False)]


def orders(*days: date) -> PurchaseHistory:
    return read_history([(day, A, 1, 100) for day in days], SATURDAY, FRIDAY)


def test_orders_on_the_day_and_a_day_beside_it_are_on_time() -> None:
    days = [ORDER_DAY - timedelta(days=7 * back) for back in range(9)]
    days[1] -= timedelta(days=1)
    days[2] += timedelta(days=1)
    found = purchase_signs.punctuality(orders(*days))
    assert found == purchase_signs.Punctuality(8, 8, 0, 0)


def test_an_order_two_days_early_is_neither_on_time_nor_missed() -> None:
    days = [ORDER_DAY - timedelta(days=7 * back) for back in range(10)]
    days[3] -= timedelta(days=2)
    assert purchase_signs.punctuality(orders(*days)) == purchase_signs.Punctuality(8, 7, 0, 0)


def test_missed_cycles_in_a_row_are_counted_from_the_newest() -> None:
    days = [ORDER_DAY - timedelta(days=7 * back) for back in (2, 3, 5, 6, 7, 8)]
    found = purchase_signs.punctuality(orders(*days))
    assert found == purchase_signs.Punctuality(8, 5, 3, 2)
    assert found is not None
    assert found.share == 0.625


def test_cycles_before_the_first_order_do_not_count() -> None:
    assert purchase_signs.punctuality(orders(ORDER_DAY, ORDER_DAY - timedelta(days=7))) == (
        purchase_signs.Punctuality(2, 2, 0, 0)
    )


def test_without_an_order_day_or_an_order_there_is_no_punctuality() -> None:
    assert purchase_signs.punctuality(read_history([(SATURDAY, A, 1, 1)], SATURDAY, None)) is None
    assert purchase_signs.punctuality(orders()) is None


def test_stock_left_is_count_plus_purchases_minus_expected_sales() -> None:
    assert purchase_signs.stock_left(10, 5, 7.0, 7) == 8
    assert purchase_signs.stock_left(10, 0, 7.0, 21) == 0


@given(st.integers(0, 500), st.integers(0, 500), st.floats(0, 99), st.integers(0, 99))
def test_stock_left_is_never_negative_and_shrinks_with_time(stock: int, more: int, weekly: float, days: int) -> None:
    left = purchase_signs.stock_left(stock, more, weekly, days)
    assert 0 <= purchase_signs.stock_left(stock, more, weekly, days + 1) <= left <= stock + more


def test_the_analysis_draws_every_conclusion_at_once() -> None:
    found = purchase_signs.analyse(
        bought(A=[5] * 70, B=[0, 0, 0, 0, *[9] * 66], C=[0] * 15 + [3] * 10), {A: "3", B: "1"}
    )
    assert found.width == 2
    assert found.width_last_year == 2
    assert found.main == (B, A)
    assert [one.product for one in found.overdue] == [B]
    assert [one.product for one in found.slow] == [C]
    assert found.slow_share == pytest.approx(1 / 3)
    assert [fall.product for fall in found.falls] == [B]
    assert found.last_order == ORDER_DAY
    assert found.four_weeks.this == 20
    assert [share.code for share in found.classes] == ["1", "3"]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.dates(date(2020, 1, 1), SATURDAY),
            st.sampled_from((A, B, C, D, E)),
            st.integers(1, 30),
            st.integers(1, 900),
        ),
        max_size=80,
    ),
    st.none() | st.integers(1, 7),
)
def test_no_product_is_slow_and_overdue_or_slow_and_ranked(lines: list[PurchaseLine], weekday: int | None) -> None:
    found = purchase_signs.analyse(read_history(lines, SATURDAY, weekday))
    slow = {one.product for one in found.slow}
    assert not slow & {one.product for one in found.overdue}
    assert not slow & {one.product for one in found.ranked}
    assert set(found.main) <= {one.product for one in found.ranked}
    assert all(fall.drop > 0 for fall in found.falls)
    kept = found.punctuality
    assert kept is None or (kept.on_time + kept.missed <= kept.cycles and kept.missed_in_row <= kept.missed)
