"""What planned visits keep of the month plan, and what managers decide about it, guarded like every synced table."""

import sqlalchemy as sa
from alembic import op

from app.headoffice.migrations.versions.v0001_the_first_tables import part
from app.headoffice.migrations.versions.v0002_the_guard import guard

revision = "0008"
down_revision = "0007"

SYNCED = " id:uuid* revision:int! changed_at:moment! deleted_at:moment"
TABLES = {
    "cadence_choice": "customer_id:uuid!>customer.id cadence:text reason:text! since:date! until:date",
    "day_off": "day:date! kind:text! note:text",
}
INDEXES = (("cadence_choice", "customer_id"), ("day_off", "day"))


def upgrade() -> None:
    """Add the columns of a visit and make the tables with their guard."""
    for column in (
        sa.Column("locked", sa.Boolean()),
        sa.Column("due_by", sa.Date()),
        sa.Column("need_key", sa.String()),
        sa.Column("planned_on", sa.Date()),
        sa.Column("paper_entered_at", sa.DateTime()),
        sa.Column("onboarding_done", sa.JSON()),
    ):
        op.add_column("visit", column)
    for name, told in TABLES.items():
        op.create_table(name, *(part(name, word) for word in (told + SYNCED).split()))
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])
    guard(tuple(TABLES))
