"""The last steps of a visit over a real store: order guidance and wrap-up, with empty steps around them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, QUrl, Slot

from app.domain.visit import Step
from app.runtime.clock import Clock
from app.services.guidance import Guidance, order_advisor
from app.services.summaries import Summaries
from app.services.visits import Visits
from app.services.wrap_ups import WrapUps
from app.storage.database import Database
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.visit.step import VisitStep
from app.ui.pages.visit.step_advice import StepAdvice
from app.ui.pages.visit.step_wrap_up import StepWrapUp
from app.ui.pages.visit.visit_page import VisitPage
from app.ui.pages.visit.visit_view_model import VisitViewModel

if TYPE_CHECKING:
    from app.domain.playbook import Playbook


class _Brief(VisitStep):
    step: ClassVar[Step] = Step.BRIEF


class _Stock(VisitStep):
    step: ClassVar[Step] = Step.STOCK


class _Improvement(VisitStep):
    step: ClassVar[Step] = Step.IMPROVEMENT


@dataclass
class WrapUpRoom:
    """The services behind the last steps."""

    visits: Visits
    guidance: Guidance
    summaries: Summaries
    wrap_ups: WrapUps
    clock: Clock
    playbook: "Playbook"

    @classmethod
    def over(cls, database: Database, clock: Clock, playbook: "Playbook") -> "WrapUpRoom":
        advisor = order_advisor(playbook)
        return cls(
            Visits(database, clock, playbook),
            Guidance(database, clock, playbook, advisor),
            Summaries(database, clock, playbook, advisor),
            WrapUps(database, clock, playbook, advisor),
            clock,
            playbook,
        )

    def make_page(self, tasks: TaskRunner) -> VisitPage:
        model = VisitViewModel(self.visits, tasks, ChangeBus(tasks), self.clock)
        steps = (
            _Brief(model.draft),
            _Stock(model.draft),
            StepAdvice(model.draft, self.guidance, tasks, self.playbook),
            _Improvement(model.draft),
            StepWrapUp(model, self.wrap_ups, self.summaries, tasks, self.playbook),
        )
        page = VisitPage(model, steps)
        model.setParent(page)
        return page


class OpenedFiles(QObject):
    """Takes the place of the system's viewers: remembers what would be opened."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        """Remember a file."""
        self.urls.append(url)
