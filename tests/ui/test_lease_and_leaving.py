"""The lease of 14 days at the window, rounds made by a key, by themselves and at the end, and leaving meanwhile."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from app.domain.lease import LeaseTerms
from app.services.sync_facts import Ended
from app.ui.shell.closing_view_model import ClosingStage
from tests.conftest import PASSWORD
from tests.ui.virtual_office import LONG_MS, START, Laptop, MakeLaptop, VirtualOffice


def test_past_the_lease_no_page_is_made_and_the_page_says_what_is_safe_and_what_to_do(make_laptop: MakeLaptop) -> None:
    laptop = make_laptop(VirtualOffice(now=START + timedelta(days=14)))
    laptop.open()
    assert laptop.is_covered
    assert laptop.window.made == []
    laptop.sync.look()
    laptop.qtbot.waitUntil(lambda: "3 changes and 2 photo" in laptop.words(), timeout=LONG_MS)
    assert "14 days" in laptop.words()
    assert "Connect this laptop" in laptop.words()


def test_a_round_that_reaches_head_office_opens_the_work(make_laptop: MakeLaptop) -> None:
    laptop = make_laptop(VirtualOffice(now=START + timedelta(days=20)))
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


def test_a_clock_that_was_turned_back_does_not_make_the_lease_longer(make_laptop: MakeLaptop) -> None:
    seen = START + timedelta(days=15)  # head office told this time once, whatever the laptop says today
    office = VirtualOffice(now=START, terms=LeaseTerms(START + timedelta(days=14), seen))
    laptop = make_laptop(office)
    laptop.open()
    assert laptop.is_covered


def test_a_clock_that_is_wrong_by_years_is_read_as_it_was_measured(make_laptop: MakeLaptop) -> None:
    wrong = timedelta(days=3650)
    office = VirtualOffice(now=START + wrong, terms=LeaseTerms(START + timedelta(days=14), START, -wrong))
    laptop = make_laptop(office)
    laptop.open()
    assert not laptop.is_covered


def test_the_lease_is_looked_at_again_after_an_unlock_but_never_in_the_middle_of_the_work(
    make_laptop: MakeLaptop,
) -> None:
    laptop = make_laptop(VirtualOffice())
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


def test_three_days_before_its_end_the_bar_says_until_when(make_laptop: MakeLaptop) -> None:
    office = VirtualOffice(now=START + timedelta(days=10, hours=23))
    laptop = make_laptop(office)
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
