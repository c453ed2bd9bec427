"""A pause of sync while nothing goes on: chosen, shown, kept over a restart, over on a later day; and the precheck."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.domain.precheck import Held, Room
from app.domain.sync_pause import Pause, PauseFor
from app.runtime.power import Battery
from app.services.sync_facts import Ended, RoundEnd
from app.ui.pages.sync.pause_menu import PauseMenu
from app.ui.pages.sync.round_words import RoundWords
from tests.headoffice.http.served import Served
from tests.ui.sync_person import LONG_MS as PERSON_MS
from tests.ui.sync_person import Person
from tests.ui.virtual_office import LONG_MS, START, Laptop, MakeLaptop, VirtualOffice

pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard"),
]
LOCAL = START.astimezone()
MORNING = LOCAL.replace(hour=9)
"""In the time of this machine, whichever that is: days end at its midnight."""


def choose(page: QWidget, kind: PauseFor) -> None:
    menu = page.findChild(PauseMenu, "pauseMenu")
    assert isinstance(menu, PauseMenu)
    action = menu.findChild(QAction, f"pause_{kind.value}")
    assert isinstance(action, QAction)
    action.trigger()
    menu.close()


def pill(laptop: Laptop) -> str:
    return laptop.window.words_of("statusPill")


def reached(make_laptop: MakeLaptop, now: datetime, kept: Pause | None) -> Laptop:
    laptop = make_laptop(VirtualOffice(now=now, reached=True, pause=kept))
    laptop.open()
    laptop.sync.look()
    laptop.qtbot.waitUntil(lambda: laptop.sync.is_member, timeout=LONG_MS)
    return laptop


def test_the_menu_pauses_the_status_says_so_and_sync_now_works_meanwhile(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    person.note_visit(served)
    person.press("syncPause")
    choose(person.page, PauseFor.HOUR)
    assert person.sync.is_paused
    person.wait(lambda: "Paused until" in person.words("syncSaid"))
    assert not person.shows("syncPause")
    person.sync.after_visit()
    assert not person.sync.is_running, "a visit sends nothing by itself"
    person.sync_now()
    assert person.rows("SELECT count(*) FROM outbox") == [(0,)]
    assert person.sync.is_paused, "one round does not end the pause"
    person.wait(lambda: person.rows("SELECT value FROM store_fact WHERE key = 'sync_pause'") != [])
    ((kept,),) = person.rows("SELECT value FROM store_fact WHERE key = 'sync_pause'")
    assert str(kept).startswith("hour ")
    with person.qtbot.waitSignal(person.sync.ended, timeout=PERSON_MS):
        person.press("syncGoOn")
    assert not person.sync.is_paused
    person.wait(lambda: person.rows("SELECT value FROM store_fact WHERE key = 'sync_pause'") == [("",)])
    assert person.shows("syncPause")


def test_a_store_that_never_syncs_offers_no_pause(person: Person) -> None:
    person.open()
    assert not person.shows("syncPause")
    assert not person.shows("syncGoOn")


@pytest.mark.parametrize("kind", list(PauseFor))
def test_a_pause_outlives_a_restart_on_the_same_day_and_the_status_element_says_so(
    make_laptop: MakeLaptop, kind: PauseFor
) -> None:
    laptop = reached(make_laptop, MORNING + timedelta(minutes=30), Pause(MORNING, kind))
    assert laptop.sync.is_paused
    assert pill(laptop) == "Sync paused · 3 records · 2 photos waiting"
    assert laptop.office.kept == []
    laptop.sync.after_visit()
    assert laptop.office.asked == []
    with laptop.qtbot.waitSignal(laptop.sync.ended, timeout=LONG_MS):
        laptop.window.press_key(Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    assert laptop.office.asked == [True]
    assert laptop.sync.is_paused


@pytest.mark.parametrize("kind", list(PauseFor))
def test_a_start_on_a_later_day_ends_every_pause_and_says_so_where_the_person_was_to_end_it(
    make_laptop: MakeLaptop, kind: PauseFor
) -> None:
    laptop = reached(make_laptop, MORNING + timedelta(hours=23), Pause(MORNING, kind))
    assert not laptop.sync.is_paused
    assert laptop.sync._due.isActive()
    laptop.qtbot.waitUntil(lambda: laptop.office.kept == [None], timeout=LONG_MS)
    assert pill(laptop) == "3 records · 2 photos waiting"
    assert ("The pause of the other day is over" in RoundWords(laptop.sync).whole()) == (kind is PauseFor.OPEN)


@pytest.mark.parametrize(
    ("kind", "later", "goes"),
    [
        (PauseFor.HOUR, timedelta(minutes=59), False),
        (PauseFor.HOUR, timedelta(hours=1), True),
        (PauseFor.TOMORROW, timedelta(hours=14), False),
        (PauseFor.TOMORROW, timedelta(hours=15), True),
        (PauseFor.OPEN, timedelta(hours=38), False),
        (PauseFor.OPEN, timedelta(hours=39), True),
    ],
)
def test_when_the_pause_is_over_rounds_go_on_by_themselves(
    make_laptop: MakeLaptop, kind: PauseFor, later: timedelta, goes: bool
) -> None:
    laptop = reached(make_laptop, MORNING, None)
    laptop.sync.pause(kind)
    assert laptop.sync._due.isActive(), "it looks whether the pause is over"
    laptop.office.now = MORNING + later
    laptop.sync._due.timeout.emit()
    assert laptop.sync.is_running == goes
    if goes:
        laptop.qtbot.waitUntil(lambda: not laptop.sync.is_running, timeout=LONG_MS)
        assert laptop.office.asked == [False]


def words_with(make_laptop: MakeLaptop, office: VirtualOffice) -> str:
    laptop = make_laptop(office)
    laptop.open()
    laptop.sync.look()
    laptop.qtbot.waitUntil(lambda: laptop.sync.is_member, timeout=LONG_MS)
    return RoundWords(laptop.sync).whole()


def test_before_a_round_the_page_says_what_the_disk_lacks(make_laptop: MakeLaptop) -> None:
    said = words_with(make_laptop, VirtualOffice(room=Room(150 << 20)))
    assert "150.0 MB are free on this disk and 200.0 MB are needed to receive" in said
    assert "What waits goes up all the same" in said


def test_with_room_and_a_full_battery_there_is_nothing_to_say(make_laptop: MakeLaptop) -> None:
    full = VirtualOffice(room=Room(200 << 20), battery=Battery(90, is_plugged=False))
    assert words_with(make_laptop, full) == ""


def test_a_low_battery_is_a_hint_that_names_what_waits(make_laptop: MakeLaptop) -> None:
    said = words_with(make_laptop, VirtualOffice(battery=Battery(12, is_plugged=False)))
    assert "Only 12 % of the battery are left" in said
    assert "large photos go only when you press Sync now" in said


def test_a_round_that_lacked_room_needs_the_person_and_says_how_much(member: Laptop) -> None:
    member.office.end = RoundEnd(Ended.NO_ROOM, sent=3, room=Room(400 << 20, 900 << 20))
    member.office.room = Room(400 << 20)
    with member.qtbot.waitSignal(member.sync.ended, timeout=LONG_MS):
        member.sync.start()
    assert member.sync.needs_person
    member.qtbot.waitUntil(lambda: "400" in RoundWords(member.sync).whole(), timeout=LONG_MS)
    said = RoundWords(member.sync).whole()
    assert "Nothing came down" in said
    assert "400.0 MB are free on this disk and 900.0 MB are needed" in said


@pytest.mark.parametrize(("why", "part"), [(Held.BATTERY, "wait for the charger"), (Held.DATA_PLAN, "data plan")])
def test_a_round_that_left_large_photos_says_why(member: Laptop, why: Held, part: str) -> None:
    member.office.end = RoundEnd(Ended.DONE, photos_held=4, held_for=why)
    with member.qtbot.waitSignal(member.sync.ended, timeout=LONG_MS):
        member.sync.after_visit()
    assert part in RoundWords(member.sync).whole()
