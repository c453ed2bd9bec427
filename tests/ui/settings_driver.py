"""A person at the settings page."""

from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.runtime.paths import DataFolder
from app.runtime.settings import Settings
from app.services.maintenance import Maintenance
from app.storage.database import Database
from app.ui.background.task_runner import TaskRunner
from app.ui.look.theme import current_theme
from app.ui.pages.settings.settings_page import SettingsPage
from app.ui.pages.settings.settings_view_model import SettingsViewModel
from app.ui.shell.backup_keeper import BackupKeeper
from app.ui.shell.preferences import Preferences
from app.ui.widgets.fact_list import FactList
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.segmented_choice import SegmentedChoice
from tests.conftest import CHEAP
from tests.ui.startup_driver import the_translations

_W = TypeVar("_W", bound=QWidget)
LONG_MS = 20_000


class SettingsDriver:
    def __init__(self, qtbot: QtBot, folder: DataFolder, database: Database, tasks: TaskRunner) -> None:
        self._qtbot = qtbot
        self._parent = QObject()
        maintenance = Maintenance(database, folder, CHEAP)
        self.preferences = Preferences(
            folder.settings, replace(Settings(), keep_key=False), current_theme(), the_translations(), self._parent
        )
        self.model = SettingsViewModel(maintenance, self.preferences, tasks, self._parent)
        self.keeper = BackupKeeper(maintenance, tasks, self._parent)
        self.page = SettingsPage(self.model, self.keeper)
        qtbot.addWidget(self.page)
        self.page.resize(current_theme().em(80), current_theme().em(60))

    def open(self) -> None:
        self.page.show()
        self.page.shown()
        self._qtbot.waitUntil(self._is_ready, timeout=LONG_MS)

    def choose(self, name: str, key: str) -> None:
        choice = self._find(SegmentedChoice, name)
        keys = [one.choice.key for one in choice._segments]
        self._qtbot.mouseClick(choice._segments[keys.index(key)], Qt.MouseButton.LeftButton)

    def chosen(self, name: str) -> str | None:
        return self._find(SegmentedChoice, name).value

    def press_delete(self, name: str) -> None:
        choice = self._find(SegmentedChoice, name)
        chosen = next(one for one in choice._segments if one.isChecked())
        self._qtbot.keyClick(chosen, Qt.Key.Key_Delete)

    def choose_idle_lock(self, minutes: int) -> None:
        box = self._find(QComboBox, "settingsIdleLock")
        box.setCurrentIndex(box.findData(minutes))
        box.activated.emit(box.currentIndex())

    def tick_keep_key(self) -> None:
        self._qtbot.keyClick(self._find(QCheckBox, "settingsKeepKey"), Qt.Key.Key_Space)

    def keeps_key(self) -> bool:
        return self._find(QCheckBox, "settingsKeepKey").isChecked()

    def press(self, name: str) -> None:
        button = self._find(QAbstractButton, name)
        assert button.isEnabled(), name
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def type_into(self, name: str, text: str) -> None:
        field = self._find(QLineEdit, name)
        field.selectAll()
        self._qtbot.keyClicks(field, text)

    def change_password(self, old: str, new: str) -> None:
        self.press("settingsChangePassword")
        self.type_into("settingsOldPassword", old)
        self.type_into("settingsNewFirst", new)
        self.type_into("settingsNewSecond", new)
        self.press("settingsConfirmPassword")

    def backups(self) -> int:
        lines = self._find(FactList, "settingsBackups").layout()
        return lines.count() // 2 if lines is not None else 0  # a hairline follows each

    def facts(self) -> FactList:
        return self._find(FactList, "settingsFacts")

    def words_of(self, name: str) -> str:
        found = self._find(QWidget, name)
        if isinstance(found, MessageBar):
            return found.text
        assert isinstance(found, QLabel | QAbstractButton), name
        return found.text()

    def wait_for_words(self, name: str, part: str) -> None:
        self._qtbot.waitUntil(lambda: part in self.words_of(name), timeout=LONG_MS)

    def wait_for_backups(self, count: int) -> None:
        self._qtbot.waitUntil(lambda: self.backups() == count, timeout=LONG_MS)

    def _is_ready(self) -> bool:
        return self.model.info is not None and self.keeper.backups is not None

    def _find(self, kind: type[_W], name: str) -> _W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found
