"""Drives the visit page as a person does, and builds it over a real store with a small clearly invented shop."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.visit import Step
from app.models.trade import Product
from app.runtime.clock import Clock
from app.services.briefs import Briefs
from app.services.photos import Photos
from app.services.shelf_reading import ShelfReading
from app.services.stock_sheets import StockSheets
from app.services.visits import Visits
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.visit.photo_desk import PhotoDesk
from app.ui.pages.visit.photo_viewer import PhotoViewer
from app.ui.pages.visit.sections import Section, TopicBox
from app.ui.pages.visit.step_arrival import StepArrival
from app.ui.pages.visit.step_brief import StepBrief
from app.ui.pages.visit.step_shelf import StepShelf
from app.ui.pages.visit.step_stock import StepStock
from app.ui.pages.visit.stock_table import StockTable
from app.ui.pages.visit.stock_table_model import Column, StockTableModel
from app.ui.pages.visit.visit_page import VisitPage
from app.ui.pages.visit.visit_view_model import VisitViewModel
from app.ui.widgets.counter_stepper import CounterStepper
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.note_field import NoteField
from app.ui.widgets.photo_strip import PhotoStrip
from app.ui.widgets.photo_tile import PhotoTile
from app.ui.widgets.segmented_choice import SegmentedChoice
from app.ui.widgets.step_rail import StepRail
from tests.builders import a_customer, a_product, a_visit, an_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.playbook import Playbook
    from app.ui.pages.visit.step import VisitStep

DAY = date(2022, 4, 29)
_SKUS = (
    ("雅韵(硬)", "3", 1200, 9),
    ("金穗(软)", "3", 1400, 7),
    ("大河(硬)", "3", 1300, 6),
    ("云岭(细支)", "2", 2300, 3),
    ("老城(硬红)", "4", 700, 0),
    ("青山(细支)", "2", 2500, 0),
    ("晨光(爆珠)", "2", 2200, 1),
    ("江南(中支)", "1", 4200, 1),
    ("红枫(硬)", "3", 1000, 1),
    ("平川(软)", "4", 600, 1),
)


def a_shop_with_a_visit(database: Database, *, more: int = 0) -> UUID:
    """Make an invented shop with a year of orders, one earlier counted visit, and return a planned visit of today."""
    with database.write() as session:
        customer = a_customer(session, order_weekday=5, license_to=DAY + timedelta(days=400))
        products = [
            a_product(
                session,
                no=number,
                name=name,
                price_class=price_class,
                retail_price=price,
                pack_sticks=20,
                is_key=name.startswith("青山"),
            )
            for number, (name, price_class, price, _) in enumerate(_SKUS, 1)
        ]
        products += [a_product(session, no=100 + n, name=f"编外品规{n}", retail_price=1000) for n in range(more)]
        for week in range(60):
            day = DAY - timedelta(days=7 * (60 - week))
            weekly = {product: sku[3] for product, sku in zip(products, _SKUS, strict=False) if sku[3]}
            weekly |= {product: 1 for product in products[len(_SKUS) :] if (product.no + week) % 6 == 0}
            if week < 40:
                weekly[products[4]] = 3
            an_order(session, customer, day, weekly, price=11800)
        last = a_visit(session, customer, DAY - timedelta(days=16), "done", wrap_note="补了六张价签")
        from app.models.visit import ImprovementPlan, Promise, ShelfCheck, StockCount

        for product, count in zip(products, (8, 5, 6, 4, 18, None, 3, 3, 7, 11), strict=False):
            if count is not None:
                price = product.retail_price
                session.add(StockCount(visit_id=last.id, product_id=product.id, on_hand=count, retail_price=price))
        session.add(ShelfCheck(visit_id=last.id, sku_on_sale=21, sku_shown=17, sku_tagged=12, slots=24))
        session.add(
            Promise(customer_id=customer.id, visit_id=last.id, text="补齐 6 张价签", due_on=DAY - timedelta(days=2))
        )
        session.add(
            ImprovementPlan(
                customer_id=customer.id,
                visit_id=last.id,
                item="D01",
                current_state="C",
                target_state="B",
                due_on=DAY + timedelta(days=4),
            )
        )
        return a_visit(session, customer, DAY, "planned").id


@dataclass
class VisitRoom:
    """The services behind a visit page."""

    database: Database
    visits: Visits
    briefs: Briefs
    sheets: StockSheets
    shelf: ShelfReading
    photos: Photos
    clock: Clock
    playbook: "Playbook"

    @classmethod
    def over(cls, database: Database, clock: Clock, playbook: "Playbook", files: PhotoFiles) -> "VisitRoom":
        return cls(
            database,
            Visits(database, clock, playbook),
            Briefs(database, clock, playbook),
            StockSheets(database),
            ShelfReading(database),
            Photos(database, files, clock),
            clock,
            playbook,
        )

    def make_page(self, tasks: TaskRunner, bus: ChangeBus) -> VisitPage:
        model = VisitViewModel(self.visits, tasks, bus, self.clock)
        desk = PhotoDesk(model.draft, self.photos, tasks, model)
        steps: Sequence[VisitStep] = (
            StepBrief(model.draft, self.briefs, tasks, self.playbook),
            StepArrival(model, self.playbook),
            StepStock(model.draft, self.sheets, tasks, self.playbook),
            StepShelf(model.draft, self.shelf, self.photos, desk, tasks, self.playbook),
        )
        page = VisitPage(model, steps)
        model.setParent(page)
        return page


class VisitPageDriver:
    """A person at the visit page."""

    def __init__(self, qtbot: QtBot, page: VisitPage, tasks: TaskRunner) -> None:
        self._qtbot = qtbot
        self.page = page
        self._tasks = tasks
        qtbot.addWidget(page, before_close_func=self._leave)

    # ---- opening and moving -------------------------------------------------------------------------------------
    def show(self) -> None:
        self.page.resize(1282, 712)
        with self._qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        self.page.shown()

    def open(self, visit_id: UUID) -> None:
        self.page.open_visit(visit_id)
        self._qtbot.waitUntil(lambda: self._is_open(visit_id))
        self.wait_until_quiet()

    def _is_open(self, visit_id: UUID) -> bool:
        draft = self.page.model.draft
        return draft.is_open and draft.head.visit_id == visit_id and not self.page.model.is_busy

    def jump(self, step: Step) -> None:
        self._click(self._rail_row(step))
        self.wait_for_step(step)

    def press(self, keys: Any, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, keys, modifier)

    def type(self, text: str) -> None:
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self.focused, letter)
            else:
                self.compose(commit=letter)

    def begin_composing(self, letters: str) -> None:
        """Leave a word half composed in the field that has the focus."""
        QApplication.sendEvent(self.focused, QInputMethodEvent(letters, []))

    def compose(self, *states: str, commit: str) -> None:
        """Compose a word with an input method in the field that has the focus."""
        for state in states:
            QApplication.sendEvent(self.focused, QInputMethodEvent(state, []))
        event = QInputMethodEvent("", [])
        event.setCommitString(commit)
        QApplication.sendEvent(self.focused, event)

    @property
    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def wait_for_step(self, step: Step) -> None:
        self._qtbot.waitUntil(lambda: self.page.model.step is step and self.page.step_widget(step).isVisible())

    def wait_until_quiet(self) -> None:
        self._qtbot.waitUntil(lambda: self._tasks.is_idle)

    def wait_until_saved(self) -> None:
        model = self.page.model
        self._qtbot.waitUntil(lambda: model.is_settled or model.failure is not None)
        assert model.failure is None, model.failure

    def flush(self) -> None:
        self.page.flush()
        self.wait_until_saved()

    def _leave(self, _page: QWidget) -> None:
        """Let everything end before the page is closed, as the window does."""
        self.page.flush()
        self._qtbot.waitUntil(lambda: self.page.model.is_settled and self._tasks.is_idle)

    # ---- what is on the page ------------------------------------------------------------------------------------
    def find(self, kind: Any, name: str) -> Any:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    @property
    def message(self) -> str:
        return self.find(MessageBar, "visitMessage").text

    # ---- arrival ------------------------------------------------------------------------------------------------
    def arrive(self) -> None:
        self._click(self.find(QAbstractButton, "arrivedNow"))

    @property
    def arrival_time(self) -> QLineEdit:
        return self.find(QLineEdit, "arrivedAt")

    def choose(self, name: str, key: str) -> None:
        choice: SegmentedChoice = self.find(SegmentedChoice, name)
        keys = [segment.choice.key for segment in choice._segments]
        self._click(choice._segments[keys.index(key)])

    def note(self, name: str) -> NoteField:
        field: NoteField = self.find(NoteField, name)
        field.setFocus()
        return field

    def write(self, field: QLineEdit, text: str) -> None:
        """Replace the text of a field, letter by letter."""
        field.setFocus()
        field.selectAll()
        self.type(text)

    def press_button(self, name: str) -> None:
        self._click(self.find(QAbstractButton, name))

    def click_next(self) -> None:
        step = self.page.step_widget(self.page.model.step)
        self._click(step.next_button)

    def undo(self) -> None:
        self.page.setFocus()
        self.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def redo(self) -> None:
        self.page.setFocus()
        self.press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)

    def wait_for_words(self, name: str, words: str) -> None:
        label = self.find(QLabel, name)
        self._qtbot.waitUntil(lambda: label.isVisible() and label.text() == words)

    def wait_for_message(self, words: str, *, starts: bool = False) -> None:
        def said() -> bool:
            return self.message.startswith(words) if starts else self.message == words

        self._qtbot.waitUntil(said)

    def press_message_action(self) -> None:
        self.find(MessageBar, "visitMessage").action_requested.emit()

    def dismiss_message(self) -> None:
        self._click(self.find(MessageBar, "visitMessage")._close)

    def words_shown(self, step: Step) -> set[str]:
        labels = self.page.step_widget(step).findChildren(QLabel)
        return {label.text() for label in labels if label.isVisible()}

    def wait_for_language(self, second_step: str) -> None:
        """Wait until the rail names the second step so."""
        self._qtbot.waitUntil(lambda: self._rail_row(Step.ARRIVAL).text() == second_step)

    def _rail_row(self, step: Step) -> QAbstractButton:
        rows = self.find(StepRail, "stepRail").findChildren(QAbstractButton)
        return next(row for row in rows if row.accessibleName().startswith(f"{step.number} "))

    def lines(self, name: str) -> list[str]:
        section: Section = self.find(Section, name)
        self._qtbot.waitUntil(lambda: bool(section.texts))
        return section.texts

    @property
    def topic(self) -> str:
        return self.find(TopicBox, "topic").text

    def rail_words(self, step: Step) -> str:
        return self._rail_row(step).accessibleDescription()

    def _click(self, button: QAbstractButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    # ---- stock --------------------------------------------------------------------------------------------------
    @property
    def table(self) -> StockTable:
        return self.find(StockTable, "stockTable")

    def wait_for_skus(self, count: int) -> None:
        self._qtbot.waitUntil(lambda: self.table.model().rowCount() == count)

    def select(self, row: int, column: Column = Column.ON_HAND) -> None:
        self.table.setFocus()
        self.table.setCurrentIndex(self.table.model().index(row, column))

    def product_id(self, name: str) -> UUID:
        model = self.table.model()
        assert isinstance(model, StockTableModel)
        return next(line.product_id for line in model.lines if line.name == name)

    def row_named(self, name: str) -> int:
        model = self.table.model()
        return next(row for row in range(model.rowCount()) if model.index(row, Column.SKU).data() == name)

    def cell(self, row: int, column: Column) -> Any:
        from app.ui.widgets.table_cells import CELL_ROLE

        return self.table.model().index(row, column).data(CELL_ROLE)

    # ---- shelf --------------------------------------------------------------------------------------------------
    def counter(self, name: str) -> CounterStepper:
        return self.find(CounterStepper, name)

    def answer(self, name: str, key: str) -> None:
        row = self.find(QWidget, name)
        segments = row.choice._segments
        self._click(next(s for s in segments if s.choice.key == key))

    def focus_check(self, name: str) -> None:
        self.find(QWidget, name).setFocus()

    @property
    def shelf_rates(self) -> str:
        labels = self.page.step_widget(Step.SHELF).findChildren(QLabel)
        return next(label.text() for label in labels if label.text().startswith("Display rate"))

    @property
    def photos(self) -> list[PhotoTile]:
        return [tile for tile in self.strip.findChildren(PhotoTile) if tile.isVisible()]

    def drop(self, *paths: Path) -> None:
        """Drop files on the photos."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        assert self.strip.take(mime)

    def open_photo(self, number: int) -> PhotoViewer:
        self._click(self.photos[number])
        viewer = self.page.window().findChild(PhotoViewer)
        assert isinstance(viewer, PhotoViewer)
        return viewer

    def write_caption(self, viewer: PhotoViewer, text: str) -> None:
        field = viewer.findChild(QLineEdit, "caption")
        assert isinstance(field, QLineEdit)
        field.setFocus()
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(field, event)

    @property
    def strip(self) -> PhotoStrip:
        return self.find(PhotoStrip, "photoStrip")


def product_ids(database: Database) -> dict[str, UUID]:
    with database.read() as session:
        return {row.name: row.id for row in session.query(Product)}
