"""One shop's papers for a day, read once: order lines, counts, prices, caps; for the advice and the sheet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import units
from app.domain.order_advice import LimitedOrder, Prices, ShopHistory, StockCount
from app.domain.purchase_history import PurchaseHistory, PurchaseLine
from app.domain.replenishment.learnt import Learnt
from app.domain.sku_name import sku_name
from app.models.customer import Customer
from app.models.local import StoreFact
from app.models.trade import Allocation, Product
from app.models.visit import StockCount as CountRow
from app.models.visit import Visit
from app.services.order_learning import learnt_of
from app.services.recording import load
from app.services.shop_history import limited_orders, shop_lines
from app.storage.facts import CURRENCY, MANAGER, PRACTICE, UNIT

_COUNTS_BACK = timedelta(days=112)
"""Older counts say nothing any more: two of at most 56 days each are what an engine looks at."""
_BOTTLES = frozenset({"bottle", "bottles", "瓶"})
_NOT_SUPPLIED = frozenset({"suspended"})
_NOT_TRADING = frozenset({"paused", "ordered_closed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Sku:
    """A SKU as papers speak of it; the wholesale price is per unit of the store, the retail price per pack."""

    id: UUID
    no: int
    code: str
    name: str
    price_class: str | None
    wholesale: int | None
    retail_price: int | None
    packs: int
    """How many packs make one unit: 10 for a carton, 1 for a bottle."""
    content_ml: int | None = None

    @property
    def full_name(self) -> str:
        """The name with the size."""
        return sku_name(self.name, self.content_ml)


class Seen(NamedTuple):
    """The newest count of one SKU."""

    day: date
    on_hand: int | None
    retail_price: int | None


@dataclass(frozen=True, slots=True)
class ShopPapers:
    """All that is known of one shop's purchases and stock as of a day."""

    customer_id: UUID
    code: str
    name: str
    day: date
    order_weekday: int | None
    order_day: date | None
    """the next day on which the shop orders, that day included"""
    order_cycle: str | None
    licence_expiry: date | None
    unit: str | None
    currency: str | None
    manager: str | None
    """who serves the shop: as this store knows, else as the archive says"""
    suspended: bool
    lines: Sequence[PurchaseLine]
    skus: Mapping[int, Sku]
    counts: Mapping[int, Sequence[StockCount]]
    seen: Mapping[int, Seen]
    allowed: Mapping[int, int]
    learnt: Learnt | None = None
    limited: Sequence[LimitedOrder] = ()

    def history(self, read: PurchaseHistory | None = None) -> ShopHistory:
        """Return what an engine may look at; `read` are the lines as already read."""
        return ShopHistory(
            lines=self.lines,
            order_weekday=self.order_weekday,
            counts=self.counts,
            prices={number: Prices(sku.wholesale, self.retail(number)) for number, sku in self.skus.items()},
            allowed=self.allowed,
            suspended=self.suspended,
            read=read,
            learnt=self.learnt,
            limited=self.limited,
            classes={number: sku.price_class for number, sku in self.skus.items() if sku.price_class},
        )

    def retail(self, number: int) -> int | None:
        """Return what the shop asks for one unit: by the price seen there last, else by the guide price."""
        sku = self.skus.get(number)
        if sku is None:
            return None
        seen = self.seen.get(number)
        price = seen.retail_price if seen is not None and seen.retail_price is not None else sku.retail_price
        return None if price is None else price * sku.packs

    def name_of(self, number: int) -> str:
        """Return the name of a SKU; its number where the catalogue does not know it."""
        sku = self.skus.get(number)
        return str(number) if sku is None else sku.full_name


def read_papers(session: Session, customer_id: UUID, day: date, visit_id: UUID | None = None) -> ShopPapers:
    """Read the papers of a shop; what was counted at this visit counts before other counts of its day."""
    customer = load(session, Customer, customer_id)
    facts = {fact.key: fact.value for fact in session.scalars(select(StoreFact))}
    lines = shop_lines(session, customer_id, day)
    rows = _count_rows(session, customer_id, day, visit_id)
    order_day = next_order_day(customer.order_weekday, day)
    allowed = _allowed(session, customer_id, order_day or day)
    ids = {row.product_id for row in rows} | set(allowed)
    skus = _skus(session, {line[1] for line in lines}, ids, facts.get(UNIT))
    numbers = {sku.id: sku.no for sku in skus.values()}
    counts: dict[int, list[StockCount]] = {}
    seen: dict[int, Seen] = {}
    for row in rows:
        number = numbers.get(row.product_id)
        if number is None:
            continue
        if row.on_hand is not None:
            counts.setdefault(number, []).append(StockCount(row.day, row.on_hand))
        seen[number] = _newer(seen.get(number), row)
    return ShopPapers(
        customer_id=customer_id,
        code=customer.cust_code,
        name=customer.shop_name or customer.cust_name,
        day=day,
        order_weekday=customer.order_weekday,
        order_day=order_day,
        order_cycle=customer.order_cycle_type,
        licence_expiry=customer.license_to,
        unit=facts.get(UNIT),
        currency=facts.get(CURRENCY),
        manager=_manager(customer, facts),
        suspended=is_stopped(customer),
        lines=lines,
        skus=skus,
        counts=counts,
        seen=seen,
        allowed={numbers[product_id]: cap for product_id, cap in allowed.items() if product_id in numbers},
        learnt=learnt_of(facts),
        limited=limited_orders(session, customer_id, day),
    )


def is_stopped(customer: Customer) -> bool:
    """Tell whether a shop is not supplied or does not trade: then nothing is suggested to it."""
    return customer.supply_state in _NOT_SUPPLIED or customer.status in _NOT_TRADING


def next_order_day(weekday: int | None, day: date) -> date | None:
    """Return the next day with that weekday (1 Monday to 7), `day` itself included; None without an order day."""
    return None if weekday is None else day + timedelta(days=(weekday - day.isoweekday()) % 7)


def _manager(customer: Customer, facts: Mapping[str, str]) -> str | None:
    """Return who serves the shop; the manager of a practice store is nobody."""
    named = None if facts.get(PRACTICE) == "yes" else facts.get(MANAGER)
    return named or customer.manager_id


class _CountRow(NamedTuple):
    product_id: UUID
    day: date
    on_hand: int | None
    retail_price: int | None


def _count_rows(session: Session, customer_id: UUID, day: date, visit_id: UUID | None) -> list[_CountRow]:
    """Return the counts of the last weeks, oldest first; those of the visit under way come last."""
    rows = session.execute(
        select(CountRow.product_id, Visit.day, CountRow.on_hand, CountRow.retail_price, Visit.id, Visit.started_at)
        .join(Visit, Visit.id == CountRow.visit_id)
        .where(
            Visit.customer_id == customer_id,
            Visit.day.between(day - _COUNTS_BACK, day),
            Visit.deleted_at.is_(None),
            CountRow.deleted_at.is_(None),
        )
        .order_by(Visit.day, Visit.started_at)
    ).all()
    ordered = sorted(rows, key=lambda row: (row[1], row[4] == visit_id))
    return [_CountRow(row[0], row[1], row[2], row[3]) for row in ordered]


def _newer(known: Seen | None, row: _CountRow) -> Seen:
    """Return the newest values; a field left empty at the newer look keeps the older value."""
    if known is None:
        return Seen(row.day, row.on_hand, row.retail_price)
    on_hand, day = (known.on_hand, known.day) if row.on_hand is None else (row.on_hand, row.day)
    return Seen(day, on_hand, known.retail_price if row.retail_price is None else row.retail_price)


def _allowed(session: Session, customer_id: UUID, day: date) -> dict[UUID, int]:
    """Return the caps that hold on that day; of two for one SKU the one that began later."""
    rows = session.execute(
        select(Allocation.product_id, Allocation.allowed)
        .where(
            Allocation.customer_id == customer_id,
            Allocation.valid_from <= day,
            Allocation.valid_to >= day,
            Allocation.deleted_at.is_(None),
        )
        .order_by(Allocation.valid_from)
    )
    return {row[0]: row[1] for row in rows}


def _skus(session: Session, numbers: Iterable[int], ids: Iterable[UUID], unit: str | None) -> dict[int, Sku]:
    """Return the SKUs with these numbers or ids; a SKU that left the catalogue still has its name."""
    rows = session.execute(
        select(
            Product.id,
            Product.no,
            Product.sku_code,
            Product.name,
            Product.price_class,
            Product.wholesale_price,
            Product.retail_price,
            Product.sticks_per_carton,
            Product.pack_sticks,
            Product.content_ml,
        ).where(Product.no.in_(list(numbers)) | Product.id.in_(list(ids)))
    )
    return {
        row.no: Sku(
            row.id,
            row.no,
            row.sku_code,
            row.name or row.sku_code,
            row.price_class,
            row.wholesale_price,
            row.retail_price,
            _packs(unit, row.sticks_per_carton, row.pack_sticks),
            row.content_ml,
        )
        for row in rows
    }


def _packs(unit: str | None, sticks_per_carton: int | None, pack_sticks: int | None) -> int:
    if unit in _BOTTLES:
        return 1
    if sticks_per_carton and pack_sticks and sticks_per_carton % pack_sticks == 0:
        return sticks_per_carton // pack_sticks
    return units.PACKS_PER_CARTON
