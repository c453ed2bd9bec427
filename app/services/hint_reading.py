"""Reads what the neutral hints about a shop go by: its months and cycles beside those of the shops of its class."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import formulas
from app.domain.playbook import HintRules, Playbook
from app.domain.purchase_history import week_end
from app.domain.shop_hints import CycleOrder, HintFacts, ShopHint, order_cycles, order_jumps, shop_hints
from app.models.customer import Customer
from app.models.trade import CustomerMonth, PurchaseOrder
from app.playbooks.trade_calendar import load_trade_calendar
from app.services.peer_width import peer_choices
from app.storage.database import cursor_of
from app.storage.facts import CURRENCY, fact_of

_MONTHS = 3
CYCLES_BACK = timedelta(weeks=16)
STALE = timedelta(days=14)
"""An order that is older than two cycles is no news."""
_LONG_HOLIDAY = 7
"""Days off in a row that shops stock up for, beside the festivals of the calendar."""
_AROUND = timedelta(days=150)
_KNOWN = (
    "SELECT DISTINCT l.product_no FROM order_line l JOIN purchase_order o ON o.id = l.order_id "
    "WHERE o.customer_id = ? AND o.order_date < ?"
)
_NEWEST = (
    "SELECT l.product_no, l.qty, l.amount FROM order_line l JOIN purchase_order o ON o.id = l.order_id "
    "WHERE o.customer_id = ? AND o.order_date > ? AND o.order_date <= ?"
)


def read_hints(
    session: Session, customer: Customer, months: Sequence[int | None], day: date, playbook: Playbook
) -> tuple[ShopHint, ...]:
    """Return the hints of a shop as of a day; `months` are its last full months, oldest first."""
    parameters = playbook.parameters
    rules = parameters.hints
    own = sum(quantity or 0 for quantity in months[-_MONTHS:])
    cycles = _cycles(session, customer, day, rules)
    festivals = festivals_around(cursor_of(session), day)
    begin = timedelta(days=rules.festival_days)
    month = day.replace(day=1)
    last_month = (month - timedelta(days=1)).replace(day=1)
    growth, class_growth = _growth(session, customer, day, parameters.sizes.min_cell)
    peers, below = _peers(session, customer, own, day)
    facts = HintFacts(
        format=customer.format,
        size_class=customer.size_class,
        months=months,
        buyers_per_day=_middle_of_band(playbook, customer.daily_buyers_band),
        peers=peers,
        peers_below=below,
        cycles=cycles,
        is_new=_is_new(session, customer.id, day, parameters.cadence.new_customer_months),
        near_festival=bool(cycles) and any(one - begin <= cycles[0].day <= one for one in festivals),
        festival_month=any(one - begin < month and one >= last_month for one in festivals),
        growth_ratio=growth,
        class_growth_ratio=class_growth,
        market_mean=_market_mean(session, customer, last_month),
    )
    return shop_hints(facts, rules, parameters.channel)


def _cycles(session: Session, customer: Customer, day: date, rules: HintRules) -> list[CycleOrder]:
    """Return the newest cycles with an order, newest first; nothing if the newest order is no news any more."""
    rows = session.execute(
        select(PurchaseOrder.order_date, func.sum(PurchaseOrder.qty), func.sum(PurchaseOrder.amount))
        .where(PurchaseOrder.customer_id == customer.id, PurchaseOrder.order_date.between(day - CYCLES_BACK, day))
        .group_by(PurchaseOrder.order_date)
    ).all()
    if not rows or max(row[0] for row in rows) < day - STALE:
        return []
    cycles = order_cycles([(row[0], row[1], row[2]) for row in rows], week_end(day, customer.order_weekday))
    if order_jumps(cycles, rules):
        cycles[0] = without_new(cursor_of(session), customer.id, cycles[0], rules.new_sku_days)
    return cycles


def without_new(cursor: Any, customer_id: UUID, cycle: CycleOrder, days: int) -> CycleOrder:
    """Leave out the SKUs that the shop bought for the first time a few weeks ago: they fill the shelf once."""
    since = (cycle.day - timedelta(days=days)).isoformat()
    known = {number for (number,) in cursor.execute(_KNOWN, (customer_id.hex, since))}
    week = ((cycle.day - timedelta(days=7)).isoformat(), cycle.day.isoformat())
    newest = cursor.execute(_NEWEST, (customer_id.hex, *week)).fetchall()
    kept = [(quantity, amount) for number, quantity, amount in newest if number in known]
    return replace(cycle, quantity=sum(one for one, _ in kept), amount=sum(amount for _, amount in kept))


def _is_new(session: Session, customer_id: UUID, day: date, months: int) -> bool:
    first = session.scalar(select(func.min(PurchaseOrder.order_date)).where(PurchaseOrder.customer_id == customer_id))
    return first is None or first > _month(day, -months).replace(day=1)


def _month(day: date, by: int) -> date:
    number = day.year * 12 + day.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


def _number(month: date) -> int:
    return month.year * 100 + month.month


def _growth(session: Session, customer: Customer, day: date, fewest: int) -> tuple[float | None, float | None]:
    """Return the last three full months ÷ the same of last year: of the shop, and of its class together."""
    recent = [_number(_month(day, -back)) for back in range(1, _MONTHS + 1)]
    before = [month - 100 for month in recent]
    for _, conditions in peer_choices(customer):
        rows = session.execute(
            select(CustomerMonth.customer_id, CustomerMonth.month, CustomerMonth.qty)
            .join(Customer, Customer.id == CustomerMonth.customer_id)
            .where(CustomerMonth.month.in_([*recent, *before]), Customer.deleted_at.is_(None), *conditions)
        )
        now: dict[UUID, int] = defaultdict(int)
        then: dict[UUID, int] = defaultdict(int)
        for shop, month, quantity in rows:
            (now if month in recent else then)[shop] += quantity
        both = [shop for shop in now if then.get(shop) and shop != customer.id]
        if len(both) + 1 >= fewest:
            own = formulas.ratio(now.get(customer.id, 0), then.get(customer.id))
            return own, formulas.ratio(sum(now[shop] for shop in both), sum(then[shop] for shop in both))
    return None, None


def _market_mean(session: Session, customer: Customer, month: date) -> float | None:
    if customer.market_type is None:
        return None
    mean = session.scalar(
        select(func.avg(CustomerMonth.qty))
        .join(Customer, Customer.id == CustomerMonth.customer_id)
        .where(Customer.market_type == customer.market_type, CustomerMonth.month == _number(month))
    )
    return None if mean is None else float(mean)


def _peers(session: Session, customer: Customer, own: int, day: date) -> tuple[int, int]:
    """Return how many shops of the same format bought in the last months, and how many of them less than this one."""
    if not own or customer.format is None:
        return 0, 0
    numbers = [_number(_month(day, -back)) for back in range(1, _MONTHS + 1)]
    totals: dict[UUID, int] = defaultdict(int)
    rows = session.execute(
        select(CustomerMonth.customer_id, CustomerMonth.qty)
        .join(Customer, Customer.id == CustomerMonth.customer_id)
        .where(Customer.format == customer.format, CustomerMonth.month.in_(numbers), Customer.id != customer.id)
    )
    for peer, quantity in rows:
        totals[peer] += quantity
    return len(totals), sum(total < own for total in totals.values())


def _middle_of_band(playbook: Playbook, band: str | None) -> float | None:
    choice = playbook.enumerations["daily_buyers_band"].choice(band) if band is not None else None
    if choice is None or (choice.low is None and choice.high is None):
        return None
    low = choice.low or 0
    # An open band has no middle: its lower end says the least that can be said.
    return float(low) if choice.high is None else (low + choice.high - 1) / 2


def festivals_around(cursor: Any, day: date) -> list[date]:
    """Return the festivals and the first days of long holidays around a day; none where the trade is not in China."""
    if (fact_of(cursor, CURRENCY) or "CNY") != "CNY":
        return []
    calendar = load_trade_calendar("china")
    found = [one for festival in calendar.festivals for one in festival.days]
    run: list[date] = []
    for one in [*sorted(calendar.off), date.max]:
        if run and (one - run[-1]).days > 1:
            found += run[:1] if len(run) >= _LONG_HOLIDAY else []
            run = []
        run.append(one)
    return [one for one in found if day - _AROUND <= one <= day + _AROUND]
