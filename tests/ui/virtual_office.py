"""A head office that is none: what the window shows of sync can be led to any state without a network."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.lease import LeaseTerms
from app.domain.precheck import Room
from app.domain.sync_pause import Pause
from app.runtime.cancel import CancelToken, Report
from app.runtime.paths import DataFolder
from app.runtime.power import Battery
from app.services.sync_facts import Ended, EnrolFlaw, Membership, RoundEnd, SyncStanding
from app.storage.database import Database
from app.sync.look_ahead import LookAhead
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.sync.lease_page import LeasePage
from app.ui.shell.sync_controller import SyncController
from app.ui.shell.sync_work import StepReport
from tests.ui.main_window_driver import WindowDriver

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
LONG_MS = 15_000


@dataclass
class VirtualOffice:
    """A clock that stands still until it is set, and a head office that is reached or not."""

    now: datetime = START
    reached: bool = False
    terms: LeaseTerms = field(default_factory=lambda: LeaseTerms(START + timedelta(days=14), START))
    asked: list[bool] = field(default_factory=list[bool])
    waiting: int = 3
    kept: list[Pause | None] = field(default_factory=list["Pause | None"])
    pause: Pause | None = None
    """Of the day before, or of this morning."""
    room: Room | None = None
    battery: Battery | None = None
    end: RoundEnd = field(default_factory=lambda: RoundEnd(Ended.DONE))
    """How a round that reaches head office ends."""
    may_end: threading.Event = field(default_factory=threading.Event)
    """A slow line: a round ends when it may."""

    def __post_init__(self) -> None:
        self.may_end.set()

    def standing(self) -> SyncStanding:
        return SyncStanding(
            Membership.ENROLLED,
            waiting=self.waiting,
            photos_waiting=2,
            last_round=START,
            lease=self.terms,
            pause=self.pause,
            room=self.room,
            battery=self.battery,
        )

    def round(self, cancel: CancelToken, report: Report, told: StepReport, *, asked: bool = False) -> RoundEnd:
        del report, told
        self.asked.append(asked)
        while not self.may_end.wait(0.02):
            if cancel.cancelled:
                return RoundEnd(Ended.STOPPED)
        if not self.reached:
            return RoundEnd(Ended.OFFLINE)
        self.terms = LeaseTerms(self.now + timedelta(days=14), self.now)
        return self.end

    def give_back(self, cancel: CancelToken, report: Report, told: StepReport) -> RoundEnd:
        end = self.round(cancel, report, told, asked=True)
        return RoundEnd(Ended.GIVEN_BACK) if end == RoundEnd(Ended.DONE) else end

    def keep_pause(self, pause: Pause | None) -> None:
        self.kept.append(pause)

    def look_ahead(self, cancel: CancelToken) -> LookAhead | Ended:
        del cancel
        return Ended.OFFLINE

    def enrol(self, url: str, code: str, ca_file: Path | None) -> EnrolFlaw | None:
        del url, code, ca_file
        return None


@dataclass
class Laptop:
    """A window whose sync stands before a virtual head office."""

    office: VirtualOffice
    window: WindowDriver
    sync: SyncController
    qtbot: QtBot

    def find(self, name: str) -> QWidget | None:
        return next((w for w in self.window.window.findChildren(QWidget, name) if w.isVisible()), None)

    @property
    def is_covered(self) -> bool:
        return self.find("leaseForm") is not None

    def words(self) -> str:
        form = self.find("leaseForm")
        assert form is not None
        return " ".join(label.text() for label in form.findChildren(QLabel) if label.isVisible())

    def press(self, name: str) -> None:
        button = self.find(name)
        assert isinstance(button, QAbstractButton)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def open(self) -> None:
        self.window.window.show()
        self.window.window.begin("today")


MakeLaptop = Callable[[VirtualOffice], Laptop]


@contextmanager
def making_laptops(qtbot: QtBot, folder: DataFolder, database: Database, tasks: TaskRunner) -> Generator[MakeLaptop]:
    """Give a function that opens the program on the store."""
    parent = QObject()
    made: list[Laptop] = []

    def make_one(office: VirtualOffice) -> Laptop:
        bus = ChangeBus(parent)
        sync = SyncController(office, tasks, bus, parent, lease=office.terms, now=lambda: office.now)
        window = WindowDriver(qtbot, folder, database, tasks, sync=sync, lease_page=lambda: LeasePage(sync))
        made.append(Laptop(office, window, sync, qtbot))
        return made[-1]

    yield make_one
    qtbot.waitUntil(lambda: tasks.is_idle, timeout=LONG_MS)
    for laptop in made:
        laptop.window.leave()
    parent.deleteLater()
