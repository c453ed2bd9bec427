"""The forecast of a territory: every level at once, adding up, with ranges, medians and past errors."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.domain.forecasting.accuracy import row_wape
from app.domain.forecasting.arrays import Flags, Floats, Ints, group_sums
from app.domain.forecasting.choosing import choose, plain_forecasts
from app.domain.forecasting.coherent import Level, Whole, bring_together, first_purchases, unseen_part
from app.domain.forecasting.market import Market
from app.domain.forecasting.medians import likeliest
from app.domain.forecasting.pooled import pooled_forecasts
from app.domain.forecasting.ranges import Outcomes, buying_share, learn_range, month_to_month
from app.domain.forecasting.walking import Series
from app.domain.forecasting.wholes import own_forecasts
from app.runtime.cancel import Check, go_on

HORIZON = 6
JUDGED = 12
_FEWEST_MONTHS = 3


@dataclass(frozen=True, slots=True)
class LevelForecast:
    """One level ahead and back; rows as in the market, columns the months ahead.

    Four of five outcomes lie from `low` to `high`; `median` has the least absolute error, for pairs in whole lots.

    `past` is what was forecast for each of the last months one month before [rows, judged], `past_plain` what plain
    smoothing (M5, α 0.2) said, `actual` what came; `error` and `plain_error` are their WAPE by row, NaN where nothing
    was bought. Low, median and high are NaN where nothing is expected.
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

    @property
    def last_accuracy(self) -> Floats:
        """Accuracy aᵢ of the last known month as in F03: 1 − |F − D| ÷ D; NaN without a forecast or demand."""
        if not self.past.shape[1]:
            return np.full(len(self.expected), np.nan)
        said, came = self.past[:, -1], self.actual[:, -1]
        return 1 - np.divide(np.abs(said - came), came, out=np.full(len(came), np.nan), where=came > 0)

    @property
    def beats_plain(self) -> Flags:
        """Which rows were no further off than plain smoothing over the judged months; true where none can tell."""
        return ~(self.error > self.plain_error)


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


def forecast_market(
    market: Market, horizon: int = HORIZON, judged: int = JUDGED, check: Check = go_on
) -> MarketForecast:
    """Forecast the months after the last known one. Raises ValueError with fewer than three known months.

    `check` is called between the steps, on a large territory several times a second; what it raises ends the work.
    """
    if market.months < _FEWEST_MONTHS:
        raise ValueError("a forecast needs three months of orders")
    return _Run(market, horizon, judged, check).result()


class _Run:
    """One forecast under way: the same steps at each of the last origins and at the end of what is known."""

    def __init__(self, market: Market, horizon: int, judged: int, check: Check) -> None:
        self._check = check
        self._real = market
        self._market = market.without_festivals()
        self._horizon = horizon
        self._origins = tuple(range(max(_FEWEST_MONTHS, market.months - judged), market.months + 1))

    def result(self) -> MarketForecast:
        market = self._market
        groups, class_series, shops, classes = market.class_series()
        of_class, of_sku = self._chosen(class_series)[0], self._chosen(market.sku_series())[0]
        pairs, models = self._chosen(market.pair_series())
        levels = (
            Level(market.skus, group_sums(market.values, market.skus, len(market.classes)), of_sku),
            Level(groups, class_series.values, of_class),
        )
        wholes = tuple(self._wholes(shops, classes))
        unseen = bring_together(pairs, market.values, levels, wholes, self._origins, self._check)
        if market.closed is not None:
            pairs[-1, market.closed[market.shops] & np.isfinite(pairs[-1, :, 0])] = 0
            unseen[-1, market.closed[shops]] = 0
        skus = self._of_skus(pairs, unseen)
        self._celebrate(pairs, market.classes[market.skus])
        self._celebrate(skus, market.classes)
        self._celebrate(unseen, classes)
        by_class = self._sums(pairs, groups, len(shops)) + unseen
        real, whole = self._real.values, np.zeros(len(shops), int)
        class_months = group_sums(real, groups, len(shops))
        return MarketForecast(
            first_month=market.first_month + market.months,
            pairs=self._level(pairs, real, in_lots=True),
            models=models[-1],
            shop_classes=self._level(by_class, class_months),
            group_shops=shops,
            group_classes=classes,
            shops=self._level(
                self._sums(by_class, shops, market.shop_count), group_sums(class_months, shops, market.shop_count)
            ),
            skus=self._level(skus, group_sums(real, market.skus, len(market.classes))),
            total=self._level(self._sums(by_class, whole, 1), class_months.sum(axis=0, keepdims=True)),
            unseen=unseen[-1],
        )

    def _chosen(self, series: Series) -> tuple[Floats, Ints]:
        expected = pooled_forecasts(series, self._origins, self._horizon, self._check)
        models = choose(series.values, self._origins, expected, self._check)
        return expected, models

    def _wholes(self, shops: Ints, classes: Ints) -> Iterator[Whole]:
        """Yield the levels that are forecast from themselves; `shops` and `classes` are those of the unseen demand."""
        market = self._market
        everywhere = (np.zeros(len(market.shops), int), np.zeros(len(shops), int))
        for groups, of_unseen, count, exposure in (
            (market.classes[market.skus], classes, market.class_count, market.whole_exposure()),
            (market.shops, shops, market.shop_count, market.exposure),
            (*everywhere, 1, market.whole_exposure()),
        ):
            self._check()
            owners = np.arange(count) if exposure is market.exposure else np.zeros(count, int)
            months = group_sums(market.values, groups, count)
            direct = own_forecasts(months, exposure, owners, self._origins, self._horizon)
            yield Whole(groups, of_unseen, months, direct)

    def _celebrate(self, expected: Floats, classes: Ints) -> None:
        """Give the months back what a moving festival does to them."""
        if self._real.festivals is None:
            return
        for at, origin in enumerate(self._origins):
            expected[at] *= self._real.festivals[classes, origin : origin + self._horizon]

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

    def _level(self, expected: Floats, values: Floats, *, in_lots: bool = False) -> LevelForecast:
        low, median, high = (np.full(expected.shape[1:], np.nan, np.float32) for _ in range(3))
        judged, months = len(self._origins) - 1, self._market.months
        buying = [buying_share(values, origin) for origin in self._origins]
        past = None
        for ahead in range(self._horizon):
            self._check()
            seen = self._seen(expected, values, buying, ahead)
            past = seen if seen.enough else self._guessed(past, values, ahead)
            found = learn_range(expected[-1, :, ahead], buying[-1], past)
            low[:, ahead], median[:, ahead], high[:, ahead] = found.low, found.median, found.high
        if in_lots:
            median = likeliest(median, expected[-1], values, months)
        return LevelForecast(
            expected[-1].copy(), low, median, high, expected[:-1, :, 0].T.copy(),
            plain_forecasts(values, self._origins[:-1]).T, values[:, months - judged :].copy(),
        )  # fmt: skip

    @staticmethod
    def _guessed(past: Outcomes | None, values: Floats, ahead: int) -> Outcomes:
        """Return what is taken for errors so far ahead before any of them is known."""
        return month_to_month(values) if past is None else past.further(ahead)

    def _seen(self, expected: Floats, values: Floats, buying: list[Floats], ahead: int) -> Outcomes:
        """Return what came of all forecasts so far ahead."""
        return Outcomes.joined([
            Outcomes.of(expected[at, :, ahead], buying[at], values[:, origin + ahead])
            for at, origin in enumerate(self._origins)
            if origin + ahead < self._market.months
        ])  # fmt: skip
