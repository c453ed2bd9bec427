"""Reading one customer's orders as plain rows, newest last: what briefs, advice, diagnosis and PDFs are made from."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.trade import CustomerMonth, OrderLine, Product, PurchaseOrder


class Purchase(NamedTuple):
    """One SKU of one order: quantity in cartons (or the unit of the territory), amount in minor units."""

    day: date
    product_no: int
    qty: int
    amount: int
    requested: int | None
    allowed: int | None


class MonthTotal(NamedTuple):
    """What a customer bought in a month; `month` is year and month as 202204."""

    month: int
    qty: int
    amount: int
    orders: int
    skus: int


@dataclass(frozen=True, slots=True)
class ProductInfo:
    """What other rooms need to know of a SKU; prices in minor units."""

    id: UUID
    no: int
    code: str
    name: str
    price_class: str | None
    wholesale_price: int | None
    retail_price: int | None
    units_per_case: int | None
    is_key: bool
    is_new: bool
    supply_flag: str | None


def purchases(session: Session, customer_id: UUID, since: date, until: date) -> list[Purchase]:
    """Return the order lines of a customer from `since` to `until`, both days included, in order of date."""
    rows = session.execute(
        select(
            PurchaseOrder.order_date,
            OrderLine.product_no,
            OrderLine.qty,
            OrderLine.amount,
            OrderLine.requested,
            OrderLine.allowed,
        )
        .join(OrderLine, OrderLine.order_id == PurchaseOrder.id)
        .where(PurchaseOrder.customer_id == customer_id, PurchaseOrder.order_date.between(since, until))
        .order_by(PurchaseOrder.order_date)
    )
    return [Purchase(*row) for row in rows]


def order_days(session: Session, customer_id: UUID, since: date, until: date) -> list[tuple[date, int, int, int]]:
    """Return (day, quantity, amount, lines) of each order of a customer, in order of date."""
    rows = session.execute(
        select(PurchaseOrder.order_date, PurchaseOrder.qty, PurchaseOrder.amount, PurchaseOrder.line_count)
        .where(PurchaseOrder.customer_id == customer_id, PurchaseOrder.order_date.between(since, until))
        .order_by(PurchaseOrder.order_date)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def month_totals(session: Session, customer_id: UUID, first: int, last: int) -> list[MonthTotal]:
    """Return the monthly totals of a customer; `first` and `last` as 202204, both included."""
    rows = session.execute(
        select(CustomerMonth.month, CustomerMonth.qty, CustomerMonth.amount, CustomerMonth.orders, CustomerMonth.skus)
        .where(CustomerMonth.customer_id == customer_id, CustomerMonth.month.between(first, last))
        .order_by(CustomerMonth.month)
    )
    return [MonthTotal(*row) for row in rows]


def product_infos(session: Session, numbers: set[int] | None = None) -> dict[int, ProductInfo]:
    """Return SKUs by their local number; all of them without `numbers`."""
    query = select(
        Product.id,
        Product.no,
        Product.sku_code,
        Product.name,
        Product.price_class,
        Product.wholesale_price,
        Product.retail_price,
        Product.units_per_case,
        Product.is_key,
        Product.is_new,
        Product.supply_flag,
    ).where(Product.deleted_at.is_(None))
    if numbers is not None:
        query = query.where(Product.no.in_(numbers))
    return {
        row.no: ProductInfo(
            row.id,
            row.no,
            row.sku_code,
            row.name,
            row.price_class,
            row.wholesale_price,
            row.retail_price,
            row.units_per_case,
            bool(row.is_key),
            bool(row.is_new),
            row.supply_flag,
        )
        for row in session.execute(query)
    }
