"""The trade's own rule of order guidance (F28 to F30) with a weighted moving average (M2)."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from app.domain import formulas, order_advice
from app.domain.forecast import WINDOW_WEEKS, TrackRecord
from app.domain.order_advice import (
    Advice,
    AdviceLine,
    Reason,
    ReasonCode,
    SalesSource,
    ShopHistory,
    StepCode,
    StockSource,
    TradeSuggestion,
    WhyStep,
    Wish,
)
from app.domain.shop_desk import ShopDesk, SkuFacts, StockNow, TradeRules, chart_of, reasons_of
from app.runtime.cancel import Check, go_on

_RUNS_OUT = (ReasonCode.OUT_OF_STOCK, ReasonCode.OUT_OF_STOCK_RISK)
_SALES_STEP = {
    SalesSource.COUNTS: StepCode.COUNTED_SALES,
    SalesSource.PURCHASES: StepCode.EXPECTED_SALES,
}


class TradeRuleAdvisor:
    """Suggests max(0, k × sales of a cycle − stock), capped by what is allowed."""

    def __init__(self, rules: TradeRules | None = None) -> None:
        self._rules = rules or TradeRules()

    def advise(self, shop: ShopHistory, as_of: date, wish: Wish | None = None) -> Advice:  # noqa: ARG002
        """Return the suggestion for the next order of the shop; the rule knows no wishes."""
        history = shop.history(as_of)
        week_ends = weeks_before(history.newest_week_end)
        if shop.suspended:
            return Advice(as_of, week_ends, (), order_advice.totals(()), stopped=True)
        facts = ShopDesk(self._rules, shop, history).skus()
        lines = tuple(sorted((line_of(one, self._rules, as_of) for one in facts), key=best_sellers_first))
        return Advice(as_of, week_ends, lines, order_advice.totals(lines))

    def records(self, shop: ShopHistory, as_of: date, check: Check = go_on) -> Mapping[int, TrackRecord]:  # noqa: ARG002
        """Return nothing: the charts of the rule carry the record of M2 already."""
        return {}


def line_of(facts: SkuFacts, rules: TradeRules, as_of: date) -> AdviceLine:
    """Return the advice for one SKU by the rule."""
    said = suggest(facts, rules.safety_factor)
    weekly = None if facts.sales.cycle is None else float(facts.sales.cycle) * 7 / rules.cycle_days
    reasons = reasons_of(facts, rules, as_of, weekly, said.unrounded)
    suggestion = one_where_it_runs_out(said.suggestion, said.unrounded, facts.allowed, reasons)
    return AdviceLine(
        product=facts.product,
        is_main=facts.is_main,
        stock=facts.stock.quantity,
        stock_source=facts.stock.source,
        stock_age=facts.stock.age,
        on_order=facts.stock.on_order,
        weekly=weekly,
        sales_source=facts.sales.source,
        safety=said.safety,
        allowed=facts.allowed,
        unrounded=said.unrounded,
        suggestion=suggestion,
        reasons=reasons,
        why=_why(facts, said.safety),
        chart=chart_of(facts.row, weekly),
        prices=facts.prices,
    )


def suggest(facts: SkuFacts, factor: Decimal) -> TradeSuggestion:
    """Return F28 to F30 for one SKU."""
    sales = facts.sales.cycle
    safety = formulas.safety_stock(sales, factor)
    unrounded = None if safety is None else max(Decimal(0), safety - facts.position)
    return TradeSuggestion(sales, safety, unrounded, formulas.suggested_order(safety, facts.position, facts.allowed))


def weeks_before(end: date) -> tuple[date, ...]:
    """Return the last days of the weeks that a chart shows, oldest first."""
    return tuple(end - timedelta(days=7 * back) for back in reversed(range(WINDOW_WEEKS)))


def best_sellers_first(line: AdviceLine) -> tuple[float, int]:
    """Sort lines by what they sell."""
    return (-(line.weekly or 0.0), line.product)


def one_where_it_runs_out(
    suggestion: int | None, unrounded: Decimal | None, allowed: int | None, reasons: tuple[Reason, ...]
) -> int | None:
    """Return 1 where 0.4 of a 条 would round to none but what runs out before the goods come needs one."""
    if suggestion == 0 and unrounded and any(one.code in _RUNS_OUT for one in reasons):
        return 1 if allowed is None else min(1, max(0, allowed))
    return suggestion


def stock_steps(stock: StockNow) -> list[WhyStep]:
    """Return the terms that what is there and under way takes off."""
    if stock.source is StockSource.UNKNOWN:
        return [WhyStep(StepCode.PRESUMED_STOCK, -stock.presumed)]
    code = StepCode.COUNTED_STOCK if stock.source is StockSource.COUNTED else StepCode.ESTIMATED_STOCK
    steps = [WhyStep(code, -Decimal(stock.quantity or 0))]
    return [*steps, WhyStep(StepCode.ON_ORDER, -Decimal(stock.on_order))] if stock.on_order else steps


def not_below_zero(steps: list[WhyStep]) -> tuple[WhyStep, ...]:
    """Return the terms with one more that lifts a negative sum to zero."""
    total = sum((step.amount for step in steps), Decimal(0))
    return (*steps, WhyStep(StepCode.NOTHING_NEEDED, -total)) if total < 0 else tuple(steps)


def _why(facts: SkuFacts, safety: Decimal | None) -> tuple[WhyStep, ...]:
    sales = facts.sales
    if sales.cycle is None or safety is None:
        return ()
    return not_below_zero(
        [
            WhyStep(_SALES_STEP[sales.source], sales.cycle),
            WhyStep(StepCode.SAFETY_MARGIN, safety - sales.cycle),
            *stock_steps(facts.stock),
        ]
    )
