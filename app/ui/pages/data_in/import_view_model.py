"""What is imported from where and how; runs the dry run and the import, and holds what came out."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.text import Language, Text
from app.lists.profiles import Profile
from app.lists.targets import OF_THE_LAPTOP, Target
from app.runtime.cancel import CancelledError, CancelToken
from app.services.imports.service import Imports
from app.services.imports.tally import ImportResult
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import Progress, TaskRunner

NEXT_TARGETS = {Target.CUSTOMERS: Target.PRODUCTS, Target.PRODUCTS: Target.ORDERS}


class ImportStage(StrEnum):
    """What is going on."""

    IDLE = "idle"
    CHECKING = "checking"
    IMPORTING = "importing"
    SAVING = "saving"


@dataclass(frozen=True, slots=True)
class ProfileChoice:
    """A mapping profile to choose; `key` is its id, or the path of a file of one's own."""

    key: str
    label: Text


class ImportViewModel(QObject):
    """One import at a time; a stopped one leaves nothing behind."""

    changed = Signal()
    refused_saved = Signal(object)
    """Path of the file with the refused rows"""

    def __init__(
        self, imports: Imports, tasks: TaskRunner, bus: ChangeBus, language: Language, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._imports = imports
        self._tasks = tasks
        self._bus = bus
        self._token: CancelToken | None = None
        self._saving_to: Path | None = None
        self._own: dict[Target, ProfileChoice] = {}
        self._shipped: dict[Target, tuple[ProfileChoice, ...]] = {}
        self.language = language
        self._is_profile_chosen = False
        self.target = Target.CUSTOMERS
        self.file: Path | None = None
        self.profile: str = ""
        self.stage = ImportStage.IDLE
        self.progress: Progress | None = None
        self.result: ImportResult | None = None
        self.error: BaseException | None = None

    @property
    def profiles(self) -> tuple[ProfileChoice, ...]:
        """The profiles for the kind of file chosen; a file of one's own comes last."""
        own = self._own.get(self.target)
        return (*self._shipped.get(self.target, ()), *((own,) if own is not None else ()))

    @property
    def is_busy(self) -> bool:
        """Whether something runs now."""
        return self.stage is not ImportStage.IDLE

    @property
    def is_ready(self) -> bool:
        """Whether the choice is complete and nothing runs."""
        return self.file is not None and bool(self.profile) and not self.is_busy

    @property
    def was_checked(self) -> bool:
        """Whether what is shown is the dry run of this very choice."""
        return self.result is not None and self.result.dry_run

    def learn(self) -> None:
        """Read the profiles that ship."""
        if not self._shipped:
            self._tasks.run(self._read_profiles, owner=self, done=self._on_profiles)

    def choose_target(self, target: Target) -> None:
        """Say what the file holds."""
        if target is not self.target and not self.is_busy:
            self.target = target
            self.file = None
            self._is_profile_chosen = False
            self._choose_default()
            self._forget_result()

    def choose_file(self, file: Path) -> None:
        """Say which file."""
        if not self.is_busy:
            self.file = file
            self._forget_result()

    def choose_profile(self, key: str) -> None:
        """Say how the columns are read."""
        if key != self.profile and not self.is_busy:
            self.profile = key
            self._is_profile_chosen = True
            self._forget_result()

    def set_language(self, language: Language) -> None:
        """Follow the language shown; a profile that nobody chose follows it too, until something came of it."""
        self.language = language
        if self.result is None and not self.is_busy:
            self._choose_default()

    def choose_own_profile(self, file: Path) -> None:
        """Read the columns by a profile file of one's own."""
        self._own[self.target] = ProfileChoice(str(file), Text(file.name, file.name))
        self.profile = ""
        self.choose_profile(str(file))

    def check(self) -> None:
        """See what an import would do, without doing it."""
        self._run(ImportStage.CHECKING)

    def run(self) -> None:
        """Import the good rows."""
        self._run(ImportStage.IMPORTING)

    @Slot()
    def stop(self) -> None:
        """Stop; nothing of the file stays in the store."""
        if self._token is not None:
            self._token.cancel()

    def save_refused(self, target_file: Path) -> None:
        """Write the refused rows with their reasons into a file, to be mended and imported again."""
        file, profile = self.file, self.profile
        if file is None or self.result is None or self.is_busy:
            return
        target, language = self.target, self.language
        self.stage = ImportStage.SAVING
        self._saving_to = target_file
        self.changed.emit()
        self._tasks.run(
            lambda: self._imports.save_refused(target, file, profile, target_file, language),
            owner=self,
            done=self._on_refused_saved,
            failed=self._on_failed,
        )

    def _run(self, stage: ImportStage) -> None:
        file, profile, target = self.file, self.profile, self.target
        if file is None or not self.is_ready:
            return
        self.stage = stage
        self.progress = Progress(0, 0)
        self.error = None
        self._token = self._tasks.run_long(
            lambda token, report: self._imports.import_file(
                target, file, profile, dry_run=stage is ImportStage.CHECKING, cancel=token, report=report
            ),
            owner=self,
            progress=self._on_progress,
            done=self._on_done,
            failed=self._on_failed,
        )
        self.changed.emit()

    def _read_profiles(self) -> dict[Target, tuple[Profile, ...]]:
        return {target: self._imports.profiles(target) for target in OF_THE_LAPTOP}

    def _on_profiles(self, found: dict[Target, tuple[Profile, ...]]) -> None:
        self._shipped = {
            target: tuple(ProfileChoice(profile.id, profile.label) for profile in profiles)
            for target, profiles in found.items()
        }
        self._choose_default()
        self.changed.emit()

    def _choose_default(self) -> None:
        """Prefer the profile of the language shown; the person can choose another."""
        if self._is_profile_chosen or not self.profiles:
            return
        mine = (choice for choice in self.profiles if choice.key.startswith(f"{self.language}-"))
        others = (choice for choice in self.profiles if not choice.key.startswith("zh-"))
        self.profile = next(mine, next(others, self.profiles[0])).key

    def _forget_result(self) -> None:
        self.result = None
        self.error = None
        self.changed.emit()

    def _on_progress(self, progress: Progress) -> None:
        self.progress = progress
        self.changed.emit()

    def _on_done(self, result: ImportResult) -> None:
        self.result = result
        self._end()
        if result.changes.kinds:
            self._bus.changed.emit(result.changes)

    def _on_refused_saved(self, _result: ImportResult) -> None:
        self._end()
        self.refused_saved.emit(self._saving_to)

    def _on_failed(self, error: BaseException) -> None:
        self.error = error
        if isinstance(error, CancelledError):
            self.result = None
        self._end()

    def _end(self) -> None:
        self._token = None
        self.progress = None
        self.stage = ImportStage.IDLE
        self.changed.emit()
