"""What a table of the forecast page shows, as the header and rows of a file: plain numbers, no dashes."""

from typing import Any

from app.ui.pages.forecast.desk_columns import Column
from app.ui.pages.forecast.desk_lines import Line
from app.ui.pages.forecast.desk_table_model import DeskTableModel
from app.ui.pages.forecast.kinds_table_model import Column as KindColumn
from app.ui.pages.forecast.kinds_table_model import KindsTableModel
from app.ui.pages.forecast.rows_table_model import RowsTableModel
from app.ui.pages.forecast.track_table_model import Column as TrackColumn
from app.ui.pages.forecast.track_table_model import TrackTableModel

Table = tuple[list[str], list[list[Any]]]


def desk_table_rows(model: DeskTableModel) -> Table:
    """Return every line shown but the sums, which a spreadsheet makes itself."""
    columns = [column for column in model.columns if column is not Column.RANGE]
    header = [model.title(column) for column in columns]
    code, *more = model.file_titles()
    header.insert(1, code)
    if Column.OWN in columns:
        header += more
    rows: list[list[Any]] = []
    for place, line in enumerate(model.lines):
        if line.is_sum:
            continue
        row = [_value(model, place, line, column) for column in columns]
        row.insert(1, line.code)
        rows.append(row + (_why(model, line) if Column.OWN in columns else []))
    return header, rows


def track_table_rows(model: TrackTableModel) -> Table:
    """Return every row shown."""
    rows: list[list[Any]] = []
    for row in model.rows:
        cause = "" if row.cause is None else model.cell(row, TrackColumn.CAUSE).text
        said = "" if row.cause is None else row.cause.note
        group = model.cell(row, TrackColumn.GROUP).text
        accuracy = None if row.accuracy is None else round(row.accuracy, 4)
        figures = [row.forecast, row.model_value, row.actual, row.difference, accuracy]
        rows.append([row.name, row.code, group, *figures, cause, said])
    return _header(model), rows


def kind_table_rows(model: KindsTableModel) -> Table:
    """Return every brand or shop shown."""
    rows: list[list[Any]] = []
    for row in model.rows:
        group, why = (model.cell(row, column).text for column in (KindColumn.GROUP, KindColumn.WHY))
        kind = model.cell(row, KindColumn.KIND).chips[0][0]
        figures = [None if one is None else round(one, 4) for one in (row.kinded.variation, row.kinded.error)]
        said = "" if row.said is None else row.said.note
        reason = model.cell(row, KindColumn.SAID).text
        rows.append([row.name, row.code, group, kind, why, *figures, round(row.monthly, 1), reason, said])
    return _header(model), rows


def _header(model: RowsTableModel[Any]) -> list[str]:
    code, note = model.file_titles()
    name, *others = (model.title(column) for column in model.columns)
    return [name, code, *others, note]


def _value(model: DeskTableModel, place: int, line: Line, column: Column) -> Any:
    error = line.error if model.is_shops else line.accuracy
    known = {
        Column.NAME: line.name,
        Column.LAST: line.last_month,
        Column.YEAR: line.last_year,
        Column.MODEL: line.model_value,
        Column.ERROR: None if error is None else round(error, 4),
        Column.OWN: None if line.correction is None else line.correction.value,
        Column.FINAL: line.final,
        Column.CHANGE: line.changed,
        Column.PLAN: line.plan,
        Column.ALLOWED: line.allowed,
    }
    if column in known:
        return known[column]
    if column is Column.KIND:
        return str(model.index(place, model.columns.index(column)).data() or "")
    figures = () if model.ahead is None else model.ahead(line)
    if column is Column.SUM:
        return sum(value for value, _ in figures)
    at = column.value
    return figures[at][0] if isinstance(at, int) and at < len(figures) else None


def _why(model: DeskTableModel, line: Line) -> list[Any]:
    low, high = (None if one is None else round(one, 1) for one in (line.low, line.high))
    errors = [None if one is None else round(one, 4) for one in (line.error, line.plain_error)]
    if line.correction is None:
        return [low, high, *errors, None, None, None]
    said = line.correction
    return [low, high, *errors, model.reason_words(said.reason), said.note, said.opportunity]
