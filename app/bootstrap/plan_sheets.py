"""Writes the papers of the plan: the month or the day as it is stored, into a file that the person chose."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.text import Language
from app.runtime.files import write_atomically
from app.ui.pages.plan.sheet_exports import Sheet

if TYPE_CHECKING:
    from app.bootstrap.application import Application

# What draws a paper is imported when one is wanted.
# ruff: noqa: PLC0415


class PlanSheets:
    """Reads the store and draws; called away from the window."""

    def __init__(self, application: "Application") -> None:
        self._application = application

    def write(self, sheet: Sheet, day: date, language: Language, path: Path) -> None:
        """Write a paper of the month or the day of a date. Raises OSError where the file cannot be written."""
        if sheet is Sheet.TABLE_XLSX:
            self._write_table(day, language, path)
        else:
            write_atomically(path, self._drawn(sheet, day, language))

    def _write_table(self, day: date, language: Language, path: Path) -> None:
        from app.reports.plan_xlsx import write_plan_xlsx

        app = self._application
        table = app.plan_papers.table(app.plans.month(day), language)
        write_plan_xlsx(path, table.rows, table.health, language)

    def _drawn(self, sheet: Sheet, day: date, language: Language) -> bytes:
        from app.reports.day_sheets_pdf import day_sheets_pdf
        from app.reports.plan_calendar import plan_calendar
        from app.reports.plan_pdf import plan_pdf
        from app.reports.visit_forms_pdf import visit_forms_pdf

        app = self._application
        view, papers = app.plans.month(day), app.plan_papers
        if sheet is Sheet.DAY_SHEET:
            return day_sheets_pdf(papers.table(view, language, (day,)))
        if sheet is Sheet.FORMS:
            return visit_forms_pdf(papers.forms(view, day, language), language)
        table = papers.table(view, language)
        return plan_pdf(table) if sheet is Sheet.TABLE_PDF else plan_calendar(table, app.clock.now())
