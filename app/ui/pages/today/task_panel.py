"""All tasks of head office on one list, in the place of the day's shops: those without a shop first."""

from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.visit import VisitStatus
from app.services.tasks_reading import TaskLine
from app.ui.look.theme import current_theme
from app.ui.pages.today.today_view_model import TodayViewModel
from app.ui.tasks.task_board import TaskBoard
from app.ui.tasks.task_list import TaskList
from app.ui.tasks.task_notice_bar import TaskNoticeBar
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.painting import is_look_event
from app.ui.widgets.scroll_area import VerticalScrollArea


class TaskPanel(QWidget):
    """Accept, report and say why not, without leaving Today."""

    closed = Signal()
    shop_requested = Signal(object)
    """UUID of the customer"""

    def __init__(self, model: TodayViewModel, board: TaskBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._board = board
        self._build()
        board.changed.connect(self.render_tasks)
        self._back.clicked.connect(self.closed)
        for tasks in (self._own, self._shops, self._reported):
            tasks.shop_requested.connect(self.shop_requested)

    def begin(self) -> None:
        """Put the keyboard on the first task."""
        self.render_tasks()
        first = next((tasks for tasks in (self._own, self._shops) if tasks.rows()), None)
        if first is None:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            first.focus_task()

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self._title.setText(self.tr("Tasks from head office"))
        self._back.set_name(self.tr("Back to the day (Esc)"))
        self._own_heading.setText(self.tr("Not tied to a shop"))
        self._shops_heading.setText(self.tr("At shops"))
        self._reported_heading.setText(self.tr("Reported in the last days"))
        for tasks in (self._own, self._shops, self._reported):
            tasks.retranslate()
        self.render_tasks()

    @Slot()
    def render_tasks(self) -> None:
        """Show the tasks as they are."""
        opened = self._board.open_lines
        parts = (
            (self._own_heading, self._own, [line for line in opened if line.customer_id is None]),
            (self._shops_heading, self._shops, [line for line in opened if line.customer_id is not None]),
            (self._reported_heading, self._reported, [line for line in self._board.lines if not line.state.is_open]),
        )
        for heading, tasks, lines in parts:
            tasks.show_lines(lines, with_shop=True, visit_of=self._visit_of)
            heading.setVisible(bool(lines))
        self._bar.show_notice()
        none = self.tr("Nothing is open.") if self._board.is_read else self.tr("Reading the tasks\u2026")
        self._none.setText(none)
        self._none.setVisible(not opened)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_look_event(event) and hasattr(self, "_whole"):
            self._measure()

    def _build(self) -> None:
        self._title = TextLabel("", "heading")
        self._back = IconButton("close")
        self._back.setObjectName("tasksBack")
        self._none = TextLabel("", "muted", wrap=True)
        self._none.setObjectName("nothingOpen")
        self._bar = TaskNoticeBar(self._board)
        self._own, self._shops, self._reported = (TaskList(self._board) for _ in range(3))
        self._own_heading, self._shops_heading, self._reported_heading = (TextLabel("", "hint") for _ in range(3))
        self._own.setObjectName("ownTasks")
        self._shops.setObjectName("shopTasks")
        self._reported.setObjectName("reportedTasks")
        self._top = QHBoxLayout()
        self._top.addWidget(self._title, 1)
        self._top.addWidget(self._back)
        body = QWidget()
        self._inside = QVBoxLayout(body)
        self._bar_line = QHBoxLayout()
        self._bar_line.addWidget(self._bar)
        self._inside.addWidget(self._none)
        for heading, tasks in (
            (self._own_heading, self._own),
            (self._shops_heading, self._shops),
            (self._reported_heading, self._reported),
        ):
            self._inside.addWidget(heading)
            self._inside.addWidget(tasks)
        self._inside.addStretch(1)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addLayout(self._top)
        self._whole.addLayout(self._bar_line)
        self._whole.addWidget(VerticalScrollArea(body), 1)
        self._measure()

    def _measure(self) -> None:
        theme = current_theme()
        pad, small = theme.size("pad"), theme.size("gap_small")
        self._top.setContentsMargins(pad, small, small, 0)
        self._bar_line.setContentsMargins(pad, 0, pad, 0)
        self._inside.setContentsMargins(pad, 0, pad, small)
        self._inside.setSpacing(theme.size("gap_tiny"))
        self._whole.setSpacing(theme.size("gap_tiny"))

    def _visit_of(self, line: TaskLine) -> UUID | None:
        """Return the visit of today at the shop of a task, whose record is its evidence."""
        stop = self._model.stop_of(line.customer_id)
        has_begun = stop is not None and stop.status in {VisitStatus.IN_PROGRESS, VisitStatus.DONE}
        return stop.visit_id if stop is not None and has_begun else None
