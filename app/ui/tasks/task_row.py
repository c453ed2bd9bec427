"""One task of head office: what is asked, until when, and the small form in which it is reported."""

from enum import StrEnum
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.tasks import STEPS, TaskState
from app.services.tasks_reading import TaskLine
from app.ui.look.theme import current_theme
from app.ui.tasks.task_board import TaskBoard
from app.ui.tasks.task_words import TaskWords
from app.ui.widgets.buttons import Button
from app.ui.widgets.chip import Chip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.note_field import NoteField
from app.ui.widgets.painting import is_look_event
from app.ui.widgets.tones import Tone

_TOP = Qt.AlignmentFlag.AlignTop


class _Form(StrEnum):
    NONE = "none"
    DONE = "done"
    CANNOT = "cannot"


class TaskRow(QWidget):
    """Buttons for the steps that are possible; done and cannot open the form below."""

    shop_requested = Signal(object)
    """UUID of the customer"""

    def __init__(
        self, board: TaskBoard, words: TaskWords, evidence: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._board = board
        self._words = words
        self._evidence = evidence
        self._line: TaskLine | None = None
        self._visit: UUID | None = None
        self._form = _Form.NONE
        self._with_shop = False
        self._is_read_only = False
        self._build()
        self._wire()

    @property
    def task_id(self) -> UUID | None:
        """The task shown."""
        return None if self._line is None else self._line.id

    def show_task(self, line: TaskLine, *, with_shop: bool, visit: UUID | None, read_only: bool) -> None:
        """Show a task; what is being written into its form stays."""
        if self._line is not None and self._line.state is not line.state:
            self._form = _Form.NONE
        self._line, self._with_shop, self._visit, self._is_read_only = line, with_shop, visit, read_only
        self._render()

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self._accept.setText(self.tr("Accept"))
        self._done.setText(self.tr("Done\u2026"))
        self._cannot.setText(self.tr("Cannot be done\u2026"))
        self._take_back.setText(self.tr("Take back"))
        self._open_shop.setText(self.tr("Look at the shop"))
        self._cancel.setText(self.tr("Cancel"))
        for reason, button in zip(self._reasons(), self._reason_buttons, strict=True):
            button.setText(reason)
        self._render()

    def begin(self) -> None:
        """Put the keyboard on the next step."""
        field = self._field if self._form is not _Form.NONE else self._first_button()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._scroll_here)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_whole"):
            self._measure()

    def _build(self) -> None:
        self.setObjectName("taskRow")
        self._chip = Chip("", Tone.GREY)
        self._title = TextLabel("", "strong", wrap=True)
        self._title.setObjectName("taskTitle")
        self._origin = TextLabel("", "hint", wrap=True)
        self._body = TextLabel("", "", wrap=True)
        self._body.setObjectName("taskBody")
        self._report = TextLabel("", "muted", wrap=True)
        self._report.setObjectName("taskReport")
        self._refused = TextLabel("", "error", wrap=True)
        self._accept, self._done, self._cannot = (Button("", small=True) for _ in range(3))
        self._take_back = Button("", "quiet", icon="undo", small=True)
        self._open_shop = Button("", "quiet", small=True)
        names = ("acceptTask", "doneTask", "cannotTask", "takeBackTask", "taskShop")
        for button, name in zip(self._buttons(), names, strict=True):
            button.setObjectName(name)
        self._title_line = QHBoxLayout()
        self._title_line.addWidget(self._title, 1)
        self._title_line.addWidget(self._chip)
        self._title_line.setAlignment(self._chip, _TOP)
        self._deeds = QWidget()
        flow = FlowLayout(self._deeds)
        for button in self._buttons():
            flow.addWidget(button)
        self._whole = QVBoxLayout(self)
        self._whole.addLayout(self._title_line)
        for widget in (self._origin, self._body, self._report, self._refused, self._deeds, self._make_form()):
            self._whole.addWidget(widget)
        self._measure()

    def _make_form(self) -> QWidget:
        self._form_box = _FormBox()
        self._label = TextLabel("", "strong", wrap=True)
        self._field = NoteField(2)
        self._field.setObjectName("taskWords")
        self._problem = TextLabel("", "error", wrap=True)
        self._problem.setObjectName("taskProblem")
        self._quick = QWidget()
        flow = FlowLayout(self._quick)
        self._reason_buttons = [Button("", "quiet", small=True) for _ in self._reasons()]
        for button in self._reason_buttons:
            button.setObjectName("taskReason")
            flow.addWidget(button)
        self._send = Button("", "primary", small=True)
        self._send.setObjectName("sendTask")
        self._cancel = Button("", small=True)
        self._cancel.setObjectName("cancelTask")
        foot = QHBoxLayout()
        foot.addWidget(self._send)
        foot.addWidget(self._cancel)
        foot.addStretch(1)
        self._form_layout = QVBoxLayout(self._form_box)
        self._form_layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._label, self._quick, self._field, self._problem):
            self._form_layout.addWidget(widget)
        if self._evidence is not None:
            self._form_layout.addWidget(self._evidence)
        self._form_layout.addLayout(foot)
        self._problem.hide()
        return self._form_box

    def _wire(self) -> None:
        self._accept.clicked.connect(self._on_accept)
        self._done.clicked.connect(self._on_done)
        self._cannot.clicked.connect(self._on_cannot)
        self._take_back.clicked.connect(self._on_take_back)
        self._open_shop.clicked.connect(self._on_open_shop)
        self._field.edited.connect(self._on_edited)
        self._send.clicked.connect(self._on_send)
        self._cancel.clicked.connect(self._on_cancel)
        for button in self._reason_buttons:
            button.clicked.connect(self._on_reason)
        self._form_box.sent.connect(self._on_send)
        self._form_box.given_up.connect(self._on_cancel)

    def _measure(self) -> None:
        theme = current_theme()
        tiny, small = theme.size("gap_tiny"), theme.size("gap_small")
        self._whole.setContentsMargins(0, small, 0, small)
        self._whole.setSpacing(tiny)
        self._title_line.setSpacing(small)
        self._form_layout.setSpacing(tiny)

    def _render(self) -> None:
        line = self._line
        if line is None:
            return
        self._chip.set_chip(*self._words.chip(line))
        self._title.setText(line.title)
        self._origin.setText(self._words.origin(line, with_shop=self._with_shop))
        for label, text in (
            (self._body, line.body),
            (self._report, self._words.report(line)),
            (self._refused, self._words.refused() if line.id in self._board.refused else ""),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._render_deeds(line)
        self._render_form(line)

    def _render_deeds(self, line: TaskLine) -> None:
        is_free = not self._is_read_only and self._form is _Form.NONE
        steps = STEPS[line.state] if is_free and line.state is not TaskState.CANCELLED else frozenset[TaskState]()
        self._accept.setVisible(line.state is TaskState.ASSIGNED and bool(steps))
        self._done.setVisible(TaskState.DONE in steps)
        self._cannot.setVisible(TaskState.CANNOT in steps)
        self._take_back.setVisible(is_free and line.can_take_back)
        self._open_shop.setVisible(is_free and self._with_shop and line.customer_id is not None)
        self._deeds.setVisible(any(not button.isHidden() for button in self._buttons()))

    def _render_form(self, line: TaskLine) -> None:
        is_open = self._form is not _Form.NONE and not self._is_read_only
        self._form_box.setVisible(is_open)
        if not is_open:
            return
        is_cannot = self._form is _Form.CANNOT
        self._quick.setVisible(is_cannot)
        self._label.setText(self.tr("Why it cannot be done") if is_cannot else self.tr("What was done"))
        hint = self.tr("Head office needs a reason") if is_cannot else self.tr("A sentence is enough; it may be empty")
        self._field.set_name(self._label.text(), hint)
        self._field.show_text(self._board.written.get(line.id))
        self._send.setText(self.tr("Report: cannot be done") if is_cannot else self.tr("Report: done"))
        if self._evidence is not None:
            self._evidence.setVisible(True)

    def _reasons(self) -> tuple[str, ...]:
        return (
            self.tr("Owner not there"),
            self.tr("Shop does not agree"),
            self.tr("Shop closed for good"),
            self.tr("Materials missing"),
        )

    def _buttons(self) -> tuple[Button, ...]:
        return (self._accept, self._done, self._cannot, self._take_back, self._open_shop)

    def _first_button(self) -> QWidget:
        return next((button for button in self._buttons() if not button.isHidden()), self)

    def _open_form(self, form: _Form) -> None:
        self._form = form
        self._problem.hide()
        self._render()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._scroll_here)

    @Slot()
    def _scroll_here(self) -> None:
        """Bring the whole row into view, once it is laid out: the keyboard alone does not move the page."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self)

    @Slot()
    def _on_accept(self) -> None:
        if self._line is not None:
            self._board.accept(self._line.id)

    @Slot()
    def _on_done(self) -> None:
        self._open_form(_Form.DONE)

    @Slot()
    def _on_cannot(self) -> None:
        self._open_form(_Form.CANNOT)

    @Slot()
    def _on_take_back(self) -> None:
        if self._line is not None:
            self._board.take_back(self._line.id)

    @Slot()
    def _on_open_shop(self) -> None:
        if self._line is not None:
            self.shop_requested.emit(self._line.customer_id)

    @Slot(object)
    def _on_edited(self, text: str | None) -> None:
        if self._line is not None:
            self._board.written[self._line.id] = text or ""
            self._problem.hide()

    @Slot()
    def _on_reason(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button) and self._line is not None:
            before = self._board.written.get(self._line.id, "").strip()
            words = self.tr("; ").join(one for one in (before, sender.text()) if one)
            self._board.written[self._line.id] = words
            self._problem.hide()
            self._render()
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_send(self) -> None:
        line = self._line
        if line is None or self._form is _Form.NONE:
            return
        words = self._board.written.get(line.id, "").strip()
        if self._form is _Form.DONE:
            self._board.report_done(line.id, words, self._visit)
        elif words:
            self._board.report_cannot(line.id, words, self._visit)
        else:
            self._problem.setText(self.tr("Please give a reason."))
            self._problem.show()
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_cancel(self) -> None:
        if self._form is not _Form.NONE:
            self._form = _Form.NONE
            self._render()
            self.begin()


class _FormBox(QWidget):
    """Takes Ctrl+Enter and Esc before the page does, which has other uses for them."""

    sent = Signal()
    given_up = Signal()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _is_ours(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            self.sent.emit()


def _is_ours(event: QKeyEvent) -> bool:
    with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
    return event.key() == Qt.Key.Key_Escape or (with_ctrl and is_enter)
