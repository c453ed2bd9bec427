"""Iowa, rolling origins, beside AutoETS: the same drawn series and the same months for both."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.domain.forecasting.accuracy import bias, wape
from app.domain.forecasting.arrays import Floats, first_months, group_sums
from app.domain.forecasting.engine import LevelForecast, forecast_market
from benchmarks.forecast.iowa import market_of, read_lines
from benchmarks.forecast.peer import autoets
from benchmarks.measuring import Figure

_MONTHS, _ACTIVE, _SAMPLE, _SEED = 12, 12, 400, 20_220_430


def measure(folder: Path, territories: tuple[str, ...] = ("T1", "T2", "T3")) -> Iterator[Figure]:
    """Yield our error beside that of AutoETS at the pairs, the stores and the items."""
    for territory in territories:
        market = market_of(read_lines(folder, territory))
        made = forecast_market(market, horizon=1, judged=_MONTHS)
        levels = (
            ("store × item, 12+ active months", made.pairs, market.values),
            ("store", made.shops, group_sums(market.values, market.shops, market.shop_count)),
            ("item × territory", made.skus, group_sums(market.values, market.skus, len(market.classes))),
        )
        for name, level, months in levels:
            yield _beside(f"{territory}, {name}", level, months)


def _beside(name: str, level: LevelForecast, months: Floats) -> Figure:
    active = np.flatnonzero((months > 0).sum(axis=1) >= _ACTIVE)
    drawn = active
    if len(active) > _SAMPLE:
        drawn = np.sort(np.random.default_rng(_SEED).choice(active, _SAMPLE, replace=False))
    origins = tuple(range(months.shape[1] - _MONTHS, months.shape[1]))
    what = f"{name}: {len(drawn):,} of {len(active):,} series, twelve origins, mean forecast of the next month: WAPE"
    peer = autoets(months[drawn], first_months(months[drawn]), origins)
    if peer is None:
        return Figure(what, "—", "AutoETS could not be installed", "—", "lower", False)
    actual, plain = level.actual[drawn], level.past_plain[drawn]
    known = np.isfinite(plain) & np.isfinite(peer.said)

    def scores(said: Floats) -> tuple[float, float]:
        judged = np.where(known, np.nan_to_num(said), np.nan)
        return wape(judged, actual) or 0.0, bias(judged, actual) or 0.0

    (ours, our_bias), (theirs, their_bias), (smoothed, _) = scores(level.past[drawn]), scores(peer.said), scores(plain)
    each = peer.seconds / (len(drawn) * _MONTHS)
    return Figure(
        what, f"{ours:.1%}, bias {our_bias:+.1%}",
        f"{theirs:.1%}, AutoETS (season 12), bias {their_bias:+.1%}, {each * 1e3:.0f} ms of processor a fit; "
        f"SES(0.2) {smoothed:.1%}",
        f"{1 - ours / theirs:.1%} lower", "lower", ours < theirs,
    )  # fmt: skip
