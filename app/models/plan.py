"""What a manager decides about the plan beside the visits themselves: how often a shop, which days are free."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, SyncedRow


class CadenceChoice(SyncedRow, Base):
    """How often a shop is visited, chosen over the rules with a reason; the newest that holds on a day counts."""

    __tablename__ = "cadence_choice"
    __table_args__ = (Index("ix_cadence_choice_customer_id", "customer_id"),)

    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    cadence: Mapped[str | None]
    """Code of a class of the playbook; empty: the rules decide again."""
    reason: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    """Last day on which it holds."""


class DayOff(SyncedRow, Base):
    """A day that is not what the calendar says: free, half, on leave, or worked."""

    __tablename__ = "day_off"
    __table_args__ = (Index("ix_day_off_day", "day"),)

    day: Mapped[date]
    kind: Mapped[str]
    """off, half, leave or worked"""
    note: Mapped[str | None]
