"""Asking for the password: tries it off the GUI thread, and counts down the wait after wrong ones."""

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.problems import Problem, TroubleError
from app.ui.background.task_runner import Lane, TaskRunner

_TICK_MS = 250


class PasswordGate(QObject):
    """Knows whether a password can be tried now, what was wrong with the last one, and how long to wait."""

    changed = Signal()
    passed = Signal(object)
    """What the check returned for the right password"""
    failed = Signal(object)
    """BaseException: something else than the password stood in the way"""

    def __init__(
        self,
        check: Callable[[str], object],
        seconds_to_wait: Callable[[], int],
        tasks: TaskRunner,
        lane: Lane = Lane.FREE,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._check = check
        self._seconds_to_wait = seconds_to_wait
        self._tasks = tasks
        self._lane = lane
        self._ready_at = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self.is_busy = False
        self.is_wrong = False
        self.seconds_left = 0

    @property
    def is_open_for_tries(self) -> bool:
        """Whether the next password would be looked at now."""
        return not self.is_busy and self.seconds_left == 0

    def start(self) -> None:
        """Learn whether wrong passwords of before still cost time; called when the question is shown."""
        self.is_wrong = False
        self._tasks.run(self._seconds_to_wait, owner=self, done=self._on_wait_known, failed=self.failed.emit)

    def try_password(self, password: str) -> None:
        """Look at a password, unless one is being looked at or the wait is not over."""
        if not self.is_open_for_tries or not password:
            return
        self._set_busy(True)
        self._tasks.run(
            lambda: self._check(password), owner=self, done=self._on_passed, failed=self._on_failed, lane=self._lane
        )

    def _on_passed(self, value: object) -> None:
        self.is_wrong = False
        self._set_busy(False)
        self.passed.emit(value)

    def _on_failed(self, error: BaseException) -> None:
        problem = error.problem if isinstance(error, TroubleError) else None
        if problem is Problem.WRONG_PASSWORD:
            self.is_wrong = True
            self._tasks.run(self._seconds_to_wait, owner=self, done=self._on_wait_known, failed=self.failed.emit)
            return
        if problem is Problem.WAIT_BEFORE_RETRY and isinstance(error, TroubleError):
            self._on_wait_known(int(error.detail or "1"))
            return
        self._set_busy(False)
        self.failed.emit(error)

    def _on_wait_known(self, seconds: int) -> None:
        self._ready_at = time.monotonic() + seconds
        self.is_busy = False
        self._count()

    @Slot()
    def _on_tick(self) -> None:
        self._count()

    def _count(self) -> None:
        self.seconds_left = max(0, math.ceil(self._ready_at - time.monotonic()))
        if self.seconds_left:
            self._timer.start()
        else:
            self._timer.stop()
        self.changed.emit()

    def _set_busy(self, busy: bool) -> None:
        self.is_busy = busy
        self.changed.emit()
