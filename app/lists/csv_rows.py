"""Splits lines of text into rows of cells so that one line with a broken quote costs that line only.

A csv reader alone lets a stray quotation mark swallow every line up to the next one. Lines are therefore taken in
chunks; a record that cannot be closed, or that runs over several lines and has the wrong width, gives up its first line
as a `BrokenLine`, and reading goes on with the line after it.
"""

import csv
from collections.abc import Iterable, Iterator
from itertools import islice

CHUNK = 1024  # rows; larger ones are slower, since they leave the processor cache
_DELIMITERS = ",;\t"
_LONGEST_RECORD = 64
"""Lines that one record may run over."""

Row = list[str]


class BrokenLine(list[str]):
    """A line whose cells cannot be told apart; holds the whole line as its only cell."""


def sniff(first_lines: list[str]) -> tuple[str, int]:
    """Return the delimiter that splits the first lines into the most cells, and how many those are."""
    return max(((mark, _width(first_lines, mark)) for mark in _DELIMITERS), key=lambda found: found[1])


def _width(lines: list[str], delimiter: str) -> int:
    return max((len(row) for row in csv.reader(lines, delimiter=delimiter)), default=0)


def csv_chunks(lines: Iterable[str], delimiter: str, width: int) -> Iterator[list[Row]]:
    """Yield the rows in chunks; a blank line is an empty row, so that row numbers stay true."""
    source = iter(lines)
    rest: list[str] = []
    while True:
        fresh = list(islice(source, CHUNK))
        rows, rest = _split(rest + fresh, delimiter, width, final=not fresh)
        if rows:
            yield rows
        if not fresh:
            return


def _split(lines: list[str], delimiter: str, width: int, *, final: bool) -> tuple[list[Row], list[str]]:
    """Return the rows, and the lines at the end that may be the start of a longer record."""
    rows: list[Row] = []
    start = 0
    while start < len(lines):
        used = 0
        reader = csv.reader(lines[start:], delimiter=delimiter, strict=True)
        try:
            for row in reader:
                if reader.line_num - used > 1 and _is_run_on(row, reader.line_num - used, width):
                    break
                used = reader.line_num
                rows.append(row)
            else:
                return rows, []
        except csv.Error:
            waiting = len(lines) - start - used
            if not final and waiting < _LONGEST_RECORD and reader.line_num == len(lines) - start:
                return rows, lines[start + used :]
        start += used
        rows.append(BrokenLine([lines[start].rstrip("\r\n")]))
        start += 1
    return rows, []


def _is_run_on(row: Row, lines: int, width: int) -> bool:
    return lines > _LONGEST_RECORD or len(row) != width
