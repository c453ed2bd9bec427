"""Brands or shops with their kind, what led to it in figures, and what the manager said."""

from enum import IntEnum

from PySide6.QtCore import QObject
from typing_extensions import override

from app.domain.forecast_process import ForecastRules, Steadiness
from app.services.forecast_views import KindRow
from app.ui.look.formats import format_number, format_percent
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.pages.forecast.rows_table_model import RowsTableModel
from app.ui.widgets.table_cells import Cell
from app.ui.widgets.tones import Tone


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


class KindsTableModel(RowsTableModel[KindRow]):
    """One row a brand or a shop."""

    columns = Column
    numbers = frozenset({Column.VARIATION, Column.ERROR, Column.MONTHLY})

    def __init__(self, words: ForecastWords, rules: ForecastRules, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._rules = rules

    @override
    def tip(self, row: KindRow) -> str:
        return self._words.kind_tip(row.kinded, of_shop=self.is_shops)

    @override
    def cell(self, row: KindRow, column: Column) -> Cell:  # noqa: PLR0911 - one branch a column
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

    @override
    def title(self, column: Column) -> str:
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

    @override
    def title_tip(self, column: Column) -> str:
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
