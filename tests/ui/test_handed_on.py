"""What the sync page says of a change whose shop left this manager: one notice, no choice, no code of the program."""

import re
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel, QRadioButton

from app.models.customer import Customer
from app.runtime.clock import Clock
from app.services.sync_inbox import SyncInbox
from tests.headoffice.http.served import Served
from tests.ui.sync_person import Person

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

_HEAD = re.compile(r"Head office \d\d-\d\d")


def _edit_of_a_moved_shop(person: Person, served: Served) -> None:
    with person.database.write(actor="M1", source="archive") as session:
        session.get_one(Customer, UUID(served.world.customers["C11"])).opening_hours = "7-21"
    served.world.move("C11", "T2")
    person.sync_now()
    person.wait(lambda: person.shows("refusedWhy"))


def test_a_change_that_was_handed_on_is_told_once_and_can_only_be_read(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    _edit_of_a_moved_shop(person, served)
    assert not person.shows("conflictTitle")
    assert person.words("refusedWhy").startswith("This customer belongs to another territory now. Head office keeps")
    person.press("mergedShow")
    person.wait(lambda: person.shows("conflictState"))
    assert person.words("conflictState") == "handed on: head office or the customer's manager decides"
    assert not any(person.shows(name) for name in ("conflictUse", "conflictTakeBack", "conflictMine"))
    radios = [person.page.findChild(QRadioButton, name) for name in ("conflictYours", "conflictTheirs")]
    assert [(one.isEnabled(), one.isChecked()) for one in radios if one is not None] == [(False, False)] * 2


def test_a_decision_that_was_not_taken_names_no_field_of_the_program(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    _edit_of_a_moved_shop(person, served)
    [(key,)] = person.rows("SELECT id FROM sync_conflict")
    person.press("refusedAside")
    person.wait(lambda: not person.shows("refusedWhy"))
    SyncInbox(person.database, Clock()).decide({str(key): "yours"})
    person.sync_now()
    person.wait(lambda: person.shows("refusedWhy"))
    assert not person.shows("refusedFields")


@pytest.mark.parametrize("name", ["office", "Head office", "总部"])
def test_head_office_is_no_persons_name(person: Person, served: Served, name: str) -> None:
    person.open()
    person.enrol(served)
    key = served.world.customers["C11"]
    with person.database.write(actor="M1", source="archive") as session:
        session.get_one(Customer, UUID(key)).opening_hours = "7-21"
    served.world.put("customer", key, {"opening_hours": "9-19"})
    person.sync_now()
    [(record,)] = person.rows("SELECT id FROM sync_conflict")
    served.world.put("sync_conflict", str(UUID(str(record))), {"state": "open", "theirs_by": name})
    person.sync_now()
    person.wait(lambda: person.shows("conflictUse"))
    [head] = [text for label in person.page.findChildren(QLabel) if _HEAD.match(text := label.text())]
    assert " · " not in head
