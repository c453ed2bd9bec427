"""Importing customers and products: only what differs is changed, bad rows are refused one by one and can be mended."""

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.domain.changes import Kind
from app.domain.text import Language
from app.models.customer import Customer, CustomerChange
from app.models.local import OutboxEntry
from app.models.search import SearchKey
from app.models.trade import Product
from app.playbooks.loader import Playbook
from app.runtime.cancel import CancelledError, CancelToken
from app.services.imports import FileRefusedError, ImportResult, Reason, Target
from app.services.imports.service import Imports
from app.storage.database import Database
from tests.builders_files import a_csv, an_xlsx, rows_of

HEADER = ["客户编码", "企业名称", "经营业态", "订货日", "档位", "许可证有效期止", "纬度", "经营者电话"]
ZHOU = ["HD3003", "老周食杂店", "食杂店", "周六", "12", "2027-03-31", "30.0334", "10000000417"]
ZENG = ["HD3004", "惠民超市", "超市", "周六", "24", "2028/5/1", "29.99", "10000000418"]


@pytest.fixture
def imports(database: Database, playbook: Playbook) -> Imports:
    return Imports(database, playbook)


def counts(result: ImportResult) -> tuple[int, int, int, int, int]:
    return result.read, result.added, result.changed, result.unchanged, result.refused


def import_rows(imports: Imports, tmp_path: Path, *rows: Sequence[str], dry_run: bool = False) -> ImportResult:
    file = a_csv(tmp_path / "customers.csv", [HEADER, *rows])
    return imports.import_file(Target.CUSTOMERS, file, "zh-standard", dry_run=dry_run)


def names(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Customer.cust_name).order_by(Customer.cust_code)))


def test_customers_go_in_with_their_values_converted(imports: Imports, database: Database, tmp_path: Path) -> None:
    result = import_rows(imports, tmp_path, ZHOU, ZENG)
    assert counts(result) == (2, 2, 0, 0, 0)
    assert result.changes.kinds == {Kind.CUSTOMER}
    with database.read() as session:
        zhou = session.scalars(select(Customer).where(Customer.cust_code == "HD3003")).one()
    assert (zhou.format, zhou.order_weekday, zhou.tier, zhou.license_to) == ("Z", 6, 12, date(2027, 3, 31))
    assert zhou.gis_lat == Decimal("30.033400")
    assert zhou.license_no is None


def test_the_same_file_twice_changes_nothing(imports: Imports, database: Database, tmp_path: Path) -> None:
    import_rows(imports, tmp_path, ZHOU, ZENG)
    with database.read() as session:
        before = session.execute(select(Customer.id, Customer.changed_at)).all()
    result = import_rows(imports, tmp_path, ZHOU, ZENG)
    assert counts(result) == (2, 0, 0, 2, 0)
    assert not result.changes.kinds
    with database.read() as session:
        assert session.execute(select(Customer.id, Customer.changed_at)).all() == before
        assert session.scalar(select(func.count()).select_from(CustomerChange)) == 0


def test_a_changed_field_is_changed_and_recorded_but_not_sent_up(
    imports: Imports, database: Database, tmp_path: Path
) -> None:
    import_rows(imports, tmp_path, ZHOU, ZENG)
    assert counts(import_rows(imports, tmp_path, [*ZHOU[:4], "13", *ZHOU[5:]], ZENG)) == (2, 0, 1, 1, 0)
    with database.read() as session:
        change = session.scalars(select(CustomerChange)).one()
        assert (change.field, change.old, change.new, change.source) == ("tier", "12", "13", "registration")
        assert session.scalar(select(func.count()).select_from(OutboxEntry)) == 0


def test_a_column_that_is_not_in_the_file_is_left_alone(imports: Imports, database: Database, tmp_path: Path) -> None:
    import_rows(imports, tmp_path, ZHOU)
    file = a_csv(tmp_path / "short.csv", [["企业名称", "客户编码"], ["周记食杂店", "HD3003"]])
    assert counts(imports.import_file(Target.CUSTOMERS, file, "zh-standard")) == (1, 0, 1, 0, 0)
    with database.read() as session:
        zhou = session.scalars(select(Customer)).one()
    assert (zhou.cust_name, zhou.tier) == ("周记食杂店", 12)


def test_an_empty_cell_takes_a_value_of_head_office_back(imports: Imports, database: Database, tmp_path: Path) -> None:
    import_rows(imports, tmp_path, ZHOU)
    import_rows(imports, tmp_path, [*ZHOU[:4], "—", *ZHOU[5:]])
    with database.read() as session:
        assert session.scalars(select(Customer.tier)).one() is None


def test_what_the_manager_entered_is_kept_and_counted(imports: Imports, database: Database, tmp_path: Path) -> None:
    import_rows(imports, tmp_path, ZHOU)
    with database.write(source="visit") as session:
        zhou = session.scalars(select(Customer)).one()
        zhou.phone_main = "10000009999"
    result = import_rows(imports, tmp_path, [*ZHOU[:4], "14", *ZHOU[5:]])
    assert (counts(result), result.kept) == ((1, 0, 1, 0, 0), 1)
    with database.read() as session:
        zhou = session.scalars(select(Customer)).one()
    assert (zhou.phone_main, zhou.tier) == ("10000009999", 14)


def test_bad_rows_are_refused_with_all_their_problems_and_the_good_ones_go_in(
    imports: Imports, database: Database, tmp_path: Path
) -> None:
    bad = ["", "无名店", "小铺", "周八", "十二", "2022-02-30", "93", "x"]
    result = import_rows(imports, tmp_path, ZHOU, bad, ["HD3003", *ZENG[1:]], ["HD3005", "短"], ZENG)
    assert counts(result) == (5, 2, 0, 0, 3)
    assert names(database) == ["老周食杂店", "惠民超市"]
    assert [row.row_number for row in result.refusals] == [3, 4, 5]
    assert [(p.column, p.value, p.cause.reason) for p in result.refusals[0].problems] == [
        ("客户编码", "", Reason.EMPTY),
        ("许可证有效期止", "2022-02-30", Reason.NOT_A_DATE),
        ("纬度", "93", Reason.OUT_OF_RANGE),
        ("经营业态", "小铺", Reason.UNKNOWN_CHOICE),
        ("档位", "十二", Reason.NOT_A_NUMBER),
        ("订货日", "周八", Reason.NOT_A_WEEKDAY),
    ]
    assert result.refusals[1].problems[0].cause.text.zh == "与第 2 行重复，已采用第 2 行"
    assert result.refusals[2].problems[0].cause.text.en == "The number of cells differs from the header: 2 ≠ 8"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("language", list(Language))
def test_refused_rows_are_saved_mended_and_imported_again(
    imports: Imports, database: Database, tmp_path: Path, suffix: str, language: Language
) -> None:
    file = a_csv(tmp_path / "a.csv", [HEADER, ZHOU, ["HD3004", "惠民超市", "小铺", "周八", *ZENG[4:]]])
    rejects = tmp_path / f"refused{suffix}"
    imports.import_file(Target.CUSTOMERS, file, "zh-standard", rejects=rejects, language=language)
    (_, header), (_, row) = rows_of(rejects)
    assert header[: len(HEADER)] == HEADER
    assert row[:2] + row[-2:-1] == ["HD3004", "惠民超市", "3"]
    assert ("经营业态“小铺”：不在可选值之内" in row[-1]) == (language is Language.ZH)
    assert "周八" in row[-1]

    again = tmp_path / f"again{suffix}"
    result = imports.import_file(Target.CUSTOMERS, rejects, "zh-standard", rejects=again, language=language)
    assert result.refused == 1
    assert rows_of(again)[0][1] == header  # the reasons of the first round are not carried along

    mended = [header, [*row[:2], "超市", "周六", *row[4:]]]
    fixed = (a_csv if suffix == ".csv" else an_xlsx)(tmp_path / f"mended{suffix}", mended)
    assert counts(imports.import_file(Target.CUSTOMERS, fixed, "zh-standard")) == (1, 1, 0, 0, 0)
    assert names(database) == ["老周食杂店", "惠民超市"]


def test_a_refused_duplicate_that_comes_back_leaves_the_customer_that_was_taken(
    imports: Imports, database: Database, tmp_path: Path
) -> None:
    file = a_csv(tmp_path / "a.csv", [HEADER, ZHOU, [ZHOU[0], "别的店", *ZHOU[2:]]])
    rejects = tmp_path / "refused.csv"
    imports.import_file(Target.CUSTOMERS, file, "zh-standard", rejects=rejects)
    assert counts(imports.import_file(Target.CUSTOMERS, rejects, "zh-standard")) == (1, 0, 0, 0, 1)
    assert names(database) == ["老周食杂店"]


def test_the_file_of_refused_rows_opens_in_excel_and_is_not_written_when_there_are_none(
    imports: Imports, tmp_path: Path
) -> None:
    file = a_csv(tmp_path / "a.csv", [HEADER, ZHOU, ["HD3004", *ZHOU[1:2], "?", *ZHOU[3:]]])
    rejects = tmp_path / "refused.csv"
    imports.save_refused(Target.CUSTOMERS, file, "zh-standard", rejects)
    assert rejects.read_bytes().startswith(b"\xef\xbb\xbf")
    with rejects.open(encoding="utf-8-sig", newline="") as content:
        assert [row[0] for row in csv.reader(content)] == ["客户编码", "HD3004"]
    good = a_csv(tmp_path / "b.csv", [HEADER, ZHOU])
    imports.save_refused(Target.CUSTOMERS, good, "zh-standard", tmp_path / "none.csv")
    assert sorted(path.name for path in tmp_path.glob("*.*")) == ["a.csv", "b.csv", "refused.csv"]


def test_a_dry_run_counts_and_changes_nothing(imports: Imports, database: Database, tmp_path: Path) -> None:
    result = import_rows(imports, tmp_path, ZHOU, ["HD9", "", *ZENG[2:]], dry_run=True)
    assert (counts(result), result.dry_run) == ((2, 1, 0, 0, 1), True)
    assert not result.changes.kinds
    assert names(database) == []
    assert counts(import_rows(imports, tmp_path, ZHOU)) == (1, 1, 0, 0, 0)


def test_a_workbook_gives_the_same_customers_as_the_csv_file(
    imports: Imports, database: Database, tmp_path: Path
) -> None:
    import_rows(imports, tmp_path, ZHOU, ZENG)
    rows = [HEADER, [*ZHOU[:4], 12, date(2027, 3, 31), 30.0334, 10000000417], [*ZENG[:4], 25, "46874", 29.99, ZENG[7]]]
    file = an_xlsx(tmp_path / "客户.xlsx", rows)
    result = imports.import_file(Target.CUSTOMERS, file, "zh-standard")
    assert counts(result) == (2, 0, 1, 1, 0)
    with database.read() as session:
        found = {row[0]: row[1] for row in session.execute(select(Customer.cust_code, Customer.license_to))}
    assert found == {"HD3003": date(2027, 3, 31), "HD3004": date(2028, 5, 1)}


def test_a_cancelled_import_leaves_nothing_behind(imports: Imports, database: Database, tmp_path: Path) -> None:
    rows = [[f"C{n}", f"店{n}", *ZHOU[2:]] for n in range(3000)]
    file = a_csv(tmp_path / "a.csv", [HEADER, *rows, ["", *ZHOU[1:]]])
    token = CancelToken()
    heard: list[int] = []

    def report(done: int, _total: int) -> None:
        heard.append(done)
        if len(heard) == 2:
            token.cancel()

    rejects = tmp_path / "refused.csv"
    with pytest.raises(CancelledError):
        imports.import_file(Target.CUSTOMERS, file, "zh-standard", rejects=rejects, cancel=token, report=report)
    assert names(database) == []
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(SearchKey)) == 0
    assert [path.name for path in tmp_path.glob("*.*")] == ["a.csv"]


def test_progress_is_told_to_the_end(imports: Imports, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    file = a_csv(tmp_path / "a.csv", [HEADER, *[[f"C{n}", f"店{n}", *ZHOU[2:]] for n in range(3000)]])
    imports.import_file(Target.CUSTOMERS, file, "zh-standard", report=lambda *step: heard.append(step))
    assert heard == sorted(heard)
    assert len(heard) >= 3
    assert heard[-1][0] == heard[-1][1]


def test_only_a_header_is_an_import_of_nothing(imports: Imports, tmp_path: Path) -> None:
    assert counts(import_rows(imports, tmp_path)) == (0, 0, 0, 0, 0)


def test_a_file_that_cannot_be_read_changes_nothing(imports: Imports, database: Database, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\x00" * 1000)
    with pytest.raises(FileRefusedError):
        imports.import_file(Target.CUSTOMERS, tmp_path / "a.csv", "zh-standard")
    with pytest.raises(FileRefusedError):
        imports.import_file(Target.CUSTOMERS, a_csv(tmp_path / "b.csv", [["x", "y"], ["1", "2"]]), "zh-standard")
    assert names(database) == []


def test_imported_records_can_be_searched_for(imports: Imports, database: Database, tmp_path: Path) -> None:
    import_rows(imports, tmp_path, ZHOU, ZENG)
    with database.read() as session:
        ids = set(session.scalars(select(Customer.id)))
        assert set(session.scalars(select(SearchKey.row_id))) == ids


def test_products_get_small_numbers_that_never_change(imports: Imports, database: Database, tmp_path: Path) -> None:
    header = ["品规编码", "品规名称", "价类", "批发价", "新品"]
    rows = [["910001", "雅韵(硬)", "三类", "104.40", "否"], ["910002", "金穗(软)", "3", "95.7", "是"]]
    file = a_csv(tmp_path / "p.csv", [header, *rows])
    assert counts(imports.import_file(Target.PRODUCTS, file, "zh-standard")) == (2, 2, 0, 0, 0)
    more = [["910003", "云岭(细支)", "二类", "139.2", ""], rows[1], ["910001", "雅韵(硬)", "三类", "105", "否"]]
    file = a_csv(tmp_path / "q.csv", [header, *more], encoding="gb18030")
    assert counts(imports.import_file(Target.PRODUCTS, file, "zh-standard")) == (3, 1, 1, 1, 0)
    with database.read() as session:
        found = session.execute(
            select(Product.no, Product.sku_code, Product.price_class, Product.wholesale_price, Product.is_new).order_by(
                Product.no
            )
        )
        assert [tuple(row) for row in found] == [
            (1, "910001", "3", 10500, False),
            (2, "910002", "3", 9570, True),
            (3, "910003", "2", 13920, None),
        ]


def test_many_refused_rows_do_not_pile_up_in_the_result(imports: Imports, tmp_path: Path) -> None:
    file = a_csv(tmp_path / "a.csv", [HEADER, *[["", f"店{n}", *ZHOU[2:]] for n in range(2500)]])
    rejects = tmp_path / "refused.csv"
    result = imports.import_file(Target.CUSTOMERS, file, "zh-standard", rejects=rejects)
    assert (result.refused, len(result.refusals)) == (2500, 1000)
    assert len(rows_of(rejects)) == 2501
