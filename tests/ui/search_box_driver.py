"""Drives the search box as a person does: types, moves, opens, leaves."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.services.search import Search
from app.storage.database import Database
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.shell.search_box import SearchBox
from app.ui.shell.search_lines import LINE_ROLE, LineKind, SearchLine
from app.ui.shell.search_results import SearchResultsList
from app.ui.shell.search_view_model import SearchViewModel


class SearchBoxDriver:
    """A window with the search box and one other thing that can have the keyboard."""

    def __init__(self, qtbot: QtBot, database: Database, tasks: TaskRunner) -> None:
        self._qtbot = qtbot
        self.bus = ChangeBus()
        self.model = SearchViewModel(Search(database), tasks, self.bus)
        self.window = QWidget()
        self.window.resize(900, 600)
        self.box = SearchBox(self.model)
        self.page = QPushButton("page")
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.box)
        layout.addWidget(self.page)
        self.opened: list[tuple[str, object]] = []
        self.box.open_customer_requested.connect(self._on_customer)
        self.box.open_product_requested.connect(self._on_product)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()

    def _on_customer(self, customer: object) -> None:
        self.opened.append(("customer", customer))

    def _on_product(self, product: object) -> None:
        self.opened.append(("product", product))

    @property
    def field(self) -> QLineEdit:
        found = self.box.findChild(QLineEdit, "searchField")
        assert isinstance(found, QLineEdit)
        return found

    @property
    def results(self) -> SearchResultsList:
        found = self.window.findChild(SearchResultsList, "searchResults")
        assert isinstance(found, SearchResultsList)
        return found

    @property
    def lines(self) -> tuple[SearchLine, ...]:
        return self.results.lines if self.results.isVisible() else ()

    @property
    def titles(self) -> list[str]:
        return [line.title.text for line in self.lines]

    def titles_of(self, kind: LineKind) -> list[str]:
        return [line.title.text for line in self.lines if line.kind is kind]

    @property
    def current(self) -> str:
        line = self.results.current
        return "" if line is None else line.title.text

    @property
    def is_open(self) -> bool:
        found = self.window.findChild(SearchResultsList, "searchResults")
        return isinstance(found, SearchResultsList) and found.isVisible()

    def focus(self) -> None:
        self.box.focus_search()
        self._qtbot.waitUntil(self.field.hasFocus)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.field, text)
        self.wait_for_answer()

    def commit(self, text: str) -> None:
        """Put in a word as an input method does, all at once."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.field, event)
        self.wait_for_answer()

    def compose(self, text: str) -> None:
        """Show a word that is still being composed."""
        QApplication.sendEvent(self.field, QInputMethodEvent(text, []))

    def press(self, key: Qt.Key, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.field, key)

    def click(self, title: str) -> None:
        view = self.results.findChild(QListView, "searchResultsView")
        assert isinstance(view, QListView)
        model = view.model()
        rows = [model.index(row, 0) for row in range(model.rowCount())]
        index = next(index for index in rows if index.data(LINE_ROLE).title.text == title)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())

    def leave(self) -> None:
        self.page.setFocus()

    def wait_for_answer(self) -> None:
        typed = self.field.text()
        self._qtbot.waitUntil(lambda: self.model.results.text == typed and self.is_open)

    def wait_for_titles(self, titles: list[str]) -> None:
        self._qtbot.waitUntil(lambda: self.titles == titles)

    def wait_for_recent(self, recent: tuple[str, ...]) -> None:
        self._qtbot.waitUntil(lambda: self.model.recent == recent)

    def wait_until_closed(self) -> None:
        self._qtbot.waitUntil(lambda: not self.is_open)
