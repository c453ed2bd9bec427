"""Brands or shops with their kind, what led to it in figures, and what the manager said."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.domain.forecast_process import ForecastRules, Steadiness
from app.services.forecast_views import KindRow
from app.ui.look.formats import format_number, format_percent
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.widgets.table_cells import CELL_ROLE, Cell
from app.ui.widgets.tones import Tone

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Column(IntEnum):
    """The columns."""

    NAME = 0
    GROUP = 1
    KIND = 2
    WHY = 3
    VARIATION = 4
    ERROR = 5
    MONTHLY = 6
    SAID = 7


_NUMBERS = frozenset({Column.VARIATION, Column.ERROR, Column.MONTHLY})


class KindsTableModel(QAbstractTableModel):
    """One row a brand or a shop."""

    def __init__(self, words: ForecastWords, rules: ForecastRules, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._rules = rules
        self.is_shops = False
        self._rows: list[KindRow] = []

    @property
    def rows(self) -> Sequence[KindRow]:
        """The rows shown."""
        return self._rows

    def show_rows(self, rows: Sequence[KindRow], *, is_shops: bool) -> None:
        """Show other rows; the same ones with other kinds are only drawn again."""
        if is_shops == self.is_shops and [_key(row) for row in rows] == [_key(row) for row in self._rows]:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self._rows, self.is_shops = list(rows), is_shops
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def row_at(self, place: int) -> KindRow | None:
        """Return the row at a place."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, key: object) -> int | None:
        """Return where the row of (brand, shop) stands."""
        return next((place for place, row in enumerate(self._rows) if _key(row) == key), None)

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
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._title_tip(column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._words.kind_tip(row.kinded, of_shop=self.is_shops)
        if role not in (CELL_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cell = self.cell(row, Column(index.column()))
        if role == CELL_ROLE:
            return cell
        return " ".join(part for part in (cell.text, cell.aside, *(text for text, _ in cell.chips)) if part)

    def file_titles(self) -> tuple[str, str]:
        """Return what a file has beside the columns: code and note."""
        return self.tr("Code"), self.tr("Note")

    def cell(self, row: KindRow, column: Column) -> Cell:  # noqa: PLR0911 - one branch a column
        """Return what a column shows of a row."""
        kinded, limits = row.kinded, self._limits()
        match column:
            case Column.NAME:
                return Cell(row.name, aside=row.code, is_strong=True)
            case Column.GROUP:
                return Cell(self._words.group(row.group) if row.group else "", is_muted=True)
            case Column.KIND:
                word = self._words.kind(kinded, of_shop=self.is_shops)
                return Cell(chips=((word, Tone.AMBER if kinded.kind is Steadiness.DIFFICULT else Tone.GREY),))
            case Column.WHY:
                return Cell(self._words.signs(kinded), is_muted=True)
            case Column.VARIATION | Column.ERROR:
                value = kinded.variation if column is Column.VARIATION else kinded.error
                over = value is not None and value > limits[column]
                return Cell(format_percent(value), is_number=True, is_muted=not over, is_strong=over)
            case Column.MONTHLY:
                return Cell(format_number(row.monthly, 0), is_number=True)
            case Column.SAID:
                said = row.said
                return Cell() if said is None else Cell(self._words.reason(said.reason), aside=said.note)

    def _limits(self) -> dict[Column, float]:
        rules = self._rules
        variation = rules.shop_variation if self.is_shops else rules.brand_variation
        error = rules.shop_error if self.is_shops else rules.brand_error
        return {Column.VARIATION: float(variation), Column.ERROR: float(error)}

    def _title(self, column: Column) -> str:
        return {
            Column.NAME: self.tr("Shop") if self.is_shops else self.tr("SKU"),
            Column.GROUP: self.tr("Class"),
            Column.KIND: self.tr("Kind"),
            Column.WHY: self.tr("Why"),
            Column.VARIATION: self.tr("Varies"),
            Column.ERROR: self.tr("Past error"),
            Column.MONTHLY: self.tr("A month"),
            Column.SAID: self.tr("Your reason"),
        }[column]

    def _title_tip(self, column: Column) -> str:
        months = str(self._rules.months)
        if column in (Column.VARIATION, Column.ERROR):
            words = (
                self.tr("Standard deviation ÷ mean of the last %1 whole months; above %2 it is not left to the model.")
                if column is Column.VARIATION
                else self.tr("WAPE of the last %1 one-month forecasts; above %2 it is not left to the model.")
            )
            return words.replace("%1", months).replace("%2", format_percent(self._limits()[column]))
        if column is Column.MONTHLY:
            return self.tr("Mean demand of the last twelve whole months")
        return ""


def _key(row: KindRow) -> object:
    return row.product_id, row.customer_id
