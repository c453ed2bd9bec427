"""The months of a chart: what was asked for, what was forecast one month ahead, what is expected with its range."""

from collections.abc import Sequence

import numpy as np

from app.domain.forecasting.arrays import Floats, Ints, month_start
from app.domain.forecasting.choosing import Model
from app.services.forecast_figures import MonthFigures
from app.services.forecast_run import Run, RunLevel
from app.services.forecast_sheet import known
from app.services.forecast_views import Point, Record

_PLAIN = Model.SMOOTHING.name.lower()


def points_of(run: Run, months: Sequence[MonthFigures], sku: int | None, shop: int | None) -> tuple[Point, ...]:
    """Return the months of a SKU, of a shop, of both together, or of the territory, oldest first."""
    demand, level, row = _series(run, sku, shop)
    past = None if level is None else level.past[row]
    points = [_past_point(run, at, int(value), past) for at, value in enumerate(demand)]
    return (*points, *(_point_ahead(figures, level, row, sku, shop) for figures in months))


def record_of(run: Run, sku: int | None, shop: int | None) -> Record:
    """Return how the past forecasts of a series did, beside the plain method; nothing for what was never bought."""
    _, level, row = _series(run, sku, shop)
    if level is None:
        return Record()
    is_plain = level is run.pairs and run.models[run.pair_models[row]] == _PLAIN
    return Record(known(level.error[row]), known(level.plain_error[row]), is_plain)


def _series(run: Run, sku: int | None, shop: int | None) -> tuple[Ints, RunLevel | None, int]:
    if sku is not None and shop is not None:
        pair = run.pair_of(sku, shop)
        if pair is None:
            return np.zeros(run.demand.shape[1], int), None, 0
        return run.demand[pair], run.pairs, pair
    if sku is not None:
        return run.sku_demand[sku], run.skus, sku
    if shop is not None:
        return run.shop_demand[shop], run.shops, shop
    return run.demand.sum(axis=0, dtype=np.int64), run.total, 0


def _past_point(run: Run, at: int, actual: int, past: Floats | None) -> Point:
    known_months = run.demand.shape[1]
    month = month_start(run.first_month - known_months + at)
    judged = at - known_months + (0 if past is None else len(past))
    forecast = known(float(past[judged])) if past is not None and judged >= 0 else None
    return Point(month, actual=actual, forecast=forecast)


def _point_ahead(figures: MonthFigures, level: RunLevel | None, row: int, sku: int | None, shop: int | None) -> Point:
    ahead = figures.ahead
    if level is None:
        return Point(figures.month, final=_final(figures, sku, shop))
    return Point(
        figures.month,
        forecast=known(level.expected[row, ahead]),
        low=known(level.low[row, ahead]),
        high=known(level.high[row, ahead]),
        final=_final(figures, sku, shop),
    )


def _final(figures: MonthFigures, sku: int | None, shop: int | None) -> int:
    if shop is None:
        return int(figures.final_totals.sum() if sku is None else figures.final_totals[sku])
    if sku is not None:
        _, final = figures.share_of(sku, shop)
        return final
    shares = [figures.share_of(one, shop) for one in figures.touched]
    expected = figures.run.shops.expected[shop, figures.ahead]
    return round(float(np.nan_to_num(expected))) + sum(final - model for model, final in shares)
