"""What a round would do, without doing it: what goes, what comes, how long it takes at the speed of this line."""

import gzip
import json
import secrets
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.storage.database import Database
from app.storage.outbox_counts import waiting_photos
from app.sync.core.registry import SCHEMA
from app.sync.link import LinkSpeed, keep_speed, read_speed
from app.sync.protocol import MOST_OPERATIONS, MOST_ROWS, EstimateAnswer, EstimateRequest
from app.sync.staging import asked_cursors, staged_rows
from app.sync.state import identity_of, refuse_practice
from app.sync.trouble import NoConnection, Refused, Untrusted

_SAMPLE = 500
"""Operations that are packed to see how well they pack: one message full."""
_OP_BYTES = 220
"""Of an operation in a message beside its values: number, id, table, key, base, moment."""
_PROBE_BYTES = 24 << 10
"""Random bytes of the probe; as text they are a third more."""
_TURN_BYTES = 256 << 10
"""Of photos, sent with one way there and back."""
_BEGIN_TURNS = 3
"""Token, hello and the end of the round."""
_THUMB_BYTES = 20_000


class EstimateClient(Protocol):
    """What looking ahead asks of the connection."""

    @property
    def speed(self) -> LinkSpeed | None:
        """How fast the line is, as far as the calls so far tell."""
        ...

    def estimate(self, request: EstimateRequest) -> EstimateAnswer:
        """Ask how much a pull would bring."""
        ...


@dataclass(frozen=True, slots=True)
class Going:
    """What would go."""

    operations: int = 0
    by_table: dict[str, int] = field(default_factory=dict[str, int])
    """Of visits those that are only planned are counted apart, as `planned_stop`."""
    by_kind: dict[str, int] = field(default_factory=dict[str, int])
    """insert, patch, delete, undelete, command"""
    packed: int = 0
    """Bytes of the operations as they travel, reckoned from some of them."""
    photos: int = 0
    photo_bytes: int = 0
    """Of the originals, as everywhere a photo's size is shown."""

    @property
    def bytes(self) -> int:
        """Bytes that would go, the small pictures included."""
        return self.packed + self.photo_bytes + self.photos * _THUMB_BYTES


@dataclass(frozen=True, slots=True)
class Coming:
    """What would come, as head office reckons it."""

    rows: int = 0
    by_table: dict[str, int] = field(default_factory=dict[str, int])
    by_scope: dict[str, int] = field(default_factory=dict[str, int])
    leaving: int = 0
    """Rows that go from this laptop because they belong elsewhere now."""
    drops: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    """Scopes that are loaded from their beginning."""
    packed: int = 0


@dataclass(frozen=True, slots=True)
class LookAhead:
    """What a round would do."""

    going: Going
    coming: Coming | None
    """None where head office was not reached."""
    speed: LinkSpeed | None
    seconds: float | None
    """None where no speed is known."""
    from_before: int = 0
    """Rows that came already and are applied with the next round."""


def look_ahead(
    database: Database, client: EstimateClient, *, photos: bool = True, photo_cap: int | None = None
) -> LookAhead:
    """Return what a round would do. Without a network half is known.

    Raises NotEnrolled, PracticeStore, Refused and Untrusted.
    """
    with database.look() as cursor:
        refuse_practice(cursor)
        request = EstimateRequest(
            replica=identity_of(cursor).replica, schema_version=SCHEMA, cursors=asked_cursors(cursor)
        )
        known, from_before = read_speed(cursor), staged_rows(cursor)
        going = what_goes(cursor, photos=photos, photo_cap=photo_cap)
    if known is None or not known.is_whole:
        request = request.model_copy(update={"probe": secrets.token_urlsafe(_PROBE_BYTES)})
    try:
        coming = _coming(client.estimate(request))
    except Untrusted:
        raise
    except NoConnection:
        return LookAhead(going, None, known, None, from_before)
    speed = _kept(database, client.speed, known)
    return LookAhead(going, coming, speed, _seconds(going, coming, speed), from_before)


def bytes_to_come(database: Database, client: EstimateClient) -> int | None:
    """Return the packed bytes that a pull would bring, as head office reckons them; None where it cannot be asked."""
    with database.look() as cursor:
        request = EstimateRequest(
            replica=identity_of(cursor).replica, schema_version=SCHEMA, cursors=asked_cursors(cursor)
        )
    try:
        return client.estimate(request).packed
    except (NoConnection, Refused):  # the round goes on, and meets and tells it itself
        return None


def what_goes(cursor: Any, *, photos: bool = True, photo_cap: int | None = None) -> Going:
    """Return what waits here, by kind, with the bytes it makes when packed; `photo_cap` is for originals alone."""
    tables: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for table, kind, count in cursor.execute(
        "SELECT iif(tbl = 'visit' AND EXISTS (SELECT 1 FROM visit v WHERE v.id = row_id AND v.status = 'planned'),"
        " 'planned_stop', tbl) AS name, kind, count(*) FROM outbox GROUP BY name, kind"
    ):
        tables[table] += count
        kinds[kind] += count
    waiting = tables.total()
    pictures, size = waiting_photos(cursor) if photos else (0, 0)
    if photo_cap is not None:
        size = min(size, photo_cap)
    return Going(waiting, dict(sorted(tables.items())), dict(kinds), _packed(cursor, waiting), pictures, size)


def _packed(cursor: Any, waiting: int) -> int:
    """Pack the first operations, as a message would, and reckon the rest from them."""
    if not waiting:
        return 0
    rows = cursor.execute(
        'SELECT no, id, tbl, row_id, kind, base, "set", made_at FROM outbox ORDER BY no LIMIT ?', (_SAMPLE,)
    ).fetchall()
    names = ("no", "id", "table", "key", "kind", "base", "set", "made_at")
    ops = [dict(zip(names, row, strict=True)) | {"set": json.loads(row[6])} for row in rows]
    sample = gzip.compress(json.dumps(ops, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"), 6)
    plain: int = cursor.execute('SELECT coalesce(sum(length("set") + ?), 0) FROM outbox', (_OP_BYTES,)).fetchone()[0]
    of_sample = sum(len(row[6]) + _OP_BYTES for row in rows)
    return max(len(sample), round(len(sample) * plain / of_sample))


def _coming(answer: EstimateAnswer) -> Coming:
    tables: Counter[str] = Counter()
    for one in answer.scopes.values():
        tables.update(one.rows)
    return Coming(
        rows=tables.total(),
        by_table=dict(sorted(tables.items())),
        by_scope={scope: sum(one.rows.values()) for scope, one in answer.scopes.items()},
        leaving=sum(one.exits for one in answer.scopes.values()),
        drops=answer.drop,
        loads=tuple(scope for scope, one in answer.scopes.items() if one.reset),
        packed=answer.packed,
    )


def _kept(database: Database, measured: LinkSpeed | None, known: LinkSpeed | None) -> LinkSpeed | None:
    """Return the speed to reckon with; what the probe has measured is kept for the next time."""
    if measured is None or (known is not None and known.is_whole):
        return known
    with database.note() as cursor:
        keep_speed(cursor, measured)
        return read_speed(cursor)


def _seconds(going: Going, coming: Coming, speed: LinkSpeed | None) -> float | None:
    if speed is None or not speed.up or not speed.down:
        return None
    turns = _BEGIN_TURNS + going.operations // MOST_OPERATIONS + coming.rows // MOST_ROWS + 2
    turns += going.photos * 2 + going.photo_bytes // _TURN_BYTES
    return going.bytes / speed.up + coming.packed / speed.down + turns * speed.latency


def note_speed(database: Database, speed: LinkSpeed | None) -> None:
    """Keep the speed that a round has measured."""
    if speed is not None:
        with database.note() as cursor:
            keep_speed(cursor, speed)
