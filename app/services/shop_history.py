"""One shop's purchases read once, as the formulas want them; shared by the brief, the stock step and the advice."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain.order_advice import LimitedOrder
from app.domain.purchase_history import KEPT_WEEKS, PurchaseHistory, PurchaseLine, read_history
from app.models.customer import Customer
from app.services.recording import load
from app.storage.database import cursor_of

TWO_YEARS = timedelta(days=26 * 31)
"""Far enough for the same weeks of last year and for 12 months with their last year."""
_LINES = """
SELECT o.order_date, l.product_no, l.qty, l.amount FROM purchase_order o JOIN order_line l ON l.order_id = o.id
WHERE o.customer_id = ? AND o.order_date BETWEEN ? AND ?
"""
_LIMITED = """
SELECT o.order_date, l.product_no, max(coalesce(l.requested, 0) - l.qty, 0)
FROM purchase_order o JOIN order_line l ON l.order_id = o.id
WHERE o.customer_id = ? AND o.order_date BETWEEN ? AND ?
AND l.qty > 0 AND (l.requested > l.qty OR (l.allowed > 0 AND l.qty >= l.allowed))
"""


def shop_lines(session: Session, customer_id: UUID, day: date, back: timedelta = TWO_YEARS) -> list[PurchaseLine]:
    """Return (day, product number, quantity, amount) of the shop's order lines up to that day."""
    # Plain SQL: a large shop has fifty thousand lines on a few hundred days, and each day is made once.
    rows = cursor_of(session).execute(_LINES, (customer_id.hex, (day - back).isoformat(), day.isoformat())).fetchall()
    days = {text: date.fromisoformat(text) for text in {row[0] for row in rows}}
    return [(days[text], number, quantity, amount) for text, number, quantity, amount in rows]


def limited_orders(session: Session, customer_id: UUID, day: date) -> list[LimitedOrder]:
    """Return the order lines up to that day that brought less than was requested, or all that was allowed."""
    values = customer_id.hex, (day - timedelta(weeks=KEPT_WEEKS + 1)).isoformat(), day.isoformat()
    rows = cursor_of(session).execute(_LIMITED, values).fetchall()
    days = {text: date.fromisoformat(text) for text in {row[0] for row in rows}}
    return [LimitedOrder(days[text], number, more, not more) for text, number, more in rows]


def shop_history(session: Session, customer_id: UUID, day: date) -> PurchaseHistory:
    """Return the shop's purchases as they stood on that day."""
    weekday = load(session, Customer, customer_id).order_weekday
    return read_history(shop_lines(session, customer_id, day), day, weekday)
