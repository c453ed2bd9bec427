"""Why a manager calls a brand or a shop stable or difficult."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the columns."""
    for name in ("reason", "note"):
        op.add_column("forecast_kind", sa.Column(name, sa.String()))
