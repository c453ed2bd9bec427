"""What of the outbox is a person's work, counted the same way everywhere.

A stop that the rule of the day put there goes up like everything else, but nobody did anything for it: opening Today
must not look as if work waited. A stop that was put there by hand counts, and each one counts once it was begun.
"""

IS_RULE_STOP = (
    "tbl = 'visit' AND kind = 'insert' AND EXISTS (SELECT 1 FROM visit v WHERE v.id = row_id AND v.status = 'planned'"
    " AND v.deleted_at IS NULL AND coalesce(v.reasons, '') NOT LIKE '%pinned%')"
)
IS_WORK = f"NOT ({IS_RULE_STOP})"
"""A condition on rows of `outbox`."""
