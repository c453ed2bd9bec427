"""Tasks of head office: which steps a manager may make, what a report needs, how urgent a task is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.problems import Problem, Refusal

_SOON = timedelta(days=2)
EVIDENCE = "task:"
"""With the id of the task: the `item` of a photo that proves it."""


class TaskState(StrEnum):
    """How far a task is."""

    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    DONE = "done"
    CANNOT = "cannot"
    CANCELLED = "cancelled"
    """Head office does not want it any more; only head office says so."""

    @property
    def is_open(self) -> bool:
        """Whether the manager still has something to do or to say."""
        return self in {TaskState.ASSIGNED, TaskState.ACCEPTED}


STEPS: Mapping[TaskState, frozenset[TaskState]] = {
    TaskState.ASSIGNED: frozenset({TaskState.ACCEPTED, TaskState.DONE, TaskState.CANNOT}),
    TaskState.ACCEPTED: frozenset({TaskState.DONE, TaskState.CANNOT}),
    TaskState.DONE: frozenset(),
    TaskState.CANNOT: frozenset({TaskState.ACCEPTED, TaskState.DONE}),
    TaskState.CANCELLED: frozenset({TaskState.DONE}),
}
"""The steps of a manager; head office decides by the same (a test holds both against each other)."""


class Due(StrEnum):
    """How near the day is on which a task is due."""

    NONE = "none"
    LATER = "later"
    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Report:
    """What the manager says of a task: its state, what was done or why it cannot be, and at which visit."""

    state: TaskState
    note: str | None = None
    reason: str | None = None
    visit_id: UUID | None = None


def refusals_to_report(stands: TaskState, report: Report) -> tuple[Refusal, ...]:
    """Return every reason why a task cannot be led to this report."""
    found: list[Refusal] = []
    if report.state not in STEPS[stands]:
        found.append(Refusal(Problem.CHANGED_AGAIN, stands.value))
    if report.state is TaskState.CANNOT and not (report.reason or "").strip():
        found.append(Refusal(Problem.REASON_MISSING, "reason"))
    return tuple(found)


def may_go_back(told: TaskState, to: TaskState) -> bool:
    """Tell whether a step can be taken back to a state, given the one that head office was told last."""
    return to is told or to in STEPS[told]


def due_of(due_on: date | None, today: date) -> Due:
    """Return how near the day is."""
    if due_on is None:
        return Due.NONE
    if due_on <= today:
        return Due.TODAY if due_on == today else Due.OVERDUE
    return Due.SOON if due_on <= today + _SOON else Due.LATER


def evidence_item(task_id: UUID) -> str:
    """Return what a photo carries in the place of a diagnosis item when it is the evidence of a task."""
    return f"{EVIDENCE}{task_id}"


def evidence_of(item: str | None) -> UUID | None:
    """Return the task whose evidence a photo is."""
    if item is None or not item.startswith(EVIDENCE):
        return None
    try:
        return UUID(item.removeprefix(EVIDENCE))
    except ValueError:
        return None
