"""What became of the order advice of earlier visits: how far the order that followed lay from it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.purchase_history import PurchaseLine
from app.models.trade import Product
from app.models.visit import AdviceLine, Visit

_ANSWER_DAYS = 8
"""One order cycle and a day: the order that answers the advice comes within it."""
_FAR_BACK = timedelta(days=364)
_MORE = 2
"""Advice that no order could answer yet does not count, so a few more visits are read than are asked for."""


@dataclass(frozen=True, slots=True)
class FollowedAdvice:
    """The advice of one visit: the sum suggested, and the sum of the differences to the order, SKU by SKU."""

    day: date
    suggested: int
    gap: int

    def is_adopted(self, limit_pct: Decimal) -> bool:
        """Tell whether the order lay within so many per cent of the advice."""
        return self.gap * 100 <= limit_pct * self.suggested


def followed_advice(
    session: Session, visit: Visit, lines: Sequence[PurchaseLine], limit: int
) -> tuple[FollowedAdvice, ...]:
    """Return the advice of the visits before this one that an order could answer, newest first."""
    advice = _advice(session, visit, limit + _MORE)
    orders: dict[date, Counter[int]] = defaultdict(Counter)
    for day, number, quantity, _ in lines if advice else ():
        orders[day][number] += quantity
    found: list[FollowedAdvice] = []
    for day, advised in advice:
        answer = min((d for d in orders if day <= d <= day + timedelta(_ANSWER_DAYS)), default=None)
        is_waiting = answer is None and day + timedelta(_ANSWER_DAYS) >= visit.day
        total = sum(advised.values())
        if total and not is_waiting:
            found.append(FollowedAdvice(day, total, _gap(advised, orders[answer] if answer else {})))
    return tuple(found[:limit])


def _gap(advised: Mapping[int, int], ordered: Mapping[int, int]) -> int:
    return sum(abs(ordered.get(number, 0) - advised.get(number, 0)) for number in {*advised, *ordered})


def _advice(session: Session, visit: Visit, limit: int) -> list[tuple[date, dict[int, int]]]:
    """Return the day and the advised quantity of each SKU of earlier visits; what was agreed on stands for advice."""
    advised = func.coalesce(AdviceLine.agreed, AdviceLine.suggested)
    earlier = (
        select(Visit.id, Visit.day, Visit.started_at)
        .where(
            Visit.customer_id == visit.customer_id,
            Visit.id != visit.id,
            Visit.day.between(visit.day - _FAR_BACK, visit.day),
            Visit.deleted_at.is_(None),
            select(AdviceLine.id)
            .where(AdviceLine.visit_id == Visit.id, AdviceLine.deleted_at.is_(None), advised.is_not(None))
            .exists(),
        )
        .order_by(Visit.day.desc(), Visit.started_at.desc())
        .limit(limit)
        .subquery()
    )
    rows = session.execute(
        select(earlier.c.id, earlier.c.day, Product.no, advised)
        .join(AdviceLine, AdviceLine.visit_id == earlier.c.id)
        .join(Product, Product.id == AdviceLine.product_id)
        .where(AdviceLine.deleted_at.is_(None), advised.is_not(None))
        .order_by(earlier.c.day.desc(), earlier.c.started_at.desc())
    )
    found: dict[object, tuple[date, dict[int, int]]] = {}
    for visit_id, day, number, quantity in rows:
        found.setdefault(visit_id, (day, {}))[1][number] = quantity
    return list(found.values())
