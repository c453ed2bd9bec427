"""Improvement plans: raise one item from its state to a better one by up to three measures, and judge the outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.diagnosis import Item, Measure, State
from app.domain.problems import Problem, Refusal


class PlanType(StrEnum):
    """The three kinds of plans that head office counts."""

    C_TO_B = "C→B"
    B_TO_A = "B→A"
    C_TO_A = "C→A"


class Verdict(StrEnum):
    """Self-assessment or the supervisor's: reached or not."""

    YES = "Y"
    NO = "N"


class CauseKind(StrEnum):
    """Why a plan was not reached: by what lay with people, or by what did not."""

    SUBJECTIVE = "subjective"
    OBJECTIVE = "objective"


@dataclass(frozen=True, slots=True)
class Cause:
    """The cause of a plan that was not reached."""

    kind: CauseKind
    text: str


_TYPES = {
    (State.C, State.B): PlanType.C_TO_B,
    (State.B, State.A): PlanType.B_TO_A,
    (State.C, State.A): PlanType.C_TO_A,
}


def plan_type(current: State | None, target: State) -> PlanType | None:
    """Return the kind of plan, or None where the target is not better than the current state."""
    return _TYPES.get((current, target)) if current is not None else None


def targets(current: State | None) -> tuple[State, ...]:
    """Return the states that a plan may aim at, the nearest first."""
    return tuple(t for t in (State.B, State.A) if plan_type(current, t))


def chosen(item: Item, measures: Sequence[str]) -> tuple[Measure, ...]:
    """Return the measures of the item with these codes, in the order of the playbook."""
    return tuple(m for m in item.measures if m.code in measures)


def support_requests(item: Item, measures: Sequence[str], asked: Sequence[str] = ()) -> tuple[Measure, ...]:
    """Return the measures that go up to head office: those that always do, and those the manager asks help for."""
    return tuple(m for m in chosen(item, measures) if m.support_request or (m.may_need_support and m.code in asked))


def waiting_for_approval(item: Item, measures: Sequence[str]) -> tuple[Measure, ...]:
    """Return the measures that must not begin before the compliance approval."""
    return tuple(m for m in chosen(item, measures) if m.compliance)


def refusals_to_plan(
    item: Item, current: State | None, target: State, measures: Sequence[str], *, max_measures: int = 3
) -> tuple[Refusal, ...]:
    """Return every reason why this plan cannot be made."""
    refusals: list[Refusal] = []
    if current is None:
        refusals.append(Refusal(Problem.ANSWER_MISSING, item.code))
    elif plan_type(current, target) is None:
        refusals.append(Refusal(Problem.TARGET_NOT_BETTER, item.code))
    if not measures:
        refusals.append(Refusal(Problem.ANSWER_MISSING, f"{item.code}.measures"))
    if len(measures) > max_measures:
        refusals.append(Refusal(Problem.TOO_MANY_MEASURES, item.code))
    foreign = (code for code in dict.fromkeys(measures) if item.measure(code) is None)
    refusals.extend(Refusal(Problem.BAD_VALUE, code) for code in foreign)
    twice = (code for code in dict.fromkeys(measures) if measures.count(code) > 1)
    refusals.extend(Refusal(Problem.BAD_VALUE, code) for code in twice)
    return tuple(refusals)


def refusals_to_assess(verdict: Verdict, cause: Cause | None, subject: str = "") -> tuple[Refusal, ...]:
    """Return why this assessment is not complete: a plan that was not reached needs its cause in words."""
    if verdict is Verdict.YES or (cause is not None and cause.text.strip()):
        return ()
    return (Refusal(Problem.CAUSE_MISSING, subject),)
