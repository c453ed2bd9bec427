"""Forecast against actual as a table: the largest misses first, with the cause that the manager gave."""

from enum import IntEnum

from PySide6.QtCore import QObject
from typing_extensions import override

from app.services.forecast_views import TrackRow
from app.ui.look.formats import format_count, format_percent, format_signed
from app.ui.look.kpi_tips import KpiTips
from app.ui.pages.forecast.forecast_words import ForecastWords
from app.ui.pages.forecast.rows_table_model import RowsTableModel
from app.ui.widgets.table_cells import Cell
from app.ui.widgets.tones import Tone


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


class TrackTableModel(RowsTableModel[TrackRow]):
    """Shows rows of the follow-up."""

    columns = Column
    numbers = frozenset(Column) - {Column.NAME, Column.GROUP, Column.CAUSE}

    def __init__(self, words: ForecastWords, tips: KpiTips, target: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._tips = tips
        self._target = target

    @override
    def tip(self, row: TrackRow) -> str:
        return "" if row.cause is None else row.cause.note

    @override
    def title_tip(self, column: Column) -> str:
        return self._tips.of("F03") if column is Column.ACCURACY else ""

    @override
    def cell(self, row: TrackRow, column: Column) -> Cell:  # noqa: PLR0911 - one branch a column
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

    @override
    def title(self, column: Column) -> str:
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
