"""The table of the forecast: digits go into the own column wherever one is, Enter opens a SKU, a row of sums below."""

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget
from typing_extensions import override

from app.ui.look.theme import current_theme
from app.ui.pages.forecast.desk_columns import Column
from app.ui.pages.forecast.desk_lines import Key
from app.ui.pages.forecast.desk_table_model import DeskTableModel
from app.ui.widgets.painting import begin, text_width
from app.ui.widgets.table_cells import Cell, CellDelegate
from app.ui.widgets.table_view import TableView

ROW = 2.75
_WIDTHS = {
    Column.KIND: 4.8,
    Column.LAST: 4.8,
    Column.YEAR: 4.8,
    Column.MODEL: 4.8,
    Column.RANGE: 7.4,
    Column.ERROR: 4.8,
    Column.OWN: 5.6,
    Column.FINAL: 5.0,
    Column.CHANGE: 4.8,
    Column.PLAN: 5.0,
    Column.ALLOWED: 5.0,
    Column.SUM: 6.4,
}
_AHEAD_WIDTH = 5.4
_GIVES_WAY = (
    Column.ALLOWED, Column.PLAN, Column.CHANGE, Column.KIND, Column.YEAR, Column.RANGE, Column.ERROR, Column.LAST,
    Column.AHEAD_6, Column.AHEAD_5, Column.AHEAD_4,
)  # fmt: skip
"""What is left out where the window is narrow, first to last; the panel beside the table tells it too."""
_HEADER_PAD = 1.7
_NAME_WIDTH = 10.0


class DeskTable(TableView):
    """One line a row; the keyboard stands in the own column, whatever was clicked."""

    opened = Signal(object)
    """int: the row that Enter or a double click opened"""
    left = Signal()
    """Esc or Backspace: back to where one came from"""
    taken_back = Signal(object)
    """int: the row where Delete was pressed"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setItemDelegate(CellDelegate(self))
        self.setTabKeyNavigation(False)
        self._without: frozenset[Column] = frozenset()
        self._totals: dict[Column, str] = {}
        header = self.horizontalHeader()
        header.setSectionsClickable(True)

    @property
    def edit_column(self) -> int:
        """The place of the own column; the first one where there is none."""
        model = self._desk_model()
        return model.columns.index(Column.OWN) if Column.OWN in model.columns else 0

    def measure(self, without: frozenset[Column], totals: dict[Column, str]) -> None:
        """Give the columns their widths; those in `without` have nothing to show, `totals` must have room."""
        self._without, self._totals = without, totals
        header, model = self.horizontalHeader(), self._desk_model()
        self.verticalHeader().setDefaultSectionSize(current_theme().em(ROW))
        for place, column in enumerate(model.columns):
            is_name = column is Column.NAME
            mode = QHeaderView.ResizeMode.Stretch if is_name else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(place, mode)
            if not is_name:
                header.resizeSection(place, self._wanted(column))
        self._leave_out()

    def go_to(self, row: int) -> None:
        """Put the keyboard on the own figure of a row."""
        self.setCurrentIndex(self._desk_model().index(row, self.edit_column))

    @Slot(object)
    def stand_on(self, key: Key) -> None:
        """Go to a line, where it is shown; the keyboard stays where it is."""
        row = self._desk_model().row_of(key)
        if row is not None:
            self.go_to(row)

    def go_below(self) -> None:
        """Put the keyboard on the next line."""
        self._go_down(self.currentIndex())

    def first_row(self) -> int:
        """Return the first row that is a line; −1 without any."""
        return self._line_from(0, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._leave_out()
        super().resizeEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), event.key()
        is_typing = self.state() == QAbstractItemView.State.EditingState
        if is_typing or not index.isValid():
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(index.row())
        elif key == Qt.Key.Key_Delete:
            self.taken_back.emit(index.row())
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.currentIndex()
        if index.isValid() and index.column() != self.edit_column and not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(index.siblingAtColumn(self.edit_column))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        line = self._desk_model().line_at(index.row()) if index.isValid() else None
        if line is not None and not line.is_sum and not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.opened.emit(index.row())
        else:
            super().mouseDoubleClickEvent(event)

    @override
    def moveCursor(self, cursorAction: TableView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        action, index = TableView.CursorAction, self.currentIndex()
        if cursorAction in (action.MoveLeft, action.MoveRight) and index.isValid():
            return index
        ends = {action.MoveHome: 0, action.MoveEnd: self._desk_model().rowCount() - 1}
        row = ends.get(cursorAction, -1)
        if row < 0:
            row = super().moveCursor(cursorAction, modifiers).row()
        is_up = cursorAction in (action.MoveUp, action.MovePageUp, action.MovePrevious, action.MoveEnd)
        found = self._line_from(row, -1 if is_up else 1)
        if found < 0:
            found = self._line_from(row, 1 if is_up else -1)
        return self._desk_model().index(found, self.edit_column) if found >= 0 else index

    @override
    def _go_down(self, index: QModelIndex) -> None:
        below = self._line_from(index.row() + 1, 1)
        if below >= 0:
            self.go_to(below)

    def _line_from(self, row: int, step: int) -> int:
        """Return the first row from there on that is a line and no sum."""
        model = self._desk_model()
        while 0 <= row < model.rowCount():
            line = model.line_at(row)
            if line is not None and not line.is_sum:
                return row
            row += step
        return -1

    def _wanted(self, column: Column) -> int:
        theme, model = current_theme(), self._desk_model()
        words = str(model.headerData(model.columns.index(column), Qt.Orientation.Horizontal) or "")
        header = round(text_width(words, theme.font(bold=True))) + theme.em(_HEADER_PAD)
        total = round(text_width(self._totals.get(column, ""), theme.font(bold=True))) + 2 * theme.size("cell_pad")
        chip = 0
        if column is Column.KIND:
            widest = max(text_width(word, theme.font("small")) for word in model.kind_words())
            chip = round(widest) + theme.em(1.2) + 2 * theme.size("cell_pad")
        return max(theme.em(_WIDTHS.get(column, _AHEAD_WIDTH)), header, total + 2, chip)

    def _leave_out(self) -> None:
        """Hide the least important columns until the names have room."""
        model = self.model()
        if not isinstance(model, DeskTableModel):
            return
        room = self.viewport().width() - current_theme().em(_NAME_WIDTH)
        shown = [column for column in model.columns if column is not Column.NAME and column not in self._without]
        wanted = sum(self._wanted(column) for column in shown)
        hidden = {column for column in model.columns if column in self._without}
        for column in _GIVES_WAY:
            if wanted > room and column in shown:
                hidden.add(column)
                wanted -= self._wanted(column)
        for place, column in enumerate(model.columns):
            self.setColumnHidden(place, column in hidden)

    def _desk_model(self) -> DeskTableModel:
        model = self.model()
        if not isinstance(model, DeskTableModel):
            raise TypeError("the table shows lines of the desk")
        return model


class TotalsBar(QWidget):
    """The sum of what is shown, under the columns it adds up."""

    def __init__(self, table: DeskTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._delegate = CellDelegate(self)
        self._cells: tuple[Cell, ...] = ()
        self.setObjectName("deskTotals")
        header = table.horizontalHeader()
        header.sectionResized.connect(self._on_resized)
        header.geometriesChanged.connect(self.update)
        self.measure()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is written under each column."""
        return tuple(cell.text for cell in self._cells)

    def show_cells(self, cells: tuple[Cell, ...]) -> None:
        """Show other sums."""
        self._cells = cells
        self.setAccessibleName(" ".join(part for cell in cells for part in (cell.text, cell.aside) if part))
        self.update()

    def measure(self) -> None:
        """Be as high as a row."""
        self.setFixedHeight(current_theme().em(ROW) + 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter: QPainter = begin(self)
        painter.fillRect(self.rect(), theme.color("surface_alt"))
        painter.fillRect(0, 0, self.width(), max(1, theme.size("hairline")), theme.color("line_strong"))
        painter.end()
        header = self._table.horizontalHeader()
        painter = begin(self)
        for place, cell in enumerate(self._cells):
            if not header.isSectionHidden(place):
                left = header.sectionViewportPosition(place)
                box = QRect(left, 1, header.sectionSize(place), self.height() - 1)
                self._delegate.draw_cell(painter, box, cell)
        painter.end()

    @Slot(int, int, int)
    def _on_resized(self, _section: int, _before: int, _now: int) -> None:
        self.update()
