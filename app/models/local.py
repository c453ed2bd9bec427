"""Tables that stay on this laptop: the outbox, where the person was, what this store is."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class OutboxEntry(Base):
    """One operation on one row that head office has not confirmed yet (sync design, 3.3 and 3.5).

    `values` holds only the fields that changed and `base` the row's revision at the time. Entries of the same row are
    merged while they are still `pending`.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_row_id_state", "row_id", "state"), {"sqlite_autoincrement": True})

    no: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    table: Mapped[str] = mapped_column("tbl")
    row_id: Mapped[UUID]
    kind: Mapped[str]
    base: Mapped[int]
    values: Mapped[dict[str, Any]] = mapped_column("set", JSON)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    state: Mapped[str] = mapped_column(default="pending")


class VisitCursor(Base):
    """Where the person was in an open visit: step and field, to come back to after a power cut."""

    __tablename__ = "visit_cursor"

    visit_id: Mapped[UUID] = mapped_column(primary_key=True)
    step: Mapped[str]
    fields: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """The last field of each step."""
    at: Mapped[datetime]


class StoreFact(Base):
    """What this store is and how it was left: owner, territory, unit, currency, clean close."""

    __tablename__ = "store_fact"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
