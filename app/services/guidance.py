"""Order guidance for one shop: what could be ordered next and why. A suggestion only; nothing is ordered anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain import order_advice
from app.domain.forecast import TrackRecord
from app.domain.order_advice import AdviceLine, AdviceTotals, OrderAdvisor, ReasonCode, Wish
from app.domain.playbook import Playbook
from app.domain.purchase_history import PurchaseHistory, read_history
from app.domain.replenishment.advisor import PeriodicReviewAdvisor
from app.domain.replenishment.shop_habits import ReviewRules
from app.domain.shop_desk import TradeRules
from app.domain.sku_name import size_words, sku_name
from app.domain.trade_rule import TradeRuleAdvisor
from app.models.visit import Visit
from app.runtime.cancel import Check, go_on
from app.runtime.clock import Clock
from app.services.order_learning import OrderLearning
from app.services.recording import load
from app.services.shop_papers import ShopPapers, read_papers
from app.storage.database import Database

TRADE_RULE = "trade-rule@1"
PERIODIC_REVIEW = "periodic-review@2"
ENGINE = PERIODIC_REVIEW
"""the engine that guides orders"""

RISKS = frozenset({ReasonCode.OUT_OF_STOCK, ReasonCode.OUT_OF_STOCK_RISK, ReasonCode.OVERDUE})
"""The reasons that mean: may be missing on the shelf before the next order comes."""


@dataclass(frozen=True, slots=True)
class SkuAdvice:
    """The advice for one SKU, with what people call it; prices in minor units, the retail price per pack."""

    product_id: UUID
    code: str
    name: str
    price_class: str | None
    retail_price: int | None
    line: AdviceLine
    content_ml: int | None = None
    instead: int | None = None
    """what would be suggested now where `line` tells what a visit keeps; None where both are one"""

    @property
    def size(self) -> str:
        """The size of a bottle; empty for a carton."""
        return size_words(self.content_ml)

    @property
    def full_name(self) -> str:
        """The name with the size."""
        return sku_name(self.name, self.content_ml)

    def has(self, *codes: ReasonCode) -> bool:
        """Whether one of these reasons stands beside the line."""
        return any(reason.code in codes for reason in self.line.reasons)

    @property
    def at_risk(self) -> bool:
        """Whether the SKU is, or soon may be, out of stock."""
        return self.has(*RISKS)


@dataclass(frozen=True, slots=True)
class ShopAdvice:
    """Order guidance for one shop as seen on a day; what matters most comes first."""

    customer_id: UUID
    customer_code: str
    customer_name: str
    visit_id: UUID | None
    day: date
    order_day: date | None
    unit: str | None
    currency: str | None
    week_ends: tuple[date, ...]
    """the last days of the 12 weeks of every chart, oldest first"""
    skus: tuple[SkuAdvice, ...]
    totals: AdviceTotals
    stopped: bool
    """the shop gets no advice: it is not supplied or does not trade"""
    engine: str
    papers: ShopPapers
    read: PurchaseHistory
    """the lines of the papers as read, for a second look without the store"""
    wish: Wish


class Guidance:
    """Suggests orders by an engine that can be exchanged."""

    def __init__(
        self, database: Database, clock: Clock, playbook: Playbook, advisor: OrderAdvisor, engine: str = ENGINE
    ) -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook
        self._advisor = advisor
        self._engine = engine

    def advise(self, customer_id: UUID, day: date | None = None, visit_id: UUID | None = None) -> ShopAdvice:
        """Return the guidance for a shop as seen on that day (the visit's, or today); nothing is written."""
        with self._database.read() as session:
            if visit_id is not None and day is None:
                day = load(session, Visit, visit_id).day
            return read_advice(
                session, customer_id, day or self._clock.today(), visit_id, advisor=self._advisor, engine=self._engine
            )

    def learn(self) -> bool:
        """Learn anew from the territory's orders if it is a week ago; takes seconds, return whether it was done."""
        return OrderLearning(self._database, self._clock).renew()

    def records(self, advice: ShopAdvice, check: Check = go_on) -> Mapping[int, TrackRecord]:
        """Return by product how the past forecasts of this guidance did; none where the advice tells it already.

        Nothing is read from the store. It takes 26 times as long as the advice; what `check` raises ends it.
        """
        return self._advisor.records(advice.papers.history(advice.read), advice.day, check)

    def what_if(self, advice: ShopAdvice, wish: Wish) -> ShopAdvice:
        """Return the same guidance under another wish; nothing is read from the store and nothing is written."""
        return advice_from(advice.papers, advice.visit_id, self._advisor, self._engine, advice.read, wish)


def order_advisor(playbook: Playbook) -> OrderAdvisor:
    """Return the engine that guides orders, set by the numbers of the playbook."""
    ordering = playbook.parameters.ordering
    return PeriodicReviewAdvisor(
        ReviewRules(
            trade=_trade_rules(playbook),
            service=ordering.service_pct / 100,
            services={code: percent / 100 for code, percent in ordering.service_pct_by_class},
        )
    )


def trade_rule(playbook: Playbook) -> OrderAdvisor:
    """Return the trade's rule as an engine of its own."""
    return TradeRuleAdvisor(_trade_rules(playbook))


def _trade_rules(playbook: Playbook) -> TradeRules:
    ordering = playbook.parameters.ordering
    return TradeRules(safety_factor=ordering.safety_factor, lead_days=ordering.lead_days)


def read_advice(
    session: Session, customer_id: UUID, day: date, visit_id: UUID | None, *, advisor: OrderAdvisor, engine: str
) -> ShopAdvice:
    """Return the guidance for a shop within a session."""
    return advice_from(read_papers(session, customer_id, day, visit_id), visit_id, advisor, engine)


def advice_from(
    papers: ShopPapers,
    visit_id: UUID | None,
    advisor: OrderAdvisor,
    engine: str,
    read: PurchaseHistory | None = None,
    wish: Wish | None = None,
) -> ShopAdvice:
    """Return the guidance that an engine draws from a shop's papers; `read` are its lines as already read."""
    read = read or read_history(papers.lines, papers.day, papers.order_weekday)
    advice = advisor.advise(papers.history(read), papers.day, wish)
    skus = [_sku_advice(papers, line) for line in advice.lines if line.product in papers.skus]
    skus.sort(key=_weight)
    return ShopAdvice(
        customer_id=papers.customer_id,
        customer_code=papers.code,
        customer_name=papers.name,
        visit_id=visit_id,
        day=papers.day,
        order_day=papers.order_day,
        unit=papers.unit,
        currency=papers.currency,
        week_ends=advice.week_ends,
        skus=tuple(skus),
        totals=totals_of(skus),
        stopped=advice.stopped,
        engine=engine,
        papers=papers,
        read=read,
        wish=wish or Wish(),
    )


def totals_of(skus: Sequence[SkuAdvice], chosen: dict[int, int] | None = None) -> AdviceTotals:
    """Add the lines up, with the quantities that a person changed, by product number."""
    return order_advice.totals([sku.line for sku in skus], chosen)


def _sku_advice(papers: ShopPapers, line: AdviceLine) -> SkuAdvice:
    sku = papers.skus[line.product]
    return SkuAdvice(sku.id, sku.code, sku.name, sku.price_class, sku.retail_price, line, sku.content_ml)


def _weight(sku: SkuAdvice) -> tuple[int, bool, float, int]:
    """Sort by what matters: what may run out, what is limited, what to order, what to clear; best sellers first."""
    line = sku.line
    if sku.at_risk:
        group = 0
    elif sku.has(ReasonCode.CAPPED):
        group = 1
    elif line.suggestion:
        group = 2
    elif sku.has(ReasonCode.SLOW_3_MONTHS):
        group = 3
    else:
        group = 4 if line.suggestion is None else 5
    return (group, not line.is_main, -(line.weekly or 0.0), line.product)
