"""Years with 春节 that are invented, because no public data of such a trade are at hand: January and February compared."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from app.domain.forecasting.accuracy import wape
from app.domain.forecasting.arrays import month_number, month_start
from app.domain.forecasting.engine import forecast_market
from app.domain.forecasting.exposure import Exposure
from app.domain.forecasting.festivals import TradeCalendar, factors
from app.domain.forecasting.market import Market
from app.playbooks.trade_calendar import load_trade_calendar
from benchmarks.measuring import Figure

FIRST = month_number(date(2020, 1, 1))
MONTHS, AHEAD = 72, 12
CHINA = load_trade_calendar("china")
_JUDGED = 36


def measure() -> Iterator[Figure]:
    """Yield how far January and February are off with the calendar and without it."""
    plain = invented_market(uplift=0.8)
    with_calendar, without = (festive_errors(market) for market in (with_festivals(plain), plain))
    for level, name in (("total", "total"), ("shops", "shop"), ("pairs", "shop × SKU")):
        ours, theirs = with_calendar[level], without[level]
        yield Figure(
            f"invented years with 春节, January and February of 2023 to 2025 one month ahead, {name}: WAPE",
            f"{ours:.1%}", f"{theirs:.1%}, the same engine without the calendar", f"{1 - ours / theirs:.0%} lower",
            "lower", ours < theirs,
        )  # fmt: skip


def invented_market(uplift: float, shops: int = 30, skus: int = 12) -> Market:
    """Make up shops that order on working days, more before 春节 and less after it, 2020 to 2025."""
    random = np.random.default_rng(4)
    spring = {day.year: day for day in CHINA.festivals[0].days}
    expected = np.zeros(MONTHS)
    day = month_start(FIRST)
    while day < month_start(FIRST + MONTHS):
        left = (spring[day.year + (day.month == 12)] - day).days
        if CHINA.takes_orders(day):
            expected[month_number(day) - FIRST] += 1 + uplift * (0 < left <= 28) - 0.3 * (-21 <= left <= 0)
        day += timedelta(days=1)
    shop, sku = np.divmod(np.arange(shops * skus), skus)
    level = random.gamma(3, 0.3, shops * skus)
    values = random.poisson(level[:, None] * expected[None]).astype(np.float32)
    late = np.where(values[:, :, None] > 0, np.array([0.25, 0.5]), 0).astype(np.float16)
    bought = np.zeros((shops, MONTHS, 7), np.float32)
    np.add.at(bought[:, :, 0], shop, values)
    plain = TradeCalendar().order_days(FIRST, MONTHS + AHEAD)
    return Market(FIRST, shop, sku, np.arange(skus) % 2, values, late, Exposure(bought, plain))


def with_festivals(market: Market) -> Market:
    """Give a market the Chinese calendar."""
    totals = np.stack([market.values[market.classes[market.skus] == one].sum(axis=0) for one in range(2)])
    exposure = replace(market.exposure, days=CHINA.order_days(FIRST, MONTHS + AHEAD))
    return replace(market, exposure=exposure, festivals=factors(CHINA, FIRST, totals, AHEAD))


def festive_errors(market: Market) -> dict[str, float]:
    """Return the WAPE of the Januaries and Februaries of the last three years by level."""
    made = forecast_market(market, horizon=1, judged=_JUDGED)
    columns = [month for month in range(_JUDGED) if (MONTHS - _JUDGED + month) % 12 < 2]
    levels = {name: getattr(made, name) for name in ("total", "shops", "pairs")}
    return {name: wape(one.past[:, columns], one.actual[:, columns]) or 0 for name, one in levels.items()}
