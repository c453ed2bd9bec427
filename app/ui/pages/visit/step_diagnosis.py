"""Step 5, diagnosis: fourteen items judged A, B or C by the keyboard, with what the data know beside each."""

from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.diagnosis import Criterion, State
from app.domain.playbook import Playbook
from app.domain.visit import Step, StepProgress
from app.services.diagnoses import Diagnoses
from app.services.visit_reading import VisitHead
from app.services.visit_rows import RowKind
from app.ui.background.task_runner import TaskRunner
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.diagnosis_desk import DiagnosisDesk
from app.ui.pages.visit.diagnosis_item import ItemView
from app.ui.pages.visit.diagnosis_look import DiagnosisLook
from app.ui.pages.visit.diagnosis_panel import DiagnosisPanel
from app.ui.pages.visit.diagnosis_row import DiagnosisRow
from app.ui.pages.visit.diagnosis_words import DiagnosisWords
from app.ui.pages.visit.photo_desk import PhotoDesk
from app.ui.pages.visit.step import VisitStep
from app.ui.pages.visit.visit_draft import RowEvent, VisitDraft
from app.ui.widgets.buttons import Button
from app.ui.widgets.chip import FilterChip
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.tones import Tone


class StepDiagnosis(VisitStep):
    """The whole diagnosis takes a minute: one key an item; the criteria, questions and photos stand at the side."""

    step: ClassVar[Step] = Step.DIAGNOSIS

    def __init__(
        self,
        draft: VisitDraft,
        diagnoses: Diagnoses,
        photos: PhotoDesk,
        tasks: TaskRunner,
        playbook: Playbook,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(draft, flush=True, parent=parent)
        self._desk = DiagnosisDesk(draft, diagnoses, tasks, playbook, self)
        self._words = DiagnosisWords(playbook, self)
        self._look = DiagnosisLook(self._words, self)
        self._messages = Messages(self)
        self._current = self._desk.items[0].code
        self._told = ""
        self._build(photos, playbook)
        self._wire()

    @override
    def load(self, head: VisitHead) -> None:
        self._desk.reset()
        self._told = ""
        self._bar.clear()
        if self.isVisible():
            self._render()

    @override
    def shown(self) -> None:
        self._render()
        self._desk.refresh()

    @override
    def row_changed(self, event: RowEvent) -> None:
        if not self.isVisible():
            return
        if event.key.kind is RowKind.VISIT and "planned_items" in event.fields:
            self._render()
        elif event.key.kind is RowKind.RATING:
            code = str(event.key.part)
            if event.by_typing:
                self._render_row(code, by_typing=True)
            else:
                self._render_rows()
            self._render_counts()
            if code == self._current:
                self._render_panel()
                self._reveal_later.start()  # a reason asked for makes the row higher
        elif event.key.kind is RowKind.PHOTO:
            self._render_rows()
            self._render_panel()

    @override
    def focus_field(self, key: str) -> None:
        code = key.partition(".")[0]
        left = self.progress().open_fields
        if code not in self._rows or self._rows[code].isHidden():
            key = code = left[0] if left else self._desk.rows()[0].item.code
        self._select(code)
        super().focus_field(key)

    @override
    def progress(self) -> StepProgress:
        asked = self._desk.asked_rows() if self.draft.is_open else []
        left = tuple(view.item.code for view in asked if not view.is_answered)
        return StepProgress(self.step, len(asked) - len(left), len(asked), left)

    @override
    def retranslate(self) -> None:
        self._panel.retranslate()
        self._as_last.setText(self.tr("As last time"))
        self._as_last.setToolTip(self.tr("Judge every open item as last time, marked as not checked (Ctrl+=)"))
        self._planned.setText(self.tr("Planned items only"))
        self._planned.setToolTip(
            self.tr("The items planned for this visit, or those at B or C last time; and what the law asks for")
        )
        if self.isVisible():
            self._render()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._render_counts()

    def _build(self, photos: PhotoDesk, playbook: Playbook) -> None:
        self._as_last = Button("", "quiet", icon="refresh", small=True)
        self._as_last.setObjectName("asLastTime")
        self._planned = FilterChip("", Tone.PRIMARY)
        self._planned.setObjectName("plannedOnly")
        self._bar = MessageBar()
        self._bar.setObjectName("diagnosisMessage")
        self.card.add_header_widget(self._planned)
        self.card.add_header_widget(self._as_last)
        small = current_theme().size("gap_small")
        above = QVBoxLayout()
        above.setContentsMargins(small, 0, small, 0)
        above.addWidget(self._bar)
        self.card.body.addLayout(above)
        self._rows: dict[str, DiagnosisRow] = {}
        for item in self._desk.items:
            row = DiagnosisRow(item.code)
            self._rows[item.code] = row
            self.card.body.addWidget(row)
            self.add_field(item.code, row.choice)
            self.add_field(f"{item.code}.reason", row.reason)
        self.card.body.addStretch(1)
        self._reveal_later = QTimer(self)
        self._reveal_later.setSingleShot(True)
        self._reveal_later.setInterval(0)
        self._panel = DiagnosisPanel(self.draft, photos, playbook, self._words)
        self._panel.setObjectName("diagnosisPanel")
        self.side.body.addWidget(self._panel)
        self.side.body.addStretch(1)

    def _wire(self) -> None:
        for row in self._rows.values():
            row.judged.connect(self._on_judged)
            row.reason_edited.connect(self._on_reason_edited)
            row.move_requested.connect(self._on_move_requested)
            row.take_over_requested.connect(self._on_take_over_requested)
            row.photos_requested.connect(self._on_photos_requested)
        self._desk.changed.connect(self._render)
        self._desk.barred.connect(self._on_barred)
        self.field_focused.connect(self._on_focused)
        self._reveal_later.timeout.connect(self._show_current)
        self._panel.rated.connect(self._on_rated)
        self._panel.fail_marked.connect(self._on_fail_marked)
        self._panel.note_edited.connect(self._on_note_edited)
        self._as_last.clicked.connect(self._on_as_last_time)
        self._planned.toggled.connect(self._on_planned_toggled)
        self._bar.action_requested.connect(self._on_take_back)
        for keys, slot in (
            ("Ctrl+=", self._on_as_last_time),
            ("F2", self._on_criteria_key),
            ("F4", self._on_note_key),
            ("Esc", self._on_back_key),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    @Slot()
    def _render(self) -> None:
        if not self.draft.is_open:
            return
        has_plan = bool(self._desk.planned)
        self._planned.setEnabled(has_plan or not self.draft.is_read_only)
        self._planned.blockSignals(True)
        self._planned.setChecked(has_plan and not self._desk.shows_all)
        self._planned.blockSignals(False)
        if self._desk.problem is not None:
            self._bar.show_message(self._messages.of_error(self._desk.problem).whole, Tone.RED)
        self._render_rows()
        self._render_counts()
        self._select(self._current)
        self.progress_changed.emit()

    def _render_rows(self) -> None:
        shown = {view.item.code: view for view in self._desk.rows()}
        self._name_width = max((self._width_of(view) for view in shown.values()), default=0)
        for code, row in self._rows.items():
            row.setVisible(code in shown)
            if code in shown:
                self._show(row, shown[code])

    def _render_row(self, code: str, *, by_typing: bool) -> None:
        row = self._rows.get(code)
        if row is not None and not row.isHidden():
            self._show(row, self._desk.view(code), by_typing=by_typing)

    def _show(self, row: DiagnosisRow, view: ItemView, *, by_typing: bool = False) -> None:
        number = self._number(view.item.code)
        photos = self._panel.photos.count(view.item.code)
        is_current = view.item.code == self._current
        look = self._look.of(view, self._desk.sheet, photos, number=number, is_current=is_current)
        row.show_row(look, self._name_width, by_typing=by_typing)
        row.set_current(is_current=is_current)

    def _width_of(self, view: ItemView) -> int:
        name = view.item.name if view.law is None else view.law.name
        return self._rows[view.item.code].name_width(name.of(current_language()))

    def _number(self, code: str) -> int:
        return next(place for place, item in enumerate(self._desk.items, start=1) if item.code == code)

    @Slot()
    def _render_counts(self) -> None:
        if not self.draft.is_open:
            return
        progress = self.progress()
        counts = self.tr("%1 of %2 judged").replace("%1", str(progress.answered)).replace("%2", str(progress.expected))
        keys = self.tr("A/B/C judges, = takes over, F2 criteria, F4 note")
        judging = self.tr("%1 \u00b7 A/B/C judges, \u2193 next").replace("%1", counts)
        self.card.set_hint("" if self.is_narrow else judging)  # the footer counts too
        self.set_footer_hint(self._open_words() or ("" if self.is_narrow else keys))
        self._as_last.setEnabled(not self.draft.is_read_only)
        self._tell_taken_over()

    def _open_words(self) -> str:
        asked = self._desk.asked_rows()
        unjudged = sum(view.value is None or (not view.is_answered and not view.missing) for view in asked)
        reasons = sum(bool(view.missing) for view in asked)
        if unjudged:
            return self.tr("%n item(s) not judged yet", "", unjudged)
        return self.tr("%n reason(s) still to give", "", reasons) if reasons else ""

    def _tell_taken_over(self) -> None:
        count = self._desk.taken_over_count()
        if not count and self._told:
            self._told = ""
            self._bar.clear()
        elif self._told:
            taken = self.tr("%n item(s) stand as last time and were not checked today.", "", count)
            self._bar.show_message(f"{taken} {self._told}".strip(), Tone.AMBER, self.tr("Take back"))

    def _render_panel(self) -> None:
        view = self._desk.view(self._current)
        self.side.set_title(f"{self._number(self._current)} \u00b7 {view.item.name.of(current_language())}")
        self._panel.show_item(view, self._desk.sheet)

    def _select(self, code: str) -> None:
        """Show the details of an item, and let their fields be known by its code."""
        if self._rows[code].isHidden():
            code = self._desk.rows()[0].item.code
        if code != self._current or f"{code}.note" not in self._fields:
            for key in [key for key in self._fields if key.endswith((".note", ".k1", ".k2", ".k3"))]:
                del self._fields[key]
            self.add_field(f"{code}.note", self._panel.note)
            for number, box in enumerate(self._panel.boxes, start=1):
                self.add_field(f"{code}.k{number}", box.choice)
        before, self._current = self._current, code
        for one in (before, code):
            self._render_row(one, by_typing=True)
        self._render_panel()

    @staticmethod
    def _reveal(widget: QWidget) -> None:
        """Scroll to a widget; the keyboard may go to one that is out of sight."""
        area = widget.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(widget, 0, current_theme().size("gap"))

    def _go(self, by: int) -> None:
        codes = [view.item.code for view in self._desk.rows()]
        at = codes.index(self._current) + by
        if at >= len(codes):
            self.next_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif at >= 0:
            row = self._rows[codes[at]]
            row.choice.setFocus(Qt.FocusReason.TabFocusReason)
            self._reveal(row)

    def _sender_code(self) -> str:
        sender = self.sender()
        return sender.code if isinstance(sender, DiagnosisRow) else self._current

    @Slot(object)
    def _on_focused(self, key: str) -> None:
        code = key.partition(".")[0]
        if code in self._rows and code != self._current:
            self._select(code)
        if key != code and key in self._fields:
            self._reveal(self._fields[key])

    @Slot(object)
    def _on_judged(self, state: State | None) -> None:
        self._desk.judge(self._sender_code(), state)

    @Slot(object)
    def _on_barred(self, view: ItemView) -> None:
        self._bar.show_message(self._words.barred(view), Tone.AMBER)
        self._render_row(view.item.code, by_typing=True)

    @Slot()
    def _show_current(self) -> None:
        self._reveal(self._rows[self._current])

    @Slot(object)
    def _on_reason_edited(self, text: str) -> None:
        self._desk.set_reason(self._sender_code(), text)

    @Slot(object)
    def _on_move_requested(self, by: int) -> None:
        self._go(by)

    @Slot(object)
    def _on_take_over_requested(self, goes_on: bool) -> None:
        view = self._desk.view(self._sender_code())
        if not goes_on or (not view.is_answered and view.value is None and self._desk.offered(view) is not None):
            self._desk.take_over(view.item.code)
        if goes_on:
            self._go(1)

    @Slot()
    def _on_photos_requested(self) -> None:
        self._select(self._sender_code())
        self._panel.photos.strip.choose_files()

    @Slot(object)
    def _on_rated(self, rated: tuple[Criterion, State | None]) -> None:
        self._desk.rate(self._current, *rated)

    @Slot(object)
    def _on_fail_marked(self, marked: bool) -> None:
        self._desk.mark_hard_fail(self._current, marked=marked)

    @Slot(object)
    def _on_note_edited(self, text: str | None) -> None:
        self._desk.set_note(self._panel.item, text)

    @Slot()
    def _on_as_last_time(self) -> None:
        if self.draft.is_read_only:
            return
        if not self._desk.knows_last:
            self._bar.show_message(
                self.tr("Nothing to take over: this shop was not judged at an earlier visit."), Tone.AMBER
            )
            return
        result = self._desk.take_over_all()
        words = self.tr("%n item(s) left open: never judged before, or the figures have changed.", "", result.left)
        self._told = words if result.left else " "
        self._render_rows()
        self._render_counts()
        self._render_panel()
        self.focus_field("")

    @Slot()
    def _on_take_back(self) -> None:
        self._desk.take_back()

    @Slot(bool)
    def _on_planned_toggled(self, checked: bool) -> None:
        if checked and not self._desk.plan_weak():
            words = self.tr("Nothing is planned for this visit, and no earlier diagnosis says which items are weak.")
            self._bar.show_message(words, Tone.AMBER)
            self._render()
            return
        self._desk.set_shows_all(shows_all=not checked)
        self._render()

    @Slot()
    def _on_criteria_key(self) -> None:
        self._panel.first_box().choice.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_note_key(self) -> None:
        self._panel.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_back_key(self) -> None:
        self._rows[self._current].choice.setFocus(Qt.FocusReason.ShortcutFocusReason)
