"""The stock step under the fingers of a person: keypad, take over, bad input, filters, many SKUs."""

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.visit import Step
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.visit_rows import stock_row
from app.storage.database import Database
from app.storage.photo_files import PhotoFiles
from app.ui.background.change_bus import ChangeBus
from app.ui.background.task_runner import TaskRunner
from app.ui.pages.visit.stock_table_model import Column, StockTableModel
from app.ui.widgets.fact_list import FactList
from app.ui.widgets.tones import Tone
from tests.ui.visit_page_driver import VisitPageDriver, VisitRoom, a_shop_with_a_visit, product_ids

if TYPE_CHECKING:
    from app.domain.playbook import Playbook

_SKUS = 10
_ROWS_AGAIN = 4


@pytest.fixture
def room(database: Database, clock: Clock, playbook: "Playbook", data_folder: DataFolder, key: bytes) -> VisitRoom:
    return VisitRoom.over(database, clock, playbook, PhotoFiles(data_folder.photos, key))


@pytest.fixture
def visit_id(database: Database) -> UUID:
    return a_shop_with_a_visit(database)


@pytest.fixture
def ids(database: Database, visit_id: UUID) -> dict[str, UUID]:
    assert visit_id
    return product_ids(database)


@pytest.fixture
def page(qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, visit_id: UUID) -> VisitPageDriver:
    driver = VisitPageDriver(qtbot, room.make_page(tasks, ChangeBus(tasks)), tasks)
    driver.show()
    driver.open(visit_id)
    driver.jump(Step.STOCK)
    driver.wait_for_skus(_SKUS)
    return driver


def test_the_table_keeps_the_rules_of_qt_models(page: VisitPageDriver, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.table.model(), force_py=True)


def test_digits_open_a_cell_and_enter_goes_down(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID, ids: dict[str, UUID]
) -> None:
    page.select(0)
    page.type("9")
    page.press(Qt.Key.Key_Return)
    page.type("12")
    page.press(Qt.Key.Key_Enter)
    assert page.table.currentIndex().row() == 2
    page.flush()
    rows = room.visits.sheet(visit_id).rows
    assert rows[stock_row(ids["雅韵(硬)"])]["on_hand"] == 9
    assert rows[stock_row(ids["金穗(软)"])]["on_hand"] == 12


def test_tab_goes_to_the_next_field_and_from_the_last_to_the_next_row(page: VisitPageDriver) -> None:
    page.select(0)
    page.type("9")
    page.press(Qt.Key.Key_Tab)
    page.type("12.5")
    page.press(Qt.Key.Key_Tab)
    assert (page.table.currentIndex().row(), page.table.currentIndex().column()) == (0, Column.TAG)
    page.press(Qt.Key.Key_Space)
    page.press(Qt.Key.Key_Tab)
    assert (page.table.currentIndex().row(), page.table.currentIndex().column()) == (1, Column.ON_HAND)
    assert page.cell(0, Column.PRICE).text == "12.5"
    assert page.cell(0, Column.TAG).is_checked


def test_a_number_is_on_disk_while_its_cell_is_still_open(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID, ids: dict[str, UUID]
) -> None:
    page.select(0)
    page.type("14")
    assert page.focused.objectName() == "cellEditor"
    page.wait_until_saved()
    assert room.visits.sheet(visit_id).rows[stock_row(ids["雅韵(硬)"])]["on_hand"] == 14
    assert page.focused.objectName() == "cellEditor"


def test_f2_edits_and_esc_gives_back_what_was_there(page: VisitPageDriver) -> None:
    page.select(0)
    page.type("9")
    page.press(Qt.Key.Key_Return)
    page.select(0)
    page.press(Qt.Key.Key_F2)
    page.type("7")
    page.press(Qt.Key.Key_Escape)
    assert page.cell(0, Column.ON_HAND).text == "9"


def test_full_width_digits_are_numbers(page: VisitPageDriver) -> None:
    page.select(0)
    page.compose(commit="１２")
    page.press(Qt.Key.Key_Return)
    assert page.cell(0, Column.ON_HAND).text == "12"


@pytest.mark.parametrize("bad", ["1a", "-3", "1.5"])
def test_what_is_no_number_stays_red_in_its_cell_with_words_and_is_not_saved(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID, ids: dict[str, UUID], bad: str
) -> None:
    page.select(0)
    page.type("x" if bad == "-3" else bad[0])
    page.write(page.find(QLineEdit, "cellEditor"), bad)
    page.press(Qt.Key.Key_Return)
    cell = page.cell(0, Column.ON_HAND)
    assert (cell.text, cell.tone) == (bad, Tone.RED)
    tip = page.table.model().index(0, Column.ON_HAND).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == f"雅韵(硬): '{bad}' is no whole number of zero or more."
    page.flush()
    row = room.visits.sheet(visit_id).rows.get(stock_row(ids["雅韵(硬)"]), {})
    assert row.get("on_hand") in (None, 1)


def test_a_number_typed_slowly_into_a_cell_is_one_step_back(
    page: VisitPageDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.pages.visit.undo_stack._TYPING_SECONDS", 0.0)
    for row, number in enumerate(("345", "12")):
        page.select(row)
        page.type(number)
        page.press(Qt.Key.Key_Return)
    page.undo()
    assert [page.cell(row, Column.ON_HAND).text for row in range(2)] == ["345", ""]
    page.undo()
    assert page.cell(0, Column.ON_HAND).text == ""
    page.redo()
    assert page.cell(0, Column.ON_HAND).text == "345"


def test_a_number_given_back_by_esc_leaves_nothing_to_undo(page: VisitPageDriver) -> None:
    page.select(0)
    page.type("345")
    page.press(Qt.Key.Key_Escape)
    assert not page.page.model.draft.can_undo


def test_a_price_that_nobody_saw_cannot_be_taken_over(page: VisitPageDriver) -> None:
    row = page.row_named("青山(细支)")
    assert (page.cell(row, Column.PRICE).placeholder, page.cell(row, Column.GUIDE).text) == ("\u2014", "25.0")
    page.select(row, Column.PRICE)
    page.press(Qt.Key.Key_Equal)
    assert page.cell(row, Column.PRICE).text == ""


def test_last_time_stands_grey_and_one_key_takes_it_over_marked_as_not_counted(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID, ids: dict[str, UUID]
) -> None:
    assert (page.cell(0, Column.ON_HAND).text, page.cell(0, Column.ON_HAND).placeholder) == ("", "8")
    page.select(0)
    page.press(Qt.Key.Key_Equal)
    assert page.table.currentIndex().row() == 1
    assert (page.cell(0, Column.ON_HAND).text, page.cell(0, Column.ON_HAND).tone) == ("8", Tone.GREY)
    page.flush()
    row = room.visits.sheet(visit_id).rows[stock_row(ids["雅韵(硬)"])]
    assert (row["on_hand"], row["taken_over"]) == (8, True)


def test_a_count_that_is_typed_after_all_is_no_longer_taken_over(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID, ids: dict[str, UUID]
) -> None:
    page.select(0)
    page.press(Qt.Key.Key_Equal)
    page.select(0)
    page.type("5")
    page.flush()
    row = room.visits.sheet(visit_id).rows[stock_row(ids["雅韵(硬)"])]
    assert (row["on_hand"], row["taken_over"]) == (5, False)


def test_a_sku_without_a_last_count_has_nothing_to_take_over(page: VisitPageDriver) -> None:
    row = page.row_named("青山(细支)")
    page.select(row)
    page.press(Qt.Key.Key_Equal)
    assert page.cell(row, Column.ON_HAND).text == ""
    assert page.table.currentIndex().row() == row


def test_what_was_not_entered_stays_not_checked_and_can_be_made_so_again(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID, ids: dict[str, UUID]
) -> None:
    page.select(0)
    page.type("0")
    page.press(Qt.Key.Key_Return)
    page.select(0)
    page.press(Qt.Key.Key_Delete)
    page.flush()
    rows = room.visits.sheet(visit_id).rows
    assert rows[stock_row(ids["雅韵(硬)"])]["on_hand"] is None
    assert stock_row(ids["金穗(软)"]) not in rows


@pytest.mark.parametrize(("price", "tone"), [("12", None), ("16", Tone.AMBER), ("101", Tone.RED)])
def test_a_price_that_makes_no_sense_is_flagged_but_kept(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID, ids: dict[str, UUID], price: str, tone: Tone | None
) -> None:
    page.select(0, Column.PRICE)
    page.type(price)
    page.press(Qt.Key.Key_Return)
    assert page.cell(0, Column.PRICE).tone is tone
    page.flush()
    row = room.visits.sheet(visit_id).rows[stock_row(ids["雅韵(硬)"])]
    assert row["retail_price"] == int(price) * 100


def test_a_stock_far_above_the_usual_is_flagged_in_words_but_kept(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID, ids: dict[str, UUID]
) -> None:
    page.select(0)
    page.type("99999")
    page.press(Qt.Key.Key_Return)
    assert page.cell(0, Column.ON_HAND).tone is Tone.AMBER
    page.wait_for_words("stockProblem", "雅韵(硬): far more than this shop buys and sells. Is it right?")
    page.flush()
    assert room.visits.sheet(visit_id).rows[stock_row(ids["雅韵(硬)"])]["on_hand"] == 99999


def test_chips_and_the_name_filter_the_rows(page: VisitPageDriver) -> None:
    page.press_button("group_slow")
    page.wait_for_skus(1)
    page.press_button("group_slow")
    page.wait_for_skus(_SKUS)
    page.write(page.find(QLineEdit, "findSku"), "云岭")
    page.wait_for_skus(1)


def test_only_what_is_not_entered_can_be_shown(page: VisitPageDriver) -> None:
    page.select(0)
    page.type("9")
    page.press(Qt.Key.Key_Return)
    page.find(QCheckBox, "openOnly").setChecked(True)
    page.wait_for_skus(_SKUS - 1)


def test_the_panel_tells_the_last_count_and_what_is_likely_left(page: VisitPageDriver) -> None:
    page.select(page.row_named("云岭(细支)"))
    facts: FactList = page.find(FactList, "stockFacts")
    assert facts.value_of("Last count 04-13") == "4 ctn"
    assert facts.value_of("Bought since") == "+6 ctn"
    assert facts.value_of("Likely left by sales").startswith("about ")


def test_a_tag_is_yes_no_or_not_checked(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID, ids: dict[str, UUID]
) -> None:
    for row in range(2):
        page.select(row, Column.TAG)
        for _ in range(row + 1):
            page.press(Qt.Key.Key_Space)
    page.flush()
    rows = room.visits.sheet(visit_id).rows
    assert rows[stock_row(ids["雅韵(硬)"])]["has_tag"] is True
    assert rows[stock_row(ids["金穗(软)"])]["has_tag"] is False
    assert stock_row(ids["大河(硬)"]) not in rows


def test_eight_hundred_skus_are_shown_and_a_number_draws_only_its_own_row_again(
    qtbot: QtBot, room: VisitRoom, tasks: TaskRunner, database: Database
) -> None:
    visit_id = a_shop_with_a_visit(database, more=800)
    driver = VisitPageDriver(qtbot, room.make_page(tasks, ChangeBus(tasks)), tasks)
    driver.show()
    driver.open(visit_id)
    driver.jump(Step.STOCK)
    driver.wait_for_skus(800 + _SKUS)
    driver.select(0)
    drawn: list[int] = []
    model = driver.table.model()
    model.dataChanged.connect(lambda first, last: drawn.append(last.row() - first.row() + 1))
    model.modelReset.connect(lambda: drawn.append(model.rowCount()))
    model.layoutChanged.connect(lambda: drawn.append(model.rowCount()))
    for _ in range(20):
        driver.type("7")
        driver.press(Qt.Key.Key_Return)
    assert 20 <= sum(drawn) <= _ROWS_AGAIN * 20
    driver.find(QAbstractButton, "group_main").click()
    driver.flush()


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_what_is_no_number_leaves_the_count_of_before(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID, ids: dict[str, UUID], end: Qt.Key
) -> None:
    page.select(0)
    page.type("7")
    page.press(Qt.Key.Key_Return)
    page.select(0)
    page.type("2x")
    page.press(end)
    page.flush()
    assert room.visits.sheet(visit_id).rows[stock_row(ids["雅韵(硬)"])]["on_hand"] == 7


def test_digits_go_on_while_a_late_answer_brings_the_lines_in_another_order(
    page: VisitPageDriver, room: VisitRoom, visit_id: UUID, ids: dict[str, UUID]
) -> None:
    model = page.table.model()
    assert isinstance(model, StockTableModel)
    page.select(0)
    page.type("4")
    model.show_lines(tuple(model.lines))
    page.type("5")
    model.show_lines(tuple(reversed(model.lines)))
    page.type("6")
    page.press(Qt.Key.Key_Return)
    page.flush()
    assert room.visits.sheet(visit_id).rows[stock_row(ids["雅韵(硬)"])]["on_hand"] == 456
