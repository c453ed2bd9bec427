"""The form of the wrap-up: what was found, what is agreed, notes, the next day, what is still open."""

from datetime import date, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.services.visit_reading import VisitHead
from app.services.visit_rows import VISIT_ROW, RowKind
from app.services.wrap_ups import ReadBack
from app.ui.look.formats import format_date, weekday_name
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.advice_words import fill
from app.ui.pages.visit.complaint_box import ComplaintBox
from app.ui.pages.visit.day_field import DayField
from app.ui.pages.visit.onboarding_section import OnboardingSection
from app.ui.pages.visit.open_points import OpenPoints
from app.ui.pages.visit.promise_list import PromiseList
from app.ui.pages.visit.sections import Section
from app.ui.pages.visit.task_section import TaskSection
from app.ui.pages.visit.typed_field import ProblemLabel
from app.ui.pages.visit.visit_draft import VisitDraft
from app.ui.pages.visit.wrap_up_words import WrapUpWords
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel, make_divider
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.note_field import NoteField
from app.ui.widgets.tones import Tone

_DUE = timedelta(days=7)


class WrapUpForm(QWidget):
    """Shows the read-back and writes what is agreed to the draft."""

    confirmed = Signal()
    """The question in the bar was answered with yes."""

    def __init__(
        self,
        draft: VisitDraft,
        words: WrapUpWords,
        task_section: TaskSection | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._task_section = task_section
        self._draft = draft
        self._words = words
        self._read: ReadBack | None = None
        self.promises = PromiseList(draft)
        self.points = OpenPoints(words)
        self._new_customer = OnboardingSection(draft)
        self.complaint = ComplaintBox(draft)
        self._build()
        self._wire()
        self.fields: dict[str, QWidget] = {
            "promises": self.promises,
            "read_back": self._read_back,
            "onboarding_done": self._new_customer,
            "need_note": self._need,
            "complaint": self.complaint,
            "wrap_note": self._note,
            "next_visit_on": self._next,
        }

    def framed_layout(self, page: QWidget) -> QVBoxLayout:
        """Return a layout with the margins of a card."""
        theme = current_theme()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(theme.size("pad"), theme.size("gap"), theme.size("pad"), theme.size("gap"))
        layout.setSpacing(theme.size("gap_small"))
        return layout

    def load(self, head: VisitHead) -> None:
        """Show another visit."""
        if self._read is not None and self._read.visit_id != head.visit_id:
            self._read = None
            self._new_customer.show_checklist(None)
        self._bar.clear()
        earliest = max(head.day, self._draft.now().date())
        self._next.set_after(earliest)
        self._next.set_earliest(earliest)
        self._next.forget_typed()
        self.promises.set_default_due(head.day + _DUE)
        self.show_rows(by_typing=False)
        self._render()

    def show_read(self, read: ReadBack) -> None:
        """Show what the visit found."""
        self._read = read
        self._new_customer.show_checklist(read.onboarding)
        if read.next_visit.day > self._draft.head.day:
            self.promises.set_default_due(min(read.next_visit.day, self._draft.head.day + _DUE))
        self._render()

    def show_rows(self, *, by_typing: bool) -> None:
        """Show what the draft holds; the field that the person is typing in is not written to."""
        if not self._draft.is_open:
            return
        self.promises.show_rows(by_typing=by_typing)
        self._new_customer.show_ticks()
        self.complaint.show_state()
        self._need.show_text(self._draft.value(VISIT_ROW, "need_note"))
        self._note.show_text(self._draft.value(VISIT_ROW, "wrap_note"))
        self._read_back.setChecked(self._draft.value(VISIT_ROW, "read_back") is True)
        day = self._draft.value(VISIT_ROW, "next_visit_on")
        self._next.show_day(day if isinstance(day, date) else None)
        self._render_next()
        self._render_agreed()

    def ask(self, question: str, answer: str) -> None:
        """Ask a question in the bar; `confirmed` is the answer."""
        self._bar.show_message(question, Tone.AMBER, answer)

    def show_problem(self, words: str) -> None:
        """Say why the visit cannot end."""
        self._bar.show_message(words, Tone.RED)

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self._found.set_heading(self.tr("What was found"))
        self._agreed.set_heading(self.tr("What was agreed"))
        self._promise_heading.setText(self.tr("Steps to do"))
        self._read_back.setText(self.tr("Read back to the shopkeeper, who agrees"))
        self._need_label.setText(self.tr("Complaint or need"))
        self._need.set_name(self.tr("Complaint or need"), self.tr("In the shopkeeper's own words"))
        self._note_label.setText(self.tr("In one sentence"))
        self._note.set_name(self.tr("In one sentence"), self.tr("What the next visit should know"))
        self._next_label.setText(self.tr("Next visit"))
        self._next.setAccessibleName(self.tr("Next visit"))
        self.promises.retranslate()
        self.points.retranslate()
        self._new_customer.retranslate()
        self.complaint.retranslate()
        if self._task_section is not None:
            self._task_section.retranslate()
        self._render()

    def _build(self) -> None:
        theme = current_theme()
        self._bar = MessageBar()
        self._bar.setObjectName("wrapUpMessage")
        self._found, self._agreed = Section(), Section()
        self._found.setObjectName("foundList")
        self._agreed.setObjectName("agreedList")
        self._promise_heading = TextLabel("", "strong")
        self._read_back = QCheckBox()
        self._read_back.setObjectName("readBack")
        self._need_label, self._note_label, self._next_label = (TextLabel("", "strong") for _ in range(3))
        self._need, self._note = NoteField(3), NoteField(3)
        self._need.setObjectName("needNote")
        self._note.setObjectName("wrapNote")
        self._next = DayField()
        self._next.setObjectName("nextVisit")
        self._next_day = TextLabel("", "muted")
        self._next_day.setObjectName("nextVisitWeekday")
        self._next_problem = ProblemLabel(self._next)
        self._next_problem.setObjectName("nextVisitProblem")
        self._take = Button("", "quiet", small=True)
        self._take.setObjectName("takeNextVisit")
        self._why_next = TextLabel("", "muted", wrap=True)
        whole = self.framed_layout(self)
        whole.addWidget(self._bar)
        whole.addWidget(self._found)
        whole.addWidget(self._agreed)
        whole.addWidget(self._promise_heading)
        whole.addWidget(self.promises)
        whole.addWidget(self._read_back)
        if self._task_section is not None:
            whole.addWidget(self._task_section)
        whole.addWidget(self._new_customer)
        whole.addWidget(make_divider())
        whole.addLayout(self._notes())
        whole.addWidget(self._next_label)
        whole.addLayout(self._next_line())
        whole.addWidget(self._next_problem)
        whole.addWidget(self._why_next)
        whole.addWidget(make_divider())
        whole.addSpacing(theme.size("gap_tiny"))
        whole.addWidget(self.points)
        whole.addStretch(1)

    def _notes(self) -> QHBoxLayout:
        theme = current_theme()
        line = QHBoxLayout()
        line.setSpacing(theme.size("gap"))
        for label, field in ((self._note_label, self._note), (self._need_label, self._need)):
            column = QVBoxLayout()
            column.setSpacing(theme.size("gap_tiny"))
            column.addWidget(label)
            column.addWidget(field)
            if field is self._need:
                column.addWidget(self.complaint)
            column.addStretch(1)
            line.addLayout(column, 1)
        return line

    def _next_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(current_theme().size("gap_small"))
        line.addWidget(self._next)
        line.addWidget(self._next_day)
        line.addWidget(self._take)
        line.addStretch(1)
        return line

    def _wire(self) -> None:
        self._bar.action_requested.connect(self.confirmed)
        self._read_back.clicked.connect(self._on_read_back)
        self._need.edited.connect(self._on_need)
        self._note.edited.connect(self._on_note)
        self._next.edited.connect(self._on_next)
        self._next.problem_said.connect(self._on_next_problem)
        self._take.clicked.connect(self._on_take)
        if self._task_section is not None:
            self.points.tasks_requested.connect(self._task_section.focus_task)

    def _render(self) -> None:
        read = self._read
        if read is not None:
            self._found.set_lines(self._words.found(read), self.tr("Nothing was recorded in the steps before."))
        self._render_agreed()
        self._render_next()

    def _render_agreed(self) -> None:
        if not self._draft.is_open:
            return
        plans = self._draft.rows(RowKind.PLAN).values()
        lines = self._words.agreed(self._read, plans, self._draft.head)
        self._agreed.set_lines(lines, self.tr("No order suggestion taken up, no improvement plan."))

    def _render_next(self) -> None:
        if not self._draft.is_open:
            return
        day = None if self._next.problem else self._draft.value(VISIT_ROW, "next_visit_on")
        self._next_day.setText(weekday_name(day, current_language()) if isinstance(day, date) else "")
        self._next_day.setVisible(isinstance(day, date))
        read = self._read
        is_offered = read is not None and day != read.next_visit.day and not self._draft.is_read_only
        self._take.setVisible(is_offered)
        self._why_next.setVisible(read is not None)
        if read is not None:
            self._take.setText(fill(self.tr("Take %1"), format_date(read.next_visit.day, current_language())))
            self._why_next.setText(self._words.why_next(read.next_visit))

    @Slot(bool)
    def _on_read_back(self, is_done: bool) -> None:
        self._draft.set(VISIT_ROW, read_back=is_done)

    @Slot(object)
    def _on_need(self, text: str | None) -> None:
        self._draft.set(VISIT_ROW, need_note=text)

    @Slot(object)
    def _on_note(self, text: str | None) -> None:
        self._draft.set(VISIT_ROW, wrap_note=text)

    @Slot(object)
    def _on_next(self, day: date | None) -> None:
        self._draft.set(VISIT_ROW, next_visit_on=day)

    @Slot(object)
    def _on_next_problem(self, _problem: str) -> None:
        self._render_next()

    @Slot()
    def _on_take(self) -> None:
        if self._read is not None:
            self._next.forget_typed()
            self._draft.set(VISIT_ROW, next_visit_on=self._read.next_visit.day)
            self.show_rows(by_typing=False)
