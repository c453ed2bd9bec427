"""A person at the Today page, on a real store with a few clearly invented shops in a row."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListView, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.domain.playbook import Playbook
from app.runtime.clock import Clock
from app.services.briefs import Briefs
from app.services.days import Days
from app.services.search import Search
from app.services.search_index import reindex_customers
from app.services.visits import Visits
from app.storage.database import Database
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.look.theme import current_theme
from app.ui.pages.today.brief_sections import BriefSection, TopicBox
from app.ui.pages.today.stop_menu import StopMenu
from app.ui.pages.today.today_page import TodayPage
from app.ui.pages.today.today_view_model import TodayViewModel
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.key_figure import KeyFigure
from app.ui.widgets.list_rows import ROW_ROLE, ListRow
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.route_sketch import RouteSketch
from tests.builders import a_customer, a_product, an_order

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.ui.widgets.page_title import PageTitle

DAY = date(2022, 4, 29)
NAMES = ("老周食杂店", "惠民超市", "桥头小卖部", "鑫源副食", "客运站便民店", "金桂园商店")
_W = TypeVar("_W", bound=QWidget)


def some_shops(database: Database, count: int = 6, *, weekday: int | None = 5) -> list[UUID]:
    """Make shops on a line to the east, one kilometre apart, that order on Friday."""
    with database.deliver(source="registration") as session:
        shops = [
            a_customer(
                session,
                code=f"C{number}",
                name=NAMES[number],
                order_weekday=weekday,
                market_type="C",
                format="Z",
                size_class="2",
                license_no=f"33010000{number:04}",
                license_to=DAY + timedelta(days=400),
                phone_main=f"1000000123{number}",
                gis_lat=Decimal("30.0"),
                gis_lng=Decimal("110.0") + Decimal(number) / 100,
            ).id
            for number in range(count)
        ]
        reindex_customers(session, shops)
        return shops


def half_of_last_year(database: Database, customer_id: UUID) -> None:
    """Give a shop 60 weeks of orders; in the last eight it buys half of what it bought before."""
    from app.models.customer import Customer

    with database.deliver(source="orders") as session:
        customer = session.get_one(Customer, customer_id)
        product = a_product(session, no=1, name="雅韵(硬)", retail_price=1200)
        for week in range(60):
            an_order(session, customer, DAY - timedelta(days=7 * (60 - week)), {product: 20 if week < 52 else 10})


def out_of_a_main_sku(database: Database, customer_id: UUID) -> None:
    """Give a shop a SKU that it bought each week, and not once in the last four while it bought another."""
    from app.models.customer import Customer

    with database.deliver(source="orders") as session:
        customer = session.get_one(Customer, customer_id)
        main, other = (a_product(session, no=no, name=name) for no, name in ((1, "雅韵(硬)"), (2, "大河(硬)")))
        for week in range(30):
            bought = {main: 20, other: 10} if week < 26 else {other: 10}
            an_order(session, customer, DAY - timedelta(days=7 * (30 - week)), bought)


class TodayDriver:
    def __init__(
        self, qtbot: QtBot, database: Database, playbook: Playbook, tasks: TaskRunner, clock: Clock | None = None
    ) -> None:
        self._qtbot = qtbot
        self._tasks = tasks
        self._parent = QObject()
        self.clock = clock or Clock(as_of=DAY)
        self.days = Days(database, self.clock, playbook)
        self.visits = Visits(database, self.clock, playbook)
        self.bus = ChangeBus(self._parent)
        briefs = Briefs(database, self.clock, playbook)
        search = Search(database)
        self.model = TodayViewModel(
            self.days, briefs, self.visits, search, self.clock, tasks, self.bus, self._parent
        )  # fmt: skip
        self.page = TodayPage(self.model, playbook)
        qtbot.addWidget(self.page)
        self.heard: list[Changes] = []
        self.titles: list[PageTitle] = []
        self.opened_visits: list[UUID] = []
        self.opened_customers: list[UUID] = []
        self.opened_pages: list[str] = []
        self.troubles: list[BaseException] = []
        self.bus.changed.connect(self.heard.append)
        self.page.title_changed.connect(self.titles.append)
        self.page.open_visit_requested.connect(self.opened_visits.append)
        self.page.open_customer_requested.connect(self.opened_customers.append)
        self.page.open_page_requested.connect(self.opened_pages.append)
        self.page.trouble_met.connect(self.troubles.append)
        self.page.resize(current_theme().em(99), current_theme().em(55))

    def come(self) -> None:
        self.page.show()
        self.page.shown()

    def open(self, count: int) -> None:
        """Come in and wait until the day has that many stops, their briefs among them."""
        self.come()
        self.wait(lambda: len(self.names) == count and self.is_settled)

    @property
    def is_settled(self) -> bool:
        return self._tasks.is_idle and not self.page.model.is_painting

    def wait(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition)

    def wait_for_names(self, *names: str) -> None:
        self.wait(lambda: tuple(self.names) == names and self.is_settled)

    @property
    def rows(self) -> list[ListRow]:
        model = self._list.model()
        return [model.index(row, 0).data(ROW_ROLE) for row in range(model.rowCount())]

    @property
    def names(self) -> list[str]:
        return [row.title for row in self.rows]

    @property
    def order(self) -> list[UUID]:
        """The shops in the order of the way, whatever the list shows."""
        return [stop.customer_id for stop in self.model.sheet.stops] if self.model.sheet else []

    def tags(self, name: str) -> list[str]:
        return [text for text, _ in next(row for row in self.rows if row.title == name).chips]

    @property
    def current_name(self) -> str:
        row = self._list.currentIndex().data(ROW_ROLE)
        return row.title if isinstance(row, ListRow) else ""

    @property
    def head(self) -> tuple[str, str]:
        card = self._find(Card, "dayCard")
        return card._title.text(), card._hint.text()

    def text(self, name: str) -> str:
        return self._find(QLabel, name).text()

    def lines(self, section: str) -> tuple[str, ...]:
        found = self._find(BriefSection, section)
        return found.texts if found.isVisible() else ()

    def box(self, name: str) -> str:
        """Return the words of the suggested topic, or of what waits to be sent."""
        return self._find(TopicBox, name).text

    def is_enabled(self, name: str) -> bool:
        return self._find(QWidget, name).isEnabled()

    def choices(self, ending: str) -> list[str]:
        """Return the codes of the reasons that the menu offers for an ending."""
        menu = self.open_menu()
        below = menu.findChild(QMenu, ending)
        assert isinstance(below, QMenu)
        codes = [action.objectName() for action in below.actions()]
        menu.close()
        return codes

    def figure(self, name: str) -> str:
        return self._find(KeyFigure, name).accessibleName()

    def is_visible(self, name: str) -> bool:
        found = self.page.findChild(QWidget, name)
        return found is not None and found.isVisible()

    @property
    def message(self) -> str:
        return self._find(MessageBar, "dayMessage").text

    def empty_words(self, name: str) -> str:
        found = self._find(EmptyState, name)
        return found.accessibleName() if found.isVisible() else ""

    def choose(self, name: str) -> None:
        self._list.setFocus()
        self._list.setCurrentIndex(self._index(name))

    def click_row(self, name: str) -> None:
        """Click a stop with the mouse."""
        place = self._list.visualRect(self._index(name)).center()
        self._qtbot.mouseClick(self._list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is: on the stops."""
        self._qtbot.keyClick(self._list, key, modifier)

    def press_ctrl(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def drop(self, name: str, before: str) -> None:
        """Drag a stop and let it go before another one."""
        data = self._list.model().mimeData([self._index(name)])
        box = self._list.visualRect(self._index(before))
        event = QDropEvent(
            box.topLeft() + QPoint(5, 1),
            Qt.DropAction.MoveAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        self._list.dropEvent(event)

    def click(self, name: str) -> None:
        button = self._find(QAbstractButton, name)
        assert button.isVisible()
        assert button.isEnabled()
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def click_empty_action(self, name: str, number: int = 0) -> None:
        buttons = [b for b in self._find(EmptyState, name).findChildren(QAbstractButton) if b.isVisible()]
        self._qtbot.mouseClick(buttons[number], Qt.MouseButton.LeftButton)

    def click_message_action(self) -> None:
        buttons = self._find(MessageBar, "dayMessage").findChildren(QAbstractButton)
        self._qtbot.mouseClick(next(b for b in buttons if b.isVisible() and b.text()), Qt.MouseButton.LeftButton)

    def click_on_map(self, customer_id: UUID) -> None:
        sketch = self._find(RouteSketch, "routeSketch")
        place = sketch.place_of(str(customer_id)).toPoint()
        self._qtbot.mouseClick(sketch, Qt.MouseButton.LeftButton, pos=place)

    def press_on_map(self, key: Qt.Key) -> None:
        sketch = self._find(RouteSketch, "routeSketch")
        sketch.setFocus()
        self._qtbot.keyClick(sketch, key)

    def open_menu(self) -> StopMenu:
        self.click("stopMore")
        return self.page.findChildren(StopMenu)[-1]

    def pick(self, *path: str) -> None:
        """Open the menu of the stop looked at and choose along the names of menus and commands."""
        menu = self.open_menu()
        action = _action(menu, path)
        assert action.isEnabled()
        action.trigger()
        menu.close()

    def type_text(self, text: str) -> None:
        self._qtbot.keyClicks(self._find(QLineEdit, "addSearch"), text)

    def compose(self, text: str) -> None:
        """Type with an input method, without choosing the characters yet."""
        QApplication.sendEvent(self._find(QLineEdit, "addSearch"), QInputMethodEvent(text, []))

    def commit(self, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self._find(QLineEdit, "addSearch"), event)

    def press_in_search(self, key: Qt.Key) -> None:
        self._qtbot.keyClick(self._find(QLineEdit, "addSearch"), key)

    @property
    def offered(self) -> list[ListRow]:
        model = self._find(QListView, "addList").model()
        return [model.index(row, 0).data(ROW_ROLE) for row in range(model.rowCount())]

    @property
    def _list(self) -> QListView:
        return self._find(QListView, "dayList")

    def _index(self, name: str) -> QModelIndex:
        return self._list.model().index(self.names.index(name), 0)

    def _find(self, kind: type[_W], name: str) -> _W:
        found = self.page.findChild(kind, name)
        assert isinstance(found, kind), name
        return found


def _action(menu: QMenu, path: Sequence[str]) -> QAction:
    first, *rest = path
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu) and below.objectName() == first:
            return _action(below, rest)
        if not isinstance(below, QMenu) and action.objectName() == first:
            return action
    raise AssertionError(path)
