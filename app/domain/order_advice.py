"""Order guidance as data, and the interface that every engine for it fills: a suggestion only, nothing is ordered.

Quantities are 条, money minor units. A suggestion of None means that nothing can be said; 0 means "none needed".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol

from app.domain import formulas
from app.domain.forecast import ForecastRange, TrackRecord
from app.domain.purchase_history import PurchaseHistory, PurchaseLine, read_history
from app.domain.replenishment.learnt import Learnt
from app.runtime.cancel import Check, go_on


@dataclass(frozen=True, slots=True)
class StockCount:
    """What a person counted at the shop of one product on a day."""

    day: date
    quantity: int


@dataclass(frozen=True, slots=True)
class Prices:
    """What the shop pays and asks for one 条, in minor units (a retail price known per pack is to be multiplied)."""

    wholesale: int | None = None
    retail: int | None = None


class LimitedOrder(NamedTuple):
    """An order line that did not bring what was wanted: so many 条 requested beyond it, or all that was allowed."""

    day: date
    product: int
    more: int
    took_all: bool
    """it took the whole allowed quantity and nobody wrote down that more was wanted: demand was at least that"""


@dataclass(frozen=True, slots=True)
class ShopHistory:
    """All that an engine may look at: one shop's own order lines, counts, prices and caps, keyed by product.

    `allowed` (可订量) holds only the products that have a cap in this cycle. A product without a wholesale price takes
    the price of its last order line. A suspended shop gets no advice.
    """

    lines: Sequence[PurchaseLine]
    order_weekday: int | None
    counts: Mapping[int, Sequence[StockCount]] = field(default_factory=dict[int, Sequence[StockCount]])
    prices: Mapping[int, Prices] = field(default_factory=dict[int, Prices])
    allowed: Mapping[int, int] = field(default_factory=dict[int, int])
    suspended: bool = False
    read: PurchaseHistory | None = None
    """the same lines as already read, where the caller needed them read too"""
    classes: Mapping[int, str] = field(default_factory=dict[int, str])
    """price class by product"""
    learnt: Learnt | None = None
    """what this territory taught; None where it has taught nothing yet"""
    limited: Sequence[LimitedOrder] = ()

    def history(self, as_of: date) -> PurchaseHistory:
        """Return the lines as they stood on a day, read by order weeks."""
        if self.read is not None and self.read.as_of == as_of:
            return self.read
        return read_history(self.lines, as_of, self.order_weekday)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the shop or the manager asks for beside what is usual; None is "as usual" or "no such limit".

    `service` is the chance not to run out (0 to 1), `total` the 条 allowed in all, `budget` in minor units.
    """

    service: float | None = None
    total: int | None = None
    budget: int | None = None


class StockSource(StrEnum):
    """Where the stock on hand comes from."""

    COUNTED = "counted"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


class SalesSource(StrEnum):
    """Where the sales of a cycle come from: counted (F28), or estimated from purchases (M2)."""

    COUNTS = "counts"
    PURCHASES = "purchases"
    UNKNOWN = "unknown"


class ReasonCode(StrEnum):
    """What the person should know about a line; what `Reason.value` means is said below each."""

    OUT_OF_STOCK = "out_of_stock"
    OUT_OF_STOCK_RISK = "out_of_stock_risk"
    """value: days that the stock lasts"""
    OVERDUE = "overdue"
    """value: weeks since the last order; other: usual weeks between orders"""
    SLOW_3_MONTHS = "slow_3_months"
    """value: weeks since the last order"""
    STOCK_ENOUGH = "stock_enough"
    """value: weeks that the stock lasts; None if nothing sells"""
    CAPPED = "capped"
    """value: the allowed quantity; other: what would be suggested without it"""
    CUT = "cut"
    """the total limit or the budget leaves less; value: how many 条 less, other: what would be suggested without"""
    SHORT_BEFORE = "short_before"
    """it took all that was allowed, again and again; value: in how many weeks of the newest `other`"""
    NO_HISTORY = "no_history"
    STOCK_UNKNOWN = "stock_unknown"
    STOCK_ESTIMATED = "stock_estimated"
    """value: days since the count"""
    SALES_ESTIMATED = "sales_estimated"
    COUNTS_CONTRADICT = "counts_contradict"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason with its numbers."""

    code: ReasonCode
    value: float | None = None
    other: float | None = None


class StepCode(StrEnum):
    """The terms of the sum that leads to a suggestion."""

    COUNTED_SALES = "counted_sales"
    EXPECTED_SALES = "expected_sales"
    SAFETY_MARGIN = "safety_margin"
    CYCLE_FORECAST = "cycle_forecast"
    """expected sale from one delivery to the next"""
    LEAD_FORECAST = "lead_forecast"
    """expected sale until the goods of the next order come, as far as the stock lasts where it is known"""
    SAFETY_STOCK = "safety_stock"
    """what the chosen service level needs beyond the expected sale"""
    SELL_FIRST = "sell_first"
    """takes off what would be needed of a slow SKU: what is there is sold first"""
    COUNTED_STOCK = "counted_stock"
    ESTIMATED_STOCK = "estimated_stock"
    PRESUMED_STOCK = "presumed_stock"
    """what the last purchase leaves over on the next order day if sales go as expected; where nothing was counted"""
    ON_ORDER = "on_order"
    NOTHING_NEEDED = "nothing_needed"
    """lifts a negative sum to zero"""


@dataclass(frozen=True, slots=True)
class WhyStep:
    """One term of the sum, in 条 with its sign."""

    code: StepCode
    amount: Decimal


@dataclass(frozen=True, slots=True)
class AdviceChart:
    """The last 12 closed weeks of purchases (oldest first), the next three cycles, and the past error of the forecast.

    `error_share` is Σ|forecast − actual| ÷ Σ actual of up to 26 weeks; None without enough past.
    """

    weeks: tuple[int, ...]
    forecast: tuple[ForecastRange, ...]
    error_share: float | None


@dataclass(frozen=True, slots=True)
class TradeSuggestion:
    """What the trade's rule says: F28 sales of a cycle, F29 safety stock, what lacks, F30 suggestion."""

    sales: Decimal | None
    safety: Decimal | None
    unrounded: Decimal | None
    suggestion: int | None


@dataclass(frozen=True, slots=True)
class OrderPlan:
    """How a suggestion covers demand until the delivery after next; chances are 0 to 1, quantities 条.

    `level` is what should be there and under way, `wanted` what lacks before any limit. Where the stock is known and
    `ends_before` the goods come, what is asked for then is lost and no part of the level. `risk` is the chance to run
    out between the delivery and the next with the suggestion, `last_risk` with `last_order`. `lost` is the sale that
    limits are expected to cost, `lost_margin` the same in minor units (None without prices). `trade` is what F28 to
    F30 say.
    """

    service: float
    days: int
    ends_before: bool
    level: int
    wanted: int
    risk: float
    last_order: int | None
    last_risk: float | None
    lost: float
    lost_margin: int | None
    trade: TradeSuggestion


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """The advice for one product. The amounts of `why` add up exactly to `unrounded`; rounding and cap come after.

    `weekly` is the expected sale of a week, `stock_age` the days since the count. `safety` is the safety stock: with a
    `plan` what its service level needs beyond the expected sale, without one F29.
    """

    product: int
    is_main: bool
    stock: int | None
    stock_source: StockSource
    stock_age: int | None
    on_order: int
    weekly: float | None
    sales_source: SalesSource
    safety: Decimal | None
    allowed: int | None
    unrounded: Decimal | None
    suggestion: int | None
    reasons: tuple[Reason, ...]
    why: tuple[WhyStep, ...]
    chart: AdviceChart
    prices: Prices
    plan: OrderPlan | None = None

    def amount(self, quantity: int | None) -> int | None:
        """Return what that many 条 cost the shop, in minor units."""
        return None if quantity is None or self.prices.wholesale is None else quantity * self.prices.wholesale


@dataclass(frozen=True, slots=True)
class AdviceTotals:
    """The sums over the lines: 条, cost, estimated margin, and F31 over the lines whose stock is known.

    `amount` is None if a line with a quantity has no price. `margin` covers the `margin_lines` of `lines` that have a
    retail price, and is None if there are none. `unknown` lines have no suggestion.
    """

    quantity: int
    amount: int | None
    margin: int | None
    margin_lines: int
    lines: int
    unknown: int
    stock_to_sales: float | None


@dataclass(frozen=True, slots=True)
class Advice:
    """Order guidance for one shop on one day; the lines that sell most come first."""

    as_of: date
    week_ends: tuple[date, ...]
    """the last days of the 12 weeks of every chart, oldest first"""
    lines: tuple[AdviceLine, ...]
    totals: AdviceTotals
    stopped: bool = False


class OrderAdvisor(Protocol):
    """An engine that suggests an order."""

    def advise(self, shop: ShopHistory, as_of: date, wish: Wish | None = None) -> Advice:
        """Return the suggestion for the next order as seen on that day; the same input gives the same advice."""
        ...

    def records(self, shop: ShopHistory, as_of: date, check: Check = go_on) -> Mapping[int, TrackRecord]:
        """Return by product how the engine's own past forecasts did; none where its advice tells it already.

        It may take long: `check` is called in between, and what it raises ends it.
        """
        ...


def totals(lines: Sequence[AdviceLine], chosen: Mapping[int, int] | None = None) -> AdviceTotals:
    """Add the lines up; `chosen` holds the quantities that a person changed, by product."""
    chosen = chosen or {}
    wanted = [(line, chosen.get(line.product, line.suggestion or 0)) for line in lines]
    ordered = [(line, quantity) for line, quantity in wanted if quantity]
    costs = [line.amount(quantity) for line, quantity in ordered]
    margins = [
        quantity * margin
        for line, quantity in ordered
        if (margin := formulas.margin_per_carton(line.prices.retail, line.prices.wholesale)) is not None
    ]
    known = [(line.stock, line.weekly) for line in lines if line.stock is not None and line.weekly is not None]
    return AdviceTotals(
        quantity=sum(quantity for _, quantity in ordered),
        amount=None if None in costs else sum(cost for cost in costs if cost is not None),
        margin=sum(margins) if margins else None,
        margin_lines=len(margins),
        lines=len(ordered),
        unknown=sum(line.suggestion is None and line.product not in chosen for line in lines),
        stock_to_sales=formulas.stock_to_sales(sum(s for s, _ in known), sum(w for _, w in known)),
    )
