"""When a laptop was given back, and how the newest comparison of each day with a laptop ended."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column and the table."""
    op.add_column("replica", sa.Column("left_at", sa.DateTime(), nullable=True))
    op.create_table(
        "day_check",
        sa.Column("replica", sa.String(), sa.ForeignKey("replica.id"), primary_key=True, nullable=False),
        sa.Column("day", sa.String(), primary_key=True, nullable=False),
        sa.Column("checked_at", sa.DateTime(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("visits", WIDE, nullable=False),
        sa.Column("missing_visits", WIDE, nullable=False),
        sa.Column("differing_visits", WIDE, nullable=False),
        sa.Column("missing_photos", WIDE, nullable=False),
        sa.Column("missing_serials", WIDE, nullable=False),
    )
