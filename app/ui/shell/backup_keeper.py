"""Makes the backups: after each visit and at close, one at a time, beside the work and never in its way."""

from PySide6.QtCore import QObject, Signal, Slot

from app.runtime.memory import give_back
from app.services.maintenance import Maintenance
from app.services.opening import BackupInfo
from app.ui.background.task_runner import Lane, TaskRunner


class BackupKeeper(QObject):
    """Knows the backups that are there, whether one is being made, and what went wrong with the last."""

    changed = Signal()
    failed = Signal(object)
    """BaseException: told once for each row of failures"""
    ended = Signal()
    """No backup is being made any more, whatever became of it."""

    def __init__(self, maintenance: Maintenance, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._maintenance = maintenance
        self._tasks = tasks
        self._again = False
        self.is_running = False
        self.error: BaseException | None = None
        self.backups: tuple[BackupInfo, ...] | None = None

    @property
    def last(self) -> BackupInfo | None:
        """The newest backup that can be read."""
        return self.backups[0] if self.backups else None

    def look(self) -> None:
        """Learn which backups are there."""
        self._tasks.run(self._maintenance.backups, owner=self, done=self._on_found, lane=Lane.FREE)

    @Slot()
    def back_up(self) -> None:
        """Make a backup; asked for while one is being made, another follows, since the store has changed since."""
        if self.is_running:
            self._again = True
            return
        self.is_running = True
        self.changed.emit()
        self._tasks.run(self._made, owner=self, done=self._on_made, failed=self._on_failed, lane=Lane.FREE)

    def _made(self) -> tuple[BackupInfo, ...]:
        self._maintenance.back_up()
        give_back()
        return self._maintenance.backups()

    def _on_found(self, backups: tuple[BackupInfo, ...]) -> None:
        self.backups = backups
        self.changed.emit()

    def _on_made(self, backups: tuple[BackupInfo, ...]) -> None:
        self.backups = backups
        self.error = None
        self._end()

    def _on_failed(self, error: BaseException) -> None:
        is_first = self.error is None
        self.error = error
        self._again = False
        self._end()
        if is_first:
            self.failed.emit(error)

    def _end(self) -> None:
        self.is_running = False
        if self._again:
            self._again = False
            self.back_up()
            return
        self.changed.emit()
        self.ended.emit()
