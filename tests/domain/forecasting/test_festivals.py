"""Moving festivals: days worked instead, factors that keep what two months bring, invented years with 春节."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.forecasting.arrays import month_number, month_start
from app.domain.forecasting.engine import forecast_market
from app.domain.forecasting.festivals import Festival, TradeCalendar, factors, is_kept
from benchmarks.forecast.festivals import AHEAD, CHINA, FIRST, MONTHS, festive_errors, invented_market, with_festivals


def _weekdays(month: int) -> int:
    day, end, count = month_start(FIRST + month), month_start(FIRST + month + 1), 0
    while day < end:
        count += day.weekday() < 5
        day += timedelta(days=1)
    return count


def test_days_off_fall_out_and_days_worked_instead_serve_them() -> None:
    days = CHINA.order_days(month_number(date(2025, 4, 1)), 2)

    assert days[0].tolist() == pytest.approx([4 + 1 / 3, 5, 5, 4 + 1 / 3, 3 + 1 / 3, 3, 3])
    assert days[1, :5].tolist() == [3, 4, 4, 4, 4]


def test_the_calendar_knows_its_festivals_and_is_provisional_after_the_last_notice() -> None:
    spring, autumn = CHINA.festivals

    assert (spring.months, autumn.months) == ((12, 1, 2), (8, 9, 10))
    assert all(day in CHINA.off for day in (*spring.days, *autumn.days))
    assert not CHINA.takes_orders(date(2026, 2, 23))
    assert CHINA.takes_orders(date(2026, 2, 14))
    assert not CHINA.takes_orders(date(2031, 1, 22))
    assert not CHINA.takes_orders(date(2031, 10, 4))
    assert CHINA.takes_orders(date(2031, 3, 4))


@given(st.integers(0, 6), st.floats(0, 3))
def test_what_the_months_bring_together_stays(year: int, share: float) -> None:
    totals = np.full((2, MONTHS), 100.0)
    totals[1, ::12] += 100 * share

    found = factors(CHINA, FIRST, totals, AHEAD)

    for start in (12 * year + 11, 12 * year + 7):
        if start + 3 <= MONTHS + AHEAD:
            plain = np.array([_weekdays(start + place) for place in range(3)])
            assert found[:, start : start + 3] @ plain == pytest.approx([plain.sum()] * 2, rel=1e-5)
    others = [month for month in range(MONTHS + AHEAD) if 2 <= month % 12 <= 6 or month % 12 == 10]
    assert (found[:, others] == 1).all()


def test_an_early_festival_is_bought_for_in_january_and_each_class_has_its_own_pull() -> None:
    market = invented_market(uplift=1.0)
    totals = np.stack([market.values.sum(axis=0), np.full(MONTHS, 50.0)])

    found = factors(CHINA, FIRST, totals, AHEAD)

    early, late = 12 * 5, 12 * 4  # 2025-01-29 and 2024-02-10
    assert found[0, early] > found[0, late] > found[0, late + 1]
    assert found[0, early] > found[1, early]


def test_a_year_changes_no_factor_of_its_own() -> None:
    totals = np.random.default_rng(2).gamma(50, 2, (2, MONTHS))
    spoilt = totals.copy()
    spoilt[:, 36::12] *= 7

    ours, theirs = factors(CHINA, FIRST, totals, AHEAD), factors(CHINA, FIRST, spoilt, AHEAD)
    assert (ours[:, :47] == theirs[:, :47]).all()
    assert (ours[:, 47:] != theirs[:, 47:]).any()


def test_january_and_february_are_nearer_with_the_calendar() -> None:
    plain = invented_market(uplift=0.8)

    with_calendar, without = festive_errors(with_festivals(plain)), festive_errors(plain)

    for level, at_most in (("total", 0.7), ("shops", 0.7), ("pairs", 0.97)):
        assert with_calendar[level] < at_most * without[level]


def test_without_a_moving_festival_nothing_changes() -> None:
    market = invented_market(uplift=0)
    nothing = factors(TradeCalendar(), FIRST, market.values[:2], AHEAD)

    assert (nothing == 1).all()
    still = forecast_market(replace(market, festivals=nothing))
    for level in ("pairs", "skus", "shops", "total"):
        ours, theirs = getattr(still, level), getattr(forecast_market(market), level)
        np.testing.assert_array_equal(ours.expected, theirs.expected)
        np.testing.assert_array_equal(ours.past, theirs.past)


def test_a_trade_that_orders_on_the_days_off_has_another_calendar() -> None:
    days = [date(2024, 1, 1) + timedelta(days=away) for away in range(400)]

    assert not is_kept(CHINA, [day for day in days if day.weekday() < 5])
    assert is_kept(CHINA, [day for day in days if CHINA.takes_orders(day)])
    assert is_kept(CHINA, [date(2024, 3, 4), date(2024, 3, 5)])
    assert is_kept(CHINA, [])


def test_a_festival_of_one_year_has_one_pair_of_months() -> None:
    once = TradeCalendar(festivals=(Festival("once", (1, 2), (date(2022, 2, 10),), 14),))

    assert np.flatnonzero(factors(once, FIRST, np.ones((1, MONTHS)), AHEAD)[0] != 1).tolist() == [24, 25]
