"""Step 7, improvement plan (营销分析与计划执行评估表): assess earlier plans, then plan what to raise."""

from datetime import date
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.diagnosis import State
from app.domain.improvement import CauseKind
from app.domain.playbook import Playbook
from app.domain.visit import Step, StepProgress
from app.services.improvements import Improvements
from app.services.visit_reading import VisitHead
from app.services.visit_rows import RowKind, rating_row
from app.ui.background.task_runner import TaskRunner
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.earlier_plan_row import EarlierPlanRow
from app.ui.pages.visit.improvement_desk import ImprovementDesk
from app.ui.pages.visit.improvement_entry import EntryKind, PlanEntry
from app.ui.pages.visit.improvement_panel import ImprovementPanel
from app.ui.pages.visit.improvement_words import ImprovementWords
from app.ui.pages.visit.plan_row import PlanRow
from app.ui.pages.visit.step import VisitStep
from app.ui.pages.visit.visit_draft import RowEvent, VisitDraft
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.labels import TextLabel

Row = EarlierPlanRow | PlanRow
_JUDGE_FIRST = "judge"


class StepImprovement(VisitStep):
    """A plan aims at a better state by up to three measures; only what the shop can really do is planned."""

    step: ClassVar[Step] = Step.IMPROVEMENT

    def __init__(
        self,
        draft: VisitDraft,
        improvements: Improvements,
        tasks: TaskRunner,
        playbook: Playbook,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(draft, flush=True, parent=parent)
        self._desk = ImprovementDesk(draft, improvements, tasks, playbook, self)
        self._words = ImprovementWords(self)
        self._messages = Messages(self)
        self._causes = playbook.enumerations["cause_kind"]
        self._rows: dict[str, Row] = {}
        self._current = ""
        self._build()
        self._desk.changed.connect(self._render)
        self.field_focused.connect(self._on_focused)

    @override
    def load(self, head: VisitHead) -> None:
        self._desk.reset()
        self._current = ""
        if self.isVisible():
            self._render()

    @override
    def shown(self) -> None:
        self._render()
        self._desk.refresh()

    @override
    def row_changed(self, event: RowEvent) -> None:
        if event.key.kind in (RowKind.PLAN, RowKind.RATING) and self.isVisible():
            self._render_list(by_typing=event.by_typing)

    @override
    def focus_field(self, key: str) -> None:
        entry_id = key.partition(".")[0]
        left = [name for name in self.progress().open_fields if name in self._rows]
        if entry_id not in self._rows:
            key = entry_id = left[0] if left else next((entry.id for entry in self._desk.entries()), "")
        if entry_id in self._rows:
            self._select(entry_id)
            super().focus_field(key)
        else:
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def progress(self) -> StepProgress:
        asked = [entry for entry in self._entries() if self._is_asked(entry)]
        left = tuple(entry.id for entry in asked if not entry.is_complete)
        choice = self._choice_left()
        left += (choice,) if choice else ()
        expected = len(asked) + bool(choice)
        return StepProgress(self.step, expected - len(left), expected, left)

    def _choice_left(self) -> str:
        """Return what is still to be chosen: an item to judge first, or one judged B or C that could get a plan."""
        if not self.draft.is_open or any(e.is_planned for e in self._entries() if e.kind is not EntryKind.EARLIER):
            return ""
        if not any(row.get("state") for row in self.draft.rows(RowKind.RATING).values()):
            return _JUDGE_FIRST
        return next((entry.id for entry in self._entries() if entry.kind is EntryKind.TODAY), "")

    @override
    def retranslate(self) -> None:
        for row in self._rows.values():
            row.retranslate()
        for kind, heading in self._headings.items():
            heading.setText(self._heading(kind))
        self._empty.set_words(self.tr("Nothing to plan: judge the items first, or all of them stand at A."), "")
        self._panel.retranslate()
        if self.isVisible():
            self._render()

    def _build(self) -> None:
        theme = current_theme()
        pad, small = theme.size("pad"), theme.size("gap_small")
        self._problem = TextLabel("", "error", wrap=True)
        self._problem.setObjectName("improvementProblem")
        self._problem.setContentsMargins(pad, small, pad, small)
        self._problem.hide()
        self.card.body.addWidget(self._problem)
        self._headings: dict[EntryKind, TextLabel] = {}
        self._lists: dict[EntryKind, QVBoxLayout] = {}
        for kind in EntryKind:
            self._headings[kind] = TextLabel("", "strong", wrap=True)
            self._headings[kind].setContentsMargins(pad, small, pad, small)
            self._lists[kind] = QVBoxLayout()
            self._lists[kind].setSpacing(0)
            self.card.body.addWidget(self._headings[kind])
            self.card.body.addLayout(self._lists[kind])
        self._empty = EmptyState("check")
        self._empty.setObjectName("nothingToPlan")
        self.card.body.addWidget(self._empty)
        self.card.body.addStretch(1)
        self._panel = ImprovementPanel(self._words)
        self._panel.setObjectName("improvementPanel")
        self.side.body.addWidget(self._panel)
        self.side.body.addStretch(1)

    def _heading(self, kind: EntryKind) -> str:
        return {
            EntryKind.EARLIER: self.tr("Plans of earlier visits: assess them first"),
            EntryKind.TODAY: self.tr("Judged B or C today: plan only what this shop can really do"),
            EntryKind.BEFORE: self.tr("Not judged today; states of the last diagnosis"),
        }[kind]

    def _entries(self) -> list[PlanEntry]:
        return self._desk.entries() if self.draft.is_open else []

    def _is_asked(self, entry: PlanEntry) -> bool:
        """Whether the visit asks for this line: plans made now, and earlier ones whose day has come."""
        if entry.kind is not EntryKind.EARLIER:
            return entry.is_planned
        return entry.reached is not None or (entry.due is not None and entry.due <= self.draft.head.day)

    @Slot()
    def _render(self) -> None:
        self._problem.setVisible(self._desk.problem is not None)
        if self._desk.problem is not None:
            self._problem.setText(self._messages.of_error(self._desk.problem).whole)
        if self.draft.is_open:
            self._render_list(by_typing=False)
            self.progress_changed.emit()

    def _render_list(self, *, by_typing: bool) -> None:
        entries = self._entries()
        self._make_rows(entries)
        day = self.draft.head.day
        language = current_language()
        names = (self._rows[entry.id].name_width(entry.item.name.of(language)) for entry in entries)
        width = max(names, default=0)
        for entry in entries:
            self._rows[entry.id].set_name_width(width)
            self._rows[entry.id].show_entry(entry, day, by_typing=by_typing)
        for kind, heading in self._headings.items():
            heading.setVisible(any(entry.kind is kind for entry in entries))
        self._empty.setVisible(not entries)
        self._render_counts(entries)
        if self._current not in self._rows:
            self._current = entries[0].id if entries else ""
        self._render_current()

    def _make_rows(self, entries: list[PlanEntry]) -> None:
        """Have a widget for each line, in the order of the list; a line that stays keeps its widget and the focus."""
        wanted = {entry.id for entry in entries}
        for gone in [entry_id for entry_id in self._rows if entry_id not in wanted]:
            row = self._rows.pop(gone)
            self._forget_fields(gone)
            row.hide()
            row.deleteLater()
        places = dict.fromkeys(EntryKind, 0)
        for entry in entries:
            row = self._rows.get(entry.id)
            if row is None:
                row = self._rows[entry.id] = self._make_row(entry)
            layout = self._lists[entry.kind]
            if layout.indexOf(row) != places[entry.kind]:
                layout.insertWidget(places[entry.kind], row)
            places[entry.kind] += 1

    def _make_row(self, entry: PlanEntry) -> Row:
        if entry.kind is EntryKind.EARLIER:
            row: Row = self._make_earlier_row(entry)
        else:
            row = self._make_plan_row(entry)
        row.move_requested.connect(self._on_move_requested)
        row.retranslate()
        for widget in (row, row.done_note):
            widget.setEnabled(not self.draft.is_read_only)
        return row

    def _make_earlier_row(self, entry: PlanEntry) -> EarlierPlanRow:
        row = EarlierPlanRow(entry.id, self._words, self._causes)
        row.assessed.connect(self._on_assessed)
        row.cause_chosen.connect(self._on_cause_chosen)
        row.cause_edited.connect(self._on_cause_edited)
        row.actions_edited.connect(self._on_actions_edited)
        self.add_field(entry.id, row.choice)
        for part, widget in (("kind", row.cause), ("cause", row.cause_note), ("done", row.done_note)):
            self.add_field(f"{entry.id}.{part}", widget)
        return row

    def _make_plan_row(self, entry: PlanEntry) -> PlanRow:
        row = PlanRow(entry.item, self._words)
        row.target_chosen.connect(self._on_target_chosen)
        row.measure_chosen.connect(self._on_measure_chosen)
        row.help_asked.connect(self._on_help_asked)
        row.due_edited.connect(self._on_due_edited)
        row.actions_edited.connect(self._on_actions_edited)
        self.add_field(entry.id, row.choice)
        for number, measure in enumerate(row.measures, start=1):
            self.add_field(f"{entry.id}.m{number}", measure)
        self.add_field(f"{entry.id}.due", row.due)
        self.add_field(f"{entry.id}.done", row.done_note)
        return row

    def _forget_fields(self, entry_id: str) -> None:
        for key in [key for key in self._fields if key.partition(".")[0] == entry_id]:
            del self._fields[key]

    def _render_counts(self, entries: list[PlanEntry]) -> None:
        planned = sum(entry.is_planned and entry.kind is not EntryKind.EARLIER for entry in entries)
        self.card.set_hint(self.tr("%n plan(s) made today", "", planned) if planned else "")
        left = self.progress().open
        keys = self.tr("A or B sets the target, Y or N assesses, Tab goes into the details")
        self.set_footer_hint(
            self.tr("%n line(s) incomplete", "", left) if left else "" if self.is_narrow or not entries else keys
        )

    def _render_current(self) -> None:
        for entry_id, row in self._rows.items():
            row.set_current(is_current=entry_id == self._current)
        entry = self._desk.entry(self._current) if self._current else None
        self._panel.setVisible(entry is not None)
        if entry is not None:
            self.side.set_title(entry.item.name.of(current_language()))
            self._panel.show_entry(entry, self.draft.row(rating_row(entry.item.code)), self._desk.sheet)
        else:
            self.side.set_title(self.title())

    def _select(self, entry_id: str) -> None:
        if entry_id != self._current and entry_id in self._rows:
            self._current = entry_id
            self._render_current()
            # Its details have no height before the layout was done.
            QTimer.singleShot(0, self._scroll_to_current)

    @Slot()
    def _scroll_to_current(self) -> None:
        row = self._rows.get(self._current)
        area = row.parentWidget() if row is not None else None
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        body = area.widget() if area is not None else None
        if row is not None and area is not None and body is not None:
            top = row.mapTo(body, QPoint(0, 0)).y()
            area.ensureVisible(0, top + row.height(), 0, 0)
            area.ensureVisible(0, top, 0, 0)

    def _entry_of_sender(self) -> PlanEntry | None:
        sender = self.sender()
        return self._desk.entry(sender.entry_id) if isinstance(sender, (EarlierPlanRow, PlanRow)) else None

    @Slot(object)
    def _on_focused(self, key: str) -> None:
        self._select(key.partition(".")[0])

    @Slot(object)
    def _on_move_requested(self, by: int) -> None:
        ids = [entry.id for entry in self._entries()]
        at = ids.index(self._current) + by if self._current in ids else 0
        if at >= len(ids):
            self.next_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif at >= 0:
            self._rows[ids[at]].choice.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _on_target_chosen(self, target: State | None) -> None:
        entry = self._entry_of_sender()
        if entry is not None:
            self._desk.set_target(entry, target)

    @Slot(object)
    def _on_measure_chosen(self, measure: tuple[str, bool]) -> None:
        entry = self._entry_of_sender()
        if entry is not None:
            self._desk.choose_measure(entry, measure[0], chosen=measure[1])

    @Slot(object)
    def _on_help_asked(self, asked: bool) -> None:
        entry = self._entry_of_sender()
        if entry is not None:
            self._desk.ask_help(entry, asked=asked)

    @Slot(object)
    def _on_due_edited(self, day: date | None) -> None:
        entry = self._entry_of_sender()
        if entry is not None:
            self._desk.set_due(entry, day)

    @Slot(object)
    def _on_actions_edited(self, text: str | None) -> None:
        entry = self._entry_of_sender()
        if entry is not None:
            self._desk.set_actions(entry, text)

    @Slot(object)
    def _on_assessed(self, reached: bool | None) -> None:
        entry = self._entry_of_sender()
        if entry is not None:
            self._desk.assess(entry, reached=reached)

    @Slot(object)
    def _on_cause_chosen(self, kind: CauseKind | None) -> None:
        entry = self._entry_of_sender()
        if entry is not None:
            self._desk.set_cause(entry, kind)

    @Slot(object)
    def _on_cause_edited(self, text: str) -> None:
        entry = self._entry_of_sender()
        if entry is not None:
            self._desk.set_cause_note(entry, text)
