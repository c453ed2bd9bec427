"""Giving the laptop back at the window: stopped, refused, and at last carried out, with the first day after it."""

from collections.abc import Generator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from sqlalchemy import select

from app.bootstrap.application import assemble, close_application
from app.bootstrap.sync_rounds import SyncRounds
from app.domain.text import Language
from app.headoffice import people
from app.models.visit import Visit
from app.runtime.cancel import CancelToken, no_report
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.storage.facts import write_fact
from app.storage.store import open_store
from app.storage.vault import Vault
from app.sync.enrolment import enrol
from app.sync.state import URL
from tests.conftest import CHEAP, PASSWORD
from tests.headoffice.http.served import Served
from tests.real_program import LONG, Program
from tests.served_office import office_template, served

__all__ = ["office_template", "served"]
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def enrolled(served: Served, data_folder: DataFolder) -> DataFolder:
    """Return a closed store that head office knows, with one visit that waits."""
    data_folder.root.mkdir(parents=True)
    key = Vault(data_folder.vault, use_keyring=False, cost=CHEAP).create(PASSWORD)
    application = assemble(data_folder, Clock(), Language.EN, open_store(data_folder, key, create=True))
    with served.world.database.write() as session:
        code = people.enrol_code(session, "M1", served.world.now)
    enrol(application.database, served.url, code, now=datetime.now(UTC), use_keyring=False)
    SyncRounds(application).run(CancelToken(), no_report)
    with application.database.write(actor="M1", source="visit") as session:
        shop = UUID(served.world.customers["C11"])
        session.add(Visit(customer_id=shop, day=date(2026, 3, 2), status="done", serial=1))
    close_application(application)
    return data_folder


@pytest.fixture
def program(enrolled: DataFolder) -> Generator[Program]:
    """Give the program at its settings page after a look at every other, once it knows that it is a member."""
    program = Program(enrolled, language=Language.EN, day=None)
    program.open()
    for page in ("customers", "visit", "forecast", "effects", "data_in", "sync", "settings"):
        program.go(page)
    program.wait(lambda: program.is_shown("giveBackOpen"), "the card", LONG)
    yield program
    program.end()


def the_dialog(program: Program) -> QDialog:
    program.click("giveBackOpen")
    found = program.window.findChild(QDialog, "giveBackDialog")
    assert isinstance(found, QDialog)
    return found


def in_dialog(dialog: QDialog, name: str) -> QWidget:
    found = dialog.findChild(QWidget, name)
    assert isinstance(found, QWidget), name
    return found


def confirm(program: Program, dialog: QDialog, word: str = "give back") -> None:
    field, begin = in_dialog(dialog, "giveBackWord"), in_dialog(dialog, "giveBackNow")
    assert isinstance(field, QLineEdit)
    program.wait(lambda: "Still to go: 1 records" in in_dialog(dialog, "giveBackWaits").text(), "the figures")  # type: ignore[attr-defined]
    assert not begin.isEnabled()
    field.setText(word[:-1])
    assert not begin.isEnabled(), "a part of the word is no yes"
    field.setText(word)
    assert begin.isEnabled()
    begin.click()  # type: ignore[attr-defined]


def test_without_head_office_nothing_is_erased_and_the_person_reads_why(program: Program) -> None:
    application = program.desk.application
    assert application is not None
    write_fact(application.database, URL, "http://127.0.0.1:9")
    dialog = the_dialog(program)
    confirm(program, dialog)
    said = in_dialog(dialog, "giveBackSaid")
    program.wait(lambda: "Nothing was erased" in said.text, "the answer", LONG)  # type: ignore[attr-defined]
    assert "cannot be reached" in said.text  # type: ignore[attr-defined]
    assert "1 records and 0 photo" in said.text  # type: ignore[attr-defined]
    assert program.folder.store.exists()
    dialog.reject()
    program.wait(lambda: not dialog.isVisible(), "the dialog to close")
    assert program.bugs == []


def test_everything_goes_up_then_the_laptop_is_as_on_its_first_day_and_can_be_set_up_again(
    program: Program, served: Served
) -> None:
    old = program.window
    confirm(program, the_dialog(program))
    program.wait(lambda: program.desk.window is None, "the window to go", LONG)
    with served.world.database.read() as session:
        assert session.scalars(select(Visit.day)).all() == [date(2026, 3, 2)]
    start = program.desk.start.window
    assert start is not None
    program.wait(lambda: start.isVisible() and start.findChild(QWidget, "firstCreate") is not None, "first page", LONG)
    program.rest()
    program.wait(lambda: not shiboken6.isValid(old), "the old window to go")
    assert not program.folder.store.exists()
    assert not program.folder.vault.exists()
    program.desk.start.view_model.create("another password 7")
    program.wait(lambda: program.desk.start.view_model.application is not None, "a new store", LONG)
    assert program.folder.store.exists()
    assert program.bugs == []
