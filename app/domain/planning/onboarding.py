"""The first visits to a new customer as a checklist: which steps there are, which were done, which come next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.playbook import OnboardingStep


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step of the checklist, and on which day and at which visit it was done; None while it is open."""

    step: OnboardingStep
    done_on: date | None = None
    visit: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ticked:
    """The codes of the steps that were done at a visit."""

    day: date
    visit: UUID
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Onboarding:
    """The checklist of a shop."""

    steps: tuple[StepDone, ...]
    visits: int
    """How many visits were made."""

    @property
    def open(self) -> tuple[StepDone, ...]:
        """The steps that were not done yet."""
        return tuple(one for one in self.steps if one.done_on is None)

    @property
    def due(self) -> tuple[StepDone, ...]:
        """The open steps that the next visit is for; all that are open where none is put later."""
        now = tuple(one for one in self.open if one.step.at_visit <= self.visits + 1)
        return now or self.open[:1]

    @property
    def done(self) -> tuple[StepDone, ...]:
        """The steps that were done, in the order of the checklist."""
        return tuple(one for one in self.steps if one.done_on is not None)

    @property
    def is_complete(self) -> bool:
        """Whether every step was done."""
        return not self.open


def read_checklist(steps: Iterable[OnboardingStep], ticked: Iterable[Ticked], visits: int) -> Onboarding:
    """Return the checklist after so many visits; a step that was ticked twice was done the first time."""
    first: dict[str, Ticked] = {}
    for one in sorted(ticked, key=lambda one: one.day):
        for code in one.codes:
            first.setdefault(code, one)
    return Onboarding(tuple(_step(step, first.get(step.code)) for step in steps), visits)


def ticked_anew(checklist: Onboarding, at: Ticked) -> Onboarding:
    """Return the checklist with the ticks of one visit as they are now; those of other visits stay."""
    steps = tuple(
        one if one.visit not in {None, at.visit} else _step(one.step, at if one.step.code in at.codes else None)
        for one in checklist.steps
    )
    return Onboarding(steps, checklist.visits)


def _step(step: OnboardingStep, at: Ticked | None) -> StepDone:
    return StepDone(step) if at is None else StepDone(step, at.day, at.visit)
