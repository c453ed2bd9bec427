"""Reading tables: encodings, delimiters, workbooks, packed files; what is no table is refused in words."""

import csv
import gzip
import random
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from app.lists.csv_rows import BrokenLine, csv_chunks
from app.lists.readers import open_table
from app.lists.reasons import FileRefusedError, Reason
from tests.builders_files import UTF8_OR_GB, a_csv, an_xlsx, csv_text, rows_of

HEADER = ["客户编码", "企业名称"]
ROW = ["HD3033", "仇家铺子，查𬘬䶮"]


def refused(path: Path) -> FileRefusedError:
    with pytest.raises(FileRefusedError) as caught:
        rows_of(path)
    assert caught.value.cause.text.zh
    assert "{}" not in caught.value.cause.text.zh + caught.value.cause.text.en
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("packed", [False, True])
def test_chinese_text_is_read_in_each_encoding_packed_or_not(tmp_path: Path, encoding: str, packed: bool) -> None:
    file = a_csv(tmp_path / "客户.csv", [HEADER, ROW], encoding=encoding, packed=packed)
    assert rows_of(file) == [(1, HEADER), (2, ROW)]


def test_gbk_as_excel_saves_it_is_read(tmp_path: Path) -> None:
    file = a_csv(tmp_path / "a.csv", [HEADER, ["1", "老周食杂店"]], encoding="gbk")
    assert rows_of(file)[1] == (2, ["1", "老周食杂店"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["a", "b", "c"], ["1,5", "x;y", "z"]]
    assert [row for _, row in rows_of(a_csv(tmp_path / "a.csv", rows, delimiter=delimiter))] == rows


def test_the_suffix_does_not_matter(tmp_path: Path) -> None:
    assert rows_of(an_xlsx(tmp_path / "a.csv", [HEADER, ROW])) == [(1, HEADER), (2, ROW)]
    assert rows_of(a_csv(tmp_path / "a.xlsx", [HEADER, ROW], packed=True)) == [(1, HEADER), (2, ROW)]


def test_a_workbook_gives_the_text_a_csv_file_would_have(tmp_path: Path) -> None:
    moment = datetime(2022, 4, 30, 16, 5)  # noqa: DTZ001 - a workbook knows no time zones
    cells = ["x", 12, 12.5, 0.1 + 0.2, date(2022, 4, 30), moment, True, 690102812345, 43012319900101123]
    file = an_xlsx(tmp_path / "a.xlsx", [cells])
    assert rows_of(file)[0][1] == [
        "x", "12", "12.5", "0.3", "2022-04-30", "2022-04-30 16:05:00", "TRUE", "690102812345", "4.30123199001011E+16",
    ]  # fmt: skip


def test_row_numbers_are_those_of_the_spreadsheet(tmp_path: Path) -> None:
    assert rows_of(an_xlsx(tmp_path / "a.xlsx", [HEADER, ["", ""], ROW], below=2)) == [(3, HEADER), (5, ROW)]
    (tmp_path / "b.csv").write_text('a,b\n\n"two\nlines",2\nx,y\n', encoding="utf-8")
    assert rows_of(tmp_path / "b.csv") == [(1, ["a", "b"]), (3, ["two\nlines", "2"]), (4, ["x", "y"])]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_all_line_endings_are_read(tmp_path: Path, ending: str) -> None:
    (tmp_path / "a.csv").write_bytes(ending.join(["a,b", "1,2", "3,4"]).encode())
    assert [row for _, row in rows_of(tmp_path / "a.csv")] == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_a_hidden_or_empty_first_sheet_is_passed_over(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet("空")
        hidden = book.add_worksheet("隐藏")
        hidden.write(0, 0, "wrong")
        hidden.hide()
        book.add_worksheet("数据").write(0, 0, "right")
    assert rows_of(tmp_path / "a.xlsx") == [(1, ["right"])]


def test_an_empty_file_and_an_empty_workbook_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(b""))
    for file in (tmp_path / "a.csv", tmp_path / "b.csv.gz", an_xlsx(tmp_path / "c.xlsx", [])):
        assert refused(file).cause.reason is Reason.FILE_EMPTY


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere.csv").cause.reason is Reason.FILE_MISSING
    assert refused(tmp_path).cause.reason is Reason.FILE_IS_FOLDER


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf_16_is_refused_in_words(tmp_path: Path, encoding: str) -> None:
    mark = b"" if encoding == "utf-16" else b"\xfe\xff"
    (tmp_path / "a.csv").write_bytes(mark + "客户编码\t企业名称\n".encode(encoding))
    error = refused(tmp_path / "a.csv")
    assert error.cause.reason is Reason.FILE_UTF16
    assert "UTF-16" in error.cause.text.zh


def test_nul_bytes_are_refused_wherever_they_stand(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(csv_text([HEADER, *[ROW] * 100_000]).encode() + b"\x00")
    assert refused(tmp_path / "a.csv").cause.reason is Reason.FILE_BINARY


@pytest.mark.parametrize("seed", range(3))
def test_ten_megabytes_of_garbage_are_refused(tmp_path: Path, seed: int) -> None:
    (tmp_path / "a.csv").write_bytes(random.Random(seed).randbytes(10_000_000))  # noqa: S311
    assert refused(tmp_path / "a.csv").cause.reason in {Reason.FILE_BINARY, Reason.FILE_ENCODING}


def test_garbage_without_control_bytes_is_refused_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("客户编码,名称\n1,好\n".encode("gb18030") + b"2,\xff\xff\n")
    error = refused(tmp_path / "a.csv")
    assert (error.cause.reason, error.cause.detail) == (Reason.FILE_ENCODING, "3")


def test_utf8_with_one_damaged_place_is_not_read_as_gbk_nonsense(tmp_path: Path) -> None:
    good = csv_text([HEADER, *[["HD1", "春晖文具烟酒商店铺"]] * 50]).encode()
    (tmp_path / "a.csv").write_bytes(good + b"HD2,\xe6\x98\xa5\xe6\n")
    error = refused(tmp_path / "a.csv")
    assert (error.cause.reason, error.cause.detail) == (Reason.FILE_ENCODING, "52")


def test_a_cut_gzip_file_is_refused(tmp_path: Path) -> None:
    file = a_csv(tmp_path / "a.csv.gz", [HEADER, *[[str(n), "店"] for n in range(5000)]], packed=True)
    file.write_bytes(file.read_bytes()[:-2000])
    assert refused(file).cause.reason is Reason.FILE_BROKEN_GZIP


def test_old_excel_and_broken_workbooks_are_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert refused(tmp_path / "a.xls").cause.reason is Reason.FILE_OLD_EXCEL
    file = an_xlsx(tmp_path / "b.xlsx", [HEADER, ROW])
    file.write_bytes(file.read_bytes()[:400])
    assert refused(file).cause.reason is Reason.FILE_BROKEN_WORKBOOK


def test_the_whole_file_is_counted_as_progress(tmp_path: Path) -> None:
    file = a_csv(tmp_path / "a.csv", [["a", "b"]] * 5000)
    with open_table(file, UTF8_OR_GB) as table:
        done = [chunk.done for chunk in table.chunks]
    assert done == sorted(done)
    assert done[-1] == table.size == file.stat().st_size


def broken_rows(lines: list[str], width: int = 3) -> list[tuple[int, list[str]]]:
    rows = [row for chunk in csv_chunks(lines, ",", width) for row in chunk]
    return [(number, list(row)) for number, row in enumerate(rows, 1) if isinstance(row, BrokenLine)]


@pytest.mark.parametrize("place", [0, 5, 1022, 1023, 1024, 3000, 4999])
@pytest.mark.parametrize("bad", ['"a,b,c', 'a,"b,c', 'a,"b"x,c'])
def test_a_broken_quote_costs_its_own_line_only(place: int, bad: str) -> None:
    lines = [f'{n},"x, {n}","two ""marks"""\r\n' for n in range(5000)]
    lines[place] = f"{bad}\r\n"
    rows = [row for chunk in csv_chunks(lines, ",", 3) for row in chunk]
    assert broken_rows(lines) == [(place + 1, [bad])]
    assert len(rows) == 5000
    assert [row[0] for n, row in enumerate(rows) if n != place] == [str(n) for n in range(5000) if n != place]


def test_a_cell_may_run_over_the_border_of_two_chunks() -> None:
    lines = [line for n in range(3000) for line in (f'{n},"first\r\n', f'second",{n}\r\n')]
    rows = [row for chunk in csv_chunks(lines, ",", 3) for row in chunk]
    assert rows == list(csv.reader(lines))


def test_a_file_of_broken_quotes_ends() -> None:
    assert len(broken_rows(['"a,b\n'] * 3000)) == 3000
