"""The office console: who is in it, wrong passwords, and an index of what was not taken."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NOT_TAKEN = sa.text("status NOT IN ('applied', 'merged')")


def upgrade() -> None:
    """Make the tables and the index."""
    op.create_table(
        "console_session",
        sa.Column("hash", sa.String(), primary_key=True, nullable=False),
        sa.Column("name", sa.String(), sa.ForeignKey("office_user.name"), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
    )
    op.create_index("ix_console_session_ends_at", "console_session", ["ends_at"])
    op.create_table(
        "console_try",
        sa.Column("hash", sa.String(), primary_key=True, nullable=False),
        sa.Column("failures", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
    )
    op.create_index("ix_console_try_last_at", "console_try", ["last_at"])
    op.create_index(
        "ix_sync_op_not_taken", "sync_op", ["received_at"], sqlite_where=NOT_TAKEN, postgresql_where=NOT_TAKEN
    )
