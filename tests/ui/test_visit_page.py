"""The visit page as a person uses it: steps, saving, undo, endings, what is restored."""

import gc
import weakref
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.problems import Problem, TroubleError
from app.domain.text import Language
from app.domain.visit import Step, VisitStatus
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.visit_rows import SHELF_ROW, VISIT_ROW
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.look.translations import Translations
from tests.ui.visit_page_driver import DAY, VisitPageDriver, VisitRoom, a_shop_with_a_visit

if TYPE_CHECKING:
    from app.domain.playbook import Playbook


@pytest.fixture
def room(database: Database, clock: Clock, playbook: "Playbook", data_folder: DataFolder, key: bytes) -> VisitRoom:
    return VisitRoom.over(database, clock, playbook, PhotoFiles(data_folder.photos, key))


@pytest.fixture
def visit_id(database: Database) -> UUID:
    return a_shop_with_a_visit(database)


@pytest.fixture
def page(qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID) -> VisitPageDriver:
    driver = VisitPageDriver(qtbot, room.make_page(tasks, ChangeBus(tasks)), tasks)
    driver.show()
    driver.open(visit_id)
    return driver


def test_the_page_without_a_visit_says_what_to_do_next(qtbot: QtBot, room: VisitRoom, tasks: TaskRunner) -> None:
    driver = VisitPageDriver(qtbot, room.make_page(tasks, ChangeBus(tasks)), tasks)
    driver.show()
    driver.wait_until_quiet()
    assert any("Choose a shop on Today" in label.text() for label in driver.page.findChildren(QLabel))


def test_the_brief_is_read_first_and_tells_why_to_come(page: VisitPageDriver) -> None:
    assert page.page.model.step is Step.BRIEF
    assert page.lines("whyToday")[0] == "Orders today"
    assert page.topic == "We promised '补齐 6 张价签' and are late: settle it."
    assert any("补齐 6 张价签" in line for line in page.lines("openItems"))


def test_the_header_says_which_shop_and_which_step(qtbot: QtBot, page: VisitPageDriver) -> None:
    with qtbot.waitSignal(page.page.title_changed) as told:
        page.jump(Step.STOCK)
    assert told.args is not None
    assert told.args[0].subtitle == "老周食杂店 · step 3 of 8"


def test_every_step_can_be_jumped_to_and_left_by_keys_and_buttons(page: VisitPageDriver) -> None:
    page.jump(Step.SHELF)
    page.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    page.wait_for_step(Step.STOCK)
    page.press(Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    page.wait_for_step(Step.ARRIVAL)
    page.click_next()
    page.wait_for_step(Step.STOCK)


def test_arrival_is_one_key_and_the_time_can_be_mended(page: VisitPageDriver, room: VisitRoom, visit_id: UUID) -> None:
    page.jump(Step.ARRIVAL)
    page.arrive()
    page.choose("met", "family")
    page.write(page.arrival_time, "１０：２１")
    page.wait_until_saved()
    row = room.visits.sheet(visit_id).rows[VISIT_ROW]
    assert f"{row['arrived_at']:%H:%M}" == "10:21"
    assert row["met"] == "family"
    assert room.visits.head(visit_id).status is VisitStatus.IN_PROGRESS


def test_a_time_that_is_none_is_marked_and_stays_on_the_screen(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID
) -> None:
    page.jump(Step.ARRIVAL)
    page.write(page.arrival_time, "25:99")
    page.flush()
    assert page.arrival_time.property("problem") == "error"
    assert page.arrival_time.text() == "25:99"
    assert room.visits.sheet(visit_id).rows[VISIT_ROW]["arrived_at"] is None


@pytest.mark.parametrize("before", ["", "1021"])
def test_a_time_that_goes_on_to_be_none_leaves_the_time_of_before(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID, before: str
) -> None:
    page.jump(Step.ARRIVAL)
    page.write(page.arrival_time, before)
    page.flush()
    page.write(page.arrival_time, "259")
    page.flush()
    page.type("9")
    page.flush()
    arrived = room.visits.sheet(visit_id).rows[VISIT_ROW]["arrived_at"]
    assert (None if arrived is None else f"{arrived:%H:%M}") == ((before and "10:21") or None)
    assert page.arrival_time.text() == "2599"
    page.wait_for_words(
        "arrivedAtProblem", "'2599' is no time of day: write it as 10:21 or 1021. The time of before stays."
    )


def test_what_is_wrong_in_a_field_stays_while_another_field_is_filled_in(page: VisitPageDriver) -> None:
    page.jump(Step.ARRIVAL)
    page.write(page.arrival_time, "1021")
    page.write(page.arrival_time, "2599")
    page.choose("met", "family")
    assert page.arrival_time.text() == "2599"


@pytest.mark.parametrize(
    ("step", "name", "field"), [(Step.ARRIVAL, "metNote", "met_note"), (Step.SHELF, "shelfNote", "note")]
)
def test_a_word_composed_with_an_input_method_arrives_whole(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID, step: Step, name: str, field: str
) -> None:
    page.jump(step)
    note = page.note(name)
    page.compose("d", "deng", "deng'h", commit="灯坏")
    page.compose("y", commit="一盏")
    assert note.toPlainText() == "灯坏一盏"
    page.flush()
    row = VISIT_ROW if step is Step.ARRIVAL else SHELF_ROW
    assert room.visits.sheet(visit_id).rows[row][field] == "灯坏一盏"


def test_while_a_word_is_composed_nothing_is_recorded_and_nothing_tears_it_apart(page: VisitPageDriver) -> None:
    page.jump(Step.SHELF)
    note = page.note("shelfNote")
    page.type("x")
    page.begin_composing("ni")
    assert page.page.model.draft.value(SHELF_ROW, "note") == "x"
    note.show_text("from elsewhere")
    page.compose("n", commit="你")
    assert note.toPlainText() == "x你"
    assert page.page.model.draft.value(SHELF_ROW, "note") == "x你"


def test_what_is_typed_is_saved_without_a_button_and_says_when(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID
) -> None:
    page.jump(Step.SHELF)
    page.note("shelfNote")
    page.type("ab")
    page.wait_until_saved()
    assert room.visits.sheet(visit_id).rows[SHELF_ROW]["note"] == "ab"
    assert any("Saved " in label.text() for label in page.page.findChildren(QLabel))


def test_changes_are_undone_one_by_one_across_steps_and_done_again(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID
) -> None:
    page.jump(Step.ARRIVAL)
    page.choose("met", "owner")
    page.jump(Step.SHELF)
    page.answer("fresh", "yes")
    page.jump(Step.BRIEF)
    page.undo()
    page.wait_for_step(Step.SHELF)
    assert page.page.model.draft.value(SHELF_ROW, "fresh") is None
    page.undo()
    page.wait_for_step(Step.ARRIVAL)
    assert not page.page.model.draft.can_undo
    page.redo()
    page.redo()
    page.flush()
    rows = room.visits.sheet(visit_id).rows
    assert (rows[VISIT_ROW]["met"], rows[SHELF_ROW]["fresh"]) == ("owner", True)


def test_typing_in_one_field_is_one_step_back(page: VisitPageDriver) -> None:
    page.jump(Step.SHELF)
    page.note("shelfNote")
    page.type("abcdef")
    page.page.model.draft.undo()
    assert page.page.model.draft.value(SHELF_ROW, "note") is None
    assert page.note("shelfNote").toPlainText() == ""


def test_a_hundred_changes_can_be_taken_back(page: VisitPageDriver) -> None:
    draft = page.page.model.draft
    for number in range(120):
        draft.set(SHELF_ROW, fresh=number % 2 == 0)
    undone = 0
    while draft.can_undo:
        draft.undo()
        undone += 1
    assert undone == 100


def test_a_closed_shop_ends_the_visit_with_a_reason(page: VisitPageDriver, room: VisitRoom, visit_id: UUID) -> None:
    page.jump(Step.ARRIVAL)
    page.press_button("outcome_closed")
    page.press_button("endOtherwise")
    page.wait_for_words("endProblem", "Please give a reason.")
    page.press_button("reason_not_open")
    page.write(page.find(QLineEdit, "endNote"), "门锁着")
    page.press_button("endOtherwise")
    page.wait_for_message("This visit has ended.")
    head = room.visits.head(visit_id)
    assert (head.status, head.end_reason, head.end_note) == (VisitStatus.CLOSED, "not_open", "门锁着")


MONDAY = DAY + timedelta(days=3)


def test_a_moved_visit_gets_the_next_working_day(page: VisitPageDriver, room: VisitRoom, visit_id: UUID) -> None:
    page.jump(Step.ARRIVAL)
    page.press_button("outcome_moved")
    page.press_button("reason_weather")
    page.press_button("endOtherwise")
    page.wait_for_message("This visit has ended.")
    assert room.visits.head(visit_id).moved_to == MONDAY


def test_a_visit_that_ended_is_read_only_until_it_is_taken_up_again(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID
) -> None:
    page.jump(Step.ARRIVAL)
    page.choose("met", "owner")
    page.page.model.finish()
    page.wait_for_message("This visit has ended.")
    assert page.note("metNote").isReadOnly()
    page.press_message_action()
    page.wait_for_message("")
    page.choose("met", "staff")
    page.flush()
    assert room.visits.sheet(visit_id).rows[VISIT_ROW]["met"] == "staff"


def test_trouble_with_the_disk_keeps_what_was_typed_and_tries_again(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise TroubleError(Problem.DISK_FULL)

    page.jump(Step.SHELF)
    page.note("shelfNote")
    with monkeypatch.context() as patch:
        patch.setattr(room.visits, "record", full)
        page.type("lamp")
        page.page.flush()
        page.wait_for_message("The disk is full", starts=True)
        assert page.note("shelfNote").toPlainText() == "lamp"
    page.press_message_action()
    page.wait_for_message("")
    page.wait_until_saved()
    assert room.visits.sheet(visit_id).rows[SHELF_ROW]["note"] == "lamp"


def test_leaving_is_free_and_the_visit_reopens_at_the_same_field(
    qtbot: QtBot, page: VisitPageDriver, room: VisitRoom, tasks: TaskRunner, visit_id: UUID
) -> None:
    page.jump(Step.SHELF)
    page.counter("sku_tagged").setFocus()
    page.type("17")
    page.flush()
    again = VisitPageDriver(qtbot, room.make_page(tasks, ChangeBus(tasks)), tasks)
    again.show()
    again.open(visit_id)
    assert again.page.model.step is Step.SHELF
    assert again.page.model.draft.field_of(Step.SHELF) == "sku_tagged"
    assert again.counter("sku_tagged").value == 17
    qtbot.waitUntil(lambda: again.counter("sku_tagged").isAncestorOf(again.focused))


def test_after_a_power_cut_one_sentence_says_what_is_there(
    qtbot: QtBot, page: VisitPageDriver, room: VisitRoom, tasks: TaskRunner
) -> None:
    page.jump(Step.SHELF)
    page.answer("fresh", "yes")
    page.flush()
    restored = room.visits.open_visit()
    assert restored is not None
    again = VisitPageDriver(qtbot, room.make_page(tasks, ChangeBus(tasks)), tasks)
    again.show()
    again.page.restore(restored)
    again.wait_for_message("Restored the visit at 老周食杂店: step 4 'Shelf and tags', the shelf check;", starts=True)


@pytest.mark.parametrize("step", [Step.BRIEF, Step.ARRIVAL, Step.STOCK, Step.SHELF])
def test_every_step_speaks_both_languages(page: VisitPageDriver, translations: Translations, step: Step) -> None:
    page.jump(step)
    english = page.words_shown(step)
    translations.set_language(Language.ZH)
    page.wait_for_language("到店签到")
    chinese = page.words_shown(step)
    words = {text for text in english & chinese if any("a" <= letter.lower() <= "z" for letter in text)}
    assert words == set()


def test_the_rail_ticks_a_complete_step_and_counts_what_is_open(page: VisitPageDriver) -> None:
    assert page.rail_words(Step.ARRIVAL) == "2 still to enter"
    page.jump(Step.ARRIVAL)
    page.arrive()
    page.choose("met", "owner")
    assert page.rail_words(Step.ARRIVAL) == "complete"


def test_the_shop_can_be_opened_from_the_visit(qtbot: QtBot, page: VisitPageDriver) -> None:
    with qtbot.waitSignal(page.page.open_customer_requested) as told:
        page.press_button("openCustomer")
    assert told.args == [page.page.model.draft.head.customer_id]


def test_the_page_is_freed_when_it_is_closed(qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID) -> None:
    page = room.make_page(tasks, ChangeBus(tasks))
    page.open_visit(visit_id)
    qtbot.waitUntil(lambda: tasks.is_idle)
    gone = weakref.ref(page)
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
        del page
    gc.collect()
    assert gone() is None


def test_buttons_have_names_for_screen_readers(page: VisitPageDriver) -> None:
    for step in (Step.BRIEF, Step.ARRIVAL, Step.STOCK, Step.SHELF):
        page.jump(step)
        for button in page.page.step_widget(step).findChildren(QAbstractButton):
            if button.isVisible():
                assert button.accessibleName() or button.text(), button.objectName()
