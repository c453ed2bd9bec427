"""Targets of the figures: those that the manager sets, and those that head office gives."""

import sqlalchemy as sa
from alembic import op

from app.models.base import UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _targets("kpi_target")
    _targets("office_target", sa.Column("manager", sa.String(), nullable=False))


def _targets(table: str, *more: sa.Column[str]) -> None:
    op.create_table(
        table,
        *more,
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("kpi", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("value", sa.Numeric(16, 4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("deleted_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_month", table, ["month"], unique=False)
