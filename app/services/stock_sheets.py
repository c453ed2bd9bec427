"""What the stock step shows beside each SKU: group, guide price, last count, purchases since, what is likely left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.purchase_history import QUARTER_WEEKS, YEAR_WEEKS, ProductWeeks, PurchaseHistory, read_history
from app.domain.purchase_signs import expected_weekly_sale, is_slow, stock_left
from app.domain.purchases import main_products, ranked_products
from app.domain.sku_name import sku_name
from app.models.customer import Customer
from app.models.trade import Product
from app.models.visit import StockCount, Visit
from app.services.recording import load
from app.services.shop_history import shop_lines
from app.storage.database import Database

WEEKS_SHOWN = 12
_COUNTED_VISITS = 12


class StockGroup(StrEnum):
    """Why a SKU is in the list, what matters first."""

    MAIN = "main"
    KEY = "key"
    SLOW = "slow"
    OTHER = "other"
    CATALOGUE = "catalogue"
    """Not bought in the last year; out of sight until it is asked for."""


class LastCount(NamedTuple):
    """What was seen of a SKU at the last visit that looked at it."""

    day: date
    on_hand: int | None
    retail_price: int | None
    has_tag: bool | None


@dataclass(frozen=True, slots=True)
class StockLine:
    """One SKU of the stock step; prices are minor units per pack, quantities the unit of the store."""

    product_id: UUID
    code: str
    name: str
    price_class: str | None
    group: StockGroup
    guide_price: int | None
    sticks_per_pack: int | None
    last: LastCount | None
    weeks: tuple[int, ...]
    """bought in the last twelve closed weeks, oldest first"""
    since_last: int | None
    """bought since the last count; None if it was never counted"""
    estimate: int | None
    """what is likely left by the last count, the purchases since and the weekly sale"""
    weekly_sale: float | None


@dataclass(frozen=True, slots=True)
class StockSheet:
    """The SKUs of a shop for one visit, what matters first."""

    visit_id: UUID
    lines: tuple[StockLine, ...]


class StockSheets:
    """Reads the stock step of a visit."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, visit_id: UUID) -> StockSheet:
        """Return the SKUs of the visit's shop: main sellers, cultivated ones, slow ones, the others, the catalogue."""
        with self._database.read() as session:
            visit = load(session, Visit, visit_id)
            customer = load(session, Customer, visit.customer_id)
            lines = shop_lines(session, customer.id, visit.day)
            history = read_history(lines, visit.day, customer.order_weekday)
            counts = _last_counts(session, visit)
            received = _Received(lines)
            groups = _Groups(history, counts)
            rows = [
                _line(product, groups, history.products.get(product.no), counts.get(product.id), received, visit.day)
                for product in session.execute(_PRODUCTS)
            ]
            rank = {number: place for place, number in enumerate(groups.ranked)}
            order = {group: place for place, group in enumerate(StockGroup)}
            numbered = sorted(rows, key=lambda row: (order[row[1].group], rank.get(row[0], len(rank)), row[0]))
            return StockSheet(visit_id, tuple(line for _, line in numbered))


_PRODUCTS = select(
    Product.id,
    Product.no,
    Product.sku_code,
    Product.name,
    Product.content_ml,
    Product.price_class,
    Product.retail_price,
    Product.pack_sticks,
    Product.is_key,
    Product.is_new,
).where(Product.deleted_at.is_(None))


class _Groups:
    """Tells to which group a SKU belongs."""

    def __init__(self, history: PurchaseHistory, counts: dict[UUID, LastCount]) -> None:
        quarter = ranked_products(history)
        self._main = frozenset(main_products(quarter))
        self._counts = counts
        year = ranked_products(history, YEAR_WEEKS)
        self.ranked = tuple(dict.fromkeys([one.product for one in (*quarter, *year)]))

    def of(self, product_id: UUID, number: int, row: ProductWeeks | None, *, is_key: bool) -> StockGroup:
        """Return the group of a SKU."""
        if number in self._main:
            return StockGroup.MAIN
        if is_key:
            return StockGroup.KEY
        counted = self._counts.get(product_id)
        is_there = counted is not None and bool(counted.on_hand)
        if row is not None and is_slow(row) and (is_there or row.quantity(YEAR_WEEKS, QUARTER_WEEKS)):
            return StockGroup.SLOW
        is_bought = row is not None and (row.open_quantity or row.quantity(YEAR_WEEKS))
        return StockGroup.OTHER if is_bought or is_there else StockGroup.CATALOGUE


class _Received:
    """What was ordered of each SKU since a day; goods of that very day come after the visit."""

    def __init__(self, lines: Iterable[tuple[date, int, int, int]]) -> None:
        self._by_product: dict[int, list[tuple[date, int]]] = {}
        for day, number, quantity, _ in lines:
            self._by_product.setdefault(number, []).append((day, quantity))

    def since(self, number: int, day: date) -> int:
        """Return the quantity ordered on that day or later."""
        return sum(quantity for when, quantity in self._by_product.get(number, ()) if when >= day)


def _line(
    product: object, groups: _Groups, row: ProductWeeks | None, last: LastCount | None, received: _Received, day: date
) -> tuple[int, StockLine]:
    found = _ProductRow(*product)  # pyright: ignore[reportGeneralTypeIssues]
    weekly = expected_weekly_sale(row) if row is not None else None
    since = estimate = None
    if last is not None:
        since = received.since(found.no, last.day)
        if last.on_hand is not None and weekly is not None:
            estimate = stock_left(last.on_hand, since, weekly, (day - last.day).days)
    weeks = tuple(reversed(row.quantities[:WEEKS_SHOWN])) if row is not None else ()
    group = groups.of(found.id, found.no, row, is_key=bool(found.is_key or found.is_new))
    line = StockLine(
        found.id,
        found.code,
        sku_name(found.name, found.content_ml),
        found.price_class,
        group,
        found.retail_price,
        found.pack_sticks,
        last,
        weeks,
        since,
        estimate,
        weekly,
    )
    return found.no, line


class _ProductRow(NamedTuple):
    """The columns of a SKU that are read, in the order of the query."""

    id: UUID
    no: int
    code: str
    name: str
    content_ml: int | None
    price_class: str | None
    retail_price: int | None
    pack_sticks: int | None
    is_key: bool | None
    is_new: bool | None


def _last_counts(session: Session, visit: Visit) -> dict[UUID, LastCount]:
    """Return what was counted last of each SKU, at one of the last twelve visits before this one that counted."""
    earlier = (
        select(Visit.id, Visit.day)
        .where(
            Visit.customer_id == visit.customer_id,
            Visit.id != visit.id,
            Visit.day <= visit.day,
            Visit.deleted_at.is_(None),
            select(StockCount.id).where(StockCount.visit_id == Visit.id).exists(),
        )
        .order_by(Visit.day.desc(), Visit.started_at.desc())
        .limit(_COUNTED_VISITS)
        .subquery()
    )
    rows = session.execute(
        select(
            StockCount.product_id,
            earlier.c.day,
            StockCount.on_hand,
            StockCount.retail_price,
            StockCount.has_tag,
        )
        .join(earlier, earlier.c.id == StockCount.visit_id)
        .where(StockCount.deleted_at.is_(None))
        .order_by(earlier.c.day.desc())
    )
    found: dict[UUID, LastCount] = {}
    for product_id, day, on_hand, price, tag in rows:
        known = found.get(product_id)
        if known is None:
            found[product_id] = LastCount(day, on_hand, price, tag)
        elif known.on_hand is None and on_hand is not None:
            found[product_id] = LastCount(day, on_hand, known.retail_price or price, known.has_tag)
    return found
