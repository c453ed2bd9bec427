"""The monthly forecast: corrections, submissions, causes, kinds; and what the system said, kept on the laptop."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, SyncedRow
from app.models.trade import Product

# A customer may leave this laptop while the month goes on, so rows name it without holding it here.


class ForecastEntry(SyncedRow, Base):
    """One figure of the manager's own for a month: a SKU in all, or at one shop; the model's stays beside it."""

    __tablename__ = "forecast_entry"
    __table_args__ = (Index("ix_forecast_entry_month", "month"),)

    month: Mapped[date]
    """Its first day."""
    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id))
    customer_id: Mapped[UUID | None]
    """Empty: the SKU in the whole territory."""
    model_value: Mapped[float]
    low: Mapped[float | None]
    high: Mapped[float | None]
    model: Mapped[str | None]
    manager_value: Mapped[int]
    reason: Mapped[str]
    reason_note: Mapped[str | None]
    opportunity: Mapped[str | None]
    """The market opportunity behind it, in the manager's words."""


class ForecastSubmission(SyncedRow, Base):
    """One version of a month as it was submitted; it never changes but by what head office writes back."""

    __tablename__ = "forecast_submission"
    __table_args__ = (Index("ix_forecast_submission_month", "month"),)

    month: Mapped[date]
    version: Mapped[int]
    submitted_at: Mapped[datetime]
    based_on: Mapped[date]
    """Last day of the orders that the system's forecast knew."""
    model_total: Mapped[int]
    final_total: Mapped[int]
    low: Mapped[float | None]
    high: Mapped[float | None]
    skus: Mapped[int]
    corrected: Mapped[int]
    """SKUs whose figure is not the system's."""
    returned_at: Mapped[datetime | None]
    returned_by: Mapped[str | None]
    returned_reason: Mapped[str | None]


class ForecastLine(SyncedRow, Base):
    """One figure of a submission: a SKU in all, or one shop that was corrected by hand."""

    __tablename__ = "forecast_line"
    __table_args__ = (Index("ix_forecast_line_submission_id", "submission_id"),)

    submission_id: Mapped[UUID] = mapped_column(ForeignKey("forecast_submission.id"))
    product_id: Mapped[UUID] = mapped_column(ForeignKey(Product.id))
    customer_id: Mapped[UUID | None]
    model_value: Mapped[int]
    final_value: Mapped[int]
    low: Mapped[float | None]
    high: Mapped[float | None]
    reason: Mapped[str | None]


class ForecastCause(SyncedRow, Base):
    """Why the forecast of a month missed, for a SKU or for a shop."""

    __tablename__ = "forecast_cause"
    __table_args__ = (Index("ix_forecast_cause_month", "month"),)

    month: Mapped[date]
    product_id: Mapped[UUID | None] = mapped_column(ForeignKey(Product.id))
    customer_id: Mapped[UUID | None]
    cause: Mapped[str]
    note: Mapped[str | None]


class ForecastKind(SyncedRow, Base):
    """The kind that the manager gave a brand or a shop, over what the rules say."""

    __tablename__ = "forecast_kind"

    product_id: Mapped[UUID | None] = mapped_column(ForeignKey(Product.id))
    customer_id: Mapped[UUID | None]
    kind: Mapped[str]
    reason: Mapped[str | None]
    """A code of the list `forecast_reason`; empty in rows from before a reason was asked."""
    note: Mapped[str | None]


class ForecastRun(Base):
    """The system's forecast of the territory as it was computed last; stays on this laptop."""

    __tablename__ = "forecast_run"

    as_of: Mapped[date] = mapped_column(primary_key=True)
    """First day of the first month ahead."""
    data_version: Mapped[str]
    made_at: Mapped[datetime]
    content: Mapped[bytes]


class ForecastKept(Base):
    """The system's forecast of one month as it was told before that month; stays on this laptop."""

    __tablename__ = "forecast_kept"

    month: Mapped[date] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    based_on: Mapped[date]
    version: Mapped[int]
    """The submission it went with; 0: the first that the system told."""
    content: Mapped[bytes]
