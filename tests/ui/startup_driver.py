"""A person at the start window: sets the password, unlocks, answers what to do about damage."""

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from app.runtime.paths import DataFolder
from app.runtime.settings import Settings
from app.services.opening import StoreDoor
from app.storage.store import OpenedStore, close_store
from app.ui.background.task_runner import TaskRunner
from app.ui.look.theme import current_theme
from app.ui.look.translations import Translations
from app.ui.shell.preferences import Preferences
from app.ui.shell.start_window import StartWindow
from app.ui.shell.startup import StartController
from app.ui.shell.startup_view_model import LoadDemo, Stage
from app.ui.widgets.message_bar import MessageBar
from tests.conftest import CHEAP

_W = TypeVar("_W", bound=QWidget)

LONG_MS = 20_000


class StartDriver:
    def __init__(
        self,
        qtbot: QtBot,
        folder: DataFolder,
        tasks: TaskRunner,
        *,
        translations: Translations | None = None,
        load_demo: LoadDemo | None = None,
        keep_key: bool = False,
    ) -> None:
        self._qtbot = qtbot
        self._translations = translations or the_translations()
        self.opened: list[OpenedStore] = []
        self.preferences = Preferences(
            folder.settings, replace(Settings(), keep_key=keep_key), current_theme(), self._translations
        )
        door = StoreDoor[object](folder, _as_it_is, use_keyring=keep_key, cost=CHEAP)
        self.controller = StartController(door, tasks, self.preferences, load_demo)
        self.controller.opened.connect(self.opened.append)

    @property
    def stage(self) -> Stage:
        return self.controller.view_model.stage

    @property
    def window(self) -> StartWindow:
        assert self.controller.window is not None
        return self.controller.window

    def start(self, password: str | None = None) -> None:
        self.controller.start(password)

    def type_into(self, name: str, text: str) -> None:
        field = self._find(QLineEdit, name)
        field.selectAll()
        self._qtbot.keyClicks(field, text)

    def press(self, name: str) -> None:
        button = self._find(QAbstractButton, name)
        assert button.isEnabled(), name
        if isinstance(button, QRadioButton):  # its middle is empty room; a person hits the words or takes the key
            self._qtbot.keyClick(button, Qt.Key.Key_Space)
        else:
            self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def is_enabled(self, name: str) -> bool:
        return self._find(QAbstractButton, name).isEnabled()

    def words_of(self, name: str) -> str:
        found = self.window.findChild(QWidget, name)
        if isinstance(found, MessageBar):
            return found.text
        assert isinstance(found, QLabel | QAbstractButton), name
        return found.text()

    def field(self, name: str) -> QLineEdit:
        return self._find(QLineEdit, name)

    def create_store(self, password: str) -> None:
        self.wait_for(Stage.FIRST)
        self.type_into("firstPasswordFirst", password)
        self.type_into("firstPasswordSecond", password)
        self.press("firstCreate")
        self.wait_for(Stage.FILL)

    def unlock(self, password: str) -> None:
        self.wait_for(Stage.UNLOCK)
        self._qtbot.waitUntil(self._can_try, timeout=LONG_MS)
        self.type_into("unlockPassword", password)
        self.press("unlockOpen")

    def wait_for(self, stage: Stage) -> None:
        self._qtbot.waitUntil(lambda: self.stage is stage, timeout=LONG_MS)

    def wait_until_open(self) -> OpenedStore:
        self._qtbot.waitUntil(lambda: bool(self.opened), timeout=LONG_MS)
        return self.opened[-1]

    def wait_for_words(self, name: str, part: str) -> None:
        self._qtbot.waitUntil(lambda: part in self.words_of(name), timeout=LONG_MS)

    def close_store(self) -> None:
        for store in self.opened:
            close_store(store.database)
        self.opened.clear()

    def leave(self) -> None:
        self.controller.close()

    def _can_try(self) -> bool:
        return self.controller.view_model.gate.is_open_for_tries

    def _find(self, kind: type[_W], name: str) -> _W:
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found


def the_translations() -> Translations:
    """The translations of the one application of the tests."""
    app = QApplication.instance()
    found = app.findChild(Translations) if app is not None else None
    assert isinstance(found, Translations)
    return found


def _as_it_is(opened: OpenedStore) -> object:
    return opened


def damage(file: Path) -> None:
    """Overwrite the first page, as a dying disk does."""
    content = bytearray(file.read_bytes())
    content[:4096] = b"\xff" * 4096
    file.write_bytes(bytes(content))
