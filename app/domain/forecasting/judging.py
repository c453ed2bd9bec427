"""How good forecasts would have been: each of the last months forecast from those before it, beside plain methods."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.domain.forecasting.accuracy import bias, wape
from app.domain.forecasting.arrays import YEAR, Flags, Floats, group_sums
from app.domain.forecasting.engine import LevelForecast, forecast_market
from app.domain.forecasting.market import Market
from app.domain.forecasting.medians import likeliest
from app.domain.forecasting.ranges import Outcomes, buying_share, learn_range
from app.domain.forecasting.trade_models import seasonal_naive

BEFORE = YEAR
"""Months before the judged ones, from whose errors the first ranges are learnt."""


@dataclass(frozen=True, slots=True)
class Score:
    """WAPE and bias of one method over all judged months; 0.2 is 20 % of what was bought, bias above 0 too much."""

    error: float
    bias: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many outcomes had a range, and which share of them lay inside and below it."""

    outcomes: int
    inside: float
    below: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """One level: its series with so many active months, and how near each method came; `plain` is M5 with α 0.2."""

    level: str
    active: int
    series: int
    ours: Score
    median: Score
    plain: Score
    mean_of_6: Score
    mean_of_12: Score
    seasonal_naive: Score
    coverage: Coverage | None

    @property
    def gain(self) -> float:
        """How much lower our WAPE is than that of plain smoothing, as a share of it."""
        return 1 - self.ours.error / self.plain.error

    @property
    def median_gain(self) -> float:
        """The same for the median forecast."""
        return 1 - self.median.error / self.plain.error


def judge(market: Market, judged: int) -> Iterator[Judgement]:
    """Judge the last months of a market, level by level; nothing after a month is seen when it is forecast.

    A level without a series that was bought in as many months is left out.
    """
    made = forecast_market(market, horizon=1, judged=judged + BEFORE)
    cells = np.unique(np.stack([market.shops, market.classes[market.skus]]), axis=1, return_inverse=True)[1].ravel()
    by_class = group_sums(market.values, cells, len(made.group_shops))
    by_sku = group_sums(market.values, market.skus, len(market.classes))
    by_shop = group_sums(market.values, market.shops, market.shop_count)
    levels = (
        ("store-item", 24, made.pairs, market.values), ("store-item", 12, made.pairs, market.values),
        ("store-class", 12, made.shop_classes, by_class), ("store", 12, made.shops, by_shop),
        ("item", 12, made.skus, by_sku), ("total", 1, made.total, market.values.sum(axis=0, keepdims=True)),
    )  # fmt: skip
    for name, active, level, months in levels:
        rows = (months > 0).sum(axis=1) >= active
        if rows.any():
            yield _judge(name, active, level, months, rows, judged)


def _judge(name: str, active: int, level: LevelForecast, months: Floats, rows: Flags, judged: int) -> Judgement:
    first = months.shape[1] - judged
    plain, actual = level.past_plain[rows][:, -judged:], level.actual[rows][:, -judged:]
    likely, coverage = _with_errors(level, months, rows, judged)

    def score(said: Floats) -> Score:
        known = np.where(np.isfinite(plain), np.nan_to_num(said), np.nan)
        return Score(wape(known, actual) or 0, bias(known, actual) or 0)

    def rolling(back: int) -> Floats:
        return np.stack(
            [months[rows, max(0, at - back) : at].mean(axis=1) for at in range(first, first + judged)], axis=1
        )

    naive = [seasonal_naive(months[rows, :origin], 1)[:, 0] for origin in range(first, first + judged)]
    return Judgement(
        name, active, int(rows.sum()), score(level.past[rows][:, -judged:]), score(likely), score(plain),
        score(rolling(6)), score(rolling(YEAR)), score(np.stack(naive, axis=1)), coverage,
    )  # fmt: skip


def _with_errors(level: LevelForecast, months: Floats, rows: Flags, judged: int) -> tuple[Floats, Coverage | None]:
    """Return the median forecasts, and how often ranges held, each learnt from the year of origins before it."""
    have, total = level.past.shape[1], months.shape[1]
    share = [buying_share(months, total - have + at) for at in range(have)]
    outcomes = [Outcomes.of(level.past[:, at], share[at], level.actual[:, at]) for at in range(have)]
    medians: list[Floats] = []
    told = inside = below = 0
    for at in range(have - judged, have):
        past = Outcomes.joined(outcomes[max(0, at - BEFORE) : at])
        found = learn_range(level.past[:, at], share[at], past)
        median = likeliest(found.median, level.past[:, at], months[:, : total - have + at], total - have + at)
        medians.append((median if len(months) > 1 else found.median)[rows])
        actual, known = level.actual[rows, at], np.isfinite(found.low[rows])
        told += int(known.sum())
        below += int((actual < found.low[rows])[known].sum())
        inside += int(((actual >= found.low[rows]) & (actual <= found.high[rows]))[known].sum())
    return np.stack(medians, axis=1), Coverage(told, inside / told, below / told) if told else None
