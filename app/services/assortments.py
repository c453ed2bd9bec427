"""What a shop could add, drop or take instead, as of the day of a visit; a suggestion only, nothing is written."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.assortment.additions import Addition, Peers
from app.domain.assortment.dropping import OwnSku, Slow, quarter_start, slow_skus, year_start
from app.domain.assortment.substitutes import Offer, ShortSku, short_skus, substitutes
from app.domain.playbook import AssortmentRules, Playbook
from app.domain.purchase_history import QUARTER_WEEKS, week_end
from app.domain.sku_name import sku_name
from app.models.customer import Customer
from app.models.local import StoreFact
from app.models.trade import Allocation, Product
from app.models.visit import StockCount, Visit
from app.runtime.clock import Clock
from app.services.assortment_reading import PeerTables
from app.services.peer_width import WidthTarget, target_width
from app.services.recording import load
from app.services.shop_papers import is_stopped, next_order_day
from app.storage.database import Database, cursor_of
from app.storage.facts import UNIT

_COUNTS_BACK = timedelta(days=56)
_LIST_COVERS = 0.8
"""Allowed quantities for so much of what a shop buys are the list of what it can get, not just its caps."""
_OWN = """
SELECT l.product_no, min(o.order_date), max(o.order_date),
  sum(CASE WHEN o.order_date >= :quarter THEN l.qty ELSE 0 END),
  sum(CASE WHEN o.order_date >= :year AND o.order_date < :quarter THEN l.qty ELSE 0 END),
  sum(CASE WHEN o.order_date >= :quarter AND o.order_date <= :end THEN l.qty ELSE 0 END)
FROM purchase_order o JOIN order_line l ON l.order_id = o.id
WHERE o.customer_id = :customer AND o.order_date <= :day GROUP BY l.product_no
"""
_CATALOGUE = """
SELECT no, id, sku_code, coalesce(name, sku_code), content_ml, price_class, wholesale_price,
  trim(lower(coalesce(supply_flag, ''))), trim(lower(coalesce(status, ''))), coalesce(is_new, 0), coalesce(is_key, 0)
FROM product WHERE deleted_at IS NULL AND
"""
_NAMED, _OF_CLASS = "no", "price_class"
_AT_ONCE = 4
"""So many times the SKUs that are wanted are looked up at once: some of them are not supplied."""


class CatalogueSku(NamedTuple):
    """A SKU as the catalogue has it; the wholesale price is per unit of the store, in minor units."""

    number: int
    key: str
    code: str
    short_name: str
    content_ml: int | None
    price_class: str | None
    wholesale: int | None
    supply: str
    status: str
    is_new: int
    is_key: int

    @property
    def id(self) -> UUID:
        """The row of the catalogue."""
        return UUID(self.key)

    @property
    def name(self) -> str:
        """The name with the size."""
        return sku_name(self.short_name, self.content_ml)


@dataclass(frozen=True, slots=True)
class ShopAssortment:
    """The assortment of one shop as seen on a day; `skus` names every product that is spoken of, by its number."""

    customer_id: UUID
    customer_code: str
    customer_name: str
    visit_id: UUID | None
    day: date
    quarter: tuple[date, date]
    """the 13 closed weeks that width and slow SKUs are told by"""
    unit: str | None
    width: int
    """SKUs bought in the quarter"""
    target: WidthTarget | None
    additions: tuple[Addition, ...]
    slow: tuple[Slow, ...]
    short: tuple[ShortSku, ...]
    """what the shop sells and cannot get enough of in this cycle"""
    skus: Mapping[int, CatalogueSku]
    stopped: bool
    """the shop is not supplied or does not trade: nothing is suggested"""

    def name(self, product: int) -> str:
        """Return the name of a SKU; its number where the catalogue does not know it."""
        sku = self.skus.get(product)
        return str(product) if sku is None else sku.name


class Assortments:
    """Says what a shop could add, drop or take instead."""

    def __init__(self, database: Database, clock: Clock, playbook: Playbook, tables: PeerTables | None = None) -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook
        self._tables = tables or PeerTables(database)

    def prepare(self, day: date | None = None) -> None:
        """Read and compare the shops of the territory, which the first look of a day has to wait for."""
        self._tables.peers(day or self._clock.today())

    def read(self, customer_id: UUID, day: date | None = None, visit_id: UUID | None = None) -> ShopAssortment:
        """Return the assortment of a shop as seen on a day (the visit's, or today). Raises RuleError with NOT_FOUND."""
        if day is None and visit_id is not None:
            with self._database.read() as session:
                day = load(session, Visit, visit_id).day
        day = day or self._clock.today()
        peers = self._tables.peers(day)
        with self._database.read() as session:
            customer = load(session, Customer, customer_id)
            return _read(session, customer, day, visit_id, peers, self._playbook)


def _read(
    session: Session, customer: Customer, day: date, visit_id: UUID | None, peers: Peers, playbook: Playbook
) -> ShopAssortment:
    end = week_end(day, customer.order_weekday)
    own, closed = _own(session, customer.id, day, end)
    on_hand = _on_hand(session, customer.id, day, visit_id)
    slow = slow_skus(own, on_hand, peers.seller_counts(customer.id), peers.like.shape[1], day)
    skus = _catalogue(session, _NAMED, [one.product for one in slow])
    stopped = is_stopped(customer)
    additions: tuple[Addition, ...] = ()
    short: tuple[ShortSku, ...] = ()
    if not stopped:
        allowed = _allowed(session, customer, day)
        desk = _Desk(session, peers, customer.id, closed, allowed, playbook.parameters.assortment)
        additions = desk.additions(
            {sku.product for sku in own} | {number for number, stock in on_hand.items() if stock}
        )
        short = desk.short({one.product for one in slow})
        skus |= desk.skus
    quarter = quarter_start(end), end
    return ShopAssortment(
        customer_id=customer.id,
        customer_code=customer.cust_code,
        customer_name=customer.shop_name or customer.cust_name,
        visit_id=visit_id,
        day=day,
        quarter=quarter,
        unit=session.scalar(select(StoreFact.value).where(StoreFact.key == UNIT)),
        width=sum(quantity > 0 for quantity in closed.values()),
        target=target_width(session, customer, *quarter, playbook.parameters),
        additions=additions,
        slow=slow,
        short=short,
        skus=skus,
        stopped=stopped,
    )


class _Desk:
    """What one shop can get, while its additions and stand-ins are chosen."""

    def __init__(
        self,
        session: Session,
        peers: Peers,
        shop: UUID,
        closed: Mapping[int, int],
        allowed: Mapping[int, int],
        rules: AssortmentRules,
    ) -> None:
        self._session = session
        self._peers = peers
        self._shop = shop
        self._weekly = {number: quantity / QUARTER_WEEKS for number, quantity in closed.items() if quantity > 0}
        self._allowed = allowed
        self._rules = rules
        self._off = frozenset(word.casefold() for word in rules.not_supplied)
        named = sum(number in allowed for number in self._weekly)
        self._is_list = bool(self._weekly) and named >= _LIST_COVERS * len(self._weekly)
        self.skus: dict[int, CatalogueSku] = {}

    def additions(self, carried: frozenset[int] | set[int]) -> tuple[Addition, ...]:
        """Return the SKUs to add, best first, of those that the shop can get."""
        wanted, found = self._rules.additions, list[Addition]()
        ranked = self._peers.additions(self._shop, carried)
        while len(found) < wanted and (some := list(islice(ranked, wanted * _AT_ONCE))):
            skus = _catalogue(self._session, _NAMED, [one.product for one in some])
            found += [one for one in some if one.product in skus and self._is_supplied(skus[one.product])]
            self.skus |= {one.product: skus[one.product] for one in found[:wanted] if one.product in skus}
        return tuple(found[:wanted])

    def short(self, slow: set[int]) -> tuple[ShortSku, ...]:
        """Return what is allowed less of than a week sells, with stand-ins that are neither short nor lying still."""
        lacking = short_skus(self._weekly, self._allowed)
        missing = _catalogue(self._session, _NAMED, lacking)
        classes = {sku.price_class for sku in missing.values() if sku.price_class}
        same = _catalogue(self._session, _OF_CLASS, classes)
        offers = [self._offer(sku) for sku in same.values() if self._is_supplied(sku)]
        found = tuple(
            self._with_substitutes(missing[number], offers, {*lacking, *slow})
            for number in lacking
            if number in missing
        )
        spoken = {one.product for short in found for one in short.substitutes}
        self.skus |= missing | {number: same[number] for number in spoken}
        return found

    def _with_substitutes(self, sku: CatalogueSku, offers: list[Offer], without: set[int]) -> ShortSku:
        number = sku.number
        found = substitutes(
            self._offer(sku),
            offers,
            self._peers,
            self._shop,
            own_weekly=self._weekly,
            without=without,
            price_gap=self._rules.substitute_price_pct / 100,
        )
        return ShortSku(number, self._weekly[number], self._allowed[number], found)

    def _is_supplied(self, sku: CatalogueSku) -> bool:
        """Tell whether the shop can get a SKU.

        Where the allowed quantities cover nearly all that the shop buys, what they do not name is not supplied either.
        """
        allowed = self._allowed.get(sku.number, 0 if self._is_list else 1)
        return allowed > 0 and sku.supply not in self._off and sku.status not in self._off

    def _offer(self, sku: CatalogueSku) -> Offer:
        return Offer(sku.number, sku.price_class, sku.wholesale, self._allowed.get(sku.number))


def _own(session: Session, customer_id: UUID, day: date, end: date) -> tuple[list[OwnSku], dict[int, int]]:
    """Return what the shop ever bought of each SKU, and what of it in the closed weeks of the quarter."""
    values = {
        "customer": customer_id.hex,
        "day": day.isoformat(),
        "end": end.isoformat(),
        "quarter": quarter_start(end).isoformat(),
        "year": year_start(end).isoformat(),
    }
    own: list[OwnSku] = []
    closed: dict[int, int] = {}
    for number, first, last, quarter, before, whole in cursor_of(session).execute(_OWN, values).fetchall():
        own.append(OwnSku(number, date.fromisoformat(first), date.fromisoformat(last), quarter, before))
        closed[number] = whole
    return own, closed


def _catalogue(session: Session, column: str, values: Collection[object]) -> dict[int, CatalogueSku]:
    """Return the SKUs that have one of these values in a column."""
    if not values:
        return {}
    query = f"{_CATALOGUE} {column} IN ({', '.join('?' * len(values))})"
    return {row[0]: CatalogueSku._make(row) for row in cursor_of(session).execute(query, list(values)).fetchall()}


def _allowed(session: Session, customer: Customer, day: date) -> dict[int, int]:
    """Return the allowed quantities of the cycle of the next order, by product number."""
    order_day = next_order_day(customer.order_weekday, day) or day
    rows = session.execute(
        select(Product.no, Allocation.allowed)
        .join(Product, Product.id == Allocation.product_id)
        .where(
            Allocation.customer_id == customer.id,
            Allocation.valid_from <= order_day,
            Allocation.valid_to >= order_day,
            Allocation.deleted_at.is_(None),
            Product.deleted_at.is_(None),
        )
        .order_by(Allocation.valid_from)
    )
    return {row[0]: row[1] for row in rows}


def _on_hand(session: Session, customer_id: UUID, day: date, visit_id: UUID | None) -> dict[int, int]:
    """Return the newest count of each SKU of the last eight weeks; what this visit counted goes before."""
    rows = session.execute(
        select(Product.no, StockCount.on_hand)
        .join(Visit, Visit.id == StockCount.visit_id)
        .join(Product, Product.id == StockCount.product_id)
        .where(
            Visit.customer_id == customer_id,
            Visit.day.between(day - _COUNTS_BACK, day),
            Visit.deleted_at.is_(None),
            StockCount.deleted_at.is_(None),
            StockCount.on_hand.is_not(None),
        )
        .order_by(Visit.day, Visit.id == visit_id, Visit.started_at)
    )
    return {number: on_hand for number, on_hand in rows if on_hand is not None}
