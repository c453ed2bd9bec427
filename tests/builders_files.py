"""Writes real CSV and XLSX files for the tests of the importer."""

import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from app.lists.csv_rows import Row
from app.lists.readers import open_table

Cell = str | int | float | bool | date | datetime | None
UTF8_OR_GB = ("utf-8", "gb18030")


def csv_text(rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def a_csv(
    path: Path, rows: Iterable[Sequence[object]], *, encoding: str = "utf-8", delimiter: str = ",", packed: bool = False
) -> Path:
    content = csv_text(rows, delimiter).encode(encoding)
    path.write_bytes(gzip.compress(content) if packed else content)
    return path


def an_xlsx(path: Path, rows: Iterable[Sequence[Cell]], *, below: int = 0) -> Path:
    """Write a workbook; true dates become cells with a date format, as Excel keeps them."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("数据")
        for number, row in enumerate(rows, below):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, column, cell)
    return path


def rows_of(path: Path, encodings: Sequence[str] = UTF8_OR_GB) -> list[tuple[int, Row]]:
    """Read a whole file: each row with its number, blank ones left out."""
    with open_table(path, encodings) as table:
        found = [(chunk.first + place, row) for chunk in table.chunks for place, row in enumerate(chunk.rows)]
    return [(number, row) for number, row in found if any(row)]
