"""The one way a field of a visit is written: make the row if it is not there, set what changed, queue it to go up."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.problems import Problem, Refusal, RuleError
from app.models.base import Base, SyncedRow
from app.models.visit import Visit

Row = TypeVar("Row", bound=SyncedRow)


def load(session: Session, model: type[Row], row_id: UUID) -> Row:
    """Return a row by its id; raises RuleError with NOT_FOUND if it is not there."""
    row = session.get(model, row_id)
    if row is None or row.deleted_at is not None:
        raise RuleError(Refusal(Problem.NOT_FOUND, f"{model.__name__} {row_id}"))
    return row


def record(session: Session, model: type[Row], key: Mapping[str, Any], values: Mapping[str, Any]) -> Row:
    """Set the values of the row that has this key, making it first if need be.

    `key` names the row (for example visit_id and product_id). The outbox entry is made by the session's flush.
    """
    columns = model.__table__.columns if issubclass(model, Base) else None
    unknown = [name for name in values if columns is not None and name not in columns]
    if unknown:
        raise RuleError(*(Refusal(Problem.BAD_VALUE, name) for name in unknown))
    row = session.scalars(select(model).filter_by(**key)).one_or_none()
    if row is None:
        row = model(**key)
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    return row


def customer_of(session: Session, visit_id: UUID) -> UUID:
    """Return the customer of a visit; raises RuleError with NOT_FOUND."""
    return load(session, Visit, visit_id).customer_id
