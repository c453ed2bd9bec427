"""The forecasts of the office: who has submitted, what it adds up to, the file, and giving one back."""

import csv
import io

from playwright.sync_api import expect

from tests.headoffice.console.browsing import Desk
from tests.headoffice.console.clerk import Told
from tests.headoffice.console.lands import Lands
from tests.headoffice.console.story import submit_forecast

APRIL = "month=2026-04"


def _file(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_page_tells_who_has_submitted_and_who_has_not(told: Told) -> None:
    reader = told.clerk("reader")
    page = reader.get(f"/console/forecasts?{APRIL}").text
    assert "已上报 1" in page
    assert "未上报 2" in page
    assert f"/console/forecasts/{told.story.submission}" in page
    assert "第 1 版" in page
    missing = reader.get(f"/console/forecasts?{APRIL}&show=missing").text
    assert told.story.submission not in missing
    assert "王芳" in missing
    assert "李建国" not in missing


def test_the_newest_month_is_opened_and_one_without_any_says_so(told: Told) -> None:
    reader = told.clerk("reader")
    assert told.story.submission in reader.get("/console/forecasts").text
    page = reader.get("/console/forecasts?month=2025-01").text
    assert "未上报 3" in page
    assert "还没有人上报预测" in page


def test_skus_add_up_over_the_newest_version_of_each_manager(lands: Lands) -> None:
    world = lands.world
    laptop = world.laptop("M1")
    newer = laptop.insert("forecast_submission", {
        "month": "2026-04-01", "version": 2, "submitted_at": world.now.isoformat(), "based_on": "2026-02-28",
        "model_total": 300, "final_total": 310, "skus": 1, "corrected": 1,
    })  # fmt: skip
    line = {"submission_id": newer, "product_id": world.products[0], "model_value": 300, "final_value": 310}
    laptop.insert("forecast_line", line)
    laptop.push()
    chief = lands.clerk("chief")
    rows = _file(chief.get(f"/console/forecasts.csv?{APRIL}").text)
    assert [(row["工号"], row["版本"], row["上报值"], row["修正原因"]) for row in rows] == [
        ("M1", "2", "310", ""), ("M2", "1", "291", "季节节日"), ("M2", "1", "180", ""),
    ]  # fmt: skip
    page = chief.get(f"/console/forecasts?{APRIL}").text
    assert "系统 780，上报 781" in page
    assert ">601<" in page  # the first SKU: 310 + 291
    assert len(_file(lands.clerk("chief-T1").get(f"/console/forecasts.csv?{APRIL}").text)) == 1
    older = chief.get(f"/console/forecasts/{lands.own['T1'].keys['submission']}").text
    assert f"/console/forecasts/{newer}" in older
    assert "/return" not in older, "only the newest version can be given back"


def test_a_submission_shows_its_figures_reasons_and_shops(told: Told) -> None:
    page = told.clerk("reader").get(f"/console/forecasts/{told.story.submission}").text
    for word in ("李建国", "季节节日", "250 – 350", "幸福便利店", "客户意见", "系统 480，上报 500"):
        assert word in page, word
    assert "/return" not in page, "a reader decides nothing"


def test_a_submission_is_given_back_once_with_a_reason_that_its_manager_reads(told: Told) -> None:
    clerk, path = told.clerk("clerk"), f"/console/forecasts/{told.story.submission}/return"
    assert clerk.post(path, {"note": " "}).status_code == 409
    assert clerk.post(path, {"note": "请复核春耕的影响"}).status_code == 303
    assert clerk.post(path, {"note": "再来"}).status_code == 409
    page = clerk.get(f"/console/forecasts/{told.story.submission}").text
    assert "请复核春耕的影响" in page
    assert "已退回" in clerk.get(f"/console/forecasts?{APRIL}").text
    laptop = told.served.world.laptop("M1")
    laptop.pull()
    mine = laptop.rows["forecast_submission", told.story.submission]
    assert "请复核春耕的影响" in str(mine)
    log = told.clerk("chief").get("/console/audit?chains=all").text
    assert "退回预测" in log
    assert "李建国 M1" in log


def test_a_forecast_is_found_read_and_given_back_in_the_browser(desk: Desk) -> None:
    page = desk.sign_in("clerk")
    page.get_by_role("link", name="需求预测").click()
    expect(page.locator("h1")).to_have_text("需求预测")
    with page.expect_download() as begun:
        page.get_by_role("link", name="下载 CSV").click()
    assert begun.value.suggested_filename == "forecast-2026-04.csv"
    page.get_by_role("link", name="500", exact=True).click()
    expect(page.locator("h1")).to_have_text("上报的预测")
    page.get_by_label("退回理由（必填）").fill("请逐户核实")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    desk.told_of("已退回")
    expect(page.locator("main")).to_contain_text("请逐户核实")
    page.get_by_role("link", name="需求预测").click()
    page.get_by_role("link", name="未上报", exact=True).click()
    expect(page.locator("tbody").first).to_contain_text("王芳")
    page.select_option("#month", index=0)
    page.wait_for_url("**month=*")


def test_pages_of_forecasts_fit_the_screen_in_both_languages(desk: Desk) -> None:
    page = desk.sign_in()
    for path in (f"/console/forecasts?{APRIL}", f"/console/forecasts/{desk.told.story.submission}"):
        for language in ("zh", "en"):
            page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            assert page.locator("thead th:not([scope])").count() == 0, path


def test_a_second_manager_s_submission_is_counted(told: Told) -> None:
    world = told.served.world
    laptop = world.laptop("M2")
    laptop.pull()
    submit_forecast(world, laptop, "C21", 100)
    assert "已上报 2" in told.clerk("reader").get(f"/console/forecasts?{APRIL}").text


def test_file_and_sums_are_the_same_on_postgresql(told_on_postgres: Told) -> None:
    reader = told_on_postgres.clerk("reader")
    rows = _file(reader.get(f"/console/forecasts.csv?{APRIL}").text)
    assert [(row["工号"], row["品规编码"], row["系统预测"], row["上报值"]) for row in rows] == [
        ("M1", "P0", "300", "320"), ("M1", "P1", "180", "180"),
    ]  # fmt: skip
    page = reader.get(f"/console/forecasts?{APRIL}").text
    assert "系统 480，上报 500" in page
    assert ">+20<" in page
