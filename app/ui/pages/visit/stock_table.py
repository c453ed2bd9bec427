"""The table of the stock step: digits open a cell, each key is kept at once, Tab goes to the next field to fill."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QLineEdit, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.ui.look.icons import paint_icon
from app.ui.look.theme import current_theme
from app.ui.pages.visit.stock_table_model import FIELDS, TAG_ROLE, Column, StockTableModel
from app.ui.widgets.painting import text_width
from app.ui.widgets.table_cells import CellDelegate
from app.ui.widgets.table_view import TableView

_ORDER = tuple(FIELDS)
_WIDTHS = {
    Column.NUMBER: 2.9,
    Column.GROUP: 6.2,
    Column.ON_HAND: 5.6,
    Column.PRICE: 5.6,
    Column.GUIDE: 4.8,
    Column.TAG: 4.4,
}
"""The least each column needs for its values, in em; a longer header widens it."""
_GIVES_WAY = (Column.NUMBER, Column.GROUP, Column.GUIDE)
"""What is left out where the window is narrow, first to last; the guide price stands beside the table too."""
_HEADER_PAD = 1.6
_NAME_WIDTH = 9.5
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Up: -1}


class StockTable(TableView):
    """Goes from field to field; Delete makes a cell "not checked" again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setItemDelegate(StockDelegate(self))
        self.setObjectName("stockTable")
        self.horizontalHeader().setSectionsClickable(False)
        self.take_over_requested.connect(self._on_take_over)

    def measure(self) -> None:
        """Give the columns their widths; no column asks every row for its size."""
        header = self.horizontalHeader()
        for column in _WIDTHS:
            header.resizeSection(column, self._wanted(column))
        header.setSectionResizeMode(Column.SKU, header.ResizeMode.Stretch)
        self.set_two_lines(two_lines=False)
        self._leave_out()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._leave_out()
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())  # where the person works stays in sight when the room changes

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        model = self.model()
        if event.key() == Qt.Key.Key_Delete and index.isValid() and isinstance(model, StockTableModel):
            model.clear(index)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.column() == Column.TAG:
            self._go(index, 1)
        else:
            super().keyPressEvent(event)

    @override
    def moveCursor(self, cursorAction: TableView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        action = TableView.CursorAction
        steps = {action.MoveNext: 1, action.MovePrevious: -1, action.MoveRight: 1, action.MoveLeft: -1}
        step = steps.get(cursorAction)
        index = self.currentIndex()
        if step is None or not index.isValid():
            return super().moveCursor(cursorAction, modifiers)
        at = _ORDER.index(Column(index.column())) if index.column() in _ORDER else (-1 if step > 0 else 0)
        place = at + step
        turns = cursorAction in (action.MoveNext, action.MovePrevious)
        if not turns:
            place = min(max(place, 0), len(_ORDER) - 1)
        row = index.row() + place // len(_ORDER)
        found = self.model().index(row, _ORDER[place % len(_ORDER)])
        return found if found.isValid() else index

    def _wanted(self, column: Column) -> int:
        theme = current_theme()
        words = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "") if self.model() else ""
        header = round(text_width(words, theme.font(bold=True))) + theme.em(_HEADER_PAD)
        return max(theme.em(_WIDTHS[column]), header if words else 0)

    def _leave_out(self) -> None:
        """Hide the least important columns until the name of the SKU has room."""
        room = self.viewport().width() - current_theme().em(_NAME_WIDTH)
        wanted = sum(self._wanted(column) for column in _WIDTHS)
        for column in _GIVES_WAY:
            is_hidden = wanted > room
            self.setColumnHidden(column, is_hidden)
            wanted -= self._wanted(column) if is_hidden else 0

    def _go(self, index: QModelIndex, by: int) -> None:
        target = index.siblingAtRow(index.row() + by)
        if target.isValid():
            self.setCurrentIndex(target)

    @Slot(object)
    def _on_take_over(self, index: QModelIndex) -> None:
        model = self.model()
        if isinstance(model, StockTableModel) and model.take_over(index):
            self._go(index, 1)


class StockDelegate(CellDelegate):
    """Hands over each key as it is typed; Esc gives back what the cell held before."""

    def __init__(self, table: StockTable) -> None:
        super().__init__(table)
        self._table = table
        self.closeEditor.connect(self._on_closed)

    @override
    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = super().createEditor(parent, option, index)
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(self._on_text_edited)
        model = self._table.model()
        if isinstance(model, StockTableModel):
            model.open_cell(index)
        return editor

    @override
    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if isinstance(editor, QLineEdit) and editor.text() != str(index.data(Qt.ItemDataRole.EditRole) or ""):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    @override
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QLineEdit):
            if event.key() in _MOVES:
                self._leave(editor, _MOVES[Qt.Key(event.key())])
                return True
            if event.text() in ("=", "＝"):
                index = self._table.currentIndex()
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                self._table.take_over_requested.emit(index)
                return True
        return super().eventFilter(editor, event)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        if index.data(TAG_ROLE) is False:
            side = current_theme().size("indicator")
            box = QRectF(0, 0, side, side)
            box.moveCenter(QRectF(option.rect).center())  # pyright: ignore[reportAttributeAccessIssue]
            paint_icon(painter, "close", box.adjusted(2, 2, -2, -2), current_theme().color("red_text"))

    def _leave(self, editor: QLineEdit, by: int) -> None:
        index = self._table.currentIndex()
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        target = index.siblingAtRow(index.row() + by)
        if target.isValid():
            self._table.setCurrentIndex(target)

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        editor = self.sender()
        if isinstance(editor, QLineEdit):
            self.commitData.emit(editor)

    @Slot(QWidget, QAbstractItemDelegate.EndEditHint)
    def _on_closed(self, _editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        model = self._table.model()
        if isinstance(model, StockTableModel):
            if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache:
                model.take_back()
            model.close_cell()
