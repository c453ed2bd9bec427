"""The visit page: the rail of eight steps, the step that is open, and a bar that says what is restored or wrong."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.visit import STEPS, Step
from app.services.visit_reading import RestoredVisit
from app.services.visit_rows import VISIT_ROW
from app.services.visit_whereabouts import Whereabouts
from app.ui.look.formats import format_clock
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.pages.visit.restored_words import RestoredWords
from app.ui.pages.visit.step import VisitStep
from app.ui.pages.visit.visit_rail import VisitRail
from app.ui.pages.visit.visit_view_model import VisitViewModel
from app.ui.tasks.task_board import TaskBoard
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.page_title import PageTitle
from app.ui.widgets.painting import is_language_event, is_look_event
from app.ui.widgets.tones import Tone

_TICK_MS = 20_000
_NARROW = 80
_GOING = frozenset({Whereabouts.LEAVING, Whereabouts.CLOSING})


class VisitPage(QWidget):
    """Guides through a visit; every step is free to jump to, and remembers where the person was."""

    title_changed = Signal(object)
    """PageTitle"""
    open_customer_requested = Signal(object)
    """UUID of the customer"""
    open_visit_requested = Signal(object)
    """UUID of a visit"""
    open_page_requested = Signal(object)
    """str: the key of a page"""
    visit_ended = Signal(object)
    """UUID of a visit that has ended: time for a backup"""

    def __init__(
        self,
        model: VisitViewModel,
        steps: Sequence[VisitStep],
        board: TaskBoard | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._board = board
        if board is not None:
            board.setParent(self)
        self._steps = {step.step: step for step in steps}
        self._shown: Step | None = None
        self._is_narrow = False
        self._messages = Messages(self)
        self._restored_words = RestoredWords(self)
        self._build()
        self._wire()
        self._retranslate()
        self._render()

    @property
    def model(self) -> VisitViewModel:
        """The view-model; the shell asks it whether everything is on disk."""
        return self._model

    def step_widget(self, step: Step) -> VisitStep:
        """Return the widget of a step."""
        return self._steps[step]

    def open_visit(self, visit_id: UUID) -> None:
        """Show a visit at the step and field where it was left."""
        self._hand_over()
        self._model.open(visit_id)

    def restore(self, restored: RestoredVisit) -> None:
        """Show a visit after the program ended in the middle of it, and say in one sentence what is there."""
        self._model.restore(restored)

    def shown(self) -> None:
        """Come into view."""
        self._model.resume()
        if self._board is not None:
            self._board.come_into_view()
        self._tick.start()
        self._tell_title()
        if self._shown is not None:
            self._enter(self._shown)

    @property
    def has_unsaved(self) -> bool:
        """Whether something typed is not on disk yet; the window waits for it before it closes."""
        return not self._model.is_settled

    def flush(self) -> None:
        """Put everything on disk: before another page, a lock or the end of the program."""
        self._hand_over()
        self._model.leave()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()
        if self._board is not None:
            self._board.go_out_of_view()
        self.flush()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._is_narrow = self.width() < current_theme().em(_NARROW)
        self._rail.set_compact(is_compact=self._is_narrow)
        self._render_rail()

    @override
    def minimumSizeHint(self) -> QSize:
        # The rail makes itself small where there is little room; how wide it stands now must not keep the window wide.
        theme = current_theme()
        width = self._rail.least_width + theme.size("gap") + self._stack.minimumSizeHint().width()
        return QSize(width + 2 * theme.size("pad"), super().minimumSizeHint().height())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self._retranslate()
            self._render()
        elif is_look_event(event) and hasattr(self, "_whole"):
            self._measure()

    def _build(self) -> None:
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bar = MessageBar()
        self._bar.setObjectName("visitMessage")
        self._rail = VisitRail()
        self._empty = EmptyState("visit")
        self._empty.setObjectName("noVisit")
        self._stack = QStackedWidget()
        for step in self._steps.values():
            self._stack.addWidget(step)
        self._inside = QWidget()
        self._inside_row = QHBoxLayout(self._inside)
        self._inside_row.setContentsMargins(0, 0, 0, 0)
        self._inside_row.addWidget(self._rail)
        self._inside_row.addWidget(self._stack, 1)
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self._bar)
        self._whole.addWidget(self._inside, 1)
        self._whole.addWidget(self._empty, 1)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._measure()

    def _wire(self) -> None:
        self._model.changed.connect(self._render)
        self._model.draft.opened.connect(self._on_opened)
        self._model.draft.place_requested.connect(self._on_place_requested)
        self._rail.jumped.connect(self._on_jumped)
        self._rail.customer_requested.connect(self._on_customer_requested)
        self._bar.action_requested.connect(self._on_bar_action)
        self._bar.dismissed.connect(self._model.dismiss)
        self._empty.action_requested.connect(self._on_today_requested)
        self._model.ended.connect(self.visit_ended)
        if self._board is not None:
            self._board.changed.connect(self._render_rail)
        self._tick.timeout.connect(self._render_rail)
        for step in self._steps.values():
            step.field_focused.connect(self._on_field_focused)
            step.next_requested.connect(self._on_next)
            step.previous_requested.connect(self._on_previous)
            step.today_requested.connect(self._on_today_requested)
            step.visit_requested.connect(self._on_visit_requested)
            step.progress_changed.connect(self._render_rail)
        self._shortcut("Alt+Right", self._on_next)
        self._shortcut("Ctrl+PgDown", self._on_next)
        self._shortcut("Alt+Left", self._on_previous)
        self._shortcut("Ctrl+PgUp", self._on_previous)
        self._shortcut("Ctrl+Z", self._on_undo)
        self._shortcut("Ctrl+Y", self._on_redo)
        self._shortcut("Ctrl+Shift+Z", self._on_redo)
        self._shortcut("Ctrl+S", self.flush)

    def _shortcut(self, keys: str, slot: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    def _retranslate(self) -> None:
        self._empty.set_words(self.tr("No visit is open. Choose a shop on Today to begin."), self.tr("Go to Today"))
        for step in self._steps.values():
            step.retranslate_all()
        self._tell_title()

    def _render(self) -> None:
        is_open = self._model.is_shown
        self._inside.setVisible(is_open)
        self._empty.setVisible(not is_open and not self._model.is_busy)
        self._render_bar()
        if is_open:
            self._show_step()
            self._render_rail()

    def _render_bar(self) -> None:
        model = self._model
        if model.is_gone and not model.is_where_told:
            self._bar.show_message(self._gone_words(), Tone.BLUE)
        elif model.failure is not None:
            words = self._messages.of_error(model.failure.error).whole
            self._bar.show_message(words, Tone.RED, self.tr("Try again") if model.failure.keeps_trying else "")
        elif model.problem is not None:
            self._bar.show_message(self._messages.of_error(model.problem).whole, Tone.RED)
        elif model.is_shown and model.draft.head.colleague:
            made = self.tr("This visit was made by %1. Read it here; begin your own from Today or the shop's page.")
            self._bar.show_message(made.replace("%1", model.draft.head.colleague), Tone.GREY)
        elif model.draft.is_open and model.draft.is_read_only:
            self._bar.show_message(self.tr("This visit has ended."), Tone.GREY, self.tr("Take it up again"))
        elif model.whereabouts in _GOING and not model.is_where_told:
            self._bar.show_message(self._leaving_words(), Tone.AMBER)
        elif model.restored is not None:
            self._bar.show_message(self._restored_words.of(model.restored), Tone.BLUE)
        else:
            self._bar.clear()

    def _gone_words(self) -> str:
        if self._model.whereabouts is Whereabouts.TAKEN_OUT:
            return self.tr("This visit was taken out of the day. What was recorded in it is kept.")
        said = self.tr("%1 is with another manager now, or was closed by head office.")
        kept = self.tr("The visit and everything you recorded in it is at head office.")
        return f"{said.replace('%1', self._model.draft.head.customer_name)} {kept}"

    def _leaving_words(self) -> str:
        name = self._model.draft.head.customer_name
        said = self.tr("Head office has handed %1 to another manager.")
        if self._model.whereabouts is Whereabouts.CLOSING:
            said = self.tr("Head office has closed %1.")
        advice = self.tr("Finish the visit as usual: all of it goes to head office. Then the shop leaves this laptop.")
        return f"{said.replace('%1', name)} {advice}"

    @Slot()
    def _render_rail(self) -> None:
        if self._model.is_shown:
            steps = tuple(self._steps[step].progress() for step in STEPS if step in self._steps)
            self._rail.show_visit(self._model.draft, steps, self._model.saved_at)
            if self._shown is not None:
                self._steps[self._shown].show_progress(steps)
        if self._is_narrow:
            self._tell_title()

    def _show_step(self) -> None:
        step = self._model.step
        if step is self._shown or step not in self._steps:
            return
        self._hand_over()
        self._shown = step
        self._stack.setCurrentWidget(self._steps[step])
        self._tell_title()
        if self.isVisible():
            self._enter(step)

    def _enter(self, step: Step) -> None:
        widget = self._steps[step]
        widget.shown()
        widget.focus_field(self._model.draft.field_of(step))
        self._render_rail()

    def _hand_over(self) -> None:
        if self._shown is not None:
            self._steps[self._shown].left()

    def _tell_title(self) -> None:
        if not self._model.is_shown:
            self.title_changed.emit(PageTitle(self.tr("Visit")))
            return
        place = self.tr("%1 \u00b7 step %2 of %3").replace("%1", self._model.draft.head.customer_name)
        place = place.replace("%2", str(self._model.step.number)).replace("%3", str(len(STEPS)))
        if self._is_narrow and self._model.draft.value(VISIT_ROW, "paper_entered_at") is not None:
            place = self.tr("%1 \u00b7 from paper").replace("%1", place)
        if self._is_narrow and self._model.saved_at is not None:
            # What is cut where the window is narrow is the place, never the promise that everything is saved.
            saved = self.tr("Saved %1 \u00b7 %2").replace("%1", format_clock(self._model.saved_at))
            place = saved.replace("%2", place)
        self.title_changed.emit(PageTitle(self.tr("Visit"), place))

    def _measure(self) -> None:
        theme = current_theme()
        pad, gap = theme.size("pad"), theme.size("gap")
        self._whole.setContentsMargins(pad, pad, pad, pad)
        self._whole.setSpacing(theme.size("gap_small"))
        self._inside_row.setSpacing(gap)

    @Slot()
    def _on_opened(self) -> None:
        self._tell_title()
        if self._shown is self._model.step and self.isVisible():
            self._enter(self._model.step)

    @Slot(object)
    def _on_jumped(self, key: str) -> None:
        self._model.go(Step(key))

    @Slot(object)
    def _on_field_focused(self, field: str) -> None:
        sender = self.sender()
        if isinstance(sender, VisitStep) and sender.step is self._model.step:
            self._model.note_field(field)

    @Slot(object)
    def _on_place_requested(self, _place: object) -> None:
        self._render()
        self._steps[self._model.step].focus_field(self._model.draft.place.field)

    @Slot()
    def _on_next(self) -> None:
        self._hand_over()
        self._model.move(1)

    @Slot()
    def _on_previous(self) -> None:
        self._hand_over()
        self._model.move(-1)

    @Slot()
    def _on_undo(self) -> None:
        self._hand_over()
        self._model.draft.undo()

    @Slot()
    def _on_redo(self) -> None:
        self._hand_over()
        self._model.draft.redo()

    @Slot()
    def _on_today_requested(self) -> None:
        self.open_page_requested.emit("today")

    @Slot(object)
    def _on_visit_requested(self, visit_id: UUID) -> None:
        self.open_visit(visit_id)

    @Slot()
    def _on_customer_requested(self) -> None:
        self.open_customer_requested.emit(self._model.draft.head.customer_id)

    @Slot()
    def _on_bar_action(self) -> None:
        if self._model.failure is not None:
            self._model.leave()
        elif self._model.draft.is_read_only and not self._model.draft.head.colleague:
            self._model.reopen()
