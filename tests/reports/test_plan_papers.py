"""The papers of a plan: what they say in both languages, on how many pages, what a spreadsheet or calendar reads."""

import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from app.domain.planning.papers import purposes_of
from app.domain.text import Language
from app.domain.visit import VisitStatus
from app.reports.day_sheets_pdf import day_sheets_pdf
from app.reports.plan_calendar import plan_calendar
from app.reports.plan_pdf import plan_pdf
from app.reports.plan_xlsx import plan_xlsx, write_plan_xlsx
from tests.reports.plan_story import HEALTH, MONDAY, TUESDAY, a_full_row, a_row, a_table

NOW = datetime(2026, 5, 9, 18, 0, tzinfo=UTC)


def pages_of(pdf: bytes) -> list[str]:
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def read_calendar(content: bytes) -> list[dict[str, str]]:
    """Read a calendar back as a calendar program does: unfold, split at the first colon, undo the escapes."""
    events: list[dict[str, str]] = []
    for line in content.decode().replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name != "END":
            events[-1][name] = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)
    return events


def test_the_table_says_what_is_known_of_each_visit_under_its_day() -> None:
    first, *_, last = pages = pages_of(plan_pdf(a_table()))
    for expected in (
        "客户经理拜访计划表·2026年5月", "客户经理：林青", "2026-05-11周一", "13户·31.2公里·6.5小时", "09:0514分",
        "湖滨路便民副食品商行（城南分店）31010001", "城南03线", "22/CZ1", "周二", "04-272", "订货指导；提升计划",
        "投诉待处理；连续未订货", "陈列设施；明码标价", "核实五月新品上柜情况", "补齐6张价签", "V1最迟05-13",
        "改期→05-12", "客户要求改时间",
    ):  # fmt: skip
        assert expected in first
    assert "合计：拜访26户次·59.2公里·12.7小时·订货日匹配100.0%" in last
    assert [re.findall(r"第\d/\d页", page) for page in pages] == [["第1/3页"], ["第2/3页"], ["第3/3页"]]
    assert "2026-05-12周二（续）" in last


def test_the_english_table_has_no_chinese_word_of_its_own() -> None:
    bare = replace(a_table(Language.EN), manager="Lin Qing")
    day = replace(bare.days[0], rows=(replace(a_row(1), name="Zhou's", status_words="Planned", order_weekday=2),))
    (page,) = pages_of(plan_pdf(replace(bare, days=(day,))))
    assert not re.search(r"[\u4e00-\u9fff]", page)
    assert "Total:stops1|31.2km|6.5h|order-daymatch0.0%" in page


def test_an_empty_month_is_a_page_that_says_so() -> None:
    (page,) = pages_of(plan_pdf(replace(a_table(), days=())))
    assert "没有计划拜访" in page


def test_what_is_not_known_stays_empty_in_the_sums() -> None:
    day = replace(a_table().days[0], rows=(a_row(1),))
    (page,) = pages_of(plan_pdf(replace(a_table(), days=(day,))))
    assert "订货日匹配—" in page
    assert "None" not in page


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert plan_pdf(a_table()) == plan_pdf(a_table())
    assert day_sheets_pdf(a_table()) == day_sheets_pdf(a_table())


@pytest.mark.parametrize(("stops", "pages"), [(13, 1), (34, 3)])
def test_two_days_share_a_page_and_a_long_day_goes_on(stops: int, pages: int) -> None:
    found = pages_of(day_sheets_pdf(a_table(stops=stops)))
    assert len(found) == pages
    assert all(f"2026-05-1{day}" in "".join(found) for day in (1, 2))
    assert "桥头烟酒店" not in "".join(found), "nobody goes there on that day"


def test_the_workbook_holds_typed_cells_and_the_health_of_the_plan(tmp_path: Path) -> None:
    table, file = a_table(), tmp_path / "plan.xlsx"
    write_plan_xlsx(file, table.rows, table.health, Language.ZH)
    book = CalamineWorkbook.from_path(file)
    assert book.sheet_names == ["客户经理拜访计划表", "计划情况"]
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == len(table.rows)
    first, bare = (dict(zip(map(str, head), row, strict=True)) for row in rows[:2])
    assert (first["日期"], first["计划到店"], first["最迟日期"]) == (MONDAY, time(9, 5), date(2026, 5, 13))
    assert (first["序号"], first["档位"], first["里程（公里）"], first["订货日匹配"]) == (1, 22, 2.4, "是")
    assert first["审批人签字"] == "", "nobody approves by himself"
    assert [name for name, value in bare.items() if value != ""] == [
        "日期", "星期", "序号", "客户编码", "客户名称", "本月第几次", "计划到店", "优先级", "状态",
    ]  # fmt: skip
    figures = {row[0]: row[1] for row in book.get_sheet_by_index(1).to_python()}
    assert figures["应访户次"] == HEALTH.due
    assert figures["订货日匹配"] == pytest.approx(HEALTH.order_day_match)
    assert figures["V1 每 7 天：达到周期的客户"] == 9


def test_the_workbook_is_ready_to_print_and_to_filter() -> None:
    table = a_table()
    with zipfile.ZipFile(BytesIO(plan_xlsx(table.rows, table.health, Language.EN))) as parts:
        sheet, book = (parts.read(name).decode() for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"))
    assert f'<autoFilter ref="A1:AA{len(table.rows) + 1}"' in sheet
    assert 'topLeftCell="G2"' in sheet
    assert 'state="frozen"' in sheet
    assert 'paperSize="9"' in sheet
    assert 'orientation="landscape"' in sheet
    assert "$1:$1</definedName>" in book, "the head is repeated on each page"


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    content = plan_xlsx((a_row(1, name="=1+1"),), HEALTH, Language.EN)
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert "<f>" not in parts.read("xl/worksheets/sheet1.xml").decode()
    assert "=1+1" in CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[1]


def test_the_calendar_moves_a_visit_instead_of_doubling_it() -> None:
    table = a_table()
    first = read_calendar(plan_calendar(table, NOW))[0]
    assert first["DTSTART"] == "20260511T090500", "local time, without a zone"
    assert first["DTEND"] == "20260511T091900"
    assert first["SUMMARY"] == "湖滨路便民副食品商行（城南分店） 31010001"
    assert first["DESCRIPTION"] == "订货指导；提升计划；投诉待处理；连续未订货"
    later = replace(a_full_row(1, TUESDAY), visit_id=a_full_row(1).visit_id, changed_at=NOW)
    moved = read_calendar(plan_calendar(replace(table, days=(replace(table.days[1], rows=(later,)),)), NOW))[0]
    assert (moved["UID"], moved["DTSTART"]) == (first["UID"], "20260512T090500")
    assert int(moved["SEQUENCE"]) > int(first["SEQUENCE"])


def test_visits_without_a_time_take_the_day_and_those_moved_away_are_cancelled() -> None:
    rows = (a_row(1), a_row(None, status=VisitStatus.MOVED, moved_to=TUESDAY))
    day = replace(a_table().days[0], rows=rows)
    plain, gone = read_calendar(plan_calendar(replace(a_table(), days=(day,)), NOW))
    assert plain["DTSTART;VALUE=DATE"] == f"{MONDAY:%Y%m%d}"
    assert "DTEND" not in plain
    assert (plain["STATUS"], gone["STATUS"]) == ("CONFIRMED", "CANCELLED")


@given(
    name=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=200), problem=st.text(max_size=200)
)
def test_any_text_comes_back_from_the_calendar_in_lines_of_75_octets(name: str, problem: str) -> None:
    day = replace(a_table().days[0], rows=(a_row(1, name=name, code="1", problem=problem),))
    content = plan_calendar(replace(a_table(), days=(day,)), NOW)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert content.endswith(b"END:VCALENDAR\r\n")
    (event,) = read_calendar(content)
    assert event["SUMMARY"] == f"{name} 1"
    assert event["STATUS"] == "CONFIRMED", "no text ends an event or adds a line to it"


@pytest.mark.parametrize(
    ("reasons", "purposes"),
    [
        (("order_day_today", "missed_orders"), ("order_guidance",)),
        (("complaint", "plan_due"), ("complaint", "improvement")),
        (("cadence", "a code of the future"), ("order_guidance",)),
        (("a code of the future",), ()),
    ],
)
def test_purposes_follow_from_known_reasons_only(reasons: tuple[str, ...], purposes: tuple[str, ...]) -> None:
    assert purposes_of(reasons) == purposes


def test_a_visit_on_the_order_day_is_for_the_order_too() -> None:
    assert purposes_of(("complaint",), on_order_day=True, items=("D01", "D13")) == (
        "complaint", "order_guidance", "improvement", "price_tags",
    )  # fmt: skip
