"""Order guidance by periodic review: up to the level that covers demand until the delivery after next, within limits.

The shop orders once a cycle and gets the goods some days later, so an order has to last until the goods of the one
after it come. Demand of that time is a distribution (`habit`, `demand`, `cover`); the level is its quantile at the
service level (Axsäter, Inventory Control, 2015, ch. 5). Slow SKUs get nothing, so nothing scarce can depend on them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import numpy as np

from app.domain import formulas, order_advice, trade_rule
from app.domain.forecast import TrackRecord
from app.domain.forecasting.arrays import Floats, Ints
from app.domain.order_advice import (
    Advice,
    AdviceLine,
    OrderPlan,
    Reason,
    ReasonCode,
    SalesSource,
    ShopHistory,
    StepCode,
    StockSource,
    WhyStep,
    Wish,
)
from app.domain.purchase_history import PurchaseHistory
from app.domain.replenishment.caps import Cut, Limits, cut_to
from app.domain.replenishment.cover import cover
from app.domain.replenishment.habit import WEEK
from app.domain.replenishment.own_record import own_records
from app.domain.replenishment.shop_habits import ReviewRules, habits_of
from app.domain.shop_desk import ShopDesk, SkuFacts, chart_of, reasons_of
from app.runtime.cancel import Check, go_on

_HUNDREDTH = Decimal("0.01")


class PeriodicReviewAdvisor:
    """Suggests what lacks up to the level of the service wanted, cut to what is allowed where it costs least."""

    def __init__(self, rules: ReviewRules | None = None) -> None:
        self._rules = rules or ReviewRules()

    def advise(self, shop: ShopHistory, as_of: date, wish: Wish | None = None) -> Advice:
        """Return the suggestion for the next order of the shop, under what is wished."""
        history = shop.history(as_of)
        week_ends = trade_rule.weeks_before(history.newest_week_end)
        if shop.suspended:
            return Advice(as_of, week_ends, (), order_advice.totals(()), stopped=True)
        facts = ShopDesk(self._rules.trade, shop, history).skus()
        review = _Review(self._rules, shop, history, facts, wish or Wish())
        lines = tuple(sorted(review.lines(), key=trade_rule.best_sellers_first))
        return Advice(as_of, week_ends, lines, order_advice.totals(lines))

    def records(self, shop: ShopHistory, as_of: date, check: Check = go_on) -> Mapping[int, TrackRecord]:
        """Return by product how its own past forecasts did; takes as long as 26 times the advice."""
        return {} if shop.suspended else own_records(self._rules, shop, shop.history(as_of), check=check)


class _Review:
    """One shop's SKUs side by side."""

    def __init__(
        self, rules: ReviewRules, shop: ShopHistory, history: PurchaseHistory, facts: Sequence[SkuFacts], wish: Wish
    ) -> None:
        self._rules = rules
        self._shop = shop
        self._as_of = history.as_of
        self._facts = [one for one in facts if one.sales.source is not SalesSource.UNKNOWN]
        self._unknown = [one for one in facts if one.sales.source is SalesSource.UNKNOWN]
        self._wish = wish
        self._lead = np.array([self._lead_days(one) for one in self._facts], int)
        learnt = shop.learnt or rules.learnt
        habits, self._limited = habits_of(self._facts, history, shop.limited, rules.trade, learnt)
        self._weekly = habits.weekly(learnt)
        self._service = np.array([self._service_of(one.product) for one in self._facts])
        self._position = np.array([int(one.position) for one in self._facts], int)
        # Where nobody counted, the shelf is not taken to be empty before the goods come.
        is_known = np.array([one.stock.quantity is not None for one in self._facts], bool)
        lasting = np.where(is_known, self._position, np.inf)
        self._cover = cover(habits, learnt, self._service, lasting, self._lead, rules.trade.cycle_days)
        self._level = self._cover.level

    def lines(self) -> list[AdviceLine]:
        """Return a line for every SKU."""
        needs = [self._need(at, one) for at, one in enumerate(self._facts)]
        cut = self._cut(np.array([formulas.whole(need) for need in needs], int))
        after = self._cover.risk(self._position, cut.quantities)
        last = np.array([_last_order(one) or 0 for one in self._facts], int)
        with_last = self._cover.risk(self._position, last)
        return [
            self._line(at, one, needs[at], cut, float(after[at]), float(with_last[at]))
            for at, one in enumerate(self._facts)
        ] + [self._without_past(one) for one in self._unknown]

    def _lead_days(self, one: SkuFacts) -> int:
        """Return the days until goods come; stock that is presumed is that of the order day already."""
        lead, weekday = self._rules.trade.lead_days, self._shop.order_weekday
        if weekday is None or one.stock.source is StockSource.UNKNOWN:
            return lead
        return lead + (weekday - self._as_of.isoweekday()) % WEEK

    def _service_of(self, product: int) -> float:
        usual = self._rules.services.get(self._shop.classes.get(product, ""), self._rules.service)
        return usual if self._wish.service is None else self._wish.service

    def _steps(self, at: int, one: SkuFacts) -> list[WhyStep]:
        """Return the terms of the sum to the hundredth, before anything is lifted to zero."""
        weekly = float(self._weekly[at])
        days = self._rules.trade.cycle_days, float(self._cover.lead[at])
        cycle, lead = (_exact(weekly * some / WEEK) for some in days)
        return [
            WhyStep(StepCode.CYCLE_FORECAST, cycle),
            WhyStep(StepCode.LEAD_FORECAST, lead),
            WhyStep(StepCode.SAFETY_STOCK, int(self._level[at]) - cycle - lead),
            *trade_rule.stock_steps(one.stock),
        ]

    def _need(self, at: int, one: SkuFacts) -> Decimal:
        """Return what lacks up to the level; nothing of what is slow."""
        return Decimal(0) if one.is_slow else max(Decimal(0), int(self._level[at]) - one.position)

    def _cut(self, wanted: Ints) -> Cut:
        each = np.array([-1 if one.allowed is None else max(0, one.allowed) for one in self._facts], int)
        limits = Limits(each, self._wish.total, self._wish.budget)
        return cut_to(wanted, self._position, self._cover.demand, *self._worth(), limits)

    def _worth(self) -> tuple[Floats, Ints]:
        """Return margins and wholesale prices; what has none takes the middle one of the others."""
        prices = [one.prices.wholesale for one in self._facts]
        margins = [formulas.margin_per_carton(one.prices.retail, one.prices.wholesale) for one in self._facts]
        return _filled(margins).astype(float), _filled(prices)

    def _line(
        self, at: int, one: SkuFacts, need: Decimal, cut: Cut, risk: float, last_risk: float
    ) -> AdviceLine:  # fmt: skip
        weekly = float(self._weekly[at])
        steps = self._steps(at, one)
        if one.is_slow and (spare := sum((step.amount for step in steps), Decimal(0))) > 0:
            steps.append(WhyStep(StepCode.SELL_FIRST, -spare))
        wanted = formulas.whole(need)
        reasons = reasons_of(one, self._rules.trade, self._as_of, weekly, need)
        if weeks := self._limited.lately(at):
            reasons = (*reasons, Reason(ReasonCode.SHORT_BEFORE, weeks, self._limited.counted))
        given = int(cut.quantities[at])
        allowed = wanted if one.allowed is None else min(wanted, max(0, one.allowed))
        if given < allowed:
            reasons = (*reasons, Reason(ReasonCode.CUT, allowed - given, allowed))
        margin = formulas.margin_per_carton(one.prices.retail, one.prices.wholesale)
        lost = float(cut.lost[at])
        plan = OrderPlan(
            service=float(self._service[at]),
            days=int(self._lead[at]) + self._rules.trade.cycle_days,
            ends_before=bool(self._cover.lead[at] < self._lead[at]),
            level=int(self._level[at]),
            wanted=wanted,
            risk=risk,
            last_order=_last_order(one),
            last_risk=None if _last_order(one) is None else last_risk,
            lost=lost,
            lost_margin=None if margin is None else round(margin * lost),
            trade=trade_rule.suggest(one, self._rules.trade.safety_factor),
        )
        return AdviceLine(
            product=one.product,
            is_main=one.is_main,
            stock=one.stock.quantity,
            stock_source=one.stock.source,
            stock_age=one.stock.age,
            on_order=one.stock.on_order,
            weekly=weekly,
            sales_source=one.sales.source,
            safety=steps[2].amount,
            allowed=one.allowed,
            unrounded=need,
            suggestion=given,
            reasons=reasons,
            why=trade_rule.not_below_zero(steps),
            chart=chart_of(one.row, weekly, TrackRecord((), None)),
            prices=one.prices,
            plan=plan,
        )

    def _without_past(self, one: SkuFacts) -> AdviceLine:
        """Return the line of a SKU that nothing can be said of."""
        return trade_rule.line_of(one, self._rules.trade, self._as_of)


def _last_order(one: SkuFacts) -> int | None:
    return None if one.row is None else one.row.last_quantity


def _exact(value: float) -> Decimal:
    return Decimal(str(value)).quantize(_HUNDREDTH)


def _filled(values: Sequence[int | None]) -> Ints:
    known = [value for value in values if value is not None]
    middle = int(np.median(known)) if known else 1
    return np.array([middle if value is None else value for value in values], int)
