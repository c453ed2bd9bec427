"""Lists and tables: rows, marks, typing into cells, Enter down, take over, ticks."""

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.ui.look.theme import Theme
from app.ui.widgets.list_rows import KEY_ROLE, ListRow, ListRowModel, make_list_view
from app.ui.widgets.table_cells import CELL_ROLE, Cell
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tones import Tone

Index = QModelIndex | QPersistentModelIndex


class Stock(QAbstractTableModel):
    """A name, a count to type and a tick in each row."""

    def __init__(self) -> None:
        super().__init__()
        self.counts = ["", "", ""]
        self.tags = [False, False, False]

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.counts)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = Qt.ItemFlag.ItemIsEditable if index.column() == 1 else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | editable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.EditRole:
            return self.counts[index.row()]
        if role != CELL_ROLE:
            return None
        return (
            Cell("雅韵(硬)", "三类", is_strong=True, chips=(("主销", Tone.GREEN),)),
            Cell(self.counts[index.row()], is_boxed=True, is_number=True, placeholder="4"),
            Cell(is_checked=self.tags[index.row()]),
        )[index.column()]

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role == Qt.ItemDataRole.CheckStateRole:
            self.tags[index.row()] = value == Qt.CheckState.Checked
        else:
            self.counts[index.row()] = str(value)
        self.dataChanged.emit(index, index)
        return True


@pytest.fixture
def table(qtbot: QtBot) -> TableView:
    view = TableView("库存与价格")
    qtbot.addWidget(view)
    view.setModel(Stock())
    view.set_two_lines(two_lines=True)
    view.set_stretch(0, 1, 2)
    view.resize(500, 300)
    view.show()
    view.setFocus()
    return view


def stock(table: TableView) -> Stock:
    model = table.model()
    assert isinstance(model, Stock)
    return model


def at(table: TableView, row: int, column: int) -> QModelIndex:
    return table.model().index(row, column)


def test_a_number_is_typed_into_a_cell_and_enter_goes_down(qtbot: QtBot, table: TableView) -> None:
    table.setCurrentIndex(at(table, 0, 1))
    qtbot.keyClick(table, Qt.Key.Key_9)
    editor = table.findChild(QLineEdit, "cellEditor")
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "9"
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.currentIndex().row() == 1)
    assert stock(table).counts[0] == "9"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert table.currentIndex().row() == 2


def test_escape_gives_the_old_value_back(qtbot: QtBot, table: TableView) -> None:
    stock(table).counts[0] = "5"
    table.setCurrentIndex(at(table, 0, 1))
    qtbot.keyClick(table, Qt.Key.Key_7)
    editor = table.findChild(QLineEdit, "cellEditor")
    assert isinstance(editor, QLineEdit)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert stock(table).counts[0] == "5"


def test_a_field_that_was_only_looked_at_is_not_written(qtbot: QtBot, table: TableView) -> None:
    stock(table).counts[0] = "5"
    table.setCurrentIndex(at(table, 0, 1))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit, "cellEditor")
    assert isinstance(editor, QLineEdit)
    stock(table).counts[0] = "6"
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.currentIndex().row() == 1)
    assert stock(table).counts[0] == "6"


def test_what_is_typed_survives_a_change_of_its_row_from_elsewhere(qtbot: QtBot, table: TableView) -> None:
    table.setCurrentIndex(at(table, 0, 1))
    qtbot.keyClick(table, Qt.Key.Key_7)
    editor = table.findChild(QLineEdit, "cellEditor")
    assert isinstance(editor, QLineEdit)
    index = at(table, 0, 1)
    stock(table).dataChanged.emit(index, index)
    assert editor.text() == "7"


def test_the_equals_key_asks_to_take_over(qtbot: QtBot, table: TableView) -> None:
    table.setCurrentIndex(at(table, 1, 1))
    with qtbot.waitSignal(table.take_over_requested) as told:
        qtbot.keyClicks(table, "=")
    assert told.args is not None
    assert told.args[0].row() == 1


def test_space_and_a_click_tick(qtbot: QtBot, table: TableView) -> None:
    table.setCurrentIndex(at(table, 0, 2))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert stock(table).tags == [True, False, False]
    place = table.visualRect(at(table, 1, 2)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert stock(table).tags == [True, True, False]


def test_enter_on_a_cell_that_is_not_edited_activates_its_row(qtbot: QtBot, table: TableView) -> None:
    table.setCurrentIndex(at(table, 2, 0))
    with qtbot.waitSignal(table.row_activated) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args is not None
    assert told.args[0].row() == 2


def test_the_first_column_takes_the_free_room_and_never_vanishes(table: TableView, theme: Theme) -> None:
    total = sum(table.columnWidth(i) for i in range(3))
    assert total == table.viewport().width()
    table.resize(60, 200)
    assert table.columnWidth(0) >= theme.em(9)


def rows() -> list[ListRow]:
    names = ("万家便利店", "红星烟酒商行", "老周食杂店")
    return [ListRow(str(i), n, "城镇", "9:20", (("订货日", Tone.PRIMARY),), str(i + 1)) for i, n in enumerate(names)]


def test_the_model_of_rows_keeps_qt_s_rules(qtmodeltester: ModelTester) -> None:
    model = ListRowModel()
    model.set_rows(rows())
    qtmodeltester.check(model)
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "2, 红星烟酒商行, 城镇, 9:20, 订货日"
    assert model.row_of("2") == 2
    assert model.row_of("x") == -1


def test_the_same_rows_with_other_words_keep_the_selection(qtbot: QtBot) -> None:
    view, model = make_list_view("今日"), ListRowModel()
    qtbot.addWidget(view)
    model.set_rows(rows())
    view.setModel(model)
    view.setCurrentIndex(model.index(2))
    fresh = [ListRow(row.key, row.title, is_done=True) for row in rows()]
    model.set_rows(fresh)
    assert view.currentIndex().data(KEY_ROLE) == "2"
    model.set_rows(fresh[:1])
    assert not view.currentIndex().isValid()


def test_a_row_is_higher_with_more_lines_and_its_marks_are_seen(qtbot: QtBot, theme: Theme) -> None:
    view, model = make_list_view("客户"), ListRowModel()
    qtbot.addWidget(view)
    model.set_rows([rows()[0], ListRow("9", "老周食杂店", marks=((1, 1),))])
    view.setModel(model)
    view.resize(300, 200)
    high, low = (view.visualRect(model.index(i)).height() for i in (0, 1))
    assert high > low
    image = view.grab().toImage()
    shown = {image.pixel(x, y) for x in range(150) for y in range(high, high + low)}
    assert theme.color("amber_soft").rgb() in shown
