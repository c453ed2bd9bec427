"""Importing order lines: counted exactly, totals brought up to date, the same file twice changes nothing."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from app.domain.changes import Kind
from app.domain.text import Language
from app.lists.reasons import Cause
from app.models.customer import Customer
from app.models.trade import OrderLine, PurchaseOrder
from app.playbooks.loader import Playbook
from app.runtime.cancel import CancelledError, CancelToken
from app.services.imports import ImportResult, Reason, Target
from app.services.imports.service import Imports
from app.storage.database import Database
from tests.builders import a_customer, a_product
from tests.builders_files import a_csv, an_xlsx, rows_of

HEADER = ["订单号", "行号", "订货日期", "客户编码", "品规编码", "需求量", "可订量", "订购量", "金额"]
Line = list[str]


def line(
    order: str = "D1", no: int = 1, day: str = "2026-11-20", customer: str = "C1", product: str = "P1", qty: str = "10",
    amount: str = "1044.00", requested: str = "", allowed: str = "",
) -> Line:  # fmt: skip
    return [order, str(no), day, customer, product, requested, allowed, qty, amount]


@pytest.fixture
def imports(database: Database, playbook: Playbook) -> Imports:
    with database.deliver("registration") as session:
        for number in (1, 2):
            a_customer(session, f"C{number}")
            a_product(session, number)
    return Imports(database, playbook)


def import_lines(imports: Imports, tmp_path: Path, lines: Iterable[Sequence[str]], **options: Any) -> ImportResult:
    return imports.import_file(Target.ORDERS, a_csv(tmp_path / "o.csv", [HEADER, *lines]), "zh-standard", **options)


def counts(result: ImportResult) -> tuple[int, int, int, int, int]:
    return result.read, result.added, result.changed, result.unchanged, result.refused


def stored(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.read() as session:
        return [tuple(row) for row in session.execute(text(query))]


LINES = "SELECT order_no, line_no, product_no, l.qty, l.amount, requested, allowed FROM order_line l JOIN purchase_order o ON o.id = order_id ORDER BY 1, 2"  # noqa: E501
ORDERS = "SELECT order_no, order_date, qty, amount, line_count FROM purchase_order ORDER BY 1"
MONTHS = "SELECT cust_code, month, qty, amount, orders, skus FROM customer_month JOIN customer c ON c.id = customer_id ORDER BY 1, 2"  # noqa: E501
TOTALS_AFRESH = """
SELECT cust_code, CAST(strftime('%Y%m', order_date) AS INTEGER), sum(l.qty), sum(l.amount), count(DISTINCT o.id),
count(DISTINCT product_no) FROM order_line l JOIN purchase_order o ON o.id = order_id
JOIN customer c ON c.id = customer_id GROUP BY 1, 2 ORDER BY 1, 2
"""


def test_lines_orders_and_months_go_in(imports: Imports, database: Database, tmp_path: Path) -> None:
    result = import_lines(
        imports, tmp_path,
        [
            line(), line(no=2, product="P2", qty="3", amount="300.5", requested="5", allowed="3"),
            line("D2", day="2026/11/27"), line("D3", day="2026-12-04"), line("D4", customer="C2"),
        ],
    )  # fmt: skip
    assert counts(result) == (5, 5, 0, 0, 0)
    assert result.changes.kinds == {Kind.ORDER}
    assert stored(database, LINES)[:2] == [("D1", 1, 1, 10, 104400, None, None), ("D1", 2, 2, 3, 30050, 5, 3)]
    assert stored(database, ORDERS)[0] == ("D1", "2026-11-20", 13, 134450, 2)
    assert stored(database, MONTHS) == [
        ("C1", 202611, 23, 238850, 2, 2),
        ("C1", 202612, 10, 104400, 1, 1),
        ("C2", 202611, 10, 104400, 1, 1),
    ]
    with database.read() as session:  # the mapped classes read what the statements wrote
        order = session.scalars(select(PurchaseOrder).where(PurchaseOrder.order_no == "D4")).one()
        assert session.get_one(Customer, order.customer_id).cust_code == "C2"
        assert session.get_one(OrderLine, (order.id, 1)).amount == 104400


def test_the_same_file_twice_changes_nothing(imports: Imports, database: Database, tmp_path: Path) -> None:
    lines = [line(f"D{n}", no, day=f"2026-10-{n:02d}") for n in range(1, 29) for no in range(1, 5)]
    import_lines(imports, tmp_path, lines)
    before = stored(database, LINES), stored(database, ORDERS), stored(database, MONTHS)
    result = import_lines(imports, tmp_path, lines)
    assert counts(result) == (112, 0, 0, 112, 0)
    assert not result.changes.kinds
    assert (stored(database, LINES), stored(database, ORDERS), stored(database, MONTHS)) == before


def test_changed_and_new_lines_of_a_stored_order_are_told_apart(
    imports: Imports, database: Database, tmp_path: Path
) -> None:
    import_lines(imports, tmp_path, [line(), line(no=2), line(no=3, requested="4"), line("D2")])
    result = import_lines(
        imports, tmp_path, [line(qty="12"), line(no=2), line(no=3), line(no=4, product="P2"), line("D5")]
    )
    assert counts(result) == (5, 2, 2, 1, 0)
    assert stored(database, ORDERS)[0] == ("D1", "2026-11-20", 42, 4 * 104400, 4)
    assert stored(database, MONTHS) == stored(database, TOTALS_AFRESH)


def test_an_order_that_moves_to_another_day_or_customer_takes_its_months_along(
    imports: Imports, database: Database, tmp_path: Path
) -> None:
    import_lines(imports, tmp_path, [line(), line("D2", day="2026-10-30"), line("D3", day="2026-11-27")])
    result = import_lines(
        imports, tmp_path, [line("D2", day="2026-12-01"), line("D3", day="2026-11-27", customer="C2")]
    )
    assert counts(result) == (2, 0, 2, 0, 0)
    assert stored(database, MONTHS) == stored(database, TOTALS_AFRESH)
    assert [row[:2] for row in stored(database, MONTHS)] == [("C1", 202611), ("C1", 202612), ("C2", 202611)]


def test_bad_lines_are_refused_with_everything_wrong_with_them(
    imports: Imports, database: Database, tmp_path: Path
) -> None:
    bad = line(customer="C9", product="", day="2026-11-31", qty="-1", amount="1.234", requested="x")
    result = import_lines(imports, tmp_path, [line(), bad, [], line("D2", no=0, qty="0"), line("D3", no=1_000_000)])
    assert counts(result) == (4, 2, 0, 0, 2)
    assert [row.row_number for row in result.refusals] == [3, 6]
    assert {(p.column, p.cause.reason) for p in result.refusals[0].problems} == {
        ("订货日期", Reason.NOT_A_DATE), ("客户编码", Reason.UNKNOWN_CUSTOMER), ("品规编码", Reason.EMPTY),
        ("需求量", Reason.NOT_A_NUMBER), ("订购量", Reason.NEGATIVE), ("金额", Reason.TOO_MANY_DECIMALS),
    }  # fmt: skip
    assert [p.cause.reason for p in result.refusals[1].problems] == [Reason.OUT_OF_RANGE]
    assert [row[0] for row in stored(database, LINES)] == ["D1", "D2"]


def test_an_order_whose_every_line_is_refused_is_not_made(imports: Imports, database: Database, tmp_path: Path) -> None:
    import_lines(imports, tmp_path, [line(product="P9"), line(no=2, qty="x")])
    assert stored(database, ORDERS) == []


@pytest.mark.parametrize("number", [2, 5000])
def test_the_second_of_two_equal_line_numbers_is_refused_with_the_row_of_the_first(
    imports: Imports, database: Database, tmp_path: Path, number: int
) -> None:
    lines = [line(), line(no=number, qty="1"), line("D2"), line(no=number, qty="2"), line("Ｄ１", no=number, qty="3")]
    result = import_lines(imports, tmp_path, lines)
    assert counts(result) == (5, 3, 0, 0, 2)
    assert [row.problems[0].cause.text.zh for row in result.refusals] == ["与第 3 行重复，已采用第 3 行"] * 2
    assert stored(database, LINES)[1][3] == 1


def test_a_refused_line_does_not_take_the_number_of_a_good_one(
    imports: Imports, database: Database, tmp_path: Path
) -> None:
    assert counts(import_lines(imports, tmp_path, [line(qty="x"), line(qty="7")])) == (2, 1, 0, 0, 1)
    assert stored(database, LINES)[0][3] == 7


def test_a_row_with_empty_cells_too_many_is_a_row_like_any_other(
    imports: Imports, database: Database, tmp_path: Path
) -> None:
    lines = [[*line(qty="1"), "", " "], line(qty="2"), [*line(no=2), "", "note"]]
    result = import_lines(imports, tmp_path, lines)
    assert [(row.row_number, row.problems[0].cause.reason) for row in result.refusals] == [
        (3, Reason.DUPLICATE),
        (4, Reason.ROW_WIDTH),
    ]
    assert stored(database, LINES)[0][3] == 1


def test_lines_of_one_order_must_agree_on_customer_and_day(
    imports: Imports, database: Database, tmp_path: Path
) -> None:
    lines = [line(), line(no=2, customer="C2"), line(no=3, day="2026-11-21"), line(no=4)]
    result = import_lines(imports, tmp_path, lines)
    assert counts(result) == (4, 2, 0, 0, 2)
    assert {row.problems[0].cause.text.zh for row in result.refusals} == {"同一订单的客户或日期与第 2 行不一致"}
    assert [row[1] for row in stored(database, LINES)] == [1, 4]


def test_full_width_digits_and_excel_cells_mean_the_same_as_plain_ones(imports: Imports, tmp_path: Path) -> None:
    import_lines(imports, tmp_path, [line("7", qty="12", amount="1252.80")])
    wide = line("７", day="2026年11月20日", customer="Ｃ１", product="Ｐ１", qty="１２", amount="１，２５２．８")
    assert counts(import_lines(imports, tmp_path, [wide])) == (1, 0, 0, 1, 0)
    cells = ["7", 1, "46346", "C1", "P1", None, None, 12, 1252.8]
    file = an_xlsx(tmp_path / "o.xlsx", [HEADER, cells])
    assert counts(imports.import_file(Target.ORDERS, file, "zh-standard")) == (1, 0, 0, 1, 0)


def test_refused_lines_are_saved_mended_and_imported_again(
    imports: Imports, database: Database, tmp_path: Path
) -> None:
    rejects = tmp_path / "refused.xlsx"
    import_lines(imports, tmp_path, [line(), line(no=2, product="P9"), line(no=1)], rejects=rejects)
    header, *rows = (row for _, row in rows_of(rejects))
    assert [row[-1] for row in rows] == [
        "品规编码“P9”：没有这个品规编码，请先导入品规",
        "行号“D1 / 1”：与第 2 行重复，已采用第 2 行",
    ]
    rows[0][4] = "P2"
    fixed = an_xlsx(tmp_path / "fixed.xlsx", [header, rows[0]])
    assert counts(imports.import_file(Target.ORDERS, fixed, "zh-standard")) == (1, 1, 0, 0, 0)
    assert stored(database, ORDERS) == [("D1", "2026-11-20", 20, 208800, 2)]
    assert stored(database, MONTHS) == stored(database, TOTALS_AFRESH)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_refused_duplicate_that_comes_back_leaves_the_line_that_was_taken(
    imports: Imports, database: Database, tmp_path: Path, suffix: str, language: Language
) -> None:
    rejects = tmp_path / f"refused{suffix}"
    taken, duplicate, wrong = line(), line(product="P2", qty="99"), line(no=2, product="P9")
    import_lines(imports, tmp_path, [taken, duplicate, wrong], rejects=rejects, language=language)
    header, *rows = (row for _, row in rows_of(rejects))
    rows[1][4] = "P1"
    again = tmp_path / f"again{suffix}"
    write = a_csv if suffix == ".csv" else an_xlsx
    mended = write(tmp_path / f"mended{suffix}", [header, *rows])
    result = imports.import_file(Target.ORDERS, mended, "zh-standard", rejects=again, language=language)
    assert counts(result) == (2, 1, 0, 0, 1)
    assert result.refusals[0].problems[0].cause == Cause(Reason.DUPLICATE_BEFORE, "2")
    assert [row[3] for row in stored(database, LINES)] == [10, 10]

    # What is refused once more comes back as often as one likes; a new number, or an emptied reason, lets it in.
    header, row = (row for _, row in rows_of(again))
    assert counts(imports.import_file(Target.ORDERS, again, "zh-standard")) == (1, 0, 0, 0, 1)
    renumbered = write(tmp_path / f"renumbered{suffix}", [header, [row[0], "3", *row[2:]]])
    assert counts(imports.import_file(Target.ORDERS, renumbered, "zh-standard")) == (1, 1, 0, 0, 0)
    asked_for = write(tmp_path / f"asked{suffix}", [header, [*row[:-1], ""]])
    assert counts(imports.import_file(Target.ORDERS, asked_for, "zh-standard")) == (1, 0, 1, 0, 0)


def many() -> list[Line]:
    return [line(f"D{n // 5}", n % 5, day=f"2026-{1 + n // 5000:02d}-15", qty=str(n % 50)) for n in range(25_000)]


def test_a_cancelled_import_leaves_nothing_behind(imports: Imports, database: Database, tmp_path: Path) -> None:
    import_lines(imports, tmp_path, [line()])
    before = stored(database, LINES), stored(database, ORDERS), stored(database, MONTHS)
    for stop_after in (1, 15, 24, 25):  # while reading, after lines were written, while adding up
        token, heard = CancelToken(), list[int]()

        def report(
            done: int, _total: int, token: CancelToken = token, heard: list[int] = heard, stop: int = stop_after
        ) -> None:
            heard.append(done)
            if len(heard) == stop:
                token.cancel()

        with pytest.raises(CancelledError):
            import_lines(imports, tmp_path, many(), cancel=token, report=report)
        assert (stored(database, LINES), stored(database, ORDERS), stored(database, MONTHS)) == before


def test_a_dry_run_counts_like_the_import_and_changes_nothing(
    imports: Imports, database: Database, tmp_path: Path
) -> None:
    import_lines(imports, tmp_path, [line("D0", 0, day="2026-01-15", qty="7")])
    lines = [*many(), line("X", customer="C9")]
    dry = import_lines(imports, tmp_path, lines, dry_run=True)
    assert counts(dry) == (25_001, 24_999, 1, 0, 1)
    assert len(stored(database, LINES)) == 1
    assert counts(import_lines(imports, tmp_path, lines)) == counts(dry)
    assert stored(database, MONTHS) == stored(database, TOTALS_AFRESH)


def test_a_profile_that_multiplies_two_columns_takes_the_slow_way_to_the_same_end(
    imports: Imports, database: Database, tmp_path: Path
) -> None:
    (tmp_path / "own.toml").write_text(
        'id = "own"\ntarget = "orders"\nname = { zh = "甲", en = "a" }\n[fields]\n'
        'order_no.column = "no"\nline_no.column = "line"\norder_date.column = "day"\ncust_code.column = "c"\n'
        'sku_code.column = "p"\nqty = { column = "cases", times_column = "pack" }\namount.column = "amount"\n',
        encoding="utf-8",
    )
    rows = [["no", "line", "day", "c", "p", "cases", "pack", "amount"]]
    rows += [["D1", str(n), "2026-11-20", "C1", "P1", str(n), "50", "1"] for n in (1, 2, 2)]
    result = imports.import_file(Target.ORDERS, a_csv(tmp_path / "o.csv", rows), str(tmp_path / "own.toml"))
    assert counts(result) == (3, 2, 0, 0, 1)
    assert [row[3] for row in stored(database, LINES)] == [50, 100]


def test_a_large_import_gives_the_space_of_its_log_back(imports: Imports, database: Database, tmp_path: Path) -> None:
    lines = [line(f"D{n}", day=f"2026-{1 + n % 12:02d}-15") for n in range(120_000)]
    import_lines(imports, tmp_path, lines)
    assert database.path.with_name(f"{database.path.name}-wal").stat().st_size == 0
    assert database.path.stat().st_size > 8 << 20
