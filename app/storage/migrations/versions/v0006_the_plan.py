"""The month plan: what a planned visit keeps of it, how often a shop is visited, days that are not as the calendar."""

import sqlalchemy as sa
from alembic import op

from app.models.base import UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for column in (
        sa.Column("locked", sa.Boolean()),
        sa.Column("due_by", sa.Date()),
        sa.Column("need_key", sa.String()),
        sa.Column("planned_on", sa.Date()),
        sa.Column("paper_entered_at", UtcDateTime()),
        sa.Column("onboarding_done", sa.JSON()),
    ):
        op.add_column("visit", column)
    op.create_table(
        "cadence_choice",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("cadence", sa.String()),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        *_synced_columns("cadence_choice"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_cadence_choice_customer_id_customer")
        ),
    )  # fmt: skip
    op.create_index("ix_cadence_choice_customer_id", "cadence_choice", ["customer_id"], unique=False)
    op.create_table(
        "day_off",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.String()),
        *_synced_columns("day_off"),
    )
    op.create_index("ix_day_off_day", "day_off", ["day"], unique=False)


def _synced_columns(table: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("deleted_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
