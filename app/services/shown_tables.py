"""A table as it is shown, written as a file: CSV that spreadsheets open without questions, or XLSX."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from app.runtime.files import write_atomically

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_table(file: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write a table by the ending of the file and return how many rows it has; None is an empty cell.

    Raises OSError; what was there before stays where it fails.
    """
    held = [tuple(row) for row in rows]
    content = _workbook(header, held) if file.suffix.lower() == ".xlsx" else _text(header, held)
    write_atomically(file, content)
    return len(held)


def _text(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    for row in rows:
        writer.writerow(["" if value is None else _harmless(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _workbook(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - only who writes a sheet waits for it

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet()
        for column, words in enumerate(header):
            sheet.write_string(0, column, words, bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, int | float):
                    sheet.write_number(number, column, value)
                elif value is not None:
                    sheet.write_string(number, column, str(value))
        sheet.freeze_panes(1, 1)
    return content.getvalue()


def _harmless(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in _FORMULA_STARTS else value
