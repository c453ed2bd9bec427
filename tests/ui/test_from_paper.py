"""Paper bridge: a visit written on paper is entered later, from Today or in the visit, with both times and a badge."""

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.visit import Step, VisitStatus
from app.models.visit import Visit
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.visit_rows import VISIT_ROW
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.look.theme import current_theme
from app.ui.widgets.chip import Chip
from tests.builders import a_customer, a_visit
from tests.ui.today_page_driver import NAMES, TodayDriver, some_shops
from tests.ui.visit_page_driver import VisitPageDriver, VisitRoom

if TYPE_CHECKING:
    from app.domain.playbook import Playbook

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard")
TODAY = date(2022, 4, 29)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def room(database: Database, clock: Clock, playbook: "Playbook", data_folder: DataFolder, key: bytes) -> VisitRoom:
    return VisitRoom.over(database, clock, playbook, PhotoFiles(data_folder.photos, key))


@pytest.fixture
def visit_id(database: Database) -> UUID:
    with database.write() as session:
        return a_visit(session, a_customer(session), YESTERDAY, VisitStatus.PLANNED.value).id


@pytest.fixture
def page(qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID) -> VisitPageDriver:
    driver = VisitPageDriver(qtbot, room.make_page(tasks, ChangeBus(tasks)), tasks)
    driver.show()
    driver.open(visit_id)
    driver.jump(Step.ARRIVAL)
    return driver


def left_at(page: VisitPageDriver) -> QLineEdit:
    return page.find(QLineEdit, "leftAt")


def badge(page: VisitPageDriver) -> Chip:
    return page.find(Chip, "fromPaper")


def test_the_visit_is_marked_and_its_own_times_are_asked(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID
) -> None:
    assert not left_at(page).isVisible()
    page.press_button("enterFromPaper")
    assert badge(page).isVisible()
    assert badge(page).text() == "From paper"
    assert page.focused is page.arrival_time
    assert not page.find(QAbstractButton, "arrivedNow").isVisible(), "nobody is there now"
    page.type("1020")
    page.write(left_at(page), "1035")
    page.wait_until_saved()
    row = room.visits.sheet(visit_id).rows[VISIT_ROW]
    assert [f"{row[name]:%m-%d %H:%M}" for name in ("arrived_at", "left_at")] == ["04-28 10:20", "04-28 10:35"]
    assert f"{row['paper_entered_at']:%m-%d}" == "04-29"


def test_a_wrong_time_is_told_at_the_field_and_the_one_of_before_stays(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID
) -> None:
    page.press_button("enterFromPaper")
    page.write(page.arrival_time, "1020")
    page.write(left_at(page), "1035")
    page.write(left_at(page), "1010")
    page.wait_for_words("leftAtProblem", "Nobody leaves before arriving. The time of before stays.")
    page.write(page.arrival_time, "1040")
    page.wait_for_words("arrivedAtProblem", "Nobody leaves before arriving. The time of before stays.")
    page.wait_until_saved()
    head = room.visits.head(visit_id)
    assert [f"{moment:%H:%M}" for moment in (head.arrived_at, head.left_at) if moment] == ["10:20", "10:35"]


def test_a_time_to_come_is_told_on_the_day_itself(
    qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, database: Database
) -> None:
    with database.write() as session:
        today = a_visit(session, a_customer(session, "C2"), TODAY, VisitStatus.PLANNED.value).id
    page = VisitPageDriver(qtbot, room.make_page(tasks, ChangeBus(tasks)), tasks)
    page.show()
    page.open(today)
    page.jump(Step.ARRIVAL)
    now = page.page.model.draft.now().astimezone()
    page.press_button("enterFromPaper")
    if now.strftime("%H:%M") == "23:59":
        pytest.skip("no time of the day is still to come")
    page.write(page.arrival_time, "2359")
    page.wait_for_words("arrivedAtProblem", "This time is still to come. The time of before stays.")


def test_for_a_day_ahead_nothing_is_offered_that_would_be_refused(
    qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, database: Database
) -> None:
    with database.write() as session:
        ahead = a_visit(session, a_customer(session, "C2"), room.clock.today() + timedelta(days=1), "planned").id
    page = VisitPageDriver(qtbot, room.make_page(tasks, ChangeBus(tasks)), tasks)
    page.show()
    page.open(ahead)
    page.jump(Step.ARRIVAL)
    assert not page.find(QAbstractButton, "enterFromPaper").isVisible()


def test_the_mark_is_taken_back_by_its_button_and_by_undo(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID
) -> None:
    page.press_button("enterFromPaper")
    page.write(page.arrival_time, "1020")
    page.write(left_at(page), "1035")
    page.press_button("enterFromPaper")
    page.wait_until_saved()
    head = room.visits.head(visit_id)
    assert (head.paper_entered_at, head.left_at) == (None, None)
    assert not badge(page).isVisible()
    page.undo()
    page.wait_until_saved()
    again = room.visits.head(visit_id)
    assert again.paper_entered_at is not None
    assert again.left_at is not None
    assert badge(page).isVisible()


def test_what_is_still_to_enter_counts_the_time_of_leaving(page: VisitPageDriver) -> None:
    before = page.rail_words(Step.ARRIVAL)
    page.press_button("enterFromPaper")
    assert (before, page.rail_words(Step.ARRIVAL)) == ("2 still to enter", "3 still to enter")


def test_today_offers_it_for_a_stop_and_opens_the_marked_visit(
    database: Database, qtbot: QtBot, playbook: "Playbook", tasks: TaskRunner
) -> None:
    some_shops(database)
    today = TodayDriver(qtbot, database, playbook, tasks)
    today.open(6)
    today.choose(NAMES[2])
    today.pick("from_paper")
    today.wait(lambda: bool(today.opened_visits))
    (opened,) = today.opened_visits
    assert today.visits.head(opened).paper_entered_at is not None
    with database.read() as session:
        assert session.get_one(Visit, opened).status == VisitStatus.IN_PROGRESS.value
    today.pick("from_paper")
    today.wait(lambda: len(today.opened_visits) == 2)
    assert set(today.opened_visits) == {opened}, "the same visit, not a second one"


def test_an_ended_visit_shows_the_badge_and_no_button(page: VisitPageDriver, room: VisitRoom, visit_id: UUID) -> None:
    page.press_button("enterFromPaper")
    page.write(page.arrival_time, "1020")
    page.write(left_at(page), "1035")
    page.flush()
    room.visits.finish(visit_id)
    page.open(visit_id)
    assert badge(page).isVisible()
    assert not page.find(QAbstractButton, "enterFromPaper").isVisible()
    said = page.find(QLabel, "paperSaid")
    assert said.text().startswith("Entered from paper since 2022-04-29")


def test_the_title_says_it_where_the_rail_has_no_room_for_a_badge(page: VisitPageDriver, qtbot: QtBot) -> None:
    page.press_button("enterFromPaper")
    with qtbot.waitSignal(page.page.title_changed, check_params_cb=lambda title: title.subtitle.endswith("from paper")):
        page.page.resize(current_theme().em(60), 600)
    assert not badge(page).isVisible()
