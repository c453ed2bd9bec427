"""The whole engine on a small market: adds up, sees nothing of the future, knows its errors."""

from dataclasses import replace

import numpy as np
import pytest

from app.domain.forecasting.accuracy import wape
from app.domain.forecasting.arrays import group_sums
from app.domain.forecasting.engine import forecast_market
from app.domain.forecasting.market import Market, at_least
from tests.domain.forecasting.invented import a_market


def _cut(market: Market, months: int) -> Market:
    exposure = replace(market.exposure, bought=market.exposure.bought[:, :months])
    return replace(market, values=market.values[:, :months], late=market.late[:, :months], exposure=exposure)


def test_every_level_adds_up() -> None:
    market = a_market()

    made = forecast_market(market)

    pairs = np.nan_to_num(made.pairs.expected)
    whole = pairs.sum(axis=0) + made.unseen.sum(axis=0)
    for level in (made.shop_classes, made.shops, made.skus, made.total):
        assert level.expected.sum(axis=0) == pytest.approx(whole, rel=1e-4)
    by_shop = group_sums(pairs, market.shops, market.shop_count)
    unseen = group_sums(made.unseen, made.group_shops, market.shop_count)
    assert made.shops.expected == pytest.approx(by_shop + unseen, rel=1e-4)


def test_what_comes_after_an_origin_changes_nothing_said_at_it() -> None:
    market = a_market()
    spoilt = replace(market, values=market.values.copy(), late=market.late.copy())
    spoilt.values[:, 26:] = 999
    spoilt.late[:, 26:] = 1

    made, other = forecast_market(market), forecast_market(spoilt)

    past = 26 - (market.months - made.pairs.past.shape[1]) + 1
    for level in ("pairs", "shop_classes", "shops", "skus", "total"):
        ours, theirs = getattr(made, level).past[:, :past], getattr(other, level).past[:, :past]
        np.testing.assert_array_equal(ours, theirs)


def test_a_past_forecast_is_what_would_have_been_said_then() -> None:
    market = a_market()

    now, then = forecast_market(market), forecast_market(_cut(market, 27), judged=9)

    said_then = then.shops.expected[:, 0]
    assert now.shops.past[:, 27 - market.months] == pytest.approx(said_then, rel=1e-3)


def test_the_same_market_gives_the_same_forecast() -> None:
    np.testing.assert_array_equal(
        forecast_market(a_market()).pairs.expected, forecast_market(a_market()).pairs.expected
    )


def test_a_season_and_five_mondays_are_seen() -> None:
    made = forecast_market(a_market(shops=40, skus=20, months=36))

    for level in (made.total, made.shops):
        ours, plain = wape(level.past, level.actual), wape(level.past_plain, level.actual)
        assert ours is not None
        assert plain is not None
        assert ours < plain


def test_the_ranges_hold_four_of_five() -> None:
    market = a_market(shops=40, skus=20, months=37)
    made = forecast_market(_cut(market, 36), horizon=1)

    low, high, came = made.pairs.low[:, 0], made.pairs.high[:, 0], market.values[:, 36]
    known = np.isfinite(low)
    assert known.mean() > 0.9
    assert 0.7 < ((came >= low) & (came <= high))[known].mean() < 0.9


def test_what_is_not_bought_for_a_year_is_not_expected() -> None:
    market = a_market()
    values = market.values.copy()
    values[0, 10:] = 0

    assert forecast_market(replace(market, values=values)).pairs.expected[0].tolist() == [0.0] * 6


def test_two_months_are_too_few() -> None:
    with pytest.raises(ValueError, match="three months"):
        forecast_market(_cut(a_market(), 2))


@pytest.mark.parametrize("months", [3, 5, 13, 25])
def test_a_short_history_gives_whole_numbers_and_no_nonsense(months: int) -> None:
    made = forecast_market(_cut(a_market(), months))

    bought = a_market().values[:, :months]
    known = (bought > 0).any(axis=1)
    assert np.isfinite(made.pairs.expected[known]).all()
    assert (np.nan_to_num(made.pairs.expected) >= 0).all()
    assert np.nan_to_num(made.pairs.expected).max() < 3 * bought.max()


def test_where_supply_was_limited_demand_is_at_least_what_is_usual() -> None:
    bought = np.array([[10, 10, 10, 4, 10]], np.float32)
    capped = np.array([[False, False, False, True, False]])

    assert at_least(bought, capped).tolist() == [[10, 10, 10, 10, 10]]
    assert at_least(bought, capped, np.array([[0, 0, 0, 7, 0]], np.float32)).tolist() == [[10, 10, 10, 10, 10]]
    assert at_least(bought, capped, np.array([[0, 0, 0, 15, 0]], np.float32)).tolist() == [[10, 10, 10, 15, 10]]
    assert at_least(bought, np.zeros_like(capped)).tolist() == bought.tolist()


def test_a_shop_that_has_closed_is_expected_to_buy_nothing_and_the_rest_still_adds_up() -> None:
    market = a_market()
    closed = np.arange(market.shop_count) == 3

    made, open_ = forecast_market(replace(market, closed=closed)), forecast_market(market)

    assert (made.shops.expected[3] == 0).all()
    assert (np.nan_to_num(made.pairs.expected[market.shops == 3]) == 0).all()
    assert made.shops.expected[~closed] == pytest.approx(open_.shops.expected[~closed])
    assert made.skus.expected.sum(axis=0) == pytest.approx(made.shops.expected.sum(axis=0), rel=1e-4)


@pytest.mark.parametrize("months", [3, 4, 8, 30])
def test_whatever_is_expected_has_a_range(months: int) -> None:
    made = forecast_market(_cut(a_market(), months))

    for level in (made.pairs, made.shop_classes, made.shops, made.skus, made.total):
        expected = level.expected > 0.01
        assert expected.any()
        for figures in (level.low, level.median, level.high):
            assert np.isfinite(figures[expected]).all()
        assert (level.low[expected] <= level.high[expected]).all()


def test_the_total_has_a_range_that_grows_with_its_errors() -> None:
    calm, wild = a_market(shops=40, skus=20, months=36), a_market(shops=40, skus=20, months=36)
    shaken = 1 + 0.4 * np.random.default_rng(6).standard_normal(36).clip(-2, 2)
    wild = replace(wild, values=(wild.values * shaken[None]).astype(np.float32))

    widths = [(one.high - one.low) / one.expected for one in (forecast_market(m).total for m in (calm, wild))]

    assert widths[1][0, 0] > 3 * widths[0][0, 0]


def test_a_new_sku_starts_from_what_its_class_sells_at_the_shop() -> None:
    market, random = a_market(shops=40, skus=20, months=36), np.random.default_rng(8)
    strong, start = market.classes[market.skus] == 1, random.integers(0, 35, len(market.skus))
    newcomers = np.flatnonzero(market.skus < 4)
    start[newcomers] = 35
    month = np.arange(36)[None]
    values = random.poisson(np.where(strong, 9, 2)[:, None], (len(start), 36)).astype(np.float32)
    values = np.where(month == start[:, None], 20, np.where(month > start[:, None], values, 0)).astype(np.float32)

    said = forecast_market(replace(market, values=values), horizon=1).pairs.expected[newcomers, 0]

    assert (said < 15).all()
    assert said[strong[newcomers]].mean() > 1.15 * said[~strong[newcomers]].mean()


def test_each_row_knows_how_near_it_was() -> None:
    level = forecast_market(a_market()).skus

    said, came = level.past[:, -1], level.actual[:, -1]
    assert level.last_accuracy == pytest.approx(1 - np.abs(said - came) / came)
    assert (level.beats_plain == ~(level.error > level.plain_error)).all()


def test_a_check_ends_the_work_and_changes_nothing_otherwise() -> None:
    class Enough(Exception):  # noqa: N818
        pass

    calls = 0

    def count() -> None:
        nonlocal calls
        calls += 1

    checked = forecast_market(a_market(), check=count)
    np.testing.assert_array_equal(checked.pairs.expected, forecast_market(a_market()).pairs.expected)
    for stopped_at in (1, calls // 2, calls):
        left = stopped_at

        def check() -> None:
            nonlocal left
            left -= 1
            if not left:
                raise Enough

        with pytest.raises(Enough):
            forecast_market(a_market(), check=check)
        assert not left
