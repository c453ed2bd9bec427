"""Looking first: what a round would do, asked beside the work; nothing is sent and nothing is changed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.runtime.cancel import CancelledError, CancelToken, Report
from app.services.sync_facts import Ended
from app.ui.background.task_runner import Lane, TaskRunner
from app.ui.shell.sync_work import SyncWork

if TYPE_CHECKING:
    from app.sync.look_ahead import LookAhead


class Looking(QObject):
    """Holds what a round would do, as it was when the person looked; a round makes it old."""

    changed = Signal()

    def __init__(self, work: SyncWork, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._tasks = tasks
        self._token: CancelToken | None = None
        self._is_old = False
        self.ahead: LookAhead | Ended | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether head office is being asked."""
        return self._token is not None

    def look(self) -> None:
        """Ask, unless that goes on."""
        if self.is_under_way:
            return
        self.ahead, self._is_old = None, False
        work = self._work.look_ahead

        def looked(cancel: CancelToken, _report: Report) -> "LookAhead | Ended":
            return work(cancel)

        self._token = self._tasks.run_long(
            looked, owner=self, done=self._on_looked, failed=self._on_not_looked, lane=Lane.SYNC
        )
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """Wait no longer for the answer."""
        if self._token is not None:
            self._token.cancel()
        self.changed.emit()

    @Slot()
    def forget(self) -> None:
        """Take what a round would do off the screen."""
        self.ahead = None
        self.changed.emit()

    def give_way(self) -> None:
        """Let a round begin: what was found is old, and an answer that still comes is not shown."""
        self.ahead, self._is_old = None, True
        if self._token is not None:
            self._token.cancel()

    def _on_looked(self, ahead: "LookAhead | Ended") -> None:
        self._token = None
        self.ahead = None if ahead is Ended.STOPPED or self._is_old else ahead
        self.changed.emit()

    def _on_not_looked(self, error: BaseException) -> None:
        self._token = None
        self.changed.emit()
        if not isinstance(error, CancelledError):
            self._tasks.failed.emit(error)
