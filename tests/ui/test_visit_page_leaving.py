"""The visit page when its shop leaves this manager: it goes on while the visit does, and closes with plain words."""

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes, Kind
from app.domain.problems import Problem, Refusal, RuleError
from app.domain.visit import Step
from app.models.visit import Visit
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.recording import load
from app.services.visit_rows import VISIT_ROW
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.look.messages import Messages
from tests.ui.visit_page_driver import VisitPageDriver, VisitRoom, a_shop_with_a_visit

if TYPE_CHECKING:
    from app.domain.playbook import Playbook

_FROM_SYNC = Changes(frozenset({Kind.CUSTOMER}))


@pytest.fixture
def room(database: Database, clock: Clock, playbook: "Playbook", data_folder: DataFolder, key: bytes) -> VisitRoom:
    return VisitRoom.over(database, clock, playbook, PhotoFiles(data_folder.photos, key))


@pytest.fixture
def bus(tasks: TaskRunner) -> ChangeBus:
    return ChangeBus(tasks)


@pytest.fixture
def page(qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, bus: ChangeBus) -> VisitPageDriver:
    driver = VisitPageDriver(qtbot, room.make_page(tasks, bus), tasks)
    driver.show()
    driver.open(a_shop_with_a_visit(room.database))
    return driver


def _mark(room: VisitRoom, page: VisitPageDriver, scope: str) -> None:
    customer = page.page.model.draft.head.customer_id
    with room.database.note() as cursor:
        cursor.execute(
            "INSERT INTO row_state (tbl, pk, scope, version, schema, mark) VALUES ('customer', ?, ?, 1, 1, 0)",
            (str(customer), scope),
        )


def _take_away(room: VisitRoom) -> None:
    with room.database.deliver("head office") as session:
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        session.connection().exec_driver_sql("DELETE FROM customer_change")
        for table in ("promise", "improvement_plan", "stock_count", "shelf_check", "visit"):
            session.connection().exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608  our own names


@pytest.mark.parametrize(
    ("scope", "said"),
    [("", "Head office has handed 老周食杂店 to another manager."), ("-", "Head office has closed 老周食杂店.")],
)
def test_a_visit_under_way_goes_on_and_says_what_becomes_of_the_shop(
    page: VisitPageDriver, room: VisitRoom, bus: ChangeBus, scope: str, said: str
) -> None:
    page.jump(Step.ARRIVAL)
    page.arrive()
    page.wait_until_saved()
    _mark(room, page, scope)
    bus.changed.emit(_FROM_SYNC)
    page.wait_for_message(said, starts=True)
    page.choose("met", "owner")
    page.wait_until_saved()
    assert page.page.model.is_shown
    assert room.visits.sheet(page.page.model.draft.head.visit_id).rows[VISIT_ROW]["met"] == "owner"


def test_a_visit_that_was_taken_away_closes_and_names_its_shop(
    page: VisitPageDriver, room: VisitRoom, bus: ChangeBus
) -> None:
    visit = page.page.model.visit_id
    assert visit is not None
    _take_away(room)
    bus.changed.emit(_FROM_SYNC)
    page.wait_for_message("老周食杂店 is with another manager now, or was closed by head office.", starts=True)
    assert str(visit) not in page.message
    assert "at head office" in page.message
    assert not page.page.model.is_shown
    page.page.shown()
    page.wait_until_quiet()
    assert page.message, "nothing opens by itself in its place"
    page.dismiss_message()
    assert page.message == ""


def test_a_save_that_finds_its_visit_gone_says_the_same(page: VisitPageDriver, room: VisitRoom) -> None:
    visit = page.page.model.visit_id
    assert visit is not None
    page.jump(Step.ARRIVAL)
    _take_away(room)
    page.arrive()
    page.wait_for_message("老周食杂店 is with another manager now", starts=True)
    page.wait_until_saved()


def test_another_visit_can_be_opened_after_it(page: VisitPageDriver, room: VisitRoom, bus: ChangeBus) -> None:
    visit = page.page.model.visit_id
    assert visit is not None
    customer = page.page.model.draft.head.customer_id
    _take_away(room)
    bus.changed.emit(_FROM_SYNC)
    page.wait_for_message("老周食杂店 is with another", starts=True)
    page.open(room.visits.plan(customer, room.clock.today()))
    assert page.message == ""
    assert page.page.model.is_shown


def test_what_is_not_there_is_named_without_its_key(qtbot: QtBot, database: Database) -> None:
    del qtbot
    key = uuid4()
    with database.read() as session, pytest.raises(RuleError) as refused:
        load(session, Visit, key)
    words = Messages().of_error(refused.value).whole
    assert words.startswith("Visit: This record is no longer there.")
    assert str(key) not in words
    assert "unexpected" not in words
    unnamed = Messages().of_error(RuleError(Refusal(Problem.NOT_FOUND, str(key)))).whole
    assert unnamed.startswith("This record is no longer there.")
