"""The words of the steps with a new customer: how many are done, when each was, which are for the visit at hand."""

from PySide6.QtCore import QObject

from app.domain.planning.onboarding import Onboarding, StepDone
from app.ui.look.formats import format_short_date
from app.ui.look.sentences import joined
from app.ui.look.translations import current_language
from app.ui.widgets.tones import Tone


class OnboardingWords(QObject):
    """Puts the checklist of a new customer into the language shown."""

    def title(self) -> str:
        """Return what a shop with a checklist is."""
        return self.tr("New customer")

    def heading(self, checklist: Onboarding) -> str:
        """Return the title with how many steps are done."""
        return _counted(self.tr("New customer: %1 of %2 steps done"), checklist)

    def summary(self, checklist: Onboarding) -> str:
        """Return how far the checklist is, and what comes next, as sentences."""
        count = _counted(self.tr("%1 of %2 steps done."), checklist)
        if checklist.is_complete:
            return count
        return joined((count, self.tr("Next: %1.").replace("%1", self.step(checklist.due[0]))))

    def step(self, one: StepDone) -> str:
        """Return what is done in a step."""
        return one.step.name.of(current_language())

    def chip(self, one: StepDone, checklist: Onboarding) -> tuple[str, Tone]:
        """Return when a step was done, or at which visit it is to be done at the latest."""
        if one.done_on is not None:
            return format_short_date(one.done_on), Tone.GREEN
        if one in checklist.due:
            return self.tr("this visit"), Tone.AMBER
        return self.tr("visit %1").replace("%1", str(one.step.at_visit)), Tone.GREY

    def lines(self, checklist: Onboarding | None) -> list[tuple[str, str, Tone]]:
        """Return chip, words and tone of each step while one is open; none for a shop that needs no more."""
        if checklist is None or checklist.is_complete:
            return []
        return [(chip, self.step(one), tone) for one in checklist.steps for chip, tone in [self.chip(one, checklist)]]


def _counted(words: str, checklist: Onboarding) -> str:
    return words.replace("%1", str(len(checklist.done))).replace("%2", str(len(checklist.steps)))
