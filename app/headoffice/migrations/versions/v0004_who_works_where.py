"""People of the office may be limited to some territories; those who are here already see all, as before."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column."""
    op.add_column("office_user", sa.Column("territories", sa.JSON(), nullable=True))
