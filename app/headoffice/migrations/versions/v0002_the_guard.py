"""No synced row is written past the index: its revision must be the version that this transaction gave it there."""

from collections.abc import Sequence

from alembic import op

# ruff: noqa: S608  names of our own tables

revision = "0002"
down_revision = "0001"

BY_ID = (
    "product",
    "customer",
    "allocation",
    "visit",
    "stock_count",
    "shelf_check",
    "diagnosis_rating",
    "advice_line",
    "improvement_plan",
    "promise",
    "photo",
    "task",
    "sync_conflict",
    "change_proposal",
)
ORDER = "purchase_order"
REFUSAL = "a synced row is written by the SyncWriter"
# SQLite holds ids as 32 hex digits, the index as the text that travels.
PARTS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
DASHED = " || '-' || ".join(f"substr(NEW.id, {start}, {length})" for start, length in PARTS)


def upgrade() -> None:
    """Make the triggers."""
    if op.get_bind().dialect.name == "postgresql":
        functions()
    guard((*BY_ID, ORDER))


def guard(tables: Sequence[str]) -> None:
    """Guard tables; a later migration does it for those that it makes."""
    if op.get_bind().dialect.name == "postgresql":
        on_postgresql(tables)
    else:
        on_sqlite(tables)


def on_sqlite(tables: Sequence[str]) -> None:
    """Make two triggers for each table."""
    for table in tables:
        key = "NEW.order_no" if table == ORDER else DASHED
        for deed, moved in (("INSERT", ""), ("UPDATE", "NEW.revision <= OLD.revision OR ")):
            op.execute(
                f"CREATE TRIGGER guard_{table}_{deed.lower()} AFTER {deed} ON {table} "
                f"WHEN {moved}NOT EXISTS (SELECT 1 FROM sync_row "
                f"WHERE tbl = '{table}' AND pk = {key} AND version = NEW.revision) "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def functions() -> None:
    """Make what the triggers of PostgreSQL call."""
    for name, key in (("row", "id::text"), ("order", "order_no")):
        op.execute(
            f"CREATE FUNCTION guard_synced_{name}() RETURNS trigger LANGUAGE plpgsql "
            "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$ "
            # As a variable of its own the name has the collation of the index.
            "DECLARE wanted text := TG_TABLE_NAME; BEGIN "
            "IF EXISTS (SELECT 1 FROM written WHERE NOT EXISTS (SELECT 1 FROM sync_row "
            f"WHERE tbl = wanted AND pk = written.{key} AND version = written.revision)) "
            f"THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END IF; "
            "RETURN NULL; END $$"
        )
    op.execute(
        "CREATE FUNCTION guard_synced_step() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
    )


def on_postgresql(tables: Sequence[str]) -> None:
    """Make a trigger for each statement: it looks at all its rows at once, by the index's own index."""
    for table in tables:
        name = "order" if table == ORDER else "row"
        for deed in ("INSERT", "UPDATE"):
            op.execute(
                f"CREATE TRIGGER guard_{table}_{deed.lower()} AFTER {deed} ON {table} "
                f"REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION guard_synced_{name}()"
            )
        op.execute(
            f"CREATE TRIGGER guard_{table}_step BEFORE UPDATE ON {table} FOR EACH ROW "
            "WHEN (NEW.revision <= OLD.revision) EXECUTE FUNCTION guard_synced_step()"
        )
