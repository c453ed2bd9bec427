"""Forecasts of the few long series of a territory, each from itself: its classes, its shops, and all together.

Two years and more tell a season that the pooled model sees only through last year's month. The model is the mean of
SES, Theta and damped trend on a shrunk season, over months made as long as usual in order days.
"""

from collections.abc import Sequence

import numpy as np

from app.domain.forecasting.arrays import YEAR, Floats, Ints
from app.domain.forecasting.exposure import Exposure
from app.domain.forecasting.smoothing import seasonal_mean_of_three

_FEWEST = 2 * YEAR
_SHORTEST = 0.3


def own_forecasts(
    values: Floats, exposure: Exposure, owners: Ints, origins: Sequence[int], horizon: int
) -> Floats:  # fmt: skip
    """Forecast [series, months] from each origin: [origins, series, horizon].

    `owners` is the row of `exposure` of each series. NaN for a series with fewer than 24 months of demand by then.
    """
    found = np.full((len(origins), len(values), horizon), np.nan, np.float32)
    for at, origin in enumerate(origins):
        long = np.flatnonzero((values[:, :origin] > 0).sum(axis=1) >= _FEWEST)
        if not len(long):
            continue
        days = exposure.seen_from(origin)
        length = np.stack([1 + days.own(month)[owners[long]] for month in range(origin + horizon)], axis=1)
        usual = values[long, :origin] / np.maximum(length[:, :origin], _SHORTEST)
        found[at, long] = seasonal_mean_of_three(usual, horizon) * length[:, origin:]
    return found
