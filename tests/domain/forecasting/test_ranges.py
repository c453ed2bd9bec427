"""Ranges from many errors and from few, and the figure in whole lots."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.forecasting.medians import likeliest, usual_lots
from app.domain.forecasting.ranges import Outcomes, learn_range, month_to_month


def _outcomes(ratios: np.ndarray, size: float = 10) -> Outcomes:
    return Outcomes.of(np.full(len(ratios), size), np.ones(len(ratios)), ratios * size)


def test_many_errors_give_their_quantiles() -> None:
    past = _outcomes(np.linspace(0.5, 1.5, 101))

    found = learn_range(np.array([20.0]), np.ones(1), past)

    assert [found.low[0], found.median[0], found.high[0]] == pytest.approx([12, 20, 28], rel=1e-4)


def test_few_errors_give_a_range_of_student() -> None:
    found = learn_range(np.array([100.0]), np.ones(1), _outcomes(np.array([0.9, 1.1] * 5), size=80))

    assert found.high[0] - 100 == pytest.approx(100 - found.low[0])
    assert found.high[0] == pytest.approx(100 + 100 * 0.1 * np.sqrt(1.1) * 1.372, rel=2e-3)


def test_one_error_gives_none() -> None:
    assert np.isnan(learn_range(np.array([100.0]), np.ones(1), _outcomes(np.array([0.9]))).low[0])


def test_a_range_of_what_is_mostly_not_bought_begins_at_nothing() -> None:
    ratios = np.r_[np.zeros(60), np.full(40, 2.5)]

    found = learn_range(np.array([10.0]), np.ones(1), _outcomes(ratios))

    assert (found.low[0], found.median[0]) == (0, 0)
    assert found.high[0] == pytest.approx(25)


def test_an_unknown_forecast_has_no_range() -> None:
    found = learn_range(np.array([np.nan, 0.0]), np.ones(2), _outcomes(np.linspace(0, 2, 100)))

    assert np.isnan(found.low).all()


def test_errors_further_ahead_are_wider_and_never_below_nothing() -> None:
    past = Outcomes.of(np.array([10.0, 10.0]), np.ones(2), np.array([12.0, 0.0]))

    assert past.further(1).ratio.tolist() == pytest.approx([1 + 0.2 * 2**0.5, 0])


def test_before_any_forecast_the_month_before_is_one() -> None:
    past = month_to_month(np.array([[1.0, 2.0, 3.0]]))

    assert past.ratio.tolist() == [2, 1.5]


def test_a_shop_that_takes_sixes_gets_sixes() -> None:
    months = np.array([[6, 0, 12, 6, 6, 18], [5, 7, 6, 3, 1, 2], [6, 0, 0, 0, 0, 6]], float)

    assert usual_lots(months, 6).tolist() == [6, 1, 1]
    figures = likeliest(np.array([7.0, 4.2, 2.2]), np.array([8.0, 4.2, 2.2]), months, 6)
    assert figures.tolist() == [6, 4, 2]


def test_what_is_not_known_stays_unknown() -> None:
    assert np.isnan(likeliest(np.array([np.nan]), np.array([3.0]), np.ones((1, 12)), 12)[0])


@given(st.lists(st.integers(0, 30), min_size=12, max_size=12), st.floats(0, 40), st.floats(0, 40))
def test_the_figure_is_a_whole_number_of_lots(months: list[int], median: float, expected: float) -> None:
    past = np.array([months], float)

    figure = likeliest(np.array([median]), np.array([expected]), past, 12)[0]

    assert figure >= 0
    assert figure % usual_lots(past, 12)[0] == 0
