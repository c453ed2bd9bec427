"""The rows of a visit as plain keys and values: which there are, which fields of them a person may write."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003  other modules read the aliases below at run time
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from app.runtime.ids import new_id

FieldValue: TypeAlias = "str | int | float | bool | date | datetime | tuple[str, ...] | None"
Values: TypeAlias = "Mapping[str, FieldValue]"

DELETED = "deleted"
"""The field that takes a row out of the visit, or puts it back; it becomes the tombstone."""


class RowKind(StrEnum):
    """What a row of a visit holds."""

    VISIT = "visit"
    STOCK = "stock"
    SHELF = "shelf"
    RATING = "rating"
    ADVICE = "advice"
    PLAN = "plan"
    PROMISE = "promise"
    PHOTO = "photo"
    WISH = "wish"
    """what is asked "what if" of the guidance: shown, taken back, and never kept"""


@dataclass(frozen=True, slots=True)
class RowKey:
    """Names one row of a visit.

    `part` is the product (stock, advice), the item (rating) or the row's own id (plan, promise, photo); visit and
    shelf have one row each.
    """

    kind: RowKind
    part: UUID | str | None = None


VISIT_ROW = RowKey(RowKind.VISIT)
SHELF_ROW = RowKey(RowKind.SHELF)
WISH_ROW = RowKey(RowKind.WISH)


def stock_row(product_id: UUID) -> RowKey:
    """Return the key of a counted SKU."""
    return RowKey(RowKind.STOCK, product_id)


def rating_row(item: str) -> RowKey:
    """Return the key of a judged diagnosis item."""
    return RowKey(RowKind.RATING, item)


def advice_row(product_id: UUID) -> RowKey:
    """Return the key of a line of the order guidance."""
    return RowKey(RowKind.ADVICE, product_id)


def new_row(kind: RowKind) -> RowKey:
    """Return the key of a row that does not exist yet: a plan or a promise."""
    return RowKey(kind, new_id())


@dataclass(frozen=True, slots=True)
class RowChange:
    """What changed in one row."""

    key: RowKey
    values: Values


WRITABLE: Mapping[RowKind, frozenset[str]] = {
    RowKind.VISIT: frozenset(
        (
            "arrived_at",
            "left_at",
            "paper_entered_at",
            "met",
            "met_note",
            "planned_items",
            "need_note",
            "wrap_note",
            "read_back",
            "next_visit_on",
            "onboarding_done",
        )
    ),
    RowKind.STOCK: frozenset(("on_hand", "retail_price", "has_tag", "taken_over")),
    RowKind.SHELF: frozenset(
        (
            "sku_on_sale",
            "sku_shown",
            "sku_tagged",
            "slots",
            "fixture_ok",
            "position_ok",
            "in_order",
            "fresh",
            "license_shown",
            "minors_sign",
            "tags_complete",
            "price_as_tagged",
            "note",
        )
    ),
    RowKind.RATING: frozenset(
        ("k1", "k2", "k3", "hard_fail", "suggested", "state", "override_reason", "taken_over", "note")
    ),
    RowKind.ADVICE: frozenset(("on_hand", "cycle_sale", "safety", "allowed", "suggested", "agreed", "engine")),
    RowKind.PLAN: frozenset(
        (
            "item",
            "current_state",
            "target_state",
            "measures",
            "support_requested",
            "due_on",
            "actions_done",
            "self_reached",
            "cause_kind",
            "cause_note",
            "assessed_at",
            DELETED,
        )
    ),
    RowKind.PROMISE: frozenset(("text", "by_shop", "due_on", "done_on", "dropped_reason", DELETED)),
    RowKind.PHOTO: frozenset(("item", "place", "caption", DELETED)),
}
"""The fields that may be recorded, by kind of row; everything else belongs to the program."""
