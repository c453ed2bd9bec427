"""The card of one SKU: what head office says of it, what the territory buys of it, which shops buy it or stopped."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.product_sales import Buyer, ProductSales, first_day_needed, read_sales
from app.domain.sku_name import sku_name
from app.models.customer import Customer
from app.models.local import StoreFact
from app.models.trade import OrderLine, Product, PurchaseOrder
from app.runtime.clock import Clock
from app.services.recording import load
from app.services.search_hits import class_code
from app.storage.database import Database
from app.storage.facts import CURRENCY, UNIT

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class BuyingShop:
    """A shop of the card; `buying` says what it bought and when."""

    customer_id: UUID
    name: str
    code: str
    class_code: str
    buying: Buyer[UUID]


@dataclass(frozen=True, slots=True)
class ProductCard:
    """One SKU; prices in minor units, transfer and wholesale per carton (bottle), retail per pack (bottle)."""

    id: UUID
    code: str
    name: str
    brand: str | None
    maker: str | None
    specification: str | None
    category: str | None
    price_class: str | None
    barcode: str | None
    units_per_case: int | None
    transfer_price: int | None
    wholesale_price: int | None
    retail_price: int | None
    supply_flag: str | None
    is_new: bool
    is_key: bool
    unit: str | None
    currency: str | None
    sales: ProductSales[UUID]
    buyers: tuple[BuyingShop, ...]
    stopped: tuple[BuyingShop, ...]


class ProductCards:
    """Reads the card of a SKU."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def card(self, product_id: UUID) -> ProductCard:
        """Return the card as of today. Raises RuleError with NOT_FOUND."""
        with self._database.read() as session:
            return _read(session, load(session, Product, product_id), self._clock)


def _read(session: Session, product: Product, clock: Clock) -> ProductCard:
    today = clock.today()
    rows = session.execute(
        select(PurchaseOrder.customer_id, PurchaseOrder.order_date, OrderLine.qty, OrderLine.amount)
        .join(OrderLine, OrderLine.order_id == PurchaseOrder.id)
        .where(OrderLine.product_no == product.no, PurchaseOrder.order_date.between(first_day_needed(today), today))
    )
    sales = read_sales([(row[0], row[1], row[2], row[3]) for row in rows], today)
    buyers, stopped = sales.buyers[:_SHOWN], sales.stopped[:_SHOWN]
    shops = _shops(session, {one.customer for one in (*buyers, *stopped)})
    facts = {fact.key: fact.value for fact in session.scalars(select(StoreFact))}
    return ProductCard(
        id=product.id,
        code=product.sku_code,
        name=sku_name(product.name, product.content_ml),
        brand=product.brand,
        maker=product.maker,
        specification=product.specification,
        category=product.category,
        price_class=product.price_class,
        barcode=product.barcode,
        units_per_case=product.units_per_case,
        transfer_price=product.transfer_price,
        wholesale_price=product.wholesale_price,
        retail_price=product.retail_price,
        supply_flag=product.supply_flag,
        is_new=bool(product.is_new),
        is_key=bool(product.is_key),
        unit=facts.get(UNIT),
        currency=facts.get(CURRENCY),
        sales=sales,
        buyers=_named(buyers, shops),
        stopped=_named(stopped, shops),
    )


def _shops(session: Session, ids: set[UUID]) -> Mapping[UUID, Customer]:
    rows = session.scalars(select(Customer).where(Customer.id.in_(ids), Customer.deleted_at.is_(None)))
    return {row.id: row for row in rows}


def _named(buyers: tuple[Buyer[UUID], ...], shops: Mapping[UUID, Customer]) -> tuple[BuyingShop, ...]:
    return tuple(
        BuyingShop(
            shop.id,
            shop.shop_name or shop.cust_name,
            shop.cust_code,
            class_code(shop.market_type, shop.format, shop.size_class),
            one,
        )
        for one in buyers
        if (shop := shops.get(one.customer)) is not None
    )
