"""The rows of the customer list as a table; rows that have not arrived are empty until they do."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from typing_extensions import override

from app.domain.reasons import LONG_UNVISITED_DAYS
from app.services.customer_list import CustomerRow, SortBy
from app.ui.look.formats import NO_VALUE, format_count, format_iso, weekday_name
from app.ui.look.translations import current_language
from app.ui.look.unit_words import UnitWords
from app.ui.pages.customers.customer_list_view_model import CustomerListViewModel, RowRange
from app.ui.widgets.table_cells import CELL_ROLE, Cell
from app.ui.widgets.tones import Tone

COLUMNS = (
    SortBy.NAME,
    SortBy.CODE,
    SortBy.CLASS,
    SortBy.ORDER_DAY,
    SortBy.LAST_VISIT,
    SortBy.LAST_ORDER,
    SortBy.QUANTITY,
)
_NUMBERS = frozenset({SortBy.QUANTITY})
_WAITING = Cell("…", is_muted=True)
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class _Line:
    """The cells of one row, made once when the row arrives."""

    cells: tuple[Cell, ...]
    row: CustomerRow


class CustomersTableModel(QAbstractTableModel):
    """Shows what the view-model has; knows the words of the columns."""

    def __init__(self, model: CustomerListViewModel) -> None:
        super().__init__(model)
        self._model = model
        self._keys: tuple[str, ...] = ()
        self._lines: dict[str, _Line] = {}
        self._titles: tuple[str, ...] = ()
        self._units = UnitWords()
        self.retranslate()
        model.changed.connect(self._on_changed)
        model.rows_arrived.connect(self._on_rows_arrived)

    def retranslate(self) -> None:
        """Word the columns and cells in the language now shown."""
        unit = self._units.of(self._model.overview.unit)
        self._titles = (
            self.tr("Customer"),
            self.tr("Code"),
            self.tr("Class"),
            self.tr("Order day"),
            self.tr("Last visit"),
            self.tr("Last order"),
            self.tr("Four weeks, %1").replace("%1", unit),
        )
        self._lines.clear()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self._keys:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._keys) - 1, len(COLUMNS) - 1))

    def customer(self, index: QModelIndex) -> CustomerRow | None:
        """Return the customer of a cell if its row is here."""
        return self._model.row(index.row()) if index.isValid() and index.row() < len(self._keys) else None

    def place_of(self, key: str) -> int | None:
        """Return the row of a key."""
        return self._keys.index(key) if key in self._keys else None

    def key_at(self, row: int) -> str | None:
        """Return the key of a row."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._keys)

    @override
    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and COLUMNS[section] in _NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in _ROLES or not index.isValid():
            return None
        line = self._line(index.row())
        cell = _WAITING if line is None else line.cells[index.column()]
        if role == CELL_ROLE:
            return cell
        return " ".join(part for part in (cell.text, *(chip for chip, _ in cell.chips), cell.second) if part)

    def _line(self, number: int) -> _Line | None:
        key = self._keys[number]
        line = self._lines.get(key)
        if line is None:
            row = self._model.row(number)
            if row is None:
                return None
            line = self._lines[key] = _Line(self._cells(row), row)
        return line

    def _cells(self, row: CustomerRow) -> tuple[Cell, ...]:
        today = self._model.today
        chips = ((row.class_code, Tone.GREY),) if row.class_code else ()
        return (
            Cell(row.name, second=row.address or "", is_strong=True),
            Cell(row.code, is_muted=True),
            Cell("" if chips else NO_VALUE, chips=chips, is_muted=True),
            Cell(self._weekday(row.order_weekday)),
            self._visit(row.last_visit, today),
            Cell(format_iso(row.last_order), second=self._ago(row.last_order, today), is_muted=row.last_order is None),
            Cell(format_count(row.quantity_4_weeks), is_number=True),
        )

    def _visit(self, day: date | None, today: date) -> Cell:
        if day is None:
            return Cell(self.tr("Never"), is_muted=True)
        is_late = (today - day).days >= LONG_UNVISITED_DAYS
        return Cell(format_iso(day), second=self._ago(day, today), tone=Tone.RED if is_late else None)

    def _ago(self, day: date | None, today: date) -> str:
        if day is None:
            return ""
        days = (today - day).days
        return self.tr("today") if days == 0 else self.tr("%n day(s) ago", "", days)

    def _weekday(self, number: int | None) -> str:
        return NO_VALUE if number is None else weekday_word(number)

    @Slot()
    def _on_changed(self) -> None:
        if self._keys != self._model.keys:
            self.beginResetModel()
            self._keys = self._model.keys
            self._lines.clear()
            self.endResetModel()
        self.retranslate()

    @Slot(object)
    def _on_rows_arrived(self, arrived: RowRange) -> None:
        last = min(arrived.last, len(self._keys) - 1)
        for key in self._keys[arrived.first : last + 1]:
            self._lines.pop(key, None)
        if last >= arrived.first:
            self.dataChanged.emit(self.index(arrived.first, 0), self.index(last, len(COLUMNS) - 1))


def weekday_word(number: int) -> str:
    """Return the short name of a weekday, Monday being 1."""
    return weekday_name(date(2024, 1, number), current_language())


_ROLES = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole), CELL_ROLE})
