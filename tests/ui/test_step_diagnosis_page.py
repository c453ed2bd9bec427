"""The steps that judge and plan as part of the page: freed with it, readable aloud, small enough for a small screen."""

import gc
import weakref
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.domain.visit import Step
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.visit.visit_page import VisitPage
from tests.ui.judging_driver import JudgingDriver, make_judging_page, plan_at_the_last_visit, rate_the_last_visit
from tests.ui.visit_page_driver import VisitRoom, a_shop_with_a_visit

if TYPE_CHECKING:
    from app.domain.playbook import Playbook

STEPS = (Step.DIAGNOSIS, Step.IMPROVEMENT)


@pytest.fixture
def room(database: Database, clock: Clock, playbook: "Playbook", data_folder: DataFolder, key: bytes) -> VisitRoom:
    return VisitRoom.over(database, clock, playbook, PhotoFiles(data_folder.photos, key))


@pytest.fixture
def visit_id(database: Database) -> UUID:
    visit = a_shop_with_a_visit(database)
    rate_the_last_visit(database)
    plan_at_the_last_visit(database, "D04", "B", "A", measures=["D04-1"])
    return visit


def _open(qtbot: QtBot, page: VisitPage, tasks: TaskRunner, visit_id: UUID) -> None:
    page.open_visit(visit_id)
    qtbot.waitUntil(lambda: tasks.is_idle and page.model.draft.is_open)
    page.model.go(Step.DIAGNOSIS)


def test_without_an_earlier_diagnosis_as_last_time_says_that_there_is_none(
    qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, database: Database
) -> None:
    driver = JudgingDriver(qtbot, room, tasks)
    driver.begin(a_shop_with_a_visit(database))
    driver.click("asLastTime")
    assert driver.notice == "Nothing to take over: this shop was not judged at an earlier visit."


def test_the_weak_items_of_last_time_can_be_all_that_is_asked_and_all_items_again(
    qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID
) -> None:
    driver = JudgingDriver(qtbot, room, tasks)
    driver.begin(visit_id)
    sheet = driver.diagnosis._desk.sheet
    assert sheet is not None
    weak = [code for code in driver.rows if sheet.last[code].state != "A"]
    assert 0 < len(weak) < 14
    driver.click("plannedOnly")
    assert set(weak) <= set(driver.rows)
    assert len(driver.rows) < 14
    driver.flush()
    assert list(room.visits.head(visit_id).planned_items) == weak
    driver.click("plannedOnly")
    assert len(driver.rows) == 14
    driver.undo()
    assert room.visits is not None
    assert driver.diagnosis.progress().expected == 14


def test_where_nothing_is_planned_or_weak_the_choice_says_so(
    qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, database: Database
) -> None:
    driver = JudgingDriver(qtbot, room, tasks)
    driver.begin(a_shop_with_a_visit(database))
    driver.click("plannedOnly")
    assert driver.notice.startswith("Nothing is planned for this visit")
    assert len(driver.rows) == 14


def test_a_reason_that_is_asked_for_is_scrolled_into_view(
    qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID
) -> None:
    driver = JudgingDriver(qtbot, room, tasks)
    driver.begin(visit_id)
    driver.page.resize(1282, 560)
    driver.select_item("D14")
    for number in (1, 2, 3):
        driver.rate(number, Qt.Key.Key_A)
    driver.select_item("D14")
    driver.type("b")
    reason = driver.row("D14").reason
    qtbot.waitUntil(lambda: reason.isVisible() and reason.visibleRegion().boundingRect().height() == reason.height())


def test_the_steps_are_freed_with_their_page(qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID) -> None:
    page = make_judging_page(room, tasks)
    _open(qtbot, page, tasks, visit_id)
    gone = [weakref.ref(page), *(weakref.ref(page.step_widget(step)) for step in STEPS)]
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
        del page
    gc.collect()
    assert [one() for one in gone] == [None, None, None]


@pytest.mark.parametrize("step", STEPS)
def test_everything_that_can_be_used_has_a_name_for_screen_readers(
    qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID, step: Step
) -> None:
    page = JudgingDriver(qtbot, room, tasks)
    page.begin(visit_id, step)
    page.press(Qt.Key.Key_N if step is Step.IMPROVEMENT else Qt.Key.Key_A)
    widget = page.page.step_widget(step)
    fields = [*widget.findChildren(QLineEdit), *widget.findChildren(QPlainTextEdit)]
    nameless = [
        one.objectName()
        for one in (*widget.findChildren(QAbstractButton), *fields)
        if one.isVisible() and not (one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()))
    ]
    assert nameless == []


@pytest.mark.parametrize("step", STEPS)
def test_a_step_fits_a_small_screen_at_150_percent(
    qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID, step: Step
) -> None:
    page = JudgingDriver(qtbot, room, tasks)
    page.begin(visit_id, step)
    small = (round(1366 / 1.5) - 84, round(768 / 1.5) - 56)

    def is_small() -> bool:
        # The rail folds on the way down, which lets the page get narrower still.
        page.page.resize(*small)
        return (page.page.width(), page.page.height()) == small

    qtbot.waitUntil(is_small)
    widget = page.page.step_widget(step)
    cut = [
        one.objectName()
        for one in (*widget.findChildren(QAbstractButton), *widget.findChildren(QLineEdit))
        if one.isVisible() and one.mapTo(widget, one.rect().topRight()).x() >= widget.width()
    ]
    assert cut == []
