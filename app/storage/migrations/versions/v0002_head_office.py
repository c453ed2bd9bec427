"""What sync needs: what head office exchanges besides visits, and what this laptop knows about its sync."""

import sqlalchemy as sa
from alembic import op

from app.models.base import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "blob_queue",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("photo", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("upload", sa.String(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("next_try_at", UtcDateTime()),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "kind", "direction", name=op.f("pk_blob_queue")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_blob_queue_state_priority", "blob_queue", ["state", "priority"], unique=False)
    op.create_table(
        "quarantine_row",
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("pk", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reset_asked", sa.Boolean(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tbl", "pk", name=op.f("pk_quarantine_row")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "refused_op",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("pk", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("set", sa.JSON(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("refused_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_op")),
    )
    op.create_index("ix_refused_op_pk", "refused_op", ["pk"], unique=False)
    op.create_index("ix_refused_op_state", "refused_op", ["state"], unique=False)
    op.create_table(
        "row_state",
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("pk", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Integer()),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tbl", "pk", name=op.f("pk_row_state")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sent_op",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("replica", sa.String(), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("pk", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("set", sa.JSON(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("version", sa.Integer()),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_op")),
    )
    op.create_index("ix_sent_op_answered_at", "sent_op", ["answered_at"], unique=False)
    op.create_index("ix_sent_op_pk", "sent_op", ["pk"], unique=False)
    op.create_table(
        "stage_cursor",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("grant_no", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("boot", sa.Integer(), nullable=False),
        sa.Column("load", sa.Integer()),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String()),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_stage_cursor")),
    )
    op.create_table(
        "stage_item",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_stage_item")),
    )
    op.create_index("ix_stage_item_scope", "stage_item", ["scope"], unique=False)
    op.create_table(
        "sync_conflict",
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("pk", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("theirs", sa.JSON(none_as_null=True)),
        sa.Column("yours", sa.JSON(none_as_null=True)),
        sa.Column("theirs_by", sa.String()),
        sa.Column("theirs_at", UtcDateTime()),
        sa.Column("yours_by", sa.String(), nullable=False),
        sa.Column("yours_at", UtcDateTime(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("kept", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("resolved_by", sa.String()),
        sa.Column("resolved_at", UtcDateTime()),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("deleted_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_conflict")),
    )
    op.create_index("ix_sync_conflict_tbl_pk", "sync_conflict", ["tbl", "pk"], unique=False)
    op.create_table(
        "sync_cursor",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("grant_no", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("boot", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("digest", sa.String()),
        sa.Column("mismatches", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_sync_cursor")),
    )
    op.create_table(
        "sync_log",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_sync_log")),
    )
    op.create_index("ix_sync_log_at", "sync_log", ["at"], unique=False)
    op.create_table(
        "change_proposal",
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old", sa.JSON(none_as_null=True)),
        sa.Column("new", sa.JSON(none_as_null=True)),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String()),
        sa.Column("decided_at", UtcDateTime()),
        sa.Column("note", sa.String()),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("deleted_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_change_proposal_customer_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_proposal")),
    )
    op.create_index("ix_change_proposal_customer_id", "change_proposal", ["customer_id"], unique=False)
    op.create_table(
        "task",
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Uuid()),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String()),
        sa.Column("kind", sa.String()),
        sa.Column("due_on", sa.Date()),
        sa.Column("assigned_by", sa.String(), nullable=False),
        sa.Column("assigned_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("report_note", sa.String()),
        sa.Column("report_reason", sa.String()),
        sa.Column("report_visit_id", sa.Uuid()),
        sa.Column("reported_at", UtcDateTime()),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("deleted_at", UtcDateTime()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_task_customer_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index("ix_task_due_on", "task", ["due_on"], unique=False)
