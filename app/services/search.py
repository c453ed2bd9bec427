"""The one search over customers and products: any Chinese characters, pinyin, initials, numbers, English words."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from app.services.search_hits import CustomerHit, CustomerRecord, ProductHit, ProductRecord, customer_hit, product_hit
from app.services.search_query import CUSTOMERS, PRODUCTS, Query, parse
from app.storage.database import Database
from app.storage.facts import fact_of, put_fact

COUNTED = 100
"""Hits are counted up to here; whoever has more types another letter."""
_BEGINNINGS = 24
_RECENT = "recent_searches"
_RECENT_KEPT = 8


@dataclass(frozen=True, slots=True)
class SearchResults:
    """What was found for a text: the best hits of each group and how many there are."""

    text: str
    customers: tuple[CustomerHit, ...] = ()
    products: tuple[ProductHit, ...] = ()
    customer_count: int = 0
    product_count: int = 0
    more_customers: bool = False
    """There are more than were counted."""
    more_products: bool = False


_Record = TypeVar("_Record", CustomerRecord, ProductRecord)


@dataclass(frozen=True, slots=True)
class _Numbers:
    best: Sequence[int]
    count: int
    more: bool


class Search:
    """Finds customers and products while a person types."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, typed: str, limit_per_group: int = 8) -> SearchResults:
        """Return the best hits for what was typed; nothing for an empty text."""
        query = parse(typed)
        if query is None:
            return SearchResults(typed)
        with self._database.look() as cursor:
            customers = _numbers(cursor, CUSTOMERS, query, limit_per_group)
            products = _numbers(cursor, PRODUCTS, query, limit_per_group)
            return SearchResults(
                typed,
                tuple(
                    customer_hit(row, query.parts)
                    for row in _rows(cursor, _CUSTOMER_ROWS, CustomerRecord, customers.best)
                ),
                tuple(
                    product_hit(row, query.parts) for row in _rows(cursor, _PRODUCT_ROWS, ProductRecord, products.best)
                ),
                customers.count,
                products.count,
                customers.more,
                products.more,
            )

    def recent(self) -> tuple[str, ...]:
        """Return the last searches that led somewhere, newest first."""
        with self._database.look() as cursor:
            return _recent(cursor)

    def remember(self, typed: str) -> None:
        """Keep a search that led somewhere; kept in the encrypted store, since it may be somebody's name."""
        wanted = typed.strip()
        if not wanted:
            return
        with self._database.note() as cursor:
            kept = [wanted, *(one for one in _recent(cursor) if one != wanted)][:_RECENT_KEPT]
            put_fact(cursor, _RECENT, json.dumps(kept, ensure_ascii=False))


def find_numbers(cursor: Any, kind: str, expression: str, limit: int = -1) -> list[int]:
    """Return the index numbers that an expression finds, short names first."""
    return [row[0] for row in cursor.execute(_MATCH[kind], (expression, limit))]


# Plain SQL on the driver: a keystroke asks eight times, and each turn through the compiler would cost more than it.
_MATCH = {
    kind: f"SELECT rowid FROM {kind}_search WHERE {kind}_search MATCH ? LIMIT ?"  # noqa: S608
    for kind in (CUSTOMERS, PRODUCTS)
}


def _select(row: type[CustomerRecord | ProductRecord], table: str) -> str:
    columns = ", ".join(f"search_key.{name}" if name in _KEY_COLUMNS else f"{table}.{name}" for name in row._fields)
    return f"SELECT {columns} FROM search_key JOIN {table} ON {table}.id = search_key.row_id WHERE search_key.no IN "  # noqa: S608


_KEY_COLUMNS = frozenset({"no", "spelling", "second_spelling"})
_CUSTOMER_ROWS = _select(CustomerRecord, "customer")
_PRODUCT_ROWS = _select(ProductRecord, "product")


def _numbers(cursor: Any, kind: str, query: Query, limit: int) -> _Numbers:
    """Return the best hits: beginnings first, then names, then the rest, each without ranking what is not shown."""
    counted = max(COUNTED, limit)
    beginning = find_numbers(cursor, kind, query.beginning, max(_BEGINNINGS, limit))
    anywhere = find_numbers(cursor, kind, query.anywhere, counted + 1)
    best = list(dict.fromkeys(sorted(beginning)))[:limit]
    if len(best) < min(limit, len(anywhere)):
        best = list(dict.fromkeys((*best, *find_numbers(cursor, kind, query.named, limit))))[:limit]
    best = list(dict.fromkeys((*best, *anywhere)))[:limit]
    count = len({*beginning, *anywhere})
    return _Numbers(best, min(count, counted), count > counted)


def _rows(cursor: Any, query: str, record: type[_Record], numbers: Sequence[int]) -> list[_Record]:
    marks = ",".join("?" * len(numbers))
    found = {row[0]: record(*row) for row in cursor.execute(f"{query}({marks})", tuple(numbers))}
    return [found[no] for no in numbers if no in found]


def _recent(cursor: Any) -> tuple[str, ...]:
    kept = fact_of(cursor, _RECENT)
    return tuple(json.loads(kept)) if kept is not None else ()
