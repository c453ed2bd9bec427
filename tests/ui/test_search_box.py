"""The search box: results while typing, the keyboard, input methods, late answers, last searches, both languages."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.domain.changes import Changes, Kind
from app.domain.text import Language
from app.services.search import Search, SearchResults
from app.services.search_index import reindex_customers, reindex_products
from app.storage.database import Database
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.look.translations import Translations
from app.ui.shell.search_lines import LineKind
from app.ui.shell.search_view_model import SearchViewModel
from tests.builders import a_customer, a_product
from tests.ui.search_box_driver import SearchBoxDriver


@pytest.fixture
def shops(database: Database) -> dict[str, UUID]:
    with database.deliver("import") as session:
        ids = {
            "老周食杂店": a_customer(session, "1", "老周食杂店", phone_main="13800135566").id,
            "老周超市": a_customer(session, "2", "老周超市").id,
            "曾记便利店": a_customer(session, "3", "曾记便利店").id,
            "雅韵(硬)": a_product(session, 1, "P1", "雅韵(硬)").id,
            "老周烟": a_product(session, 2, "P2", "老周烟").id,
        }
        reindex_customers(session)
        reindex_products(session)
    return ids


@pytest.fixture
def box(qtbot: QtBot, database: Database, tasks: TaskRunner, shops: dict[str, UUID]) -> SearchBoxDriver:
    assert shops
    driver = SearchBoxDriver(qtbot, database, tasks)
    driver.focus()
    return driver


def test_results_come_while_typing_in_groups_with_counts(box: SearchBoxDriver) -> None:
    box.type("laozhou")
    assert box.titles == ["Customers", "老周超市", "老周食杂店", "Products", "老周烟"]
    assert [line.code.text for line in box.lines if line.kind is LineKind.HEADING] == ["2", "1"]
    box.type("s")
    box.wait_for_titles(["Customers", "老周食杂店"])


def test_enter_opens_the_first_hit_and_empties_the_box(box: SearchBoxDriver, shops: dict[str, UUID]) -> None:
    box.type("zengji")
    box.press(Qt.Key.Key_Return)
    assert box.opened == [("customer", shops["曾记便利店"])]
    box.wait_until_closed()
    assert box.field.text() == ""
    assert not box.field.hasFocus()


def test_the_arrows_go_over_the_hits_of_all_groups_and_round_at_the_end(
    box: SearchBoxDriver, shops: dict[str, UUID]
) -> None:
    box.type("laozhou")
    assert box.current == "老周超市"
    box.press(Qt.Key.Key_Down, 2)
    assert box.current == "老周烟"
    box.press(Qt.Key.Key_Down)
    assert box.current == "老周超市"
    box.press(Qt.Key.Key_Up)
    box.press(Qt.Key.Key_Return)
    assert box.opened == [("product", shops["老周烟"])]


def test_a_click_opens_a_hit(box: SearchBoxDriver, shops: dict[str, UUID]) -> None:
    box.type("laozhou")
    box.click("老周食杂店")
    assert box.opened == [("customer", shops["老周食杂店"])]


def test_escape_empties_the_text_first_and_then_leaves(box: SearchBoxDriver) -> None:
    box.type("laozhou")
    box.press(Qt.Key.Key_Escape)
    assert box.field.text() == ""
    assert box.field.hasFocus()
    box.press(Qt.Key.Key_Escape)
    assert not box.is_open
    assert not box.field.hasFocus()


def test_the_results_close_when_the_keyboard_goes_elsewhere(box: SearchBoxDriver) -> None:
    box.type("laozhou")
    box.leave()
    box.wait_until_closed()


def test_a_word_from_an_input_method_is_searched_when_it_is_committed(box: SearchBoxDriver) -> None:
    box.compose("laozhou")
    assert box.model.text == ""
    box.press(Qt.Key.Key_Escape)
    assert box.field.hasFocus()
    box.commit("老周")
    assert box.titles_of(LineKind.CUSTOMER) == ["老周超市", "老周食杂店"]


def test_what_was_hit_outside_the_name_is_named(box: SearchBoxDriver) -> None:
    box.type("5566")
    (hit,) = [line for line in box.lines if line.kind is LineKind.CUSTOMER]
    assert (hit.detail_name, hit.detail.text) == ("Phone", "138****5566")


def test_nothing_found_says_what_can_be_typed(box: SearchBoxDriver) -> None:
    box.type("qqq")
    assert box.titles[0] == "Nothing found for 'qqq'"
    box.press(Qt.Key.Key_Return)
    assert box.opened == []


def test_the_last_searches_that_led_somewhere_are_offered_and_can_be_taken(box: SearchBoxDriver) -> None:
    box.type("zengji")
    box.press(Qt.Key.Key_Return)
    box.wait_for_recent(("zengji",))
    box.focus()
    box.wait_for_titles(["Last searches", "zengji"])
    box.press(Qt.Key.Key_Down)
    box.press(Qt.Key.Key_Return)
    box.wait_for_titles(["Customers", "曾记便利店"])


def test_the_results_are_a_child_of_the_window_and_no_window_of_their_own(box: SearchBoxDriver) -> None:
    box.type("laozhou")
    assert not box.results.isWindow()
    assert box.results.parentWidget() is box.window
    assert box.window.rect().contains(box.results.geometry())


def test_everything_is_worded_in_chinese_when_the_language_changes(
    box: SearchBoxDriver, translations: Translations
) -> None:
    box.type("laozhou")
    translations.set_language(Language.ZH)
    box.wait_for_titles(["客户", "老周超市", "老周食杂店", "品规", "老周烟"])


class _SlowSearch(Search):
    """Answers when it is let, so that an answer can come too late."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.asked: list[str] = []

    @override
    def find(self, typed: str, limit_per_group: int = 8) -> SearchResults:
        self.asked.append(typed)
        return super().find(typed, limit_per_group)


def test_only_the_newest_text_is_answered_and_what_is_in_between_is_never_asked(
    qtbot: QtBot, database: Database, tasks: TaskRunner, shops: dict[str, UUID]
) -> None:
    assert shops
    search = _SlowSearch(database)
    model = SearchViewModel(search, tasks, ChangeBus())
    seen: list[str] = []
    model.changed.connect(lambda: seen.append(model.results.text))
    for text in ("l", "la", "lao", "laoz"):
        model.type(text)
    qtbot.waitUntil(lambda: model.results.text == "laoz")
    assert search.asked == ["l", "laoz"]
    assert seen == ["laoz"]


def test_open_results_follow_a_change_of_the_records(box: SearchBoxDriver, database: Database) -> None:
    box.type("dongfeng")
    with database.write() as session:
        added = a_customer(session, "9", "东风小卖部").id
        reindex_customers(session, [added])
    box.bus.changed.emit(Changes.of(Kind.CUSTOMER, added))
    box.wait_for_titles(["Customers", "东风小卖部"])
