"""A complaint told at a visit: ticked beside the note, promised an answer in two working days, done when answered."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from app.domain.brief import TopicCode
from app.domain.complaint import answer_of
from app.models.visit import Promise
from app.runtime.clock import Clock
from app.services.briefs import Briefs
from app.services.visits import Visits
from app.storage.database import Database
from app.ui.background.task_runner import TaskRunner
from tests.ui.visit_page_driver import a_shop_with_a_visit
from tests.ui.wrap_up_driver import WrapUpDriver
from tests.ui.wrap_up_room import WrapUpRoom

if TYPE_CHECKING:
    from app.domain.playbook import Playbook

IN_TIME = date(2022, 5, 6)
"""Two working days after Friday 29 April 2022: the Labour Day holidays lie between."""


@pytest.fixture
def visit_id(database: Database, clock: Clock, playbook: "Playbook") -> UUID:
    visit_id = a_shop_with_a_visit(database)
    Visits(database, clock, playbook).start(visit_id)
    return visit_id


@pytest.fixture
def driver(
    qtbot: QtBot, database: Database, clock: Clock, playbook: "Playbook", tasks: TaskRunner, visit_id: UUID
) -> WrapUpDriver:
    driver = WrapUpDriver(qtbot, WrapUpRoom.over(database, clock, playbook).make_page(tasks), tasks)
    driver.show()
    driver.open(visit_id)
    driver.go_to_wrap_up()
    return driver


def _tick(driver: WrapUpDriver) -> QCheckBox:
    box: QCheckBox = driver.find(QCheckBox, "complaintBox")
    box.setFocus()
    driver.press(Qt.Key.Key_Space)
    driver.wait_until_quiet()
    driver.wait_until_saved()
    return box


def _answer(database: Database, visit_id: UUID) -> Promise | None:
    with database.read() as session:
        found = session.get(Promise, answer_of(visit_id))
        return None if found is None or found.deleted_at is not None else found


def test_a_complaint_becomes_a_promise_of_ours_that_is_due_in_two_working_days(
    driver: WrapUpDriver, database: Database, visit_id: UUID
) -> None:
    driver.note("needNote")
    driver.compose(commit="送货晚了两天")
    _tick(driver)
    found = _answer(database, visit_id)
    assert found is not None
    assert (found.text, found.by_shop, found.due_on) == ("Answer the complaint: 送货晚了两天", False, IN_TIME)
    assert "Answer the complaint: 送货晚了两天" in driver.promised


def test_the_tick_is_taken_back_undone_and_set_again(driver: WrapUpDriver, database: Database, visit_id: UUID) -> None:
    box = _tick(driver)
    _tick(driver)
    assert _answer(database, visit_id) is None
    driver.undo()
    driver.wait_until_saved()
    assert box.isChecked()
    assert _answer(database, visit_id) is not None
    driver.throw_away(next(line for line in driver.promises if "complaint" in driver.promise_text(line).text()))
    assert not box.isChecked()
    _tick(driver)
    found = _answer(database, visit_id)
    assert found is not None
    assert found.text == "Answer the complaint"


def test_an_open_complaint_is_the_topic_of_the_brief_until_it_is_answered(
    driver: WrapUpDriver, database: Database, clock: Clock, playbook: "Playbook", visit_id: UUID
) -> None:
    briefs = Briefs(database, clock, playbook)
    _tick(driver)
    found = _answer(database, visit_id)
    assert found is not None
    assert briefs.brief(found.customer_id).brief.topic.code is TopicCode.COMPLAINT
    driver.tick(next(line for line in driver.promises if "complaint" in driver.promise_text(line).text()))
    driver.flush()
    assert briefs.brief(found.customer_id).brief.topic.code is not TopicCode.COMPLAINT
