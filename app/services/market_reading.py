"""Reads the order lines of the whole territory as monthly demand: what the forecast works on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np

from app.domain.forecasting.arrays import Flags, Floats, Ints, month_number, month_start
from app.domain.forecasting.exposure import Exposure
from app.domain.forecasting.market import Market, at_least
from app.domain.forecasting.pooled import TAIL_DAYS

MOST_MONTHS = 60
"""Older orders say nothing any more that the last five years do not."""
_AHEAD = 12
_CHUNK = 50_000
_WEEKDAYS = 7
_LINES = """
SELECT l.order_id, l.product_no, l.qty, coalesce(l.requested, 0), coalesce(l.allowed > 0 AND l.qty >= l.allowed, 0)
FROM order_line l JOIN purchase_order o ON o.id = l.order_id WHERE o.order_date BETWEEN ? AND ?
"""


class TooFewMonths(ValueError):  # noqa: N818 - a state of the store, told in words
    """There are not three whole months of orders before the day: nothing can be forecast from that."""


class Shop(NamedTuple):
    """A row of the market's shops."""

    key: str
    code: str
    name: str


class Sku(NamedTuple):
    """A row of the market's SKUs."""

    number: int
    code: str
    name: str
    group: str
    """its price class, or the category where there is none"""


@dataclass(frozen=True, slots=True)
class ReadMarket:
    """The market with what its rows are called."""

    market: Market
    shops: tuple[Shop, ...]
    skus: tuple[Sku, ...]
    groups: tuple[str, ...]


def read_market(cursor: Any, as_of: date) -> ReadMarket:
    """Read all whole months up to a day. Raises TooFewMonths."""
    first, months = _months(cursor, as_of)
    since, until = month_start(first), month_start(first + months) - timedelta(days=1)
    orders = _Orders.read(cursor, since, until)
    skus, groups = _skus(cursor)
    lines = _Lines.read(cursor, since, until, orders, {sku.number: at for at, sku in enumerate(skus)})
    market = _market(lines, orders, first, months, np.array([groups.index(sku.group) for sku in skus], int), len(skus))
    return ReadMarket(market, orders.shops, skus, groups)


def _months(cursor: Any, as_of: date) -> tuple[int, int]:
    """Return the first month and how many whole ones there are."""
    oldest = cursor.execute("SELECT min(order_date) FROM purchase_order").fetchone()[0]
    end = month_number(as_of + timedelta(days=1))  # the last day of a month closes it
    first = end if oldest is None else max(month_number(date.fromisoformat(oldest)), end - MOST_MONTHS)
    if end - first < 3:  # noqa: PLR2004 - a quarter
        raise TooFewMonths(as_of.isoformat())
    return first, end - first


@dataclass(frozen=True, slots=True)
class _Orders:
    """The orders by their number in the store: whose they are, and on which day."""

    places: dict[int, int]
    shop: Ints
    day: Ints
    """ordinals"""
    shops: tuple[Shop, ...]

    @classmethod
    def read(cls, cursor: Any, since: date, until: date) -> "_Orders":
        named = cursor.execute("SELECT id, cust_code, coalesce(shop_name, cust_name) FROM customer ORDER BY cust_code")
        shops = tuple(Shop(*row) for row in named.fetchall())
        at = {shop.key: place for place, shop in enumerate(shops)}
        rows = cursor.execute(
            "SELECT id, customer_id, order_date FROM purchase_order WHERE order_date BETWEEN ? AND ?",
            (since.isoformat(), until.isoformat()),
        ).fetchall()
        days = {text: date.fromisoformat(text).toordinal() for text in {row[2] for row in rows}}
        return cls(
            {row[0]: place for place, row in enumerate(rows)},
            np.array([at[row[1]] for row in rows], int),
            np.array([days[row[2]] for row in rows], int),
            shops,
        )


@dataclass(frozen=True, slots=True)
class _Lines:
    """Order lines as columns."""

    order: Ints
    sku: Ints
    quantity: Floats
    requested: Floats
    capped: Flags

    @classmethod
    def read(cls, cursor: Any, since: date, until: date, orders: _Orders, skus: dict[int, int]) -> "_Lines":
        """Read them in pieces: a million lines as Python objects would be half a gigabyte."""
        parts = list(_chunks(cursor.execute(_LINES, (since.isoformat(), until.isoformat()))))
        table = np.concatenate(parts) if parts else np.zeros((0, 5), np.int64)
        order = np.vectorize(orders.places.__getitem__, otypes=[int])(table[:, 0]) if len(table) else np.zeros(0, int)
        sku = np.vectorize(skus.__getitem__, otypes=[int])(table[:, 1]) if len(table) else np.zeros(0, int)
        return cls(order, sku, table[:, 2].astype(np.float32), table[:, 3].astype(np.float32), table[:, 4] > 0)


def _chunks(cursor: Any) -> Iterator[Ints]:
    while rows := cursor.fetchmany(_CHUNK):
        yield np.array(rows, np.int64)


def _skus(cursor: Any) -> tuple[tuple[Sku, ...], tuple[str, ...]]:
    rows = cursor.execute(
        "SELECT no, sku_code, name, coalesce(price_class, category, '') FROM product ORDER BY sku_code"
    ).fetchall()
    skus = tuple(Sku(*row) for row in rows)
    return skus, tuple(sorted({sku.group for sku in skus}))


def _market(lines: _Lines, orders: _Orders, first: int, months: int, classes: Ints, sku_count: int) -> Market:
    start = month_start(first).toordinal()
    calendar = [date.fromordinal(start + day) for day in range(month_start(first + months).toordinal() - start)]
    month_of = np.array([month_number(day) - first for day in calendar])
    left = np.array([(month_start(month_number(day) + 1) - day).days - 1 for day in calendar])
    weekday = np.array([day.weekday() for day in calendar])
    shop, day = orders.shop[lines.order], orders.day[lines.order] - start
    pairs, pair = np.unique(shop.astype(np.int64) * max(sku_count, 1) + lines.sku, return_inverse=True)
    month = month_of[day]
    bought, requested = (np.zeros((len(pairs), months), np.float32) for _ in range(2))
    np.add.at(bought, (pair, month), lines.quantity)
    np.add.at(requested, (pair, month), np.maximum(lines.requested, lines.quantity))
    capped = np.zeros((len(pairs), months), bool)
    capped[pair[lines.capped], month[lines.capped]] = True
    tails = np.zeros((len(pairs), months, len(TAIL_DAYS)), np.float32)
    for at, length in enumerate(TAIL_DAYS):
        late = left[day] < length
        np.add.at(tails[:, :, at], (pair[late], month[late]), lines.quantity[late])
    weekdays = np.zeros((len(orders.shops), months, _WEEKDAYS), np.float32)
    np.add.at(weekdays, (shop, month, weekday[day]), lines.quantity)
    exposure = Exposure(weekdays, _days_of_months(first, months + _AHEAD))
    demand = at_least(bought, capped, requested)
    return Market(first, pairs // max(sku_count, 1), pairs % max(sku_count, 1), classes, demand, tails, exposure)


def _days_of_months(first: int, months: int) -> Floats:
    counts = np.zeros((months, _WEEKDAYS), np.float32)
    for ordinal in range(month_start(first).toordinal(), month_start(first + months).toordinal()):
        day = date.fromordinal(ordinal)
        counts[month_number(day) - first, day.weekday()] += 1
    return counts
