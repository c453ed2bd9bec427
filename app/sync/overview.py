"""How sync stands, in numbers: what waits, what was refused, what is to be decided, when the last round was."""

from dataclasses import dataclass
from datetime import datetime

from app.storage.database import Database
from app.storage.facts import fact_of
from app.storage.handed_on import IS_HANDED_ON
from app.storage.outbox_counts import IS_RULE_STOP, IS_WORK, waiting_photos
from app.storage.stuck_pictures import IS_STUCK
from app.sync.staging import loading_scopes
from app.sync.state import LAST_ROUND, NEXT_TRY, REVOKED, UPGRADE, moment_fact


@dataclass(frozen=True, slots=True)
class Overview:
    """What the status of sync is made of; also what a dry run tells of this side."""

    waiting: int
    """Operations that head office has not answered."""
    waiting_stops: int
    """Of these, stops that the rule of the day planned: they go up with the rest, nobody waits for them."""
    waiting_bytes: int
    """Before they are packed."""
    work_by_table: dict[str, int]
    """What waits of the person's work; it adds up to `work`."""
    waiting_since: datetime | None
    refused: int
    conflicts: int
    """To be decided by this person; a decision that waits to go up is a decision."""
    proposals: int
    """With head office."""
    set_apart: int
    """Delivered rows that what they belong to is missing for."""
    loading: tuple[str, ...]
    """Scopes whose first load is under way."""
    scopes: tuple[str, ...]
    photos_waiting: int
    photo_bytes: int
    photos_stuck: int
    """Of these, photos that head office refuses again and again."""
    last_round: datetime | None
    next_try: datetime | None
    revoked: bool
    upgrade: bool

    @property
    def work(self) -> int:
        """How many records of the person's work wait: what every page and command calls *waiting*."""
        return self.waiting - self.waiting_stops

    @property
    def needs_you(self) -> int:
        """How many things wait for this person."""
        return self.refused + self.conflicts + self.photos_stuck


def read_overview(database: Database, now: datetime) -> Overview:
    """Return how sync stands; works in a store that was never enrolled."""
    del now
    with database.look() as cursor:

        def count(sql: str) -> int:
            return cursor.execute(sql).fetchone()[0]

        work = cursor.execute(f"SELECT tbl, count(*) FROM outbox WHERE {IS_WORK} GROUP BY tbl ORDER BY tbl").fetchall()  # noqa: S608
        photos, photo_bytes = waiting_photos(cursor)
        since = cursor.execute("SELECT min(made_at) FROM outbox").fetchone()[0]
        return Overview(
            waiting=count("SELECT count(*) FROM outbox"),
            waiting_stops=count(f"SELECT count(*) FROM outbox WHERE {IS_RULE_STOP}"),  # noqa: S608 - our own words
            waiting_bytes=count('SELECT coalesce(sum(length("set") + 200), 0) FROM outbox'),
            work_by_table=dict(work),
            waiting_since=None if since is None else datetime.fromisoformat(f"{since}+00:00"),
            refused=count("SELECT count(*) FROM refused_op WHERE state = 'open'"),
            conflicts=count(
                "SELECT count(*) FROM sync_conflict WHERE state = 'open' AND deleted_at IS NULL"  # noqa: S608
                f" AND NOT {IS_HANDED_ON} AND NOT EXISTS (SELECT 1 FROM outbox o"
                " WHERE o.row_id = sync_conflict.id AND o.tbl = 'sync_conflict' AND o.kind = 'command')"
            ),
            proposals=count("SELECT count(*) FROM change_proposal WHERE state = 'open' AND deleted_at IS NULL"),
            set_apart=count("SELECT count(*) FROM quarantine_row"),
            loading=loading_scopes(cursor),
            scopes=tuple(s for (s,) in cursor.execute("SELECT scope FROM sync_cursor ORDER BY scope")),
            photos_waiting=photos,
            photo_bytes=photo_bytes,
            photos_stuck=count(f"SELECT count(DISTINCT sha256) FROM blob_queue WHERE {IS_STUCK}"),  # noqa: S608
            last_round=moment_fact(cursor, LAST_ROUND),
            next_try=moment_fact(cursor, NEXT_TRY),
            revoked=bool(fact_of(cursor, REVOKED)),
            upgrade=bool(fact_of(cursor, UPGRADE)),
        )  # fmt: skip
