"""A table in the house's style, in which Enter goes down, = takes over and Space ticks."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTableView,
    QWidget,
)
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.widgets.table_cells import CELL_ROLE, Cell, CellDelegate
from app.ui.widgets.typing_keeper import TypingKeeper

_NARROWEST = 9.0


class TableView(QTableView):
    """Give it a model that knows `CELL_ROLE`; fields with a box open for typing at the first key."""

    take_over_requested = Signal(object)
    """QModelIndex: = was pressed on this cell"""
    row_activated = Signal(object)
    """QModelIndex: Enter or a double click on a cell that is not edited"""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        self._stretched: int | None = None
        super().__init__(parent)
        self._typing = TypingKeeper(self)
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setWordWrap(False)
        self.setTabKeyNavigation(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        # Only rows in view are measured: with thousands of rows measuring all of them takes seconds.
        self.horizontalHeader().setResizeContentsPrecision(0)
        self.horizontalHeader().setMinimumSectionSize(current_theme().em(3))
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.viewport().setAutoFillBackground(False)
        self.set_two_lines(two_lines=False)

    @override
    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self._typing.watch(model)

    def set_two_lines(self, *, two_lines: bool) -> None:
        """Make rows high enough for cells of two lines, or of one."""
        self.verticalHeader().setDefaultSectionSize(current_theme().size("row_two_lines" if two_lines else "row"))

    def set_stretch(self, column: int, *fitted: int) -> None:
        """Let one column take the free room, and others be as wide as what they show."""
        header = self.horizontalHeader()
        for one in fitted:
            header.setSectionResizeMode(one, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        self._stretched = column
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        cell = index.data(CELL_ROLE) if index.isValid() else None
        key = event.key()
        if event.text() in ("=", "＝") and index.isValid():
            self.take_over_requested.emit(index)
        elif key == Qt.Key.Key_Space and isinstance(cell, Cell) and cell.is_checked is not None:
            self._tick(index, cell)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            if self.state() == QAbstractItemView.State.EditingState:
                event.accept()  # the editor is about to close, and closing goes down
            elif index.flags() & Qt.ItemFlag.ItemIsEditable:
                self._go_down(index)
            else:
                self.row_activated.emit(index)
        else:
            super().keyPressEvent(event)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        is_composing = self.state() == QAbstractItemView.State.EditingState
        super().inputMethodEvent(event)
        # What is composed Qt hands on. What comes at once, such as a full-width digit, opens the editor and is lost.
        editor = QApplication.focusWidget()
        if event.commitString() and not is_composing and isinstance(editor, QLineEdit) and self.isAncestorOf(editor):
            typed = QInputMethodEvent("", [])
            typed.setCommitString(event.commitString())
            QApplication.sendEvent(editor, typed)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        cell = index.data(CELL_ROLE) if index.isValid() else None
        if isinstance(cell, Cell) and cell.is_checked is not None:
            self._tick(index, cell)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.row_activated.emit(index)

    @override
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        index = self.currentIndex()
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._go_down(index)

    def _fit(self) -> None:
        # Qt's own stretch mode lets the column shrink to nothing; here the table scrolls instead.
        header = self.horizontalHeader()
        column = self._stretched
        if column is None or column >= header.count():
            return
        others = sum(
            header.sectionSize(i) for i in range(header.count()) if i != column and not header.isSectionHidden(i)
        )
        width = max(current_theme().em(_NARROWEST), self.viewport().width() - others)
        if width != header.sectionSize(column):
            header.resizeSection(column, width)

    def _go_down(self, index: QModelIndex) -> None:
        below = index.siblingAtRow(index.row() + 1)
        if below.isValid():
            self.setCurrentIndex(below)

    def _tick(self, index: QModelIndex, cell: Cell) -> None:
        state = Qt.CheckState.Unchecked if cell.is_checked else Qt.CheckState.Checked
        self.model().setData(index, state, Qt.ItemDataRole.CheckStateRole)
