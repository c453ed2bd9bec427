"""Leaving the program: what is typed goes to disk, a backup is made, what waits goes up, then the window closes."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.ui.background.task_runner import TaskRunner
from app.ui.shell.backup_keeper import BackupKeeper
from app.ui.shell.sync_controller import SyncController

_LONGEST_SENDING_MS = 8_000
"""A slow line must not keep a person from going home."""
_ROUNDS = 2
"""One batch of what was typed may be on its way when the window closes; the rest of it goes behind that one."""


class ClosingStage(StrEnum):
    """How far the leaving is."""

    IDLE = "idle"
    SAVING = "saving"
    UNSAVED = "unsaved"
    BACKING_UP = "backing_up"
    NO_BACKUP = "no_backup"
    SENDING = "sending"
    """What waits goes up; not for long, and the rest goes the next time."""
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
        sync: SyncController | None = None,
    ) -> None:
        super().__init__(parent)
        self._flush = flush
        self._has_unsaved = has_unsaved
        self._keeper = keeper
        self._tasks = tasks
        self.stage = ClosingStage.IDLE
        keeper.ended.connect(self._on_backup_ended)
        self._sync = sync
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_LONGEST_SENDING_MS)
        self._patience.timeout.connect(self._on_sent)
        if sync is not None:
            sync.ended.connect(self._on_sent)

    @property
    def error(self) -> BaseException | None:
        """Why there is no backup."""
        return self._keeper.error

    def begin(self) -> None:
        """Write what is typed; the database lane keeps the order, so that a task behind it knows it is written."""
        if self.stage is not ClosingStage.IDLE:
            return
        self._go(ClosingStage.SAVING)
        self._write(_ROUNDS)

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
        elif self.stage in {ClosingStage.BACKING_UP, ClosingStage.NO_BACKUP, ClosingStage.SENDING}:
            self._finish()

    def _write(self, rounds: int) -> None:
        self._flush()
        self._tasks.run(lambda: rounds, owner=self, done=self._on_written)

    def _on_written(self, rounds: int) -> None:
        if self.stage is not ClosingStage.SAVING:
            return
        if not self._has_unsaved():
            self._back_up()
        elif rounds > 1:
            self._write(rounds - 1)
        else:
            self._go(ClosingStage.UNSAVED)

    def _back_up(self) -> None:
        self._go(ClosingStage.BACKING_UP)
        self._keeper.back_up()

    @Slot()
    def _on_backup_ended(self) -> None:
        if self.stage is not ClosingStage.BACKING_UP:
            return
        if self._keeper.error is None:
            self._send()
        else:
            self._go(ClosingStage.NO_BACKUP)

    def _send(self) -> None:
        """Let a round that is under way end, if that is soon."""
        if self._sync is None or not self._sync.is_running or self._sync.is_stopping:
            self._finish()
            return
        self._patience.start()
        self._go(ClosingStage.SENDING)

    @Slot()
    def _on_sent(self) -> None:
        if self.stage is ClosingStage.SENDING:
            self._finish()

    def _finish(self) -> None:
        self._patience.stop()
        self._go(ClosingStage.DONE)
        self.done.emit()

    def _go(self, stage: ClosingStage) -> None:
        self.stage = stage
        self.changed.emit()
