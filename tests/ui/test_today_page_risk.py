"""Shops that may run out of a main SKU first, without touching the way."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.playbook import Playbook
from app.storage.database import Database
from app.ui.background.task_runner import TaskRunner
from tests.ui.today_page_driver import NAMES, TodayDriver, out_of_a_main_sku, some_shops


@pytest.fixture
def today(qtbot: QtBot, database: Database, playbook: Playbook, tasks: TaskRunner) -> TodayDriver:
    return TodayDriver(qtbot, database, playbook, tasks)


def test_shops_that_may_run_out_come_first_on_demand_and_the_way_stays(database: Database, today: TodayDriver) -> None:
    shops = some_shops(database)
    out_of_a_main_sku(database, shops[3])
    today.open(6)
    today.wait(lambda: today.is_visible("riskFirst"))
    way, stored = today.names, today.order
    today.click("riskFirst")
    assert today.names == [NAMES[3], *(name for name in way if name != NAMES[3])]
    today.choose(NAMES[3])
    today.press_ctrl(Qt.Key.Key_Down)  # the places say nothing about the way now
    assert today.order == stored
    today.press_ctrl(Qt.Key.Key_U)
    assert today.names == way


def test_without_a_risk_there_is_nothing_to_put_first(database: Database, today: TodayDriver) -> None:
    some_shops(database)
    today.open(6)
    today.wait(lambda: today.is_settled)
    assert not today.is_visible("riskFirst")
