"""Products, allowed quantities and the order history, with the monthly aggregate that screens read (ADR 0007)."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, SyncedRow


class Product(SyncedRow, Base):
    """One SKU (品规). Prices are minor units: transfer and wholesale per carton, retail per pack."""

    __tablename__ = "product"

    no: Mapped[int] = mapped_column(unique=True)
    """Small local number that the order lines carry instead of the id; never leaves this laptop."""
    sku_code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    brand: Mapped[str | None]
    sub_brand: Mapped[str | None]
    specification: Mapped[str | None]
    maker: Mapped[str | None]
    category: Mapped[str | None]
    price_class: Mapped[str | None]
    barcode: Mapped[str | None] = mapped_column(index=True)
    tar_mg: Mapped[Decimal | None] = mapped_column(Numeric(5, 1))
    circumference_mm: Mapped[Decimal | None] = mapped_column(Numeric(5, 1))
    pack_sticks: Mapped[int | None]
    sticks_per_carton: Mapped[int | None]
    units_per_case: Mapped[int | None]
    content_ml: Mapped[int | None]
    transfer_price: Mapped[int | None]
    wholesale_price: Mapped[int | None]
    retail_price: Mapped[int | None]
    supply_flag: Mapped[str | None]
    is_new: Mapped[bool | None]
    is_key: Mapped[bool | None]
    listed_on: Mapped[date | None]
    status: Mapped[str | None]


class Allocation(SyncedRow, Base):
    """The quantity of one SKU that one customer may order in a period (可订量); read-only here."""

    __tablename__ = "allocation"
    __table_args__ = (UniqueConstraint("customer_id", "product_id", "valid_from"),)

    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    product_id: Mapped[UUID] = mapped_column(ForeignKey("product.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    allowed: Mapped[int]


class PurchaseOrder(Base):
    """One order of one customer on one day, as head office delivered it."""

    __tablename__ = "purchase_order"
    __table_args__ = (Index("ix_purchase_order_customer_id_order_date", "customer_id", "order_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_no: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    order_date: Mapped[date]
    qty: Mapped[int] = mapped_column(default=0)
    amount: Mapped[int] = mapped_column(default=0)
    line_count: Mapped[int] = mapped_column(default=0)


class OrderLine(Base):
    """One SKU of an order: ordered (订购量) apart from requested (需求量) and allowed (可订量)."""

    __tablename__ = "order_line"
    __table_args__ = ({"sqlite_with_rowid": False},)

    order_id: Mapped[int] = mapped_column(ForeignKey("purchase_order.id"), primary_key=True, autoincrement=False)
    line_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    product_no: Mapped[int]
    qty: Mapped[int]
    amount: Mapped[int]
    requested: Mapped[int | None]
    allowed: Mapped[int | None]


class CustomerMonth(Base):
    """What one customer bought in one month: the aggregate behind lists, trends and charts."""

    __tablename__ = "customer_month"
    __table_args__ = ({"sqlite_with_rowid": False},)

    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"), primary_key=True)
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Year and month as 202204."""
    qty: Mapped[int]
    amount: Mapped[int]
    orders: Mapped[int]
    skus: Mapped[int]
