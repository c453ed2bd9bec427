"""The first visits to a new customer as a checklist: which steps there are, which were done, which come next."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.playbook import OnboardingStep


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step of the checklist, and on which day it was done; None while it is open."""

    step: OnboardingStep
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Onboarding:
    """The checklist of a shop."""

    steps: tuple[StepDone, ...]
    visits: int
    """How many visits were made."""

    @property
    def open(self) -> tuple[OnboardingStep, ...]:
        """The steps that were not done yet."""
        return tuple(one.step for one in self.steps if one.done_on is None)

    @property
    def due(self) -> tuple[OnboardingStep, ...]:
        """The open steps that the next visit is for; all that are open where none is put later."""
        now = tuple(step for step in self.open if step.at_visit <= self.visits + 1)
        return now or self.open[:1]

    @property
    def is_complete(self) -> bool:
        """Whether every step was done."""
        return not self.open


def read_checklist(steps: Iterable[OnboardingStep], done: Mapping[date, Collection[str]], visits: int) -> Onboarding:
    """Return the checklist after so many visits; `done` are the codes that were done, by day."""
    first: dict[str, date] = {}
    for day in sorted(done):
        for code in done[day]:
            first.setdefault(code, day)
    return Onboarding(tuple(StepDone(step, first.get(step.code)) for step in steps), visits)
