"""The receipt of the day and the handover file at the sync page, against a head office that listens."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog
from sqlalchemy import select

from app.models.customer import Customer
from app.models.visit import Visit
from app.storage.facts import write_fact
from app.sync.state import URL
from tests.headoffice.http.served import Served
from tests.ui.sync_person import LONG_MS, Person

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def a_visit_of_today(person: Person, served: Served) -> str:
    with person.database.write(actor="M1", source="visit") as session:
        shop = UUID(served.world.customers["C11"])
        visit = Visit(customer_id=shop, day=date.today(), status="done", serial=1)  # noqa: DTZ011  as the page counts
        session.add(visit)
        session.flush()
        return str(visit.id)


def dialog(name: str) -> QDialog:
    found = [one for one in QApplication.topLevelWidgets() if one.objectName() == name and one.isVisible()]
    assert isinstance(found[0], QDialog)
    return found[0]


def button(inside: QDialog, name: str) -> QAbstractButton:
    found = inside.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def test_the_day_is_complete_only_when_head_office_holds_the_same(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    a_visit_of_today(person, served)
    person.press("receiptCompare")
    person.wait(lambda: person.words("receiptState") == "not complete")
    assert "0 of 1 visits" in person.words("receiptSaid")
    person.sync_now()
    person.wait(lambda: person.words("receiptState") == "day complete")
    assert "1 of 1 visits are the same" in person.words("receiptSaid")


def test_the_day_is_not_called_complete_while_other_records_wait(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    a_visit_of_today(person, served)
    person.sync_now()
    person.wait(lambda: person.words("receiptState") == "day complete")
    with person.database.write(actor="M1", source="archive") as session:
        session.get_one(Customer, UUID(served.world.customers["C12"])).opening_hours = "7-21"
    person.bus.written.emit()
    person.wait(lambda: person.words("receiptState") == "visits complete · 1 more to upload")
    person.sync_now()
    person.wait(lambda: person.words("receiptState") == "day complete")


def test_without_a_network_the_kept_receipt_is_shown_and_says_so(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    a_visit_of_today(person, served)
    person.sync_now()
    person.wait(lambda: person.words("receiptState") == "day complete")
    write_fact(person.database, URL, "http://127.0.0.1:9")
    person.press("receiptCompare")
    person.wait(lambda: "cannot be reached" in person.words("receiptSaid"))
    assert person.words("receiptState") == "day complete", "what both agreed to stays true"
    with person.database.write(actor="M1", source="visit") as session:
        session.scalars(select(Visit)).one().need_note = "one more word"
    person.bus.written.emit()
    person.wait(lambda: person.words("receiptState") == "to be compared again")


def test_the_receipt_is_paper_that_can_be_saved(person: Person, served: Served, tmp_path: Path) -> None:
    person.open()
    person.enrol(served)
    a_visit_of_today(person, served)
    person.sync_now()
    person.wait(lambda: person.words("receiptState") == "day complete")
    person.press("receiptOpen")
    sheet = dialog("receiptDialog")
    person.wait(lambda: button(sheet, "receiptSave").isEnabled())
    assert not button(sheet, "receiptLater").isEnabled(), "there is no receipt of tomorrow"
    button(sheet, "receiptSave").click()
    chooser = sheet.findChild(QFileDialog, "saveReceiptDialog")
    assert isinstance(chooser, QFileDialog)
    target = tmp_path / "receipt.pdf"
    chooser.fileSelected.emit(str(target))
    chooser.close()
    person.wait(target.exists)
    words = PdfReader(target).pages[0].extract_text()
    assert "Day complete" in words
    assert "Both hold the same" in words
    button(sheet, "receiptEarlier").click()
    person.wait(lambda: not button(sheet, "receiptSave").isEnabled())
    assert button(sheet, "receiptLater").isEnabled()
    button(sheet, "receiptClose").click()
    person.wait(lambda: person.words("receiptState") == "day complete")


def test_what_waits_goes_on_a_stick_and_still_waits_until_head_office_has_it(
    person: Person, served: Served, tmp_path: Path
) -> None:
    person.open()
    person.enrol(served)
    a_visit_of_today(person, served)
    target = tmp_path / "stick" / "today.zoufang"
    target.parent.mkdir()
    person.press("handoverWrite")
    chooser = person.page.findChild(QFileDialog, "handoverDialog")
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(target))
    chooser.close()
    person.wait(lambda: "1 records" in person.words("handoverSaid"))
    assert target.stat().st_size > 0
    assert person.rows("SELECT count(*) FROM outbox") == [(1,)]
    with person.qtbot.waitSignal(person.sync.ended, timeout=LONG_MS):
        person.press("syncStart")
    assert person.rows("SELECT count(*) FROM outbox") == [(0,)]


def test_a_stick_that_takes_nothing_is_said_plainly(person: Person, served: Served, tmp_path: Path) -> None:
    person.open()
    person.enrol(served)
    a_visit_of_today(person, served)
    person.press("handoverWrite")
    chooser = person.page.findChild(QFileDialog, "handoverDialog")
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "no such folder" / "deeper" / "x.zoufang"))
    chooser.close()
    person.wait(lambda: person.shows("handoverSaid") and "Writing" not in person.words("handoverSaid"))
    assert "unexpected" not in person.words("handoverSaid")
