"""What the figures of a month or a year should reach: the manager's own targets, and those of head office."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, SyncedRow


class KpiTarget(SyncedRow, Base):
    """A target that the manager set; it steps back where head office gives one."""

    __tablename__ = "kpi_target"
    __table_args__ = (Index("ix_kpi_target_month", "month"),)

    month: Mapped[date]
    """First day of the month, or of the year."""
    period: Mapped[str]
    """month or year"""
    kpi: Mapped[str]
    """Number of the figure, and what it is of where there are several: F05.volume, F10."""
    scope: Mapped[str]
    """Empty for the territory; class:3 for a price class, brand:青山, sku:910001 for one SKU."""
    value: Mapped[Decimal] = mapped_column(Numeric(16, 4))
    """Quantities in 条, money in minor units, shares as plain fractions."""


class OfficeTarget(SyncedRow, Base):
    """A target that head office gave a manager."""

    __tablename__ = "office_target"
    __table_args__ = (Index("ix_office_target_month", "month"),)

    manager: Mapped[str]
    """The code of the person it is for."""
    month: Mapped[date]
    period: Mapped[str]
    kpi: Mapped[str]
    scope: Mapped[str]
    value: Mapped[Decimal] = mapped_column(Numeric(16, 4))
