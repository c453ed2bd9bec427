"""What sync left for a person: refused records and clashing values; and what of today there is to send."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.runtime.clock import Clock
from app.runtime.ids import new_id
from app.services.day_reading import SHOWN_NAME
from app.services.sync_facts import ConflictLine, DayNumbers, Place, RefusedRecord
from app.storage.database import Database
from app.storage.facts import MANAGER, fact_of

_OF_VISIT = frozenset(
    {"stock_count", "shelf_check", "diagnosis_rating", "advice_line", "improvement_plan", "promise", "photo"}
)
_OF_CUSTOMER = frozenset({"visit", "task", "change_proposal"})
_MOST = 200
"""Lines shown at once; the count above them tells of all."""


class SyncInbox:
    """Reads what needs a person, and writes down what the person decides."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def day(self) -> DayNumbers:
        """Return what was recorded today."""
        today = self._clock.today().isoformat()
        of_today = "JOIN visit v ON v.id = x.visit_id WHERE v.day = ? AND v.deleted_at IS NULL AND x.deleted_at IS NULL"
        with self._database.look() as cursor:

            def numbers(sql: str) -> tuple[int, ...]:
                return tuple(cursor.execute(sql, (today,)).fetchone())

            (visits,) = numbers(
                "SELECT count(*) FROM visit WHERE day = ? AND deleted_at IS NULL AND started_at IS NOT NULL"
            )
            (ratings,) = numbers(f"SELECT count(*) FROM diagnosis_rating x {of_today}")  # noqa: S608
            (advice,) = numbers(f"SELECT count(*) FROM advice_line x {of_today}")  # noqa: S608
            photos, size = numbers(f"SELECT count(*), coalesce(sum(x.byte_size), 0) FROM photo x {of_today}")  # noqa: S608
        return DayNumbers(visits, ratings, advice, photos, size)

    def refused(self) -> tuple[RefusedRecord, ...]:
        """Return the records that head office did not take and nobody has dealt with, newest first."""
        with self._database.look() as cursor:
            rows = cursor.execute(
                "SELECT id, tbl, pk, status, reason, made_at, \"set\" FROM refused_op WHERE state = 'open'"
                " ORDER BY refused_at DESC, made_at DESC LIMIT ?",
                (_MOST,),
            ).fetchall()
            return tuple(
                RefusedRecord(
                    key,
                    table,
                    status,
                    reason,
                    _moment(made_at),
                    tuple(json.loads(values)),
                    _place(cursor, table, pk, json.loads(values)),
                )
                for key, table, pk, status, reason, made_at, values in rows
            )

    def set_aside(self, key: str) -> None:
        """Take a refused record off the list; its values stay in the store."""
        with self._database.note() as cursor:
            cursor.execute("UPDATE refused_op SET state = 'dismissed' WHERE id = ? AND state = 'open'", (key,))

    def conflicts(self) -> tuple[ConflictLine, ...]:
        """Return the fields that both sides changed and that a person shall look at, record by record."""
        return self._conflicts("state = 'open'")

    def merged(self) -> tuple[ConflictLine, ...]:
        """Return what was merged by a rule or decided before, and can still be turned round."""
        return self._conflicts("state != 'open'")

    def _conflicts(self, which: str) -> tuple[ConflictLine, ...]:
        with self._database.look() as cursor:
            rows = cursor.execute(
                "SELECT id, tbl, pk, field, theirs, yours, theirs_by, theirs_at, yours_at, kept FROM sync_conflict"  # noqa: S608
                f" WHERE {which} AND deleted_at IS NULL ORDER BY tbl, pk, yours_at, field LIMIT ?",
                (_MOST,),
            ).fetchall()
            return tuple(_line(cursor, row) for row in rows)

    def decide(self, choices: Mapping[str, str]) -> None:
        """Queue decisions (theirs or yours) for head office, which carries them out; a later one takes the place."""
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
        with self._database.write_plain() as cursor:
            actor = fact_of(cursor, MANAGER) or "manager"
            for key, choice in choices.items():
                cursor.execute("DELETE FROM outbox WHERE row_id = ? AND kind = 'command' AND state = 'pending'", (key,))
                found = cursor.execute("SELECT revision FROM sync_conflict WHERE id = ?", (key,)).fetchone()
                if found is None:
                    continue
                values = json.dumps({"command": "resolve_conflict", "choice": choice})
                cursor.execute(
                    'INSERT INTO outbox (id, tbl, row_id, kind, base, "set", made_at, made_by, state)'
                    " VALUES (?, 'sync_conflict', ?, 'command', ?, ?, ?, ?, 'pending')",
                    (new_id().hex, key, found[0], values, now, actor),
                )


def _line(cursor: Any, row: tuple[Any, ...]) -> ConflictLine:
    key, table, pk, field, theirs, yours, theirs_by, theirs_at, yours_at, kept = row
    return ConflictLine(
        key,
        table,
        field,
        _before(cursor, pk, field) if table == "customer" else None,
        _value(theirs),
        _value(yours),
        theirs_by or "",
        None if theirs_at is None else _moment(theirs_at),
        _moment(yours_at),
        kept,
        _decided(cursor, key),
        _place(cursor, table, pk, {}),
    )


def _decided(cursor: Any, key: str) -> str:
    found = cursor.execute(
        "SELECT \"set\" FROM outbox WHERE row_id = ? AND kind = 'command' ORDER BY no DESC LIMIT 1", (key,)
    ).fetchone()
    return "" if found is None else str(json.loads(found[0]).get("choice") or "")


def _before(cursor: Any, pk: str, field: str) -> str | None:
    """Return what stood in the field before the manager changed it last."""
    found = cursor.execute(
        "SELECT old FROM customer_change WHERE customer_id = ? AND field = ? AND changed_by != 'head office'"
        " ORDER BY changed_at DESC LIMIT 1",
        (_held(pk), field),
    ).fetchone()
    return None if found is None else found[0]


def _place(cursor: Any, table: str, pk: str, values: Mapping[str, Any]) -> Place:
    """Return shop and visit of a record; what is not in the store any more is told by its own values."""
    held, visit, customer = _held(pk), None, None
    if table == "customer":
        customer = held
    elif table in _OF_VISIT or table in _OF_CUSTOMER:
        column = "visit_id" if table in _OF_VISIT else "customer_id"
        found = cursor.execute(f'SELECT {column} FROM "{table}" WHERE id = ?', (held,)).fetchone()  # noqa: S608
        parent = found[0] if found is not None else _held(str(values.get(column) or ""))
        if table in _OF_VISIT:
            visit = parent
        else:
            customer, visit = parent, held if table == "visit" and found is not None else None
    if visit is not None:
        found = cursor.execute("SELECT customer_id FROM visit WHERE id = ?", (visit,)).fetchone()
        visit, customer = (visit, found[0]) if found is not None else (None, customer)
    if not customer:
        return Place()
    named = cursor.execute(f"SELECT {SHOWN_NAME} FROM customer WHERE id = ?", (customer,)).fetchone()  # noqa: S608
    if named is None:
        return Place()
    return Place(named[0] or "", UUID(customer), UUID(visit) if visit else None)


def _held(pk: str) -> str:
    """Return a key as the tables hold it."""
    try:
        return UUID(pk).hex
    except ValueError:
        return pk


def _value(held: str | None) -> object:
    return None if held is None else json.loads(held)


def _moment(held: str) -> datetime:
    return datetime.fromisoformat(held).replace(tzinfo=UTC)
