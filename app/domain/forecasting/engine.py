"""The forecast of a territory: every level at once, adding up, with ranges, medians and past errors."""

from dataclasses import dataclass

import numpy as np

from app.domain.forecasting.accuracy import row_wape
from app.domain.forecasting.arrays import Floats, Ints, group_sums
from app.domain.forecasting.choosing import Chosen, choose, plain_forecasts, seasonal_forecasts
from app.domain.forecasting.coherent import Level, bring_together, first_purchases, unseen_part
from app.domain.forecasting.market import Market
from app.domain.forecasting.pooled import Series, pooled_forecasts
from app.domain.forecasting.ranges import buying_share, learn_range

HORIZON = 6
JUDGED = 12
_FEWEST_MONTHS = 3


@dataclass(frozen=True, slots=True)
class LevelForecast:
    """One level ahead and back; rows as in the market, columns the months ahead.

    `past` is what was forecast for each of the last months one month before [rows, judged], `past_plain` what plain
    smoothing (M5, α 0.2) said, `actual` what came; `error` and `plain_error` are their WAPE by row, NaN where nothing
    was bought. Low, median and high are NaN where there is nothing to learn a range from.
    """

    expected: Floats
    low: Floats
    median: Floats
    high: Floats
    past: Floats
    past_plain: Floats
    actual: Floats

    @property
    def error(self) -> Floats:
        """WAPE of each row over the judged months."""
        return row_wape(self.past, self.actual)

    @property
    def plain_error(self) -> Floats:
        """WAPE of plain smoothing over the same months."""
        return row_wape(self.past_plain, self.actual)


@dataclass(frozen=True, slots=True)
class MarketForecast:
    """All levels of a territory; `first_month` is the number of the first month ahead.

    `unseen` is what shops will buy that they have not bought in the last year, by class of a shop [groups, months]; it
    is in every level but the pairs, so that totals are not too low.
    """

    first_month: int
    pairs: LevelForecast
    models: Ints
    shop_classes: LevelForecast
    group_shops: Ints
    group_classes: Ints
    shops: LevelForecast
    skus: LevelForecast
    total: LevelForecast
    unseen: Floats


def forecast_market(market: Market, horizon: int = HORIZON, judged: int = JUDGED) -> MarketForecast:
    """Forecast the months after the last known one. Raises ValueError with fewer than three known months."""
    if market.months < _FEWEST_MONTHS:
        raise ValueError("a forecast needs three months of orders")
    return _Run(market, horizon, judged).result()


class _Run:
    """One forecast under way: the same steps at each of the last origins and at the end of what is known."""

    def __init__(self, market: Market, horizon: int, judged: int) -> None:
        self._market = market
        self._horizon = horizon
        self._origins = tuple(range(max(_FEWEST_MONTHS, market.months - judged), market.months + 1))

    def result(self) -> MarketForecast:
        market = self._market
        groups, class_series, shops, classes = market.class_series()
        chosen = self._chosen(market.pair_series())
        of_class, of_sku = self._chosen(class_series), self._chosen(market.sku_series())
        levels = (
            Level(market.skus, group_sums(market.values, market.skus, len(market.classes)), of_sku.expected),
            Level(groups, class_series.values, of_class.expected),
        )
        together = bring_together(chosen.expected, market.values, levels, self._origins)
        pairs = np.where(np.isfinite(chosen.expected), together.pairs, np.nan)
        by_class = self._sums(pairs, groups, len(shops)) + together.unseen
        whole = np.zeros(len(shops), int)
        return MarketForecast(
            first_month=market.first_month + market.months,
            pairs=self._level(pairs, market.values),
            models=chosen.models[-1],
            shop_classes=self._level(by_class, class_series.values),
            group_shops=shops,
            group_classes=classes,
            shops=self._level(
                self._sums(by_class, shops, market.shop_count),
                group_sums(market.values, market.shops, market.shop_count),
            ),
            skus=self._level(self._of_skus(pairs, together.unseen), levels[0].months),
            total=self._level(self._sums(by_class, whole, 1), market.values.sum(axis=0, keepdims=True)),
            unseen=together.unseen[-1],
        )

    def _chosen(self, series: Series) -> Chosen:
        pooled = pooled_forecasts(series, self._origins, self._horizon).expected
        plain = plain_forecasts(series.values, self._origins, self._horizon)
        seasonal = seasonal_forecasts(series.values, self._origins, self._horizon)
        return choose(series.values, self._origins, pooled, plain, seasonal)

    def _of_skus(self, pairs: Floats, unseen: Floats) -> Floats:
        """Add to the SKUs their part of what is in no pair; in all it is as much as in the shops."""
        market = self._market
        months = group_sums(market.values, market.skus, len(market.classes))
        newcomers = group_sums(first_purchases(market.values), market.skus, len(market.classes))
        sums = self._sums(pairs, market.skus, len(market.classes))
        for at, origin in enumerate(self._origins):
            for ahead in range(self._horizon):
                extra = unseen_part(sums[at, :, ahead], newcomers, months, origin)
                whole, told = float(unseen[at, :, ahead].sum()), float(extra.sum())
                sums[at, :, ahead] += extra * (whole / told if told else 0.0)
        return sums

    def _sums(self, values: Floats, groups: Ints, count: int) -> Floats:
        return np.stack([group_sums(np.nan_to_num(one), groups, count) for one in values])

    def _level(self, expected: Floats, values: Floats) -> LevelForecast:
        low, median, high = (np.full(expected.shape[1:], np.nan, np.float32) for _ in range(3))
        judged = len(self._origins) - 1
        buying = [buying_share(values, origin) for origin in self._origins]
        for ahead in range(self._horizon):
            known = [at for at in range(judged) if self._origins[at] + ahead < self._market.months]
            if not known:
                continue
            actual = np.concatenate([values[:, self._origins[at] + ahead] for at in known])
            past = np.concatenate([expected[at, :, ahead] for at in known])
            past_buying = np.concatenate([buying[at] for at in known])
            found = learn_range(expected[-1, :, ahead], buying[-1], past, past_buying, actual)
            low[:, ahead], median[:, ahead], high[:, ahead] = found.low, found.median, found.high
        plain = plain_forecasts(values, self._origins[:-1], 1)[:, :, 0].T if judged else np.zeros((len(values), 0))
        return LevelForecast(
            expected[-1], low, median, high, expected[:-1, :, 0].T, plain, values[:, self._market.months - judged :]
        )
