"""What shelf check, prices and archive say about one shop, as the plain numbers of the diagnosis."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.diagnosis import State
from app.domain.enumerations import Enumerations
from app.domain.playbook import Parameters
from app.domain.sku_name import sku_name
from app.models.customer import Customer
from app.models.local import StoreFact
from app.models.trade import CustomerMonth, Product
from app.models.visit import ShelfCheck, StockCount, Visit
from app.services.shop_facts import Numbers
from app.storage.facts import CURRENCY

SEEN_ON_THE_SHELF: Mapping[str, str] = {
    "D01.k1": "fixture_ok",
    "D01.k3": "position_ok",
    "D02.k2": "in_order",
    "D02.k3": "fresh",
    "D13.k2": "tags_complete",
    "D13.k3": "price_as_tagged",
    "D14.k3": "minors_sign",
}
"""The yes-or-no question of the shelf step that bears on a criterion."""

_SIGN = "D14.k3"
_MONTHS = 3
_CAP_STICKS = 200
_PACK_STICKS = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """The answer given on the shelf step; it gives a state only where it settles the criterion."""

    field: str
    answer: bool
    state: State | None
    hard_fail: bool = False


@dataclass(frozen=True, slots=True)
class ShelfReading:
    """Shelf check and tags of one visit."""

    numbers: Numbers
    seen: Mapping[str, Seen]
    over_cap: tuple[str, ...]
    """names of SKUs sold above the highest price that the law allows"""


def read_shelf(session: Session, visit: Visit, customer: Customer, parameters: Parameters) -> ShelfReading:
    """Read what was counted and seen on the shelf at this visit."""
    shelf = session.scalar(select(ShelfCheck).where(ShelfCheck.visit_id == visit.id, ShelfCheck.deleted_at.is_(None)))
    over_cap = _over_cap(session, visit, parameters.hints.price_cap_minor)
    numbers: Numbers = {"slots": customer.slot_count, "prices_over_cap": len(over_cap)}
    if shelf is not None:
        numbers["slots"] = customer.slot_count if shelf.slots is None else shelf.slots
        numbers["in_stock_skus"] = shelf.sku_on_sale
        numbers["shown_skus"] = shelf.sku_shown
        numbers["tagged_skus"] = shelf.sku_tagged
    if numbers.get("shown_skus") is None and numbers.get("in_stock_skus") is None:
        numbers.update(_tags_in_the_count(session, visit))
    return ShelfReading(numbers, {} if shelf is None else _seen(shelf), over_cap)


def _seen(shelf: ShelfCheck) -> dict[str, Seen]:
    found: dict[str, Seen] = {}
    for criterion, field in SEEN_ON_THE_SHELF.items():
        answer = getattr(shelf, field)
        if answer is None:
            continue
        if criterion == _SIGN:
            # The sign alone does not make an A: banned advertising was not asked for. A missing sign is a C by law.
            found[criterion] = Seen(field, answer, None if answer else State.C, hard_fail=not answer)
        else:
            found[criterion] = Seen(field, answer, State.A if answer else None)
    return found


def _tags_in_the_count(session: Session, visit: Visit) -> Numbers:
    """Return the tags ticked SKU by SKU on the stock step, where the shelf was not counted as a whole."""
    tags = session.scalars(
        select(StockCount.has_tag).where(
            StockCount.visit_id == visit.id, StockCount.deleted_at.is_(None), StockCount.has_tag.is_not(None)
        )
    ).all()
    return {"shown_skus": len(tags), "tagged_skus": sum(bool(tag) for tag in tags)} if tags else {}


def _over_cap(session: Session, visit: Visit, cap: int) -> tuple[str, ...]:
    currency = session.scalar(select(StoreFact.value).where(StoreFact.key == CURRENCY))
    if (currency or "CNY") != "CNY":
        return ()
    rows = session.execute(
        select(Product.name, Product.content_ml, StockCount.retail_price, Product.pack_sticks)
        .join(Product, Product.id == StockCount.product_id)
        .where(StockCount.visit_id == visit.id, StockCount.deleted_at.is_(None), StockCount.retail_price.is_not(None))
        .order_by(Product.no)
    )
    return tuple(
        sku_name(name, content)
        for name, content, price, sticks in rows
        if (price or 0) * _CAP_STICKS > cap * (sticks or _PACK_STICKS)
    )


def archive_facts(
    session: Session, customer: Customer, day: date, enumerations: Enumerations
) -> dict[str, int | State | None]:
    """Return purchases and buyers a month, penalties, credit and influence, as far as the archive knows them."""
    credit = enumerations["credit_level"].grade(customer.credit_level)
    return {
        "monthly_qty": _monthly_quantity(session, customer, day),
        "buyers_per_day": _buyers(customer, enumerations),
        "penalties": customer.penalty_count,
        "credit": credit or enumerations["law_class"].grade(customer.law_class),
        "influence": enumerations["influence"].grade(customer.influence),
    }


def _monthly_quantity(session: Session, customer: Customer, day: date) -> int | None:
    """Return the mean of the last three whole months, without those before the first order."""
    end = day.replace(day=1)
    first = end
    for _ in range(_MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
    months = session.scalars(
        select(CustomerMonth.qty).where(
            CustomerMonth.customer_id == customer.id,
            CustomerMonth.month >= first.year * 100 + first.month,
            CustomerMonth.month < end.year * 100 + end.month,
        )
    ).all()
    return round(sum(months) / len(months)) if months else None


def _buyers(customer: Customer, enumerations: Enumerations) -> int | None:
    """Return the middle of the band of buyers a day; a band without an end has none."""
    code = customer.daily_buyers_band
    band = enumerations["daily_buyers_band"].choice(code) if code else None
    return None if band is None or band.low is None or band.high is None else (band.low + band.high) // 2
