"""The sync page against a head office that listens on this machine: enrol, sync, stop, decide, mend."""

import shutil
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.bootstrap.application import Application
from app.bootstrap.archive_words import ArchiveWords
from app.bootstrap.sync_door import SyncDoor
from app.domain.text import Language
from app.headoffice import people
from app.headoffice.database import OfficeDatabase
from app.headoffice.preparing import prepare
from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.sync_facts import Ended
from app.services.sync_inbox import SyncInbox
from app.storage.database import Database
from app.storage.facts import PRACTICE, write_fact
from app.sync.state import URL
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.look.theme import current_theme
from app.ui.pages.sync.sync_inbox_view_model import SyncInboxViewModel
from app.ui.pages.sync.sync_page import SyncPage
from app.ui.shell.sync_controller import SyncController
from tests.headoffice.http.served import Served, serving
from tests.headoffice.world import World

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
LONG_MS = 15_000


@pytest.fixture(scope="module")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("office") / "office.db"
    database = OfficeDatabase(f"sqlite:///{file}")
    prepare(database)
    database.dispose()
    return file


@pytest.fixture
def served(office_template: Path, tmp_path: Path) -> Generator[Served]:
    database = OfficeDatabase(f"sqlite:///{shutil.copy(office_template, tmp_path / 'office.db')}")
    with serving(World(database), tmp_path) as one:
        one.set_clock(datetime.now(UTC))
        yield one
    database.dispose()


@dataclass
class Person:
    """A person at the sync page of a laptop."""

    qtbot: QtBot
    database: Database
    sync: SyncController
    page: SyncPage
    bus: ChangeBus

    def find(self, name: str) -> QWidget:
        found = [w for w in self.page.findChildren(QWidget, name) if w.isVisible()]
        assert found, name
        return found[0]

    def words(self, name: str) -> str:
        found = self.find(name)
        assert isinstance(found, QLabel | QAbstractButton)
        return found.text()

    def press(self, name: str) -> None:
        button = self.find(name)
        assert button.isEnabled(), name
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def shows(self, name: str) -> bool:
        return any(w.isVisible() for w in self.page.findChildren(QWidget, name))

    def wait(self, ready: object) -> None:
        self.qtbot.waitUntil(ready, timeout=LONG_MS)  # type: ignore[arg-type]

    def open(self) -> None:
        self.page.show()
        self.page.shown()
        self.wait(lambda: self.sync.standing is not None)

    def enrol(self, served: Served, manager: str = "M1") -> None:
        with served.world.database.write() as session:
            code = people.enrol_code(session, manager, served.world.now)
        for name, text in (("enrolUrl", served.url), ("enrolCode", code)):
            field = self.find(name)
            assert isinstance(field, QLineEdit)
            self.qtbot.keyClicks(field, text)
        self.press("enrolNow")
        self.wait(lambda: self.sync.last is not None and not self.sync.is_running)

    def sync_now(self) -> None:
        with self.qtbot.waitSignal(self.sync.ended, timeout=LONG_MS):
            self.press("syncStart")

    def note_visit(self, served: Served) -> str:
        with self.database.write(actor="M1", source="visit") as session:
            visit = Visit(
                customer_id=UUID(served.world.customers["C11"]), day=date(2026, 3, 2), status="done", serial=1
            )
            session.add(visit)
            session.flush()
            return str(visit.id)

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        with self.database.look() as cursor:
            return [tuple(row) for row in cursor.execute(sql, values).fetchall()]


@pytest.fixture
def person(
    qtbot: QtBot, database: Database, data_folder: DataFolder, tasks: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> Generator[Person]:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    parent = QObject()
    bus = ChangeBus(parent)
    application = Application(data_folder, Clock(), Language.EN, database, closed_cleanly=True)
    sync = SyncController(SyncDoor(application, use_keyring=False), tasks, bus, parent)
    inbox = SyncInboxViewModel(SyncInbox(database, Clock()), sync, tasks)
    page = SyncPage(sync, inbox, ArchiveWords(application.playbook))
    page.resize(current_theme().em(80), current_theme().em(50))
    yield Person(qtbot, database, sync, page, bus)
    qtbot.waitUntil(lambda: tasks.is_idle, timeout=LONG_MS)
    page.deleteLater()
    parent.deleteLater()


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


def test_a_wrong_code_is_said_plainly_and_can_be_typed_again(person: Person, served: Served) -> None:
    person.open()
    for name, text in (("enrolUrl", served.url), ("enrolCode", "WRONG-CODE")):
        person.qtbot.keyClicks(person.find(name), text)
    person.press("enrolNow")
    person.wait(lambda: person.shows("enrolProblem"))
    assert "does not take this code" in person.words("enrolProblem")
    assert person.find("enrolNow").isEnabled()


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
    assert person.words("syncStart") == "Go on"
    person.sync_now()
    assert not person.sync.is_paused
    assert person.rows("SELECT count(*) FROM outbox") == [(0,)]


def test_a_refused_record_is_shown_with_its_reason_and_opens_what_it_belongs_to(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    visit = UUID(person.note_visit(served))
    with person.database.write(actor="M1", source="visit") as session:
        session.get_one(Visit, visit).need_note = "长" * 60_000
    person.sync_now()
    person.wait(lambda: person.shows("refusedWhy"))
    assert "too large" in person.words("refusedWhy")
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
