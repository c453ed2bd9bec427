"""How many SKUs a shop should carry: the middle of what shops like it bought in the last quarter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.domain.playbook import Parameters
from app.models.customer import Customer
from app.models.trade import OrderLine, PurchaseOrder

_LARGEST_SAMPLE = 60
"""More shops would hardly move the middle, but would be felt at every look at the diagnosis."""


class Peers(StrEnum):
    """Whom a shop is measured by: format, market type and size alike; size alike; all shops."""

    SAME_CLASS = "same_class"
    SAME_SIZE = "same_size"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class WidthTarget:
    """The target width, and from how many shops of which kind it comes."""

    width: int
    shops: int
    peers: Peers


def target_width(
    session: Session, customer: Customer, since: date, until: date, parameters: Parameters
) -> WidthTarget | None:
    """Return the target of a shop from the closest kind of peers of whom there are enough.

    None if no other shop bought anything between the two days.
    """
    for peers, conditions in peer_choices(customer):
        shops = _shops(session, customer.id, since, until, conditions)
        if shops and (peers is Peers.ALL or len(shops) + 1 >= parameters.sizes.min_cell):
            widths = sorted(_widths(session, shops[:: -(-len(shops) // _LARGEST_SAMPLE)], since, until))
            at = (len(widths) - 1) * parameters.ordering.width_target_percentile // 100
            return WidthTarget(widths[at], len(shops), peers)
    return None


def peer_choices(customer: Customer) -> list[tuple[Peers, tuple[ColumnElement[bool], ...]]]:
    """Return whom a shop may be measured by, the closest kind first, each as conditions on customers."""
    size = Customer.size_class == customer.size_class
    kind = (Customer.format == customer.format, Customer.market_type == customer.market_type)
    is_classed = None not in (customer.format, customer.market_type, customer.size_class)
    choices: list[tuple[Peers, tuple[ColumnElement[bool], ...]]] = [(Peers.ALL, ())]
    if customer.size_class is not None:
        choices.insert(0, (Peers.SAME_SIZE, (size,)))
    if is_classed:
        choices.insert(0, (Peers.SAME_CLASS, (*kind, size)))
    return choices


def _shops(
    session: Session, customer_id: UUID, since: date, until: date, conditions: Sequence[ColumnElement[bool]]
) -> list[UUID]:
    """Return the other shops that ordered between the two days, in the order of their codes."""
    ordered = (
        select(PurchaseOrder.id)
        .where(PurchaseOrder.customer_id == Customer.id, PurchaseOrder.order_date.between(since, until))
        .exists()
    )
    return list(
        session.scalars(
            select(Customer.id)
            .where(Customer.id != customer_id, Customer.deleted_at.is_(None), ordered, *conditions)
            .order_by(Customer.cust_code)
        )
    )


def _widths(session: Session, shops: Sequence[UUID], since: date, until: date) -> list[int]:
    """Return how many SKUs each of these shops bought."""
    rows = session.scalars(
        select(func.count(OrderLine.product_no.distinct()))
        .select_from(PurchaseOrder)
        .join(OrderLine, OrderLine.order_id == PurchaseOrder.id)
        .where(PurchaseOrder.customer_id.in_(shops), PurchaseOrder.order_date.between(since, until))
        .group_by(PurchaseOrder.customer_id)
    )
    return list(rows)
