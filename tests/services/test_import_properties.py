"""Whatever valid rows go in come out the same; whatever cell is spoiled, exactly that row and column is refused."""

import tempfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.lists.converting import Value
from app.lists.mapping import bind, is_blank
from app.lists.profiles import find_profile
from app.lists.readers import open_table
from app.lists.reasons import FileRefusedError, Reason, RefusedRow
from app.lists.targets import Target
from tests.builders_files import a_csv, an_xlsx

HEADER = ["订单号", "行号", "订货日期", "客户编码", "品规编码", "需求量", "可订量", "订购量", "金额"]
FIELDS = ("order_no", "line_no", "order_date", "cust_code", "sku_code", "requested", "allowed", "qty", "amount")
CUSTOMER_HEADER = ["客户编码", "企业名称", "经营地址", "纬度", "许可证有效期止", "样本户", "订货日"]
CUSTOMER_FIELDS = ("cust_code", "cust_name", "address", "gis_lat", "license_to", "is_sample", "order_weekday")

codes = st.text("0123456789ABCXYZ-", min_size=1, max_size=12).filter(lambda code: code not in {"-", "--"})
quantities = st.integers(0, 10**9)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
names = (
    st.text(st.characters(codec="gb18030", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30)
    .map(lambda name: name.strip().strip("\ufeff").strip())
    .filter(lambda name: name and "\ufffd" not in name and name not in {"-", "--", "—", "/", "－", "／"})
)
order_rows = st.tuples(
    codes, st.integers(0, 999_999), days, codes, codes, st.none() | quantities, st.none() | quantities, quantities,
    quantities,
)  # fmt: skip
customer_rows = st.tuples(
    codes,
    names,
    st.none() | names,
    st.none() | st.decimals(-90, 90, places=6, allow_nan=False),
    st.none() | days,
    st.none() | st.booleans(),
    st.none() | st.integers(1, 7),
)
forms = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "packed", "xlsx"])
delimiters = st.sampled_from(",;\t")
slowly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def written(value: object) -> str:
    """Write a value as a spreadsheet would."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def order_cells(row: Sequence[object]) -> list[str]:
    return [*map(written, row[:-1]), str(Decimal(str(row[-1])) / 100)]


def read_back(
    target: Target, rows: Sequence[Sequence[str]], form: str, delimiter: str
) -> dict[int, dict[str, Value] | RefusedRow]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        if form == "xlsx":
            an_xlsx(file, rows)
        else:
            encoding = "utf-8" if form == "packed" else form
            a_csv(file, rows, encoding=encoding, delimiter=delimiter, packed=form == "packed")
        profile = find_profile("zh-standard", target)
        with open_table(file, profile.encodings) as table:
            found = [(chunk.first + n, row) for chunk in table.chunks for n, row in enumerate(chunk.rows)]
    bound = bind(profile, [row for _, row in found])
    data = found[bound.header_row :]
    return {number: bound.convert(number, row) for number, row in data if not is_blank(row)}


@given(st.lists(order_rows, min_size=1, max_size=8), forms, delimiters)
@slowly
def test_order_lines_survive_the_way_through_a_file(rows: list[tuple[object, ...]], form: str, delimiter: str) -> None:
    found = read_back(Target.ORDERS, [HEADER, *map(order_cells, rows)], form, delimiter)
    assert list(found.values()) == [dict(zip(FIELDS, row, strict=True)) for row in rows]
    assert list(found) == list(range(2, len(rows) + 2))


@given(st.lists(customer_rows, min_size=1, max_size=6), forms, delimiters)
@slowly
def test_customers_survive_the_way_through_a_file(rows: list[tuple[object, ...]], form: str, delimiter: str) -> None:
    found = read_back(Target.CUSTOMERS, [CUSTOMER_HEADER, *[list(map(written, row)) for row in rows]], form, delimiter)
    assert list(found.values()) == [dict(zip(CUSTOMER_FIELDS, row, strict=True)) for row in rows]


SPOILED = {
    0: ["", "1.2E+11"], 1: ["", "x", "1.5", "-1", "1000000"], 2: ["", "2022-02-30", "明天", "99999999"],
    3: ["", "6.90103E+12"], 4: [""], 5: ["很多", "-3"], 6: ["0.5"], 7: ["", "1 2", "-1", "一"],
    8: ["", "1.001", "免费"],
}  # fmt: skip


@given(st.lists(order_rows, min_size=1, max_size=8), st.data(), forms)
@slowly
def test_a_spoiled_cell_is_refused_by_its_row_and_column(
    rows: list[tuple[object, ...]], data: st.DataObject, form: str
) -> None:
    cells = [order_cells(row) for row in rows]
    at = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(HEADER) - 1))
    cells[at][column] = data.draw(st.sampled_from(SPOILED[column]))
    found = read_back(Target.ORDERS, [HEADER, *cells], form, ",")
    refused = {number: row for number, row in found.items() if isinstance(row, RefusedRow)}
    assert list(refused) == [at + 2]
    assert [(p.column, p.value) for p in refused[at + 2].problems] == [(HEADER[column], cells[at][column])]
    assert list(refused[at + 2].cells) == cells[at]


@given(st.lists(order_rows, min_size=2, max_size=8), st.data())
@slowly
def test_a_row_that_lost_or_won_a_cell_is_refused_alone(rows: list[tuple[object, ...]], data: st.DataObject) -> None:
    cells = [order_cells(row) for row in rows]
    at = data.draw(st.integers(0, len(rows) - 1))
    if data.draw(st.booleans()):
        del cells[at][data.draw(st.integers(0, len(HEADER) - 1))]
    else:
        cells[at].insert(data.draw(st.integers(0, len(HEADER))), "x")
        cells[at] += [] if cells[at][-1] else ["x"]
    found = read_back(Target.ORDERS, [HEADER, *cells], "utf-8", ",")
    refused = [row for row in found.values() if isinstance(row, RefusedRow)]
    assert [row.row_number for row in refused] == [at + 2]
    assert [p.cause.reason for p in refused[0].problems] == [Reason.ROW_WIDTH]


@given(st.binary(max_size=4000))
@slowly
def test_any_bytes_are_read_or_refused_but_never_crash(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        file.write_bytes(content)
        try:
            with open_table(file, ("utf-8", "gb18030")) as table:
                assert sum(len(chunk.rows) for chunk in table.chunks) >= 0
        except FileRefusedError as error:
            assert error.cause.text.zh  # noqa: PT017
