"""Marks by which one can tell that nothing in a table has changed since it was read."""

from collections.abc import Iterable
from typing import Any, TypeAlias

Marks: TypeAlias = "tuple[Any, ...]"
_CHANGED = "SELECT count(*), max(changed_at) FROM "


def marks_of(cursor: Any, tables: Iterable[str], condition: str = "") -> Marks:
    """Return how many rows each synced table has (that fit a condition), and when one of them changed last."""
    where = f" WHERE {condition}" if condition else ""
    marks: list[Any] = []
    for table in tables:
        marks += cursor.execute(_CHANGED + table + where).fetchone()
    return tuple(marks)
