"""Who stands behind a forecast is decided by the record, for a series and for a whole level."""

import numpy as np
import pytest

from app.domain.forecasting.choosing import Model, choose, plain_forecasts
from app.domain.forecasting.coherent import Level, Whole, bring_together
from app.domain.forecasting.exposure import Exposure
from app.domain.forecasting.festivals import TradeCalendar
from app.domain.forecasting.wholes import own_forecasts

ORIGINS = tuple(range(24, 37))


def _flat(rows: int, quantity: float = 10) -> np.ndarray:
    return np.full((rows, 36), quantity, np.float32)


def _said(factor: float) -> np.ndarray:
    return np.full((len(ORIGINS), 1, 2), 10 * factor, np.float32)


@pytest.mark.parametrize(("factor", "model", "expected"), [(1.0, Model.POOLED, 10), (1.5, Model.SMOOTHING, 10)])
def test_what_was_far_off_gives_way_to_plain_smoothing(factor: float, model: Model, expected: float) -> None:
    said = _said(factor)

    models = choose(_flat(1), ORIGINS, said)

    assert models[-1, 0] == model
    assert said[-1, 0].tolist() == pytest.approx([expected] * 2)


def test_what_was_somewhat_off_is_drawn_half_way() -> None:
    values = (10 + 4 * np.random.default_rng(1).standard_normal((1, 36))).astype(np.float32)
    plain = plain_forecasts(values, ORIGINS)
    missed = np.abs(plain[:-1, 0] - values[0, 24:]).sum()
    off = next(level for level in np.arange(10, 20, 0.05) if missed < 0.86 * np.abs(level - values[0, 24:]).sum())
    said = np.full((len(ORIGINS), 1, 1), off, np.float32)

    models = choose(values, ORIGINS, said)

    assert models[-1, 0] == Model.WITH_SMOOTHING
    assert said[-1, 0, 0] == pytest.approx((off + plain[-1, 0]) / 2, rel=1e-5)


def test_the_first_origin_has_no_record_to_choose_by() -> None:
    said = _said(3)

    assert choose(_flat(1), ORIGINS, said)[0, 0] == Model.POOLED
    assert said[0, 0, 0] == 30


@pytest.mark.parametrize(("own", "drawn"), [(10.0, True), (16.0, False)])
def test_a_whole_draws_its_parts_as_long_as_its_record_allows(own: float, drawn: bool) -> None:
    pairs = np.full((len(ORIGINS), 2, 1), 6, np.float32)  # 6 each is said, 5 each comes
    months = _flat(2, 5)
    everything = np.zeros(2, int)
    nothing_known = np.full((len(ORIGINS), 1, 1), np.nan, np.float32)
    level = Level(everything, months.sum(axis=0, keepdims=True), nothing_known)
    whole = Whole(everything, np.zeros(1, int), level.months, np.full((len(ORIGINS), 1, 1), own, np.float32))

    bring_together(pairs, months, (level,), (whole,), ORIGINS)

    assert pairs[-1, :, 0].tolist() == pytest.approx([5.5 if drawn else 6] * 2)


def test_a_long_series_is_forecast_from_its_season_and_its_order_days_and_a_short_one_is_not() -> None:
    season = np.tile([10, 10, 10, 10, 10, 20, 30, 20, 10, 10, 10, 10], 3)
    values = np.stack([season, np.where(np.arange(36) < 20, 0, season)]).astype(float)
    bought = np.zeros((1, 36, 7), np.float32)
    bought[0, :, 0] = 1
    exposure = Exposure(bought, TradeCalendar().order_days(12 * 2023, 48))
    five_mondays = exposure.days[:, 0] / 4.35

    made = own_forecasts(values * five_mondays[:36], exposure, np.zeros(2, int), (36,), 8)[0]

    assert made[0] == pytest.approx(season[:8] * five_mondays[36:44], rel=0.1)
    assert np.isnan(made[1]).all()
