"""What managers forecast, submit and explain, guarded like every synced table."""

from alembic import op

from app.headoffice.migrations.versions.v0001_the_first_tables import part
from app.headoffice.migrations.versions.v0002_the_guard import guard

revision = "0006"
down_revision = "0005"

SYNCED = " id:uuid* revision:int! changed_at:moment! deleted_at:moment"
TABLES = {
    "forecast_entry": """
        month:date! product_id:uuid!>product.id customer_id:uuid model_value:float! low:float high:float model:text
        manager_value:int! reason:text! reason_note:text opportunity:text
    """,
    "forecast_submission": """
        month:date! version:int! submitted_at:moment! based_on:date! model_total:int! final_total:int! low:float
        high:float skus:int! corrected:int! returned_at:moment returned_by:text returned_reason:text
    """,
    "forecast_line": """
        submission_id:uuid!>forecast_submission.id product_id:uuid!>product.id customer_id:uuid model_value:int!
        final_value:int! low:float high:float reason:text
    """,
    "forecast_cause": "month:date! product_id:uuid>product.id customer_id:uuid cause:text! note:text",
    "forecast_kind": "product_id:uuid>product.id customer_id:uuid kind:text!",
}
INDEXES = (
    ("forecast_entry", "month"),
    ("forecast_submission", "month"),
    ("forecast_line", "submission_id"),
    ("forecast_cause", "month"),
)


def upgrade() -> None:
    """Make the tables with their guard."""
    for name, told in TABLES.items():
        op.create_table(name, *(part(name, word) for word in (told + SYNCED).split()))
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])
    guard(tuple(TABLES))
