"""Forecast against actual as a table: the largest misses first, with the cause that the manager gave."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.services.forecast_views import TrackRow
from app.ui.look.formats import format_count, format_percent, format_signed
from app.ui.look.kpi_tips import KpiTips
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.widgets.table_cells import CELL_ROLE, Cell
from app.ui.widgets.tones import Tone

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Column(IntEnum):
    """The columns."""

    NAME = 0
    GROUP = 1
    FORECAST = 2
    SYSTEM = 3
    ACTUAL = 4
    DIFFERENCE = 5
    ACCURACY = 6
    CAUSE = 7


_WORDS = frozenset({Column.NAME, Column.GROUP, Column.CAUSE})


class TrackTableModel(QAbstractTableModel):
    """Shows rows of the follow-up."""

    def __init__(self, words: ForecastWords, tips: KpiTips, target: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._tips = tips
        self._target = target
        self.is_shops = False
        self._rows: list[TrackRow] = []

    @property
    def rows(self) -> Sequence[TrackRow]:
        """The rows shown."""
        return self._rows

    def show_rows(self, rows: Sequence[TrackRow], *, is_shops: bool) -> None:
        """Show other rows; the same ones with other causes are only drawn again."""
        same = [_key(row) for row in rows] == [_key(row) for row in self._rows] and is_shops == self.is_shops
        if same:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self._rows, self.is_shops = list(rows), is_shops
        self.endResetModel()

    def row_at(self, row: int) -> TrackRow | None:
        """Return the row at a place."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def place_of(self, wanted: TrackRow) -> int | None:
        """Return where a row stands."""
        return next((place for place, row in enumerate(self._rows) if _key(row) == _key(wanted)), None)

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(column)
        if role == Qt.ItemDataRole.ToolTipRole and column is Column.ACCURACY:
            return self._tips.of("F03")
        if role == Qt.ItemDataRole.TextAlignmentRole and column not in _WORDS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index.row())
        if row is None or role not in _ROLES:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return "" if row.cause is None else row.cause.note
        cell = self.cell(row, Column(index.column()))
        if role == CELL_ROLE:
            return cell
        return " ".join(part for part in (cell.text, cell.aside, *(text for text, _ in cell.chips)) if part)

    def file_titles(self) -> tuple[str, str]:
        """Return what a file has beside the columns: code and note."""
        return self.tr("Code"), self.tr("Note")

    def cell(self, row: TrackRow, column: Column) -> Cell:  # noqa: PLR0911 - one branch a column
        """Return what a column shows of a row."""
        match column:
            case Column.NAME:
                return Cell(row.name, aside=row.code, is_strong=True)
            case Column.GROUP:
                return Cell(self._words.group(row.group) if row.group else "", is_muted=True)
            case Column.FORECAST:
                return Cell(format_count(row.forecast), is_number=True)
            case Column.SYSTEM:
                return Cell(format_count(row.model_value), is_number=True, is_muted=True)
            case Column.ACTUAL:
                return Cell(format_count(row.actual), is_number=True, is_strong=True)
            case Column.DIFFERENCE:
                return Cell(format_signed(row.difference), is_number=True)
            case Column.ACCURACY:
                low = row.accuracy is not None and row.accuracy < self._target
                tone = Tone.AMBER if low and row.stands_out else None
                return Cell(format_percent(row.accuracy), is_number=True, tone=tone, is_muted=row.accuracy is None)
            case Column.CAUSE:
                return self._cause(row)

    def _cause(self, row: TrackRow) -> Cell:
        if row.cause is not None:
            return Cell(self._words.cause(row.cause.code), aside=row.cause.note)
        return Cell(chips=((self.tr("Why?"), Tone.AMBER),)) if row.stands_out else Cell()

    def _title(self, column: Column) -> str:
        return {
            Column.NAME: self.tr("Shop") if self.is_shops else self.tr("SKU"),
            Column.GROUP: self.tr("Class"),
            Column.FORECAST: self.tr("Forecast F"),
            Column.SYSTEM: self.tr("System"),
            Column.ACTUAL: self.tr("Came D"),
            Column.DIFFERENCE: self.tr("F − D"),
            Column.ACCURACY: self.tr("Accuracy"),
            Column.CAUSE: self.tr("Cause"),
        }[column]


def _key(row: TrackRow) -> object:
    return row.product_id, row.customer_id


_ROLES = frozenset({
    int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ToolTipRole),
    CELL_ROLE,
})  # fmt: skip
