"""What is typed at the forecast desk is not lost when a late answer brings other lines."""

from PySide6.QtCore import Qt

from app.ui.pages.forecast.desk_columns import MONTH_COLUMNS, Column
from tests.ui.forecast_page_driver import Desk
from tests.ui.forecast_room import desk, program

__all__ = ["desk", "program"]


def test_digits_go_on_while_lines_and_columns_change_under_them(desk: Desk) -> None:
    line, rows = desk.stand_on(1), desk.page.desk.rows
    desk.program.type("4")
    rows.show_lines(list(rows.lines))
    desk.program.type("5")
    rows.show_lines([one for one in rows.lines if one.is_sum or one.key != desk.line(0).key])
    desk.program.type("6")
    columns = tuple(column for column in MONTH_COLUMNS if column is not Column.LAST)
    rows.set_columns(columns, is_shops=False, can_edit=True)
    desk.program.type("7")
    desk.program.key(Qt.Key.Key_Return)
    desk.program.rest()
    assert desk.same(line).final == 4567


def test_words_typed_after_f4_are_the_note(desk: Desk) -> None:
    line = desk.stand_on(0)
    desk.type("12")
    desk.stand_on(0)
    desk.program.key(Qt.Key.Key_F4)
    desk.program.type("元旦前备货")
    desk.program.key(Qt.Key.Key_Return)
    desk.program.rest()
    correction = desk.same(line).correction
    assert correction is not None
    assert correction.note == "元旦前备货"
