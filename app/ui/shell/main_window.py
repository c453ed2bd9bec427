"""The one window of the open program: pages in the middle, the lock and the leaving laid over them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from app.ui.background.task_runner import TaskRunner
from app.ui.look.messages import Messages
from app.ui.look.theme import TEXT_SCALES
from app.ui.shell import page_contract
from app.ui.shell.backup_keeper import BackupKeeper
from app.ui.shell.closing_view_model import Closing, ClosingStage
from app.ui.shell.idle_watch import IdleWatch
from app.ui.shell.lease_gate import LeaseGate
from app.ui.shell.password_gate_view_model import PasswordGate
from app.ui.shell.preferences import Preferences
from app.ui.shell.status_view_model import StatusViewModel
from app.ui.shell.sync_controller import SyncController
from app.ui.shell.welcome_view_model import Welcome
from app.ui.shell.window_memory import WindowMemory
from app.ui.shell.workspace import PageFactory, Workspace
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.tones import Tone

if TYPE_CHECKING:
    from app.services.visit_reading import RestoredVisit
    from app.ui.shell.closing_cover import ClosingCover
    from app.ui.shell.help_sheet import HelpSheet
    from app.ui.shell.lock_cover import LockCover

# The covers and sheets are loaded when they are wanted: at most starts none of them is.
# ruff: noqa: PLC0415

_STAYING = frozenset({Qt.WindowType.Window, Qt.WindowType.Dialog})


@dataclass(frozen=True, slots=True)
class WindowParts:
    """What the window is put together from; made by bootstrap."""

    pages: Mapping[str, PageFactory]
    search: QWidget
    status: StatusViewModel
    keeper: BackupKeeper
    lock: PasswordGate
    welcome: Welcome
    preferences: Preferences
    tasks: TaskRunner
    memory: WindowMemory
    sync: SyncController | None = None
    lease_page: PageFactory | None = None
    """What is shown while head office must be reached before anything else."""


@dataclass(frozen=True, slots=True)
class _News:
    """What the bar above the page says, to be worded again when the language changes."""

    error: BaseException | None = None
    of_backup: bool = False
    restored: "RestoredVisit | None" = None
    lease_until: datetime | None = None


class MainWindow(QMainWindow):
    """Holds the workspace; locks it, remembers its place, and leaves only when everything is safe."""

    closed = Signal()
    """Everything is on disk and the backup is made: the program can end."""

    def __init__(self, parts: WindowParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._messages = Messages(self)
        self._is_locked = False
        self._hidden: list[QWidget] = []
        self._news = _News()
        self._help: HelpSheet | None = None
        self._lock_cover: LockCover | None = None
        self._closing_cover: ClosingCover | None = None
        self._lease = LeaseGate(parts.sync, parts.lease_page, self)
        self._first_page = ""
        """Shown as soon as the work may be shown."""
        self.closing = Closing(self.flush, self.has_unsaved, parts.keeper, parts.tasks, self, parts.sync)
        self._build()
        self._wire()
        self._retranslate()
        parts.memory.bring_back(self)

    @property
    def is_locked(self) -> bool:
        """Whether the password is asked."""
        return self._is_locked

    def begin(self, first_page: str = "today") -> None:
        """Show the first page, unless head office must be reached before."""
        self._first_page = first_page
        if self._lease.look():
            self._show_layer()
        else:
            self._begin_work()
        if self._parts.sync is not None:
            self._parts.sync.begin()

    def _begin_work(self) -> None:
        """Show the first page, then look for a visit that was under way."""
        first_page, self._first_page = self._first_page, ""
        self.workspace.go(first_page)
        self.workspace.focus_page()
        self._parts.welcome.look()
        self._parts.status.count()
        self._parts.status.learn()
        self._parts.keeper.look()

    @Slot(object)
    def show_trouble(self, error: BaseException) -> None:
        """Say in the bar above the page what went wrong."""
        self._tell(_News(error))

    @Slot()
    def bring_forward(self) -> None:
        """Come before the other windows: the program was started once more."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def flush(self) -> None:
        """Let every page put on disk what is typed."""
        for page in self.workspace.built_pages:
            page_contract.flush(page)

    def has_unsaved(self) -> bool:
        """Whether something typed is not on disk."""
        return any(page_contract.has_unsaved(page) for page in self.workspace.built_pages)

    @Slot()
    def lock(self) -> None:
        """Cover the window and ask the password; what is typed is saved and stays."""
        if self._is_locked or self.closing.stage is not ClosingStage.IDLE:
            return
        self.flush()
        self._is_locked = True
        self._hide_others()
        self._show_layer()
        if self._lock_cover is not None:
            self._lock_cover.begin()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.closing.stage is ClosingStage.DONE:
            self._parts.memory.keep(self)
            event.accept()
            return
        event.ignore()
        self.closing.begin()
        if self._parts.sync is not None:
            self._parts.sync.at_close()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "workspace"):
            self._retranslate()

    def _build(self) -> None:
        parts = self._parts
        pages = {**parts.pages, "status": self._make_status_page}
        self.workspace = Workspace(pages, parts.search, parts.status, parts.sync)
        self._layers = QStackedWidget()
        self._layers.addWidget(self.workspace)
        self.setCentralWidget(self._layers)
        self._idle = IdleWatch(_app(), parts.preferences.settings.idle_lock_minutes, self)

    def _make_status_page(self) -> QWidget:
        from app.ui.shell.status_page import StatusPage

        return StatusPage(self._parts.status, self._parts.keeper)

    def _wire(self) -> None:
        parts = self._parts
        self._idle.idle.connect(self.lock)
        self.closing.changed.connect(self._show_layer)
        self.closing.done.connect(self._on_closing_done)
        self.workspace.bar.action_requested.connect(self._on_bar_action)
        self.workspace.trouble_met.connect(self.show_trouble)
        self.workspace.visit_ended.connect(self._on_visit_ended)
        self.workspace.shown_changed.connect(self._on_page_shown)
        parts.lock.passed.connect(self._on_unlocked)
        parts.lock.failed.connect(self.show_trouble)
        parts.keeper.failed.connect(self._on_backup_failed)
        parts.preferences.changed.connect(self._on_preferences_changed)
        parts.preferences.not_saved.connect(self.show_trouble)
        parts.welcome.found.connect(self._on_restored)
        self._lease.released.connect(self._on_lease_released)
        self._lease.ends_soon.connect(self._on_lease_ends_soon)
        self._shortcuts = [
            self._shortcut("Ctrl+K", self.workspace.focus_search),
            self._shortcut("Ctrl+L", self.lock),
            self._shortcut("Ctrl+Q", self.close),
            self._shortcut("F1", self.show_help),
            self._shortcut("Ctrl+/", self.show_help),
            self._shortcut("F5", self._on_sync_key),
            self._shortcut("F11", self._on_full_screen),
            self._shortcut("Ctrl++", self._on_bigger),
            self._shortcut("Ctrl+=", self._on_bigger),
            self._shortcut("Ctrl+-", self._on_smaller),
        ]
        for number in range(len(self.workspace.destinations)):
            self._shortcuts.append(self._shortcut(f"Ctrl+{number + 1}", self._on_page_key))

    def _shortcut(self, keys: str, slot: object) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(slot)
        return shortcut

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Zoufang"))
        if self.workspace.bar.text:
            self._tell(self._news)

    def _tell(self, news: _News) -> None:
        self._news = news
        if news.error is not None and news.of_backup:
            text = self.tr("No backup could be made. Your data themselves are saved. %1")
            self.workspace.say(text.replace("%1", self._messages.of_error(news.error).whole), Tone.AMBER)
        elif news.error is not None:
            self.workspace.say(self._messages.of_error(news.error).whole, Tone.RED)
        elif news.restored is not None:
            text = self.tr("The visit at %1 is not finished.").replace("%1", news.restored.customer_name)
            self.workspace.say(text, Tone.BLUE, self.tr("Go on with it"))
        elif news.lease_until is not None:
            text = self.tr("Sync before %1: after that the data stay closed until head office was reached.")
            until = f"{news.lease_until.astimezone():%Y-%m-%d %H:%M}"
            self.workspace.say(text.replace("%1", until), Tone.AMBER, self.tr("Sync now"))

    @Slot()
    def _show_layer(self) -> None:
        """Show the leaving over the lock, and the lock over the work."""
        layer: QWidget = self._lease.page_in(self._layers) or self.workspace
        if self.closing.stage is not ClosingStage.IDLE:
            layer = self._closing_layer()
        elif self._is_locked:
            layer = self._lock_layer()
        is_work = layer is self.workspace
        for shortcut in self._shortcuts:
            shortcut.setEnabled(is_work)
        if self._layers.currentWidget() is layer:
            return
        self._layers.setCurrentWidget(layer)
        if is_work:
            self.workspace.come_back()
        else:
            layer.setFocus()

    def _hide_others(self) -> None:
        """Take dialogs and second windows away while the window is locked; menus and tips are gone for good."""
        others = [w for w in QApplication.topLevelWidgets() if w is not self and w.isVisible()]
        self._hidden = [w for w in others if w.windowType() in _STAYING]
        for window in others:
            window.hide()

    def _lock_layer(self) -> "LockCover":
        if self._lock_cover is None:
            from app.ui.shell.lock_cover import LockCover

            self._lock_cover = LockCover(self._parts.lock)
            self._layers.addWidget(self._lock_cover)
        return self._lock_cover

    def _closing_layer(self) -> "ClosingCover":
        if self._closing_cover is None:
            from app.ui.shell.closing_cover import ClosingCover

            self._closing_cover = ClosingCover(self.closing)
            self._layers.addWidget(self._closing_cover)
        return self._closing_cover

    @Slot(object)
    def _on_unlocked(self, _value: object) -> None:
        self._is_locked = False
        for window in self._hidden:
            window.show()
        self._hidden = []
        self._idle.set_minutes(self._parts.preferences.settings.idle_lock_minutes)
        if not self._lease.look() and self._first_page:
            self._begin_work()
        self._show_layer()

    @Slot()
    def _on_lease_released(self) -> None:
        if self._first_page and not self._is_locked:
            self._begin_work()
        self._show_layer()

    @Slot(object)
    def _on_lease_ends_soon(self, until: datetime) -> None:
        if not self.workspace.bar.text:
            self._tell(_News(lease_until=until))

    @Slot()
    def _on_closing_done(self) -> None:
        self.close()
        self.closed.emit()

    @Slot(object)
    def _on_visit_ended(self, _visit_id: object) -> None:
        self._parts.keeper.back_up()
        if self._parts.sync is not None:
            self._parts.sync.after_visit()

    @Slot(object)
    def _on_backup_failed(self, error: BaseException) -> None:
        if self.closing.stage is ClosingStage.IDLE:
            self._tell(_News(error, of_backup=True))

    @Slot(object)
    def _on_restored(self, restored: "RestoredVisit") -> None:
        if self._parts.welcome.closed_cleanly:
            self._tell(_News(restored=restored))
        else:
            self.workspace.restore_visit(restored)

    @Slot(object)
    def _on_page_shown(self, key: str) -> None:
        if key == "visit" and self._news.restored is not None:  # it was taken up another way
            self._news = _News()
            self.workspace.hush()

    @Slot()
    def _on_bar_action(self) -> None:
        news, self._news = self._news, _News()
        self.workspace.hush()
        if news.restored is not None:
            self.workspace.open_visit(news.restored.visit_id)
        elif news.lease_until is not None:
            self._on_sync_key()

    @Slot()
    def _on_preferences_changed(self) -> None:
        self._idle.set_minutes(self._parts.preferences.settings.idle_lock_minutes)

    @Slot()
    def show_help(self) -> None:
        """Show the keys and how the work goes."""
        if self._help is None:
            from app.ui.shell.help_sheet import HelpSheet

            self._help = HelpSheet(self)
        self._help.show()
        self._help.raise_()
        self._help.activateWindow()

    @Slot()
    def _on_page_key(self) -> None:
        shortcut = self.sender()
        if isinstance(shortcut, QShortcut):
            number = int(shortcut.key().toString()[-1])
            self.workspace.go(self.workspace.destinations[number - 1])

    @Slot()
    def _on_sync_key(self) -> None:
        """Make a round; a store that has no head office yet is shown how to get one."""
        if self._parts.sync is not None and self._parts.sync.is_member:
            self._parts.sync.start()
        else:
            self.workspace.go("sync")

    @Slot()
    def _on_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot()
    def _on_bigger(self) -> None:
        self._scale_text(1)

    @Slot()
    def _on_smaller(self) -> None:
        self._scale_text(-1)

    def _scale_text(self, by: int) -> None:
        now = self._parts.preferences.settings.text_scale
        place = min(range(len(TEXT_SCALES)), key=lambda n: abs(TEXT_SCALES[n] - now))
        self._parts.preferences.set_text_scale(TEXT_SCALES[min(len(TEXT_SCALES) - 1, max(0, place + by))])


def _app() -> QGuiApplication:
    app = QGuiApplication.instance()
    if not isinstance(app, QGuiApplication):
        raise TypeError("the window needs an application")
    return app
