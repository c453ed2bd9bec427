"""The rules of a visit: its eight steps, how it may end, and what is still open in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.problems import Problem, Refusal


class Step(StrEnum):
    """The eight steps of a visit, in their order; a person may jump freely between them."""

    BRIEF = "brief"
    ARRIVAL = "arrival"
    STOCK = "stock"
    SHELF = "shelf"
    DIAGNOSIS = "diagnosis"
    ADVICE = "advice"
    IMPROVEMENT = "improvement"
    WRAP_UP = "wrap_up"

    @property
    def number(self) -> int:
        """The place of the step, from 1 to 8."""
        return STEPS.index(self) + 1

    def moved(self, by: int) -> "Step":
        """Return the step that many places on (or back), stopping at the first and the last."""
        return STEPS[min(max(STEPS.index(self) + by, 0), len(STEPS) - 1)]


STEPS: tuple[Step, ...] = tuple(Step)


class VisitStatus(StrEnum):
    """Where a visit stands; the last five are endings."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    MOVED = "moved"
    CLOSED = "closed"
    REFUSED = "refused"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether nothing more is entered in such a visit."""
        return self in ENDINGS

    @property
    def counts_as_visit(self) -> bool:
        """Whether the manager was served at the shop, so that the days since the last visit start again."""
        return self is VisitStatus.DONE


ENDINGS: frozenset[VisitStatus] = frozenset(VisitStatus) - {VisitStatus.PLANNED, VisitStatus.IN_PROGRESS}


def needs_reason(ending: VisitStatus) -> bool:
    """Tell whether an ending must say why: all but done."""
    return ending in ENDINGS and ending is not VisitStatus.DONE


def refusals_to_finish(
    current: VisitStatus,
    ending: VisitStatus,
    *,
    reason: str = "",
    required: Collection[str] = (),
    answered: Collection[str] = (),
    moved_to: date | None = None,
    today: date | None = None,
) -> tuple[Refusal, ...]:
    """Return every reason why a visit cannot end this way now; empty means that it can.

    `required` and `answered` name fields and matter only for done; a reason of white space is none. A move without a
    new day is allowed (the day rule brings the shop back by itself); with one, the day must lie after `today`.
    """
    if current.ended:
        return (Refusal(Problem.ALREADY_COMPLETED),)
    if not ending.ended:
        return (Refusal(Problem.BAD_VALUE, "ending"),)
    refusals: list[Refusal] = []
    if needs_reason(ending) and not reason.strip():
        refusals.append(Refusal(Problem.REASON_MISSING, ending.value))
    if moved_to is not None and (ending is not VisitStatus.MOVED or (today is not None and moved_to <= today)):
        refusals.append(Refusal(Problem.BAD_VALUE, "moved_to"))
    if ending is VisitStatus.DONE:
        if current is VisitStatus.PLANNED:
            refusals.append(Refusal(Problem.ANSWER_MISSING, Step.ARRIVAL.value))
        refusals += (Refusal(Problem.ANSWER_MISSING, field) for field in sorted(set(required) - set(answered)))
    return tuple(refusals)


def refusals_of_paper_times(
    day: date, arrived: datetime | None, left: datetime | None, now: datetime
) -> tuple[Refusal, ...]:
    """Return what cannot be right of the times of a visit that is entered later from paper; all moments are aware.

    Both lie on the day of the visit by the clock of this place, neither lies ahead, and nobody leaves before coming.
    """
    refusals = [
        Refusal(Problem.BAD_VALUE, name)
        for name, moment in (("arrived_at", arrived), ("left_at", left))
        if moment is not None and (moment > now or moment.astimezone().date() != day)
    ]
    if not refusals and arrived is not None and left is not None and left < arrived:
        refusals.append(Refusal(Problem.BAD_VALUE, "left_at"))
    return tuple(refusals)


MUST_CHECK = ("license_shown", "minors_sign")
"""The shelf checks that the law asks for at every visit."""


@dataclass(frozen=True, slots=True)
class FinishDoubts:
    """What is worth one question before a visit ends as done; nothing of it forbids the end."""

    unchecked: tuple[str, ...]
    """must-checks that nobody answered"""
    is_empty: bool
    """nothing at all was recorded"""

    def __bool__(self) -> bool:
        return bool(self.unchecked) or self.is_empty


def doubts_to_finish(answered: Collection[str], recorded: int) -> FinishDoubts:
    """Return what to ask before a visit ends: `answered` names shelf checks, `recorded` counts rows of findings."""
    unchecked = tuple(name for name in MUST_CHECK if name not in answered)
    return FinishDoubts(unchecked, is_empty=not recorded)


class StepState(StrEnum):
    """How far a step is filled in."""

    UNTOUCHED = "untouched"
    PARTLY = "partly"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class StepProgress:
    """What a step asks and what of it is answered; `open_fields` are in the order in which they are asked."""

    step: Step
    answered: int
    expected: int
    open_fields: tuple[str, ...]

    @property
    def open(self) -> int:
        """How many fields are still open."""
        return len(self.open_fields)

    @property
    def state(self) -> StepState:
        """Untouched, partly or complete; a step that asks nothing is complete."""
        if not self.open:
            return StepState.COMPLETE
        return StepState.PARTLY if self.answered else StepState.UNTOUCHED


def progress(expected: Mapping[Step, Collection[str]], answered: Collection[str]) -> tuple[StepProgress, ...]:
    """Count per step what is still open, for all eight steps in their order."""
    given = frozenset(answered)
    result: list[StepProgress] = []
    for step in STEPS:
        fields = tuple(dict.fromkeys(expected.get(step, ())))
        left = tuple(field for field in fields if field not in given)
        result.append(StepProgress(step, len(fields) - len(left), len(fields), left))
    return tuple(result)


def open_total(steps: Collection[StepProgress]) -> int:
    """Return how many fields of a visit are still open."""
    return sum(step.open for step in steps)
