"""One shop's order lines read once into weekly and monthly numbers; every figure about purchases is drawn from them.

A line is `(date, product, quantity in 条, amount in minor units)`; the product is its
local number. Week 0 is the newest
closed week, week 52 the same week a year before. A week has seven days and ends one day after the order day, so that
an order a day early or late stays in its week; the newest closed week is the newest that has ended by the day asked
for, and what came after it is the open week. Without an order day the weeks simply end today.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from app.domain import formulas

PurchaseLine: TypeAlias = tuple[date, int, int, int]

YEAR_WEEKS = 52
QUARTER_WEEKS = 13
KEPT_WEEKS = YEAR_WEEKS + 2 * QUARTER_WEEKS
"""Weeks kept by product; nothing drawn from them looks further back, and months keep the rest."""


@dataclass(frozen=True, slots=True)
class ProductWeeks:
    """What the shop bought of one product: 条 and minor units by closed week, newest first.

    `age` is the number of closed weeks since the first purchase, that week included (0: only in the open week).
    """

    product: int
    quantities: Sequence[int]
    amounts: Sequence[int]
    open_quantity: int
    age: int
    first_day: date
    last_day: date
    last_quantity: int
    last_price: int | None

    def quantity(self, weeks: int, skip: int = 0) -> int:
        """Return the 条 bought in that many weeks, after skipping some of the newest."""
        return sum(self.quantities[skip : skip + weeks])

    def amount(self, weeks: int, skip: int = 0) -> int:
        """Return the money paid in that many weeks, after skipping some of the newest."""
        return sum(self.amounts[skip : skip + weeks])


@dataclass(frozen=True, slots=True)
class PurchaseHistory:
    """The order history of one shop, read for one day; make it with `read_history`.

    `quantities` and `amounts` are of all products by closed week, newest first; `age` is the number of closed weeks
    since the first order; `months` maps (year, month) to (条, minor units).
    """

    as_of: date
    order_weekday: int | None
    newest_week_end: date
    products: Mapping[int, ProductWeeks]
    quantities: Sequence[int]
    amounts: Sequence[int]
    age: int
    months: Mapping[tuple[int, int], tuple[int, int]]
    order_days: Sequence[date]
    """each day with an order once, oldest first"""
    month_a_year_ago: int = 0
    """条 bought a year ago from the first of this month to this very day: what a month under way compares with"""

    def quantity(self, weeks: int, skip: int = 0) -> int:
        """Return the 条 of all products in that many closed weeks, after skipping some of the newest."""
        return sum(self.quantities[skip : skip + weeks])

    def amount(self, weeks: int, skip: int = 0) -> int:
        """Return the money of all products in that many closed weeks, after skipping some of the newest."""
        return sum(self.amounts[skip : skip + weeks])

    def bought_within(self, weeks: int) -> list[ProductWeeks]:
        """Return the products bought in that many closed weeks or in the open one: all others need no look."""
        before = self.newest_week_end - timedelta(days=7 * weeks)
        return [row for row in self.products.values() if row.last_day > before]

    def reaches(self, weeks: int) -> bool:
        """Tell whether the shop already bought that many weeks ago, so that a comparison is fair."""
        return self.age >= weeks


class _Row:
    """The running sums of one product while the lines are read."""

    __slots__ = ("amounts", "first", "last", "quantities")

    def __init__(self, slots: int, line: PurchaseLine) -> None:
        self.quantities = [0] * slots
        self.amounts = [0] * slots
        self.first = line
        self.last = line


def week_end(as_of: date, order_weekday: int | None) -> date:
    """Return the last day of the newest week that has ended by `as_of`; weekdays are 1 (Monday) to 7."""
    if order_weekday is None:
        return as_of
    return date.fromordinal(as_of.toordinal() - (as_of.isoweekday() - order_weekday - 1) % 7)


def read_history(lines: Iterable[PurchaseLine], as_of: date, order_weekday: int | None) -> PurchaseHistory:
    """Read the lines of one shop, in any order, in one pass; lines after `as_of` are left out."""
    ordered = sorted(lines, key=itemgetter(0))
    end = week_end(as_of, order_weekday)
    age = _slot(end, ordered[0][0]) if ordered else 0
    # While reading, slot 0 is the open week and the last slot whatever is too old: no line needs a test of its own.
    slots = min(age, KEPT_WEEKS) + 2
    rows: dict[int, _Row] = {}
    quantities, amounts = [0] * slots, [0] * slots
    months: dict[tuple[int, int], tuple[int, int]] = {}
    days: list[date] = []
    a_year_ago = 0
    since, until = month_to_date_last_year(as_of)
    for day, group in groupby(ordered, key=itemgetter(0)):
        if day > as_of:
            break
        days.append(day)
        day_lines = list(group)
        slot = min(_slot(end, day), slots - 1)
        quantity, amount = _add_day(rows, day_lines, slot, slots)
        quantities[slot] += quantity
        amounts[slot] += amount
        if since <= day <= until:
            a_year_ago += quantity
        had = months.get((day.year, day.month), (0, 0))
        months[day.year, day.month] = (had[0] + quantity, had[1] + amount)
    products = {product: _product_weeks(product, row, end) for product, row in rows.items()}
    weeks = slice(1, -1)
    return PurchaseHistory(
        as_of, order_weekday, end, products, quantities[weeks], amounts[weeks], age, months, days, a_year_ago
    )


def is_month_over(day: date) -> bool:
    """Tell whether that day is the last of its month."""
    return (day + timedelta(days=1)).month != day.month


def month_to_date_last_year(as_of: date) -> tuple[date, date]:
    """Return the first and the last day a year before that match the month up to `as_of`; a whole month if it is."""
    first = as_of.replace(year=as_of.year - 1, day=1)
    if is_month_over(as_of):
        following = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
        return first, following - timedelta(days=1)
    return first, first + timedelta(days=as_of.day - 1)


def _slot(end: date, day: date) -> int:
    """Return 0 for a day in the open week, 1 for the newest closed week, and so on back."""
    return max(0, (end - day).days // 7 + 1)


def _add_day(rows: dict[int, _Row], lines: Sequence[PurchaseLine], slot: int, slots: int) -> tuple[int, int]:
    """Add the lines of one day to their products; return the day's 条 and minor units."""
    day_quantity = day_amount = 0
    for line in lines:
        _, product, quantity, amount = line
        row = rows.get(product)
        if row is None:
            row = rows[product] = _Row(slots, line)
        row.quantities[slot] += quantity
        row.amounts[slot] += amount
        row.last = line
        day_quantity += quantity
        day_amount += amount
    return day_quantity, day_amount


def _product_weeks(product: int, row: _Row, end: date) -> ProductWeeks:
    weeks = slice(1, -1)
    return ProductWeeks(
        product=product,
        quantities=row.quantities[weeks],
        amounts=row.amounts[weeks],
        open_quantity=row.quantities[0],
        age=_slot(end, row.first[0]),
        first_day=row.first[0],
        last_day=row.last[0],
        last_quantity=row.last[2],
        last_price=formulas.value_per_carton(row.last[3], row.last[2]),
    )
