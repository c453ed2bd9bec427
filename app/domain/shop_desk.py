"""One shop's papers on the desk: for each SKU its stock, counted sales, prices, limits, and what to say of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.domain import formulas, purchase_signs, purchases
from app.domain.forecast import WINDOW_WEEKS, TrackRecord, forecast_range, track_record
from app.domain.order_advice import (
    AdviceChart,
    Prices,
    Reason,
    ReasonCode,
    SalesSource,
    ShopHistory,
    StockCount,
    StockSource,
)
from app.domain.purchase_history import ProductWeeks, PurchaseHistory

_RECENT_WEEKS = 26
_AHEAD = 3
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class TradeRules:
    """The numbers that stock and sales are read by, and k of F29; proposed defaults, to be set per company.

    A period between two counts is used if it is from `shortest_period` to `oldest_count` days long; a count older than
    `oldest_count` days says nothing any more. Stock that lasts less than a cycle plus `lead_days` is a risk.
    """

    safety_factor: Decimal = formulas.SAFETY_FACTOR
    cycle_days: int = 7
    lead_days: int = 2
    shortest_period: int = 5
    oldest_count: int = 56


@dataclass(frozen=True, slots=True)
class CycleSales:
    """The sales of one cycle in 条, to the hundredth; `days` lie between the two counts that frame them (F28)."""

    cycle: Decimal | None
    source: SalesSource
    contradiction: bool = False
    days: int | None = None


@dataclass(frozen=True, slots=True)
class StockNow:
    """The stock on hand; `presumed` replaces it in the sum where it was never counted."""

    quantity: int | None
    source: StockSource
    age: int | None = None
    on_order: int = 0
    presumed: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class SkuFacts:
    """What is known of one SKU at the shop; `row` are its purchases."""

    product: int
    row: ProductWeeks | None
    sales: CycleSales
    stock: StockNow
    is_main: bool
    allowed: int | None
    prices: Prices

    @property
    def position(self) -> Decimal:
        """What is there and under way; presumed where nobody counted."""
        if self.stock.quantity is None:
            return self.stock.presumed
        return Decimal(self.stock.quantity + self.stock.on_order)

    @property
    def is_slow(self) -> bool:
        """Whether it was not bought for three months."""
        return self.row is not None and purchase_signs.is_slow(self.row)


class ShopDesk:
    """Works out the facts of a shop's SKUs."""

    def __init__(self, rules: TradeRules, shop: ShopHistory, history: PurchaseHistory) -> None:
        self._rules = rules
        self._shop = shop
        self._history = history
        self._as_of = history.as_of
        self._main = frozenset(purchases.main_products(purchases.ranked_products(history)))
        self._counts = {product: fresh for product in shop.counts if (fresh := self._fresh(shop.counts[product]))}
        self._bought = self._bought_since_counts()

    def skus(self) -> list[SkuFacts]:
        """Return the facts of each product bought in half a year or counted lately."""
        products = dict.fromkeys(row.product for row in self._history.bought_within(_RECENT_WEEKS))
        products.update(dict.fromkeys(self._counts))
        return [self._facts(product) for product in products]

    def _facts(self, product: int) -> SkuFacts:
        row = self._history.products.get(product)
        sales = self._sales(product, row)
        return SkuFacts(
            product=product,
            row=row,
            sales=sales,
            stock=self._stock(product, row, sales),
            is_main=product in self._main,
            allowed=self._shop.allowed.get(product),
            prices=self._prices(product, row),
        )

    def _fresh(self, counts: Sequence[StockCount]) -> list[StockCount]:
        """Return the counts that still say something, oldest first, with the last of each day only."""
        oldest = self._as_of - timedelta(days=2 * self._rules.oldest_count)
        by_day = {count.day: count for count in counts if oldest <= count.day <= self._as_of}
        ordered = [by_day[day] for day in sorted(by_day)]
        return ordered if ordered and self._age(ordered[-1]) <= self._rules.oldest_count else []

    def _age(self, count: StockCount) -> int:
        return (self._as_of - count.day).days

    def _bought_since_counts(self) -> dict[int, list[tuple[date, int]]]:
        """Return the purchases of the counted products since the oldest count in use."""
        bought: dict[int, list[tuple[date, int]]] = {product: [] for product in self._counts}
        if bought:
            since = min(counts[0].day for counts in self._counts.values())
            for day, product, quantity, _ in self._shop.lines:
                if since <= day <= self._as_of and product in bought:
                    bought[product].append((day, quantity))
        return bought

    def _received(self, product: int, first: date, until: date) -> int:
        """Return what was bought from `first` to the day before `until`: orders arrive after the day they are made."""
        return sum(quantity for day, quantity in self._bought.get(product, ()) if first <= day < until)

    def _sales(self, product: int, row: ProductWeeks | None) -> CycleSales:
        """F28 where two counts frame a period, scaled to one cycle; else M2 over the purchases."""
        weekly = purchase_signs.expected_weekly_sale(row) if row is not None else None
        cycle_weeks = self._rules.cycle_days / 7
        estimate = None if weekly is None else Decimal(str(weekly * cycle_weeks)).quantize(_HUNDREDTH)
        fallback = CycleSales(estimate, SalesSource.UNKNOWN if estimate is None else SalesSource.PURCHASES)
        period = self._period(product)
        if period is None:
            return fallback
        opening, closing = period
        received = self._received(product, opening.day, closing.day)
        sold = formulas.period_sales(opening.quantity, received, closing.quantity)
        if sold is None:
            return CycleSales(fallback.cycle, fallback.source, contradiction=True)
        days = (closing.day - opening.day).days
        counted = (Decimal(sold) * self._rules.cycle_days / days).quantize(_HUNDREDTH)
        if closing.quantity == 0 and estimate is not None and estimate > counted:
            # Sold out: what was sold is a floor, not what could have been sold.
            return fallback
        return CycleSales(counted, SalesSource.COUNTS, days=days)

    def _period(self, product: int) -> tuple[StockCount, StockCount] | None:
        """Return the last count and the nearest earlier one that lies far enough back."""
        counts = self._counts.get(product, [])
        if not counts:
            return None
        closing = counts[-1]
        for opening in reversed(counts[:-1]):
            days = (closing.day - opening.day).days
            if days >= self._rules.shortest_period:
                return (opening, closing) if days <= self._rules.oldest_count else None
        return None

    def _stock(self, product: int, row: ProductWeeks | None, sales: CycleSales) -> StockNow:
        counts = self._counts.get(product)
        weekly = float(sales.cycle or 0) * 7 / self._rules.cycle_days
        if counts:
            last = counts[-1]
            age = self._age(last)
            on_order = self._received(product, self._as_of, self._as_of + timedelta(days=1))
            if age == 0:
                return StockNow(last.quantity, StockSource.COUNTED, 0, on_order)
            received = self._received(product, last.day, self._as_of)
            left = purchase_signs.stock_left(last.quantity, received, weekly, age)
            return StockNow(left, StockSource.ESTIMATED, age, on_order)
        return StockNow(None, StockSource.UNKNOWN, presumed=self._presumed(row, weekly))

    def _presumed(self, row: ProductWeeks | None, weekly: float) -> Decimal:
        """Return what the last week with a purchase leaves over on the order day if sales go as expected."""
        if row is None:
            return Decimal(0)
        weekday = self._shop.order_weekday
        ahead = 0 if weekday is None else (weekday - self._as_of.isoweekday()) % 7
        last = row.open_quantity or next((quantity for quantity in row.quantities if quantity), 0)
        left = last - weekly * ((self._as_of - row.last_day).days + ahead) / 7
        return Decimal(str(max(0.0, left))).quantize(_HUNDREDTH)

    def _prices(self, product: int, row: ProductWeeks | None) -> Prices:
        given = self._shop.prices.get(product, Prices())
        if given.wholesale is None and row is not None:
            return Prices(row.last_price, given.retail)
        return given


def reasons_of(
    facts: SkuFacts, rules: TradeRules, as_of: date, weekly: float | None, unrounded: Decimal | None
) -> tuple[Reason, ...]:
    """Return what matters most first: the state of the product, then limits, then how sure the numbers are."""
    row, sales, stock, allowed = facts.row, facts.sales, facts.stock, facts.allowed
    reasons: list[Reason] = []
    if row is not None and facts.is_slow:
        reasons.append(Reason(ReasonCode.SLOW_3_MONTHS, (as_of - row.last_day).days // 7))
    elif sales.source is SalesSource.UNKNOWN:
        reasons.append(Reason(ReasonCode.NO_HISTORY))
    reasons += state_reasons(facts, rules, weekly, unrounded)
    if allowed is not None and unrounded is not None and formulas.whole(unrounded) > allowed:
        reasons.append(Reason(ReasonCode.CAPPED, allowed, formulas.whole(unrounded)))
    if sales.contradiction:
        reasons.append(Reason(ReasonCode.COUNTS_CONTRADICT))
    if sales.source is SalesSource.PURCHASES:
        reasons.append(Reason(ReasonCode.SALES_ESTIMATED))
    if stock.source is StockSource.ESTIMATED:
        reasons.append(Reason(ReasonCode.STOCK_ESTIMATED, stock.age))
    elif stock.source is StockSource.UNKNOWN:
        reasons.append(Reason(ReasonCode.STOCK_UNKNOWN))
    return tuple(reasons)


def state_reasons(facts: SkuFacts, rules: TradeRules, weekly: float | None, unrounded: Decimal | None) -> list[Reason]:
    """Return what the stock means: empty, likely to run out, overdue, enough."""
    row, stock = facts.row, facts.stock
    if stock.quantity is None:
        late = purchase_signs.overdue(row) if row is not None else None
        return [] if late is None else [Reason(ReasonCode.OVERDUE, late[1], late[0])]
    if stock.source is StockSource.COUNTED and stock.quantity == 0:
        return [Reason(ReasonCode.OUT_OF_STOCK)]
    cover = formulas.days_of_cover(stock.quantity + stock.on_order, weekly)
    is_short = cover is not None and cover < rules.cycle_days + rules.lead_days
    if is_short and unrounded:  # up to the safety stock there is enough, whatever the days say
        return [Reason(ReasonCode.OUT_OF_STOCK_RISK, cover)]
    if unrounded is not None and not formulas.whole(unrounded):
        return [Reason(ReasonCode.STOCK_ENOUGH, None if cover is None else cover / 7)]
    return []


def chart_of(row: ProductWeeks | None, weekly: float | None, record: TrackRecord | None = None) -> AdviceChart:
    """Return the past weeks of a product with the forecast of the next and how far such forecasts were off.

    Without a record the forecast is taken to be M2, and is judged here.
    """
    newest_first = tuple(row.quantities[:WINDOW_WEEKS]) if row is not None else ()
    weeks = (0,) * (WINDOW_WEEKS - len(newest_first)) + newest_first[::-1]
    if weekly is None:
        return AdviceChart(weeks, (), None)
    if record is None:
        record = track_record(row.quantities, row.age) if row is not None and weekly else TrackRecord((), None)
    return AdviceChart(weeks, (forecast_range(weekly, record),) * _AHEAD, record.error_share)


def judged(chart: AdviceChart, record: TrackRecord) -> AdviceChart:
    """Return a chart with the range and the past error that the record of its forecast has earned."""
    ahead = tuple(forecast_range(one.middle, record) for one in chart.forecast)
    return AdviceChart(chart.weeks, ahead, record.error_share)
