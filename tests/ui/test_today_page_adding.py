"""Adding a shop to the day, by nearness or by name, with an input method too; and what the page does over time."""

import gc
import weakref
from datetime import date
from itertools import combinations
from math import hypot

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes, Kind
from app.domain.playbook import Playbook
from app.models.customer import Customer
from app.models.visit import Promise
from app.runtime.clock import Clock
from app.storage.database import Database
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.today.route_spread import spread
from tests.builders import a_visit
from tests.ui.today_page_driver import DAY, NAMES, TodayDriver, some_shops

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard")


@pytest.fixture
def today(qtbot: QtBot, database: Database, playbook: Playbook, tasks: TaskRunner) -> TodayDriver:
    return TodayDriver(qtbot, database, playbook, tasks)


def _two_due_of_six(database: Database) -> None:
    """Make six shops of which only the first two order today."""
    shops = some_shops(database)
    with database.deliver(source="registration") as session:
        for shop in shops[2:]:
            session.get_one(Customer, shop).order_weekday = 3


def test_the_nearest_shop_is_offered_first_and_added_by_enter(database: Database, today: TodayDriver) -> None:
    _two_due_of_six(database)
    today.open(2)
    today.choose(NAMES[1])
    today.press_ctrl(Qt.Key.Key_N)
    today.wait(lambda: len(today.offered) == 4)
    assert [row.title for row in today.offered] == list(NAMES[2:])
    assert today.offered[0].trailing == "1.3 km"
    today.press_in_search(Qt.Key.Key_Return)
    today.wait(lambda: len(today.names) == 3 and today.is_settled)
    assert today.names[-1] == NAMES[2] == today.current_name
    assert today.tags(NAMES[2]) == ["Added by hand", "No visit yet"]
    today.press_ctrl(Qt.Key.Key_Z)
    today.wait(lambda: len(today.names) == 2 and today.is_settled)


def test_a_shop_is_found_by_characters_typed_with_an_input_method(database: Database, today: TodayDriver) -> None:
    _two_due_of_six(database)
    today.open(2)
    today.click("addShop")
    today.wait(lambda: len(today.offered) == 4)
    today.compose("jinguiyuan")
    assert today.model.adding.text == ""
    today.commit("金桂园")
    today.wait(lambda: [row.title for row in today.offered] == ["金桂园商店"])
    assert today.offered[0].marks == ((0, 3),)
    assert today.text("addSaid") == "1 shop found"
    today.press_in_search(Qt.Key.Key_Return)
    today.wait(lambda: today.current_name == "金桂园商店" and today.is_settled)


def test_only_the_answer_to_the_newest_text_is_shown(database: Database, today: TodayDriver) -> None:
    _two_due_of_six(database)
    today.open(2)
    today.click("addShop")
    today.type_text("xinyuan")
    today.wait(lambda: [row.title for row in today.offered] == ["鑫源副食"] and today.is_settled)
    today.type_text("x")
    today.wait(lambda: today.text("addSaid") == "No shop is found by that." and today.is_settled)
    assert today.offered == []


def test_a_shop_that_is_in_the_day_already_is_looked_at_and_not_added_twice(
    database: Database, today: TodayDriver
) -> None:
    _two_due_of_six(database)
    today.open(2)
    today.click("addShop")
    today.type_text("C1")
    today.wait(lambda: [row.title for row in today.offered] == [NAMES[1]])
    assert today.offered[0].chips[0][0] == "In the day"
    today.press_in_search(Qt.Key.Key_Return)
    today.wait(lambda: today.current_name == NAMES[1] and today.is_visible("dayList"))
    assert len(today.days.show(DAY).stops) == 2


def test_escape_goes_back_to_the_day(database: Database, today: TodayDriver) -> None:
    _two_due_of_six(database)
    today.open(2)
    today.press_ctrl(Qt.Key.Key_N)
    assert today.is_visible("addPanel")
    today.press_in_search(Qt.Key.Key_Escape)
    assert today.is_visible("dayList")
    assert not today.is_visible("addPanel")


def test_the_brief_is_read_again_when_something_is_recorded_at_the_shop(database: Database, today: TodayDriver) -> None:
    shops = some_shops(database)
    with database.write() as session:
        last = a_visit(session, session.get_one(Customer, shops[0]), date(2022, 4, 8), "done")
        session.add(Promise(customer_id=shops[0], visit_id=last.id, text="补齐价签"))
    today.open(6)
    today.choose(NAMES[0])
    today.wait(lambda: today.lines("agreed") == ("open 补齐价签 (ours)",))
    with database.write() as session:
        promise = session.query(Promise).one()
        promise.done_on = DAY
    stop = today.model.stop
    assert stop is not None
    assert stop.visit_id is not None
    today.bus.changed.emit(Changes.of(Kind.VISIT, stop.visit_id))
    today.wait(lambda: today.lines("agreed") == ("done 补齐价签 (ours)",))


def test_on_the_next_day_another_day_is_opened(database: Database, today: TodayDriver) -> None:
    some_shops(database)
    today.open(6)
    today.page.hide()
    today.model._clock = Clock(as_of=date(2022, 5, 6))
    today.days._clock = today.model._clock
    today.come()
    today.wait(lambda: today.titles[-1].subtitle == "Fri, May 6" and len(today.names) == 6 and today.is_settled)
    assert len(today.days.show(date(2022, 5, 6)).stops) == 6


def test_the_page_is_freed_when_it_is_closed(
    qtbot: QtBot, database: Database, playbook: Playbook, tasks: TaskRunner
) -> None:
    some_shops(database)
    driver = TodayDriver(qtbot, database, playbook, tasks)
    driver.open(6)
    driver.open_menu().close()
    gone = weakref.ref(driver.page)
    driver.page.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(driver.page))
    gc.disable()
    try:
        del driver.page
        assert gone() is None
    finally:
        gc.enable()


def test_buttons_have_names_for_screen_readers(database: Database, today: TodayDriver) -> None:
    some_shops(database)
    today.open(6)
    for button in today.page.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName() or button.text(), button.objectName()


def test_a_heap_of_stops_opens_in_the_sketch_and_far_ones_stay() -> None:
    heap = [(30.0, 110.0)] * 3 + [(30.0005, 110.0)]
    places = spread([(30.0, 109.8), *heap, (30.0, 110.2)])
    assert min(hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(places, 2)) > 0.4 * 0.09 * 0.8
    assert [lon for _, lon in places] == sorted(lon for _, lon in places)
    assert places[0] == pytest.approx((30.0, 109.8))
    assert spread([(30.0, 110.0)]) == ((30.0, 110.0),)
