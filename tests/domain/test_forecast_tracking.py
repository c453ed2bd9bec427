"""《预测追踪》 by hand: three SKUs, one of them far off, and the same figures through every measure."""

import numpy as np
import pytest

from app.domain.forecast_tracking import by_class, scores_of, stands_out
from tests.domain.test_forecast_process import RULES

FORECASTS, ACTUALS = [110, 50, 40], [100, 40, 60]


def test_the_measures_of_a_month_by_hand() -> None:
    past = np.array([[100.0] * 12 + [110], [40.0] * 12 + [50], [60.0] * 13])
    scores = scores_of(FORECASTS, ACTUALS, past, RULES)
    assert scores.f01 == pytest.approx(1.0)  # 200 against 200
    # a = 0.9, 0.75, 2/3 weighted by 110, 50, 40
    assert scores.f03 == pytest.approx((110 * 0.9 + 50 * 0.75 + 40 * 2 / 3) / 200)
    assert scores.f04 == pytest.approx(1 / 3)
    assert scores.wape == pytest.approx(40 / 200)
    assert scores.bias == pytest.approx(0.0)
    # "as a year ago" was off by 10 for two of them; the third never moved and has no value
    assert scores.mase == pytest.approx((10 / 10 + 10 / 10) / 2)


def test_a_month_without_demand_has_no_value() -> None:
    scores = scores_of([5], [0], np.zeros((1, 20)), RULES)
    assert (scores.f01, scores.f03, scores.f04, scores.wape, scores.mase, scores.bias) == (None,) * 6
    assert scores_of([], [], np.zeros((0, 20)), RULES).f01 is None


def test_a_year_is_too_short_to_scale_by() -> None:
    assert scores_of(FORECASTS, ACTUALS, np.ones((3, 12)), RULES).mase is None


def test_classes_are_judged_by_their_totals() -> None:
    assert by_class(["1", "2", "1"], FORECASTS, ACTUALS) == {
        "1": pytest.approx(1 - 10 / 160), "2": pytest.approx(0.75),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("forecast", "actual", "asked"),
    [
        (100, 100, False),
        (110, 100, False),
        (120, 100, True),
        (4, 0, False),
        (5, 0, True),
        (10, 6, False),
        (0, 0, False),
    ],
)
def test_a_cause_is_asked_for_where_the_standard_is_missed_by_enough(forecast: int, actual: int, asked: bool) -> None:
    assert stands_out(forecast, actual, RULES) is asked
