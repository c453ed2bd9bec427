"""What sync left for a person: refused records and clashing values; and what of today there is to send."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.runtime.clock import Clock
from app.runtime.ids import new_id
from app.services.day_handed_on import handed_on_numbers
from app.services.day_reading import SHOWN_NAME
from app.services.sync_facts import ConflictLine, DayNumbers, Place, RefusedRecord
from app.services.sync_happenings import Happening, note_read, read_happenings
from app.storage.colleagues import IS_OWN
from app.storage.database import Database
from app.storage.facts import MANAGER, SHOPS_GONE, fact_of
from app.storage.handed_on import IS_HANDED_ON

_OF_VISIT = frozenset(
    {"stock_count", "shelf_check", "diagnosis_rating", "advice_line", "improvement_plan", "promise", "photo"}
)
_OF_CUSTOMER = frozenset({"visit", "task", "change_proposal"})
_OTHER = {"theirs": "yours", "yours": "theirs"}
_MOST = 200
"""Lines shown at once; the count above them tells of all."""


class SyncInbox:
    """Reads what needs a person, and writes down what the person decides."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def day(self) -> DayNumbers:
        """Return what was recorded today, at shops that were handed on since too."""
        day = self._clock.today()
        today = day.isoformat()
        of_today = (
            "JOIN visit ON visit.id = x.visit_id WHERE visit.day = ? AND visit.deleted_at IS NULL"
            f" AND x.deleted_at IS NULL AND {IS_OWN}"
        )
        with self._database.look() as cursor:

            def numbers(sql: str) -> tuple[int, ...]:
                return tuple(cursor.execute(sql, (today,)).fetchone())

            # As on the receipt: a visit is one that was made, and a stop that is only planned is none.
            visits, under_way = numbers(
                "SELECT count(*) FILTER (WHERE status = 'done'), count(*) FILTER (WHERE status = 'in_progress')"  # noqa: S608
                f" FROM visit WHERE day = ? AND deleted_at IS NULL AND {IS_OWN}"
            )
            (ratings,) = numbers(f"SELECT count(*) FROM diagnosis_rating x {of_today}")  # noqa: S608
            (advice,) = numbers(f"SELECT count(*) FROM advice_line x {of_today}")  # noqa: S608
            # A picture that was also chosen to prove a task is one photo, as on the receipt.
            photos, size = numbers(
                "SELECT count(*), coalesce(sum(size), 0) FROM (SELECT max(x.byte_size) AS size"  # noqa: S608
                f" FROM photo x {of_today} GROUP BY x.visit_id, x.sha256)"
            )
            left = handed_on_numbers(cursor, day)
        return DayNumbers(visits, ratings, advice, photos, size, under_way) + left

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

    def happenings(self) -> tuple[Happening, ...]:
        """Return what sync did by itself, newest first."""
        return read_happenings(self._database)

    def note_read(self, no: int) -> None:
        """Note that the notices up to this line of the log were read."""
        note_read(self._database, no)

    def conflicts(self) -> tuple[ConflictLine, ...]:
        """Return the fields that both sides changed and that a person shall look at, record by record."""
        return self._conflicts(f"state = 'open' AND NOT {IS_HANDED_ON}", "tbl, pk, yours_at, field")

    def merged(self) -> tuple[ConflictLine, ...]:
        """Return what was merged by a rule, decided before or handed on to others, newest first."""
        return self._conflicts(
            f"(state != 'open' OR {IS_HANDED_ON})", "coalesce(resolved_at, yours_at) DESC, tbl, pk, field"
        )

    def _conflicts(self, which: str, order: str) -> tuple[ConflictLine, ...]:
        with self._database.look() as cursor:
            me = fact_of(cursor, MANAGER) or ""
            rows = cursor.execute(
                "SELECT id, tbl, pk, field, theirs, yours, theirs_by, theirs_at, yours_at, kept, yours_by, state,"  # noqa: S608
                f" resolved_by, resolved_at, operation, {IS_HANDED_ON} FROM sync_conflict"
                f" WHERE {which} AND deleted_at IS NULL ORDER BY {order} LIMIT ?",
                (_MOST,),
            ).fetchall()
            return tuple(_line(cursor, row, me) for row in rows)

    def decide(self, choices: Mapping[str, str]) -> None:
        """Queue decisions (theirs or yours) for head office, which carries them out; a later one takes the place."""
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
        with self._database.write_plain() as cursor:
            actor = fact_of(cursor, MANAGER) or "manager"
            for key, choice in choices.items():
                found = cursor.execute("SELECT revision FROM sync_conflict WHERE id = ?", (key,)).fetchone()
                if found is None:
                    continue
                values = json.dumps({"command": "resolve_conflict", "choice": choice})
                waiting = _waiting_decision(cursor, key)
                if waiting is not None:
                    # Changed in its place: the numbers of what waits stay without gaps.
                    cursor.execute(
                        'UPDATE outbox SET "set" = ?, base = ?, made_at = ?, made_by = ? WHERE no = ?',
                        (values, found[0], now, actor, waiting),
                    )
                    continue
                cursor.execute(
                    'INSERT INTO outbox (id, tbl, row_id, kind, base, "set", made_at, made_by, state)'
                    " VALUES (?, 'sync_conflict', ?, 'command', ?, ?, ?, ?, 'pending')",
                    (new_id().hex, key, found[0], values, now, actor),
                )

    def take_back(self, keys: Iterable[str]) -> None:
        """Take decisions back: one that has not left this laptop is undone, for another a new one is queued."""
        again: dict[str, str] = {}
        with self._database.write_plain() as cursor:
            for key in keys:
                waiting = _waiting_decision(cursor, key)
                if waiting is not None:
                    _close_up(cursor, waiting)
                    continue
                found = cursor.execute("SELECT kept FROM sync_conflict WHERE id = ?", (key,)).fetchone()
                stands = _decided(cursor, key) or (found[0] if found else "")
                if stands in _OTHER:
                    again[key] = _OTHER[stands]
        if again:
            self.decide(again)


def _waiting_decision(cursor: Any, key: str) -> int | None:
    """Return the number of a decision that waits and was never on its way."""
    found = cursor.execute(
        "SELECT no FROM outbox WHERE row_id = ? AND kind = 'command' AND state = 'pending' ORDER BY no DESC LIMIT 1",
        (key,),
    ).fetchone()
    return None if found is None else found[0]


def _close_up(cursor: Any, no: int) -> None:
    """Take an operation that was never on its way out of the queue; those behind it move up."""
    cursor.execute("DELETE FROM outbox WHERE no = ?", (no,))
    cursor.execute("UPDATE outbox SET no = 1 - no WHERE no > ?", (no,))
    cursor.execute("UPDATE outbox SET no = -no WHERE no < 0")
    cursor.execute("UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'outbox'")


def _line(cursor: Any, row: tuple[Any, ...], me: str) -> ConflictLine:
    key, table, pk, field, theirs, yours, theirs_by, theirs_at, yours_at, kept, *more = row
    yours_by, state, settled_by, settled_at, operation, handed_on = more
    before, knows_before = _before(cursor, table, pk, field, operation, yours_at)
    return ConflictLine(
        id=key,
        table=table,
        field=field,
        before=before,
        knows_before=knows_before,
        theirs=_value(theirs),
        yours=_value(yours),
        theirs_by=theirs_by or "",
        theirs_at=None if theirs_at is None else _moment(theirs_at),
        yours_at=_moment(yours_at),
        kept=kept,
        decided=_decided(cursor, key),
        place=_place(cursor, table, pk, {}),
        row=pk,
        yours_by="" if yours_by == me else yours_by or "",
        state=state,
        settled_by="" if settled_by == me else settled_by or "",
        settled_at=None if settled_at is None else _moment(settled_at),
        handed_on=bool(handed_on),
    )


def _decided(cursor: Any, key: str) -> str:
    found = cursor.execute(
        "SELECT \"set\" FROM outbox WHERE row_id = ? AND kind = 'command' ORDER BY no DESC LIMIT 1", (key,)
    ).fetchone()
    return "" if found is None else str(json.loads(found[0]).get("choice") or "")


def _before(cursor: Any, table: str, pk: str, field: str, operation: str, yours_at: str) -> tuple[object, bool]:
    """Return what stood in the field before the change that clashed, and whether that is known here.

    Known it is from the history, or from what was sent before.
    """
    if table == "customer":
        found = cursor.execute(
            "SELECT old FROM customer_change WHERE customer_id = ? AND field = ? AND changed_by != 'head office'"
            " ORDER BY abs(julianday(changed_at) - julianday(?)), changed_at DESC LIMIT 1",
            (_held(pk), field, yours_at),
        ).fetchone()
        return (None, False) if found is None else (found[0], True)
    found = cursor.execute(
        "SELECT json_extract(\"set\", '$.\"' || ? || '\"') FROM sent_op WHERE tbl = ? AND pk = ? AND kind != 'command'"
        " AND made_at < ? AND id != ? AND json_type(\"set\", '$.\"' || ? || '\"') IS NOT NULL"
        " ORDER BY made_at DESC, no DESC LIMIT 1",
        (field, table, pk, yours_at, operation, field),
    ).fetchone()
    return (None, False) if found is None else (found[0], True)


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
        gone: dict[str, str] = json.loads(fact_of(cursor, SHOPS_GONE) or "{}")
        return Place(gone.get(pk, ""))
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
