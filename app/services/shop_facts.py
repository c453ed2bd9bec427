"""What orders and today's counts say about one shop, as the plain numbers that the diagnosis is computed from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.domain import formulas
from app.domain.adoption import Adoption
from app.domain.playbook import Parameters
from app.domain.purchase_history import QUARTER_WEEKS, PurchaseHistory, PurchaseLine, read_history
from app.domain.purchase_signs import expected_weekly_sale, punctuality, slow_products
from app.domain.purchases import main_products, ranked_products
from app.models.customer import Customer
from app.models.trade import Allocation, Product
from app.models.visit import StockCount, Visit
from app.services.shop_history import shop_lines

Numbers: TypeAlias = dict[str, int | None]
"""Values for fields of `ShopFacts`."""

_BACK = timedelta(weeks=54)
_WEEK_DAYS = 7
_NAMED = 30
"""How many of the SKUs that lie still are called by name."""


class Sku(NamedTuple):
    """A SKU of the catalogue, with the quantity allowed to the shop and what was counted at this visit."""

    no: int
    name: str
    is_key: bool | None
    is_new: bool | None
    listed_on: date | None
    allowed: int | None
    on_hand: int | None


@dataclass(frozen=True, slots=True)
class ShopReading:
    """One shop on the day of a visit, read once; numbers are those of SKUs, best sellers first."""

    day: date
    lines: Sequence[PurchaseLine]
    history: PurchaseHistory
    skus: Mapping[int, Sku]
    bought: tuple[int, ...]
    """what was bought in the last quarter"""
    main: tuple[int, ...]
    slow: tuple[int, ...]
    """what lies still, without what was counted and is gone"""

    @property
    def counted(self) -> dict[int, int]:
        """What was found of each SKU at this visit."""
        return {sku.no: sku.on_hand for sku in self.skus.values() if sku.on_hand is not None}

    @property
    def carried(self) -> int:
        """How many SKUs the shop carries, those that lie still included."""
        return len(self.bought) + len(self.slow)

    @property
    def supplied(self) -> list[Sku]:
        """What the shop can get: what it has an allowance for; everything where there are no allowances."""
        allowed = [sku for sku in self.skus.values() if sku.allowed]
        return allowed or list(self.skus.values())

    @property
    def main_missing(self) -> tuple[int, ...]:
        """The main SKUs that were counted at this visit and are out of stock."""
        counted = self.counted
        return tuple(number for number in self.main if counted.get(number) == 0)

    @property
    def keys_missing(self) -> tuple[int, ...]:
        """The SKUs to be cultivated that this shop can get and does not have."""
        return tuple(sku.no for sku in self.supplied if sku.is_key and not self.has(sku))

    def has(self, sku: Sku) -> bool:
        """Tell whether a SKU is in the shop: by the count, else by the purchases of the last quarter."""
        return sku.no in self.bought if sku.on_hand is None else sku.on_hand > 0

    def names(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """Return the names of SKUs."""
        return tuple(self.skus[number].name for number in numbers if number in self.skus)

    @property
    def quarter(self) -> tuple[date, date]:
        """The first and the last day of the quarter that the purchases cover."""
        last = self.history.newest_week_end
        return last - timedelta(weeks=QUARTER_WEEKS, days=-1), last


def read_shop(session: Session, visit: Visit, customer: Customer, parameters: Parameters) -> ShopReading:
    """Read the purchases of a visit's shop as of its day, and the stock that was counted at it."""
    lines = shop_lines(session, customer.id, visit.day, _BACK)
    history = read_history(lines, visit.day, customer.order_weekday)
    slow = [one.product for one in slow_products(history)]
    skus = _skus(session, visit, slow[:_NAMED])
    ranked = ranked_products(history)
    main = main_products(ranked, parameters.ordering.main_share_pct / 100)
    return ShopReading(
        day=visit.day,
        lines=lines,
        history=history,
        skus=skus,
        bought=tuple(one.product for one in ranked),
        main=main[: parameters.ordering.main_max],
        slow=tuple(number for number in slow if number not in skus or skus[number].on_hand != 0),
    )


def _skus(session: Session, visit: Visit, named: Sequence[int]) -> dict[int, Sku]:
    """Read the SKUs that figures speak of: new ones, key ones, allowed ones, counted ones, and some by number."""
    allowed = (
        select(Allocation.product_id, func.max(Allocation.allowed).label("allowed"))
        .where(
            Allocation.customer_id == visit.customer_id,
            Allocation.deleted_at.is_(None),
            Allocation.valid_from <= visit.day,
            Allocation.valid_to >= visit.day,
        )
        .group_by(Allocation.product_id)
        .subquery()
    )
    counted = (
        select(StockCount.product_id, StockCount.on_hand)
        .where(StockCount.visit_id == visit.id, StockCount.deleted_at.is_(None))
        .subquery()
    )
    rows = session.execute(
        select(
            Product.no,
            Product.name,
            Product.is_key,
            Product.is_new,
            Product.listed_on,
            allowed.c.allowed,
            counted.c.on_hand,
        )
        .outerjoin(allowed, allowed.c.product_id == Product.id)
        .outerjoin(counted, counted.c.product_id == Product.id)
        .where(
            Product.deleted_at.is_(None),
            or_(
                Product.is_key.is_(True),
                Product.is_new.is_(True),
                allowed.c.allowed.is_not(None),
                counted.c.on_hand.is_not(None),
                Product.no.in_(named),
            ),
        )
    )
    return {row[0]: Sku(*row) for row in rows}


def assortment_numbers(shop: ShopReading, parameters: Parameters) -> Numbers:
    """Return the width, what lies still, and how key and new SKUs fare; nothing for a shop that never ordered."""
    if not shop.lines:
        return {}
    result: Numbers = {"sku_count": len(shop.bought), "slow_skus": len(shop.slow)}
    keys = [sku for sku in shop.supplied if sku.is_key]
    if keys:
        result["key_skus_supplied"] = len(keys)
        result["key_skus_stocked"] = sum(shop.has(sku) for sku in keys)
    steps = [_new_sku_step(shop, sku, parameters.windows.new_sku_cycles) for sku in shop.supplied if sku.is_new]
    known = [step for step in steps if step is not None]
    if known:
        result["new_skus_supplied"] = len(known)
        result["new_skus_tried"] = sum(step > 0 for step in known)
        result["new_skus_reordered"] = sum(step > 1 for step in known)
    return result


def _new_sku_step(shop: ShopReading, sku: Sku, cycles: int) -> int | None:
    """Return 2 for reordered in time, 1 for tried, 0 for not tried; None while there still is time for it."""
    days = sorted({day for day, number, quantity, _ in shop.lines if number == sku.no and quantity > 0})
    # Order days shift by a day now and then.
    in_time = timedelta(days=_WEEK_DAYS * cycles + 1)
    if any(later - earlier <= in_time for earlier, later in pairwise(days)):
        return 2
    begun = days[0] if days else sku.listed_on
    if begun is not None and shop.day - begun <= in_time:
        return None
    return 1 if days else 0


def stock_numbers(shop: ShopReading, parameters: Parameters) -> Numbers:
    """Return what is out of stock, and the stock beside the sales of a cycle, from the counts of this visit."""
    counted, rows = shop.counted, shop.history.products
    result: Numbers = {}
    if shop.main and all(number in counted for number in shop.main):
        result["main_skus_out_of_stock"] = len(shop.main_missing)
    bought = shop.history.quantity(QUARTER_WEEKS)
    seen = sum(rows[number].quantity(QUARTER_WEEKS) for number in counted if number in rows)
    # A few counted SKUs say nothing about the whole shop.
    if bought and seen * 100 >= parameters.ordering.main_share_pct * bought:
        weekly = sum(expected_weekly_sale(rows[number]) or 0.0 for number in counted if number in rows)
        result["stock_qty"] = sum(counted.values())
        result["cycle_sales_qty"] = formulas.whole(weekly)
    return result


def order_numbers(shop: ShopReading, adoption: Adoption, adopted_within: Decimal, parameters: Parameters) -> Numbers:
    """Return how punctual the orders were, and how close to the advice of the last visits; so near it was adopted."""
    result: Numbers = {}
    punctual = punctuality(shop.history, parameters.windows.order_cycles)
    if punctual is not None:
        result["order_cycles"] = punctual.cycles
        result["orders_on_time"] = punctual.on_time
    if adoption.visits:
        result["advice_visits"] = len(adoption.visits)
        result["advice_adopted"] = sum(one.is_adopted(adopted_within) for one in adoption.visits)
        result["suggested_qty"] = adoption.suggested
        result["suggestion_gap_qty"] = adoption.gap
    return result
