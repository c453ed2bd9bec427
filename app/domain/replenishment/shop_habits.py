"""What the review goes by, and how the SKUs of one shop sell by its orders, its limits and its counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.domain.order_advice import LimitedOrder, SalesSource
from app.domain.purchase_history import PurchaseHistory
from app.domain.replenishment.habit import WEEK, Habits
from app.domain.replenishment.learnt import PUBLIC, Learnt
from app.domain.replenishment.sold_weeks import LimitedWeeks, estimated_weeks, limited_weeks
from app.domain.shop_desk import SkuFacts, TradeRules

_MOST_COUNTED_WEEKS = 4
_DEFAULT_SERVICE = 0.95


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """What the review goes by; `services` holds the price classes with a level of their own (0 to 1)."""

    trade: TradeRules = field(default_factory=TradeRules)
    service: float = _DEFAULT_SERVICE
    services: Mapping[str, float] = field(default_factory=dict[str, float])
    learnt: Learnt = PUBLIC


def habits_of(
    facts: Sequence[SkuFacts], history: PurchaseHistory, limited_orders: Sequence[LimitedOrder], rules: TradeRules,
    learnt: Learnt,
) -> tuple[Habits, LimitedWeeks]:  # fmt: skip
    """Return how the SKUs sell, by their orders, then by what was counted; and the weeks that were limited."""
    limited = limited_weeks(facts, history, limited_orders)
    habits = Habits.of(estimated_weeks(facts, history, limited), limited.floors, learnt)
    counted = [_counted(one, rules) for one in facts]
    for week in range(_MOST_COUNTED_WEEKS):
        habits.take(np.array([weekly if week < count else np.nan for weekly, count in counted]))
    return habits, limited


def _counted(one: SkuFacts, rules: TradeRules) -> tuple[float, int]:
    """Return the weekly sale that counts tell, and for how many weeks it stands."""
    if one.sales.source is not SalesSource.COUNTS:
        return 0.0, 0
    weekly = float(one.sales.cycle or 0) * WEEK / rules.cycle_days
    return weekly, min(_MOST_COUNTED_WEEKS, max(1, round((one.sales.days or WEEK) / WEEK)))
