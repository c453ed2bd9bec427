"""F01 to F04 and their neighbours by hand."""

import numpy as np
import pytest

from app.domain.forecasting import accuracy


def test_f01_by_hand() -> None:
    assert accuracy.total_accuracy(90, 100) == pytest.approx(0.9)
    assert accuracy.total_accuracy(110, 100) == pytest.approx(0.9)
    assert accuracy.total_accuracy(300, 100) == pytest.approx(-1)
    assert accuracy.total_accuracy(10, 0) is None
    assert accuracy.total_accuracy(None, 100) is None


def test_f03_weighs_by_the_forecast() -> None:
    assert accuracy.weighted_accuracy([(90, 100), (10, 20), (5, 0)]) == pytest.approx((90 * 0.9 + 10 * 0.5) / 100)
    assert accuracy.weighted_accuracy([(5, 0)]) is None


def test_f04_counts_what_reaches_the_target() -> None:
    assert accuracy.share_on_target([(90, 100), (84, 100), (85, 100), (5, 0)]) == pytest.approx(2 / 3)
    assert accuracy.share_on_target([]) is None


def test_wape_bias_and_mase_by_hand() -> None:
    said, came = np.array([[8.0, 12.0], [np.nan, 5.0]]), np.array([[10.0, 10.0], [7.0, 10.0]])

    assert accuracy.wape(said, came) == pytest.approx(9 / 30)
    assert accuracy.bias(said, came) == pytest.approx(-5 / 30)
    assert accuracy.wape(said, np.zeros((2, 2))) is None
    past = np.arange(24.0)[None]
    assert accuracy.mase(np.array([[6.0]]), np.array([[0.0]]), past)[0] == pytest.approx(0.5)
    assert np.isnan(accuracy.mase(np.array([[6.0]]), np.array([[0.0]]), np.ones((1, 24)))[0])
    assert accuracy.row_wape(said, came).tolist() == pytest.approx([0.2, 0.5])
