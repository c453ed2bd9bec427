"""The table of the order guidance: digits open the suggested number, Enter goes down, Esc takes it back."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QLineEdit, QStyleOptionViewItem, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.pages.visit.advice_table_model import AdviceColumn, AdviceTableModel
from app.ui.widgets.painting import text_width
from app.ui.widgets.table_cells import CellDelegate
from app.ui.widgets.table_view import TableView

_WIDTHS = {
    AdviceColumn.WEEKS: 5.4,
    AdviceColumn.ON_HAND: 5.4,
    AdviceColumn.EXPECTED: 4.4,
    AdviceColumn.SAFETY: 4.4,
    AdviceColumn.ALLOWED: 4.4,
    AdviceColumn.SUGGESTION: 5.4,
    AdviceColumn.HINT: 8.9,
}
"""The least each column needs for its values, in em; a longer header widens it."""
_GIVES_WAY = (AdviceColumn.WEEKS, AdviceColumn.SAFETY, AdviceColumn.EXPECTED, AdviceColumn.ALLOWED)
"""What is left out where the window is narrow, first to last; the sum beside the table has it all the same."""
_HEADER_PAD = 1.9
_NAME_WIDTH = 11.0
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class AdviceTable(TableView):
    """Typing always goes into the suggested number, in whichever column the person stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setItemDelegate(AdviceDelegate(self))
        self.setObjectName("adviceTable")
        self.horizontalHeader().setSectionsClickable(False)
        self.take_over_requested.connect(self._on_take_over)

    def measure(self) -> None:
        """Give the columns their widths; no column asks every row for its size."""
        header = self.horizontalHeader()
        for column in _WIDTHS:
            header.resizeSection(column, self._wanted(column))
        self.set_stretch(AdviceColumn.SKU)
        self.set_two_lines(two_lines=True)
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
        if index.isValid() and index.column() != AdviceColumn.SUGGESTION and event.text().strip():
            self.setCurrentIndex(index.siblingAtColumn(AdviceColumn.SUGGESTION))
        model = self.model()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and isinstance(model, AdviceTableModel):
            model.setData(self.currentIndex(), "")
        else:
            super().keyPressEvent(event)

    def _wanted(self, column: AdviceColumn) -> int:
        theme = current_theme()
        model = self.model()
        words = model.header(column) if isinstance(model, AdviceTableModel) else ""
        header = round(text_width(words, theme.font(bold=True))) + theme.em(_HEADER_PAD)
        return max(theme.em(_WIDTHS[column]), header)

    def _leave_out(self) -> None:
        """Hide the least important columns until the name has room."""
        room = self.viewport().width() - current_theme().em(_NAME_WIDTH)
        wanted = sum(self._wanted(column) for column in _WIDTHS)
        for column in _GIVES_WAY:
            is_hidden = wanted > room
            self.setColumnHidden(column, is_hidden)
            wanted -= self._wanted(column) if is_hidden else 0

    @Slot(object)
    def _on_take_over(self, index: QModelIndex) -> None:
        model = self.model()
        sku = model.sku_at(index) if isinstance(model, AdviceTableModel) else None
        if isinstance(model, AdviceTableModel) and sku is not None:
            model.restore(sku)


class AdviceDelegate(CellDelegate):
    """Hands over each key as it is typed; Esc gives back what the cell held before."""

    def __init__(self, table: AdviceTable) -> None:
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
        if isinstance(model, AdviceTableModel):
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
        if isinstance(model, AdviceTableModel):
            if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache:
                model.take_back()
            model.close_cell()
