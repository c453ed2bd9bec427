"""The forecast page before there is a forecast: no orders, too few of them, computing that is put off, a failure."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.playbook import Playbook
from app.runtime.cancel import CancelledError, Check
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.forecast_desk import ForecastDesk
from app.services.maintenance import Maintenance
from app.storage.database import Database
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.forecast.desk_reading import Stage
from app.ui.pages.forecast.forecast_page import ForecastPage
from app.ui.pages.forecast.forecast_view_model import ForecastViewModel
from app.ui.pages.forecast.kinds_view_model import KindsViewModel
from app.ui.pages.forecast.track_view_model import TrackViewModel
from app.ui.widgets.empty_state import EmptyState
from tests.services.forecast_story import FIRST, fill

SOON = FIRST + timedelta(days=40)


class Waiting:
    """The page on a store of a few orders, or none."""

    def __init__(self, qtbot: QtBot, desk: Any, database: Database, folder: DataFolder, playbook: Playbook) -> None:
        self.qtbot = qtbot
        self.tasks = TaskRunner()
        bus, clock = ChangeBus(), Clock(as_of=SOON)
        typed = cast("ForecastDesk", desk)
        self.model = ForecastViewModel(typed, Maintenance(database, folder), self.tasks, bus, clock, lambda: False)
        kinds = KindsViewModel(cast("Any", None), self.tasks, bus)
        self.page = ForecastPage(self.model, TrackViewModel(typed, self.tasks, bus), kinds, playbook)
        self.pages: list[str] = []
        self.page.open_page_requested.connect(self.pages.append)
        qtbot.addWidget(self.page)
        self.page.resize(1250, 700)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.page.shown()

    def until(self, stage: Stage) -> None:
        self.qtbot.waitUntil(lambda: self.model.stage is stage, timeout=20_000)

    @property
    def empty(self) -> EmptyState:
        found = self.page.findChild(EmptyState, "forecastEmpty")
        assert found is not None
        return found

    def press(self, words: str) -> None:
        buttons = [b for b in self.page.findChildren(QAbstractButton) if b.isVisible() and b.text() == words]
        assert buttons, words
        buttons[0].click()

    def shows(self, name: str) -> bool:
        found = self.page.findChild(QWidget, name)
        return found is not None and found.isVisible()


@pytest.fixture
def open_page(qtbot: QtBot, database: Database, data_folder: DataFolder, playbook: Playbook) -> Any:
    """Return a function that opens the page on a desk."""
    opened: list[Waiting] = []

    def make(desk: Any = None) -> Waiting:
        real = ForecastDesk(database, Clock(as_of=SOON), playbook)
        opened.append(Waiting(qtbot, desk or real, database, data_folder, playbook))
        return opened[-1]

    yield make
    for one in opened:
        assert one.tasks.stop()


OpenPage = Callable[..., Waiting]


class SlowDesk:
    """A desk whose forecast takes as long as it is let, and fails as often as it is told."""

    def __init__(self, failures: int = 0) -> None:
        self.go_on = threading.Event()
        self.begun = self.stopped = 0
        self._failures = failures

    def is_ready(self) -> bool:
        return False

    def prepare(self, check: Check) -> None:
        self.begun += 1
        try:
            while not self.go_on.wait(0.01):
                check()
        except CancelledError:
            self.stopped += 1
            raise
        if self.begun <= self._failures:
            raise RuntimeError("the numbers are gone")

    def overview(self, _month: object = None) -> None:
        raise RuntimeError("nothing to be seen here")

    def undo(self, _done: object) -> None:
        """Nothing was done."""


def test_a_store_without_orders_leads_to_the_import(open_page: OpenPage) -> None:
    page = open_page()
    page.until(Stage.TOO_FEW)
    page.qtbot.waitUntil(lambda: "no orders yet" in page.empty.accessibleName())
    page.press("Import orders…")
    assert page.pages == ["data_in"]
    assert not page.shows("deskTable")


def test_fewer_than_three_months_of_orders_are_told_apart_from_none(database: Database, open_page: OpenPage) -> None:
    fill(database, SOON)
    page = open_page()
    page.until(Stage.TOO_FEW)
    page.qtbot.waitUntil(lambda: "fewer than three whole months" in page.empty.accessibleName())


def test_computing_ends_when_it_is_put_off_and_can_be_taken_up_again(open_page: OpenPage) -> None:
    desk = SlowDesk()
    page = open_page(desk)
    page.until(Stage.COMPUTING)
    page.qtbot.waitUntil(lambda: page.shows("forecastComputing"))
    page.press("Not now")
    page.until(Stage.STOPPED)
    page.qtbot.waitUntil(lambda: desk.stopped == 1)
    assert not page.shows("deskTable")
    page.press("Compute it")
    page.until(Stage.COMPUTING)
    desk.go_on.set()
    page.until(Stage.FAILED)
    assert desk.begun == 2


def test_a_failure_is_told_and_can_be_tried_again(open_page: OpenPage) -> None:
    desk = SlowDesk(failures=1)
    desk.go_on.set()
    page = open_page(desk)
    page.until(Stage.FAILED)
    assert "went wrong" in page.empty.accessibleName()
    page.press("Try again")
    page.qtbot.waitUntil(lambda: desk.begun == 2)
