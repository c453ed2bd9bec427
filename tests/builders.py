"""Makes records for tests, with only what the test is about written out."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.customer import Customer
from app.models.trade import CustomerMonth, OrderLine, Product, PurchaseOrder
from app.models.visit import Visit


def a_customer(session: Session, code: str = "C1", name: str = "老周食杂店", **fields: Any) -> Customer:
    customer = Customer(cust_code=code, cust_name=name, **fields)
    session.add(customer)
    session.flush()
    return customer


def a_product(session: Session, no: int = 1, code: str | None = None, name: str = "雅韵(硬)", **fields: Any) -> Product:
    product = Product(no=no, sku_code=code or f"P{no}", name=name, **fields)
    session.add(product)
    session.flush()
    return product


def an_order(
    session: Session, customer: Customer, day: date, quantities: Mapping[Product, int], *, price: int = 10000
) -> PurchaseOrder:
    """Make an order with one line a product, and bring the month's total up to date."""
    number = (session.scalar(select(func.max(PurchaseOrder.id))) or 0) + 1
    qty = sum(quantities.values())
    order = PurchaseOrder(
        id=number,
        order_no=f"O{number}",
        customer_id=customer.id,
        order_date=day,
        qty=qty,
        amount=qty * price,
        line_count=len(quantities),
    )
    session.add(order)
    session.flush()
    for line, (product, count) in enumerate(quantities.items(), start=1):
        session.add(OrderLine(order_id=number, line_no=line, product_no=product.no, qty=count, amount=count * price))
    _add_to_month(session, customer.id, day, qty, qty * price, len(quantities))
    session.flush()
    return order


def a_visit(session: Session, customer: Customer, day: date, status: str = "in_progress", **fields: Any) -> Visit:
    visit = Visit(customer_id=customer.id, day=day, status=status, **fields)
    session.add(visit)
    session.flush()
    return visit


def _add_to_month(session: Session, customer: UUID, day: date, qty: int, amount: int, skus: int) -> None:
    month = day.year * 100 + day.month
    total = session.get(CustomerMonth, (customer, month))
    if total is None:
        session.add(CustomerMonth(customer_id=customer, month=month, qty=qty, amount=amount, orders=1, skus=skus))
        return
    total.qty += qty
    total.amount += amount
    total.orders += 1
    total.skus = max(total.skus, skus)
