"""Today with the mouse: what is clicked is what is looked at, and what is done next is done to it."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.playbook import Playbook
from app.storage.database import Database
from app.ui.background.task_runner import TaskRunner
from tests.ui.today_page_driver import NAMES, TodayDriver, some_shops


@pytest.fixture
def today(qtbot: QtBot, database: Database, playbook: Playbook, tasks: TaskRunner) -> TodayDriver:
    return TodayDriver(qtbot, database, playbook, tasks)


def test_a_click_on_a_stop_looks_at_it_and_what_is_done_then_is_done_to_it(
    database: Database, today: TodayDriver
) -> None:
    some_shops(database)
    today.open(6)

    today.click_row(NAMES[3])

    today.wait(lambda: today.text("shopName") == NAMES[3])
    today.press(Qt.Key.Key_Delete)
    today.wait(lambda: NAMES[3] not in today.names)


def test_a_click_on_the_sketch_looks_at_the_shop_and_enter_starts_there_too(
    database: Database, today: TodayDriver
) -> None:
    shops = some_shops(database)
    today.open(6)
    today.click_on_map(shops[4])
    assert today.current_name == NAMES[4]
    today.press_on_map(Qt.Key.Key_Return)
    assert len(today.opened_visits) == 1
    today.press_ctrl(Qt.Key.Key_Return)
    assert today.opened_customers == [shops[4]]
