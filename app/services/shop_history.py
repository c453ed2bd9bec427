"""One shop's purchases read once, as the formulas want them; shared by the brief, the stock step and the advice."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.purchase_history import PurchaseHistory, PurchaseLine, read_history
from app.models.customer import Customer
from app.models.trade import OrderLine, PurchaseOrder
from app.services.recording import load

TWO_YEARS = timedelta(days=26 * 31)
"""Far enough for the same weeks of last year and for 12 months with their last year."""


def shop_lines(session: Session, customer_id: UUID, day: date, back: timedelta = TWO_YEARS) -> list[PurchaseLine]:
    """Return (day, product number, quantity, amount) of the shop's order lines up to that day."""
    rows = session.execute(
        select(PurchaseOrder.order_date, OrderLine.product_no, OrderLine.qty, OrderLine.amount)
        .join(OrderLine, OrderLine.order_id == PurchaseOrder.id)
        .where(PurchaseOrder.customer_id == customer_id, PurchaseOrder.order_date.between(day - back, day))
    )
    return [(day, number, quantity, amount) for day, number, quantity, amount in rows]


def shop_history(session: Session, customer_id: UUID, day: date) -> PurchaseHistory:
    """Return the shop's purchases as they stood on that day."""
    weekday = load(session, Customer, customer_id).order_weekday
    return read_history(shop_lines(session, customer_id, day), day, weekday)
