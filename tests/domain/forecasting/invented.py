"""A small market that is made up: shops that order on Mondays, SKUs of two classes, a season, a few newcomers."""

from datetime import date, timedelta

import numpy as np

from app.domain.forecasting.arrays import month_number, month_start
from app.domain.forecasting.exposure import Exposure
from app.domain.forecasting.market import Market

FIRST = date(2023, 1, 1)


def days_of_months(first: int, months: int) -> np.ndarray:
    counts = np.zeros((months, 7), np.float32)
    day = month_start(first)
    while day < month_start(first + months):
        counts[month_number(day) - first, day.weekday()] += 1
        day += timedelta(days=1)
    return counts


def a_market(shops: int = 12, skus: int = 10, months: int = 30, seed: int = 1) -> Market:
    random = np.random.default_rng(seed)
    shop, sku = np.divmod(np.arange(shops * skus), skus)
    level = random.gamma(2, 4, shops * skus)
    season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(months) / 12)
    values = random.poisson(level[:, None] * season[None]).astype(np.float32)
    started = random.integers(0, months // 2, shops * skus)
    values[np.arange(months)[None] < started[:, None]] = 0
    late = np.where(values[:, :, None] > 0, np.array([0.25, 0.5]), 0).astype(np.float16)
    bought = np.zeros((shops, months, 7), np.float32)
    for number in range(shops):
        bought[number, :, 0] = values[shop == number].sum(axis=0)
    first = month_number(FIRST)
    return Market(
        first, shop, sku, np.arange(skus) % 2, values, late, Exposure(bought, days_of_months(first, months + 12))
    )
