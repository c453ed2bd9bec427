"""Leaving the program: what is typed goes to disk, a backup is made, and only then the window closes."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, Signal, Slot

from app.ui.background.task_runner import TaskRunner
from app.ui.shell.backup_keeper import BackupKeeper


class ClosingStage(StrEnum):
    """How far the leaving is."""

    IDLE = "idle"
    SAVING = "saving"
    UNSAVED = "unsaved"
    BACKING_UP = "backing_up"
    NO_BACKUP = "no_backup"
    DONE = "done"


class Closing(QObject):
    """Goes from one step to the next; stops and asks where something could be lost."""

    changed = Signal()
    done = Signal()

    def __init__(
        self,
        flush: Callable[[], None],
        has_unsaved: Callable[[], bool],
        keeper: BackupKeeper,
        tasks: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._flush = flush
        self._has_unsaved = has_unsaved
        self._keeper = keeper
        self._tasks = tasks
        self.stage = ClosingStage.IDLE
        keeper.ended.connect(self._on_backup_ended)

    @property
    def error(self) -> BaseException | None:
        """Why there is no backup."""
        return self._keeper.error

    def begin(self) -> None:
        """Write what is typed; the database lane keeps the order, so that a task behind it knows it is written."""
        if self.stage is not ClosingStage.IDLE:
            return
        self._go(ClosingStage.SAVING)
        self._flush()
        self._tasks.run(_nothing, owner=self, done=self._on_saved)

    @Slot()
    def stay(self) -> None:
        """Go back to the work."""
        if self.stage is not ClosingStage.DONE:
            self._go(ClosingStage.IDLE)

    @Slot()
    def go_on(self) -> None:
        """Leave although something is missing: unsaved words, or the backup."""
        if self.stage is ClosingStage.UNSAVED:
            self._back_up()
        elif self.stage in {ClosingStage.BACKING_UP, ClosingStage.NO_BACKUP}:
            self._finish()

    def _on_saved(self, _nothing: None) -> None:
        if self.stage is not ClosingStage.SAVING:
            return
        if self._has_unsaved():
            self._go(ClosingStage.UNSAVED)
        else:
            self._back_up()

    def _back_up(self) -> None:
        self._go(ClosingStage.BACKING_UP)
        self._keeper.back_up()

    @Slot()
    def _on_backup_ended(self) -> None:
        if self.stage is not ClosingStage.BACKING_UP:
            return
        if self._keeper.error is None:
            self._finish()
        else:
            self._go(ClosingStage.NO_BACKUP)

    def _finish(self) -> None:
        self._go(ClosingStage.DONE)
        self.done.emit()

    def _go(self, stage: ClosingStage) -> None:
        self.stage = stage
        self.changed.emit()


def _nothing() -> None:
    """Do nothing, behind everything that waits."""
