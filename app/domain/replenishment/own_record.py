"""How far off the review's own weekly forecasts were: each of the last weeks forecast from what was known before it."""

from collections import defaultdict
from datetime import timedelta

from app.domain.forecast import BACKTEST_WEEKS, TrackRecord
from app.domain.order_advice import SalesSource, ShopHistory
from app.domain.purchase_history import PurchaseHistory
from app.domain.replenishment.shop_habits import ReviewRules, habits_of
from app.domain.shop_desk import ShopDesk
from app.runtime.cancel import Check, go_on


def own_records(
    rules: ReviewRules, shop: ShopHistory, now: PurchaseHistory, origins: int = BACKTEST_WEEKS,
    check: Check = go_on,
) -> dict[int, TrackRecord]:  # fmt: skip
    """Return by product how the forecasts of the last closed weeks did against what was bought in them.

    Each is made as of the day before its week, from the orders and counts of that day alone; only the eight weights of
    the territory are today's. WAPE is Σ|forecast − bought| ÷ Σ bought; None where nothing was bought.
    """
    misses: dict[int, list[float]] = defaultdict(list)
    bought: dict[int, int] = defaultdict(int)
    for back in range(1, min(origins, now.age - 1) + 1):
        check()
        then = shop.history(now.newest_week_end - timedelta(weeks=back))
        for product, weekly in _weekly(rules, shop, then):
            row = now.products.get(product)
            if row is not None and back <= len(row.quantities):
                misses[product].append(row.quantities[back - 1] - weekly)
                bought[product] += row.quantities[back - 1]
    return {product: _record(missed, bought[product]) for product, missed in misses.items()}


def _weekly(rules: ReviewRules, shop: ShopHistory, then: PurchaseHistory) -> list[tuple[int, float]]:
    facts = [one for one in ShopDesk(rules.trade, shop, then).skus() if one.sales.source is not SalesSource.UNKNOWN]
    if not facts:
        return []
    learnt = shop.learnt or rules.learnt
    habits, _ = habits_of(facts, then, shop.limited, rules.trade, learnt)
    return list(zip((one.product for one in facts), habits.weekly(learnt).tolist(), strict=True))


def _record(misses: list[float], bought: int) -> TrackRecord:
    return TrackRecord(tuple(sorted(misses)), sum(map(abs, misses)) / bought if bought else None)
