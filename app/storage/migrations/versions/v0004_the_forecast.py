"""The monthly forecast: what the manager corrects and submits, and what the system said, kept on this laptop."""

import sqlalchemy as sa
from alembic import op

from app.models.base import UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _entries()
    _submissions()
    _follow_up()
    op.create_table(
        "forecast_run",
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("data_version", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("as_of", name=op.f("pk_forecast_run")),
    )
    op.create_table(
        "forecast_kept",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("based_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_forecast_kept")),
    )


def _entries() -> None:
    op.create_table(
        "forecast_entry",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid()),
        sa.Column("model_value", sa.Double(), nullable=False),
        sa.Column("low", sa.Double()),
        sa.Column("high", sa.Double()),
        sa.Column("model", sa.String()),
        sa.Column("manager_value", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reason_note", sa.String()),
        sa.Column("opportunity", sa.String()),
        *_synced_columns("forecast_entry"),
        _of_product("forecast_entry"),
    )
    op.create_index("ix_forecast_entry_month", "forecast_entry", ["month"], unique=False)


def _submissions() -> None:
    op.create_table(
        "forecast_submission",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column("based_on", sa.Date(), nullable=False),
        sa.Column("model_total", sa.Integer(), nullable=False),
        sa.Column("final_total", sa.Integer(), nullable=False),
        sa.Column("low", sa.Double()),
        sa.Column("high", sa.Double()),
        sa.Column("skus", sa.Integer(), nullable=False),
        sa.Column("corrected", sa.Integer(), nullable=False),
        sa.Column("returned_at", UtcDateTime()),
        sa.Column("returned_by", sa.String()),
        sa.Column("returned_reason", sa.String()),
        *_synced_columns("forecast_submission"),
    )
    op.create_index("ix_forecast_submission_month", "forecast_submission", ["month"], unique=False)
    op.create_table(
        "forecast_line",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid()),
        sa.Column("model_value", sa.Integer(), nullable=False),
        sa.Column("final_value", sa.Integer(), nullable=False),
        sa.Column("low", sa.Double()),
        sa.Column("high", sa.Double()),
        sa.Column("reason", sa.String()),
        *_synced_columns("forecast_line"),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["forecast_submission.id"],
            name=op.f("fk_forecast_line_submission_id_forecast_submission"),
        ),
        _of_product("forecast_line"),
    )
    op.create_index("ix_forecast_line_submission_id", "forecast_line", ["submission_id"], unique=False)


def _follow_up() -> None:
    op.create_table(
        "forecast_cause",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("product_id", sa.Uuid()),
        sa.Column("customer_id", sa.Uuid()),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("note", sa.String()),
        *_synced_columns("forecast_cause"),
        _of_product("forecast_cause"),
    )
    op.create_index("ix_forecast_cause_month", "forecast_cause", ["month"], unique=False)
    op.create_table(
        "forecast_kind",
        sa.Column("product_id", sa.Uuid()),
        sa.Column("customer_id", sa.Uuid()),
        sa.Column("kind", sa.String(), nullable=False),
        *_synced_columns("forecast_kind"),
        _of_product("forecast_kind"),
    )


def _synced_columns(table: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("deleted_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _of_product(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f(f"fk_{table}_product_id_product"))
