"""A person at the main window, with plain pages in it that keep a note in a real store."""

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.runtime.paths import DataFolder
from app.runtime.settings import Settings
from app.services.maintenance import Maintenance
from app.services.visit_reading import RestoredVisit
from app.storage.database import Database
from app.storage.facts import read_fact, write_fact
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.look.theme import current_theme
from app.ui.shell.backup_keeper import BackupKeeper
from app.ui.shell.main_window import MainWindow, WindowParts
from app.ui.shell.password_gate_view_model import PasswordGate
from app.ui.shell.preferences import Preferences
from app.ui.shell.status_view_model import StatusViewModel
from app.ui.shell.sync_controller import SyncController
from app.ui.shell.welcome_view_model import Welcome
from app.ui.shell.window_memory import WindowMemory
from app.ui.shell.workspace import PageFactory
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.page_title import PageTitle
from app.ui.widgets.search_field import SearchField
from tests.conftest import CHEAP
from tests.ui.startup_driver import the_translations

_W = TypeVar("_W", bound=QWidget)
LONG_MS = 20_000


class NotePage(QWidget):
    """A page with one field that goes to disk when it is left."""

    title_changed = Signal(object)
    open_customer_requested = Signal(object)
    open_visit_requested = Signal(object)
    visit_ended = Signal(object)
    trouble_met = Signal(object)

    def __init__(self, key: str, database: Database, tasks: TaskRunner) -> None:
        super().__init__()
        self.setObjectName(f"{key}Page")
        self._key = key
        self._database = database
        self._tasks = tasks
        self.has_unsaved = False
        self.can_save = True
        self.seen = 0
        self.asked_for: list[object] = []
        self.note = QLineEdit()
        self.note.setObjectName(f"{key}Note")
        self.note.textEdited.connect(self._on_edited)
        QVBoxLayout(self).addWidget(self.note)
        self.setFocusProxy(self.note)

    def shown(self) -> None:
        self.seen += 1
        self.title_changed.emit(PageTitle(f"Title of {self._key}", f"shown {self.seen}"))

    def open_customer(self, customer_id: object) -> None:
        self.asked_for.append(customer_id)

    open_visit = open_customer
    restore = open_customer

    def flush(self) -> None:
        if self.has_unsaved:
            text = self.note.text()
            self._tasks.run(lambda: self._save(text), owner=self, done=self._on_saved)

    def _save(self, text: str) -> bool:
        if self.can_save:
            write_fact(self._database, f"note of {self._key}", text)
        return self.can_save

    def _on_saved(self, is_saved: bool) -> None:
        self.has_unsaved = not is_saved

    def _on_edited(self, _text: str) -> None:
        self.has_unsaved = True


class WindowDriver:
    def __init__(
        self,
        qtbot: QtBot,
        folder: DataFolder,
        database: Database,
        tasks: TaskRunner,
        *,
        restored: RestoredVisit | None = None,
        closed_cleanly: bool = True,
        idle_lock_minutes: int = 0,
        sync: SyncController | None = None,
        lease_page: PageFactory | None = None,
    ) -> None:
        self._qtbot = qtbot
        self._database = database
        self._parent = QObject()
        self.maintenance = Maintenance(database, folder, CHEAP)
        self.bus = ChangeBus(self._parent)
        self.keeper = BackupKeeper(self.maintenance, tasks, self._parent)
        self.status = StatusViewModel(self.maintenance, tasks, self.bus, self._parent)
        self.preferences = Preferences(
            folder.settings,
            replace(Settings(), keep_key=False, idle_lock_minutes=idle_lock_minutes),
            current_theme(),
            the_translations(),
            self._parent,
        )
        self.made: list[str] = []
        self._tasks = tasks
        self.search = SearchField("Search", "Ctrl K")
        parts = WindowParts(
            pages={
                "today": self._make_today,
                "customers": self._make_customers,
                "visit": self._make_visit,
                "settings": self._make_settings,
            },
            search=self.search,
            status=self.status,
            keeper=self.keeper,
            lock=PasswordGate(
                self.maintenance.confirm_password, self.maintenance.seconds_to_wait, tasks, parent=self._parent
            ),
            welcome=Welcome(lambda: restored, tasks, closed_cleanly=closed_cleanly, parent=self._parent),
            preferences=self.preferences,
            tasks=tasks,
            memory=WindowMemory(folder.root / "window.ini"),
            sync=sync,
            lease_page=lease_page,
        )
        self.window = MainWindow(parts)
        self.closed: list[bool] = []
        self.window.closed.connect(self._on_closed)

    def open(self, first_page: str = "today") -> None:
        self.window.show()
        self.window.begin(first_page)
        self._qtbot.waitUntil(self._is_ready, timeout=LONG_MS)

    def page(self, key: str) -> NotePage:
        found = self.window.workspace.page(key)
        assert isinstance(found, NotePage)
        return found

    def type_note(self, key: str, text: str) -> None:
        self._qtbot.keyClicks(self.page(key).note, text)

    def saved_note(self, key: str) -> str | None:
        return read_fact(self._database, f"note of {key}")

    def press_key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier) -> None:
        self._qtbot.keyClick(self.window, key, modifier)

    def press(self, name: str) -> None:
        button = self._find(QAbstractButton, name)
        assert button.isEnabled(), name
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def unlock(self, password: str) -> None:
        field = self._find(QLineEdit, "lockPassword")
        field.clear()
        self._qtbot.waitUntil(lambda: self.window._parts.lock.is_open_for_tries, timeout=LONG_MS)
        self._qtbot.keyClicks(field, password)
        self._qtbot.keyClick(field, Qt.Key.Key_Return)

    def ask_to_close(self) -> None:
        self.window.close()

    def wait_until_closed(self) -> None:
        self._qtbot.waitUntil(lambda: bool(self.closed), timeout=LONG_MS)

    def wait_until_locked(self) -> None:
        self._qtbot.waitUntil(lambda: self.window.is_locked, timeout=LONG_MS)

    def wait_until_unlocked(self) -> None:
        self._qtbot.waitUntil(lambda: not self.window.is_locked, timeout=LONG_MS)

    def wait_for_words(self, name: str, part: str) -> None:
        self._qtbot.waitUntil(lambda: part in self.words_of(name), timeout=LONG_MS)

    def words_of(self, name: str) -> str:
        found = self.window.findChild(QWidget, name)
        if isinstance(found, MessageBar):
            return found.text
        assert isinstance(found, QLabel | QAbstractButton), name
        return found.text()

    @property
    def bar(self) -> str:
        return self.words_of("windowMessage")

    def leave(self) -> None:
        if hasattr(self, "window"):
            self.window.deleteLater()
            self._qtbot.waitUntil(lambda: not shiboken6.isValid(self.window))

    def _find(self, kind: type[_W], name: str) -> _W:
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def _is_ready(self) -> bool:
        return self.status.waiting is not None and self.status.info is not None and self.keeper.backups is not None

    def _on_closed(self) -> None:
        self.closed.append(True)

    def _make(self, key: str) -> NotePage:
        self.made.append(key)
        return NotePage(key, self._database, self._tasks)

    def _make_today(self) -> NotePage:
        return self._make("today")

    def _make_customers(self) -> NotePage:
        return self._make("customers")

    def _make_visit(self) -> NotePage:
        return self._make("visit")

    def _make_settings(self) -> NotePage:
        return self._make("settings")


def files_of(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("*")) if folder.exists() else []
