"""The lease of 14 days at the window, rounds made by a key, by themselves and at the end, and leaving meanwhile."""

import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.lease import LeaseTerms
from app.runtime.cancel import CancelToken, Report
from app.runtime.paths import DataFolder
from app.services.sync_facts import Ended, EnrolFlaw, Membership, RoundEnd, SyncStanding
from app.storage.database import Database
from app.sync.look_ahead import LookAhead
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.sync.lease_page import LeasePage
from app.ui.shell.closing_view_model import ClosingStage
from app.ui.shell.sync_controller import StepReport, SyncController
from tests.conftest import PASSWORD
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
    may_end: threading.Event = field(default_factory=threading.Event)
    """A slow line: a round ends when it may."""

    def __post_init__(self) -> None:
        self.may_end.set()

    def standing(self) -> SyncStanding:
        return SyncStanding(
            Membership.ENROLLED, waiting=self.waiting, photos_waiting=2, last_round=START, lease=self.terms
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
        return RoundEnd(Ended.DONE)

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


@pytest.fixture
def make(qtbot: QtBot, data_folder: DataFolder, database: Database, tasks: TaskRunner) -> Generator[MakeLaptop]:
    """Return a function that opens the program on the store."""
    parent = QObject()
    made: list[Laptop] = []

    def make_one(office: VirtualOffice) -> Laptop:
        bus = ChangeBus(parent)
        sync = SyncController(office, tasks, bus, parent, lease=office.terms, now=lambda: office.now)
        window = WindowDriver(qtbot, data_folder, database, tasks, sync=sync, lease_page=lambda: LeasePage(sync))
        made.append(Laptop(office, window, sync, qtbot))
        return made[-1]

    yield make_one
    qtbot.waitUntil(lambda: tasks.is_idle, timeout=LONG_MS)
    for laptop in made:
        laptop.window.leave()
    parent.deleteLater()


def test_past_the_lease_no_page_is_made_and_the_page_says_what_is_safe_and_what_to_do(make: MakeLaptop) -> None:
    laptop = make(VirtualOffice(now=START + timedelta(days=14)))
    laptop.open()
    assert laptop.is_covered
    assert laptop.window.made == []
    laptop.sync.look()
    laptop.qtbot.waitUntil(lambda: "3 changes and 2 photo" in laptop.words(), timeout=LONG_MS)
    assert "14 days" in laptop.words()
    assert "Connect this laptop" in laptop.words()


def test_a_round_that_reaches_head_office_opens_the_work(make: MakeLaptop) -> None:
    laptop = make(VirtualOffice(now=START + timedelta(days=20)))
    laptop.open()
    laptop.sync.look()
    laptop.qtbot.waitUntil(lambda: laptop.sync.is_member, timeout=LONG_MS)
    with laptop.qtbot.waitSignal(laptop.sync.ended, timeout=LONG_MS):
        laptop.press("leaseConnect")
    assert laptop.is_covered
    assert "cannot be reached" in laptop.words()
    laptop.office.reached = True
    laptop.press("leaseConnect")
    laptop.qtbot.waitUntil(lambda: not laptop.is_covered, timeout=LONG_MS)
    assert laptop.window.made == ["today"]


def test_a_clock_that_was_turned_back_does_not_make_the_lease_longer(make: MakeLaptop) -> None:
    seen = START + timedelta(days=15)  # head office told this time once, whatever the laptop says today
    office = VirtualOffice(now=START, terms=LeaseTerms(START + timedelta(days=14), seen))
    laptop = make(office)
    laptop.open()
    assert laptop.is_covered


def test_a_clock_that_is_wrong_by_years_is_read_as_it_was_measured(make: MakeLaptop) -> None:
    wrong = timedelta(days=3650)
    office = VirtualOffice(now=START + wrong, terms=LeaseTerms(START + timedelta(days=14), START, -wrong))
    laptop = make(office)
    laptop.open()
    assert not laptop.is_covered


def test_the_lease_is_looked_at_again_after_an_unlock_but_never_in_the_middle_of_the_work(make: MakeLaptop) -> None:
    laptop = make(VirtualOffice())
    laptop.open()
    assert laptop.window.made == ["today"]
    laptop.office.now = START + timedelta(days=14)
    laptop.sync.changed.emit()
    assert not laptop.is_covered
    laptop.window.window.lock()
    laptop.window.unlock(PASSWORD)
    laptop.window.wait_until_unlocked()
    assert laptop.is_covered
    laptop.office.reached = True
    laptop.sync.look()
    laptop.qtbot.waitUntil(lambda: laptop.sync.is_member, timeout=LONG_MS)
    laptop.press("leaseConnect")
    laptop.qtbot.waitUntil(lambda: not laptop.is_covered, timeout=LONG_MS)
    assert laptop.window.made == ["today"], "the page is the one that was there before"


def test_three_days_before_its_end_the_bar_says_until_when(make: MakeLaptop) -> None:
    office = VirtualOffice(now=START + timedelta(days=10, hours=23))
    laptop = make(office)
    laptop.open()
    laptop.sync.look()
    laptop.qtbot.waitUntil(lambda: laptop.sync.is_member, timeout=LONG_MS)
    assert laptop.window.bar == ""
    office.now = START + timedelta(days=11)
    laptop.sync.changed.emit()
    assert f"Sync before {office.terms.until:%Y-%m-%d}" in laptop.window.bar
    laptop.window.window.workspace.hush()
    laptop.sync.changed.emit()
    assert laptop.window.bar == "", "once a day is enough"
    office.now = START + timedelta(days=12)
    laptop.sync.changed.emit()
    assert "Sync before" in laptop.window.bar


@pytest.fixture
def member(make: MakeLaptop) -> Laptop:
    """A laptop whose window is open and whose head office can be reached."""
    laptop = make(VirtualOffice(reached=True))
    laptop.open()
    laptop.sync.look()
    laptop.qtbot.waitUntil(lambda: laptop.sync.is_member, timeout=LONG_MS)
    return laptop


def test_a_key_asks_head_office_to_hurry_and_a_visit_or_the_timer_does_not(member: Laptop) -> None:
    for deed in (
        lambda: member.window.press_key(Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier),
        lambda: member.window.page("visit").visit_ended.emit(None),
        member.sync._due.timeout.emit,
    ):
        with member.qtbot.waitSignal(member.sync.ended, timeout=LONG_MS):
            deed()
    assert member.office.asked == [True, False, False]
    member.sync.pause()
    member.window.page("visit").visit_ended.emit(None)
    assert not member.sync.is_running
    with member.qtbot.waitSignal(member.sync.ended, timeout=LONG_MS):
        member.window.press_key(Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    assert member.office.asked[-1], "a key goes on where rounds were paused"


def test_stop_ends_a_round_that_hangs_and_pause_holds_the_timer(member: Laptop) -> None:
    member.office.may_end.clear()
    for deed in (member.sync.stop, member.sync.pause):
        member.sync.start()
        member.qtbot.waitUntil(lambda: member.sync._token is not None, timeout=LONG_MS)
        with member.qtbot.waitSignal(member.sync.ended, timeout=LONG_MS):
            deed()
        assert member.sync.last is not None
        assert member.sync.last.ended is Ended.STOPPED
    assert not member.sync._due.isActive()


def test_leaving_waits_a_little_for_what_waits_to_go_up(member: Laptop) -> None:
    member.office.may_end.clear()
    member.window.ask_to_close()
    member.qtbot.waitUntil(lambda: member.window.window.closing.stage is ClosingStage.SENDING, timeout=LONG_MS)
    assert "Sending what waits" in member.window.words_of("closingFormTitle")
    member.office.may_end.set()
    member.window.wait_until_closed()
    assert member.office.asked == [False]


def test_who_does_not_want_to_wait_leaves_at_once(member: Laptop) -> None:
    member.office.may_end.clear()
    member.window.ask_to_close()
    member.qtbot.waitUntil(lambda: member.window.window.closing.stage is ClosingStage.SENDING, timeout=LONG_MS)
    member.press("closingGoOn")
    member.window.wait_until_closed()
    member.sync.stop()


@pytest.mark.parametrize("why", ["nothing waits", "offline", "paused"])
def test_leaving_makes_no_round_where_there_is_nothing_to_send_or_it_cannot_be_sent(member: Laptop, why: str) -> None:
    if why == "nothing waits":
        member.office.waiting = 0
    elif why == "paused":
        member.sync.pause()
    else:
        member.office.reached = False
        with member.qtbot.waitSignal(member.sync.ended, timeout=LONG_MS):
            member.sync.start()
    before = list(member.office.asked)
    member.window.ask_to_close()
    member.window.wait_until_closed()
    assert member.office.asked == before
