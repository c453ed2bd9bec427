"""What head office and managers exchange besides visits: tasks, changes to decide, values that lost their place."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, SyncedRow


class Task(SyncedRow, Base):
    """A task from head office, which owns text, shop and date; the manager accepts, does it, or says why not."""

    __tablename__ = "task"
    __table_args__ = (Index("ix_task_due_on", "due_on"),)

    manager: Mapped[str]
    """The code of the person it is for."""
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("customer.id"))
    title: Mapped[str]
    body: Mapped[str | None]
    kind: Mapped[str | None]
    due_on: Mapped[date | None]
    assigned_by: Mapped[str]
    assigned_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="assigned")
    """assigned, accepted, done, cannot, cancelled"""
    report_note: Mapped[str | None]
    report_reason: Mapped[str | None]
    """Why it cannot be done."""
    report_visit_id: Mapped[UUID | None]
    """The visit whose record and photos are the evidence."""
    reported_at: Mapped[datetime | None]


class ChangeProposal(SyncedRow, Base):
    """A change of an archive field that the manager proposes and head office decides (CM*)."""

    __tablename__ = "change_proposal"
    __table_args__ = (Index("ix_change_proposal_customer_id", "customer_id"),)

    manager: Mapped[str]
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    field: Mapped[str]
    old: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    new: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    proposed_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open")
    """open, accepted, declined"""
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    note: Mapped[str | None]


class SyncConflict(SyncedRow, Base):
    """A value that did not get its place when both sides changed a field; kept 90 days, and can be put back."""

    __tablename__ = "sync_conflict"
    __table_args__ = (Index("ix_sync_conflict_tbl_pk", "tbl", "pk"),)

    manager: Mapped[str]
    operation: Mapped[str]
    """The id of the operation."""
    tbl: Mapped[str]
    pk: Mapped[str]
    field: Mapped[str]
    base_version: Mapped[int]
    theirs: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    """Head office's value."""
    yours: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    """The laptop's value."""
    theirs_by: Mapped[str | None]
    theirs_at: Mapped[datetime | None]
    yours_by: Mapped[str]
    yours_at: Mapped[datetime]
    rule: Mapped[str]
    """The policy that decided, or gone, moved, fork, steps."""
    kept: Mapped[str]
    """theirs, yours or both: what stands."""
    state: Mapped[str] = mapped_column(default="open")
    """open, merged (settled by the rule, listed only in the log), settled (a person decided)"""
    resolved_by: Mapped[str | None]
    resolved_at: Mapped[datetime | None]
