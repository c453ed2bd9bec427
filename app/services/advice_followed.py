"""What became of the order advice of earlier visits: read with the orders and counts that came after it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.adoption import ANSWER_DAYS, NO_ADVICE, Adoption, Afterwards, Ordered, follow
from app.domain.playbook import AssortmentRules
from app.models.trade import OrderLine, Product, PurchaseOrder
from app.models.visit import AdviceLine, StockCount, Visit

_FAR_BACK = timedelta(days=364)
_MORE = 2
"""Advice that no order could answer yet does not count, so a few more visits are read than are asked for."""


@dataclass(frozen=True, slots=True)
class _Given:
    """The advice of one visit, by product number."""

    day: date
    advised: dict[int, int]


def read_adoption(
    session: Session,
    customer_id: UUID,
    day: date,
    limit: int,
    rules: AssortmentRules,
    besides: UUID | None = None,
) -> Adoption:
    """Return what became of the advice of a shop's last visits up to a day that an order could answer, newest first.

    `besides` is the visit under way. Three queries, whatever the number of visits.
    """
    given = _advice(session, customer_id, day, limit + _MORE, besides)
    if not given:
        return NO_ADVICE
    since = min(one.day for one in given)
    until = min(day, max(one.day for one in given) + timedelta(ANSWER_DAYS + rules.repeat_days))
    then = Afterwards(_orders(session, customer_id, since, until), _counts(session, customer_id, since, until))
    found = (
        follow(one.day, one.advised, then, day, within_pct=rules.adopted_within_pct, repeat_days=rules.repeat_days)
        for one in given
    )
    return Adoption(tuple(one for one in found if one is not None)[:limit])


def _advice(session: Session, customer_id: UUID, day: date, limit: int, besides: UUID | None) -> Sequence[_Given]:
    """Return the advised quantity of each SKU of earlier visits; what was agreed on stands for advice."""
    advised = func.coalesce(AdviceLine.agreed, AdviceLine.suggested)
    earlier = (
        select(Visit.id, Visit.day, Visit.started_at)
        .where(
            Visit.customer_id == customer_id,
            *([] if besides is None else [Visit.id != besides]),
            Visit.day.between(day - _FAR_BACK, day),
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
        .order_by(earlier.c.day.desc(), earlier.c.started_at.desc(), Product.no)
    )
    found: dict[object, _Given] = {}
    for visit_id, at, number, quantity in rows:
        found.setdefault(visit_id, _Given(at, {})).advised[number] = quantity
    return list(found.values())


def _orders(session: Session, customer_id: UUID, since: date, until: date) -> dict[date, dict[int, Ordered]]:
    rows = session.execute(
        select(PurchaseOrder.order_date, OrderLine.product_no, OrderLine.qty, OrderLine.allowed)
        .join(OrderLine, OrderLine.order_id == PurchaseOrder.id)
        .where(PurchaseOrder.customer_id == customer_id, PurchaseOrder.order_date.between(since, until))
    )
    found: dict[date, dict[int, Ordered]] = defaultdict(dict)
    for day, number, quantity, allowed in rows:
        before = found[day].get(number, Ordered(0))
        found[day][number] = Ordered(before.quantity + quantity, before.allowed if allowed is None else allowed)
    return found


def _counts(session: Session, customer_id: UUID, since: date, until: date) -> dict[int, list[tuple[date, int]]]:
    """Return what was counted after the advice, today's visit included: it is the first to see what ran out."""
    rows = session.execute(
        select(Product.no, Visit.day, StockCount.on_hand)
        .join(Visit, Visit.id == StockCount.visit_id)
        .join(Product, Product.id == StockCount.product_id)
        .where(
            Visit.customer_id == customer_id,
            Visit.day > since,
            Visit.day <= until,
            Visit.deleted_at.is_(None),
            StockCount.deleted_at.is_(None),
            StockCount.on_hand.is_not(None),
        )
    )
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for number, day, on_hand in rows:
        found[number].append((day, on_hand or 0))
    return found
