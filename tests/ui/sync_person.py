"""A person at the sync page of a laptop, and a head office that listens on this machine."""

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap.application import Application
from app.bootstrap.archive_words import ArchiveWords
from app.bootstrap.sync_door import SyncDoor
from app.bootstrap.sync_papers import SyncPapers
from app.domain.text import Language
from app.headoffice import people
from app.headoffice.database import OfficeDatabase
from app.headoffice.preparing import prepare
from app.models.visit import Visit
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.runtime.settings import Settings
from app.services.stuck_photos import StuckPhotos
from app.services.sync_inbox import SyncInbox
from app.storage.database import Database
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.look.theme import current_theme
from app.ui.pages.sync.link_box import LinkBox
from app.ui.pages.sync.receipt_view_model import ReceiptViewModel
from app.ui.pages.sync.sync_inbox_view_model import SyncInboxViewModel
from app.ui.pages.sync.sync_page import SyncPage
from app.ui.shell.link_watch import LinkWatch
from app.ui.shell.preferences import Preferences
from app.ui.shell.sync_controller import SyncController
from tests.headoffice.http.served import Served, serving
from tests.headoffice.world import World
from tests.ui.startup_driver import the_translations

LONG_MS = 15_000


def prepared_office(folder: Path) -> Path:
    """Make the database of a head office, to be copied for each test."""
    file = folder / "office.db"
    database = OfficeDatabase(f"sqlite:///{file}")
    prepare(database)
    database.dispose()
    return file


@contextmanager
def listening(template: Path, folder: Path) -> Generator[Served]:
    """Give a head office that listens."""
    database = OfficeDatabase(f"sqlite:///{shutil.copy(template, folder / 'office.db')}")
    with serving(World(database), folder) as one:
        one.set_clock(datetime.now(UTC))
        yield one
    database.dispose()


@dataclass
class Person:
    """A person at the sync page of a laptop."""

    qtbot: QtBot
    database: Database
    application: Application
    sync: SyncController
    page: SyncPage
    bus: ChangeBus
    preferences: Preferences

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


@contextmanager
def at_the_sync_page(qtbot: QtBot, database: Database, folder: DataFolder, tasks: TaskRunner) -> Generator[Person]:
    """Give a person who sits before the page; the system has no keyring."""
    parent = QObject()
    bus = ChangeBus(parent)
    application = Application(folder, Clock(), Language.EN, database, closed_cleanly=True)
    preferences = Preferences(folder.settings, Settings(), current_theme(), the_translations(), parent)
    link = LinkWatch(preferences, parent)
    door = SyncDoor(application, use_keyring=False, photo_megabytes=link.photo_megabytes)
    sync = SyncController(door, tasks, bus, parent)
    inbox = SyncInboxViewModel(
        SyncInbox(database, Clock()), StuckPhotos(database, application.photo_files), sync, tasks
    )
    receipts = ReceiptViewModel(SyncPapers(application), sync, tasks, application.clock.today)
    page = SyncPage(sync, inbox, receipts, LinkBox(link, preferences), ArchiveWords(application.playbook))
    page.resize(current_theme().em(80), current_theme().em(50))
    yield Person(qtbot, database, application, sync, page, bus, preferences)
    qtbot.waitUntil(lambda: tasks.is_idle, timeout=LONG_MS)
    page.deleteLater()
    parent.deleteLater()
