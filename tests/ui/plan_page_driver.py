"""A person at the plan page, on a real store with a few invented shops in a row and visits planned on them."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.domain.playbook import Playbook
from app.runtime.clock import Clock
from app.services.days import Days
from app.services.plans import Plans
from app.storage.database import Database
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.look.theme import current_theme
from app.ui.pages.plan import plan_shown as shown
from app.ui.pages.plan.board_lay import Cell, Row
from app.ui.pages.plan.dragging import Grip
from app.ui.pages.plan.plan_board import PlanBoard
from app.ui.pages.plan.plan_menus import PlanMenu
from app.ui.pages.plan.plan_page import PlanPage
from app.ui.pages.plan.plan_shown import Span
from app.ui.pages.plan.plan_view_model import PlanViewModel
from app.ui.widgets.message_bar import MessageBar
from tests.builders import a_visit

if TYPE_CHECKING:
    from app.domain.changes import Changes

TODAY = date(2022, 6, 6)
"""A Monday without a holiday near."""
_W = TypeVar("_W", bound=QWidget)
_NONE = Qt.KeyboardModifier.NoModifier


def visits_on(database: Database, shops: list[UUID], *days: int) -> list[UUID]:
    """Plan a visit at each shop on the day of June that stands at its place."""
    from app.models.customer import Customer

    with database.write() as session:
        made: list[UUID] = []
        count: dict[int, int] = {}
        for shop, day in zip(shops, days, strict=False):
            count[day] = count.get(day, 0) + 1
            customer: Customer = session.get_one(Customer, shop)
            made.append(a_visit(session, customer, date(2022, 6, day), "planned", seq=count[day]).id)
        return made


class PlanDriver:
    def __init__(self, qtbot: QtBot, database: Database, playbook: Playbook, tasks: TaskRunner) -> None:
        self._qtbot = qtbot
        self._tasks = tasks
        self._parent = QObject()
        self.clock = Clock(as_of=TODAY)
        self.plans = Plans(database, self.clock, playbook)
        self.bus = ChangeBus(self._parent)
        self.model = PlanViewModel(
            self.plans, Days(database, self.clock, playbook), self.clock, tasks, self.bus, self._parent
        )
        self.page = PlanPage(self.model, playbook)
        qtbot.addWidget(self.page)
        self.heard: list[Changes] = []
        self.opened_customers: list[UUID] = []
        self.opened_stops: list[UUID] = []
        self.opened_visits: list[UUID] = []
        self.bus.changed.connect(self.heard.append)
        self.page.open_customer_requested.connect(self.opened_customers.append)
        self.page.open_stop_requested.connect(self.opened_stops.append)
        self.page.open_visit_requested.connect(self.opened_visits.append)
        self.page.resize(current_theme().em(105), current_theme().em(56))

    def open(self, span: Span = Span.MONTH) -> None:
        self.page.show()
        self.page.shown()
        self.model.set_span(span)
        self.rest()

    def rest(self) -> None:
        """Wait until all is on disk and what is shown was read after it."""
        self._qtbot.waitUntil(lambda: self._tasks.is_idle and self.model.view is not None, timeout=20_000)

    def wait(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=20_000)

    # ---- what is seen -------------------------------------------------------------------------------------------
    def names(self, day: int) -> list[str]:
        found = shown.day_of(self.model.days, date(2022, 6, day))
        return [] if found is None else [stop.name for stop in found.stops]

    def stored(self, day: int) -> list[str]:
        view = self.plans.month(TODAY)
        return [stop.name for one in view.days if one.day == date(2022, 6, day) for stop in one.stops]

    @property
    def said(self) -> str:
        return self._find(MessageBar, "planSaid").text

    def text(self, name: str) -> str:
        return self._find(QLabel, name).text()

    def is_visible(self, name: str) -> bool:
        found = self.page.findChild(QWidget, name)
        return found is not None and found.isVisible()

    @property
    def spoken(self) -> str:
        return self.board.accessibleDescription()

    # ---- hands --------------------------------------------------------------------------------------------------
    @property
    def board(self) -> PlanBoard:
        return self._find(PlanBoard, "planBoard")

    def choose(self, name: str) -> None:
        """Click a visit."""
        self._qtbot.mouseClick(self.board, Qt.MouseButton.LeftButton, pos=self._row(name).box.center().toPoint())

    def open_by_mouse(self, name: str) -> None:
        self._qtbot.mouseDClick(self.board, Qt.MouseButton.LeftButton, pos=self._row(name).box.center().toPoint())

    def choose_day(self, day: int) -> None:
        self._qtbot.mouseClick(self.board, Qt.MouseButton.LeftButton, pos=self._cell(day).head.center().toPoint())

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        if not self.page.isActiveWindow():  # a window manager gives it back when a menu or a dialog closes
            self.page.activateWindow()
            self.wait(self.page.isActiveWindow)
        self._qtbot.keyClick(self.board, key, modifier)

    def press_ctrl(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def press_alt(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.AltModifier)

    def click(self, name: str) -> None:
        self.wait(lambda: any(one.isVisible() for one in self.page.findChildren(QAbstractButton, name)))
        button = next(one for one in self.page.findChildren(QAbstractButton, name) if one.isVisible())
        assert button.isEnabled()
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def act_on_said(self) -> None:
        """Press the button of the line that says what was done."""
        bar = self._find(MessageBar, "planSaid")
        button = next(b for b in bar.findChildren(QAbstractButton) if b.isVisible() and b.text())
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def drag(self, name: str, day: int, before: str | None = None) -> "Drag":
        """Take hold of a visit and hold it over a day, or over the upper half of another visit."""
        return Drag(self.board, Grip(self._row(name).stop.visit_id), self._spot(day, before))

    def drag_unplaced(self, name: str, day: int, before: str | None = None) -> "Drag":
        """Take hold of a shop without a day and hold it over a day, or over the upper half of a visit."""
        view = self.model.health_view
        assert view is not None
        one = next(one for one in view.unplaced if one.name == name)
        return Drag(self.board, Grip(one.customer_id, is_shop=True), self._spot(day, before))

    def pull_unplaced(self) -> None:
        """Press the mouse on the first shop without a day and pull it away."""
        self.wait(lambda: any(one.isVisible() for one in self.page.findChildren(QWidget, "unplacedLine")))
        line = next(one for one in self.page.findChildren(QWidget, "unplacedLine") if one.isVisible())
        far = QPoint(QApplication.startDragDistance() + 5, 5)
        self._qtbot.mousePress(line, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
        self._qtbot.mouseMove(line, QPoint(4, 4) + far)

    def press_focused(self, key: Qt.Key) -> None:
        """Press a key where the keyboard is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        self._qtbot.keyClick(focused, key)

    @property
    def unplaced(self) -> list[str]:
        return [one.name for one in self.plans.month(TODAY).unplaced]

    @property
    def why(self) -> str:
        """All words of the panel that says why."""
        panel = self._find(QWidget, "planWhy")
        return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())

    def wait_for_why(self, words: str) -> None:
        self.wait(lambda: words in self.why)

    def take_choice(self, day: str) -> None:
        """Press the button of a day that the panel offers."""
        self._qtbot.mouseClick(self._choice(day), Qt.MouseButton.LeftButton)

    def look_at_choice(self, day: str) -> None:
        """Go with the keyboard to the button of a day that the panel offers."""
        self._choice(day).setFocus(Qt.FocusReason.TabFocusReason)

    def _choice(self, day: str) -> QAbstractButton:
        buttons = self.page.findChildren(QAbstractButton, "whyTake")
        return next(one for one in buttons if one.isVisible() and day in one.accessibleName())

    def menu(self, command: str) -> None:
        """Choose from the menu of what is looked at."""
        self.press(Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
        menu = self.page.findChildren(PlanMenu)[-1]
        self._trigger(menu, command)

    def offered(self) -> list[str]:
        self.press(Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
        menu = self.page.findChildren(PlanMenu)[-1]
        names = [action.objectName() for action in menu.actions() if action.objectName()]
        menu.close()
        return names

    def _trigger(self, menu: QMenu, command: str) -> None:
        action = next(one for one in menu.actions() if one.objectName() == command)
        assert isinstance(action, QAction)
        action.trigger()
        menu.close()

    def dialog(self, name: str) -> QDialog:
        self.wait(lambda: any(d.isVisible() for d in self.page.findChildren(QDialog, name)))
        self.rest()
        return next(d for d in self.page.findChildren(QDialog, name) if d.isVisible())

    def click_in(self, dialog: QDialog, name: str) -> None:
        button = dialog.findChild(QAbstractButton, name)
        assert isinstance(button, QAbstractButton)
        assert button.isEnabled()
        spot = QPoint(button.height() // 2, button.height() // 2)
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=spot)

    def type_in(self, dialog: QDialog, name: str, text: str) -> None:
        field = dialog.findChild(QLineEdit, name)
        assert isinstance(field, QLineEdit)
        field.clear()
        self._qtbot.keyClicks(field, text)

    # ---- places -------------------------------------------------------------------------------------------------
    def _row(self, name: str) -> Row:
        rows = (row for cell in self.board.lay.cells for row in cell.rows)
        return next(row for row in rows if row.stop.name == name)

    def _cell(self, day: int) -> Cell:
        cell = self.board.lay.cell_of(date(2022, 6, day))
        assert cell is not None
        return cell

    def _spot(self, day: int, before: str | None) -> QPointF:
        if before is None:
            return self._cell(day).box.center()
        box = self._row(before).box
        return QPointF(box.center().x(), box.top() + 1)

    def _find(self, kind: type[_W], name: str) -> _W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found


class Drag:
    """Something that is held over the board with the mouse."""

    def __init__(self, board: PlanBoard, grip: Grip, spot: QPointF) -> None:
        self._board = board
        self._spot = spot
        self._mime = grip.mime
        enter = QDragEnterEvent(
            QPoint(1, 1), Qt.DropAction.MoveAction, self._mime, Qt.MouseButton.LeftButton, _NONE
        )  # fmt: skip
        QApplication.sendEvent(board, enter)
        self.is_taken = self._move()

    def _move(self) -> bool:
        spot = self._spot.toPoint()
        event = QDragMoveEvent(spot, Qt.DropAction.MoveAction, self._mime, Qt.MouseButton.LeftButton, _NONE)
        event.ignore()
        QApplication.sendEvent(self._board, event)
        return event.isAccepted()

    def drop(self) -> None:
        event = QDropEvent(self._spot, Qt.DropAction.MoveAction, self._mime, Qt.MouseButton.LeftButton, _NONE)
        QApplication.sendEvent(self._board, event)

    def leave(self) -> None:
        """Go out of the board without letting go."""
        QApplication.sendEvent(self._board, QDragLeaveEvent())
