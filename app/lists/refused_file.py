"""Writes the refused rows as a table that a person can mend and import again: the same columns, and the reasons."""

import csv
import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from app.domain.text import Language, Text
from app.lists.answered import OUR_TITLES, REASON_TITLE, ROW_TITLE, problem_words
from app.lists.mapping import heading
from app.lists.reasons import FileRefusedError, Reason, RefusedRow

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LAST_SHEET_ROW = 1_048_576
_BETWEEN = Text("；", "; ")


class RowSink(Protocol):
    """Somewhere rows of text go."""

    def add(self, row: Sequence[str]) -> None:
        """Add one row."""
        ...


class RefusedFile:
    """Receives the refused rows one by one; the caller tells the file's header first."""

    def __init__(self, sink: RowSink, language: Language) -> None:
        self._sink = sink
        self._language = language
        self._kept: tuple[int, ...] = ()
        self.count = 0

    def begin(self, header: Sequence[str]) -> None:
        """Write the header: the file's own, without reasons of an earlier round, and ours."""
        self._kept = tuple(place for place, title in enumerate(header) if heading(title) not in OUR_TITLES)
        titles = (ROW_TITLE.of(self._language), REASON_TITLE.of(self._language))
        self._sink.add([*(header[place] for place in self._kept), *titles])

    def add(self, row: RefusedRow) -> None:
        """Write one refused row."""
        cells = [row.cells[place] if place < len(row.cells) else "" for place in self._kept]
        self._sink.add([*cells, str(row.row_number), reasons_in_words(row, self._language)])
        self.count += 1


def reasons_in_words(row: RefusedRow, language: Language) -> str:
    """Return everything that is wrong with a row as one line of text."""
    return _BETWEEN.of(language).join(problem_words(problem, language) for problem in row.problems)


@contextmanager
def refused_file(path: Path, language: Language) -> Generator[RefusedFile]:
    """Open a file for refused rows, XLSX or CSV by its suffix; it appears only when all went well and it has rows."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with _sheet(beside) if path.suffix.lower() == ".xlsx" else _text_file(beside) as sink:
            file = RefusedFile(sink, language)
            yield file
        if file.count:
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _text_file(path: Path) -> Generator[RowSink]:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        yield _CsvSink(file)


@contextmanager
def _sheet(path: Path) -> Generator[RowSink]:
    import xlsxwriter  # noqa: PLC0415 - only who writes a sheet waits for it

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": path.parent}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        yield _SheetSink(workbook.add_worksheet())


class _CsvSink:
    def __init__(self, file: IO[str]) -> None:
        self._writer = csv.writer(file)

    def add(self, row: Sequence[str]) -> None:
        self._writer.writerow(row)


class _SheetSink:
    def __init__(self, sheet: "Worksheet") -> None:
        self._sheet = sheet
        self._row = 0

    def add(self, row: Sequence[str]) -> None:
        if self._row >= _LAST_SHEET_ROW:
            raise FileRefusedError(Reason.SHEET_FULL)
        for column, text in enumerate(row):
            self._sheet.write_string(self._row, column, text)
        self._row += 1
