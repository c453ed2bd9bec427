"""Conflict records of rows that another manager has now: he or the office decides on them, nobody on this laptop."""

IS_HANDED_ON = (
    "(sync_conflict.rule = 'moved' AND NOT EXISTS (SELECT 1 FROM row_state r WHERE r.tbl = sync_conflict.tbl"
    " AND r.pk = sync_conflict.pk AND r.scope NOT IN ('', '-')))"
)
"""A condition on the table `sync_conflict`, in plain SQL."""
