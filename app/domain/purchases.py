"""Figures drawn from one shop's purchases: this year beside last, months, class shares, main products, trend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain import formulas
from app.domain.purchase_history import QUARTER_WEEKS, YEAR_WEEKS, PurchaseHistory, is_month_over

_TREND_WEEKS = 8
_TREND_BAND = 0.1
_MAIN_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Comparison:
    """A number of this year beside the one of the same weeks last year; None: the shop had no such time."""

    this: int | None
    last_year: int | None

    @property
    def growth(self) -> float | None:
        """F07: the change as a share of last year."""
        return formulas.growth(self.this, self.last_year)

    @property
    def change(self) -> int | None:
        """The plain difference, in the unit of the numbers."""
        return None if self.this is None or self.last_year is None else self.this - self.last_year


def compare_quantity(history: PurchaseHistory, weeks: int = 4) -> Comparison:
    """Compare the 条 of the last weeks with the same weeks of last year."""
    had = history.reaches(YEAR_WEEKS + weeks)
    return Comparison(history.quantity(weeks), history.quantity(weeks, YEAR_WEEKS) if had else None)


def compare_carton_value(history: PurchaseHistory, weeks: int = 4) -> Comparison:
    """Compare F33 单条值 (minor units per 条) of the last weeks with the same weeks of last year."""
    return Comparison(
        formulas.value_per_carton(history.amount(weeks), history.quantity(weeks)),
        formulas.value_per_carton(history.amount(weeks, YEAR_WEEKS), history.quantity(weeks, YEAR_WEEKS)),
    )


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """A calendar month and what was bought in it; `last_year` (条) is None where the history does not reach.

    `until` is the day of the month up to which a month under way counts, here and a year before; None once it is over.
    """

    year: int
    month: int
    quantity: int
    amount: int
    last_year: int | None
    until: int | None = None


def monthly_series(history: PurchaseHistory, months: int = 12) -> tuple[MonthPoint, ...]:
    """Return the last calendar months, oldest first; the newest, of `as_of`, beside the same days a year before."""
    newest = history.as_of.year * 12 + history.as_of.month - 1
    first = min(history.months, default=None)
    points: list[MonthPoint] = []
    for number in range(newest - months + 1, newest + 1):
        year, month = number // 12, number % 12 + 1
        quantity, amount = history.months.get((year, month), (0, 0))
        known = first is not None and (year - 1, month) >= first
        before = history.months.get((year - 1, month), (0, 0))[0] if known else None
        points.append(MonthPoint(year, month, quantity, amount, before))
    if points and not is_month_over(history.as_of):
        open_month = points[-1]
        before = None if open_month.last_year is None else history.month_a_year_ago
        points[-1] = replace(open_month, last_year=before, until=history.as_of.day)
    return tuple(points)


@dataclass(frozen=True, slots=True)
class ProductSum:
    """One product with its 条 and minor units over some weeks."""

    product: int
    quantity: int
    amount: int


def ranked_products(history: PurchaseHistory, weeks: int = QUARTER_WEEKS) -> tuple[ProductSum, ...]:
    """Return the products bought in the last weeks, most 条 first."""
    bought = (
        ProductSum(row.product, quantity, row.amount(weeks))
        for row in history.bought_within(weeks)
        if (quantity := row.quantity(weeks)) > 0
    )
    return tuple(sorted(bought, key=lambda one: (-one.quantity, one.product)))


@dataclass(frozen=True, slots=True)
class ClassShare:
    """What one price class makes of the purchases; the shares are of quantity and of amount."""

    code: str
    quantity: int
    amount: int
    quantity_share: float | None
    amount_share: float | None


def class_shares(ranked: Sequence[ProductSum], class_of: Mapping[int, str]) -> tuple[ClassShare, ...]:
    """Return what each class makes of the given products, by class code; products without a class come as ""."""
    sums: dict[str, list[int]] = {}
    for one in ranked:
        both = sums.setdefault(class_of.get(one.product, ""), [0, 0])
        both[0] += one.quantity
        both[1] += one.amount
    total = sum(both[0] for both in sums.values())
    money = sum(both[1] for both in sums.values())
    return tuple(
        ClassShare(code, quantity, amount, formulas.ratio(quantity, total), formulas.ratio(amount, money))
        for code, (quantity, amount) in sorted(sums.items())
    )


def main_products(ranked: Sequence[ProductSum], share: float = _MAIN_SHARE) -> tuple[int, ...]:
    """Return the products, largest first, that together make up that share of the quantity."""
    needed = share * sum(one.quantity for one in ranked)
    main: list[int] = []
    reached = 0
    for one in ranked:
        if reached >= needed:
            break
        main.append(one.product)
        reached += one.quantity
    return tuple(main)


class TrendKind(StrEnum):
    """Where purchases are heading; steady is within 10 %."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"


@dataclass(frozen=True, slots=True)
class Trend:
    """The last eight weeks against the eight before, in 条."""

    kind: TrendKind
    now: int
    before: int
    change: float


def trend(history: PurchaseHistory) -> Trend | None:
    """Return the trend; None until there are sixteen weeks, or with nothing bought in the older eight."""
    now, before = history.quantity(_TREND_WEEKS), history.quantity(_TREND_WEEKS, _TREND_WEEKS)
    change = formulas.growth(now, before)
    if change is None or not history.reaches(2 * _TREND_WEEKS):
        return None
    if abs(change) <= _TREND_BAND:
        return Trend(TrendKind.STEADY, now, before, change)
    return Trend(TrendKind.RISING if change > 0 else TrendKind.FALLING, now, before, change)
