"""Columns that fit: each as wide as its title, the least important left out until the names have room."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView

from app.ui.look.theme import current_theme
from app.ui.pages.forecast.desk_table import ROW
from app.ui.widgets.painting import text_width
from app.ui.widgets.table_view import TableView

_NAME_WIDTH, _PAD = 11.0, 2.0


def fit_columns(
    table: TableView, least: Mapping[int, float], without: Iterable[int], gives_way: Iterable[int], name: int = 0
) -> int:
    """Give columns their widths (em at least) beside the stretching one of names, hide those in `without`.

    What `gives_way`, first to last, is left out where there is no room; returns what is free then, below 0 what lacks.
    """
    theme, header, model = current_theme(), table.horizontalHeader(), table.model()
    table.verticalHeader().setDefaultSectionSize(theme.em(ROW))
    header.setSectionResizeMode(name, QHeaderView.ResizeMode.Stretch)
    widths: dict[int, int] = {}
    for column, ems in least.items():
        title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        widths[column] = max(theme.em(ems), round(text_width(title, theme.font(bold=True))) + theme.em(_PAD))
        header.resizeSection(column, widths[column])
    hidden = set(without)
    free = table.viewport().width() - theme.em(_NAME_WIDTH)
    free -= sum(width for column, width in widths.items() if column not in hidden)
    for column in gives_way:
        if free < 0 and column not in hidden:
            hidden.add(column)
            free += widths[column]
    for column in (name, *least):
        table.setColumnHidden(column, column in hidden)
    return free
