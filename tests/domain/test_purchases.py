"""Reading a shop's order lines into weeks and months, and the figures drawn from them."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import forecast, purchases
from app.domain.purchase_history import KEPT_WEEKS, PurchaseHistory, PurchaseLine, read_history, week_end

A, B, C, D = range(1, 5)
FRIDAY = 5
SATURDAY = date(2022, 4, 30)  # the day after an order day

day_range = st.dates(date(2019, 5, 1), date(2022, 5, 20))
a_line = st.tuples(day_range, st.sampled_from((A, B, C, D)), st.integers(1, 60), st.integers(100, 9_000))
weekdays = st.none() | st.integers(1, 7)


def weekly(quantities: list[int], product: int = A, last: date = date(2022, 4, 29)) -> list[PurchaseLine]:
    """Return one line a week, the newest first in the list given, ending on an order day; zeros are no order."""
    return [
        (last - timedelta(days=7 * back), product, quantity, quantity * 1_000)
        for back, quantity in enumerate(quantities)
        if quantity
    ]


def history(quantities: list[int]) -> PurchaseHistory:
    return read_history(weekly(quantities), SATURDAY, FRIDAY)


@given(day_range, weekdays)
def test_a_week_ends_the_day_after_the_order_day_and_is_the_newest_that_did(as_of: date, weekday: int | None) -> None:
    end = week_end(as_of, weekday)
    assert as_of - timedelta(days=6) <= end <= as_of
    if weekday is None:
        assert end == as_of
    else:
        assert (end - timedelta(days=1)).isoweekday() == weekday


@settings(deadline=None)
@given(st.lists(a_line, max_size=60), day_range, weekdays)
def test_weeks_and_months_hold_exactly_what_the_lines_hold(
    lines: list[PurchaseLine], as_of: date, weekday: int | None
) -> None:
    found = read_history(lines, as_of, weekday)
    known = [line for line in lines if line[0] <= as_of]
    weeks: Counter[tuple[int, int]] = Counter()
    money: Counter[int] = Counter()
    months: Counter[tuple[int, int]] = Counter()
    for day, product, quantity, amount in known:
        back = (found.newest_week_end - day).days // 7
        weeks[product, back] += quantity
        money[back] += amount
        months[day.year, day.month] += quantity
    assert set(found.products) == {product for _, product, _, _ in known}
    for product, row in found.products.items():
        own = [line for line in known if line[1] == product]
        assert row.first_day == min(line[0] for line in own)
        assert row.last_day == max(line[0] for line in own)
        assert row.open_quantity == weeks[product, -1]
        for back in range(KEPT_WEEKS):
            assert row.quantity(1, back) == weeks[product, back]
    for back in range(KEPT_WEEKS):
        assert found.quantity(1, back) == sum(weeks[product, back] for product in (A, B, C, D))
        assert found.amount(1, back) == money[back]
    assert {month: quantity for month, (quantity, _) in found.months.items()} == dict(months)
    assert list(found.order_days) == sorted({day for day, _, _, _ in known})
    within = found.bought_within(13)
    assert [row.product for row in within] == [
        product for product, row in found.products.items() if row.open_quantity or row.quantity(13)
    ]


def test_the_order_of_the_lines_does_not_matter() -> None:
    lines = weekly([3, 4, 5]) + weekly([9, 0, 2], B)
    one, other = read_history(lines, SATURDAY, FRIDAY), read_history(lines[::-1], SATURDAY, FRIDAY)
    assert one.quantities == other.quantities
    assert dict(one.products) == dict(other.products)


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_an_order_a_day_early_or_late_stays_in_its_week(shift: int) -> None:
    lines = [(date(2022, 4, 22) + timedelta(days=shift), A, 5, 500)]
    assert read_history(lines, SATURDAY, FRIDAY).quantities == [0, 5]


def test_on_the_order_day_itself_the_running_week_is_still_open() -> None:
    found = read_history(weekly([7, 5]), date(2022, 4, 29), FRIDAY)
    assert found.quantities == [5]
    assert found.products[A].open_quantity == 7


def test_the_products_bought_within_some_weeks_are_those_and_no_older_ones() -> None:
    oldest = SATURDAY - timedelta(days=7 * 13 - 1)
    found = read_history([(oldest, A, 1, 1), (oldest - timedelta(days=1), B, 1, 1)], SATURDAY, FRIDAY)
    assert [row.product for row in found.bought_within(13)] == [A]
    assert found.products[B].quantity(13) == 0


def test_a_shop_without_any_order_has_empty_figures() -> None:
    found = read_history([], SATURDAY, FRIDAY)
    assert found.quantity(4) == 0
    assert purchases.trend(found) is None
    assert purchases.compare_quantity(found).growth is None
    assert purchases.compare_carton_value(found) == purchases.Comparison(None, None)
    assert purchases.ranked_products(found) == ()
    assert purchases.main_products(()) == ()
    assert [point.quantity for point in purchases.monthly_series(found)] == [0] * 12


def test_four_weeks_are_compared_with_the_same_weeks_of_last_year() -> None:
    found = history([10, 20, 30, 26, *[50] * 48, 20, 30, 28, 20, 99])
    compared = purchases.compare_quantity(found)
    assert (compared.this, compared.last_year) == (86, 98)
    assert compared.growth == pytest.approx(-12 / 98)
    assert compared.change == -12


def test_without_last_year_there_is_no_growth() -> None:
    compared = purchases.compare_quantity(history([10, 20, 30, 26, *[50] * 48, 20, 30, 28]))
    assert (compared.this, compared.last_year, compared.growth, compared.change) == (86, None, None, None)


def test_the_value_per_carton_is_compared_in_minor_units() -> None:
    lines = [
        (date(2022, 4, 29), A, 3, 35_400),
        (date(2022, 4, 29), B, 1, 11_901),
        (date(2021, 4, 30), A, 2, 22_800),
    ]
    compared = purchases.compare_carton_value(read_history(lines, SATURDAY, FRIDAY))
    assert (compared.this, compared.last_year, compared.change) == (11_825, 11_400, 425)


def test_the_months_run_up_to_the_month_of_today_with_last_year_beside() -> None:
    lines = [
        (date(2022, 4, 2), A, 5, 500),
        (date(2022, 4, 30), A, 2, 200),
        (date(2021, 4, 9), A, 4, 400),
        (date(2021, 3, 9), A, 1, 100),
    ]
    points = purchases.monthly_series(read_history(lines, SATURDAY, FRIDAY), 14)
    assert [(point.year, point.month) for point in points[:2]] == [(2021, 3), (2021, 4)]
    assert (points[-1].quantity, points[-1].amount, points[-1].last_year) == (7, 700, 4)
    assert (points[-2].quantity, points[-2].last_year) == (0, 1)
    assert points[-3].last_year is None


def test_class_shares_are_of_quantity_and_of_money() -> None:
    lines = [(date(2022, 4, 29), *rest) for rest in ((A, 6, 600), (B, 2, 1_400), (C, 2, 0))]
    ranked = purchases.ranked_products(read_history(lines, SATURDAY, FRIDAY))
    shares = purchases.class_shares(ranked, {A: "3", B: "1"})
    assert [(one.code, one.quantity_share, one.amount_share) for one in shares] == [
        ("", 0.2, 0.0),
        ("1", 0.2, 0.7),
        ("3", 0.6, 0.3),
    ]


@given(st.dictionaries(st.integers(1, 40), st.integers(1, 50)))
def test_main_products_make_four_fifths_and_none_of_them_is_needless(bought: dict[int, int]) -> None:
    lines = [(date(2022, 4, 29), product, quantity, 1) for product, quantity in bought.items()]
    ranked = purchases.ranked_products(read_history(lines, SATURDAY, FRIDAY))
    main = purchases.main_products(ranked)
    total = sum(bought.values())
    assert sum(bought[product] for product in main) >= 0.8 * total
    assert sum(bought[product] for product in main[:-1]) < 0.8 * total or not main
    assert all(bought[a] >= bought[b] for a in main for b in set(bought) - set(main))


@pytest.mark.parametrize(
    ("now", "kind"),
    [(10, purchases.TrendKind.STEADY), (11, purchases.TrendKind.STEADY), (12, purchases.TrendKind.RISING),
     (9, purchases.TrendKind.STEADY), (8, purchases.TrendKind.FALLING)],
)  # fmt: skip
def test_the_trend_is_steady_within_a_tenth(now: int, kind: purchases.TrendKind) -> None:
    found = purchases.trend(history([now] * 8 + [10] * 8))
    assert found is not None
    assert (found.kind, found.now, found.before) == (kind, now * 8, 80)


def test_there_is_no_trend_before_sixteen_weeks() -> None:
    assert purchases.trend(history([5] * 15)) is None


def test_the_weighted_average_weighs_newer_blocks_more() -> None:
    assert forecast.weighted_average([8] * 4 + [4] * 4 + [2] * 4, 12) == pytest.approx(0.5 * 8 + 0.3 * 4 + 0.2 * 2)


def test_weeks_before_the_first_purchase_do_not_pull_the_average_down() -> None:
    weeks = [6] * 5 + [0] * 20
    assert forecast.weighted_average(weeks, 5) == pytest.approx((0.5 * 6 + 0.3 * 1.5) / 0.8)
    assert forecast.weighted_average([], 0) is None


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60))
def test_the_average_stays_between_the_smallest_and_the_largest_week(weeks: list[int]) -> None:
    average = forecast.weighted_average(weeks + [0] * 12, len(weeks) + 12)
    assert average is not None
    assert min([*weeks, 0]) - 1e-9 <= average <= max(weeks) + 1e-9


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60), st.data())
def test_past_misses_are_those_of_the_same_forecast_made_then(weeks: list[int], data: st.DataObject) -> None:
    age = data.draw(st.integers(1, len(weeks)))
    weeks[age:] = [0] * (len(weeks) - age)
    record = forecast.track_record(weeks, age)
    misses: list[float] = []
    for origin in range(1, min(26, age - 1, len(weeks) - 1) + 1):
        expected = forecast.weighted_average(weeks[origin:] + [0] * 12, age - origin)
        assert expected is not None
        misses.append(weeks[origin - 1] - expected)
    assert record.misses == pytest.approx(sorted(misses))


@given(st.lists(st.integers(0, 50), min_size=2, max_size=60))
def test_a_forecast_lies_in_its_range_which_is_never_negative(weeks: list[int]) -> None:
    expected = forecast.weighted_average(weeks, len(weeks))
    assert expected is not None
    found = forecast.forecast_range(expected, forecast.track_record(weeks, len(weeks)))
    if found.low is None or found.high is None:
        assert len(weeks) < 7
    else:
        assert 0 <= found.low <= found.middle <= found.high


def test_steady_purchases_are_forecast_without_a_miss() -> None:
    record = forecast.track_record([9] * 40, 40)
    assert record.error_share == pytest.approx(0)
    assert forecast.forecast_range(9.0, record).high == pytest.approx(9)


@pytest.mark.parametrize(
    ("as_of", "until", "last_year"),
    [
        (date(2022, 4, 10), 10, 3),
        (date(2022, 4, 9), 9, 1),
        (date(2022, 4, 30), None, 7),
        (date(2022, 2, 28), None, 16),
    ],
)
def test_a_month_under_way_is_set_against_the_same_days_of_last_year(
    as_of: date, until: int | None, last_year: int
) -> None:
    bought = ((date(2021, 2, 28), 16), (date(2021, 4, 1), 1), (date(2021, 4, 10), 2), (date(2021, 4, 30), 4))
    lines = [(day, A, quantity, 1) for day, quantity in ((date(2020, 1, 1), 1), *bought, (as_of, 5))]
    *before, newest = purchases.monthly_series(read_history(lines, as_of, None))
    assert (newest.quantity, newest.last_year, newest.until) == (5, last_year, until)
    assert {point.until for point in before} == {None}


def test_the_last_of_february_is_a_whole_month_against_a_leap_year() -> None:
    lines = [(date(2023, 1, 1), A, 1, 1), (date(2024, 2, 29), A, 9, 1), (date(2025, 2, 28), A, 5, 1)]
    newest = purchases.monthly_series(read_history(lines, date(2025, 2, 28), None))[-1]
    assert (newest.last_year, newest.until) == (9, None)
    leap = purchases.monthly_series(read_history([(date(2022, 1, 1), A, 1, 1)], date(2024, 2, 29), None))[-1]
    assert (leap.last_year, leap.until) == (0, None)
