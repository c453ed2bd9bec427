"""Reads the order lines of the whole territory as monthly demand: what the forecast works on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np

from app.domain.forecasting.arrays import Flags, Floats, Ints, group_sums, month_number, month_start
from app.domain.forecasting.exposure import Exposure
from app.domain.forecasting.festivals import TradeCalendar, factors, is_kept
from app.domain.forecasting.market import Market, at_least, late_shares
from app.domain.forecasting.walking import TAIL_DAYS
from app.playbooks.trade_calendar import load_trade_calendar
from app.runtime.cancel import Check, go_on

MOST_MONTHS = 60
"""Older orders say nothing any more that the last five years do not."""
_AHEAD = 12
_CHUNK = 4_000
"""Rows that are Python objects at one time: memory that many small ones have scattered is slow to come back."""
_WEEKDAYS = 7
_CALENDAR = "china"
_CLOSED = ("ordered_closed", "cancelled", "paused")
"""Trading states in which a shop orders nothing."""
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
    asked: Floats
    """[pairs, months]: what was requested where that is known, else ordered; without the floors of `market.values`"""


def read_market(cursor: Any, as_of: date, check: Check = go_on) -> ReadMarket:
    """Read all whole months up to a day. Raises TooFewMonths, and what `check` raises."""
    first, months = _months(cursor, as_of)
    since, until = month_start(first), month_start(first + months) - timedelta(days=1)
    orders = _Orders.read(cursor, since, until, as_of)
    skus, groups = _skus(cursor)
    lines = _Lines.read(cursor, since, until, orders, skus, check)
    classes = np.array([groups.index(sku.group) for sku in skus], int)
    market, asked = _market(lines, orders, first, months, classes)
    return ReadMarket(market, orders.shops, skus, groups, asked)


def _months(cursor: Any, as_of: date) -> tuple[int, int]:
    """Return the first month and how many whole ones there are; orders that begin later than a week in cut one."""
    oldest = cursor.execute("SELECT min(order_date) FROM purchase_order").fetchone()[0]
    end = month_number(as_of + timedelta(days=1))  # the last day of a month closes it
    if oldest is None:
        raise TooFewMonths(as_of.isoformat())
    began = date.fromisoformat(oldest)
    first = max(month_number(began) + (began.day > _WEEKDAYS), end - MOST_MONTHS)
    if end - first < 3:  # noqa: PLR2004 - a quarter
        raise TooFewMonths(as_of.isoformat())
    return first, end - first


@dataclass(frozen=True, slots=True)
class _Orders:
    """The orders in the order of their number in the store: whose they are, and on which day."""

    number: Ints
    shop: Ints
    day: Ints
    """ordinals"""
    shops: tuple[Shop, ...]
    closed: Flags
    """[shops]"""

    @classmethod
    def read(cls, cursor: Any, since: date, until: date, as_of: date) -> "_Orders":
        named = cursor.execute(
            "SELECT id, cust_code, coalesce(shop_name, cust_name), status, exit_date FROM customer ORDER BY cust_code"
        ).fetchall()
        at = {row[0]: place for place, row in enumerate(named)}
        orders = cursor.execute(
            "SELECT id, customer_id, order_date FROM purchase_order WHERE order_date BETWEEN ? AND ? ORDER BY id",
            (since.isoformat(), until.isoformat()),
        )
        days = {date.fromordinal(day).isoformat(): day for day in range(since.toordinal(), until.toordinal() + 1)}
        parts = [np.zeros((0, 3), np.int64)]
        while rows := orders.fetchmany(_CHUNK):
            parts.append(np.array([(number, at[shop], days[day]) for number, shop, day in rows], np.int64))
        table = np.concatenate(parts)
        return cls(
            table[:, 0].copy(),
            table[:, 1].astype(np.int32),
            table[:, 2].astype(np.int32),
            tuple(Shop(*row[:3]) for row in named),
            np.array([row[3] in _CLOSED or (row[4] or "9999") <= as_of.isoformat() for row in named], bool),
        )

    def calendar(self) -> TradeCalendar:
        """Return the calendar of the trade; an empty one where orders come on its days off as on any other."""
        calendar = load_trade_calendar(_CALENDAR)
        return calendar if is_kept(calendar, [date.fromordinal(day) for day in self.day.tolist()]) else TradeCalendar()


@dataclass(frozen=True, slots=True)
class _Lines:
    """Order lines as columns."""

    order: Ints
    sku: Ints
    quantity: Ints
    requested: Ints
    capped: Flags

    @classmethod
    def read(
        cls, cursor: Any, since: date, until: date, orders: _Orders, skus: tuple[Sku, ...], check: Check
    ) -> "_Lines":
        """Read them in pieces: a million lines as Python objects would be half a gigabyte."""
        numbers = np.array([sku.number for sku in skus], np.int64)
        by_number = np.argsort(numbers)
        parts: list[tuple[Ints, Ints, Ints, Ints, Flags]] = []
        for rows in _chunks(cursor.execute(_LINES, (since.isoformat(), until.isoformat()))):
            check()
            order = np.searchsorted(orders.number, rows[:, 0]).astype(np.int32)
            sku = by_number[np.searchsorted(numbers, rows[:, 1], sorter=by_number)].astype(np.int32)
            parts.append((order, sku, rows[:, 2].astype(np.int32), rows[:, 3].astype(np.int32), rows[:, 4] > 0))
        if not parts:
            nothing = np.zeros(0, np.int32)
            return cls(nothing, nothing, nothing, nothing, nothing > 0)
        order, sku, quantity, requested, capped = (np.concatenate(column) for column in zip(*parts, strict=True))
        return cls(order, sku, quantity, requested, capped)


def _chunks(cursor: Any) -> Iterator[Ints]:
    while rows := cursor.fetchmany(_CHUNK):
        yield np.array(rows, np.int64)


def _skus(cursor: Any) -> tuple[tuple[Sku, ...], tuple[str, ...]]:
    rows = cursor.execute(
        "SELECT no, sku_code, name, coalesce(price_class, category, '') FROM product ORDER BY sku_code"
    ).fetchall()
    skus = tuple(Sku(*row) for row in rows)
    return skus, tuple(sorted({sku.group for sku in skus}))


def _market(lines: _Lines, orders: _Orders, first: int, months: int, classes: Ints) -> tuple[Market, Floats]:
    start = month_start(first).toordinal()
    days = [date.fromordinal(start + day) for day in range(month_start(first + months).toordinal() - start)]
    month_of = np.array([month_number(day) - first for day in days])
    left = np.array([(month_start(month_number(day) + 1) - day).days - 1 for day in days])
    weekday = np.array([day.weekday() for day in days])
    sku_count, class_count = max(len(classes), 1), int(classes.max(initial=-1)) + 1
    shop, day = orders.shop[lines.order], orders.day[lines.order] - start
    pairs, pair = np.unique(shop.astype(np.int64) * sku_count + lines.sku, return_inverse=True)
    shape, month = (len(pairs), months), month_of[day].astype(np.int32)
    cell = pair.astype(np.int32) * np.int32(months) + month
    del pair
    bought, late = _summed(lines.quantity, cell, shape), np.zeros((*shape, len(TAIL_DAYS)), np.float16)
    for at, length in enumerate(TAIL_DAYS):
        end = left[day] < length
        late[:, :, at] = late_shares(_summed(lines.quantity[end], cell[end], shape), bought)
    asked = _asked(lines, bought, cell)
    capped = np.zeros(shape, bool)
    capped.ravel()[cell[lines.capped]] = True
    demand = at_least(asked, capped)
    weekdays = _summed(
        lines.quantity,
        (shop * months + month) * _WEEKDAYS + weekday[day],
        (len(orders.shops), months, _WEEKDAYS),
    )
    calendar = orders.calendar()
    totals = group_sums(demand, classes[pairs % sku_count], class_count)
    market = Market(
        first, pairs // sku_count, pairs % sku_count, classes, demand, late,
        Exposure(weekdays, calendar.order_days(first, months + _AHEAD)),
        factors(calendar, first, totals, _AHEAD) if calendar.festivals else None, orders.closed,
    )  # fmt: skip
    return market, asked


def _asked(lines: _Lines, bought: Floats, cell: Ints) -> Floats:
    """Return what pairs asked for: what was requested, where that is more than what was ordered."""
    asked = np.maximum(lines.requested, lines.quantity)
    return _summed(asked, cell, bought.shape) if (asked > lines.quantity).any() else bought


def _summed(quantities: Ints, cells: Ints, shape: tuple[int, ...]) -> Floats:
    sums = np.zeros(shape, np.float32)
    np.add.at(sums.reshape(-1), cells, quantities)
    return sums
