"""Targets of the office: given by form or list, corrected, taken back and given again; on the laptops with the pull."""

import csv
import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import expect

from tests.builders_files import a_csv, rows_of
from tests.headoffice.console.browsing import Desk
from tests.headoffice.console.clerk import Clerk, Told, csrf_in

NOVEMBER = "span=2026-11"
HEAD = ["客户经理", "片区", "期间", "指标", "价类", "品规编码", "目标"]
GOOD = ["M1", "", "2026-11", "销量", "", "", "11,500"]


def _on_laptop(told: Told, manager: str = "M1") -> dict[tuple[str, str, str], Decimal]:
    laptop = told.served.world.laptop(manager)
    laptop.pull()
    rows = [row.values for (table, _), row in laptop.rows.items() if table == "office_target"]
    return {(row["month"], row["kpi"], row["scope"]): Decimal(row["value"]) for row in rows}


def _give(clerk: Clerk, **fields: str) -> httpx2.Response:
    return clerk.post("/console/targets/new", {"managers": "M1", "period": "2026-11", **fields})


def _bring(clerk: Clerk, name: str, content: bytes) -> httpx2.Response:
    csrf = csrf_in(clerk.get("/console/").text)
    files = {"file": (name, content, "application/octet-stream")}
    return clerk.http.post("/console/targets/import", data={"csrf": csrf}, files=files)


def _listed(*rows: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEAD, *rows])
    return text.getvalue().encode("utf-8-sig")


def _key(told: Told) -> str:
    laptop = told.served.world.laptop("M1")
    laptop.pull()
    [key] = [key for table, key in laptop.rows if table == "office_target"]
    return key


@pytest.mark.parametrize("engine", ["told", "told_on_postgres"])
def test_a_target_is_given_corrected_taken_back_and_given_again(request: pytest.FixtureRequest, engine: str) -> None:
    told: Told = request.getfixturevalue(engine)
    clerk = told.clerk("clerk")
    answer = _give(clerk, **{"plan.F05.volume": "11,500", "plan.F05.value": "102.5", "kpi.1": "F08", "class.1": "1",
                             "other.1": "25"})  # fmt: skip
    assert "done=targets_given" in answer.headers["location"]
    month = "2026-11-01"
    assert _on_laptop(told) == {
        (month, "F05.volume", ""): 11_500, (month, "F05.value", ""): 10_250, (month, "F08", "class:1"): Decimal("0.25"),
    }  # fmt: skip
    page = clerk.get(f"/console/targets?{NOVEMBER}").text
    for word in ("11,500 条", "102.5 元/条", "25 %", "一类", "李建国", "已下达 1 人", "未下达 2 人"):
        assert word in page, word
    key = next(part for part in page.split("/console/targets/") if "/correct" in part[:50])[:36]
    for deed, fields, done in (
        ("correct", {"value": "12000", "was": "11500"}, "target_corrected"), ("withdraw", {}, "target_withdrawn"),
        ("restore", {}, "target_restored"),
    ):  # fmt: skip
        answer = clerk.post(f"/console/targets/{key}/{deed}", {"span": "2026-11", **fields})
        assert answer.headers["location"] == f"/console/targets?done={done}&span=2026-11"
        known = _on_laptop(told)
        assert known.get((month, "F05.volume", "")) == (None if deed == "withdraw" else 12_000), deed
    log = told.clerk("chief").get("/console/audit").text
    for word in (
        "下达目标",
        "改目标",
        "撤回目标",
        "恢复目标",
        "李建国 M1",
        "指标：销量",
        "原为：11500",
        "期间：2026-11",
    ):
        assert word in log, word


def test_a_laptop_that_has_the_target_loses_it_when_it_is_taken_back(told: Told) -> None:
    clerk = told.clerk("clerk")
    _give(clerk, **{"plan.F05.volume": "11500"})
    laptop = told.served.world.laptop("M1")
    laptop.pull()
    [key] = [key for table, key in laptop.rows if table == "office_target"]
    clerk.post(f"/console/targets/{key}/withdraw")
    laptop.pull()
    assert not [key for table, key in laptop.rows if table == "office_target"]
    page = clerk.get(f"/console/targets?{NOVEMBER}&show=withdrawn").text
    assert "11,500 条" in page
    assert "恢复下达" in page


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"managers": "M404"}, "managers", "M404：没有这个工号的客户经理"),
        ({"managers": ""}, "managers", "不知道下达给谁"),
        ({"territories": "T9"}, "territories", "T9：没有客户经理负责这个片区"),
        ({"period": "2026-13"}, "period", "不是有效日期"),
        ({"plan.F05.volume": "很多"}, "plan.F05.volume", "不是数字"),
        ({"plan.F05.volume": "12000.5"}, "plan.F05.volume", "应为整数"),
        ({"plan.F05.volume": "-1"}, "plan.F05.volume", "超出允许范围"),
        ({"kpi.1": "F08", "other.1": "120"}, "other.1", "超出允许范围"),
        ({"kpi.1": "F09", "other.1": "120"}, "other.1", "必须填写"),
        ({"kpi.1": "F09", "sku.1": "P404", "other.1": "120"}, "other.1", "没有这个品规编码"),
        ({"kpi.1": "F37", "class.1": "1", "other.1": "90"}, "other.1", "只有品牌集中度可以分价类"),
        ({"period": "2026", "kpi.1": "F37", "other.1": "90"}, "other.1", "这项指标只有月度目标"),
        ({"kpi.2": "F37"}, "other.2", "必须填写"),
    ],
)
def test_a_form_that_does_not_fit_comes_back_with_what_is_wrong_at_its_field(
    told: Told, fields: dict[str, str], field: str, words: str
) -> None:
    clerk = told.clerk("clerk")
    answer = _give(clerk, **{"plan.F05.key": "780", "plan.F05.volume": "5", **fields})
    assert answer.status_code == 409
    flaw = answer.text.partition(f'id="{field}-flaw"')[2].partition("</p>")[0]
    assert words in flaw, answer.text
    assert f'aria-describedby="{field}-flaw"' in answer.text
    assert 'value="780"' in answer.text, "nothing that was typed is lost"
    assert _on_laptop(told) == {}


def test_an_empty_form_gives_nothing_and_the_same_again_changes_nothing(told: Told) -> None:
    clerk = told.clerk("clerk")
    answer = _give(clerk)
    assert answer.status_code == 409
    assert "请至少填一个目标" in answer.text
    _give(clerk, **{"plan.F05.volume": "5"})
    assert "done=targets_known" in _give(clerk, **{"plan.F05.volume": "５"}).headers["location"]


def test_several_managers_and_a_territory_get_the_same_target(told: Told) -> None:
    _give(told.clerk("clerk"), managers="M1，M1", territories="T2 T3", **{"plan.F05.customers": "60"})
    for manager in ("M1", "M2", "M3"):
        assert _on_laptop(told, manager) == {("2026-11-01", "F05.customers", ""): 60}


@pytest.mark.parametrize(
    ("value", "was", "words"),
    [("9", "8", "刚被别人改过"), ("x", "5", "“x”不是数字"), ("5.5", "5", "应为整数"), ("0", "5", "超出允许范围")],
)
def test_a_correction_that_cannot_be_is_refused_in_words(told: Told, value: str, was: str, words: str) -> None:
    clerk = told.clerk("clerk")
    _give(clerk, **{"plan.F05.volume": "5"})
    answer = clerk.post(f"/console/targets/{_key(told)}/correct", {"value": value, "was": was})
    assert answer.status_code == 409
    assert words in answer.text
    assert _on_laptop(told) == {("2026-11-01", "F05.volume", ""): 5}


def test_good_rows_of_a_list_are_taken_and_the_others_say_why_and_can_be_mended(told: Told, tmp_path: Path) -> None:
    clerk = told.clerk("clerk")
    bad = ["M404", "", "2026-11", "销量", "", "", "many"], ["M2", "", "2026", "出样率", "", "", "95"]
    answer = _bring(clerk, "目标.csv", _listed(GOOD, *bad))
    assert answer.status_code == 200
    for word in (
        "读 3 行：新增 1，改动 0，未变 0，拒收 2",
        "不是数字",
        "这项指标只有月度目标",
        ">3<",
        ">4<",
        "目标.csv",
    ):
        assert word in answer.text, word
    assert _on_laptop(told) == {("2026-11-01", "F05.volume", ""): 11_500}
    rows = answer.text.partition('<textarea name="rows" hidden>')[2].partition("</textarea>")[0]
    kept = rows.replace("&#34;", '"')
    for kind in ("csv", "xlsx"):
        fields = {"csrf": csrf_in(answer.text), "rows": kept, "kind": kind}
        saved = clerk.http.post("/console/targets/refused", data=fields, files={"none": ("", b"")})
        file = tmp_path / f"refused.{kind}"
        file.write_bytes(saved.content)
        table = [list(row) for _, row in rows_of(file)]
        assert table[0] == [*HEAD, "原行号", "拒绝原因"]
        assert [row[7] for row in table[1:]] == ["3", "4"]
        mended = [table[0], ["M2", "", "2026-11", "销量", "", "", "9000", *table[1][7:]]]
        again = _bring(clerk, file.name, a_csv(tmp_path / "again.csv", mended).read_bytes())
        assert "拒收 0" in again.text
    assert _on_laptop(told, "M2") == {("2026-11-01", "F05.volume", ""): 9_000}
    log = told.clerk("chief").get("/console/audit").text
    assert "目标.csv" in log
    assert "指标目标" in log


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "请选择文件"),
        ("no.csv", "甲,乙\n1,2\n".encode(), "缺少必需的列"),
        ("broken.xlsx", b"PK\x03\x04 this is no workbook", "工作簿已损坏"),
        ("../../etc/x.csv", _listed(["M404", *GOOD[1:]]), "没有这个工号的客户经理"),
        ("big.csv", b"a" * (2 << 20) + b"b", "文件超过 2 MB"),
    ],
)
def test_a_file_of_which_nothing_can_be_taken_changes_nothing(
    told: Told, name: str, content: bytes, words: str
) -> None:
    clerk = told.clerk("clerk")
    answer = _bring(clerk, name, content)
    assert answer.status_code == 409
    assert words in answer.text
    assert "导入" not in told.clerk("chief").get("/console/audit").text.partition("<tbody>")[2]


def test_the_file_of_a_month_can_be_brought_in_again_and_changes_nothing(told: Told) -> None:
    clerk = told.clerk("clerk")
    _give(clerk, **{"plan.F05.volume": "11500", "plan.F05.value": "102.5", "kpi.1": "F09", "sku.1": "P0",
                    "other.1": "80", "kpi.2": "F08", "class.2": "2", "other.2": "12.25"})  # fmt: skip
    for kind in ("csv", "xlsx"):
        for language in ("zh", "en"):
            file = clerk.get(f"/console/targets/file?{NOVEMBER}&kind={kind}&lang={language}").content
            assert "未变 4，拒收 0" in _bring(clerk, f"targets.{kind}", file).text, (kind, language)


def test_the_empty_form_offers_managers_figures_and_classes_and_has_no_rows(told: Told) -> None:
    clerk = told.clerk("clerk")
    form = clerk.get("/console/targets/form?kind=xlsx").content
    with zipfile.ZipFile(io.BytesIO(form)) as book:
        sheet, words = (book.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "sharedStrings"))
    assert sheet.count("<dataValidation ") == 4
    assert all(word in words for word in ("李建国", "单条值", "元/条", "五类", "2026-03"))
    assert "没有数据行" in _bring(clerk, "form.xlsx", form).text


def test_the_manager_s_own_target_stands_beside(told: Told) -> None:
    clerk = told.clerk("clerk")
    laptop = replace(told.story.laptop, world=told.served.world, waiting=[])  # all tests share the story's
    own: dict[str, Any] = {"month": "2026-11-01", "period": "month", "kpi": "F05.volume", "scope": "", "value": "12345"}
    laptop.insert("kpi_target", own)
    laptop.push()
    _give(clerk, **{"plan.F05.volume": "11500"})
    page = clerk.get(f"/console/targets?{NOVEMBER}").text
    assert "12,345 条" in page


# ---- in the browser --------------------------------------------------------------------------------------------------
def test_a_clerk_gives_corrects_and_takes_back_by_keyboard_and_mouse(desk: Desk) -> None:
    page = desk.sign_in("clerk")
    page.get_by_role("link", name="目标", exact=True).click()
    expect(page.locator("h1")).to_have_text("目标")
    page.select_option("#span", "2026")
    page.get_by_role("link", name="未下达", exact=True).click()
    row = page.get_by_role("row").filter(has_text="王芳")
    row.get_by_role("link", name="下达目标").click()
    expect(page.locator("#managers")).to_have_value("M2")
    expect(page.locator("#period")).to_have_value("2026")
    page.get_by_label("销量", exact=True).fill("172000")
    page.get_by_label("单条值", exact=True).fill("一百")
    page.keyboard.press("Enter")
    expect(page.get_by_text("不是数字")).to_be_visible()
    expect(page.get_by_label("销量", exact=True)).to_have_value("172000")
    page.get_by_label("单条值", exact=True).fill("１０２．５")
    page.keyboard.press("Enter")
    desk.told_of("目标已下达")
    row = page.get_by_role("row").filter(has_text="172,000 条")
    row.get_by_label("王芳 的销量改为").fill("180000")
    page.keyboard.press("Enter")
    desk.told_of("目标已改")
    page.get_by_role("row").filter(has_text="180,000 条").get_by_role("button", name="撤回").click()
    desk.told_of("目标已撤回")
    page.get_by_role("link", name="已撤回", exact=True).click()
    page.get_by_role("button", name="恢复下达").click()
    desk.told_of("目标已恢复")
    expect(page.locator("#span")).to_have_value("2026")


def test_a_list_is_brought_in_and_its_refused_rows_are_saved_mended_and_brought_in_again(
    desk: Desk, tmp_path: Path
) -> None:
    page = desk.sign_in("clerk")
    page.goto("/console/targets/import")
    with page.expect_download() as form:
        page.get_by_role("link", name="XLSX（带下拉选项）").click()
    assert form.value.suggested_filename == "targets-form.xlsx"
    file = tmp_path / "目标.csv"
    file.write_bytes(_listed(GOOD, ["M404", *GOOD[1:]]))
    page.set_input_files("#file", file)
    page.get_by_role("button", name="导入", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("新增 1")
    expect(page.get_by_role("row").filter(has_text="M404")).to_contain_text("没有这个工号的客户经理")
    for name, kind in (("存为 CSV", "csv"), ("存为 XLSX", "xlsx")):
        with page.expect_download() as saved:
            page.get_by_role("button", name=name).click()
        assert saved.value.suggested_filename == f"targets-refused.{kind}"
    refused = tmp_path / "refused.xlsx"
    saved.value.save_as(refused)
    mended = [["M3" if cell == "M404" else cell for cell in row] for _, row in rows_of(refused)]
    page.set_input_files("#file", a_csv(tmp_path / "mended.csv", mended))
    page.get_by_role("button", name="导入", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("新增 1，改动 0，未变 0，拒收 0")


def test_pages_of_targets_fit_the_screen_in_both_languages(desk: Desk) -> None:
    page = desk.sign_in()
    _give(desk.told.clerk("clerk"), **{"plan.F05.volume": "11500", "kpi.1": "F08", "class.1": "1", "other.1": "25"})
    for path in (f"?{NOVEMBER}", f"?{NOVEMBER}&show=missing", "/new?x=", "/import?x="):
        for language in ("zh", "en"):
            page.goto(f"/console/targets{path}&lang={language}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            assert page.locator("thead th:not([scope])").count() == 0, path
