"""Visits that a colleague made came with their shop: they are not this manager's work, nor his to go on with."""

from typing import Any
from uuid import UUID

IS_OWN = (
    "NOT EXISTS (SELECT 1 FROM row_state r WHERE r.tbl = 'visit' AND r.pk = substr(visit.id, 1, 8) || '-'"
    " || substr(visit.id, 9, 4) || '-' || substr(visit.id, 13, 4) || '-' || substr(visit.id, 17, 4) || '-'"
    " || substr(visit.id, 21) AND json_extract(r.beside, '$.by') IS NOT NULL)"
)
"""A condition on the table `visit`, in plain SQL."""


def colleague_of(cursor: Any, visit_id: UUID) -> str:
    """Return the name of the colleague who made a visit, empty where it is this manager's."""
    asked = "SELECT json_extract(beside, '$.by') FROM row_state WHERE tbl = 'visit' AND pk = ?"
    found = cursor.execute(asked, (str(visit_id),)).fetchone()
    return (found[0] or "") if found is not None else ""
