"""Forecasts of the territory from its own order lines: for pages, files and the command line."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from app.domain.forecasting.arrays import Floats, month_label
from app.domain.forecasting.choosing import Model
from app.domain.forecasting.engine import HORIZON, LevelForecast, MarketForecast, forecast_market
from app.services.market_reading import ReadMarket, read_market
from app.storage.database import Database

MOST_AHEAD = HORIZON
_SHOWN_FROM = 0.005


class ForecastLevel(StrEnum):
    """What a row of a forecast is about."""

    STORE_ITEM = "store-item"
    STORE_CLASS = "store-class"
    ITEM = "item"
    STORE = "store"
    TOTAL = "total"


class ForecastRow(NamedTuple):
    """One figure: empty where the level does not tell apart; quantities in the unit of the store, None is unknown."""

    customer: str
    product: str
    group: str
    month: str
    forecast: float
    low: float | None
    high: float | None
    model: str


class Forecasts:
    """Makes forecasts; nothing is written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def territory(self, as_of: date, horizon: int) -> tuple[ReadMarket, MarketForecast]:
        """Forecast the months after the last one that is whole on a day. Raises TooFewMonths."""
        with self._database.look() as cursor:
            read = read_market(cursor, as_of)
        return read, forecast_market(read.market, horizon)

    def rows(self, as_of: date, horizon: int, level: ForecastLevel) -> Iterator[ForecastRow]:
        """Forecast, and yield the figures of a level in the order of codes and months. Raises TooFewMonths at once."""
        read, made = self.territory(as_of, horizon)
        return _rows(read, made, level)


def _rows(read: ReadMarket, made: MarketForecast, level: ForecastLevel) -> Iterator[ForecastRow]:
    market = read.market
    match level:
        case ForecastLevel.STORE_ITEM:
            names = [
                (read.shops[shop].code, read.skus[sku].code, read.skus[sku].group)
                for shop, sku in zip(market.shops.tolist(), market.skus.tolist(), strict=True)
            ]
            words = [Model(model).name.lower().replace("_", "-") for model in made.models.tolist()]
            yield from _of_level(made, made.pairs, names, words)
        case ForecastLevel.STORE_CLASS:
            groups = zip(made.group_shops.tolist(), made.group_classes.tolist(), strict=True)
            yield from _of_level(made, made.shop_classes, [(read.shops[s].code, "", read.groups[c]) for s, c in groups])
        case ForecastLevel.ITEM:
            yield from _of_level(made, made.skus, [("", sku.code, sku.group) for sku in read.skus])
        case ForecastLevel.STORE:
            yield from _of_level(made, made.shops, [(shop.code, "", "") for shop in read.shops])
        case ForecastLevel.TOTAL:
            yield from _of_level(made, made.total, [("", "", "")])


def _of_level(
    made: MarketForecast, level: LevelForecast, names: list[tuple[str, str, str]], models: list[str] | None = None
) -> Iterator[ForecastRow]:
    """Leave out what is not bought any more: a row of nothing says nothing."""
    expected = np.nan_to_num(level.expected)
    for row in np.flatnonzero(expected.max(axis=1) >= _SHOWN_FROM).tolist():
        model = models[row] if models is not None else "sum"
        for ahead in range(expected.shape[1]):
            yield ForecastRow(
                *names[row], month_label(made.first_month + ahead), round(float(expected[row, ahead]), 3),
                _known(level.low, row, ahead), _known(level.high, row, ahead), model,
            )  # fmt: skip


def _known(values: Floats, row: int, ahead: int) -> float | None:
    value = float(values[row, ahead])
    return round(value, 3) if np.isfinite(value) else None
