"""How far off the review's own past forecasts were: what it would have said then, against what was bought."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.order_advice import ShopHistory
from app.domain.replenishment.advisor import PeriodicReviewAdvisor
from app.domain.replenishment.own_record import own_records
from app.domain.replenishment.shop_habits import ReviewRules
from app.domain.shop_desk import judged

FRIDAY = date(2022, 4, 29)
WEEK = timedelta(days=7)
ADVISOR = PeriodicReviewAdvisor()


def a_shop(quantities: list[int], product: int = 1) -> ShopHistory:
    """Return a shop with one order a week before this Friday, the newest first in the list given."""
    lines = [
        (FRIDAY - WEEK * (back + 1), product, quantity, quantity * 1_000)
        for back, quantity in enumerate(quantities)
        if quantity
    ]
    return ShopHistory(lines, 5)


def test_a_clockwork_is_never_missed() -> None:
    record = ADVISOR.records(a_shop([9] * 60), FRIDAY)[1]
    assert len(record.misses) == 26
    assert record.error_share == pytest.approx(0, abs=0.01)


def test_a_sudden_jump_is_missed_by_its_size() -> None:
    record = ADVISOR.records(a_shop([18] + [9] * 59), FRIDAY)[1]
    assert record.misses[-1] == pytest.approx(9, abs=0.2)
    assert record.error_share == pytest.approx(9 / (18 + 25 * 9), rel=0.05)


@settings(max_examples=15)
@given(st.lists(st.integers(0, 30), min_size=20, max_size=60))
def test_each_forecast_is_the_one_that_was_given_then(quantities: list[int]) -> None:
    shop = a_shop([*quantities, 5])
    now = shop.history(FRIDAY)
    record = own_records(ReviewRules(), shop, now, origins=3).get(1)
    expected: list[float] = []
    for back in (1, 2, 3):
        then = now.newest_week_end - WEEK * back
        known = ShopHistory([line for line in shop.lines if line[0] <= then], 5)
        said = [line.weekly for line in ADVISOR.advise(known, then).lines if line.weekly is not None]
        expected += [now.products[1].quantities[back - 1] - weekly for weekly in said]
    assert [] if record is None else list(record.misses) == pytest.approx(sorted(expected))


def test_a_check_stops_it_and_a_suspended_shop_has_none() -> None:
    class Enough(Exception):  # noqa: N818
        pass

    def check() -> None:
        raise Enough

    with pytest.raises(Enough):
        ADVISOR.records(a_shop([9] * 60), FRIDAY, check)
    assert ADVISOR.records(ShopHistory([], 5, suspended=True), FRIDAY) == {}


def test_the_record_gives_the_chart_its_range() -> None:
    shop = a_shop([6, 12] * 20)
    chart = ADVISOR.advise(shop, FRIDAY).lines[0].chart
    assert (chart.forecast[0].low, chart.error_share) == (None, None)
    found = judged(chart, ADVISOR.records(shop, FRIDAY)[1])
    ahead = found.forecast[0]
    assert ahead.low is not None
    assert ahead.high is not None
    assert ahead.low < ahead.middle < ahead.high
    assert found.error_share == pytest.approx(1 / 3, abs=0.1)
