"""Targets as files: what stands, an empty form with the lists to choose from, and the rows that were refused."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.domain.text import Language
from app.headoffice.console.readings.targets import TargetLine
from app.headoffice.console.telling import load_once
from app.headoffice.console.words import say
from app.headoffice.target_values import Span, unit_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

COLUMNS = ("manager", "name", "territory", "period", "figure", "class", "sku", "target")
_WIDTHS = (12, 12, 10, 10, 22, 10, 14, 12)
_FORM_ROWS = 2_000
"""So many rows of the empty form offer the lists."""
Rows = Sequence[Sequence[str]]
CSV, XLSX = "csv", "xlsx"
KINDS = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Lists:
    """What a cell of a column may hold."""

    managers: Sequence[Any]
    """Rows with code, name and territory."""
    span: Span


def header(language: Language) -> list[str]:
    """Return the headings that the profile of targets knows."""
    return [say(language, f"target_file.{one}") for one in COLUMNS]


def rows_of(lines: Iterable[TargetLine], span: Span, language: Language) -> list[list[str]]:
    """Return targets as the rows of a list that can be mended and imported again."""
    enums, rows = load_once().enumerations, list[list[str]]()
    for line in lines:
        one = line.target
        kind, _, code = one.scope.partition(":")
        rows.append([
            one.manager, one.name, one.territory, str(span), enums.label("target_kpi", one.kpi).of(language),
            enums.label("price_class", code).of(language) if kind == "class" else "", code if kind == "sku" else "",
            f"{line.value.normalize():f}",
        ])  # fmt: skip
    return rows


def as_csv(rows: Rows) -> bytes:
    """Return rows as a file that spreadsheets open without questions."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Rows, lists: Lists | None = None, language: Language = Language.ZH) -> bytes:
    """Return rows as a workbook of text; with `lists` its cells offer what they may hold."""
    import xlsxwriter  # noqa: PLC0415 - only who wants a workbook waits for it

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as workbook:
        bold, text = workbook.add_format({"bold": True, "bottom": 1}), workbook.add_format({"num_format": "@"})
        sheet = workbook.add_worksheet(say(language, "target_file.sheet"))
        _write(sheet, rows, bold, text)
        if lists is not None:
            for column, width in enumerate(_WIDTHS):
                sheet.set_column(column, column, width, None if COLUMNS[column] == "target" else text)
            sheet.freeze_panes(1, 0)
            _offer(workbook.add_worksheet(say(language, "target_file.lists")), sheet, lists, language, bold)
    return made.getvalue()


def _write(sheet: "Worksheet", rows: Rows, bold: Any, text: Any) -> None:
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(at, column, cell, bold if at == 0 else text)


def _offer(second: "Worksheet", first: "Worksheet", lists: Lists, language: Language, bold: Any) -> None:
    """Write what may be chosen onto a second sheet, and let the cells of the first one offer it."""
    enums = load_once().enumerations
    kpis = [
        (one.name.of(language), say(language, f"target_unit.{unit_of(one.code)}"))
        for one in enums["target_kpi"].choices
    ]
    classes = [(one.name.of(language),) for one in enums["price_class"].choices]
    managers = [(row.code, row.name, row.territory) for row in lists.managers]
    name = second.get_name()
    place = 0
    for column, titles, rows in (
        ("manager", ("manager", "name", "territory"), managers), ("figure", ("figure", "unit"), kpis),
        ("class", ("class",), classes), ("period", ("period",), [(str(lists.span),)]),
    ):  # fmt: skip
        for at, title in enumerate(titles):
            second.write_string(0, place + at, say(language, f"target_file.{title}"), bold)
            second.set_column(place + at, place + at, 18)
        for number, row in enumerate(rows, 1):
            for at, cell in enumerate(row):
                second.write_string(number, place + at, cell)
        letter = chr(ord("A") + place)
        if rows:
            source = f"='{name}'!${letter}$2:${letter}${len(rows) + 1}"
            wanted = {"validate": "list", "source": source, "error_type": "warning"}
            number = COLUMNS.index(column)
            first.data_validation(1, number, _FORM_ROWS, number, wanted)
        place += len(titles) + 1
