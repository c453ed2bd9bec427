"""Brands or shops as a table: what the follow-up and the kinds have in common, whatever their columns are."""

from abc import abstractmethod
from collections.abc import Sequence
from enum import IntEnum
from typing import Any, ClassVar, Generic, Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.ui.widgets.table_cells import CELL_ROLE, Cell

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_AS_WORDS = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)})


class BrandOrShop(Protocol):
    """A row is about a brand, a shop, or one at the other."""

    @property
    def product_id(self) -> UUID | None:
        """The brand, None where the row is about a shop as a whole."""
        ...

    @property
    def customer_id(self) -> UUID | None:
        """The shop, None where the row is about a brand as a whole."""
        ...


_Row = TypeVar("_Row", bound=BrandOrShop)


class RowsTableModel(QAbstractTableModel, Generic[_Row]):
    """Shows rows; the same ones with other values are only drawn again, so that the place in the table stays."""

    columns: ClassVar[type[IntEnum]]
    numbers: ClassVar[frozenset[IntEnum]]
    """The columns of numbers stand at the right."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_shops = False
        self._rows: list[_Row] = []

    @abstractmethod
    def cell(self, row: _Row, column: Any) -> Cell:
        """Return what a column shows of a row."""

    @abstractmethod
    def title(self, column: Any) -> str:
        """Return the heading of a column."""

    def title_tip(self, column: Any) -> str:  # noqa: ARG002 - most headings say enough
        """Return what a heading tells when one stays on it."""
        return ""

    @abstractmethod
    def tip(self, row: _Row) -> str:
        """Return what a row tells when one stays on it."""

    @property
    def rows(self) -> Sequence[_Row]:
        """The rows shown."""
        return self._rows

    def show_rows(self, rows: Sequence[_Row], *, is_shops: bool) -> None:
        """Show other rows, or the same ones anew."""
        if is_shops == self.is_shops and [_key(row) for row in rows] == [_key(row) for row in self._rows]:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._rows, self.is_shops = list(rows), is_shops
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def row_at(self, place: int) -> _Row | None:
        """Return the row at a place."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, key: tuple[UUID | None, UUID | None]) -> int | None:
        """Return where the row of (brand, shop) stands."""
        return next((place for place, row in enumerate(self._rows) if _key(row) == key), None)

    def file_titles(self) -> tuple[str, str]:
        """Return what a file has beside the columns: code and note."""
        return self.tr("Code"), self.tr("Note")

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.title_tip(column)
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole and column in self.numbers else None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(row)
        if role != CELL_ROLE and role not in _AS_WORDS:
            return None
        cell = self.cell(row, self.columns(index.column()))
        if role == CELL_ROLE:
            return cell
        return " ".join(part for part in (cell.text, cell.aside, *(text for text, _ in cell.chips)) if part)


def _key(row: BrandOrShop) -> tuple[UUID | None, UUID | None]:
    return row.product_id, row.customer_id
