"""Stands at the forecast page as a manager does: types, looks, takes back."""

from PySide6.QtCore import Qt

from app.services.forecast_views import DeskView
from app.ui.pages.forecast.desk_columns import Column
from app.ui.pages.forecast.desk_lines import Line
from app.ui.pages.forecast.desk_reading import Stage
from app.ui.pages.forecast.desk_table import DeskTable, TotalsBar
from app.ui.pages.forecast.forecast_page import ForecastPage
from app.ui.widgets.table_cells import CELL_ROLE, Cell
from tests.real_program import Program


class Desk:
    """A manager at the forecast page."""

    def __init__(self, program: Program) -> None:
        self.program = program
        page = program.go("forecast")
        assert isinstance(page, ForecastPage)
        self.page = page
        program.wait(lambda: page.model.stage is Stage.READY, "the forecast", 60)
        page.show_desk()
        if page.model.product is not None:
            page.model.close_sku()
        program.rest()
        page.desk.focus_table()

    @property
    def table(self) -> DeskTable:
        return self.program.find(DeskTable, "deskTable")

    @property
    def view(self) -> DeskView:
        view = self.page.model.view
        assert view is not None
        return view

    def line(self, row: int) -> Line:
        """Return the nth line that is no sum."""
        return self.lines[row]

    @property
    def lines(self) -> list[Line]:
        return [line for line in self.page.desk.rows.lines if not line.is_sum]

    @property
    def sums(self) -> list[Line]:
        return [line for line in self.page.desk.rows.lines if line.is_sum]

    @property
    def totals(self) -> dict[Column, str]:
        bar = self.program.find(TotalsBar, "deskTotals")
        return dict(zip(self.page.desk.rows.columns, bar.texts, strict=True))

    def stand_on(self, row: int) -> Line:
        line = self.line(row)
        place = self.page.desk.rows.row_of(line.key)
        assert place is not None
        self.table.go_to(place)
        self.table.setFocus()
        return line

    def cell(self, line: Line, column: Column) -> Cell:
        rows = self.page.desk.rows
        place = rows.row_of(line.key)
        assert place is not None
        cell = rows.index(place, rows.columns.index(column)).data(CELL_ROLE)
        assert isinstance(cell, Cell)
        return cell

    def stands_on(self) -> Line:
        line = self.page.desk.rows.line_at(self.table.currentIndex().row())
        assert line is not None
        return line

    def type(self, text: str) -> None:
        self.program.type(text)
        self.program.key(Qt.Key.Key_Return)
        self.program.rest()

    def same(self, line: Line) -> Line:
        """Return a line as it is now."""
        return next(one for one in self.lines if one.key == line.key)

    def take_all_back(self) -> None:
        for row, line in enumerate(self.lines):
            if line.correction is not None:
                self.stand_on(row)
                self.program.key(Qt.Key.Key_Delete)
                self.program.rest()
