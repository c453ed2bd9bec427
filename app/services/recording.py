"""The one way a field of a visit is written: make the row if it is not there, set what changed, queue it to go up."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain.problems import Problem, Refusal, RuleError
from app.models.base import Base, SyncedRow
from app.models.visit import Visit
from app.storage.row_writer import Written, write_row

Row = TypeVar("Row", bound=SyncedRow)


def load(session: Session, model: type[Row], row_id: UUID) -> Row:
    """Return a row by its id; raises RuleError with NOT_FOUND if it is not there."""
    row = session.get(model, row_id)
    if row is None or row.deleted_at is not None:
        raise RuleError(Refusal(Problem.NOT_FOUND, model.__tablename__ if issubclass(model, Base) else ""))
    return row


def record(
    cursor: Any, actor: str, model: type[SyncedRow], key: Mapping[str, Any], values: Mapping[str, Any]
) -> Written:
    """Set the values of the row that has this key, making it first if need be; the cursor is of `write_plain`.

    `key` names the row (for example visit_id and product_id). The value `deleted` (True or False) sets the tombstone.
    The outbox entry is written in the same transaction.
    """
    given = dict(values)
    if "deleted" in given:
        given["deleted_at"] = datetime.now(UTC) if given.pop("deleted") else None
    columns = model.__table__.columns if issubclass(model, Base) else None
    unknown = [name for name in given if columns is not None and name not in columns]
    if unknown:
        raise RuleError(*(Refusal(Problem.BAD_VALUE, name) for name in unknown))
    return write_row(cursor, actor, model, key, given)


def customer_of(session: Session, visit_id: UUID) -> UUID:
    """Return the customer of a visit; raises RuleError with NOT_FOUND."""
    return load(session, Visit, visit_id).customer_id
