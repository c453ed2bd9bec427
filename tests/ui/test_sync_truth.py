"""What the status element and the sync page say is true: of a lost line, of what waits by choice, before any try."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QProgressBar

from app.domain.precheck import Held
from app.services.sync_facts import Ended, Lane, RoundEnd, RoundStep
from app.ui.pages.sync.round_words import RoundWords
from tests.headoffice.http.served import Served
from tests.ui.sync_person import Person
from tests.ui.virtual_office import LONG_MS, START, MakeLaptop, VirtualOffice

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def member(person: Person, served: Served) -> Person:
    person.open()
    person.enrol(served)
    person.wait(lambda: person.sync.standing is not None and person.sync.standing.last_round is not None)
    return person


def show(person: Person, end: RoundEnd, *, records: int = 0, photos: int = 0, step: RoundStep | None = None) -> str:
    assert person.sync.standing is not None
    person.sync.standing = replace(person.sync.standing, waiting=records, photos_waiting=photos)
    person.sync.last, person.sync.step = end, step or RoundStep()
    person.sync.changed.emit()
    return RoundWords(person.sync, person.page).whole()


def bar(person: Person, name: str) -> tuple[int, str]:
    line = person.find(name)
    assert isinstance(line, QProgressBar)
    return line.value(), line.accessibleDescription()


def test_a_lost_line_says_how_many_photos_wait_and_when_it_is_tried_again(member: Person) -> None:
    said = show(member, RoundEnd(Ended.OFFLINE, sent=2, was_cut=True), photos=3)
    assert said.startswith("The line was lost; 3 photos wait here and go on by themselves.")
    assert member.sync.standing is not None
    assert member.sync.standing.due is not None
    assert f"Next try at {member.sync.standing.due.astimezone():%H:%M}." in said


def test_it_is_synced_only_where_nothing_waits_and_what_waits_by_choice_says_why(member: Person) -> None:
    assert show(member, RoundEnd(Ended.DONE)).startswith("Synced. Head office has confirmed everything")
    said = show(member, RoundEnd(Ended.DONE, photos_held=2, held_for=Held.DATA_PLAN), photos=2)
    assert "Still waiting: 2 photos." in said
    assert "data plan" in said
    assert "everything" not in said


def test_the_bars_keep_how_far_a_stopped_round_got_and_are_full_after_a_whole_one(member: Person) -> None:
    step = RoundStep(up=Lane(4, 4), down=Lane(6, 6), photos=Lane(1, 4, 250, 1000, is_resumed=True))
    show(member, RoundEnd(Ended.STOPPED), photos=3, step=step)
    assert bar(member, "lanePhotos") == (250, "3 photos waiting")
    assert bar(member, "laneUp") == (1000, "4 / 4")
    show(member, RoundEnd(Ended.DONE), step=replace(step, photos=Lane(4, 4, 1000, 1000)))
    assert [bar(member, name)[0] for name in ("laneUp", "laneDown", "lanePhotos")] == [1000, 1000, 1000]


def test_while_photos_go_the_bar_follows_the_bytes_and_the_speed_is_told(member: Person) -> None:
    photos = Lane(1, 4, 300, 1000, is_under_way=True, seconds_left=400, rate=69_632, is_resumed=True)
    member.sync.is_running = True
    said = show(member, RoundEnd(Ended.DONE), photos=4, step=RoundStep(photos=photos))
    assert said.startswith("Up 68 KB/s · about 7 min left. You can leave this page")
    assert bar(member, "lanePhotos") == (300, "1 / 4 · goes on where it was cut")
    member.sync.is_running = False


def test_nothing_is_called_offline_before_it_was_tried(make_laptop: MakeLaptop) -> None:
    laptop = make_laptop(VirtualOffice(now=START + timedelta(hours=1), waiting=1))
    laptop.open()
    assert laptop.window.words_of("statusPill") == "Looking…"
    laptop.sync.look()
    laptop.qtbot.waitUntil(lambda: laptop.sync.is_member, timeout=LONG_MS)
    assert laptop.window.words_of("statusPill") == "1 record · 2 photos waiting"
    laptop.sync.start()
    assert laptop.window.words_of("statusPill") == "Connecting…"
    laptop.qtbot.waitUntil(
        lambda: laptop.window.words_of("statusPill").startswith("Offline · 1 record"), timeout=LONG_MS
    )
