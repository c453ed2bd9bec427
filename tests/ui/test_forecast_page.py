"""The forecast page in the real program: figures typed, explained, taken back, submitted, held against what came."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit
from python_calamine import CalamineWorkbook

from app.ui.pages.forecast.desk_columns import Column
from app.ui.pages.forecast.track_panel import TrackTable
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.tones import Tone
from tests.ui.forecast_page_driver import Desk
from tests.ui.forecast_room import desk, program

__all__ = ["desk", "program"]


def test_the_month_after_today_is_shown_and_the_classes_add_up_to_the_total(desk: Desk) -> None:
    assert (desk.view.month.year, desk.view.month.month) == (2026, 12)
    assert sum(line.final for line in desk.sums) == sum(line.final for line in desk.lines)
    assert desk.totals[Column.FINAL] == f"{desk.view.total.final_value:,}"
    assert desk.totals[Column.MODEL] == f"{desk.view.total.model_value:,}"


def test_a_figure_that_is_typed_counts_at_once_and_enter_goes_down(desk: Desk) -> None:
    before, line = desk.view.total.final_value, desk.stand_on(1)
    below = desk.line(2)
    desk.type("７０")
    assert desk.same(line).final == 70
    assert desk.stands_on().key == below.key
    assert desk.totals[Column.FINAL] == f"{before - line.final + 70:,}"
    assert desk.view.total.final_value == before - line.final + 70


def test_no_line_moves_while_figures_are_typed(desk: Desk) -> None:
    order = [line.key for line in desk.lines]
    desk.stand_on(0)
    desk.type("1")
    desk.type("99999")
    assert [line.key for line in desk.lines] == order


def test_what_is_no_number_stays_red_and_is_said_and_escape_keeps_the_figure(desk: Desk) -> None:
    line = desk.stand_on(0)
    desk.program.type("1x")
    desk.program.key(Qt.Key.Key_Return)
    assert desk.cell(line, Column.OWN).tone is Tone.RED
    assert "1x" in desk.program.find(QLabel, "deskProblem").text()
    desk.stand_on(0)
    desk.program.key(Qt.Key.Key_F2)
    editor = desk.program.focused
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    desk.type("12")
    assert desk.same(line).final == 12
    desk.stand_on(0)
    desk.program.type("55")
    desk.program.key(Qt.Key.Key_Escape)
    desk.program.rest()
    assert desk.same(line).final == 12


def test_delete_takes_a_figure_back_and_undo_and_redo_go_through_all_of_it(desk: Desk) -> None:
    line = desk.stand_on(0)
    desk.type("80")
    desk.stand_on(0)
    desk.program.key(Qt.Key.Key_Delete)
    desk.program.rest()
    assert desk.same(line).correction is None
    assert desk.same(line).final == line.model_value
    for wanted in (80, line.model_value):
        desk.program.key(Qt.Key.Key_Z, ctrl=True)
        desk.program.rest()
        assert desk.same(line).final == wanted
    for wanted in (80, line.model_value):
        desk.program.key(Qt.Key.Key_Y, ctrl=True)
        desk.program.rest()
        assert desk.same(line).final == wanted


def test_enter_opens_the_shops_of_a_sku_they_add_up_and_escape_comes_back_to_it(desk: Desk) -> None:
    line = desk.stand_on(2)
    desk.program.key(Qt.Key.Key_Return)
    desk.program.wait(lambda: desk.page.model.shops is not None, "the shops")
    desk.program.rest()
    assert sum(shop.final for shop in desk.lines) == line.final
    desk.program.key(Qt.Key.Key_Escape)
    desk.program.rest()
    assert desk.page.model.product is None
    assert desk.stands_on().key == line.key


def test_a_shop_typed_by_hand_moves_the_sku_and_is_marked_there(desk: Desk) -> None:
    line = desk.stand_on(2)
    desk.program.key(Qt.Key.Key_Return)
    desk.program.wait(lambda: desk.page.model.shops is not None, "the shops")
    desk.program.rest()
    shop = desk.stand_on(0)
    desk.type(str(shop.final + 30))
    assert sum(one.final for one in desk.lines) == line.final + 30
    desk.stand_on(0)
    desk.program.key(Qt.Key.Key_Backspace)
    desk.program.rest()
    assert desk.same(line).final == line.final + 30
    assert desk.cell(desk.same(line), Column.NAME).chips
    desk.program.key(Qt.Key.Key_Z, ctrl=True)
    desk.program.rest()
    assert desk.same(line).final == line.final


def test_enter_in_the_shops_goes_down_and_a_bad_figure_does_not_follow_to_another_month(desk: Desk) -> None:
    desk.stand_on(2)
    desk.program.key(Qt.Key.Key_Return)
    desk.program.wait(lambda: desk.page.model.shops is not None, "the shops")
    desk.program.rest()
    below = desk.line(1)
    desk.stand_on(0)
    desk.program.key(Qt.Key.Key_Return)
    assert desk.stands_on().key == below.key
    desk.program.type("x")
    desk.program.key(Qt.Key.Key_Return)
    assert desk.cell(below, Column.OWN).tone is Tone.RED
    desk.page.model.show_month(desk.view.months[2])
    desk.program.rest()
    assert all(desk.cell(line, Column.OWN).tone is None for line in desk.lines)
    assert desk.program.words("deskProblem") == ""
    desk.page.model.show_month(desk.view.months[1])
    desk.program.rest()


def test_a_total_below_what_shops_were_given_is_refused_in_words(desk: Desk) -> None:
    line = desk.stand_on(2)
    desk.program.key(Qt.Key.Key_Return)
    desk.program.wait(lambda: desk.page.model.shops is not None, "the shops")
    desk.program.rest()
    desk.stand_on(0)
    desk.type("40")
    desk.program.key(Qt.Key.Key_Escape)
    desk.program.rest()
    before = desk.same(line).final
    desk.stand_on(2)
    desk.type("5")
    assert "by hand" in desk.program.find(MessageBar, "forecastMessage").text
    assert desk.same(line).final == before
    desk.program.key(Qt.Key.Key_Z, ctrl=True)
    desk.program.rest()


def test_filters_leave_what_they_say_and_the_sum_follows(desk: Desk) -> None:
    desk.page.model.restrict(text="910015")
    assert [line.code for line in desk.lines] == ["910015"]
    assert desk.totals[Column.FINAL] == f"{desk.line(0).final:,}"
    assert desk.totals[Column.NAME] == "Shown"
    desk.page.model.restrict(text="", group="1")
    assert {line.group for line in desk.lines} == {"1"}


def test_all_months_stand_side_by_side_and_nothing_is_typed_there(desk: Desk) -> None:
    desk.page.model.show_six_months(on=True)
    desk.program.rest()
    desk.program.wait(lambda: bool(desk.page.model.ahead), "the months")
    line = desk.line(0)
    shown = [desk.cell(line, column).text for column in desk.page.desk.rows.columns[3:9]]
    kept = [next(r for r in view.rows if r.product_id == line.key[0]).final_value for view in desk.page.model.ahead]
    assert shown == [f"{value:,}" for value in kept]
    assert desk.cell(line, Column.SUM).text == f"{sum(kept):,}"
    desk.stand_on(0)
    desk.program.type("5")
    assert desk.same(line).correction is None


def test_submitting_says_what_is_frozen_and_a_later_figure_makes_a_second_version(desk: Desk) -> None:
    desk.stand_on(0)
    desk.type("80")
    desk.program.key(Qt.Key.Key_1, alt=True)
    desk.program.rest()
    desk.program.click("deskSubmit")
    desk.program.click("submitNow")
    desk.program.rest()
    assert desk.program.words("deskStanding").startswith("Version 1 submitted")
    desk.stand_on(0)
    desk.type("81")
    assert "1 SKU" in desk.program.words("deskStanding")
    assert desk.cell(desk.line(0), Column.CHANGE).text == "▲ 1"
    desk.program.click("deskSubmit")
    desk.program.click("submitNow")
    desk.program.rest()
    assert desk.program.words("deskStanding").startswith("Version 2 submitted")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_shown_is_saved_as_numbers(desk: Desk, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"out.{ending}"
    desk.program.click("forecastExport")
    dialog = desk.program.find(QFileDialog, "exportForecastDialog")
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    desk.program.rest()
    if ending == "csv":
        rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    else:
        sheet = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
        rows = [[f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row] for row in sheet]
    assert len(rows) == len(desk.lines) + 1
    at = rows[0].index("Final")
    assert [row[at] for row in rows[1:]] == [str(line.final) for line in desk.lines]


def test_the_follow_up_tells_scores_and_keeps_a_cause(desk: Desk) -> None:
    desk.page.show_tracking()
    desk.program.rest()
    track, table = desk.page.track, desk.program.find(TrackTable, "trackTable")
    view = track.view
    assert view is not None
    assert view.month == desk.view.last_month
    missed = next(place for place, row in enumerate(desk.page.tracking.rows.rows) if row.stands_out)
    table.setCurrentIndex(desk.page.tracking.rows.index(missed, 0))
    table.setFocus()
    desk.program.key(Qt.Key.Key_2)
    desk.program.rest()
    cause = desk.page.tracking.rows.rows[missed].cause
    assert cause is not None
    assert cause.code == "too_cautious"
    desk.program.type("late delivery", "causeNote")
    desk.program.rest()
    cause = desk.page.tracking.rows.rows[missed].cause
    assert cause is not None
    assert cause.note == "late delivery"
    table.setFocus()
    desk.program.key(Qt.Key.Key_Delete)
    desk.program.rest()
    assert desk.page.tracking.rows.rows[missed].cause is None


def test_enter_in_the_follow_up_opens_the_shops_of_a_sku(desk: Desk) -> None:
    desk.page.show_tracking()
    desk.program.rest()
    table = desk.program.find(TrackTable, "trackTable")
    table.setCurrentIndex(desk.page.tracking.rows.index(0, 0))
    table.setFocus()
    sku = desk.page.tracking.rows.rows[0]
    desk.program.key(Qt.Key.Key_Return)
    desk.program.rest()
    shops = desk.page.tracking.rows.rows
    assert all(row.customer_id is not None for row in shops)
    assert sum(row.actual for row in shops) == sku.actual
    desk.program.key(Qt.Key.Key_Escape)
    desk.program.rest()
    assert desk.page.tracking.rows.rows[0].customer_id is None
