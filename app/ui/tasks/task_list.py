"""Tasks of head office below each other; for Today and for the visit."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.tasks_reading import TaskLine
from app.ui.tasks.task_board import TaskBoard
from app.ui.tasks.task_row import TaskRow
from app.ui.tasks.task_words import TaskWords


class TaskList(QWidget):
    """Rows stay as long as their task is shown, so that a form being filled in is never lost."""

    shop_requested = Signal(object)
    """UUID of the customer"""

    def __init__(
        self,
        board: TaskBoard,
        evidence: Callable[[UUID], QWidget] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("taskList")
        self._board = board
        self._words = TaskWords(self)
        self._evidence = evidence
        self._rows: dict[UUID, TaskRow] = {}
        self._order: tuple[UUID, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._list)

    def rows(self) -> tuple[TaskRow, ...]:
        """Return the rows in the order in which they are shown."""
        return tuple(self._rows[key] for key in self._order)

    def show_lines(
        self,
        lines: Sequence[TaskLine],
        *,
        with_shop: bool = False,
        visit_of: Callable[[TaskLine], UUID | None] | None = None,
        read_only: bool = False,
    ) -> None:
        """Show these tasks."""
        self._place([line.id for line in lines])
        for line in lines:
            visit = None if visit_of is None else visit_of(line)
            self._rows[line.id].show_task(line, with_shop=with_shop, visit=visit, read_only=read_only)

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        for row in self._rows.values():
            row.retranslate()

    def focus_task(self, task_id: UUID | None = None) -> None:
        """Put the keyboard on a task, or on the first one."""
        row = self._rows.get(task_id) if task_id is not None else next(iter(self.rows()), None)
        if row is not None:
            row.begin()

    def _place(self, order: list[UUID]) -> None:
        for gone in [key for key in self._rows if key not in order]:
            row = self._rows.pop(gone)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for key in order:
            if key not in self._rows:
                evidence = None if self._evidence is None else self._evidence(key)
                row = self._rows[key] = TaskRow(self._board, self._words, evidence)
                row.shop_requested.connect(self.shop_requested)
                row.retranslate()
        if tuple(order) != self._order:
            self._order = tuple(order)
            for key in order:
                self._list.removeWidget(self._rows[key])
                self._list.addWidget(self._rows[key])
