"""Opens a CSV (plain or gzipped) or XLSX file as a table: a header and chunks of text rows with their row numbers."""

import gzip
import io
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
    XmlError,
    ZipError,
    load_workbook,
)

from app.lists.csv_rows import CHUNK, Row, csv_chunks, sniff
from app.lists.probing import FileForm, probe
from app.lists.reasons import FileRefusedError, Reason

_SNIFFED_LINES = 20
_EXACT_DIGITS = 15  # what Excel keeps of a number
Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows that follow each other; `first` is the spreadsheet's number of the first one."""

    first: int
    rows: list[Row]
    done: int
    """How much of the file is read now, out of the table's `size`."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file open for reading, from its first row on; the caller finds the header among the first rows."""

    size: int
    chunks: Iterator[Chunk]


@contextmanager
def open_table(path: Path, encodings: Sequence[str]) -> Generator[Table]:
    """Open the file, whatever its suffix says, or raise FileRefusedError."""
    form = probe(path, encodings)
    if form.is_workbook:
        yield _open_workbook(path, form)
    else:
        with _open_text(path, form) as table:
            yield table


@contextmanager
def _open_text(path: Path, form: FileForm) -> Generator[Table]:
    with path.open("rb") as raw:
        size = raw.seek(0, io.SEEK_END)
        raw.seek(0)
        unpacked = gzip.GzipFile(fileobj=raw) if form.packed else raw
        with io.TextIOWrapper(unpacked, encoding=form.encoding, newline="") as text:
            delimiter, width = sniff(list(islice(text, _SNIFFED_LINES)))
            text.seek(0)
            yield Table(size, _numbered(csv_chunks(text, delimiter, width), raw.tell))


def _numbered(chunks: Iterable[list[Row]], position: Callable[[], int]) -> Iterator[Chunk]:
    first = 1
    for rows in chunks:
        yield Chunk(first, rows, position())
        first += len(rows)


def _open_workbook(path: Path, form: FileForm) -> Table:
    try:
        content = io.BytesIO(gzip.decompress(path.read_bytes())) if form.packed else str(path)
        sheet = _first_filled_sheet(load_workbook(content))
    except PasswordError as error:
        raise FileRefusedError(Reason.FILE_OLD_EXCEL) from error
    except (CalamineError, ZipError, XmlError, WorksheetNotFound) as error:
        raise FileRefusedError(Reason.FILE_BROKEN_WORKBOOK, str(error)) from error
    rows = ([cell_text(cell) for cell in cells] for cells in sheet.iter_rows())
    last = sheet.end[0] if sheet.end is not None else 0
    return Table(last + 2, _counted(_chunked(rows)))


def _first_filled_sheet(workbook: CalamineWorkbook) -> CalamineSheet:
    for place, sheet in enumerate(workbook.sheets_metadata):
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet:
            found = workbook.get_sheet_by_index(place)
            if found.end is not None:
                return found
    raise FileRefusedError(Reason.FILE_EMPTY)


def _chunked(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _counted(chunks: Iterable[list[Row]]) -> Iterator[Chunk]:
    first = 1
    for rows in chunks:
        yield Chunk(first, rows, first + len(rows))
        first += len(rows)


def cell_text(cell: Cell) -> str:
    """Write a workbook's cell as the text that a CSV file would have: dates as 2022-04-30, whole numbers without .0."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, timedelta):
        return str(cell)
    return cell.isoformat()


def _number_text(number: float) -> str:
    """Write the digits that Excel holds: 15 of them; a longer number is shown in the form that tells of the loss."""
    if abs(number) >= 10**_EXACT_DIGITS:
        return f"{number:.14E}"
    return f"{Decimal(f'{number:.{_EXACT_DIGITS}g}'):f}"
