"""Iowa, rolling origins: each of the last twelve months forecast from the months before it, at every level."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.domain.forecasting.accuracy import bias, wape
from app.domain.forecasting.arrays import Flags, Floats, group_sums
from app.domain.forecasting.engine import LevelForecast, forecast_market
from app.domain.forecasting.market import Market
from app.domain.forecasting.medians import likeliest
from app.domain.forecasting.ranges import Outcomes, buying_share, learn_range
from app.domain.forecasting.trade_models import seasonal_naive
from benchmarks.forecast.iowa import market_of, read_lines
from benchmarks.measuring import Figure

_MONTHS = 12
_BEFORE = 12
"""Origins before the judged ones, from which the first ranges are learnt."""
_ACTIVE = 24


@dataclass(frozen=True, slots=True)
class _Goal:
    """Which series of a level count, and by how much of the WAPE of SES(0.2) ours has to be lower."""

    name: str
    rows: Flags
    gain: float | None


def measure(folder: Path, territories: tuple[str, ...] = ("T1", "T2", "T3")) -> Iterator[Figure]:
    """Yield the figures of part (c)."""
    for territory in territories:
        market = market_of(read_lines(folder, territory))
        forecast = forecast_market(market, horizon=1, judged=_MONTHS + _BEFORE)
        pairs = (market.values > 0).sum(axis=1)
        months = {
            level: (getattr(forecast, level).actual > 0).sum(axis=1) for level in ("shop_classes", "shops", "skus")
        }
        goals = (
            (forecast.pairs, _Goal("store × item, 24+ active months", pairs >= _ACTIVE, 0.02)),
            (forecast.pairs, _Goal("store × item, 12+ active months", pairs >= _MONTHS, 0.02)),
            (forecast.shop_classes, _Goal("store × category", months["shop_classes"] >= _MONTHS, None)),
            (forecast.shops, _Goal("store", months["shops"] >= _MONTHS, 0.04)),
            (forecast.skus, _Goal("item × territory", months["skus"] >= _MONTHS, 0.02)),
        )
        for level, goal in goals:
            yield _mean(territory, market, level, goal)
            if goal.name.startswith("store × item"):
                yield _median(market, level, goal)
        yield _coverage(
            f"{territory}, store × item, 12+ active months", market.values, forecast.pairs, pairs >= _MONTHS
        )
        shops, skus = market.shops, market.skus
        of_shops = group_sums(market.values, shops, market.shop_count)
        yield _coverage(f"{territory}, store", of_shops, forecast.shops, months["shops"] >= _MONTHS)
        of_skus = group_sums(market.values, skus, len(market.classes))
        yield _coverage(f"{territory}, item × territory", of_skus, forecast.skus, months["skus"] >= _MONTHS)
        whole = market.values.sum(axis=0, keepdims=True)
        yield _coverage(f"{territory}, total", whole, forecast.total, np.ones(1, bool), (0, 1))


def _mean(territory: str, market: Market, level: LevelForecast, goal: _Goal) -> Figure:
    ours, plain, actual = (part[goal.rows][:, -_MONTHS:] for part in (level.past, level.past_plain, level.actual))
    ours = np.where(np.isfinite(plain), ours, np.nan)
    error, simple, off = wape(ours, actual) or 0, wape(plain, actual) or 1, bias(ours, actual) or 0
    others = _others(market, level, goal) if goal.name.startswith("store × item") else ""
    met = goal.gain is None or (1 - error / simple >= goal.gain and abs(off) <= 0.05)
    return Figure(
        f"{territory}, {goal.name} ({int(goal.rows.sum()):,} series), mean forecast of the next month: WAPE",
        f"{error:.1%}, bias {off:+.1%}", f"{simple:.1%}, SES(0.2), bias {bias(plain, actual) or 0:+.1%}{others}",
        f"{1 - error / simple:.1%} lower", "—" if goal.gain is None else f"≥ {goal.gain:.0%} lower, bias ±5 %", met,
    )  # fmt: skip


def _others(market: Market, level: LevelForecast, goal: _Goal) -> str:
    values, actual = market.values[goal.rows], level.actual[goal.rows][:, -_MONTHS:]
    last = market.months - _MONTHS
    known = np.isfinite(level.past_plain[goal.rows][:, -_MONTHS:])
    told: list[str] = []
    for name, months in (("mean of 6", 6), ("mean of 12", 12), ("seasonal naive", 0)):
        columns = [
            values[:, origin - months : origin].mean(axis=1) if months else seasonal_naive(values[:, :origin], 1)[:, 0]
            for origin in range(last, market.months)
        ]
        told.append(f"{name} {wape(np.where(known, np.stack(columns, axis=1), np.nan), actual) or 0:.1%}")
    return "; " + ", ".join(told)


def _median(market: Market, level: LevelForecast, goal: _Goal) -> Figure:
    median = np.stack([_likeliest(market, level, month) for month in range(_MONTHS)], axis=1)[goal.rows]
    plain, actual = (part[goal.rows][:, -_MONTHS:] for part in (level.past_plain, level.actual))
    median = np.where(np.isfinite(plain), np.nan_to_num(median), np.nan)
    error, simple = wape(median, actual) or 0, wape(plain, actual) or 1
    return Figure(
        f"… {goal.name}, median forecast: WAPE", f"{error:.1%}, bias {bias(median, actual) or 0:+.1%}",
        f"{simple:.1%}, SES(0.2)", f"{1 - error / simple:.1%} lower", "≥ 5 % lower", 1 - error / simple >= 0.05,
    )  # fmt: skip


def _likeliest(market: Market, level: LevelForecast, month: int) -> Floats:
    median = _rolling(market.values, level, month)[1]
    return likeliest(median, level.past[:, _BEFORE + month], market.values, market.months - _MONTHS + month)


def _coverage(
    name: str, months: Floats, level: LevelForecast, rows: Flags, goal: tuple[float, float] = (0.77, 0.83)
) -> Figure:
    inside = told = below = 0
    for month in range(_MONTHS):
        low, _, high = (part[rows] for part in _rolling(months, level, month))
        actual = level.actual[rows][:, _BEFORE + month]
        known = np.isfinite(low)
        told += int(known.sum())
        inside += int(((actual >= low) & (actual <= high))[known].sum())
        below += int((actual < low)[known].sum())
    share = inside / told
    return Figure(
        f"{name}: outcomes inside the range of 80 %", f"{share:.1%} of {told:,}",
        f"{below / told:.1%} below, {1 - share - below / told:.1%} above", "—", f"{goal[0]:.0%}–{goal[1]:.0%}",
        goal[0] <= share <= goal[1],
    )  # fmt: skip


def _rolling(months: Floats, level: LevelForecast, month: int) -> tuple[Floats, Floats, Floats]:
    """Return low, median and high for one of the judged months, learnt from the twelve origins before it alone."""
    at, first = _BEFORE + month, months.shape[1] - _MONTHS - _BEFORE
    past = Outcomes.joined([
        Outcomes.of(level.past[:, one], buying_share(months, first + one), level.actual[:, one])
        for one in range(at - _BEFORE, at)
    ])  # fmt: skip
    found = learn_range(level.past[:, at], buying_share(months, first + at), past)
    return found.low, found.median, found.high
