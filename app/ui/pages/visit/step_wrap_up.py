"""Step 8, wrap-up: read back, agree, set the next day, hand over the customer's sheet, end the visit."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from app.domain.playbook import Playbook
from app.domain.problems import Refusal
from app.domain.visit import MUST_CHECK, FinishDoubts, Step, StepProgress, doubts_to_finish
from app.services.summaries import Summaries
from app.services.visit_reading import Place, VisitHead
from app.services.visit_rows import SHELF_ROW, VISIT_ROW, RowKind
from app.services.wrap_ups import AfterEnd, ReadBack, WrapUps
from app.ui.background.task_runner import TaskRunner
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.ended_panel import EndedPanel
from app.ui.pages.visit.ending_panel import EndingPanel
from app.ui.pages.visit.left_visit import unless_left
from app.ui.pages.visit.sheet_desk import LARGE_SCALE, SMALL_SCALE, Sheet, SheetDesk
from app.ui.pages.visit.sheet_panel import SheetPanel
from app.ui.pages.visit.step import VisitStep
from app.ui.pages.visit.task_section import TaskSection
from app.ui.pages.visit.visit_draft import RowEvent
from app.ui.pages.visit.visit_view_model import Ending, VisitViewModel
from app.ui.pages.visit.wrap_up_form import WrapUpForm
from app.ui.pages.visit.wrap_up_words import WrapUpWords
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.pdf_view import PdfView
from app.ui.widgets.scroll_area import VerticalScrollArea

_SHEET_DELAY_MS = 700
_NARROW = 46
_ASKED = ("read_back", "next_visit_on")
_TASK = "task:"
_FINDINGS = (RowKind.STOCK, RowKind.SHELF, RowKind.RATING, RowKind.ADVICE, RowKind.PLAN, RowKind.PHOTO)
_PRINTED = frozenset({RowKind.PROMISE, RowKind.PLAN, RowKind.ADVICE, RowKind.STOCK, RowKind.SHELF})


class StepWrapUp(VisitStep):
    """Ends a visit; what was typed is kept whether it ends or not."""

    step: ClassVar[Step] = Step.WRAP_UP
    side_least: ClassVar[float] = 15.5  # three buttons in the footer of the card need the room

    def __init__(
        self,
        model: VisitViewModel,
        wrap_ups: WrapUps,
        summaries: Summaries,
        tasks: TaskRunner,
        playbook: Playbook,
        task_section: TaskSection | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model.draft, flush=True, scroll=False, parent=parent)
        self._task_section = task_section
        self._model = model
        self._wrap_ups = wrap_ups
        self._tasks = tasks
        self._messages = Messages(self)
        self._words = WrapUpWords(playbook, self)
        self._desk = SheetDesk(summaries, tasks, self)
        self._read: ReadBack | None = None
        self._was_asked: UUID | None = None
        self._build(playbook)
        self._wire()

    @override
    def load(self, head: VisitHead) -> None:
        if self._read is not None and self._read.visit_id != head.visit_id:
            self._read = None
            self._panel.clear()
        if self._ended.visit_id != head.visit_id or not head.status.ended:
            self._ended.show_end(None)
        self._ending.reset(self.draft.now().date())
        self._form.load(head)
        self._show_page()
        if self.isVisible():
            self.shown()

    @override
    def shown(self) -> None:
        if self.draft.is_open:
            self.draft.when_saved(self._ask)

    @override
    def left(self) -> None:
        self._form.promises.drop_empty()

    @override
    def row_changed(self, event: RowEvent) -> None:
        if event.key.kind in (RowKind.VISIT, RowKind.PROMISE, RowKind.PLAN):
            self._form.show_rows(by_typing=event.by_typing)
        if event.key.kind in _PRINTED and self.isVisible():
            self._panel.outdate(is_outdated=True)
            self._sheet_timer.start(_SHEET_DELAY_MS)

    @override
    def progress(self) -> StepProgress:
        left = tuple(name for name in _ASKED if not self.draft.value(VISIT_ROW, name))
        tasks = () if self._task_section is None else self._task_section.open_lines
        unreported = tuple(f"{_TASK}{line.id}" for line in tasks)
        asked = len(_ASKED) + len(unreported)
        left = (*unreported, *left)
        return StepProgress(self.step, asked - len(left), asked, left)

    @override
    def focus_field(self, key: str) -> None:
        if self._task_section is not None and key.startswith(_TASK):
            self._task_section.focus_task(UUID(key.removeprefix(_TASK)))
        else:
            super().focus_field(key)

    @override
    def retranslate(self) -> None:
        self.side.set_title(self.tr("The customer's sheet"))
        self._finish.setText(self.tr("Finish visit"))
        self._large.setAccessibleName(self.tr("The customer's sheet"))
        self._show_page(self._pages.currentWidget())
        self._form.retranslate()
        self._ending.retranslate()
        self._ended.retranslate()
        self._panel.retranslate()
        if self.isVisible():
            self.shown()  # the sheet speaks the language shown

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_page()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._render_hint()

    @override
    def show_progress(self, steps: Sequence[StepProgress]) -> None:
        """List what is open in the whole visit; the page tells whenever that changes."""
        tasks = () if self._task_section is None else self._task_section.open_lines
        self._form.points.show_steps(steps, len(tasks))
        self._render_hint()

    def _render_hint(self) -> None:
        """Count the open points beside the way on, where there is room; the form lists them anyway."""
        left = self._form.points.total
        is_said = left > 0 and self.draft.is_open and not self.draft.is_read_only
        self.set_footer_hint(self.tr("%1 still to enter").replace("%1", str(left)) if is_said else "")
        hint = self.card.findChild(ElidedLabel, "footerHint")
        if hint is not None:
            hint.setVisible(is_said and self.card.width() >= current_theme().em(_NARROW))

    def _build(self, playbook: Playbook) -> None:
        self._form = WrapUpForm(self.draft, self._words, self._task_section)
        self._large = PdfView()
        self._large.setObjectName("sheetLarge")
        self._ending = EndingPanel(playbook)
        ending_page = QWidget()
        self._ended = EndedPanel(self.draft, self._words)
        self._pages = QStackedWidget()
        self._form_page = VerticalScrollArea(self._form)
        self._ending_page = VerticalScrollArea(self._framed(ending_page))
        for page in (self._form_page, self._large, self._ending_page, self._ended):
            self._pages.addWidget(page)
        self.card.body.addWidget(self._pages, 1)
        self._otherwise = Button("")
        self._otherwise.setObjectName("endOtherwiseButton")
        self._finish = Button("", kind="primary", icon="check")
        self._finish.setObjectName("finishVisit")
        self.card.add_footer_widget(self._otherwise)
        self.card.add_footer_widget(self._finish)
        self._panel = SheetPanel(self._desk)
        self.side.body.addWidget(self._panel, 1)
        self._sheet_timer = QTimer(self)
        self._sheet_timer.setSingleShot(True)
        for key, widget in self._form.fields.items():
            self.add_field(key, widget)

    def _framed(self, page: QWidget) -> QWidget:
        layout = self._form.framed_layout(page)
        layout.addWidget(self._ending)
        layout.addStretch(1)
        return page

    def _wire(self) -> None:
        self._finish.clicked.connect(self._on_finish)
        self._form.confirmed.connect(self._on_finish)
        self._otherwise.clicked.connect(self._on_otherwise)
        self._ending.ending_requested.connect(self._on_ending_requested)
        self._panel.enlarged.connect(self._on_enlarged)
        self._panel.fresh_requested.connect(self.shown)
        self._desk.ready.connect(self._on_sheet)
        self._desk.enlarged.connect(self._on_large_pages)
        self._sheet_timer.timeout.connect(self.shown)
        self._form.points.jump_requested.connect(self._on_jump)
        self._form.complaint.due_wanted.connect(self._on_due_wanted)
        self._ended.today_requested.connect(self.today_requested)
        self._ended.visit_requested.connect(self.visit_requested)
        self._model.ended.connect(self._on_ended)
        self._model.finish_refused.connect(self._on_refused)

        close = QShortcut(QKeySequence("Esc"), self)
        close.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        close.activated.connect(self._on_escape)

    def _ask(self) -> None:
        head = self.draft.head
        self._sheet_timer.stop()
        self._panel.outdate(is_outdated=False)
        work = partial(self._wrap_ups.read_back, head.visit_id)
        self._tasks.run(work, owner=self, done=self._on_read, failed=unless_left(self._tasks))
        self._desk.ask(head.customer_id, head.visit_id, current_language())

    def _on_read(self, read: ReadBack) -> None:
        if self.draft.is_open and read.visit_id == self.draft.head.visit_id:
            self._read = read
            self._form.show_read(read)

    def _show_page(self, page: QWidget | None = None) -> None:
        """Show a page of the card; the form, or how the visit ended, if none is named."""
        is_ended = self.draft.is_read_only
        default = self._ended if is_ended and self._ended.visit_id is not None else self._form_page
        shown = page or default
        self._pages.setCurrentWidget(shown)
        if shown is not self._large:
            self._large.set_pages(())
        self._panel.show_large(is_large=shown is self._large)
        self._finish.setVisible(not is_ended and shown is not self._ending_page)
        self._otherwise.setVisible(not is_ended)
        is_ending = shown is self._ending_page
        self._otherwise.setText(self.tr("Back to the wrap-up") if is_ending else self.tr("End otherwise\u2026"))

    @Slot()
    def _on_finish(self) -> None:
        self._form.promises.drop_empty()
        doubts = self._doubts()
        if not doubts or self._was_asked == self.draft.head.visit_id:
            self._model.finish()
            return
        self._was_asked = self.draft.head.visit_id
        self._form.ask(self._words.doubts(doubts), self.tr("Finish all the same"))
        self._form_page.verticalScrollBar().setValue(0)

    def _doubts(self) -> FinishDoubts:
        """Return what is worth one question; a second press ends the visit all the same."""
        answered = [name for name in MUST_CHECK if self.draft.value(SHELF_ROW, name) is not None]
        found = (row for kind in _FINDINGS for row in self.draft.rows(kind).values())
        return doubts_to_finish(answered, sum(any(v is not None for v in row.values()) for row in found))

    @Slot()
    def _on_due_wanted(self) -> None:
        work = partial(self._wrap_ups.complaint_due, self.draft.head.day)
        self._tasks.run(work, owner=self, done=self._form.complaint.answer_by, failed=unless_left(self._tasks))

    @Slot()
    def _on_otherwise(self) -> None:
        is_ending = self._pages.currentWidget() is self._ending_page
        self._show_page(None if is_ending else self._ending_page)

    @Slot(object)
    def _on_ending_requested(self, ending: Ending) -> None:
        self._form.promises.drop_empty()
        self._model.end_otherwise(ending)

    @Slot(object)
    def _on_refused(self, refusals: tuple[Refusal, ...]) -> None:
        if self._model.step is not Step.WRAP_UP:
            return
        if self._pages.currentWidget() is self._ending_page:
            self._ending.show_refusals(refusals)
        else:
            self._form.show_problem("\n".join(self._messages.of_refusal(one) for one in refusals))

    @Slot(object)
    def _on_ended(self, visit_id: UUID) -> None:
        if self._model.step is Step.WRAP_UP:
            work = partial(self._wrap_ups.after_end, visit_id)
            self._tasks.run(work, owner=self, done=self._on_after_end, failed=unless_left(self._tasks))

    def _on_after_end(self, after: AfterEnd) -> None:
        if self.draft.is_open and after.visit_id == self.draft.head.visit_id:
            self._ended.show_end(after)
            self._show_page()

    @Slot(object)
    def _on_sheet(self, sheet: Sheet) -> None:
        if self._pages.currentWidget() is self._large:
            self._desk.enlarge(sheet)

    @Slot(object)
    def _on_large_pages(self, pages: tuple[QImage, ...]) -> None:
        if self._pages.currentWidget() is self._large:
            self._large.set_pages(pages, LARGE_SCALE)

    @Slot(object)
    def _on_enlarged(self, is_large: bool) -> None:
        sheet = self._panel.sheet
        if is_large and sheet is not None:
            self._large.set_pages(sheet.pages, SMALL_SCALE)
            self._desk.enlarge(sheet)
        self._show_page(self._large if is_large else None)

    @Slot()
    def _on_escape(self) -> None:
        if self._pages.currentWidget() is self._large:
            self._show_page()

    @Slot(object)
    def _on_jump(self, place: Place) -> None:
        self.draft.place_requested.emit(place)
