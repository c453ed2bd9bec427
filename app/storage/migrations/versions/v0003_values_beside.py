"""What head office told of a row and its table does not hold, so that the values of a row can be checked."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("row_state", sa.Column("beside", sa.JSON()))
