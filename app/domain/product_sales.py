"""What one SKU sells in the whole territory: this year beside last, by month, and which shops buy it or stopped.

A sale is `(customer, day, quantity, amount)`; the customer is any key. Quantities are those the shops bought.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeAlias, TypeVar

from app.domain.purchase_history import is_month_over, month_to_date_last_year

_Key = TypeVar("_Key", bound=Hashable)
Sale: TypeAlias = tuple[_Key, date, int, int]

QUARTER = timedelta(days=91)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class SalesYear:
    """A year up to a day: what was bought, the money in minor units, how many shops bought."""

    quantity: int
    amount: int
    shops: int


@dataclass(frozen=True, slots=True)
class ProductMonth:
    """A month (its first day) beside the same month of last year; `until` as for a month that is under way."""

    month: date
    quantity: int
    last_year: int
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Buyer(Generic[_Key]):
    """A shop: what it bought in the last 13 weeks and in the 13 before, and when last."""

    customer: _Key
    now: int
    before: int
    last_day: date


@dataclass(frozen=True, slots=True)
class ProductSales(Generic[_Key]):
    """What the territory buys of one SKU as of a day."""

    as_of: date
    this_year: SalesYear
    last_year: SalesYear
    months: tuple[ProductMonth, ...]
    buyers: tuple[Buyer[_Key], ...]
    """who bought in the last 13 weeks, most first"""
    stopped: tuple[Buyer[_Key], ...]
    """who bought in the year before that and not since, largest first; `before` is that year's quantity"""


def first_day_needed(as_of: date) -> date:
    """Return the oldest day that the figures look at."""
    return date(as_of.year - 2, as_of.month, 1)


def read_sales(sales: Iterable[Sale[_Key]], as_of: date) -> ProductSales[_Key]:
    """Draw the figures from the sales of one SKU; those after `as_of` are left out."""
    known = [sale for sale in sales if sale[1] <= as_of]
    return ProductSales(
        as_of,
        _year(known, as_of),
        _year(known, _a_year_before(as_of)),
        _months(known, as_of),
        _buyers(known, as_of),
        _stopped(known, as_of),
    )


def _year(sales: list[Sale[_Key]], until: date) -> SalesYear:
    of_year = [sale for sale in sales if date(until.year, 1, 1) <= sale[1] <= until]
    return SalesYear(
        sum(sale[2] for sale in of_year), sum(sale[3] for sale in of_year), len({sale[0] for sale in of_year})
    )


def _months(sales: list[Sale[_Key]], as_of: date) -> tuple[ProductMonth, ...]:
    sums: dict[int, int] = {}
    since, until = month_to_date_last_year(as_of)
    to_date = 0
    for _, day, quantity, _ in sales:
        number = day.year * MONTHS + day.month - 1
        sums[number] = sums.get(number, 0) + quantity
        to_date += quantity if since <= day <= until else 0
    newest = as_of.year * MONTHS + as_of.month - 1
    months = [
        ProductMonth(date(n // MONTHS, n % MONTHS + 1, 1), sums.get(n, 0), sums.get(n - MONTHS, 0))
        for n in range(newest - MONTHS + 1, newest + 1)
    ]
    if not is_month_over(as_of):
        months[-1] = ProductMonth(months[-1].month, months[-1].quantity, to_date, as_of.day)
    return tuple(months)


def _buyers(sales: list[Sale[_Key]], as_of: date) -> tuple[Buyer[_Key], ...]:
    now, before, last = _by_shop(sales, as_of - QUARTER, as_of - 2 * QUARTER)
    found = [Buyer(shop, quantity, before.get(shop, 0), last[shop]) for shop, quantity in now.items() if quantity > 0]
    return tuple(sorted(found, key=lambda one: (-one.now, -one.before, str(one.customer))))


def _stopped(sales: list[Sale[_Key]], as_of: date) -> tuple[Buyer[_Key], ...]:
    now, before, last = _by_shop(sales, as_of - QUARTER, _a_year_before(as_of - QUARTER))
    found = [Buyer(shop, 0, quantity, last[shop]) for shop, quantity in before.items() if quantity > 0]
    gone = [one for one in found if now.get(one.customer, 0) <= 0]
    return tuple(sorted(gone, key=lambda one: (-one.before, str(one.customer))))


def _by_shop(
    sales: list[Sale[_Key]], newer: date, older: date
) -> tuple[dict[_Key, int], dict[_Key, int], dict[_Key, date]]:
    """Return the quantities bought after `newer`, those after `older` until `newer`, and the last day, by shop."""
    now: dict[_Key, int] = {}
    before: dict[_Key, int] = {}
    last: dict[_Key, date] = {}
    for shop, day, quantity, _ in sales:
        if day <= older:
            continue
        sums = now if day > newer else before
        sums[shop] = sums.get(shop, 0) + quantity
        last[shop] = max(day, last.get(shop, day))
    return now, before, last


def _a_year_before(day: date) -> date:
    """Return the same day of last year; the 28th for the 29th of February."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
