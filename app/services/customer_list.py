"""The list of customers: filtered and sorted in SQL to keys, of which the screen fetches the rows that it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    TextClause,
    and_,
    func,
    or_,
    select,
    text,
    type_coerce,
)
from sqlalchemy.orm import Session

from app.domain.visit import VisitStatus
from app.models.customer import Customer
from app.models.local import StoreFact
from app.models.search import SearchKey
from app.models.trade import PurchaseOrder
from app.models.visit import Visit
from app.services.search_hits import class_code
from app.services.search_query import parse
from app.storage.facts import UNIT

FOUR_WEEKS = 28

_AnySelect: TypeAlias = Select[*tuple[Any, ...]]


class SortBy(StrEnum):
    """What the list can be sorted by."""

    NAME = "name"
    CODE = "code"
    CLASS = "class"
    ORDER_DAY = "order_day"
    LAST_VISIT = "last_visit"
    LAST_ORDER = "last_order"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """Which customers the list shows, and in which order; None does not restrict."""

    text: str = ""
    order_weekday: int | None = None
    market_type: str | None = None
    format: str | None = None
    size_class: str | None = None
    unvisited_days: int | None = None
    """not served for so many days, or never"""
    licence_ends_within: int | None = None
    """days; licences that have ended are in it"""
    sort: SortBy = SortBy.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One line of the list; quantities in the unit of the territory, None where nothing is known."""

    key: str
    id: UUID
    code: str
    name: str
    class_code: str
    market_type: str | None
    format: str | None
    size_class: str | None
    order_weekday: int | None
    address: str | None
    license_to: date | None
    last_visit: date | None
    last_order: date | None
    quantity_4_weeks: int | None


@dataclass(frozen=True, slots=True)
class ListOverview:
    """How many customers there are, the values that occur in what the list is filtered by, and the unit."""

    total: int = 0
    order_weekdays: tuple[int, ...] = ()
    market_types: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    size_classes: tuple[str, ...] = ()
    unit: str | None = None


def list_keys(session: Session, wanted: CustomerFilter, today: date) -> tuple[str, ...]:
    """Return the keys of all customers that pass the filter, in order. A key is opaque: give it to `list_rows`."""
    query = select(_KEY).outerjoin(SearchKey, SearchKey.row_id == Customer.id).where(Customer.deleted_at.is_(None))
    query = _filtered(query, wanted, today)
    query = _sorted(query, wanted, today)
    return tuple(session.scalars(query))


def list_rows(session: Session, keys: Sequence[str], today: date) -> dict[str, CustomerRow]:
    """Return the lines of these keys; one whose customer is gone by now is left out."""
    if not keys:
        return {}
    since = today - timedelta(days=FOUR_WEEKS - 1)
    last_visit = _of_customer(func.max(Visit.day), Visit.customer_id, *_served(today))
    last_order = _of_customer(func.max(PurchaseOrder.order_date), PurchaseOrder.customer_id, _ordered(today))
    quantity = _of_customer(
        func.sum(PurchaseOrder.qty), PurchaseOrder.customer_id, PurchaseOrder.order_date.between(since, today)
    )
    rows = session.execute(
        select(
            _KEY.label("key"),
            Customer.id,
            Customer.cust_code,
            func.coalesce(Customer.shop_name, Customer.cust_name),
            Customer.market_type,
            Customer.format,
            Customer.size_class,
            Customer.order_weekday,
            Customer.address,
            Customer.license_to,
            last_visit.label("last_visit"),
            last_order.label("last_order"),
            quantity.label("quantity"),
        ).where(_KEY.in_(keys), Customer.deleted_at.is_(None))
    )
    found: dict[str, CustomerRow] = {}
    for key, id_, code, name, market, format_, size, weekday, address, licence, visited, ordered, bought in rows:
        known = 0 if bought is None and ordered is not None else bought
        class_ = class_code(market, format_, size)
        found[key] = CustomerRow(
            key, id_, code, name, class_, market, format_, size, weekday, address, licence, visited, ordered, known
        )
    return found


def read_overview(session: Session) -> ListOverview:
    """Return how many customers there are, and by which values they can be filtered."""
    here = Customer.deleted_at.is_(None)
    return ListOverview(
        session.scalar(select(func.count()).select_from(Customer).where(here)) or 0,
        _used(session, Customer.order_weekday),
        _used(session, Customer.market_type),
        _used(session, Customer.format),
        _used(session, Customer.size_class),
        session.scalar(select(StoreFact.value).where(StoreFact.key == UNIT)),
    )


def _used(session: Session, column: Any) -> tuple[Any, ...]:
    here = Customer.deleted_at.is_(None)
    return tuple(session.scalars(select(column).where(column.is_not(None), here).distinct().order_by(column)))


# The id as SQLite keeps it: making UUID objects of 50,000 rows would take longer than the query.
_KEY: ColumnElement[str] = type_coerce(Customer.id, String)


def _filtered(query: _AnySelect, wanted: CustomerFilter, today: date) -> _AnySelect:
    found = _found_by(wanted.text)
    if found is not None:
        query = query.where(found)
    for column, value in (
        (Customer.order_weekday, wanted.order_weekday),
        (Customer.market_type, wanted.market_type),
        (Customer.format, wanted.format),
        (Customer.size_class, wanted.size_class),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.unvisited_days is not None:
        since = today - timedelta(days=wanted.unvisited_days)
        lately = select(Visit.id).where(Visit.customer_id == Customer.id, Visit.day > since, *_served(today))
        query = query.where(~lately.exists(), or_(Customer.exit_date.is_(None), Customer.exit_date > today))
    if wanted.licence_ends_within is not None:
        query = query.where(Customer.license_to <= today + timedelta(days=wanted.licence_ends_within))
    return query


def _sorted(query: _AnySelect, wanted: CustomerFilter, today: date) -> _AnySelect:
    by_name = func.coalesce(SearchKey.second_spelling, SearchKey.spelling, func.lower(Customer.cust_name))
    columns: tuple[Any, ...]
    match wanted.sort:
        case SortBy.NAME:
            columns = (by_name, Customer.cust_name)
        case SortBy.CODE:
            columns = (func.length(Customer.cust_code), Customer.cust_code)
        case SortBy.CLASS:
            columns = (Customer.market_type, Customer.format, Customer.size_class)
        case SortBy.ORDER_DAY:
            columns = (Customer.order_weekday,)
        case SortBy.LAST_VISIT:
            facts = _by_customer(func.max(Visit.day), Visit.customer_id, *_served(today))
            query, columns = query.outerjoin(facts, facts.c.customer_id == Customer.id), (facts.c.value,)
        case SortBy.LAST_ORDER:
            facts = _by_customer(func.max(PurchaseOrder.order_date), PurchaseOrder.customer_id, _ordered(today))
            query, columns = query.outerjoin(facts, facts.c.customer_id == Customer.id), (facts.c.value,)
        case SortBy.QUANTITY:
            since = today - timedelta(days=FOUR_WEEKS - 1)
            lately = PurchaseOrder.order_date.between(since, today)
            facts = _by_customer(func.sum(PurchaseOrder.qty), PurchaseOrder.customer_id, lately)
            query, columns = query.outerjoin(facts, facts.c.customer_id == Customer.id), (facts.c.value,)
    order: list[Any] = [(one.desc() if wanted.descending else one.asc()).nulls_last() for one in columns]
    return query.order_by(*order, by_name, Customer.cust_code)


def _served(today: date) -> tuple[ColumnElement[bool], ...]:
    return (Visit.status == VisitStatus.DONE.value, Visit.day <= today, Visit.deleted_at.is_(None))


def _ordered(today: date) -> ColumnElement[bool]:
    return PurchaseOrder.order_date <= today


def _of_customer(value: ColumnElement[Any], customer: Any, *conditions: ColumnElement[bool]) -> ColumnElement[Any]:
    return select(value).where(and_(customer == Customer.id, *conditions)).correlate(Customer).scalar_subquery()


def _by_customer(value: ColumnElement[Any], customer: Any, *conditions: ColumnElement[bool]) -> Subquery:
    return select(customer.label("customer_id"), value.label("value")).where(*conditions).group_by(customer).subquery()


def _found_by(typed: str) -> TextClause | None:
    """Return the condition on `search_key` that a text in a list's filter means; None if it asks for nothing."""
    query = parse(typed)
    if query is None:
        return None
    condition = text("search_key.no IN (SELECT rowid FROM customer_search WHERE customer_search MATCH :expression)")
    return condition.bindparams(expression=query.every)
