"""Bringing files in from the command line: counts, refused rows, mended files, what stops an import."""

import csv
import gzip
import os
import signal
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from app.services.imports import service
from tests.builders_files import Cell, a_csv, an_xlsx
from tests.cli.program import ORDERS, POSIX, PRODUCTS, STORES, Zoufang

ORDER_HEAD = ("order_date", "order_no", "line_no", "store_no", "item_no", "bottles", "sale_usd")
COUNTS = ("read", "added", "changed", "unchanged", "refused")


def good_line(number: int = 1, day: Cell = "2022-04-29") -> Sequence[Cell]:
    return (day, "7", number, "2228", "1799", 12, "197.88")


def counts(data: dict[str, object]) -> tuple[object, ...]:
    return tuple(data[name] for name in COUNTS)


def rows_in_store(zoufang: Zoufang) -> dict[str, int]:
    return zoufang("--json", "check").worked().data["rows"]


@pytest.mark.parametrize(("target", "file", "number"), [("customers", STORES, 249), ("products", PRODUCTS, 150)])
def test_the_same_file_again_changes_nothing(zoufang: Zoufang, target: str, file: Path, number: int) -> None:
    data = zoufang("--json", "import", target, file, "--profile", "iowa").worked().data
    assert counts(data) == (number, 0, 0, number, 0)
    assert (data["dry_run"], data["profile"]) == (False, f"iowa-{target}")


def test_all_order_lines_of_the_sample_territory_go_in_once(zoufang: Zoufang) -> None:
    with gzip.open(ORDERS, "rt", encoding="utf-8", newline="") as file:
        lines = sum(1 for _ in csv.reader(file)) - 1
    done = zoufang("import", "orders", ORDERS, "--profile", "iowa", lang="zh").worked()
    assert done.out == f"读 {lines}，新增 {lines}，改动 0，未变 0，拒收 0\n"
    assert rows_in_store(zoufang)["order_line"] == lines


def test_a_dry_run_says_what_would_happen_and_writes_nothing(zoufang: Zoufang, tmp_path: Path) -> None:
    file = a_csv(tmp_path / "o.csv", [ORDER_HEAD, good_line()])
    words = ("import", "orders", file, "--profile", "iowa", "--dry-run")
    tried = zoufang(*words).worked()
    assert tried.out == "dry run, nothing was written: read 1, added 1, changed 0, unchanged 0, refused 0\n"
    assert zoufang("--json", *words).worked().data["dry_run"] is True
    assert rows_in_store(zoufang)["order_line"] == 0


def test_added_changed_and_unchanged_are_told_apart(zoufang: Zoufang, tmp_path: Path) -> None:
    head = ("store_no", "name")
    old = a_csv(tmp_path / "old.csv", [head, ("A1", "Corner Shop"), ("A2", "Depot")])
    new = a_csv(tmp_path / "new.csv", [head, ("A1", "Corner Shop"), ("A2", "The Depot"), ("A3", "Mart")])
    assert counts(zoufang("--json", "import", "customers", old, "--profile", "iowa").data) == (2, 2, 0, 0, 0)
    assert counts(zoufang("--json", "import", "customers", new, "--profile", "iowa").data) == (3, 1, 1, 1, 0)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_refused_rows_are_told_with_row_column_value_and_reason(zoufang: Zoufang, tmp_path: Path, lang: str) -> None:
    rows = [ORDER_HEAD, good_line(), good_line(2, "29/04/2022"), ("2022-04-29", "8", 1, "nobody", "1799", "x", "1")]
    result = zoufang("--json", "import", "orders", a_csv(tmp_path / "o.csv", rows), "--profile", "iowa", lang=lang)
    assert result.code == 1
    assert counts(result.data) == (3, 1, 0, 0, 2)
    first, second = result.err.splitlines()
    words = {
        "en": ("row 3: order_date “29/04/2022”: Not a valid date", "row 4: ", "import customers first"),
        "zh": ("第 3 行: order_date“29/04/2022”：不是有效日期", "第 4 行: ", "请先导入客户"),
    }[lang]
    assert first.startswith(words[0])
    assert second.startswith(words[1])
    assert words[2] in second
    assert "bottles" in second  # everything wrong with a row is told at once


def test_more_than_twenty_refused_rows_are_counted_and_where_to_see_them_is_said(
    zoufang: Zoufang, tmp_path: Path
) -> None:
    rows = [ORDER_HEAD, *(good_line(number, "never") for number in range(1, 26))]
    result = zoufang("import", "orders", a_csv(tmp_path / "o.csv", rows), "--profile", "iowa")
    *lines, last = result.err.splitlines()
    assert (result.code, len(lines)) == (1, 20)
    assert "5 more" in last
    assert "--rejects" in last


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_refused_rows_are_saved_mended_and_imported_again(zoufang: Zoufang, tmp_path: Path, suffix: str) -> None:
    rejects = tmp_path / f"to mend{suffix}"
    file = a_csv(tmp_path / "o.csv", [ORDER_HEAD, good_line(), good_line(2, "29/04/2022")])
    words = ("--json", "import", "orders", file, "--profile", "iowa", "--rejects", rejects)
    assert counts(zoufang(*words).data) == (2, 1, 0, 0, 1)
    if suffix == ".csv":
        text = rejects.read_text("utf-8-sig")
        assert "Not a valid date" in text
        rejects.write_text(text.replace("29/04/2022", "2022-04-29"), "utf-8-sig")
    else:
        an_xlsx(rejects, [ORDER_HEAD, good_line(2, date(2022, 4, 29))])
    again = zoufang("--json", "import", "orders", rejects, "--profile", "iowa").worked()
    assert counts(again.data) == (1, 1, 0, 0, 0)
    assert rows_in_store(zoufang)["order_line"] == 2


def test_the_file_of_refused_rows_never_overwrites_the_imported_one(zoufang: Zoufang, tmp_path: Path) -> None:
    file = a_csv(tmp_path / "o.csv", [ORDER_HEAD, good_line(1, "never")])
    before = file.read_bytes()
    line = zoufang("import", "orders", file, "--profile", "iowa", "--rejects", file).refused_with(2)
    assert "overwritten" in line
    assert file.read_bytes() == before


def test_the_file_of_refused_rows_in_a_folder_that_is_missing_is_told_before_anything_is_written(
    zoufang: Zoufang, tmp_path: Path
) -> None:
    file = a_csv(tmp_path / "o.csv", [ORDER_HEAD, good_line()])
    rejects = tmp_path / "missing" / "r.csv"
    assert str(rejects.parent) in zoufang(
        "import", "orders", file, "--profile", "iowa", "--rejects", rejects
    ).refused_with(2)
    assert rows_in_store(zoufang)["order_line"] == 0


def test_gbk_bom_workbooks_and_excel_dates_are_read(zoufang: Zoufang, tmp_path: Path) -> None:
    head = ("客户编码", "企业名称")
    files = [
        a_csv(tmp_path / "gbk.csv", [head, ("G1", "老周食杂店")], encoding="gb18030"),
        a_csv(tmp_path / "bom.csv", [head, ("G2", "万家便利店")], encoding="utf-8-sig"),
        an_xlsx(tmp_path / "book.xlsx", [head, ("G3", "红星烟酒商行")]),
    ]
    for file in files:
        data = zoufang("--json", "import", "customers", file, "--profile", "zh-standard").worked().data
        assert counts(data) == (1, 1, 0, 0, 0)
    book = an_xlsx(tmp_path / "orders.xlsx", [ORDER_HEAD, good_line(1, date(2022, 4, 29))])
    assert counts(zoufang("--json", "import", "orders", book, "--profile", "iowa").worked().data) == (1, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.csv", None, "There is no such file"),
        ("empty.csv", b"", "empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        ("gbk.csv", "store_no,name\nA1,老周食杂店\n".encode("gbk"), "encoding"),
        ("other.csv", b"a,b\n1,2\n", "store_no"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xls"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_2_and_says_why(
    zoufang: Zoufang, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    line = zoufang("import", "customers", file, "--profile", "iowa").refused_with(2)
    assert str(file) in line
    assert words in line
    assert "没有任何改动" in zoufang("import", "customers", file, "--profile", "iowa", lang="zh").refused_with(2)


def test_a_folder_in_the_place_of_the_file_is_told(zoufang: Zoufang, tmp_path: Path) -> None:
    assert str(tmp_path) in zoufang("import", "customers", tmp_path, "--profile", "iowa").refused_with(2)


def test_a_profile_that_is_unknown_broken_or_for_another_target_ends_with_2(zoufang: Zoufang, tmp_path: Path) -> None:
    broken = tmp_path / "mine.toml"
    broken.write_text(
        'id = "mine"\ntarget = "customers"\nname = {zh = "我", en = "me"}\ncolour = 1\n[fields]\n', "utf-8"
    )
    for profile, words in (("ohio", "iowa-customers"), (str(broken), "colour"), ("iowa-orders", "orders")):
        assert words in zoufang("import", "customers", STORES, "--profile", profile).refused_with(2)


def test_a_profile_of_ones_own_is_taken_from_its_file(zoufang: Zoufang, tmp_path: Path) -> None:
    profile = tmp_path / "我的 方案.toml"
    profile.write_text(
        'id = "mine"\ntarget = "customers"\nname = {zh = "我", en = "me"}\n'
        '[fields]\ncust_code = {column = "no"}\ncust_name = {column = "shop"}\n',
        "utf-8-sig",
    )
    file = a_csv(tmp_path / "c.csv", [("no", "shop"), ("Z1", "Zed")])
    assert zoufang("--json", "import", "customers", file, "--profile", profile).worked().data["added"] == 1


def test_an_import_broken_off_leaves_nothing(zoufang: Zoufang, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(service.Imports, "_run", interrupt)
        assert "nothing half-done" in zoufang("import", "customers", STORES, "--profile", "iowa").refused_with(130)
    assert rows_in_store(zoufang)["customer"] == 249


@POSIX
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_an_import_and_takes_back_what_it_did(zoufang: Zoufang, tmp_path: Path, how: int) -> None:
    ours, theirs = os.openpty()
    rejects = tmp_path / "r.csv"
    words = ("import", "orders", ORDERS, "--profile", "iowa", "--rejects", rejects)
    seen = b""
    with zoufang.start(*words, stderr=theirs) as process:
        os.close(theirs)
        while b"%" not in seen:  # the first chunk is in
            seen += os.read(ours, 1000)
        process.send_signal(how)
        while b"Stopped" not in seen:
            seen += os.read(ours, 1000)
        out, _ = process.communicate(timeout=60)
    os.close(ours)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in seen
    assert list(tmp_path.glob("r.csv*")) == []
    assert rows_in_store(zoufang)["order_line"] == 0
