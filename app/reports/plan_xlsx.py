"""《客户经理拜访计划表》 as a workbook: typed cells, one row a visit, the health of the plan on the second sheet."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

import xlsxwriter

from app.domain.planning.papers import PlanTableRow
from app.domain.planning.views import PlanHealth
from app.domain.text import Language, Text
from app.reports import plan_words as words
from app.runtime.files import write_atomically

_Value = str | int | float | date | time | None
_A4 = 9
_FORMATS: dict[type, dict[str, Any]] = {
    date: {"num_format": "yyyy-mm-dd"},
    time: {"num_format": "hh:mm"},
    float: {"num_format": "0.0"},
}
_WRAPPED = {"text_wrap": True, "valign": "top"}
_SHARE = {"num_format": "0.0%"}


@dataclass(frozen=True, slots=True)
class _Column:
    title: Text
    width: float
    """In characters."""
    value: Callable[[PlanTableRow, Language], _Value]
    """None or an empty text leaves the cell empty."""


def _match(row: PlanTableRow, language: Language) -> str:
    """Say whether a visit meets the order day; nothing where the shop has none or nobody goes."""
    if row.order_weekday is None or row.number is None:
        return ""
    return (words.YES if row.on_order_day else words.NO).of(language)


_COLUMNS = (
    _Column(words.DATE, 11, lambda row, _: row.day),
    _Column(words.WEEKDAY, 7, lambda row, language: words.weekday(row.day.isoweekday(), language)),
    _Column(words.LINE, 10, lambda row, _: row.line),
    _Column(words.NUMBER, 6, lambda row, _: row.number),
    _Column(words.CODE, 14, lambda row, _: row.code),
    _Column(words.NAME, 24, lambda row, _: row.name),
    _Column(words.TIER, 6, lambda row, _: row.tier),
    _Column(words.CLASS, 7, lambda row, _: row.class_code),
    _Column(words.ORDER_DAY, 8, lambda row, language: words.weekday(row.order_weekday, language)),
    _Column(words.LAST_VISIT, 11, lambda row, _: row.last_visit),
    _Column(words.VISIT_NO, 9, lambda row, _: row.visit_no),
    _Column(words.PURPOSE, 16, lambda row, language: words.several(row.purposes, language)),
    _Column(words.PROBLEM, 20, lambda row, _: row.problem),
    _Column(words.ITEMS, 16, lambda row, language: words.several(row.items, language)),
    _Column(words.TASKS, 20, lambda row, language: words.several(row.tasks, language)),
    _Column(words.TO_BRING, 20, lambda row, language: words.several(row.to_bring, language)),
    _Column(words.ARRIVAL, 9, lambda row, _: row.planned_at),
    _Column(words.MINUTES, 9, lambda row, _: row.minutes or None),
    _Column(words.KM, 9, lambda row, _: row.km),
    _Column(words.ON_ORDER_DAY, 9, _match),
    _Column(words.PRIORITY, 8, lambda row, _: row.cadence),
    _Column(words.DUE_BY, 11, lambda row, _: row.due_by),
    _Column(words.STATUS, 9, lambda row, _: row.status_words),
    _Column(words.REASON, 16, lambda row, _: row.reason),
    _Column(words.MOVED_TO, 11, lambda row, _: row.moved_to),
    _Column(words.RESULT, 24, lambda row, _: row.result),
    _Column(words.APPROVED, 12, lambda _row, _language: None),
)


def write_plan_xlsx(path: Path, rows: Sequence[PlanTableRow], health: PlanHealth, language: Language) -> None:
    """Write the workbook; what was there before stays where it fails (OSError)."""
    write_atomically(path, plan_xlsx(rows, health, language))


def plan_xlsx(rows: Sequence[PlanTableRow], health: PlanHealth, language: Language) -> bytes:
    """Return the workbook."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        _Writer(book, language).write(rows, health)
    return content.getvalue()


class _Writer:
    def __init__(self, book: Any, language: Language) -> None:
        self._book = book
        self._language = language
        head = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": "#EEF1F4"}
        self._head = book.add_format(head)
        self._plain = book.add_format(_WRAPPED)
        self._share = book.add_format({**_SHARE, "align": "right"})
        self._formats = {kind: book.add_format({**_WRAPPED, **look}) for kind, look in _FORMATS.items()}

    def write(self, rows: Sequence[PlanTableRow], health: PlanHealth) -> None:
        self._write_plan(rows)
        self._write_health(health)

    def _write_plan(self, rows: Sequence[PlanTableRow]) -> None:
        sheet = self._book.add_worksheet(words.SHEET.of(self._language))
        for number, column in enumerate(_COLUMNS):
            sheet.write_string(0, number, column.title.of(self._language), self._head)
            sheet.set_column(number, number, column.width)
        for line, row in enumerate(rows, 1):
            for number, column in enumerate(_COLUMNS):
                self._put(sheet, line, number, column.value(row, self._language))
        sheet.freeze_panes(1, [column.title for column in _COLUMNS].index(words.NAME) + 1)
        sheet.autofilter(0, 0, max(1, len(rows)), len(_COLUMNS) - 1)
        self._set_up_print(sheet)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, max(1, len(rows)), len(_COLUMNS) - 1)

    def _write_health(self, health: PlanHealth) -> None:
        sheet = self._book.add_worksheet(words.HEALTH.of(self._language))
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 14)
        sheet.write_string(0, 0, words.FIGURE.of(self._language), self._head)
        sheet.write_string(0, 1, words.VALUE.of(self._language), self._head)
        for line, (name, value) in enumerate(_figures(health, self._language), 1):
            sheet.write_string(line, 0, name, self._plain)
            if name == words.ON_ORDER_DAY.of(self._language) and value is not None:
                sheet.write_number(line, 1, value, self._share)
            else:
                self._put(sheet, line, 1, value)
        sheet.freeze_panes(1, 0)
        self._set_up_print(sheet)

    def _set_up_print(self, sheet: Any) -> None:
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L{words.INTERNAL.of(self._language)}&R&P / &N")

    def _put(self, sheet: Any, line: int, column: int, value: _Value) -> None:
        """Write a value by its kind; a text is never taken for a formula."""
        look = self._formats.get(type(value), self._plain)
        match value:
            case date() | time():
                sheet.write_datetime(line, column, value, look)
            case int() | float():
                sheet.write_number(line, column, value, look)
            case str() if value:
                sheet.write_string(line, column, value, look)
            case _:
                pass


def _figures(health: PlanHealth, language: Language) -> list[tuple[str, int | float | None]]:
    found: list[tuple[Text, int | float | None]] = [
        (words.SHOPS, health.shops),
        (words.VISITS_DUE, health.due),
        (words.VISITS_PLANNED, health.planned),
        (words.VISITS_DONE, health.done),
        (words.UNPLACED, health.unplaced),
        (words.ON_ORDER_DAY, health.order_day_match),
        (words.KM, health.km),
        (words.HOURS, health.hours),
        (words.FEWEST, health.fewest_stops),
        (words.MOST, health.most_stops),
    ]
    figures = [(name.of(language), value) for name, value in found]
    for one in health.cadence:
        for name, value in ((words.CADENCE, one.kept), (words.CADENCE_OF, one.shops)):
            figures.append((name.of(language).format(code=one.code, days=one.every_days), value))
    return figures
