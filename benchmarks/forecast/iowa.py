"""The order lines of a territory of the State of Iowa as a market: store × item by month, with the days of the months."""

import csv
import gzip
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from app.domain.forecasting.arrays import Floats, Ints, month_number, month_start
from app.domain.forecasting.exposure import Exposure
from app.domain.forecasting.market import Market, late_shares
from app.domain.forecasting.walking import TAIL_DAYS

FIRST, LAST = date(2019, 5, 1), date(2022, 4, 30)
_AHEAD = 12


@dataclass(frozen=True, slots=True)
class Lines:
    """Order lines of one territory as columns: store and item as numbers, days since the first."""

    stores: Ints
    items: Ints
    days: Ints
    bottles: Floats
    classes: Ints
    """the category of each item"""
    store_count: int


def read_lines(folder: Path, territory: str) -> Lines:
    """Read `orders_<territory>.csv.gz` and the categories of its items."""
    with gzip.open(folder / "products.csv.gz", "rt", encoding="utf-8", newline="") as file:
        categories = {row["item_no"]: row["category"] for row in csv.DictReader(file)}
    days: dict[str, int] = {}
    columns: tuple[list[int], list[str], list[str], list[int]] = ([], [], [], [])
    with gzip.open(folder / f"orders_{territory}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = row["order_date"]
            if day not in days:
                days[day] = (date.fromisoformat(day) - FIRST).days
            for column, value in zip(
                columns, (days[day], row["store_no"], row["item_no"], int(row["bottles"])), strict=True
            ):
                column.append(value)  # type: ignore[arg-type]
    _, stores = np.unique(np.array(columns[1]), return_inverse=True)
    names, items = np.unique(np.array(columns[2]), return_inverse=True)
    _, classes = np.unique(np.array([categories[name] for name in names]), return_inverse=True)
    return Lines(stores, items, np.array(columns[0]), np.array(columns[3], np.float32), classes, int(stores.max()) + 1)


def market_of(lines: Lines) -> Market:
    """Add the lines up by pair and month."""
    calendar = [FIRST + timedelta(days=day) for day in range((LAST - FIRST).days + 1)]
    month_of_day = np.array([month_number(day) - month_number(FIRST) for day in calendar])
    left_in_month = np.array([(month_start(month_number(day) + 1) - day).days - 1 for day in calendar])
    weekdays = np.array([day.weekday() for day in calendar])
    months = int(month_of_day.max()) + 1
    key = lines.stores.astype(np.int64) * len(lines.classes) + lines.items
    pairs, pair = np.unique(key, return_inverse=True)
    month = month_of_day[lines.days]
    values = np.zeros((len(pairs), months), np.float32)
    np.add.at(values, (pair, month), lines.bottles)
    tails = np.zeros((len(pairs), months, len(TAIL_DAYS)), np.float32)
    for at, length in enumerate(TAIL_DAYS):
        late = left_in_month[lines.days] < length
        np.add.at(tails[:, :, at], (pair[late], month[late]), lines.bottles[late])
    bought = np.zeros((lines.store_count, months, 7), np.float32)
    np.add.at(bought, (lines.stores, month, weekdays[lines.days]), lines.bottles)
    exposure = Exposure(bought, _weekdays(month_number(FIRST), months + _AHEAD))
    return Market(
        month_number(FIRST),
        pairs // len(lines.classes),
        pairs % len(lines.classes),
        lines.classes,
        values,
        late_shares(tails, values[:, :, None]),
        exposure,
    )


def _weekdays(first: int, months: int) -> Floats:
    counts = np.zeros((months, 7), np.float32)
    day, end = month_start(first), month_start(first + months)
    while day < end:
        counts[month_number(day) - first, day.weekday()] += 1
        day += timedelta(days=1)
    return counts
