"""What a laptop knows about its sync: how far it has read, what each row's version is, what waits and what was sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class SyncCursor(Base):
    """How far a scope was read; a scope without a line here is not followed."""

    __tablename__ = "sync_cursor"

    scope: Mapped[str] = mapped_column(primary_key=True)
    grant_no: Mapped[int]
    seq: Mapped[int]
    boot: Mapped[int]
    state: Mapped[str] = mapped_column(default="ready")
    """ready, loading (its first load is under way), reset (to be loaded anew)"""
    digest: Mapped[str | None]
    """Head office's digest at this cursor, as it came."""
    mismatches: Mapped[int] = mapped_column(default=0)
    """How often in a row the digests differed."""


class RowState(Base):
    """What head office said last about a row; rows that were never delivered have no line here."""

    __tablename__ = "row_state"
    __table_args__ = ({"sqlite_with_rowid": False},)

    tbl: Mapped[str] = mapped_column(primary_key=True)
    pk: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    """Empty: the row has left, and goes as soon as nothing of it waits."""
    version: Mapped[int]
    schema: Mapped[int]
    """Schema it was received with; 0 where only the answer to a push told the version."""
    digest: Mapped[int | None]
    """64 bits, held as a signed number; None until the feed brings the row."""
    mark: Mapped[int] = mapped_column(default=0)
    """The load that delivered the row last; a load sweeps what it did not bring."""
    beside: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Values that head office told and the row's table does not hold, such as the serial of a colleague's visit."""


class StageItem(Base):
    """A part of a page that was received and not applied yet."""

    __tablename__ = "stage_item"
    __table_args__ = (Index("ix_stage_item_scope", "scope"),)

    no: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str]
    tbl: Mapped[str]
    """Empty for exits."""
    count: Mapped[int]
    body: Mapped[str]
    """JSON: `{columns, rows}`, or the list of exits."""


class StageCursor(Base):
    """How far the pages that are not applied yet reach."""

    __tablename__ = "stage_cursor"

    scope: Mapped[str] = mapped_column(primary_key=True)
    grant_no: Mapped[int]
    seq: Mapped[int]
    boot: Mapped[int]
    load: Mapped[int | None]
    """The number of the load if the scope is loaded from its beginning."""
    dropped: Mapped[bool] = mapped_column(default=False)
    digest: Mapped[str | None]


class SentOp(Base):
    """An operation with its verdict, kept for 30 days to be offered again if head office loses it."""

    __tablename__ = "sent_op"
    __table_args__ = (Index("ix_sent_op_answered_at", "answered_at"), Index("ix_sent_op_pk", "pk"))

    id: Mapped[str] = mapped_column(primary_key=True)
    no: Mapped[int]
    replica: Mapped[str]
    tbl: Mapped[str]
    pk: Mapped[str]
    kind: Mapped[str]
    base: Mapped[int]
    values: Mapped[dict[str, Any]] = mapped_column("set", JSON)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    status: Mapped[str]
    version: Mapped[int | None]
    reason: Mapped[str]
    answered_at: Mapped[datetime]


class RefusedOp(Base):
    """An operation that head office did not take, with all of its values, until a person has dealt with it."""

    __tablename__ = "refused_op"
    __table_args__ = (Index("ix_refused_op_state", "state"), Index("ix_refused_op_pk", "pk"))

    id: Mapped[str] = mapped_column(primary_key=True)
    tbl: Mapped[str]
    pk: Mapped[str]
    kind: Mapped[str]
    base: Mapped[int]
    values: Mapped[dict[str, Any]] = mapped_column("set", JSON)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    status: Mapped[str]
    """forbidden, invalid, parked, gone, moved; malformed and too_large were found before it was sent."""
    reason: Mapped[str]
    """A code; the user interface owns the words."""
    refused_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open")
    """open, mended (a later operation took its place), taken (head office took it in after all), dismissed"""


class QuarantineRow(Base):
    """A row that head office delivered and that cannot stand yet: what it belongs to is not here."""

    __tablename__ = "quarantine_row"
    __table_args__ = ({"sqlite_with_rowid": False},)

    tbl: Mapped[str] = mapped_column(primary_key=True)
    pk: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    version: Mapped[int]
    values: Mapped[dict[str, Any]] = mapped_column("set", JSON)
    reason: Mapped[str]
    """parent (what it belongs to is not here), unreadable"""
    reset_asked: Mapped[bool] = mapped_column(default=False)
    since: Mapped[datetime]


class BlobItem(Base):
    """The bytes of a photo on their way up or down."""

    __tablename__ = "blob_queue"
    __table_args__ = (Index("ix_blob_queue_state_priority", "state", "priority"), {"sqlite_with_rowid": False})

    sha256: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    """thumb, full"""
    direction: Mapped[str] = mapped_column(primary_key=True)
    """up, down"""
    photo: Mapped[str]
    """The key of its row."""
    size: Mapped[int]
    upload: Mapped[str] = mapped_column(default="")
    offset: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    priority: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default="waiting")
    """waiting, stored, missing (its bytes are not on this laptop), let_go (a person has it in a file)"""
    next_try_at: Mapped[datetime | None]
    at: Mapped[datetime]


class SyncLog(Base):
    """One round, or one thing that happened in it; the newest lines are what the person is shown."""

    __tablename__ = "sync_log"
    __table_args__ = (Index("ix_sync_log_at", "at"),)

    no: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    event: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
