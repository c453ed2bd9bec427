"""Step 4, shelf and tags: four counts, eight checks, the rates they give, photos and a note."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from app.domain.count_sense import contradictions
from app.domain.formulas import display_rate, price_tag_rate
from app.domain.playbook import Playbook
from app.domain.visit import MUST_CHECK, Step, StepProgress
from app.services.photos import PastPhoto, Photos
from app.services.shelf_reading import CHECKS, COUNTS, LastShelf, ShelfReading
from app.services.visit_reading import VisitHead
from app.services.visit_rows import SHELF_ROW, RowKind
from app.ui.background.task_runner import TaskRunner
from app.ui.look.formats import format_percent, format_short_date
from app.ui.look.kpi_tips import KpiTips
from app.ui.look.sentences import joined
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.visit.check_row import CheckRow
from app.ui.pages.visit.left_visit import unless_left
from app.ui.pages.visit.photo_desk import PhotoDesk
from app.ui.pages.visit.photo_section import PhotoSection
from app.ui.pages.visit.shelf_words import ShelfWords
from app.ui.pages.visit.step import VisitStep
from app.ui.pages.visit.visit_draft import RowEvent, VisitDraft
from app.ui.widgets.counter_stepper import CounterStepper
from app.ui.widgets.help_tip import HelpTip
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.note_field import NoteField
from app.ui.widgets.photo_tile import Photo, PhotoTile

_ASKED = (*COUNTS, *CHECKS)
_FORMULAS = ("F37", "F37b")


class StepShelf(VisitStep):
    """Licence and the sign on minors must be checked; the rates follow the counts as they are typed."""

    step: ClassVar[Step] = Step.SHELF

    def __init__(
        self,
        draft: VisitDraft,
        reading: ShelfReading,
        photos: Photos,
        desk: PhotoDesk,
        tasks: TaskRunner,
        playbook: Playbook,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(draft, parent=parent)
        self._reading = reading
        self._photos = photos
        self._desk = desk
        self._tasks = tasks
        self._playbook = playbook
        self._words = ShelfWords(self)
        self._last: LastShelf | None = None
        self._past: PastPhoto | None = None
        self._columns = (0, 0)
        self._build()
        self._wire()

    @override
    def load(self, head: VisitHead) -> None:
        self._last = self._past = None
        work = partial(self._reading.last, head.visit_id)
        self._tasks.run(work, owner=self, done=self._on_last_read, failed=unless_left(self._tasks))
        self._ask_past_photo()
        self._render()
        self._render_last()
        self._photo_section.show_photos()

    @override
    def row_changed(self, event: RowEvent) -> None:
        if event.key.kind is RowKind.SHELF:
            self._render()
        elif event.key.kind is RowKind.PHOTO:
            self._photo_section.show_photos()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def progress(self) -> StepProgress:
        left = tuple(name for name in _ASKED if self.draft.value(SHELF_ROW, name) is None)
        return StepProgress(self.step, len(_ASKED) - len(left), len(_ASKED), left)

    @override
    def retranslate(self) -> None:
        for field, counter in self._counters.items():
            counter.set_label(*self._words.count(field))
        for field, row in self._checks.items():
            row.set_words(self._words.check(field), self.tr("must check"), self.tr("Yes"), self.tr("No"))
        self._arrange()
        self._order_tabs()
        self._note_heading.setText(self.tr("Note"))
        self._note.set_name(self.tr("Note on the shelf"), self.tr("What to remember about the shelf"))
        self.side.set_title(self.tr("The same place last time"))
        self._photo_section.retranslate()
        self._definitions.explain(self._help, *_FORMULAS)
        self._render()
        self._render_last()

    def _build(self) -> None:
        theme = current_theme()
        self._counters = {field: CounterStepper() for field in COUNTS}
        counts = QWidget()
        self._count_grid = QGridLayout(counts)
        self._count_grid.setContentsMargins(0, 0, 0, 0)
        self._count_grid.setSpacing(theme.size("gap_small"))
        for field, counter in self._counters.items():
            counter.setObjectName(field)
            self.add_field(field, counter)
        self._checks = {field: CheckRow(is_must=field in MUST_CHECK) for field in CHECKS}
        checks = QWidget()
        self._check_grid = QGridLayout(checks)
        self._check_grid.setContentsMargins(0, 0, 0, 0)
        self._check_grid.setHorizontalSpacing(theme.size("pad") + theme.size("gap_small"))
        self._check_grid.setVerticalSpacing(0)
        for field, row in self._checks.items():
            row.setObjectName(field)
            self.add_field(field, row)
        self._arrange()
        self._help = HelpTip()
        self._definitions = KpiTips(self._playbook.formulas, self)
        self.card.add_header_widget(self._help)
        self._photo_section = PhotoSection(self.draft, self._desk, self._playbook, self)
        self._doubt = TextLabel("", "error", wrap=True)
        self._doubt.setObjectName("countsDoubt")
        self._doubt.hide()
        self.card.body.addWidget(counts)
        self.card.body.addWidget(self._doubt)
        self.card.body.addSpacing(theme.size("gap_small"))
        self.card.body.addWidget(checks)
        self.card.body.addSpacing(theme.size("gap_small"))
        self.card.body.addWidget(self._photo_section)
        self.card.body.addStretch(1)
        self._build_side()

    def _arrange(self) -> None:
        """Put the counts into one row or two, and the checks into two columns or one."""
        columns = (2 if self.is_narrow or not self._has_room() else len(COUNTS), 1 if self.is_narrow else 2)
        if columns == self._columns:
            return
        self._columns = columns
        of_counts, of_checks = columns
        for place, counter in enumerate(self._counters.values()):
            self._count_grid.addWidget(counter, place // of_counts, place % of_counts)
        for column in range(len(COUNTS)):
            self._count_grid.setColumnStretch(column, int(column < of_counts))
        rows = -(-len(CHECKS) // of_checks)
        for place, row in enumerate(self._checks.values()):
            self._check_grid.addWidget(row, place % rows, place // rows)
        for column in range(2):
            self._check_grid.setColumnStretch(column, int(column < of_checks))

    def _order_tabs(self) -> None:
        """Let Tab come to the photos after the checks, as the eye does."""
        *_, check = self._checks.values()
        at = check.choice.focusProxy() or check.choice  # Qt orders only what takes the keyboard itself
        for widget in (self._photo_section.place_box, self._photo_section.strip.zone):
            QWidget.setTabOrder(at, widget)
            at = widget

    def _has_room(self) -> bool:
        """Whether all counts stand in one row, in the words of the language shown."""
        theme = current_theme()
        needed = sum(counter.minimumSizeHint().width() for counter in self._counters.values())
        around = (len(COUNTS) - 1) * theme.size("gap_small") + 2 * theme.size("pad") + theme.size("scroll_bar")
        room = self.width() - self.side.maximumWidth() - theme.size("gap")
        return needed + around <= room

    def _build_side(self) -> None:
        self._past_tile = PhotoTile(Photo("", None))
        self._past_tile.setObjectName("lastPhoto")
        self._no_past = TextLabel("", "muted", wrap=True)
        self._note_heading = TextLabel("", "strong")
        self._note = NoteField(7)
        self._note.setObjectName("shelfNote")
        for widget in (self._past_tile, self._no_past, self._note_heading, self._note):
            self.side.body.addWidget(widget)
        self.side.body.addStretch(1)
        self.add_field("note", self._note)

    def _wire(self) -> None:
        for counter in self._counters.values():
            counter.changed.connect(self._on_counted)
        for row in self._checks.values():
            row.answered.connect(self._on_answered)
        self._note.edited.connect(self._on_note)
        self._photo_section.place_changed.connect(self._on_place_changed)
        self._desk.image_ready.connect(self._on_image_ready)

    def _render(self) -> None:
        if not self.draft.is_open:
            return
        for field, counter in self._counters.items():
            counter.set_value(self._count(field))
        for field, row in self._checks.items():
            row.show_answer(self.draft.value(SHELF_ROW, field))
        self._note.show_text(self.draft.value(SHELF_ROW, "note"))
        wrong = contradictions({field: self._count(field) for field in COUNTS})
        parts = {one.part for one in wrong}
        shown = tagged = None  # a rate above 100 % says nothing but that a count is wrong
        if "sku_shown" not in parts:
            shown = display_rate(self._count("sku_shown"), self._count("sku_on_sale"))
        if "sku_tagged" not in parts:
            tagged = price_tag_rate(self._count("sku_tagged"), self._count("sku_shown"))
        self._doubt.setText(joined(self._words.contradiction(one) for one in wrong))
        self._doubt.setVisible(bool(wrong))
        words = self.tr("Display rate %1 \u00b7 price-tag rate %2")
        self.card.set_hint(words.replace("%1", format_percent(shown)).replace("%2", format_percent(tagged)))
        left = self.progress().open
        self.set_footer_hint(self.tr("%n point(s) not checked yet", "", left) if left else "")

    def _render_last(self) -> None:
        for field, counter in self._counters.items():
            last = None if self._last is None else self._last.counts[field]
            words = "" if last is None else self.tr("last %1").replace("%1", str(last))
            counter.set_last(last, words)
        self._arrange()
        past = self._past
        self._past_tile.setVisible(past is not None)
        self._no_past.setVisible(past is None)
        self._no_past.setText(self.tr("No photo of this place from an earlier visit."))
        if past is not None:
            place = self._playbook.enumerations.label("photo_place", past.place or "").of(current_language())
            caption = f"{format_short_date(past.day)} {past.caption or place}".strip()
            self._past_tile.set_photo(Photo(past.sha256, self._desk.image(past.sha256), caption))

    def _count(self, field: str) -> int | None:
        value = self.draft.value(SHELF_ROW, field)
        return value if isinstance(value, int) else None

    def _ask_past_photo(self) -> None:
        work = partial(self._photos.last_of, self.draft.head.visit_id, self._photo_section.place or None)
        self._tasks.run(work, owner=self, done=self._on_past_read, failed=unless_left(self._tasks))

    def _on_last_read(self, last: LastShelf | None) -> None:
        self._last = last
        self._render_last()

    def _on_past_read(self, past: PastPhoto | None) -> None:
        self._past = past
        self._render_last()

    @Slot(object)
    def _on_counted(self, value: int | None) -> None:
        sender = self.sender()
        for field, counter in self._counters.items():
            if counter is sender:
                self.draft.set(SHELF_ROW, **{field: value})

    @Slot(object)
    def _on_answered(self, answer: bool | None) -> None:
        sender = self.sender()
        for field, row in self._checks.items():
            if row is sender:
                self.draft.set(SHELF_ROW, **{field: answer})

    @Slot(object)
    def _on_note(self, text: str | None) -> None:
        self.draft.set(SHELF_ROW, note=text)

    @Slot(object)
    def _on_place_changed(self, _place: str) -> None:
        if self.draft.is_open:
            self._ask_past_photo()

    @Slot(object)
    def _on_image_ready(self, sha256: str) -> None:
        if self._past is not None and self._past.sha256 == sha256:
            self._render_last()
