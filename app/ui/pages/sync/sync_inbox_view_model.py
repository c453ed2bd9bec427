"""What the sync page reads besides the round itself: today's numbers, refused records, clashing values."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.problems import TroubleError
from app.services.stuck_photos import StuckPhoto, StuckPhotos
from app.services.sync_facts import ConflictLine, DayNumbers, RefusedRecord
from app.services.sync_happenings import Happening
from app.services.sync_inbox import SyncInbox
from app.ui.background.task_runner import TaskRunner
from app.ui.shell.sync_controller import SyncController

_Found: TypeAlias = tuple[
    DayNumbers, tuple[RefusedRecord, ...], tuple[ConflictLine, ...], tuple[ConflictLine, ...], tuple[Happening, ...],
    tuple[StuckPhoto, ...],
]  # fmt: skip


class SyncInboxViewModel(QObject):
    """Reads anew after each round; decisions are queued here and carried out by head office."""

    changed = Signal()
    trouble_met = Signal(object)
    """TroubleError: nothing has changed"""

    def __init__(
        self, inbox: SyncInbox, photos: StuckPhotos, sync: SyncController, tasks: TaskRunner,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._inbox = inbox
        self._photos = photos
        self._sync = sync
        self._tasks = tasks
        self.day: DayNumbers | None = None
        self.refused: tuple[RefusedRecord, ...] = ()
        self.conflicts: tuple[ConflictLine, ...] = ()
        self.merged: tuple[ConflictLine, ...] = ()
        """Settled by a rule or a person, and still to be turned round."""
        self.happenings: tuple[Happening, ...] = ()
        """What sync did by itself."""
        self.stuck: tuple[StuckPhoto, ...] = ()
        """Photos that head office refuses again and again."""
        sync.ended.connect(self.read)

    @Slot()
    def read(self) -> None:
        """Read everything again."""
        self._tasks.run(self._read, owner=self, done=self._on_read)

    def set_aside(self, key: str) -> None:
        """Take a refused record off the list."""
        self._tasks.run(lambda: self._inbox.set_aside(key), owner=self, done=self._on_written)

    def let_go(self, sha256: str, target: Path) -> None:
        """Save a photo to a file and send it no more."""
        self._tasks.run(
            lambda: self._photos.let_go(sha256, target), owner=self, done=self._on_written, failed=self._on_trouble
        )

    def note_read(self, no: int) -> None:
        """Let the notices up to this line be read."""
        self._tasks.run(lambda: self._inbox.note_read(no), owner=self, done=self._on_written)

    def decide(self, choices: Mapping[str, str]) -> None:
        """Let values stand, and tell head office."""
        chosen = dict(choices)
        self._tasks.run(lambda: self._inbox.decide(chosen), owner=self, done=self._on_decided)

    def take_back(self, keys: Iterable[str]) -> None:
        """Take decisions back, and tell head office of those that it knows."""
        taken = tuple(keys)
        self._tasks.run(lambda: self._inbox.take_back(taken), owner=self, done=self._on_decided)

    @property
    def undecided(self) -> int:
        """How many values still wait for this person's decision."""
        return sum(not line.decided for line in self.conflicts)

    def _read(self) -> _Found:
        inbox = self._inbox
        found = inbox.day(), inbox.refused(), inbox.conflicts(), inbox.merged(), inbox.happenings()
        return (*found, self._photos.read())

    def _on_read(self, found: _Found) -> None:
        self.day, self.refused, self.conflicts, self.merged, self.happenings, self.stuck = found
        self.changed.emit()

    def _on_written(self, _nothing: None) -> None:
        self.read()
        self._sync.look()

    def _on_trouble(self, error: BaseException) -> None:
        if not isinstance(error, TroubleError):
            raise error
        self.trouble_met.emit(error)

    def _on_decided(self, _nothing: None) -> None:
        self.read()
        self._sync.look()
        self._sync.after_visit()
