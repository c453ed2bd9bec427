"""《预测追踪》: how far off a month's forecasts were, by the trade's accuracies and those of forecasting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.forecast_process import ForecastRules
from app.domain.forecasting import accuracy
from app.domain.forecasting.arrays import YEAR, Floats


@dataclass(frozen=True, slots=True)
class Scores:
    """The accuracies of a month as shares, 0.85 is 85 %; None where there is no value."""

    f01: float | None
    """总量预测准确率"""
    f03: float | None
    """分品牌(规格)预测准确率"""
    f04: float | None
    """单品牌预测达标率"""
    wape: float | None
    mase: float | None
    """mean over the SKUs; below 1 is nearer than "as a year ago" was in the months before"""
    bias: float | None
    """above 0 is too much"""


def scores_of(forecasts: Sequence[float], actuals: Sequence[float], past: Floats, rules: ForecastRules) -> Scores:
    """Score the SKUs of a month; `past` is the demand of the months before it [SKUs, months], oldest first."""
    pairs = list(zip(forecasts, actuals, strict=True))
    said, came = np.asarray(forecasts, float), np.asarray(actuals, float)
    return Scores(
        f01=accuracy.total_accuracy(sum(forecasts), sum(actuals)) if pairs else None,
        f03=accuracy.weighted_accuracy(pairs),
        f04=accuracy.share_on_target(pairs, rules.target_accuracy_pct / 100),
        wape=accuracy.wape(said, came),
        mase=_mean_scaled(said, came, past),
        bias=accuracy.bias(said, came),
    )


def by_class(
    classes: Sequence[str], forecasts: Sequence[float], actuals: Sequence[float]
) -> Mapping[str, float | None]:
    """Return F02 of each class, in the order of their names."""
    sums: dict[str, tuple[float, float]] = {}
    for group, forecast, actual in zip(classes, forecasts, actuals, strict=True):
        said, came = sums.get(group, (0.0, 0.0))
        sums[group] = (said + forecast, came + actual)
    return {group: accuracy.total_accuracy(*sums[group]) for group in sorted(sums)}


def stands_out(forecast: float, actual: float, rules: ForecastRules) -> bool:
    """Tell whether a miss is worth a cause: short of the standard of F04, and by enough pieces to matter."""
    if abs(forecast - actual) < rules.cause_from:
        return False
    reached = accuracy.total_accuracy(forecast, actual)
    return reached is None or reached < rules.target_accuracy_pct / 100


def _mean_scaled(forecasts: Floats, actuals: Floats, past: Floats) -> float | None:
    """Return the mean of the MASE of each SKU; None where no SKU has more than a year behind it."""
    if not len(forecasts) or past.shape[1] <= YEAR:
        return None
    each = accuracy.mase(forecasts[:, None], actuals[:, None], past)
    known = each[np.isfinite(each)]
    return float(known.mean()) if len(known) else None
