"""Lets the order guidance learn from the territory before it suggests anything: a second look gives the same number."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.services.guidance import Guidance
from app.ui.background.task_runner import Lane, TaskRunner

_UNSAID_MS = 500


class Learning(QObject):
    """Learns once a week, which takes seconds; nobody has to wait for it, but then it is said."""

    ready = Signal()
    """Suggestions can be made now."""
    takes_time = Signal()

    def __init__(self, guidance: Guidance, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._guidance = guidance
        self._tasks = tasks
        self._is_running = False
        self._is_waited_for = False
        self.is_early = False
        """Whether suggestions are made before everything is learnt."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_UNSAID_MS)
        self._timer.timeout.connect(self.takes_time)

    @Slot()
    def begin(self) -> None:
        """Learn what is to be learnt, then be `ready`."""
        self._is_waited_for = True
        self._timer.start()
        if not self._is_running:
            self._is_running = True
            self._tasks.run(
                self._guidance.learn, owner=self, done=self._on_learnt, failed=self._on_failed, lane=Lane.FREE
            )

    def go_ahead(self) -> None:
        """Be ready now, with what was learnt before or nothing."""
        if self._is_waited_for:
            self.is_early = True
            self._finish()

    def _on_learnt(self, _is_new: bool) -> None:
        self._is_running = False
        was_early, self.is_early = self.is_early, False
        if self._is_waited_for or was_early:
            self._finish()

    def _on_failed(self, _error: BaseException) -> None:
        self._is_running = False
        self.is_early = True
        if self._is_waited_for:
            self._finish()

    def _finish(self) -> None:
        self._is_waited_for = False
        self._timer.stop()
        self.ready.emit()
