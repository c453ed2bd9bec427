"""What a page shows, written as CSV or XLSX: numbers stay numbers, nothing becomes a formula."""

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.services.shown_tables import write_table

HEADER = ("名称", "条")
ROWS = [("江南(硬)", 1200), ("=1+1", None), ("+", 0.5)]


def test_a_csv_opens_in_chinese_and_holds_no_formula(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    assert write_table(file, HEADER, ROWS) == 3
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows == [["名称", "条"], ["江南(硬)", "1200"], ["'=1+1", ""], ["'+", "0.5"]]


def test_a_workbook_holds_numbers_as_numbers_and_words_as_words(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    write_table(file, HEADER, ROWS)
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    assert rows == [["名称", "条"], ["江南(硬)", 1200.0], ["=1+1", ""], ["+", 0.5]]


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("old")
    with pytest.raises(OSError, match=r"."):
        write_table(file / "within.csv", HEADER, ROWS)
    assert file.read_text() == "old"
