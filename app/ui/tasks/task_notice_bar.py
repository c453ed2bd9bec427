"""What was just done to a task, with the way back; or why it could not be written."""

from collections.abc import Collection
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.ui.look.messages import Messages
from app.ui.tasks.task_board import TaskBoard
from app.ui.tasks.task_words import TaskWords
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.tones import Tone


class TaskNoticeBar(MessageBar):
    """Stands above the tasks; speaks only of those that are named."""

    def __init__(self, board: TaskBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("taskMessage")
        self._board = board
        self._words = TaskWords(self)
        self._messages = Messages(self)
        self.action_requested.connect(self._on_undo)
        self.dismissed.connect(board.dismiss)

    def show_notice(self, tasks: Collection[UUID] | None = None) -> None:
        """Show what there is to say about these tasks, or about any."""
        board, notice = self._board, self._board.notice
        if board.problem is not None:
            self.show_message(self._messages.of_error(board.problem).whole, Tone.RED)
        elif notice is not None and (tasks is None or notice.task_id in tasks):
            line = board.line_of(notice.task_id)
            undo = self.tr("Undo") if line is not None and line.can_take_back else ""
            self.show_message(self._words.notice(notice), Tone.GREY, undo)
        else:
            self.clear()

    @Slot()
    def _on_undo(self) -> None:
        if self._board.notice is not None:
            self._board.take_back(self._board.notice.task_id)
