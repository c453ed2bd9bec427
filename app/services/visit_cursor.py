"""Keeping where the person is in a visit, in the same transaction as what was typed."""

import json
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.services.visit_reading import Place
from app.storage.row_writer import plain_sql

_PUT = (
    "INSERT INTO visit_cursor (visit_id, step, fields, at) VALUES (?, ?, ?, ?) ON CONFLICT (visit_id) DO UPDATE"
    " SET step = excluded.step, fields = json_patch(fields, excluded.fields), at = excluded.at"
)


def put_cursor(session: Session, visit_id: UUID, place: Place, now: datetime) -> None:
    """Keep the step and, where one is named, the field of that step; the fields of the other steps stay."""
    fields = {place.step.value: place.field} if place.field else {}
    at = now.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
    parameters = (visit_id.hex, place.step.value, json.dumps(fields), at)
    with plain_sql(session) as cursor:
        cursor.execute(_PUT, parameters)
