"""Writes the fields of a visit within one plain transaction: begins it, checks whose a row is, keeps the place."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from app.domain.problems import Problem, Refusal, RuleError
from app.domain.visit import VisitStatus, refusals_of_paper_times
from app.models.visit import Visit
from app.services.recording import record
from app.services.visit_reading import MODELS, Place, column_key
from app.services.visit_rows import VISIT_ROW, WRITABLE, RowChange, RowKind
from app.storage.colleagues import IS_OWN, colleague_of
from app.storage.facts import LAST_SERIAL
from app.storage.row_writer import stamp

_STATUS = (
    "SELECT status, customer_id, serial, day, arrived_at, left_at, paper_entered_at"
    " FROM visit WHERE id = ? AND deleted_at IS NULL"
)
_ALSO_MADE = (
    "SELECT 1 FROM visit WHERE customer_id = ? AND day = ? AND id <> ? AND status IN (?, ?)"  # noqa: S608
    f" AND deleted_at IS NULL AND {IS_OWN}"
)
_MADE = (VisitStatus.DONE.value, VisitStatus.IN_PROGRESS.value)
_TIMES = ("arrived_at", "left_at", "paper_entered_at")
_OWNERS = {
    RowKind.PLAN: "SELECT customer_id FROM improvement_plan WHERE id = ?",
    RowKind.PROMISE: "SELECT customer_id FROM promise WHERE id = ?",
    RowKind.PHOTO: "SELECT visit_id FROM photo WHERE id = ?",
}
_PUT_PLACE = (
    "INSERT INTO visit_cursor (visit_id, step, fields, at) VALUES (?, ?, ?, ?) ON CONFLICT (visit_id) DO UPDATE"
    " SET step = excluded.step, fields = json_patch(fields, excluded.fields), at = excluded.at"
)
_PUT_FACT = "INSERT INTO store_fact (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


class VisitWriter:
    """One transaction on one visit; the cursor is that of `Database.write_plain`."""

    def __init__(self, cursor: Any, actor: str, visit_id: UUID, now: datetime) -> None:
        self._cursor = cursor
        self._actor = actor
        self._visit_id = visit_id
        self._now = now
        found = cursor.execute(_STATUS, (visit_id.hex,)).fetchone()
        if found is None:
            raise RuleError(Refusal(Problem.NOT_FOUND, Visit.__tablename__))
        if colleague_of(cursor, visit_id):
            raise RuleError(Refusal(Problem.READ_ONLY_FIELD, Visit.__tablename__))
        self._status = VisitStatus(found[0])
        self._customer_id: str = found[1]
        self._serial: int | None = found[2]
        self._day = date.fromisoformat(found[3])
        self._times: dict[str, Any] = dict(zip(_TIMES, map(_moment, found[4:7]), strict=True))

    def begin(self, playbook_version: str) -> None:
        """Begin a planned visit: it gets the next serial number and keeps the version of the playbook."""
        if self._status is not VisitStatus.PLANNED:
            return
        serial = self._serial
        if serial is None:
            last = self._cursor.execute("SELECT value FROM store_fact WHERE key = ?", (LAST_SERIAL,)).fetchone()
            serial = int(last[0] if last else 0) + 1
            self._cursor.execute(_PUT_FACT, (LAST_SERIAL, str(serial)))
        values = {
            "serial": serial,
            "status": VisitStatus.IN_PROGRESS.value,
            "started_at": self._now,
            "playbook_version": playbook_version,
        }
        record(self._cursor, self._actor, Visit, {"id": self._visit_id}, values)
        self._status = VisitStatus.IN_PROGRESS

    def mark_paper(self, playbook_version: str) -> None:
        """Begin a visit that was written down on paper, and keep that it is entered later; the first time stays.

        Raises RuleError: ALREADY_COMPLETED if it has ended or another visit of the shop was made that day, BAD_VALUE if
        its day lies ahead.
        """
        values = (self._customer_id, self._day.isoformat(), self._visit_id.hex, *_MADE)
        if self._status.ended or self._cursor.execute(_ALSO_MADE, values).fetchone() is not None:
            raise RuleError(Refusal(Problem.ALREADY_COMPLETED))
        if self._day > self._now.astimezone().date():
            raise RuleError(Refusal(Problem.BAD_VALUE, "day"))
        self.begin(playbook_version)
        if self._times["paper_entered_at"] is None:
            self.write((RowChange(VISIT_ROW, {"paper_entered_at": self._now}),))

    def write(self, changes: Sequence[RowChange]) -> None:
        """Write the fields of rows. Raises RuleError as `Visits.record` says."""
        if changes and self._status.ended:
            raise RuleError(Refusal(Problem.ALREADY_COMPLETED))
        for change in changes:
            self._write_row(change)

    def put_place(self, place: Place) -> None:
        """Keep the step and, where one is named, the field of that step; the fields of the other steps stay."""
        fields = json.dumps({place.step.value: place.field} if place.field else {})
        parameters = (self._visit_id.hex, place.step.value, fields, stamp(self._now))
        self._cursor.execute(_PUT_PLACE, parameters)

    def _write_row(self, change: RowChange) -> None:
        kind = change.key.kind
        if kind is RowKind.VISIT:
            self._check_times(change.values)
        foreign = [name for name in change.values if name not in WRITABLE[kind]]
        if foreign:
            raise RuleError(*(Refusal(Problem.READ_ONLY_FIELD, name) for name in foreign))
        values: dict[str, Any] = {n: list(v) if isinstance(v, tuple) else v for n, v in change.values.items()}
        if kind in _OWNERS:
            values |= self._owner_of_new_row(change)
        record(self._cursor, self._actor, MODELS[kind], column_key(change.key, self._visit_id), values)

    def _check_times(self, values: Mapping[str, Any]) -> None:
        """Refuse times of a paper visit that cannot be; of another one the program alone says when it ended."""
        self._times |= {name: values[name] for name in _TIMES if name in values}
        arrived, left, entered = (self._times[name] for name in _TIMES)
        if entered is not None and not values.keys().isdisjoint(_TIMES):
            refusals = refusals_of_paper_times(self._day, arrived, left, self._now)
            if refusals:
                raise RuleError(*refusals)
        elif values.get("left_at") is not None:
            raise RuleError(Refusal(Problem.READ_ONLY_FIELD, "left_at"))

    def _owner_of_new_row(self, change: RowChange) -> Mapping[str, Any]:
        """Return what a plan or promise made now must carry; refuse a row that belongs to another shop or visit."""
        kind, part = change.key.kind, change.key.part
        row_id = part.hex if isinstance(part, UUID) else ""
        found = self._cursor.execute(_OWNERS[kind], (row_id,)).fetchone()
        if found is None and kind is not RowKind.PHOTO and row_id:
            return {"visit_id": self._visit_id, "customer_id": UUID(self._customer_id)}
        if found is None or found[0] != (self._visit_id.hex if kind is RowKind.PHOTO else self._customer_id):
            raise RuleError(Refusal(Problem.NOT_FOUND, kind.value))
        return {}


def _moment(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored).replace(tzinfo=UTC)
