"""Drives the customers page as a person does: filters, sorts, opens a profile, changes the archive, goes back."""

from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.playbook import Playbook
from app.runtime.clock import Clock
from app.services.customer_profile import CustomerProfiles
from app.services.customers import Customers
from app.services.visits import Visits
from app.storage.database import Database
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.customers.archive_delegate import ArchiveDelegate
from app.ui.pages.customers.archive_editors import TagsEditor
from app.ui.pages.customers.archive_lines import ArchiveLine
from app.ui.pages.customers.archive_model import LINE_ROLE, ArchiveModel
from app.ui.pages.customers.customer_list_view_model import CustomerListViewModel
from app.ui.pages.customers.customers_page import CustomersPage
from app.ui.pages.customers.profile_view_model import ProfileViewModel
from app.ui.pages.customers.purchases_card import PurchasesCard
from app.ui.widgets.chip import Chip
from app.ui.widgets.list_rows import ROW_ROLE, ListRow
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.table_cells import CELL_ROLE, Cell

NAME, CODE, CLASS, ORDER_DAY, LAST_VISIT, LAST_ORDER, QUANTITY = range(7)


class CustomersPageDriver:
    """The page over a real store."""

    def __init__(self, qtbot: QtBot, database: Database, tasks: TaskRunner, clock: Clock, playbook: Playbook) -> None:
        self._qtbot = qtbot
        self.bus = ChangeBus()
        self.customers = Customers(database, clock, playbook)
        self.list_model = CustomerListViewModel(self.customers, clock, tasks, self.bus)
        visits = Visits(database, clock, playbook)
        profiles = CustomerProfiles(database, clock, playbook)
        self.profile_model = ProfileViewModel(profiles, self.customers, visits, clock, tasks, self.bus)
        self.page = CustomersPage(self.list_model, self.profile_model, playbook, clock)
        self.titles: list[Any] = []
        self.visits: list[UUID] = []
        self.pages: list[str] = []
        self.page.title_changed.connect(self.titles.append)
        self.page.open_visit_requested.connect(self.visits.append)
        self.page.open_page_requested.connect(self.pages.append)
        qtbot.addWidget(self.page)
        self.page.resize(1280, 712)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()

    def _find(self, kind: type[QWidget], name: str) -> QWidget:
        found = self.page.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    # the list

    @property
    def table(self) -> QTableView:
        found = self._find(QTableView, "customerTable")
        assert isinstance(found, QTableView)
        return found

    def open_list(self) -> None:
        self.page.shown()
        self._qtbot.waitUntil(lambda: self.list_model.is_loaded)

    def cell(self, row: int, column: int) -> Cell:
        cell = self.table.model().index(row, column).data(CELL_ROLE)
        assert isinstance(cell, Cell)
        return cell

    def names(self) -> list[str]:
        return [self.cell(row, NAME).text for row in range(self.table.model().rowCount())]

    def wait_for_names(self, names: list[str]) -> None:
        self._qtbot.waitUntil(lambda: self.names() == names)

    def wait_for_row(self, row: int) -> None:
        self._qtbot.waitUntil(lambda: self.cell(row, NAME).text != "…")

    @property
    def count(self) -> str:
        return self._find(QWidget, "customerCount").property("text")

    @property
    def filter_field(self) -> QLineEdit:
        found = self._find(QLineEdit, "listFilter")
        assert isinstance(found, QLineEdit)
        return found

    def filter_by(self, text: str) -> None:
        self.filter_field.setFocus()
        self.filter_field.selectAll()
        if text.isascii():
            QTest.keyClicks(self.filter_field, text)
        else:
            self._commit(self.filter_field, text)

    def press_chip(self, field: str, value: object) -> None:
        chip = self._find(QToolButton, f"filter_{field}_{value}")
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)

    def has_chip(self, field: str, value: object) -> bool:
        return self.page.findChild(QToolButton, f"filter_{field}_{value}") is not None

    def press(self, name: str) -> None:
        QTest.mouseClick(self._find(QPushButton, name), Qt.MouseButton.LeftButton)

    def sort_by(self, column: int) -> None:
        header = self.table.horizontalHeader()
        place = QPoint(header.sectionViewportPosition(column) + header.sectionSize(column) // 2, header.height() // 2)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def go_to(self, name: str) -> None:
        row = self.names().index(name)
        self.table.setCurrentIndex(self.table.model().index(row, 0))
        self.table.setFocus()

    def wait_for_empty(self, words: str) -> None:
        self._qtbot.waitUntil(lambda: self._empty.isVisible() and words in self._empty.accessibleName())

    def press_empty(self) -> None:
        button = self._empty.findChild(QPushButton)
        assert isinstance(button, QPushButton)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    @property
    def _empty(self) -> QWidget:
        return self._find(QWidget, "noCustomers")

    def wait_for_subtitle(self, words: str) -> None:
        self._qtbot.waitUntil(lambda: self.titles[-1].subtitle == words)

    def wait_for_visit(self) -> None:
        self._qtbot.waitUntil(lambda: len(self.visits) == 1)

    @property
    def current_name(self) -> str:
        return self.cell(self.table.currentIndex().row(), NAME).text

    def enter(self) -> None:
        QTest.keyClick(self.table, Qt.Key.Key_Return)

    # the profile

    def open(self, customer: UUID) -> None:
        self.page.open_customer(customer)
        self.wait_for_profile(customer)

    def wait_for_profile(self, customer: UUID) -> None:
        self._qtbot.waitUntil(
            lambda: self.profile_model.profile is not None and self.profile_model.profile.id == customer
        )

    @property
    def archive(self) -> QListView:
        found = self._find(QListView, "archiveList")
        assert isinstance(found, QListView)
        return found

    def _index(self, field: str) -> QModelIndex:
        model = self.archive.model()
        assert isinstance(model, ArchiveModel)
        row = model.row_of(field)
        assert row is not None, field
        return model.index(row)

    def line(self, field: str) -> ArchiveLine:
        line = self._index(field).data(LINE_ROLE)
        assert isinstance(line, ArchiveLine)
        return line

    def shows_field(self, field: str) -> bool:
        model = self.archive.model()
        assert isinstance(model, ArchiveModel)
        return model.row_of(field) is not None

    def wait_for_value(self, field: str, value: str) -> None:
        self._qtbot.waitUntil(lambda: self.shows_field(field) and self.line(field).value == value)

    def show_empty_fields(self) -> None:
        self.press("editArchive")

    def reveal(self, field: str) -> None:
        self._select(field)
        QTest.keyClick(self.archive, Qt.Key.Key_Space)

    def click_reveal(self, field: str) -> None:
        index = self._index(field)
        self.archive.scrollTo(index)
        delegate, rect = self.archive.itemDelegate(), self.archive.visualRect(index)
        assert isinstance(delegate, ArchiveDelegate)
        place = next(
            point
            for x in range(rect.right(), rect.left(), -4)
            if delegate.is_reveal_at(index, point := QPoint(x, rect.center().y()))
        )
        QTest.mouseClick(self.archive.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def _select(self, field: str) -> None:
        index = self._index(field)
        self.archive.scrollTo(index)
        self.archive.setCurrentIndex(index)
        self.archive.setFocus()

    def click_and_type(self, field: str, keys: str) -> None:
        """Click on a line and type, as somebody does who wants to change it."""
        index = self._index(field)
        self.archive.scrollTo(index)
        place = self.archive.visualRect(index).center()
        QTest.mouseClick(self.archive.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.keyClicks(self.archive, keys[0])
        editor = self.editor()
        assert isinstance(editor, QLineEdit), "typing did not begin the edit"
        QTest.keyClicks(editor, keys[1:])
        QTest.keyClick(editor, Qt.Key.Key_Return)

    def begin_to_change(self, field: str) -> None:
        self._select(field)
        QTest.keyClick(self.archive, Qt.Key.Key_Return)

    def editor(self) -> QWidget | None:
        found = [one for one in self.archive.viewport().findChildren(QWidget, "archiveEditor") if one.isVisible()]
        return found[0] if found else None

    def change_text(self, field: str, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
        self.type_into(field, text)
        editor = self.editor()
        assert editor is not None
        QTest.keyClick(editor, key)

    def type_into(self, field: str, text: str) -> None:
        """Open the editor and type, without an end."""
        self.begin_to_change(field)
        editor = self.editor()
        assert isinstance(editor, QLineEdit)
        editor.selectAll()
        self._commit(editor, text)

    @property
    def typed(self) -> str:
        editor = self.editor()
        return editor.text() if isinstance(editor, QLineEdit) else ""

    def choose(self, field: str, code: str) -> None:
        self.begin_to_change(field)
        editor = self.editor()
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(editor.findData(code))
        QTest.keyClick(editor, Qt.Key.Key_Return)

    def tick(self, field: str, *codes: str) -> None:
        self.begin_to_change(field)
        editor = self.editor()
        assert isinstance(editor, TagsEditor)
        for code in codes:
            box = editor.findChild(QWidget, f"tag_{code}")
            assert isinstance(box, QWidget)
            QTest.keyClick(box, Qt.Key.Key_Space)
        QTest.keyClick(editor, Qt.Key.Key_Return)

    def _commit(self, field: QLineEdit, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(field, event)

    def wait_for_message(self, part: str) -> None:
        self._qtbot.waitUntil(lambda: part in self.message)

    @property
    def message(self) -> str:
        bars = (self.page.findChild(MessageBar, name) for name in ("archiveMessage", "profileMessage"))
        return " ".join(bar.text for bar in bars if isinstance(bar, MessageBar))

    @property
    def hints(self) -> list[str]:
        return [chip.text() for chip in self._find(QWidget, "profileHints").findChildren(Chip) if not chip.isHidden()]

    def wait_for_hints(self, words: list[str]) -> None:
        self._qtbot.waitUntil(lambda: self.hints == words)

    @property
    def timeline(self) -> list[ListRow]:
        view = self._find(QListView, "timeline")
        assert isinstance(view, QListView)
        model = view.model()
        return [model.index(row, 0).data(ROW_ROLE) for row in range(model.rowCount())]

    def retype(self, text: str) -> None:
        """Mend what stands in the open editor."""
        editor = self.editor()
        assert isinstance(editor, QLineEdit)
        editor.selectAll()
        self._commit(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Return)

    def wait_for_event(self, title: str, subtitle: str) -> None:
        self._qtbot.waitUntil(lambda: (title, subtitle) in [(row.title, row.subtitle) for row in self.timeline])

    def take_back(self, row: int) -> None:
        view = self._find(QListView, "timeline")
        assert isinstance(view, QListView)
        place = next(n for n, one in enumerate(self.timeline) if one.icon == "edit") + row
        view.setCurrentIndex(view.model().index(place, 0))
        self.press("takeBack")

    def open_event(self, row: int) -> None:
        view = self._find(QListView, "timeline")
        assert isinstance(view, QListView)
        view.setCurrentIndex(view.model().index(row, 0))
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_Return)

    @property
    def plans(self) -> list[list[str]]:
        view = self._find(QTableView, "plansTable")
        assert isinstance(view, QTableView)
        model = view.model()
        columns = range(model.columnCount())
        return [
            [str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole)) for column in columns]
            for row in range(model.rowCount())
        ]

    def save_chart(self, path: Path) -> None:
        card = self.page.findChild(PurchasesCard)
        assert isinstance(card, PurchasesCard)
        card.save_as(path)
