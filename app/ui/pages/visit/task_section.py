"""The tasks of the shop that is visited, on the brief and on the wrap-up; hidden where head office gave none."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.tasks_reading import TaskLine
from app.ui.look.theme import current_theme
from app.ui.pages.visit.photo_desk import PhotoDesk
from app.ui.pages.visit.task_evidence import TaskEvidence
from app.ui.pages.visit.visit_draft import VisitDraft
from app.ui.tasks.task_board import TaskBoard
from app.ui.tasks.task_list import TaskList
from app.ui.tasks.task_notice_bar import TaskNoticeBar
from app.ui.widgets.labels import TextLabel


class TaskSection(QWidget):
    """A heading and the tasks; reports name the visit that is open as their evidence."""

    def __init__(self, draft: VisitDraft, board: TaskBoard, desk: PhotoDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("taskSection")
        self._draft = draft
        self._board = board
        self._heading = TextLabel("", "strong")
        self._list = TaskList(board, partial(TaskEvidence, draft, desk))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, current_theme().size("gap_small"))
        whole.setSpacing(current_theme().size("gap_tiny"))
        self._bar = TaskNoticeBar(board)
        whole.addWidget(self._heading)
        whole.addWidget(self._bar)
        whole.addWidget(self._list)
        board.changed.connect(self.render_tasks)
        draft.opened.connect(self.render_tasks)
        self.hide()

    @property
    def open_lines(self) -> tuple[TaskLine, ...]:
        """What is still to be done or said at this shop."""
        return tuple(line for line in self._lines() if line.state.is_open)

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self._heading.setText(self.tr("Tasks from head office"))
        self._list.retranslate()
        self.render_tasks()

    def focus_task(self, task_id: UUID | None = None) -> None:
        """Put the keyboard on a task, or on the first one."""
        self._list.focus_task(task_id)

    @Slot()
    def render_tasks(self) -> None:
        """Show the tasks of the shop as they are."""
        lines = self._lines()
        self._list.show_lines(lines, visit_of=self._visit_of, read_only=self._draft.is_read_only)
        self._bar.show_notice([line.id for line in lines])
        self.setVisible(bool(lines))

    def _lines(self) -> tuple[TaskLine, ...]:
        return self._board.of(self._draft.head.customer_id) if self._draft.is_open else ()

    def _visit_of(self, _line: TaskLine) -> UUID:
        return self._draft.head.visit_id
