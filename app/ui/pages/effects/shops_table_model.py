"""The shops behind a figure: the parts of the formula and the figure of each shop alone, sorted by any column."""

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from app.domain.kpi.effect import KpiLine
from app.domain.kpi.registry import AMOUNTS, PER_CARTON, Measure
from app.domain.kpi.tallies import Subject
from app.services.kpis import KpiMonth, ShopPart
from app.ui.look.formats import NO_VALUE, format_amount_round, format_number
from app.ui.look.unit_words import currency_sign
from app.ui.pages.effects.effect_words import EffectWords
from app.ui.widgets.table_cells import CELL_ROLE, Cell

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """The columns."""

    SHOP = 0
    UPPER = 1
    LOWER = 2
    VALUE = 3


_BY: dict[Column, Callable[[ShopPart], float | str | None]] = {
    Column.SHOP: lambda shop: shop.name,
    Column.UPPER: lambda shop: shop.numerator,
    Column.LOWER: lambda shop: shop.denominator,
    Column.VALUE: lambda shop: shop.value,
}


class ShopsTableModel(QAbstractTableModel):
    """One row a shop; what is not known comes last, whichever way it is sorted."""

    def __init__(self, words: EffectWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._line: KpiLine | None = None
        self._view: KpiMonth | None = None
        self._shops: tuple[ShopPart, ...] = ()
        self.sorted_by = Column.UPPER
        self.order = Qt.SortOrder.DescendingOrder

    def show_shops(self, line: KpiLine | None, view: KpiMonth | None, shops: tuple[ShopPart, ...]) -> None:
        """Show the shops behind another figure."""
        self.beginResetModel()
        self._line, self._view, self._shops = line, view, shops
        self._sort()
        self.endResetModel()

    def shop_at(self, row: int) -> ShopPart | None:
        """Return the shop of a row."""
        return self._shops[row] if 0 <= row < len(self._shops) else None

    @property
    def has_parts(self) -> bool:
        """Whether the figure of a shop is a quotient: then both parts and the figure are worth a column."""
        return any(shop.denominator is not None for shop in self._shops)

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self.sorted_by, self.order = Column(column), order
        self._sort()
        self.endResetModel()

    def cells(self) -> list[list[str]]:
        """Return what is shown as plain words, for a file."""
        return [[shop.code, shop.name, *(self._text(shop, one) for one in list(Column)[1:])] for shop in self._shops]

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shops)

    @override
    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(Column(section))
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole and section else None

    def title(self, column: Column) -> str:
        """Return the heading of a column."""
        upper, lower = ("", "") if self._line is None else self._words.parts(self._line)
        return {
            Column.SHOP: self.tr("Customer"),
            Column.UPPER: upper,
            Column.LOWER: lower,
            Column.VALUE: self.tr("Figure"),
        }[column]

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        shop, column = self._shops[index.row()], Column(index.column())
        if role == CELL_ROLE:
            if column is Column.SHOP:
                return Cell(shop.name)
            return Cell(self._text(shop, column), is_number=True, is_muted=_BY[column](shop) is None)
        if role == Qt.ItemDataRole.ToolTipRole and column is Column.SHOP:
            return f"{shop.name}\n{shop.code}"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{shop.name} {shop.code}" if column is Column.SHOP else self._text(shop, column)
        return None

    def _text(self, shop: ShopPart, column: Column) -> str:
        line, view = self._line, self._view
        if line is None or view is None:
            return ""
        if column is Column.VALUE:
            return self._words.number(shop.value, line.measure, view)
        value = shop.numerator if column is Column.UPPER else shop.denominator
        return self._part(value, line, view, is_upper=column is Column.UPPER)

    def _part(self, value: float | None, line: KpiLine, view: KpiMonth, *, is_upper: bool) -> str:
        if value is None:
            return NO_VALUE
        of_money = line.kpi in AMOUNTS or (line.kpi, line.subject) == ("F05", Subject.VALUE)
        per_carton = line.kpi in PER_CARTON or line.kpi == "F05"
        if of_money and (is_upper or not per_carton):
            return format_amount_round(round(value), currency_sign(view.currency))
        is_whole = float(value).is_integer() or line.measure is Measure.CARTONS
        return format_number(value, 0 if is_whole else 1)

    def _sort(self) -> None:
        by = _BY[self.sorted_by]
        known = [shop for shop in self._shops if by(shop) is not None]
        unknown = [shop for shop in self._shops if by(shop) is None]
        known.sort(key=lambda shop: (by(shop), shop.code), reverse=self.order is Qt.SortOrder.DescendingOrder)
        self._shops = (*known, *unknown)
