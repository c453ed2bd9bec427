"""Sends what waits: frozen before it leaves, taken out of the outbox with its verdict in one transaction."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Any, NamedTuple

from app.runtime.ids import new_id
from app.storage.capture import MERGEABLE
from app.storage.database import Database
from app.storage.facts import put_fact
from app.storage.row_writer import stamp
from app.sync.binding import places, without_empty
from app.sync.core.applying import Cursor, takes_answer
from app.sync.core.registry import SCHEMA
from app.sync.numbers import renumber
from app.sync.protocol import (
    MOST_BYTES,
    MOST_OPERATIONS,
    Clock,
    OperationMessage,
    PushAnswer,
    PushRequest,
    Result,
)
from app.sync.refusals import ROOM, put_refused, refuse_unsendable
from app.sync.removal import set_dangling_apart
from app.sync.rows import LEFT, Arrived, Incoming, RowStore
from app.sync.shapes import hex_of, key_of, shapes
from app.sync.state import ACKED_NO, clock_offset, identity_of, number_fact
from app.sync.trouble import NoConnection

NOT_TAKEN = frozenset({"forbidden", "invalid", "parked", "gone", "moved"})
"""Verdicts after which a person is shown what they did; conflicts and proposals come down as rows."""


_SENT = 'id, no, replica, tbl, pk, kind, base, "set", made_at, made_by, status, version, reason, answered_at'
_SENT_PLACES = 14
_NOTE_STATE = (
    "INSERT INTO row_state (tbl, pk, scope, version, schema, digest, mark) VALUES (?, ?, ?, ?, 0, NULL, 0)"
    " ON CONFLICT (tbl, pk) DO UPDATE SET scope = excluded.scope, version = excluded.version, schema = 0"
)


class Held(NamedTuple):
    """What the outbox holds of an operation beside the message: the values as text, and the moment by its own clock."""

    made_by: str
    made_at: datetime
    values: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Operations that are on their way, and what the outbox holds of each by its id."""

    request: PushRequest
    size: int
    held: dict[str, Held] = field(default_factory=dict[str, Held])
    is_full: bool = False
    """More waits behind it."""
    is_new: bool = True
    """None of it was frozen before."""

    @property
    def last(self) -> int:
        """The highest number in it."""
        return self.request.ops[-1].no


def freeze_batch(
    database: Database, now: datetime, *, most: int = MOST_OPERATIONS, most_bytes: int = MOST_BYTES, after: int = 0
) -> Batch | None:
    """Freeze the next operations behind the number `after` and return them as a message, None when nothing waits.

    What was frozen before and has no answer goes first and alone: head office may know it already.
    """
    with database.write_plain() as cursor:
        identity = identity_of(cursor)
        offset = clock_offset(cursor)
        while refuse_unsendable(cursor, now, MOST_BYTES, after=after, most=most):
            pass
        frozen = cursor.execute("SELECT 1 FROM outbox WHERE state = 'sending' AND no > ?", (after,)).fetchone()
        found = cursor.execute(
            'SELECT no, id, tbl, row_id, kind, base, "set", made_at, made_by FROM outbox WHERE state = ? AND no > ?'
            " ORDER BY no LIMIT ?",
            ("sending" if frozen else "pending", after, most),
        ).fetchall()
        ops: list[OperationMessage] = []
        kept: dict[str, Held] = {}
        corrected: dict[str, tuple[datetime, str]] = {}
        size = ROOM
        for no, held, table, row_id, kind, base, values, made_at, made_by in found:
            size += len(values) + 300
            if size > most_bytes and ops:
                break
            if made_at not in corrected:
                moment = datetime.fromisoformat(made_at).replace(tzinfo=UTC)
                corrected[made_at] = moment, (moment + offset).isoformat()
            moment, told = corrected[made_at]
            key = key_of(held)
            kept[key] = Held(made_by, moment, values)
            ops.append(_operation(no, key, table, row_id, kind, base, values, told))
        if not ops:
            return None
        cursor.execute("UPDATE outbox SET state = 'sending' WHERE no <= ? AND state <> 'sending'", (ops[-1].no,))
        request = PushRequest(
            replica=identity.replica,
            schema_version=SCHEMA,
            batch=str(new_id()),
            clock=Clock(wall=now.astimezone(UTC).isoformat(), mono=monotonic()),
            acked_no=number_fact(cursor, ACKED_NO),
            ops=tuple(ops),
        )
    return Batch(request, size, kept, len(found) == most or len(ops) < len(found), frozen is None)


def own_answer(batch: Batch, answer: PushAnswer) -> PushAnswer:
    """Return the answer, if it is one to this batch. Raises NoConnection where a proxy answers from its memory."""
    if not batch.held.keys().isdisjoint(one.id for one in answer.results):
        return answer
    raise NoConnection("an answer to another push")


def take_answer(database: Database, batch: Batch, answer: PushAnswer, now: datetime) -> dict[str, int]:
    """Take the verdicts in and return how often each was given; one transaction, so none is ever half taken."""
    by_id = {op.id: op for op in batch.request.ops}
    results = sorted((one for one in answer.results if one.id in by_id), key=lambda one: one.no)
    settled = [(by_id[one.id], one) for one in results]
    with database.write_plain() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        if all(_is_plain(op, result) for op, result in settled):
            _settle_plain(cursor, batch, settled, now)
        else:
            _settle_each(cursor, batch, settled, now)
        acked = max((result.no for result in answer.results), default=0)
        if acked > number_fact(cursor, ACKED_NO):
            put_fact(cursor, ACKED_NO, str(acked))
    return dict(Counter(result.status for result in results))


def refuse_locally(database: Database, batch: Batch, reason: str, now: datetime) -> None:
    """Take one operation that head office cannot even read out of the queue, so that the rest goes on."""
    (op,) = batch.request.ops
    with database.write_plain() as cursor:
        _keep(cursor, batch, [(op, Result(no=op.no, id=op.id, status="malformed", reason=reason))], now)
        cursor.execute("DELETE FROM outbox WHERE id = ?", (hex_of(op.id),))
        renumber(cursor, op.no)


def _operation(
    no: int, key: str, table: str, row_id: str, kind: Any, base: int, values: str, made_at: str
) -> OperationMessage:
    # Not validated: it is our own, and head office looks at it.
    return OperationMessage.model_construct(
        no=no, id=key, table=table, key=key_of(row_id), kind=kind, base=base, set=json.loads(values), made_at=made_at
    )


def _keep(cursor: Any, batch: Batch, settled: Sequence[tuple[OperationMessage, Result]], now: datetime) -> None:
    """Keep operations with their verdicts for as long as head office may have to be offered them again."""
    answered = stamp(now)
    moments = {batch.held[op.id].made_at for op, _ in settled}
    stamps = {moment: stamp(moment) for moment in moments}
    rows = [
        (
            op.id, op.no, batch.request.replica, op.table, op.key, op.kind, op.base, held.values,
            stamps[held.made_at], held.made_by, result.status, result.version, result.reason, answered,
        )
        for op, result in settled
        for held in (batch.held[op.id],)
    ]  # fmt: skip
    for empty, values in without_empty(list(zip(*rows, strict=True))) if rows else ():
        cursor.executemany(f"INSERT OR REPLACE INTO sent_op ({_SENT}) VALUES ({places(_SENT_PLACES, empty)})", values)  # noqa: S608 - our own names
    for op, result in settled:
        if result.status in NOT_TAKEN or result.status == "malformed":
            held = batch.held[op.id]
            put_refused(cursor, op, held.made_by, held.made_at, result.status, result.reason or result.status, now)


def _is_plain(op: OperationMessage, result: Result) -> bool:
    """Return whether an operation was applied as it was, to a row that this laptop follows, and nothing else came."""
    told = result.row is not None or result.deleted or result.version is None or result.scope is None
    return result.status == "applied" and not told and op.kind in MERGEABLE and op.table in shapes()


def _settle_plain(cursor: Any, batch: Batch, settled: Sequence[tuple[OperationMessage, Result]], now: datetime) -> None:
    """Take in many operations that were all applied as they were: the common case, a few statements for all of them."""
    _keep(cursor, batch, settled, now)
    answered = json.dumps([hex_of(op.id) for op, _ in settled])
    cursor.execute("DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?))", (answered,))
    followed = {
        scope: scope if _cursor_of_scope(cursor, scope) else LEFT for scope in {r.scope or "" for _, r in settled}
    }
    by_table: dict[str, list[tuple[OperationMessage, Result]]] = {}
    for one in settled:
        by_table.setdefault(one[0].table, []).append(one)
    for table, some in by_table.items():
        cursor.executemany(
            f'UPDATE "{table}" SET revision = ?1 WHERE id = ?2 AND revision < ?1',  # noqa: S608 - our own table
            [(result.version, hex_of(op.key)) for op, result in some],
        )
    cursor.executemany(
        f"{_NOTE_STATE} WHERE excluded.version > row_state.version",
        [(op.table, op.key, followed[result.scope or ""], result.version) for op, result in settled],
    )
    touched = json.dumps([hex_of(op.key) for op, _ in settled])
    found = cursor.execute("SELECT row_id FROM outbox WHERE row_id IN (SELECT value FROM json_each(?))", (touched,))
    waiting = {held for (held,) in found.fetchall()}
    for op, result in settled:
        if result.version is not None and hex_of(op.key) in waiting:
            _rebase(cursor, op, result.version)


def _settle_each(cursor: Any, batch: Batch, settled: Sequence[tuple[OperationMessage, Result]], now: datetime) -> None:
    """Take in operations one after another, some of which came to something else than what was sent."""
    store = RowStore(cursor, now)
    for op, result in settled:
        _keep(cursor, batch, [(op, result)], now)
        held = hex_of(op.key)
        cursor.execute("DELETE FROM outbox WHERE id = ?", (hex_of(op.id),))
        waiting = store.waiting.get((op.table, held))
        if waiting:
            waiting.pop(0)
            if not waiting:
                del store.waiting[op.table, held]
        _settle_row(store, op, result)
    set_dangling_apart(store)


def _settle_row(store: RowStore, op: OperationMessage, result: Result) -> None:
    """Bring the row to what the verdict says of it, if it is followed here."""
    if result.version is None or op.table not in shapes():
        return
    local = store.locals_of(op.table, [op.key]).get(op.key)
    scope = result.scope or (local.scope if local else "")
    cursor = _cursor_of_scope(store.cursor, scope)
    if result.row is not None and takes_answer(cursor, local, result.version, deleted=result.deleted):
        own = store.waiting.get((op.table, hex_of(op.key)), ())
        columns = tuple(result.row)
        row = Arrived.of([Incoming(op.key, result.version, list(result.row.values()))])
        store.put(op.table, scope, columns, row, schema=0)
        stands = all(result.row.get(name) == value for name, value in op.set.items())
        touched = {name for values in own for name in values}
        if stands and touched <= op.set.keys():
            _rebase(store.cursor, op, result.version)
        return
    if result.row is not None and cursor is not None and local is not None and result.version == local.version:
        # Nothing changed at head office: the screen goes back to the base, which was only covered by the operation.
        row = Arrived.of([Incoming(op.key, result.version, list(result.row.values()))])
        store.write(op.table, tuple(result.row), row)
        return
    if result.status != "applied" or result.deleted:
        return
    held = hex_of(op.key)
    store.cursor.execute(
        f'UPDATE "{op.table}" SET revision = ? WHERE id = ? AND revision < ?',  # noqa: S608 - our own table
        (result.version, held, result.version),
    )
    if local is None or result.version > local.version:
        followed = scope if cursor is not None else LEFT
        if op.kind != "delete":
            store.cursor.execute(_NOTE_STATE, (op.table, op.key, followed, result.version))
    _rebase(store.cursor, op, result.version)


def _rebase(cursor: Any, op: OperationMessage, version: int) -> None:
    """Let later operations of this laptop on the row stand on its own change: nobody else's lies between."""
    cursor.execute(
        "UPDATE outbox SET base = ? WHERE row_id = ? AND tbl = ? AND base >= ? AND base < ?",
        (version, hex_of(op.key), op.table, op.base, version),
    )


def _cursor_of_scope(cursor: Any, scope: str) -> Cursor | None:
    found = cursor.execute(
        "SELECT grant_no, seq, boot FROM sync_cursor WHERE scope = ? AND state <> 'loading'", (scope,)
    ).fetchone()
    return None if found is None else Cursor(*found)
