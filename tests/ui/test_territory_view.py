"""The territory view: colours and their legend, what is selected beside the map, the way of a day, both languages."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes, Kind
from app.domain.planning.views import DayKind, DayView, MapShop, MonthView, Overdue, PlanHealth, StopView
from app.domain.playbook import Playbook
from app.domain.problems import Problem, TroubleError
from app.domain.text import Language
from app.domain.visit import VisitStatus
from app.runtime.clock import Clock
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.look.translations import Translations
from app.ui.territory.legend_row import LegendRow
from app.ui.territory.territory_view import TerritoryView
from app.ui.territory.territory_view_model import Coloring, TerritoryViewModel
from app.ui.widgets.message_bar import MessageBar

TODAY = date(2026, 11, 23)
HEALTH = PlanHealth(0, 0, 0, 0, 0, (), None, 0.0, 0.0, 0, 0)


def shop(number: int, **other: object) -> MapShop:
    """Return a shop of a row of them from west to east."""
    facts: dict[str, object] = {
        "cadence": "V3", "overdue": Overdue.BLUE, "order_weekday": 2, "at_risk": None, "presumed": False,
        "last_visit": TODAY - timedelta(days=number),
    }  # fmt: skip
    place = {"lat": 30.0 + number % 2 / 100, "lon": 110.0 + number / 10}
    return MapShop(UUID(int=number), f"N{number:03d}", f"店 {number}", **place, **(facts | other))  # type: ignore[arg-type]


SHOPS = (
    shop(1, overdue=Overdue.RED, cadence="V1"),
    shop(2, overdue=Overdue.RED, at_risk=True),
    shop(3, overdue=Overdue.ORANGE, order_weekday=None),
    shop(4, presumed=True, last_visit=None, at_risk=False),
)


def stop(one: MapShop, number: int) -> StopView:
    """Return a stop at a shop."""
    return StopView(
        one.customer_id, one.customer_id, one.code, one.name, one.cadence, VisitStatus.PLANNED, number, None, 12, 3.0,
        locked=False, on_order_day=True, order_weekday=2, due_by=None, reasons=(), presumed=False, lat=one.lat,
        lon=one.lon,
    )  # fmt: skip


class FakePlans:
    """Knows these shops, and a day of two stops."""

    def __init__(self) -> None:
        self.shops: tuple[MapShop, ...] = SHOPS
        self.error: Exception | None = None
        self.reads = 0

    def territory(self) -> tuple[MapShop, ...]:
        self.reads += 1
        if self.error is not None:
            raise self.error
        return self.shops

    def month(self, month: date) -> MonthView:
        days = tuple(
            DayView(day, DayKind.WORK, "", provisional=False, stops=stops, km=3.0, minutes=30, capacity_stops=14,
                    capacity_minutes=300)
            for day, stops in ((TODAY, (stop(SHOPS[0], 1), stop(SHOPS[2], 2))), (TODAY + timedelta(days=1), ()))
        )  # fmt: skip
        return MonthView(month, is_planned=True, days=days, health=HEALTH, unplaced=())


class Person:
    """Someone who looks at the territory."""

    def __init__(self, qtbot: QtBot, plans: FakePlans, tasks: TaskRunner, playbook: Playbook) -> None:
        self.qtbot, self.plans, self.tasks, self.bus = qtbot, plans, tasks, ChangeBus()
        self.asked: list[UUID] = []
        self.model = TerritoryViewModel(
            plans,  # type: ignore[arg-type]
            Clock(as_of=TODAY),
            tasks,
            self.bus,
            self._ask_risks,
        )
        self.view = TerritoryView(self.model, playbook)
        qtbot.addWidget(self.view)
        self.view.resize(1180, 660)
        self.view.show()
        self.opened: list[object] = []
        self.view.open_customer_requested.connect(self.opened.append)
        self.view.begin()
        self.rest()

    def _ask_risks(self, shops: Iterable[UUID], day: date) -> dict[UUID, int | None]:
        assert day == TODAY
        found = list(shops)
        self.asked += found
        return {one: None if one == UUID(int=3) else 2 for one in found}

    def rest(self) -> None:
        """Wait until everything is read."""
        self.qtbot.waitUntil(lambda: self.tasks.is_idle)

    def find(self, name: str) -> QWidget:
        """Return a part by its name."""
        found = self.view.findChild(QWidget, name)
        assert isinstance(found, QWidget)
        return found

    def press(self, name: str) -> None:
        """Click a button."""
        button = self.find(name)
        assert isinstance(button, QAbstractButton)
        assert button.isVisible()
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.rest()

    def click(self, number: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Click a shop on the map."""
        at = self.view.map.place_of(str(UUID(int=number))).toPoint()
        QTest.mouseClick(self.view.map, Qt.MouseButton.LeftButton, modifier, at)

    def key(self, name: str, key: Qt.Key) -> None:
        """Press a key in a part."""
        part = self.find(name)
        QTest.keyClick(part.focusProxy() or part, key)

    def text(self, name: str) -> str:
        """Return what a label says."""
        label = self.find(name)
        assert isinstance(label, QLabel)
        return label.text()

    def picture(self) -> QImage:
        """Return the map as it looks with the keyboard on it."""
        self.view.map.setFocus()
        return self.view.map.grab().toImage()

    @property
    def listed(self) -> list[str]:
        """The names in the list beside the map."""
        model = self.find("selectedShops").model()  # type: ignore[attr-defined]
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    @property
    def legend(self) -> list[str]:
        """The legend as it is read aloud."""
        QApplication.sendPostedEvents()  # fresh lines are shown by the next turn
        return [row.accessibleName() for row in self.view.findChildren(LegendRow) if not row.isHidden()]


@pytest.fixture
def plans() -> FakePlans:
    return FakePlans()


@pytest.fixture
def person(qtbot: QtBot, plans: FakePlans, tasks: TaskRunner, playbook: Playbook) -> Iterator[Person]:
    yield Person(qtbot, plans, tasks, playbook)
    assert tasks.is_idle


def test_the_legend_counts_the_shops_of_each_colour(person: Person) -> None:
    assert person.legend == [
        "Red: due within a week 2", "Orange: due within two weeks 1", "Yellow: due within a month 0",
        "Blue: visited this cycle 1",
    ]  # fmt: skip


def test_other_colours_come_by_a_key_of_the_choice(person: Person) -> None:
    person.key("mapColoring", Qt.Key.Key_3)
    assert person.model.coloring is Coloring.ORDER_DAY
    assert person.legend[1] == "Tue 3"
    assert person.legend[-1] == "No order day 1"
    person.model.color_by(Coloring.CADENCE)
    assert [words[-1] for words in person.legend] == ["1", "0", "3"]
    person.model.color_by(Coloring.RISK)
    person.rest()
    assert [words[-1] for words in person.legend] == ["2", "1", "1"]
    person.rest()


def test_what_is_selected_on_the_map_stands_in_the_list_and_opens_from_there(person: Person) -> None:
    assert person.find("nothingSelected").isVisible()
    person.click(3)
    person.click(1, Qt.KeyboardModifier.ControlModifier)
    assert person.listed == ["店 1", "店 3"]
    assert person.legend[:2] == ["Red: due within a week 1 / 2", "Orange: due within two weeks 1 / 1"]
    rows = person.find("selectedShops")
    assert isinstance(rows, QListView)
    rows.setCurrentIndex(rows.model().index(1, 0))
    assert person.view.map.current == str(UUID(int=3))
    QTest.keyClick(rows, Qt.Key.Key_Return)
    person.press("openSelected")
    assert person.opened == [UUID(int=3)] * 2
    person.press("clearSelected")
    assert not person.listed
    assert not person.view.map.selected


def test_a_line_of_the_legend_selects_its_shops(person: Person) -> None:
    person.press("legend_red")
    assert person.listed == ["店 1", "店 2"]
    assert person.view.map.selected == {str(UUID(int=1)), str(UUID(int=2))}
    assert not person.find("legend_yellow").isEnabled()


def test_the_list_is_copied_as_a_table(person: Person) -> None:
    QTest.keyClick(person.view.map, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    person.press("copySelected")
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0] == ["Code", "Name", "Visit class", "Due", "Order day", "Last visit"]
    assert lines[1] == ["N001", "店 1", "V1", "Red: due within a week", "Orders on Tue", "2026-11-22"]
    assert lines[4][-1] == "—"
    assert len(lines) == 5


def test_a_shop_is_opened_from_the_map(person: Person) -> None:
    at = person.view.map.place_of(str(UUID(int=2))).toPoint()
    QTest.mouseDClick(person.view.map, Qt.MouseButton.LeftButton, pos=at)
    person.click(4)
    QTest.keyClick(person.view.map, Qt.Key.Key_Return)
    assert person.opened == [UUID(int=2), UUID(int=4)]


def test_hovering_tells_name_class_order_day_and_last_visit(person: Person) -> None:
    person.click(4)
    told = person.view.map.accessibleDescription()
    for words in ("店 4", "N004", "V3", "Orders on Tue", "Not visited yet", "Lasts until delivery", "presumed"):
        assert words in told


def test_the_way_of_a_day_is_drawn_and_taken_away(person: Person) -> None:
    before, east = person.picture(), person.view.map.place_of(str(UUID(int=4)))
    person.press("showWay")
    assert person.text("wayDay").startswith("11-23 Mon · 2 ")
    assert person.view.map.place_of(str(UUID(int=4))).x() > east.x()  # the way is seen as large as it can be
    person.press("showWhole")
    assert person.picture() != before
    person.press("wayLater")
    assert person.text("wayDay").startswith("11-24 Tue · 0 ")
    assert person.picture() == before
    person.press("showWay")
    assert not person.find("wayDay").isVisible()


def test_buttons_zoom_and_take_the_lasso(person: Person) -> None:
    map_, key = person.view.map, str(UUID(int=4))
    whole = map_.place_of(key)
    person.press("zoomIn")
    assert map_.place_of(key).x() > whole.x()
    person.press("showWhole")
    assert map_.place_of(key) == whole
    person.press("takeLasso")
    assert map_.is_lasso
    QTest.keyClick(map_, Qt.Key.Key_L)
    assert not person.find("takeLasso").isChecked()  # type: ignore[attr-defined]


def test_changes_are_read_when_the_map_is_in_view(person: Person, plans: FakePlans) -> None:
    person.click(2)
    plans.shops = SHOPS[:2]
    person.bus.changed.emit(Changes.of(Kind.VISIT))
    person.rest()
    assert person.legend[0].startswith("Red: due within a week 1 / 2")
    assert person.listed == ["店 2"]
    person.view.hide()
    person.bus.changed.emit(Changes.of(Kind.VISIT))
    person.rest()
    assert plans.reads == 2
    person.view.show()
    person.view.begin()
    person.rest()
    assert plans.reads == 3


def test_no_shop_with_a_place_leads_to_the_import(
    qtbot: QtBot, plans: FakePlans, tasks: TaskRunner, playbook: Playbook
) -> None:
    plans.shops = ()
    person = Person(qtbot, plans, tasks, playbook)
    assert person.find("noShopsOnMap").isVisible()
    with qtbot.waitSignal(person.view.open_page_requested) as told:
        QTest.mouseClick(person.find("noShopsOnMap").findChildren(QAbstractButton)[0], Qt.MouseButton.LeftButton)
    assert told.args == ["data_in"]


def test_trouble_is_said_and_what_is_shown_stays(person: Person, plans: FakePlans) -> None:
    plans.error = TroubleError(Problem.DISK_FULL)
    person.bus.changed.emit(Changes.of(Kind.CUSTOMER))
    person.rest()
    bar = person.find("mapMessage")
    assert isinstance(bar, MessageBar)
    assert bar.text
    assert person.legend[0].endswith("2")


def test_chinese_and_back_keep_what_is_selected(person: Person, translations: Translations) -> None:
    person.click(1)
    translations.set_language(Language.ZH)
    assert person.find("mapColoring").accessibleName()
    person.key("mapColoring", Qt.Key.Key_3)
    assert person.legend[1].startswith("周二")
    translations.set_language(Language.EN)
    assert person.legend[1] == "Tue 1 / 3"
    assert person.listed == ["店 1"]


def test_who_may_run_out_is_computed_once_somebody_looks_at_it(person: Person) -> None:
    assert person.asked == []
    person.model.color_by(Coloring.RISK)
    person.rest()
    assert person.asked == [UUID(int=1), UUID(int=3)]  # the others were known
    assert [one.at_risk for one in person.model.shops] == [True, True, None, False]
    person.model.color_by(Coloring.OVERDUE)
    person.model.color_by(Coloring.RISK)
    person.rest()
    assert len(person.asked) == 2
    person.bus.changed.emit(Changes.of(Kind.ORDER, UUID(int=1)))
    person.rest()
    assert person.asked[2:] == [UUID(int=1), UUID(int=3)]


def test_nobody_is_computed_for_a_map_that_is_out_of_view(person: Person) -> None:
    person.view.hide()
    person.model.color_by(Coloring.RISK)
    person.rest()
    assert person.asked == []
