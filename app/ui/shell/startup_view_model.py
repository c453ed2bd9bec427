"""The one decision object of the start: first start, unlock, a damaged or newer store, and what to fill it with."""

import logging
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.problems import Problem, TroubleError
from app.runtime.cancel import CancelledError, CancelToken, Report
from app.runtime.logs import describe_error
from app.services.opening import BackupInfo, DoorState, StoreDoor
from app.ui.background.task_runner import Lane, Progress, TaskRunner
from app.ui.shell.password_gate_view_model import PasswordGate

log = logging.getLogger(__name__)


class Stage(StrEnum):
    """What the start window shows."""

    FIRST = "first"
    FILL = "fill"
    UNLOCK = "unlock"
    OPENING = "opening"
    DAMAGED = "damaged"
    NEWER = "newer"
    TROUBLE = "trouble"
    OPENED = "opened"


Door = StoreDoor[object]


class Demo(StrEnum):
    """The territories to try the program on."""

    REAL = "real"
    INVENTED = "invented"


LoadDemo = Callable[[object, Demo, CancelToken, Report], object]
"""Fills the opened application with a demo territory and returns it on the day of those data."""


class StartUp(QObject):
    """Decides what the start window shows, and does what the person answers."""

    changed = Signal()
    opened = Signal(object)
    """The application that the door assembled"""

    def __init__(
        self, door: Door, tasks: TaskRunner, load_demo: LoadDemo | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._door = door
        self._tasks = tasks
        self._load_demo = load_demo
        self._application: object | None = None
        self._token: CancelToken | None = None
        self.gate = PasswordGate(door.unlock, door.seconds_to_wait, tasks, Lane.DATABASE, self)
        self.gate.passed.connect(self._on_opened)
        self.gate.failed.connect(self._on_failed)
        self._keep_key = True
        self.stage = Stage.OPENING
        self.first_page = "today"
        self.is_busy = False
        self.error: BaseException | None = None
        self.progress: Progress | None = None
        self.aside: Path | None = None
        self.backups: tuple[BackupInfo, ...] | None = None

    @property
    def folder(self) -> Path:
        """Where everything lies."""
        return self._door.folder

    @property
    def application(self) -> object | None:
        """What the door opened, as soon as it has: also while the person is asked what to fill it with."""
        return self._application

    @property
    def has_demo(self) -> bool:
        """Whether the demo territory can be loaded."""
        return self._load_demo is not None

    def begin(self, password: str | None = None, *, keep_key: bool = True) -> None:
        """Look at what is there; a password given on the command line is not asked for."""
        self.set_keep_key(keep_key)
        state = self._door.state()
        if state is DoorState.EMPTY:
            self._begin_first(password)
        elif state is DoorState.BROKEN:
            self._show_damage(None)
        elif password is not None:
            self._run(lambda: self._door.unlock(password))
        elif keep_key:
            self._show(Stage.OPENING)
            self._tasks.run(self._door.unlock_by_keyring, owner=self, done=self._on_keyring, failed=self._on_failed)
        else:
            self._ask()

    def set_keep_key(self, keep: bool) -> None:
        """Say whether the key shall be kept in the system's keyring from now on."""
        self._keep_key = keep
        self._door.use_keyring(keep)

    def create(self, password: str) -> None:
        """Set the password of a new store and go on to its filling."""
        self._run(lambda: self._door.create(password), self._on_created)

    def restore(self, backup: BackupInfo, password: str) -> None:
        """Put a backup in the place of the damaged store."""
        self._run(lambda: self._door.restore(backup, password))

    def start_new(self, password: str) -> None:
        """Keep the damaged store aside and begin anew."""
        self._run(lambda: self._door.start_new(password), self._on_created)

    def try_again(self) -> None:
        """Look again, after trouble."""
        self.begin(keep_key=self._keep_key)

    def fill_with_demo(self, demo: Demo) -> None:
        """Load a demo territory and open the program on its day."""
        load, application = self._load_demo, self._application
        if load is None or application is None or self.is_busy:
            return
        self.is_busy = True
        self.progress = Progress(0, 0)
        self._token = self._tasks.run_long(
            lambda token, report: load(application, demo, token, report),
            owner=self,
            progress=self._on_progress,
            done=self._on_filled,
            failed=self._on_fill_failed,
        )
        self.changed.emit()

    def stop_filling(self) -> None:
        """Stop loading; nothing of it stays."""
        if self._token is not None:
            self._token.cancel()

    def fill_later(self, first_page: str = "today") -> None:
        """Open the program with an empty store, on a page."""
        self.first_page = first_page
        self._finish()

    def _begin_first(self, password: str | None) -> None:
        if password is None:
            self._show(Stage.FIRST)
        else:
            self.create(password)

    def _ask(self) -> None:
        self._show(Stage.UNLOCK)
        self.gate.start()

    def _run(self, work: Callable[[], object], done: Callable[[object], None] | None = None) -> None:
        if self.is_busy:
            return
        self.is_busy = True
        self.error = None
        if self.stage not in {Stage.FIRST, Stage.DAMAGED}:
            self.stage = Stage.OPENING
        self.changed.emit()
        self._tasks.run(work, owner=self, done=done or self._on_opened, failed=self._on_failed)

    @Slot(object)
    def _on_opened(self, application: object) -> None:
        self._application = application
        self._finish()

    def _on_created(self, application: object) -> None:
        self._application = application
        self._show(Stage.FILL)

    def _on_keyring(self, application: object | None) -> None:
        if application is None:
            self._ask()
        else:
            self._on_opened(application)

    def _finish(self) -> None:
        self._show(Stage.OPENED)
        self.opened.emit(self._application)

    def _on_progress(self, progress: Progress) -> None:
        self.progress = progress
        self.changed.emit()

    def _on_filled(self, application: object) -> None:
        self._application = application
        self.progress = None
        self.fill_later()

    def _on_fill_failed(self, error: BaseException) -> None:
        self.progress = None
        self._show(Stage.FILL, None if isinstance(error, CancelledError) else error)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        problem = error.problem if isinstance(error, TroubleError) else None
        if problem is None:
            log.error("the start failed: %s", describe_error(error))
        if problem is Problem.STORE_DAMAGED and isinstance(error, TroubleError):
            self._show_damage(error)
        elif problem is Problem.STORE_NEWER:
            self._show(Stage.NEWER, error)
        elif problem in {Problem.WRONG_PASSWORD, Problem.WAIT_BEFORE_RETRY} and self.stage is Stage.OPENING:
            self._ask()
            self.gate.is_wrong = problem is Problem.WRONG_PASSWORD
        elif self.stage in {Stage.FIRST, Stage.DAMAGED} and problem is not None:
            self._show(self.stage, error)
        else:
            self._show(Stage.TROUBLE, error)

    def _show_damage(self, error: TroubleError | None) -> None:
        aside = Path(error.detail) if error is not None and error.detail else None
        self.aside = aside if aside is not None and aside.is_dir() else self.aside
        self._show(Stage.DAMAGED, error)
        self._tasks.run(self._door.backups, owner=self, done=self._on_backups, failed=self._on_no_backups)

    def _on_backups(self, backups: tuple[BackupInfo, ...]) -> None:
        self.backups = backups
        self.changed.emit()

    def _on_no_backups(self, _error: BaseException) -> None:
        self._on_backups(())

    def _show(self, stage: Stage, error: BaseException | None = None) -> None:
        self.stage = stage
        self.is_busy = False
        self.error = error
        self.changed.emit()
