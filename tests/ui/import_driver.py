"""A person at the import page."""

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from app.domain.playbook import Playbook
from app.domain.text import Language
from app.lists.targets import Target
from app.services.imports.service import Imports
from app.storage.database import Database
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.look.theme import current_theme
from app.ui.pages.data_in.file_drop import FileDrop
from app.ui.pages.data_in.import_page import ImportPage
from app.ui.pages.data_in.import_view_model import ImportStage, ImportViewModel
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.segmented_choice import SegmentedChoice

if TYPE_CHECKING:
    from app.domain.changes import Changes

_W = TypeVar("_W", bound=QWidget)
LONG_MS = 60_000


class ImportDriver:
    def __init__(self, qtbot: QtBot, database: Database, playbook: Playbook, tasks: TaskRunner) -> None:
        self._qtbot = qtbot
        self._parent = QObject()
        self.bus = ChangeBus(self._parent)
        self.heard: list[Changes] = []
        self.bus.changed.connect(self.heard.append)
        self.model = ImportViewModel(Imports(database, playbook), tasks, self.bus, Language.EN, self._parent)
        self.page = ImportPage(self.model)
        qtbot.addWidget(self.page)
        self.page.resize(current_theme().em(98), current_theme().em(54))

    def open(self) -> None:
        self.page.show()
        self.page.shown()
        self._qtbot.waitUntil(lambda: bool(self.model.profiles), timeout=LONG_MS)

    def choose_target(self, target: Target) -> None:
        choice = self._find(SegmentedChoice, "importTarget")
        keys = [one.choice.key for one in choice._segments]
        self._qtbot.mouseClick(choice._segments[keys.index(target.value)], Qt.MouseButton.LeftButton)

    def drop(self, file: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        event = QDropEvent(
            QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        self._find(FileDrop, "").dropEvent(event)

    def choose_profile(self, key: str) -> None:
        box = self._find(QComboBox, "importProfile")
        place = box.findData(key)
        assert place >= 0, key
        box.setCurrentIndex(place)
        box.activated.emit(place)

    def check(self) -> None:
        self.press("importCheck")
        self.wait_until_done()

    def run(self) -> None:
        self.press("importRun")
        self.wait_until_done()

    def press(self, name: str) -> None:
        button = self._find(QAbstractButton, name)
        assert button.isEnabled(), name
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def is_enabled(self, name: str) -> bool:
        return self._find(QAbstractButton, name).isEnabled()

    def is_shown(self, name: str) -> bool:
        return self._find(QWidget, name).isVisible()

    def focused(self) -> str:
        focused = QApplication.focusWidget()
        return "" if focused is None else focused.objectName()

    def kind_of(self, name: str) -> object:
        return self._find(QAbstractButton, name).property("kind")

    def column_width(self, column: int) -> int:
        return self._find(QTableView, "refusedRows").columnWidth(column)

    def column_needs(self, column: int) -> int:
        return self._find(QTableView, "refusedRows").sizeHintForColumn(column)

    def count(self, name: str) -> str:
        return self._find(QWidget, f"import_{name}").accessibleName()

    def refused_lines(self) -> list[tuple[str, ...]]:
        model = self._find(QTableView, "refusedRows").model()
        return [
            tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
            for row in range(model.rowCount())
        ]

    def words_of(self, name: str) -> str:
        found = self._find(QWidget, name)
        if isinstance(found, MessageBar):
            return found.text
        assert isinstance(found, QLabel | QAbstractButton), name
        return found.text()

    def wait_until_done(self) -> None:
        self._qtbot.waitUntil(self._has_outcome, timeout=LONG_MS)

    def wait_for_words(self, name: str, part: str) -> None:
        self._qtbot.waitUntil(lambda: part in self.words_of(name), timeout=LONG_MS)

    def _has_outcome(self) -> bool:
        ended = self.model.result is not None or self.model.error is not None
        return self.model.stage is ImportStage.IDLE and ended

    def _find(self, kind: type[_W], name: str) -> _W:
        found = self.page.findChild(kind, name) if name else self.page.findChild(kind)
        assert found is not None, name
        return found
