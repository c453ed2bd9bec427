"""What a shop's purchases give away: falling, slow and overdue products, punctual orders, stock that is likely left."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain import formulas, purchases
from app.domain.forecast import weighted_average
from app.domain.purchase_history import QUARTER_WEEKS, YEAR_WEEKS, ProductWeeks, PurchaseHistory

FALL_WEEKS = 8
_FALL_SHARE = 0.2
_FALL_LEAST = 2
_GAP_TOLERANCE = 1.5
_FEWEST_GAPS = 3
_CYCLES = 8


def expected_weekly_sale(row: ProductWeeks) -> float | None:
    """Return the estimated sale per week (条) by M2 over the purchases; None if it was never bought."""
    return weighted_average(row.quantities, row.age)


class FallBasis(StrEnum):
    """What a fall is measured against."""

    LAST_YEAR = "last_year"
    WEEKS_BEFORE = "weeks_before"


@dataclass(frozen=True, slots=True)
class Fall:
    """A product that is bought less: 条 of the last 8 weeks, of the 8 before, and of the same 8 last year."""

    product: int
    now: int
    before: int
    last_year: int | None
    basis: FallBasis

    @property
    def drop(self) -> int:
        """How many 条 fewer than the basis."""
        return (self.before if self.basis is FallBasis.WEEKS_BEFORE or self.last_year is None else self.last_year) - (
            self.now
        )


def falls(history: PurchaseHistory, limit: int | None = None) -> tuple[Fall, ...]:
    """Return what fell, largest drop first.

    Measured against the same weeks of last year where the product was bought then (the season drops out), else
    against the eight weeks before. A fall is at least 2 条 and 20 %. What is slow does not count as
    falling too.
    """
    found: list[Fall] = []
    for row in history.bought_within(QUARTER_WEEKS):
        now, before = row.quantity(FALL_WEEKS), row.quantity(FALL_WEEKS, FALL_WEEKS)
        last_year = row.quantity(FALL_WEEKS, YEAR_WEEKS) if row.age >= YEAR_WEEKS + FALL_WEEKS else None
        reference = last_year or before
        basis = FallBasis.LAST_YEAR if last_year else FallBasis.WEEKS_BEFORE
        drop = reference - now
        if drop >= _FALL_LEAST and drop >= _FALL_SHARE * reference:
            found.append(Fall(row.product, now, before, last_year, basis))
    found.sort(key=lambda fall: (-fall.drop, fall.product))
    return tuple(found[:limit])


@dataclass(frozen=True, slots=True)
class SlowProduct:
    """A product without a purchase in three months: when it was last bought, and the 条 of the year before that."""

    product: int
    last_day: date
    weeks_since: int
    bought_before: int


def is_slow(row: ProductWeeks, weeks: int = QUARTER_WEEKS) -> bool:
    """Tell whether a product was bought before, but not in the last 13 closed weeks nor in the open one."""
    return row.age > weeks and not row.open_quantity and not row.quantity(weeks)


def slow_products(history: PurchaseHistory) -> tuple[SlowProduct, ...]:
    """Return the slow products, largest earlier quantity first; what lay still for more than a year is left out."""
    found = [
        SlowProduct(product, row.last_day, (history.as_of - row.last_day).days // 7, before)
        for product, row in history.products.items()
        if is_slow(row) and (before := row.quantity(YEAR_WEEKS, QUARTER_WEEKS)) > 0
    ]
    return tuple(sorted(found, key=lambda slow: (-slow.bought_before, slow.product)))


@dataclass(frozen=True, slots=True)
class OverdueProduct:
    """A product that is usually ordered every so many weeks and now is overdue, so it may be out of stock."""

    product: int
    usual_weeks: float
    weeks_since: int
    weekly: float
    is_main: bool


def overdue(row: ProductWeeks) -> tuple[float, int] | None:
    """Return (usual gap, gap so far) in weeks if the gap is more than 1.5 times the usual one; else None.

    The usual gap is the median between buying weeks of the last year, from at least three gaps; it is stretched if
    the last purchase was larger than usual. The gap so far counts the open week, in which the next order would come.
    Slow products are not overdue.
    """
    if row.open_quantity:
        return None
    bought = [week for week, quantity in enumerate(row.quantities[:YEAR_WEEKS]) if quantity > 0]
    if len(bought) <= _FEWEST_GAPS or bought[0] >= QUARTER_WEEKS:
        return None
    so_far = bought[0] + 1
    usual = _median([older - newer for newer, older in itertools.pairwise(bought)])
    if so_far <= _GAP_TOLERANCE * usual:
        return None
    size = row.quantities[bought[0]] / _median([row.quantities[week] for week in bought])
    return (usual, so_far) if so_far > _GAP_TOLERANCE * usual * max(1.0, size) else None


def _median(values: list[int]) -> float:
    values.sort()
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def overdue_products(history: PurchaseHistory, main: Sequence[int]) -> tuple[OverdueProduct, ...]:
    """Return the products that may be out of stock: the main ones first, then by expected weekly sale."""
    important = frozenset(main)
    found: list[OverdueProduct] = []
    for row in history.bought_within(QUARTER_WEEKS):
        late = overdue(row)
        if late is not None:
            weekly = expected_weekly_sale(row) or 0.0
            found.append(OverdueProduct(row.product, late[0], late[1], weekly, row.product in important))
    found.sort(key=lambda one: (not one.is_main, -one.weekly, one.product))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Punctuality:
    """The last order cycles that have closed: how many, how many with an order on time, with none at all.

    On time is on the order day or a day before or after it. `missed_in_row` counts back from the newest cycle.
    """

    cycles: int
    on_time: int
    missed: int
    missed_in_row: int

    @property
    def share(self) -> float | None:
        """On time ÷ cycles."""
        return formulas.ratio(self.on_time, self.cycles)


def punctuality(history: PurchaseHistory, cycles: int = _CYCLES) -> Punctuality | None:
    """Return how punctual the orders were; None without an order day or without a closed cycle.

    Cycles before the shop's first order do not count.
    """
    known = min(cycles, history.age)
    if history.order_weekday is None or not known:
        return None
    end = history.newest_week_end.toordinal()
    recent = {day.toordinal() for day in history.order_days[-7 * (known + 1) :]}
    on_time = missed = in_row = 0
    for cycle in range(known):
        last = end - 7 * cycle
        # The week ends the day after the order day: its last three days are the days on time.
        if any(last - back in recent for back in range(3)):
            on_time += 1
        elif not any(last - back in recent for back in range(3, 7)):
            missed += 1
            in_row += in_row == cycle
    return Punctuality(known, on_time, missed, in_row)


def stock_left(stock: int, received: int, weekly_sale: float, days: int) -> int:
    """Return the 条 likely left of a stock after some days: stock + received − expected sales, never below zero."""
    return max(0, formulas.whole(stock + received - weekly_sale * days / 7))


@dataclass(frozen=True, slots=True)
class ShopAnalysis:
    """Everything that Today, the profile and the customer sheet tell about one shop's purchases.

    Quantities in 条, money in minor units. `ranked` and `classes` cover the last 13 weeks; `width` is the number of
    products bought in them, `width_last_year` in the same weeks last year (None where the history does not reach).
    """

    as_of: date
    order_weekday: int | None
    last_order: date | None
    four_weeks: purchases.Comparison
    carton_value: purchases.Comparison
    months: tuple[purchases.MonthPoint, ...]
    classes: tuple[purchases.ClassShare, ...]
    ranked: tuple[purchases.ProductSum, ...]
    main: tuple[int, ...]
    width: int
    width_last_year: int | None
    trend: purchases.Trend | None
    falls: tuple[Fall, ...]
    slow: tuple[SlowProduct, ...]
    overdue: tuple[OverdueProduct, ...]
    punctuality: Punctuality | None

    @property
    def slow_share(self) -> float | None:
        """Slow products ÷ all products that were bought lately or are slow."""
        return formulas.ratio(len(self.slow), len(self.slow) + self.width)


def analyse(history: PurchaseHistory, class_of: Mapping[int, str] | None = None) -> ShopAnalysis:
    """Draw every conclusion from a shop's purchases at once; `class_of` maps products to price classes."""
    ranked = purchases.ranked_products(history)
    main = purchases.main_products(ranked)
    before = sum(row.quantity(QUARTER_WEEKS, YEAR_WEEKS) > 0 for row in history.products.values())
    return ShopAnalysis(
        as_of=history.as_of,
        order_weekday=history.order_weekday,
        last_order=history.order_days[-1] if history.order_days else None,
        four_weeks=purchases.compare_quantity(history),
        carton_value=purchases.compare_carton_value(history),
        months=purchases.monthly_series(history),
        classes=purchases.class_shares(ranked, class_of or {}),
        ranked=ranked,
        main=main,
        width=len(ranked),
        width_last_year=before if history.reaches(YEAR_WEEKS + QUARTER_WEEKS) else None,
        trend=purchases.trend(history),
        falls=falls(history),
        slow=slow_products(history),
        overdue=overdue_products(history, main),
        punctuality=punctuality(history),
    )
