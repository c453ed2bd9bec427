"""The sync page against a head office that listens on this machine: enrol, sync, stop, decide, mend."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QWidget
from sqlalchemy import select

from app.headoffice import people
from app.models.customer import Customer
from app.models.visit import Visit
from app.services.sync_facts import Ended
from app.storage.facts import PRACTICE, write_fact
from app.sync.state import URL
from tests.headoffice.http.served import Served
from tests.ui.sync_person import LONG_MS, Person

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_a_practice_store_says_that_it_never_syncs_and_offers_nothing_to_press(person: Person) -> None:
    write_fact(person.database, PRACTICE, "yes")
    person.open()
    person.wait(lambda: "practice data" in person.words("syncSaid"))
    assert not person.find("syncStart").isEnabled()
    assert not person.shows("enrolNow")


def test_a_code_enrols_the_laptop_and_the_first_round_brings_its_customers(person: Person, served: Served) -> None:
    person.open()
    assert not person.find("syncStart").isEnabled()
    told: list[object] = []
    person.bus.changed.connect(told.append)
    person.enrol(served)
    assert person.sync.last is not None
    assert person.sync.last.ended is Ended.DONE
    assert not person.shows("enrolNow")
    assert person.rows("SELECT count(*) FROM customer") == [(2,)]
    assert told
    person.wait(lambda: "Last finished" in person.words("syncLast"))


def _type_code(person: Person, served: Served, code: str = "WRONG-CODE") -> QLineEdit:
    person.open()
    person.page.activateWindow()
    person.wait(person.page.isActiveWindow)
    for name, text in (("enrolUrl", served.url), ("enrolCode", code)):
        person.qtbot.keyClicks(person.find(name), text)
    field = person.find("enrolCode")
    assert isinstance(field, QLineEdit)
    return field


@pytest.mark.parametrize("way", ["click", "space on the button", "Enter in the code", "Enter in the address"])
def test_a_wrong_code_is_said_plainly_and_can_be_typed_over_at_once(person: Person, served: Served, way: str) -> None:
    code, button = _type_code(person, served), person.find("enrolNow")
    if way == "click":
        button.setFocus(Qt.FocusReason.MouseFocusReason)
        person.press("enrolNow")
    elif way == "space on the button":
        button.setFocus()
        person.qtbot.keyClick(button, Qt.Key.Key_Space)
    else:
        field = code if way == "Enter in the code" else person.find("enrolUrl")
        field.setFocus()
        person.qtbot.keyClick(field, Qt.Key.Key_Return)
    person.wait(lambda: person.shows("enrolProblem"))
    assert "does not take this code" in person.words("enrolProblem")
    assert button.isEnabled()
    assert code.hasFocus()
    person.qtbot.keyClicks(QApplication.focusWidget(), "NEXT")
    assert code.text() == "NEXT"


def test_once_the_code_was_taken_the_keyboard_stays_on_the_page(person: Person, served: Served) -> None:
    with served.world.database.write() as session:
        right = people.enrol_code(session, "M1", served.world.now)
    window = QWidget()
    row = QHBoxLayout(window)
    row.addWidget(QPushButton("of the rail"))
    row.addWidget(person.page)
    window.show()
    code = _type_code(person, served, right)
    code.setFocus()
    person.qtbot.keyClick(code, Qt.Key.Key_Return)
    person.wait(lambda: person.sync.last is not None and not person.sync.is_running)
    assert not person.shows("enrolNow")
    focused = window.focusWidget()
    person.page.setParent(None)
    window.deleteLater()
    assert focused is person.page


def test_whoever_has_typed_another_code_meanwhile_types_on(person: Person, served: Served) -> None:
    code = _type_code(person, served)
    code.setFocus()
    person.qtbot.keyClick(code, Qt.Key.Key_Return)
    person.qtbot.keyClicks(code, "-2")
    person.wait(lambda: person.shows("enrolProblem"))
    person.qtbot.keyClicks(code, "3")
    assert code.text() == "WRONG-CODE-23"


def test_whoever_works_elsewhere_meanwhile_keeps_the_keyboard(person: Person, served: Served) -> None:
    code = _type_code(person, served)
    elsewhere = QLineEdit(person.page)
    elsewhere.show()
    person.qtbot.keyClick(code, Qt.Key.Key_Return)
    elsewhere.setFocus()
    person.wait(lambda: person.shows("enrolProblem"))
    assert elsewhere.hasFocus()


def test_what_waits_goes_up_by_a_press(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    visit = person.note_visit(served)
    person.sync_now()
    assert person.sync.last is not None
    assert person.sync.last.sent == 1
    assert person.rows("SELECT count(*) FROM outbox") == [(0,)]
    with served.world.database.read() as session:
        assert session.scalar(select(Visit.status).where(Visit.id == UUID(visit))) == "done"


def test_without_a_network_the_round_ends_calmly_and_everything_still_waits(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    person.note_visit(served)
    write_fact(person.database, URL, "http://127.0.0.1:9")
    person.sync_now()
    assert person.sync.is_offline
    assert not person.sync.needs_person
    person.wait(lambda: "cannot be reached" in person.words("syncSaid"))
    assert person.rows("SELECT count(*) FROM outbox") == [(1,)]


def test_a_round_that_was_paused_holds_all_rounds_until_the_person_goes_on(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    person.note_visit(served)
    with person.qtbot.waitSignal(person.sync.ended, timeout=LONG_MS):
        person.press("syncStart")
        person.press("syncPause")
    assert person.sync.is_paused
    person.sync.after_visit()
    assert not person.sync.is_running
    with person.qtbot.waitSignal(person.sync.ended, timeout=LONG_MS):
        person.press("syncGoOn")
    assert not person.sync.is_paused
    assert not person.shows("syncGoOn")
    assert person.rows("SELECT count(*) FROM outbox") == [(0,)]


def test_a_refused_record_is_shown_with_its_reason_and_opens_what_it_belongs_to(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    visit = UUID(person.note_visit(served))
    with person.database.write(actor="M1", source="visit") as session:
        session.get_one(Visit, visit).need_note = "长" * 60_000
    person.sync_now()
    person.wait(lambda: person.shows("refusedWhy"))
    assert "too long" in person.words("refusedWhy")
    assert person.sync.last is not None
    assert person.sync.last.sent == 1, "the rest of the visit goes all the same"
    person.wait(lambda: person.sync.needs_person)
    opened: list[object] = []
    person.page.open_visit_requested.connect(opened.append)
    person.press("refusedOpen")
    assert opened == [visit]
    person.press("refusedAside")
    person.wait(lambda: not person.shows("refusedWhy"))
    assert person.rows("SELECT state FROM refused_op") == [("dismissed",)]


def test_a_clash_is_decided_by_the_person_and_head_office_carries_it_out(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    shop = served.world.customers["C11"]
    with person.database.write(actor="M1", source="archive") as session:
        session.get_one(Customer, UUID(shop)).opening_hours = "7-21"
    served.world.put("customer", shop, {"opening_hours": "9-19"})
    person.sync_now()
    ((clash,),) = person.rows("SELECT id FROM sync_conflict")
    person.wait(lambda: person.shows("mergedShow"))
    assert not person.shows("conflictUse"), "the rule let the laptop's value stand: it is only in the log"
    person.press("mergedShow")
    person.wait(lambda: person.shows("conflictUse"))
    person.press("mergedShow")
    served.world.put("sync_conflict", str(UUID(str(clash))), {"state": "open"})  # as where the laptop's value lost
    person.sync_now()
    person.wait(lambda: person.shows("conflictUse"))
    person.press("conflictTheirs")
    with person.qtbot.waitSignal(person.sync.ended, timeout=LONG_MS):
        person.press("conflictUse")
    person.wait(lambda: not person.shows("conflictUse"))
    assert person.rows("SELECT opening_hours FROM customer WHERE id = ?", UUID(shop).hex) == [("9-19",)]
    assert person.rows("SELECT state, kept FROM sync_conflict") == [("settled", "theirs")]
