"""Targets of the figures, the managers' own and those of head office, guarded like every synced table."""

from alembic import op

from app.headoffice.migrations.versions.v0001_the_first_tables import part
from app.headoffice.migrations.versions.v0002_the_guard import guard

revision = "0007"
down_revision = "0006"

TARGET = """
    month:date! period:text! kpi:text! scope:text! value:dec(16,4)! id:uuid* revision:int! changed_at:moment!
    deleted_at:moment
"""
TABLES = {"kpi_target": TARGET, "office_target": f"manager:text! {TARGET}"}


def upgrade() -> None:
    """Make the tables with their guard."""
    for name, told in TABLES.items():
        op.create_table(name, *(part(name, word) for word in told.split()))
        op.create_index(f"ix_{name}_month", name, ["month"])
    guard(tuple(TABLES))
