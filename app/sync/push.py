"""Sends what waits: frozen before it leaves, taken out of the outbox with its verdict in one transaction."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

from app.runtime.ids import new_id
from app.storage.database import Database
from app.storage.facts import put_fact
from app.storage.row_writer import stamp
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
from app.sync.rows import LEFT, Incoming, RowStore
from app.sync.shapes import hex_of, key_of, shapes
from app.sync.state import ACKED_NO, clock_offset, identity_of, number_fact

NOT_TAKEN = frozenset({"forbidden", "invalid", "parked", "gone", "moved"})
"""Verdicts after which a person is shown what they did; conflicts and proposals come down as rows."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Operations that are on their way; `locals` are what the outbox holds of them."""

    request: PushRequest
    size: int
    made_by: dict[str, tuple[str, datetime]] = field(default_factory=dict[str, tuple[str, datetime]])


def freeze_batch(
    database: Database, now: datetime, *, most: int = MOST_OPERATIONS, most_bytes: int = MOST_BYTES
) -> Batch | None:
    """Freeze the next operations and return them as a message, None when nothing waits.

    What was frozen before and has no answer goes first and alone: head office may know it already.
    """
    with database.write_plain() as cursor:
        identity = identity_of(cursor)
        offset = clock_offset(cursor)
        state = "sending" if cursor.execute("SELECT 1 FROM outbox WHERE state = 'sending'").fetchone() else "pending"
        refuse_unsendable(cursor, now, most_bytes)
        found = cursor.execute(
            'SELECT no, id, tbl, row_id, kind, base, "set", made_at, made_by FROM outbox WHERE state = ?'
            " ORDER BY no LIMIT ?",
            (state, most),
        ).fetchall()
        ops: list[OperationMessage] = []
        made: dict[str, tuple[str, datetime]] = {}
        size = ROOM
        for no, held, table, row_id, kind, base, values, made_at, made_by in found:
            size += len(values) + 300
            if size > most_bytes and ops:
                break
            moment = datetime.fromisoformat(made_at).replace(tzinfo=UTC)
            key = str(UUID(held))
            made[key] = made_by, moment
            ops.append(_operation(no, key, table, row_id, kind, base, values, moment + offset))
        if not ops:
            return None
        cursor.execute("UPDATE outbox SET state = 'sending' WHERE no <= ?", (ops[-1].no,))
        request = PushRequest(
            replica=identity.replica,
            schema_version=SCHEMA,
            batch=str(new_id()),
            clock=Clock(wall=now.astimezone(UTC).isoformat(), mono=monotonic()),
            acked_no=number_fact(cursor, ACKED_NO),
            ops=tuple(ops),
        )
    return Batch(request, size, made)


def take_answer(database: Database, batch: Batch, answer: PushAnswer, now: datetime) -> dict[str, int]:
    """Take the verdicts in and return how often each was given; one transaction, so none is ever half taken."""
    counts: dict[str, int] = {}
    by_id = {op.id: op for op in batch.request.ops}
    with database.write_plain() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        store = RowStore(cursor, now)
        for result in sorted(answer.results, key=lambda one: one.no):
            op = by_id.get(result.id)
            if op is None:
                continue
            counts[result.status] = counts.get(result.status, 0) + 1
            _keep(cursor, batch, op, result, now)
            cursor.execute("DELETE FROM outbox WHERE id = ?", (UUID(op.id).hex,))
            waiting = store.waiting.get((op.table, hex_of(op.key)))
            if waiting:
                waiting.pop(0)
                if not waiting:
                    del store.waiting[op.table, hex_of(op.key)]
            _settle_row(store, op, result)
        set_dangling_apart(store)
        acked = max((result.no for result in answer.results), default=0)
        if acked > number_fact(cursor, ACKED_NO):
            put_fact(cursor, ACKED_NO, str(acked))
        cursor.execute("DELETE FROM sent_op WHERE answered_at < ?", (stamp(now - timedelta(days=30)),))
    return counts


def refuse_locally(database: Database, batch: Batch, reason: str, now: datetime) -> None:
    """Take one operation that head office cannot even read out of the queue, so that the rest goes on."""
    (op,) = batch.request.ops
    with database.write_plain() as cursor:
        _keep(cursor, batch, op, Result(no=op.no, id=op.id, status="malformed", reason=reason), now)
        cursor.execute("DELETE FROM outbox WHERE id = ?", (UUID(op.id).hex,))
        renumber(cursor, op.no)


def _operation(
    no: int, key: str, table: str, row_id: str, kind: str, base: int, values: str, moment: datetime
) -> OperationMessage:
    return OperationMessage.model_validate(
        {
            "no": no, "id": key, "table": table, "key": key_of(row_id), "kind": kind, "base": base,
            "set": json.loads(values), "made_at": moment.isoformat(),
        }
    )  # fmt: skip


def _keep(cursor: Any, batch: Batch, op: OperationMessage, result: Result, now: datetime) -> None:
    made_by, made_at = batch.made_by[op.id]
    cursor.execute(
        'INSERT OR REPLACE INTO sent_op (id, no, replica, tbl, pk, kind, base, "set", made_at, made_by, status,'
        " version, reason, answered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            op.id, op.no, batch.request.replica, op.table, op.key, op.kind, op.base, json.dumps(op.set),
            stamp(made_at), made_by, result.status, result.version, result.reason, stamp(now),
        ),
    )  # fmt: skip
    if result.status in NOT_TAKEN or result.status == "malformed":
        put_refused(cursor, op, made_by, made_at, result.status, result.reason or result.status, now)


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
        row = Incoming(op.key, result.version, list(result.row.values()))
        store.put(op.table, scope, columns, [row], schema=0)
        stands = all(result.row.get(name) == value for name, value in op.set.items())
        touched = {name for values in own for name in values}
        if stands and touched <= op.set.keys():
            _rebase(store.cursor, op, result.version)
        return
    if result.row is not None and cursor is not None and local is not None and result.version == local.version:
        # Nothing changed at head office: the screen goes back to the base, which was only covered by the operation.
        store.write(
            op.table, tuple(result.row), [Incoming(op.key, result.version, list(result.row.values()))]
        )  # fmt: skip
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
            store.cursor.execute(
                "INSERT INTO row_state (tbl, pk, scope, version, schema, digest, mark) VALUES (?, ?, ?, ?, 0, NULL, 0)"
                " ON CONFLICT (tbl, pk) DO UPDATE SET scope = excluded.scope, version = excluded.version,"
                " schema = 0",
                (op.table, op.key, followed, result.version),
            )
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
