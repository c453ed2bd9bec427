"""The steps with a new customer in the program: named by the brief, ticked in the wrap-up, told by the profile."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from app.domain.visit import Step
from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.visit_rows import VISIT_ROW, RowChange
from app.services.visits import Visits
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from tests.builders import a_visit
from tests.ui.customers_page_driver import CustomersPageDriver
from tests.ui.visit_page_driver import DAY, VisitPageDriver, VisitRoom, a_shop_with_a_visit
from tests.ui.wrap_up_driver import WrapUpDriver
from tests.ui.wrap_up_room import WrapUpRoom

if TYPE_CHECKING:
    from app.domain.playbook import Playbook


@pytest.fixture
def visit_id(database: Database) -> UUID:
    """The second visit to a shop that joined a month ago; the data were entered at the first."""
    visit_id = a_shop_with_a_visit(database)
    with database.write() as session:
        shop = session.get_one(Visit, visit_id).customer_id
        customer = session.get_one(Customer, shop)
        customer.join_date = DAY - timedelta(days=30)
        a_visit(session, customer, DAY - timedelta(days=9), "done", onboarding_done=["record"])
    return visit_id


class NewCustomer(WrapUpDriver):
    """A person at the steps with a new customer."""

    def box(self, code: str) -> QCheckBox:
        return self.find(QCheckBox, f"onboarding_{code}")

    @property
    def ticked(self) -> list[str]:
        codes = ("record", "price_list", "order_terms", "first_order", "stock_display")
        return [code for code in codes if self.box(code).isChecked()]

    @property
    def heading(self) -> str:
        return self.find(QLabel, "onboardingHeading").text()


@pytest.fixture
def driver(
    qtbot: QtBot, database: Database, clock: Clock, playbook: "Playbook", tasks: TaskRunner, visit_id: UUID
) -> NewCustomer:
    Visits(database, clock, playbook).start(visit_id)
    driver = NewCustomer(qtbot, WrapUpRoom.over(database, clock, playbook).make_page(tasks), tasks)
    driver.show()
    driver.open(visit_id)
    driver.go_to_wrap_up()
    return driver


def _stored(database: Database, visit_id: UUID) -> list[str] | None:
    with database.read() as session:
        return session.get_one(Visit, visit_id).onboarding_done


def test_the_brief_of_a_new_customer_says_what_this_visit_is_for(
    qtbot: QtBot,
    database: Database,
    clock: Clock,
    playbook: "Playbook",
    data_folder: DataFolder,
    key: bytes,
    tasks: TaskRunner,
    visit_id: UUID,
) -> None:
    room = VisitRoom.over(database, clock, playbook, PhotoFiles(data_folder.photos, key))
    driver = VisitPageDriver(qtbot, room.make_page(tasks, ChangeBus(tasks)), tasks)
    driver.show()
    driver.open(visit_id)
    assert driver.lines("onboardingBrief")[1] == "Hand over catalogue, wholesale and retail prices"
    words = driver.words_shown(Step.BRIEF)
    assert {"New customer: 1 of 5 steps done", "04-20", "this visit"} <= words


def test_steps_are_ticked_by_key_and_are_on_disk_at_once(
    driver: NewCustomer, database: Database, visit_id: UUID
) -> None:
    assert driver.heading == "New customer: 1 of 5 steps done"
    driver.box("first_order").setFocus()
    driver.press(Qt.Key.Key_Space)
    driver.box("price_list").setFocus()
    driver.press(Qt.Key.Key_Space)
    driver.wait_until_saved()
    assert _stored(database, visit_id) == ["price_list", "first_order"]
    assert driver.heading == "New customer: 3 of 5 steps done"
    driver.press(Qt.Key.Key_Space)
    driver.wait_until_saved()
    assert _stored(database, visit_id) == ["first_order"]


def test_a_tick_is_undone_and_done_again(driver: NewCustomer, database: Database, visit_id: UUID) -> None:
    driver.box("price_list").click()
    driver.undo()
    driver.wait_until_saved()
    assert driver.ticked == ["record"]
    assert not _stored(database, visit_id)
    driver.redo()
    driver.wait_until_saved()
    assert driver.ticked == ["record", "price_list"]
    assert _stored(database, visit_id) == ["price_list"]


def test_what_was_done_at_an_earlier_visit_stands(driver: NewCustomer, database: Database, visit_id: UUID) -> None:
    assert not driver.box("record").isEnabled()
    driver.box("order_terms").click()
    driver.flush()
    assert _stored(database, visit_id) == ["order_terms"]


def test_ticks_of_a_visit_that_has_ended_are_read_only(driver: NewCustomer) -> None:
    driver.box("order_terms").click()
    driver.press_named("finishVisit")
    driver.answer_form_message()
    driver.wait_for_end()
    assert not driver.box("order_terms").isEnabled()


def test_the_profile_tells_how_far_a_new_customer_is(
    qtbot: QtBot, database: Database, clock: Clock, playbook: "Playbook", tasks: TaskRunner, visit_id: UUID
) -> None:
    visits = Visits(database, clock, playbook)
    visits.start(visit_id)
    visits.record(visit_id, [RowChange(VISIT_ROW, {"onboarding_done": ("price_list", "order_terms")})])
    with database.read() as session:
        shop = session.get_one(Visit, visit_id).customer_id
    page = CustomersPageDriver(qtbot, database, tasks, clock, playbook)
    page.open(shop)
    page.wait_for_profile(shop)
    assert page.hints == ["New customer"]
    page.wait_for_event("Visit", "New customer: Open the record and enter the basic data")
    names = ("Hand over catalogue, wholesale and retail prices", "Agree order frequency, cycle and way of calling")
    page.wait_for_event("Visit under way", f"New customer: {names[0]}; {names[1]}")
