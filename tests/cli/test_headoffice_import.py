"""`zoufang headoffice import`: what whoever brings a list in reads, in both languages."""

import csv
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.program import PRODUCTS, SAMPLE_DATA, STORES, Zoufang

PRACTICE = SAMPLE_DATA / "zh_practice"
ZH = ("--profile", "zh-standard")


@pytest.fixture
def office(nothing: Zoufang) -> Zoufang:
    """Give the program on a fresh head office with the manager of the practice territory."""
    nothing("headoffice", "init").worked()
    nothing("headoffice", "add-manager", "JL0307", "王芳", "--territory", "T1").worked()
    return nothing


@pytest.fixture
def filled(office: Zoufang, tmp_path: Path) -> Zoufang:
    """Give a head office with two customers and a product."""
    customers, products = tmp_path / "c.csv", tmp_path / "p.csv"
    customers.write_text("客户编码,企业名称\nC1,红星商店\nC2,蓝天超市\n", encoding="utf-8")
    products.write_text("品规编码,品规名称,批发价\nS1,红双喜,85.50\n", encoding="utf-8")
    office("headoffice", "import", "customers", customers, *ZH, "--territory", "T1").worked()
    office("headoffice", "import", "products", products, *ZH).worked()
    return office


def asked(office: Zoufang, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(office.folder.root / "headoffice.db")) as database:
        return database.execute(query).fetchall()


def test_the_sample_lists_come_in_twice_without_a_change(office: Zoufang) -> None:
    for target, file in (("customers", STORES), ("products", PRODUCTS)):
        words = ("headoffice", "import", target, file, "--profile", "iowa", "--territory", "T1", "--json")
        first, second = office(*words).data, office(*words).data
        assert first["read"] == first["added"] > 100
        assert (second["unchanged"], second["added"], second["changed"]) == (first["read"], 0, 0)


def test_every_practice_file_goes_in_without_a_word(office: Zoufang) -> None:
    for target in ("customers", "products", "allocations", "tasks"):
        words = ("headoffice", "import", target, PRACTICE / f"{target}.csv", *ZH, "--territory", "T1", "--json")
        told = office(*words).worked().data
        assert told["added"] == told["read"] > 0
    assert asked(office, "SELECT DISTINCT manager, assigned_by FROM task ORDER BY 2") == [
        ("JL0307", "客服 何员（练习）"), ("JL0307", "市场部 林主任（练习）"),
    ]  # fmt: skip


def test_bad_rows_are_told_as_excel_shows_them_and_can_be_mended(filled: Zoufang, tmp_path: Path) -> None:
    file, rejects = tmp_path / "orders.csv", tmp_path / "mend.csv"
    file.write_bytes(
        "订单号,行号,订货日期,客户编码,品规编码,订购量,金额\n"
        "O1,1,2026/3/1,C1,S1,5,427.50\n"
        "O2,1,2026/3/1,C9,S1,五,1\n".encode("gb18030")
    )
    words = ("headoffice", "import", "orders", file, *ZH, "--rejects", rejects)
    told = filled(*words, lang="zh")
    assert (told.code, told.out.strip()) == (1, "读 2 行，拒收 1 行；订单：新增 1，改动 0，未变 0")
    assert told.err.strip() == "第 3 行: 订购量“五”：不是数字"
    with rejects.open(encoding="utf-8-sig", newline="") as saved:
        [row] = csv.DictReader(saved)
    assert (row["原行号"], row["拒绝原因"]) == ("3", "订购量“五”：不是数字")
    rejects.write_text(rejects.read_text(encoding="utf-8-sig").replace("五", "5", 1), encoding="utf-8")
    told = filled("headoffice", "import", "orders", rejects, *ZH)
    assert (told.code, told.err.strip()) == (
        1,
        "row 2: 客户编码 “C9”: No customer has this code; import customers first",
    )
    assert asked(filled, "SELECT order_no, qty, amount FROM purchase_order") == [("O1", 5, 42750)]


def test_what_was_left_out_and_who_gets_nothing_is_told(office: Zoufang, tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text("客户编码,企业名称,营销线,心情\nC1,红星商店,河东三线,好\n", encoding="utf-8")
    told = office("headoffice", "import", "customers", file, *ZH, "--json")
    assert told.code == 0
    assert (told.data["columns_not_read"], told.data["territories_without_manager"]) == (["心情"], ["河东三线"])
    assert "心情" in told.err
    assert "No manager has territory 河东三线" in told.err


def test_a_dry_run_changes_nothing(office: Zoufang) -> None:
    words = ("headoffice", "import", "products", PRACTICE / "products.csv", *ZH)
    told = office(*words, "--dry-run", lang="zh").worked()
    assert told.out.strip() == "试运行，没有写入：读 40 行，拒收 0 行；品规：新增 40，改动 0，未变 0"
    assert asked(office, "SELECT count(*) FROM product") == [(0,)]
    assert asked(office, "SELECT count(*) FROM audit_log WHERE deed = 'import'") == [(0,)]


def test_tasks_name_the_office_or_a_person_of_it_and_never_an_account_of_the_machine(
    filled: Zoufang, tmp_path: Path
) -> None:
    password = tmp_path / "password"
    password.write_text("a long enough password\n", encoding="utf-8")
    filled("headoffice", "add-office-user", "林主任", "--role", "clerk", "--password-file", password).worked()
    for title, more, lang in (("A", (), "zh"), ("B", (), "en"), ("C", ("--as", "林主任"), "zh")):
        file = tmp_path / f"{title}.csv"
        file.write_text(f"客户编码,任务,截止日期\nC1,{title},2026年3月9日\n", encoding="utf-8")
        filled("headoffice", "import", "tasks", file, *ZH, *more, lang=lang).worked()
    assert asked(filled, "SELECT title, assigned_by, due_on FROM task ORDER BY title") == [
        ("A", "总部", "2026-03-09"), ("B", "Head office", "2026-03-09"), ("C", "林主任", "2026-03-09"),
    ]  # fmt: skip
    entries = filled("headoffice", "audit", "--json").worked().data["entries"]
    by = [(entry["actor"][:4], entry["detail"].get("as")) for entry in entries if entry["subject"] == "tasks"]
    assert sorted(by, key=str) == [("cli:", "林主任"), ("cli:", None), ("cli:", None)]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("customers", "nowhere.csv", *ZH), "no such file"),
        (("customers", PRACTICE / "products.csv", *ZH), "客户编码"),
        (("customers", PRACTICE / "customers.csv", "--profile", "no-such"), "zh-standard-customers"),
        (("customers", PRACTICE / "customers.csv", "--profile", "zh-standard-products"), "reads products"),
        (("customers", PRACTICE, *ZH), "folder"),
        (("customers", PRACTICE / "customers.csv", *ZH, "--rejects", PRACTICE / "customers.csv"), "overwritten"),
        (("customers", PRACTICE / "customers.csv", *ZH, "--as", "nobody"), "nobody"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line_of_each_language(
    office: Zoufang, words: tuple[object, ...], why: str
) -> None:
    assert why in office("headoffice", "import", *words).refused_with(2)
    assert re.search("[\u4e00-\u9fff]", office("headoffice", "import", *words, lang="zh").refused_with(2))
    assert asked(office, "SELECT count(*) FROM customer") == [(0,)]
