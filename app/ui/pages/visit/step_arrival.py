"""Step 2, arrival: when the manager came and who was met; or how the visit ends if it cannot be made."""

from datetime import datetime, time
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.domain.problems import Refusal
from app.domain.visit import Step, StepProgress
from app.services.visit_reading import VisitHead
from app.services.visit_rows import VISIT_ROW, RowKind
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.ending_panel import EndingPanel
from app.ui.pages.visit.paper_entry import PaperEntry
from app.ui.pages.visit.step import VisitStep
from app.ui.pages.visit.time_field import TimeField
from app.ui.pages.visit.typed_field import ProblemLabel
from app.ui.pages.visit.visit_draft import RowEvent
from app.ui.pages.visit.visit_view_model import Ending, VisitViewModel
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.note_field import NoteField
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.tones import Tone

_ASKED = ("arrived_at", "met")


class StepArrival(VisitStep):
    """One key says "here now"; the time can be mended afterwards."""

    step: ClassVar[Step] = Step.ARRIVAL
    side_least: ClassVar[float] = 22.5  # the reasons for an ending are no words that could be broken

    def __init__(self, model: VisitViewModel, playbook: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(model.draft, parent=parent)
        self._model = model
        self._people = playbook.enumerations["who_met"]
        self._build(playbook)
        self._wire()

    @override
    def load(self, head: VisitHead) -> None:
        self._time.forget_typed()
        self._paper.forget_typed()
        self._ending.reset(self.draft.now().date())
        self._render()

    @override
    def row_changed(self, event: RowEvent) -> None:
        if event.key.kind is RowKind.VISIT:
            self._render()

    @override
    def focus_field(self, key: str) -> None:
        if not key and self.draft.value(VISIT_ROW, "arrived_at") is None and not self._paper.is_on:
            self._now.setFocus()
        else:
            super().focus_field(key)

    @override
    def progress(self) -> StepProgress:
        asked = (*_ASKED, "left_at") if self._paper.is_on else _ASKED
        left = tuple(name for name in asked if self.draft.value(VISIT_ROW, name) is None)
        return StepProgress(self.step, len(asked) - len(left), len(asked), left)

    @override
    def retranslate(self) -> None:
        self._paper.retranslate()
        self._time_label.setText(self.tr("Arrived at"))
        self._time.setAccessibleName(self.tr("Arrived at"))
        self._now.setText(self.tr("I am here now"))
        self._met_label.setText(self.tr("Who was met"))
        self._met.set_choices(self._choices())
        self._met.set_name(self.tr("Who was met"))
        self._note_label.setText(self.tr("Note"))
        self._note.set_name(self.tr("Note on the arrival"), self.tr("For example: owner back at four"))
        self.side.set_title(self.tr("Cannot visit?"))
        self._ending.retranslate()
        if self.draft.is_open:
            self._render()

    def _choices(self) -> tuple[Choice, ...]:
        language = current_language()
        return tuple(Choice(one.code, one.name.of(language), Tone.GREEN) for one in self._people.choices)

    def _build(self, playbook: Playbook) -> None:
        theme = current_theme()
        self._time_label, self._met_label, self._note_label = (TextLabel("", "strong") for _ in range(3))
        self._time = TimeField()
        self._time.setObjectName("arrivedAt")
        self._time_problem = ProblemLabel(self._time)
        self._time_problem.setObjectName("arrivedAtProblem")
        self._now = Button("", kind="primary", icon="pin")
        self._now.setObjectName("arrivedNow")
        self._met = SegmentedChoice(self._choices())
        self._met.setObjectName("met")
        self._note = NoteField()
        self._note.setObjectName("metNote")
        line = QHBoxLayout()
        line.setSpacing(theme.size("gap"))
        line.addWidget(self._time)
        line.addWidget(self._now)
        line.addStretch(1)
        body = self.card.body
        body.addWidget(self._time_label)
        body.addLayout(line)
        body.addWidget(self._time_problem)
        self._paper = PaperEntry(self.draft)
        body.addWidget(self._paper)
        body.addSpacing(theme.size("gap"))
        body.addWidget(self._met_label)
        body.addWidget(self._met)
        body.addSpacing(theme.size("gap"))
        body.addWidget(self._note_label)
        body.addWidget(self._note)
        body.addStretch(1)
        self._ending = EndingPanel(playbook)
        side: QVBoxLayout = self.side.body
        side.addWidget(self._ending)
        side.addStretch(1)
        self.add_field("arrived_at", self._time)
        self.add_field("left_at", self._paper.left)
        self.add_field("met", self._met)
        self.add_field("met_note", self._note)

    def _wire(self) -> None:
        self._now.clicked.connect(self._on_now)
        self._time.limit = self._paper.against_arrival
        self._paper.begun.connect(self._on_paper_begun)
        self._time.edited.connect(self._on_time_edited)
        self._met.chosen.connect(self._on_met)
        self._note.edited.connect(self._on_note)
        self._ending.ending_requested.connect(self._on_ending_requested)
        self._model.finish_refused.connect(self._on_refused)

    def _render(self) -> None:
        arrived = self.draft.value(VISIT_ROW, "arrived_at")
        self._time.show_time(arrived.time().replace(second=0, microsecond=0) if isinstance(arrived, datetime) else None)
        self._paper.show_state()
        self._now.setVisible(arrived is None and not self.draft.is_read_only and not self._paper.is_on)
        met = self.draft.value(VISIT_ROW, "met")
        self._met.set_value(met if isinstance(met, str) else None)
        self._note.show_text(self.draft.value(VISIT_ROW, "met_note"))
        self.side.setVisible(not self.draft.is_read_only)
        left = self.progress().open
        self.set_footer_hint(self.tr("%1 still to enter").replace("%1", str(left)) if left else "")

    @Slot()
    def _on_now(self) -> None:
        self.draft.set(VISIT_ROW, arrived_at=self.draft.now().replace(microsecond=0))
        self._render()
        self.focus_field("met")

    @Slot()
    def _on_paper_begun(self) -> None:
        self._render()
        self._time.setFocus()

    @Slot(object)
    def _on_time_edited(self, typed: time | None) -> None:
        day = self.draft.head.day
        moment = None if typed is None else datetime.combine(day, typed).astimezone()
        self.draft.set(VISIT_ROW, arrived_at=moment)

    @Slot(object)
    def _on_met(self, code: str | None) -> None:
        self.draft.set(VISIT_ROW, met=code)

    @Slot(object)
    def _on_note(self, text: str | None) -> None:
        self.draft.set(VISIT_ROW, met_note=text)

    @Slot(object)
    def _on_ending_requested(self, ending: Ending) -> None:
        self._model.end_otherwise(ending)

    @Slot(object)
    def _on_refused(self, refusals: tuple[Refusal, ...]) -> None:
        if self._model.step is Step.ARRIVAL:
            self._ending.show_refusals(refusals)
