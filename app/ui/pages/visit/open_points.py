"""What is still open in a visit, step by step; a press jumps to the first open field."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.visit import Step, StepProgress, open_total
from app.services.visit_reading import Place
from app.ui.look.theme import current_theme
from app.ui.pages.visit.wrap_up_words import WrapUpWords
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import TextLabel

# A button with its icon behind the words is laid out from right to left.
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute


class OpenPoints(QWidget):
    """One line a step that has something open."""

    jump_requested = Signal(object)
    """Place"""
    tasks_requested = Signal()

    def __init__(self, words: WrapUpWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._steps: tuple[StepProgress, ...] = ()
        self._buttons: list[_PointButton] = []
        self._task_count = 0
        self._heading = TextLabel("", "strong")
        self._none = TextLabel("", "muted", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(current_theme().size("gap_tiny"))
        self._tasks = Button("", "quiet", icon="chevron.right", trailing_icon=True, small=True)
        self._tasks.setObjectName("openTaskPoints")
        self._tasks.clicked.connect(self.tasks_requested)
        for widget in (self._heading, self._none):
            whole.addWidget(widget)
        whole.addWidget(self._tasks, 0, _LEFT)
        whole.addLayout(self._lines)

    @property
    def total(self) -> int:
        """How many points are open."""
        return open_total(self._steps) + self._task_count

    def show_steps(self, steps: Sequence[StepProgress], tasks: int = 0) -> None:
        """Show what is open; of the wrap-up itself only the tasks that were not reported."""
        fresh = tuple(step for step in steps if step.open and step.step is not Step.WRAP_UP)
        if fresh != self._steps or tasks != self._task_count:
            self._steps = fresh
            self._task_count = tasks
            self._show()

    def retranslate(self) -> None:
        """Word everything in the language shown."""
        self._heading.setText(self.tr("Still open"))
        self._none.setText(self.tr("Nothing: every step is filled in."))
        self._show()

    def _show(self) -> None:
        for button in self._buttons:
            self._lines.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [_PointButton(step, self._words.open_step(step)) for step in self._steps]
        for button in self._buttons:
            button.clicked.connect(self._on_clicked)
            self._lines.addWidget(button, 0, _LEFT)
        self._none.setVisible(not self._steps and not self._task_count)
        self._tasks.setText(self.tr("%n task(s) not reported yet", "", self._task_count))
        self._tasks.setVisible(self._task_count > 0)

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, _PointButton):
            self.jump_requested.emit(sender.place)


class _PointButton(Button):
    """Jumps to the first open field of a step."""

    def __init__(self, step: StepProgress, words: str) -> None:
        super().__init__(words, "quiet", icon="chevron.right", trailing_icon=True, small=True)
        self.setObjectName(f"open_{step.step}")
        self.place = Place(step.step, step.open_fields[0])
