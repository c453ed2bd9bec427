"""What the settings page does with the store: its facts, the check, the password, the keyring."""

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.problems import Problem, TroubleError
from app.services.maintenance import Maintenance, StoreInfo
from app.ui.background.task_runner import Lane, TaskRunner
from app.ui.shell.preferences import Preferences


class SettingsViewModel(QObject):
    """Runs one deed at a time; what came of the last is kept until the next."""

    changed = Signal()
    password_changed = Signal()
    key_kept = Signal()
    """The keyring was asked; `keyring_missing` tells if it did not keep the key."""

    def __init__(
        self, maintenance: Maintenance, preferences: Preferences, tasks: TaskRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._maintenance = maintenance
        self._tasks = tasks
        self.preferences = preferences
        self.info: StoreInfo | None = None
        self.is_checking = False
        self.was_checked = False
        self.check_error: BaseException | None = None
        self.is_busy = False
        self.password_error: BaseException | None = None
        self.keyring_missing = False

    def learn(self) -> None:
        """Read what the store is and holds."""
        self._tasks.run(self._maintenance.info, owner=self, done=self._on_info)

    @Slot()
    def check(self) -> None:
        """Read the whole store and compare its checksums."""
        if self.is_checking:
            return
        self.is_checking = True
        self.was_checked = False
        self.check_error = None
        self.changed.emit()
        self._tasks.run(
            self._maintenance.check, owner=self, done=self._on_checked, failed=self._on_damaged, lane=Lane.FREE
        )

    def change_password(self, old: str, new: str) -> None:
        """Wrap the key by another password."""
        self._begin()
        self._tasks.run(
            lambda: self._maintenance.change_password(old, new),
            owner=self,
            done=self._on_password_changed,
            failed=self._on_refused,
            lane=Lane.FREE,
        )

    def keep_key(self, password: str) -> None:
        """Keep the key in the system's keyring from now on; the password shows that this is wanted."""
        self._begin()
        self._tasks.run(
            lambda: self._maintenance.keep_key(password),
            owner=self,
            done=self._on_kept,
            failed=self._on_refused,
            lane=Lane.FREE,
        )

    def forget_key(self) -> None:
        """Ask for the password at every start from now on."""
        self._begin()
        self.preferences.set_keep_key(False)
        self._tasks.run(self._maintenance.forget_key, owner=self, done=self._on_forgotten, lane=Lane.FREE)

    @property
    def seconds_to_wait(self) -> int:
        """How long the next password has to wait, as the last refusal said."""
        error = self.password_error
        waits = isinstance(error, TroubleError) and error.problem is Problem.WAIT_BEFORE_RETRY
        return int(error.detail or "0") if waits and isinstance(error, TroubleError) else 0

    def _begin(self) -> None:
        self.is_busy = True
        self.password_error = None
        self.keyring_missing = False
        self.changed.emit()

    def _on_info(self, info: StoreInfo) -> None:
        self.info = info
        self.changed.emit()

    def _on_checked(self, info: StoreInfo) -> None:
        self.is_checking = False
        self.was_checked = True
        self.info = info
        self.changed.emit()

    def _on_damaged(self, error: BaseException) -> None:
        self.is_checking = False
        self.check_error = error
        self.changed.emit()

    def _on_password_changed(self, _nothing: None) -> None:
        self.is_busy = False
        self.changed.emit()
        self.password_changed.emit()

    def _on_kept(self, is_kept: bool) -> None:
        self.is_busy = False
        self.keyring_missing = not is_kept
        if is_kept:
            self.preferences.set_keep_key(True)
        self.changed.emit()
        self.key_kept.emit()

    def _on_forgotten(self, _nothing: None) -> None:
        self.is_busy = False
        self.changed.emit()

    def _on_refused(self, error: BaseException) -> None:
        self.is_busy = False
        self.password_error = error
        self.changed.emit()
