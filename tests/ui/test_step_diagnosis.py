"""The diagnosis under the fingers of a person: one key an item, suggestions, reasons, notes, what was not checked."""

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.visit import Step
from app.models.visit import ShelfCheck
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from app.ui.background.task_runner import TaskRunner
from tests.ui.judging_driver import JudgingDriver, rate_the_last_visit
from tests.ui.visit_page_driver import VisitRoom, a_shop_with_a_visit

if TYPE_CHECKING:
    from app.domain.playbook import Playbook

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def room(database: Database, clock: Clock, playbook: "Playbook", data_folder: DataFolder, key: bytes) -> VisitRoom:
    return VisitRoom.over(database, clock, playbook, PhotoFiles(data_folder.photos, key))


@pytest.fixture
def visit_id(database: Database) -> UUID:
    visit = a_shop_with_a_visit(database)
    rate_the_last_visit(database)
    return visit


@pytest.fixture
def page(qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID) -> JudgingDriver:
    driver = JudgingDriver(qtbot, room, tasks)
    driver.begin(visit_id)
    return driver


def check_shelf(database: Database, visit_id: UUID, **fields: object) -> None:
    with database.deliver(source="visit") as session:
        session.add(ShelfCheck(visit_id=visit_id, **fields))


def test_the_whole_diagnosis_takes_two_keys_an_item(page: JudgingDriver, visit_id: UUID) -> None:
    for key in "bacbbcabbabbba":
        page.type(key)
        page.press(Qt.Key.Key_Down)
    assert page.diagnosis.progress().answered == 14 - page.diagnosis.progress().open
    assert [page.rating(visit_id, f"D{n:02d}")["state"] for n in range(1, 15)] == list("BACBBCABBABBBA")
    assert page.focused is page.diagnosis.next_button


def test_digits_judge_too_full_width_ones_included(page: JudgingDriver, visit_id: UUID) -> None:
    page.select_item("D05")
    page.type("1")
    assert page.value("D05") == "A"
    page.send_text("３")
    assert page.rating(visit_id, "D05")["state"] == "C"


def test_delete_opens_an_item_again(page: JudgingDriver, visit_id: UUID) -> None:
    page.select_item("D05")
    page.type("b")
    page.press(Qt.Key.Key_Delete)
    assert page.value("D05") is None
    assert page.rating(visit_id, "D05")["state"] is None


def test_arrows_move_between_the_items_and_stop_at_the_first(page: JudgingDriver) -> None:
    page.select_item("D02")
    page.press(Qt.Key.Key_Up)
    page.press(Qt.Key.Key_Up)
    assert page.current == "D01"
    page.press(Qt.Key.Key_Down)
    assert page.current == "D02"


def test_the_last_state_stands_beside_each_item(page: JudgingDriver) -> None:
    assert page.row("D03")._last.accessibleName() == "last C 04-13"


def test_a_computed_rate_stands_in_the_row_and_with_its_formula_in_the_panel(
    page: JudgingDriver, database: Database, visit_id: UUID
) -> None:
    check_shelf(database, visit_id, sku_on_sale=21, sku_shown=19, sku_tagged=17)
    page.diagnosis.shown()
    page._qtbot.waitUntil(lambda: page.row("D13").text == "Price-tag rate 17/19 = 89.5%")
    page.select_item("D13")
    assert page.box(1).fact_text == "Price-tag rate 17/19 = 89.5% (F37b)"
    assert page.box(1).choice.value == "B"


def test_three_known_criteria_suggest_a_state_that_enter_takes_over(
    page: JudgingDriver, database: Database, visit_id: UUID
) -> None:
    check_shelf(database, visit_id, slots=40, fixture_ok=True, position_ok=True)
    page.diagnosis.shown()
    page._qtbot.waitUntil(lambda: page.row("D01").chip_texts == ["suggested A"])
    page.select_item("D01")
    page.press(Qt.Key.Key_Return)
    row = page.rating(visit_id, "D01")
    assert (row["state"], row["suggested"], row["k1"], row["k2"], row["k3"]) == ("A", "A", "A", "A", "A")
    assert page.current == "D02"
    assert page.row("D01").chip_texts == ["B→A better"]


def test_enter_on_an_item_without_a_suggestion_only_goes_on(page: JudgingDriver) -> None:
    page.select_item("D05")
    page.press(Qt.Key.Key_Return)
    assert page.value("D05") is None
    assert page.current == "D06"


def test_equals_takes_over_last_time_where_nothing_is_suggested(page: JudgingDriver, visit_id: UUID) -> None:
    page.select_item("D06")
    page.press(Qt.Key.Key_Equal)
    row = page.rating(visit_id, "D06")
    assert (row["state"], row["taken_over"]) == ("C", None)
    assert page.current == "D06"


def test_leaving_the_suggestion_asks_for_a_reason_in_the_row(
    page: JudgingDriver, database: Database, visit_id: UUID
) -> None:
    check_shelf(database, visit_id, slots=40, fixture_ok=True, position_ok=True)
    page.diagnosis.shown()
    page._qtbot.waitUntil(lambda: page.row("D01").chip_texts == ["suggested A"])
    page.select_item("D01")
    page.type("c")
    reason = page.row("D01").reason
    assert page.row("D01").chip_texts == ["reason?", "B→C worse"]
    assert (reason.isVisible(), reason.property("problem")) == (True, "warning")
    assert "D01" in page.diagnosis.progress().open_fields
    reason.setFocus()
    page.type("broken glass")
    assert reason.property("problem") == ""
    assert "D01" not in page.diagnosis.progress().open_fields
    row = page.rating(visit_id, "D01")
    assert (row["state"], row["suggested"], row["override_reason"]) == ("C", "A", "broken glass")
    page.press(Qt.Key.Key_Return)
    assert page.current == "D02"
    assert not reason.isVisible()
    assert page.row("D01").text == "broken glass"


def test_a_reason_can_be_composed_in_chinese(page: JudgingDriver, database: Database, visit_id: UUID) -> None:
    check_shelf(database, visit_id, slots=40, fixture_ok=True, position_ok=True)
    page.diagnosis.shown()
    page._qtbot.waitUntil(lambda: page.row("D01").chip_texts == ["suggested A"])
    page.select_item("D01")
    page.type("b")
    reason = page.find(QLineEdit, "reasonD01")
    reason.setFocus()
    page.compose("b", "bo", "bo l", commit="玻璃")
    page.compose("l", "lie", commit="裂了")
    assert reason.text() == "玻璃裂了"
    assert page.rating(visit_id, "D01")["override_reason"] == "玻璃裂了"


def test_a_note_can_be_composed_in_chinese_and_stands_in_the_row(page: JudgingDriver, visit_id: UUID) -> None:
    page.select_item("D06")
    page.press(Qt.Key.Key_F4)
    page.compose("f", "fu j", commit="附近")
    page.compose("g", "gong", commit="工地开工")
    assert page.note_text == "附近工地开工"
    assert page.row("D06").text == "附近工地开工"
    assert page.rating(visit_id, "D06")["note"] == "附近工地开工"
    page.press(Qt.Key.Key_Escape)
    assert page.current == "D06"


def test_a_letter_typed_into_a_note_judges_nothing(page: JudgingDriver) -> None:
    page.select_item("D06")
    page.press(Qt.Key.Key_F4)
    page.type("abc")
    assert page.value("D06") is None


def test_a_note_belongs_to_the_item_it_was_written_for(page: JudgingDriver, visit_id: UUID) -> None:
    page.select_item("D06")
    page.press(Qt.Key.Key_F4)
    page.type("six")
    page.press(Qt.Key.Key_Escape)
    page.press(Qt.Key.Key_Down)
    assert page.note_text == ""
    page.press(Qt.Key.Key_F4)
    page.type("seven")
    assert page.rating(visit_id, "D06")["note"] == "six"
    assert page.rating(visit_id, "D07")["note"] == "seven"


def test_one_chord_judges_everything_as_last_time_and_marks_it_as_not_checked(
    page: JudgingDriver, visit_id: UUID
) -> None:
    page.select_item("D02")
    page.type("a")
    page.press(Qt.Key.Key_Equal, CTRL)
    assert page.notice.startswith("13 items stand as last time and were not checked today.")
    assert page.row("D05").chip_texts == ["not checked today"]
    assert page.row("D02").chip_texts == ["B→A better"]
    row = page.rating(visit_id, "D05")
    assert (row["state"], row["taken_over"]) == ("B", True)
    assert page.rating(visit_id, "D02")["taken_over"] is None


def test_the_same_letter_again_says_that_the_item_was_looked_at(page: JudgingDriver, visit_id: UUID) -> None:
    page.press(Qt.Key.Key_Equal, CTRL)
    page.select_item("D05")
    page.type("b")
    assert page.row("D05").chip_texts == []
    row = page.rating(visit_id, "D05")
    assert (row["state"], row["taken_over"]) == ("B", None)
    assert page.notice.startswith("13 items")


def test_what_was_taken_over_at_once_can_be_taken_back_at_once(page: JudgingDriver, visit_id: UUID) -> None:
    page.select_item("D05")
    page.type("a")
    page.press(Qt.Key.Key_Equal, CTRL)
    page.diagnosis._bar.action_requested.emit()
    assert page.notice == ""
    assert page.diagnosis.progress().answered == 1
    assert page.rating(visit_id, "D05")["state"] == "A"
    assert page.rating(visit_id, "D06")["state"] is None


def test_an_item_whose_figures_say_otherwise_is_left_open(
    page: JudgingDriver, database: Database, visit_id: UUID
) -> None:
    check_shelf(database, visit_id, slots=40, fixture_ok=True, position_ok=True)
    page.diagnosis.shown()
    page._qtbot.waitUntil(lambda: page.row("D01").chip_texts == ["suggested A"])
    page.press(Qt.Key.Key_Equal, CTRL)
    assert page.value("D01") is None
    assert page.current == "D01"
    assert "1 item left open" in page.notice


def test_an_undone_judgement_shows_the_value_before(page: JudgingDriver, visit_id: UUID) -> None:
    page.select_item("D05")
    page.type("b")
    page.type("c")
    page.page.model.draft.undo()
    assert page.value("D05") == "B"
    page.page.model.draft.undo()
    assert page.value("D05") is None
    assert page.rating(visit_id, "D05")["state"] is None


def test_the_visit_comes_back_to_the_item_and_the_field_where_it_was_left(
    page: JudgingDriver, qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID
) -> None:
    page.select_item("D09")
    page.press(Qt.Key.Key_F4)
    page.type("x")
    page.flush()
    again = JudgingDriver(qtbot, room, tasks)
    again.begin(visit_id, Step.DIAGNOSIS)
    assert again.diagnosis.side.accessibleName() == "9 · Cooperation"
    assert again.focused is again.note("itemNote")


def test_a_visit_that_has_ended_is_not_judged(
    page: JudgingDriver, qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID
) -> None:
    page.select_item("D05")
    page.type("b")
    page.flush()
    room.visits.finish(visit_id)
    again = JudgingDriver(qtbot, room, tasks)
    again.begin(visit_id)
    again.select_row_by_mouse("D05")
    again.type("c")
    again.diagnosis._on_as_last_time()
    assert again.value("D05") == "B"
    assert room.visits.sheet(visit_id).head.status.ended
    assert again.rating(visit_id, "D05")["state"] == "B"
