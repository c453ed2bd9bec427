"""How far off forecasts were: the trade's accuracies F01 to F04, and WAPE, MASE and bias beside them."""

from collections.abc import Sequence

import numpy as np

from app.domain.forecasting.arrays import YEAR, Floats

TARGET = 0.85
"""F04: the accuracy that a SKU has to reach; the source gives none, this is a proposal."""


def total_accuracy(forecast: float | None, demand: float | None) -> float | None:
    """F01 总量预测准确率: 1 − |F − D| ÷ D; F02 is the same per class. Negative if off by more than the demand."""
    if forecast is None or not demand:
        return None
    return 1 - abs(forecast - demand) / demand


def weighted_accuracy(pairs: Sequence[tuple[float, float]]) -> float | None:
    """F03 分品牌(规格)预测准确率 from (forecast, demand): Σ wᵢ·aᵢ ÷ Σ wᵢ, wᵢ the forecast, aᵢ the accuracy as F01.

    SKUs without demand have no accuracy and do not count.
    """
    told = [
        (forecast, accuracy) for forecast, demand in pairs if (accuracy := total_accuracy(forecast, demand)) is not None
    ]
    weight = sum(forecast for forecast, _ in told)
    return sum(forecast * accuracy for forecast, accuracy in told) / weight if weight else None


def share_on_target(pairs: Sequence[tuple[float, float]], target: float = TARGET) -> float | None:
    """F04 单品牌预测达标率: SKUs whose accuracy reaches the target ÷ SKUs that were forecast and have one."""
    told = [accuracy for pair in pairs if (accuracy := total_accuracy(*pair)) is not None]
    return sum(accuracy >= target for accuracy in told) / len(told) if told else None


def wape(forecast: Floats, actual: Floats) -> float | None:
    """Σ |forecast − actual| ÷ Σ actual over all that has a forecast; 0.2 is 20 % off."""
    known = np.isfinite(forecast)
    bought = float(actual[known].sum())
    return float(np.abs(forecast - actual)[known].sum()) / bought if bought else None


def bias(forecast: Floats, actual: Floats) -> float | None:
    """Σ (forecast − actual) ÷ Σ actual over all that has a forecast; above 0 is too much."""
    known = np.isfinite(forecast)
    bought = float(actual[known].sum())
    return float((forecast - actual)[known].sum()) / bought if bought else None


def mase(forecast: Floats, actual: Floats, past: Floats, season: int = YEAR) -> Floats:
    """Mean error of each series over that of "as a season ago" within `past`; NaN where that never erred.

    Hyndman and Koehler 2006. Rows are series; `forecast` and `actual` hold the same months.
    """
    scale = np.abs(past[:, season:] - past[:, :-season]).mean(axis=1)
    error = np.abs(forecast - actual).mean(axis=1)
    return np.divide(error, scale, out=np.full(len(error), np.nan), where=scale > 0)


def row_wape(forecasts: Floats, actuals: Floats) -> Floats:
    """WAPE of each row over its columns that have a forecast; NaN where nothing was bought in them."""
    known = np.isfinite(forecasts)
    errors = np.where(known, np.abs(forecasts - actuals), 0).sum(axis=1)
    bought = np.where(known, actuals, 0).sum(axis=1)
    return np.divide(errors, bought, out=np.full(len(bought), np.nan), where=bought > 0)
