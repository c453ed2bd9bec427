"""What a manager does with the tasks of head office: take them on, report them done, say why one cannot be done."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from app.domain.changes import Changes, Kind
from app.domain.problems import Problem, Refusal, RuleError
from app.domain.tasks import Report, TaskState, may_go_back, refusals_to_report
from app.runtime.clock import Clock
from app.services.tasks_reading import TaskLine, read_board, read_of_customer
from app.storage.database import Database

__all__ = ["TaskLine", "Tasks"]

_STANDS = "SELECT state, report_note, report_reason, report_visit_id FROM task WHERE id = ? AND deleted_at IS NULL"
_TAKEN = ("applied", "merged")
_REPORTED = ("state", "report_note", "report_reason", "report_visit_id")


class Tasks:
    """The tasks of the manager whose laptop this is."""

    def __init__(self, database: Database, clock: Clock, actor: str = "manager") -> None:
        self._database = database
        self._clock = clock
        self._actor = actor

    def board(self, day: date | None = None) -> tuple[TaskLine, ...]:
        """Return what is open, most urgent first, and below it what was reported in the last days."""
        with self._database.look() as cursor:
            return read_board(cursor, day or self._clock.today())

    def of_customer(self, customer_id: UUID) -> tuple[TaskLine, ...]:
        """Return every task of a shop, the open ones first."""
        with self._database.look() as cursor:
            return read_of_customer(cursor, customer_id, self._clock.today())

    def accept(self, task_id: UUID) -> Changes:
        """Take a task on. Raises RuleError where that step is not possible any more."""
        return self._report(task_id, Report(TaskState.ACCEPTED))

    def report_done(self, task_id: UUID, note: str | None = None, visit_id: UUID | None = None) -> Changes:
        """Report a task done; the record and the photos of the visit are the evidence."""
        return self._report(task_id, Report(TaskState.DONE, note, None, visit_id))

    def report_cannot(self, task_id: UUID, reason: str, visit_id: UUID | None = None) -> Changes:
        """Say why a task cannot be done. Raises RuleError with REASON_MISSING without one."""
        return self._report(task_id, Report(TaskState.CANNOT, None, reason, visit_id))

    def take_back(self, task_id: UUID, to: Report | None = None) -> Changes:
        """Take back what has not been sent yet: to a report before it, else to what head office knows.

        Raises RuleError with CHANGED_AGAIN once it is on its way.
        """
        with self._database.write_plain() as cursor:
            stands, told = _stands(cursor, task_id), _told(cursor, task_id)
            is_past = to is not None and told is not None and not may_go_back(told.state, to.state)
            if is_past or not _waits(cursor, task_id):
                raise RuleError(Refusal(Problem.CHANGED_AGAIN, "sent"))
            self._write(cursor, task_id, to or told or _before(stands))
        return Changes.of(Kind.TASK, task_id)

    def report_of(self, task_id: UUID) -> Report:
        """Return what the manager says of a task now. Raises RuleError with NOT_FOUND."""
        with self._database.look() as cursor:
            return _stands(cursor, task_id)

    def _report(self, task_id: UUID, report: Report) -> Changes:
        with self._database.write_plain() as cursor:
            refusals = refusals_to_report(_stands(cursor, task_id).state, report)
            if refusals:
                raise RuleError(*refusals)
            self._write(cursor, task_id, report)
        return Changes.of(Kind.TASK, task_id)

    def _write(self, cursor: Any, task_id: UUID, report: Report) -> None:
        from app.models.exchange import Task  # noqa: PLC0415  Today is up before SQLAlchemy is imported
        from app.services.recording import record  # noqa: PLC0415

        is_report = report.state in {TaskState.DONE, TaskState.CANNOT}
        values = {
            "state": report.state.value,
            "report_note": (report.note or "").strip() or None,
            "report_reason": (report.reason or "").strip() or None,
            "report_visit_id": report.visit_id,
            "reported_at": self._clock.now() if is_report else None,
        }
        record(cursor, self._actor, Task, {"id": task_id}, values)


def _stands(cursor: Any, task_id: UUID) -> Report:
    found = cursor.execute(_STANDS, (task_id.hex,)).fetchone()
    if found is None:
        raise RuleError(Refusal(Problem.NOT_FOUND, "task"))
    state, note, reason, visit = found
    return Report(TaskState(state), note, reason, UUID(visit) if visit else None)


def _waits(cursor: Any, task_id: UUID) -> bool:
    """Tell whether the newest operation on the task has not left this laptop."""
    found = cursor.execute(
        "SELECT state FROM outbox WHERE tbl = 'task' AND row_id = ? ORDER BY no DESC LIMIT 1", (task_id.hex,)
    ).fetchone()
    return found is not None and found[0] == "pending"


def _told(cursor: Any, task_id: UUID) -> Report | None:
    """Return what head office was told of a task last; what is on its way counts as told. None: not by this laptop."""
    sent = cursor.execute(
        f"SELECT \"set\" FROM sent_op WHERE tbl = 'task' AND pk = ? AND status IN {_TAKEN} ORDER BY answered_at, no",  # noqa: S608
        (str(task_id),),
    ).fetchall()
    going = cursor.execute(
        "SELECT \"set\" FROM outbox WHERE tbl = 'task' AND row_id = ? AND state <> 'pending' ORDER BY no",
        (task_id.hex,),
    ).fetchall()
    values: dict[str, Any] = {}
    for (held,) in (*sent, *going):
        values |= {name: value for name, value in json.loads(held).items() if name in _REPORTED}
    if "state" not in values:
        return None
    visit = values.get("report_visit_id")
    return Report(
        TaskState(values["state"]),
        values.get("report_note"),
        values.get("report_reason"),
        UUID(visit) if visit else None,
    )


def _before(stands: Report) -> Report:
    """Return what a task goes back to where nobody remembers: accepted can follow any state a report was made from."""
    is_report = stands.state in {TaskState.DONE, TaskState.CANNOT}
    return Report(TaskState.ACCEPTED if is_report else TaskState.ASSIGNED)
