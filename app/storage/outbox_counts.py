"""What of the outbox is a person's work, counted the same way everywhere.

A stop that the rule of the day put there goes up like everything else, but nobody did anything for it: opening Today
must not look as if work waited. A stop that was put there by hand counts, and each one counts once it was begun.
"""

from typing import Any

IS_RULE_STOP = (
    "tbl = 'visit' AND kind = 'insert' AND EXISTS (SELECT 1 FROM visit v WHERE v.id = row_id AND v.status = 'planned'"
    " AND v.deleted_at IS NULL AND coalesce(v.reasons, '') NOT LIKE '%pinned%')"
)
IS_WORK = f"NOT ({IS_RULE_STOP})"
"""A condition on rows of `outbox`."""


def waiting_work(cursor: Any) -> int:
    """Return how many records of the person's work head office has not confirmed."""
    return int(cursor.execute(f"SELECT count(*) FROM outbox WHERE {IS_WORK}").fetchone()[0])  # noqa: S608 - our own words


def waiting_photos(cursor: Any) -> tuple[int, int]:
    """Return how many photos head office has not confirmed, and the bytes of originals still to go.

    Those that no run of the photo lane has seen yet are included, whether their rows have gone up or not; a picture
    that two rows show is one photo.
    """
    queued, size = cursor.execute(
        """SELECT count(DISTINCT sha256), coalesce(sum(iif(kind = 'full', max(0, size - "offset"), 0)), 0)"""
        " FROM blob_queue"
        " WHERE direction = 'up' AND state = 'waiting'"
    ).fetchone()
    fresh, fresh_size = cursor.execute(
        "SELECT count(*), coalesce(sum(size), 0) FROM (SELECT max(p.byte_size) AS size FROM photo p"
        " WHERE p.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM blob_queue b WHERE b.sha256 = p.sha256)"
        " AND (p.id IN (SELECT row_id FROM outbox WHERE tbl = 'photo' AND kind = 'insert')"
        " OR p.id IN (SELECT replace(pk, '-', '') FROM sent_op WHERE tbl = 'photo' AND kind = 'insert'))"
        " GROUP BY p.sha256)"
    ).fetchone()
    return int(queued + fresh), int(size + fresh_size)
