"""What can be imported: the fields of each kind of list, each with the kind of value it takes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.models.base import Base

# The models bring SQLAlchemy, which takes a while to import: whoever only speaks of targets does not wait for it.
# ruff: noqa: PLC0415


class Target(StrEnum):
    """The kinds of lists; the last three go to head office only, which sends what is in them to the laptops."""

    CUSTOMERS = "customers"
    PRODUCTS = "products"
    ORDERS = "orders"
    ALLOCATIONS = "allocations"
    TASKS = "tasks"
    TARGETS = "targets"


class FieldKind(StrEnum):
    """How the text of a cell is read."""

    TEXT = "text"
    CODE = "code"
    COUNT = "count"
    MONEY = "money"
    DECIMAL = "decimal"
    DATE = "date"
    WEEKDAY = "weekday"
    FLAG = "flag"
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field that a file can fill."""

    name: str
    kind: FieldKind
    required: bool = False
    decimals: int = 0
    low: int | None = None
    high: int | None = None


OF_THE_LAPTOP = (Target.CUSTOMERS, Target.PRODUCTS, Target.ORDERS)
"""What a laptop may bring in by itself."""
TERRITORY = "territory"
"""The field that says to which territory something belongs: head office reads it, a laptop has only one."""
LAST_LINE = 999_999
_MONEY = {"monthly_amount", "value_per_carton", "transfer_price", "wholesale_price", "retail_price"}
_WEEKDAYS = {"order_weekday", "deliver_day", "visit_weekday"}
_CODES = {"cust_code", "license_no", "biz_license_no", "phone_main", "street_code", "sku_code", "barcode"}
_RANGES = {"gis_lng": (-180, 180), "gis_lat": (-90, 90), "cigarette_share_pct": (0, 100)}
_OURS = {"id", "revision", "changed_at", "deleted_at", "no"}
_KINDS = {
    str: FieldKind.TEXT,
    int: FieldKind.COUNT,
    Decimal: FieldKind.DECIMAL,
    date: FieldKind.DATE,
    bool: FieldKind.FLAG,
}

_ORDER_FIELDS = (
    FieldSpec("order_no", FieldKind.CODE, required=True),
    FieldSpec("line_no", FieldKind.COUNT, required=True, high=LAST_LINE),
    FieldSpec("order_date", FieldKind.DATE, required=True),
    FieldSpec("cust_code", FieldKind.CODE, required=True),
    FieldSpec("sku_code", FieldKind.CODE, required=True),
    FieldSpec("qty", FieldKind.COUNT, required=True),
    FieldSpec("amount", FieldKind.MONEY, required=True),
    FieldSpec("requested", FieldKind.COUNT),
    FieldSpec("allowed", FieldKind.COUNT),
)
_ALLOCATION_FIELDS = (
    FieldSpec("cust_code", FieldKind.CODE, required=True),
    FieldSpec("sku_code", FieldKind.CODE, required=True),
    FieldSpec("valid_from", FieldKind.DATE, required=True),
    FieldSpec("valid_to", FieldKind.DATE, required=True),
    FieldSpec("allowed", FieldKind.COUNT, required=True),
)
_TASK_FIELDS = (
    FieldSpec("manager", FieldKind.CODE),
    FieldSpec("cust_code", FieldKind.CODE),
    FieldSpec("title", FieldKind.TEXT, required=True),
    FieldSpec("body", FieldKind.TEXT),
    FieldSpec("kind", FieldKind.TEXT),
    FieldSpec("due_on", FieldKind.DATE),
    FieldSpec("assigned_by", FieldKind.TEXT),
    FieldSpec("assigned_on", FieldKind.DATE),
)
_TARGET_FIELDS = (
    FieldSpec("manager", FieldKind.CODE),
    FieldSpec(TERRITORY, FieldKind.CODE),
    FieldSpec("period", FieldKind.TEXT, required=True),
    FieldSpec("kpi", FieldKind.TEXT, required=True),
    FieldSpec("price_class", FieldKind.TEXT),
    FieldSpec("sku_code", FieldKind.CODE),
    FieldSpec("value", FieldKind.DECIMAL, required=True, decimals=4),
)
_ROW_FIELDS = {
    Target.ORDERS: _ORDER_FIELDS,
    Target.ALLOCATIONS: _ALLOCATION_FIELDS,
    Target.TASKS: _TASK_FIELDS,
    Target.TARGETS: _TARGET_FIELDS,
}
KEYS = {Target.CUSTOMERS: "cust_code", Target.PRODUCTS: "sku_code"}
"""The field by which a row of the file finds its record."""


def fields_of(target: Target) -> dict[str, FieldSpec]:
    """Return the fields of that kind of file by name."""
    if target in _ROW_FIELDS:
        return {field.name: field for field in _ROW_FIELDS[target]}
    from app.models.customer import Customer
    from app.models.trade import Product

    if target is Target.PRODUCTS:
        return _mapped_fields(Product)
    return _mapped_fields(Customer) | {TERRITORY: FieldSpec(TERRITORY, FieldKind.CODE)}


def _mapped_fields(model: type["Base"]) -> dict[str, FieldSpec]:
    from sqlalchemy import Numeric, inspect

    fields: dict[str, FieldSpec] = {}
    for attribute in inspect(model).column_attrs:
        name, column = attribute.key, attribute.columns[0]
        if name in _OURS:
            continue
        decimals = column.type.scale or 0 if isinstance(column.type, Numeric) else 0
        low, high = _RANGES.get(name, (None, None))
        fields[name] = FieldSpec(name, _kind(model, name), not column.nullable, decimals, low, high)
    return fields


def _kind(model: type["Base"], name: str) -> FieldKind:
    if name in _MONEY:
        return FieldKind.MONEY
    if name in _WEEKDAYS:
        return FieldKind.WEEKDAY
    if name in _CODES:
        return FieldKind.CODE
    python_type = model.__mapper__.columns[name].type.python_type
    return _KINDS.get(python_type, FieldKind.TAGS)
