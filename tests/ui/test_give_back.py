"""The dialog that gives a laptop back: stopped in the middle, closed by Esc, not offered where it makes no sense."""

from collections.abc import Generator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from app.services.sync_facts import Ended, RoundEnd
from app.storage.facts import PRACTICE, write_fact
from app.ui.pages.sync.give_back_card import GiveBackCard
from app.ui.pages.sync.give_back_dialog import GiveBackDialog
from app.ui.widgets.message_bar import MessageBar
from tests.ui.sync_person import Person
from tests.ui.virtual_office import LONG_MS, Laptop


class Asked:
    """The dialog before a person, and how often what was typed elsewhere was written down first."""

    def __init__(self, laptop: Laptop) -> None:
        self.laptop = laptop
        self.flushed = 0
        self.dialog = GiveBackDialog(laptop.sync, self._flush, laptop.window.window)
        self.dialog.open()

    def _flush(self) -> None:
        self.flushed += 1

    def button(self, name: str) -> QAbstractButton:
        found = self.dialog.findChild(QAbstractButton, name)
        assert isinstance(found, QAbstractButton)
        return found

    @property
    def said(self) -> str:
        found = self.dialog.findChild(MessageBar, "giveBackSaid")
        assert isinstance(found, MessageBar)
        return found.text if found.isVisible() else ""

    def begin(self) -> None:
        field = self.dialog.findChild(QLineEdit, "giveBackWord")
        assert isinstance(field, QLineEdit)
        self.laptop.qtbot.keyClicks(field, " Give BACK ")
        self.laptop.qtbot.keyClick(field, Qt.Key.Key_Return)

    def wait_until_ended(self) -> None:
        self.laptop.qtbot.waitUntil(lambda: not self.laptop.sync.is_running, timeout=LONG_MS)


@pytest.fixture
def asked(member: Laptop) -> Generator[Asked]:
    one = Asked(member)
    yield one
    one.dialog.deleteLater()


def test_esc_stops_what_goes_on_and_the_dialog_stays_to_say_that_nothing_was_erased(asked: Asked) -> None:
    asked.laptop.office.may_end.clear()
    asked.begin()
    assert asked.laptop.sync.is_giving_back
    assert asked.flushed == 1
    asked.laptop.qtbot.keyClick(asked.dialog, Qt.Key.Key_Escape)
    asked.wait_until_ended()
    assert asked.dialog.isVisible()
    assert asked.said.startswith("Nothing was erased. Stopped.")
    assert not asked.button("giveBackNow").isEnabled(), "the word is asked anew"
    asked.laptop.qtbot.keyClick(asked.dialog, Qt.Key.Key_Escape)
    assert not asked.dialog.isVisible()


def test_what_is_missing_at_head_office_is_counted(asked: Asked) -> None:
    asked.laptop.office.end = RoundEnd(Ended.DONE, records_left=2, pictures_left=1)
    asked.begin()
    asked.wait_until_ended()
    assert asked.said == "Nothing was erased. Not at head office yet: 2 records and 1 photo(s)."


def test_while_another_round_goes_on_it_cannot_begin(asked: Asked) -> None:
    asked.laptop.office.may_end.clear()
    asked.laptop.sync.start()
    asked.begin()
    assert not asked.laptop.sync.is_giving_back
    assert asked.flushed == 0
    assert "under way" in asked.said
    asked.laptop.office.may_end.set()
    asked.wait_until_ended()


def test_once_it_is_done_the_window_is_told(asked: Asked) -> None:
    with asked.laptop.qtbot.waitSignal(asked.laptop.sync.given_back, timeout=LONG_MS):
        asked.begin()
    assert asked.laptop.office.asked == [True]


def test_a_practice_store_and_one_without_head_office_offer_nothing_to_give_back(person: Person) -> None:
    person.open()
    card = GiveBackCard(person.sync, lambda: None)
    assert card.isHidden()
    write_fact(person.database, PRACTICE, "yes")
    person.sync.look()
    person.wait(lambda: "practice data" in person.words("syncSaid"))
    assert card.isHidden()
    card.deleteLater()
