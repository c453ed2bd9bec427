"""The console in a real browser: what a person of the office does in a day, by mouse and by keyboard."""

import io
import re

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.headoffice import people
from app.headoffice.models import Replica
from app.sync.enrol_payload import read_payload
from tests.headoffice.console.browsing import Desk
from tests.headoffice.console.story import NASTY

PAGES = ("/console/", "/console/managers/M1", "/console/visits?day=2026-03-02", "/console/records",
         "/console/records?show=refused", "/console/conflicts", "/console/proposals", "/console/tasks?show=all",
         "/console/tasks/new", "/console/targets", "/console/targets/new", "/console/targets/import",
         "/console/devices?show=all", "/console/devices/code", "/console/audit")  # fmt: skip


def test_a_wrong_password_is_told_and_the_right_one_leads_to_the_page_that_was_asked_for(desk: Desk) -> None:
    page = desk.page
    page.goto("/console/tasks?show=all")
    page.fill("#name", "clerk")
    page.fill("#password", "not this one")
    page.click("text=登录 >> nth=-1")
    expect(page.get_by_role("alert")).to_contain_text("用户名或密码不对")
    expect(page.locator("#password")).to_be_focused()
    page.keyboard.type("a long password")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/console/tasks\?show=all$"))
    page.get_by_role("button", name="退出").click()
    expect(page.locator("#name")).to_be_focused()
    page.goto("/console/")
    expect(page.locator("#name")).to_be_visible()


def test_the_language_is_switched_and_stays(desk: Desk) -> None:
    page = desk.sign_in()
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("Overview")
    page.get_by_role("link", name="Visits").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("h1")).to_have_text("拜访")


def test_a_visit_is_found_by_its_day_and_its_photos_are_seen(desk: Desk) -> None:
    page = desk.sign_in("clerk")
    page.goto("/console/visits?day=2026-01-01")
    page.get_by_role("link", name="最近有拜访的一天").click()
    expect(page.get_by_role("row")).to_have_count(4)
    page.get_by_role("link", name="幸福便利店").first.click()
    expect(page.locator(".photos img")).to_have_count(2)
    for image in page.locator(".photos img").all():
        expect(image).to_have_js_property("complete", True)
        assert image.evaluate("one => one.naturalWidth") == 160
    expect(page.get_by_text("照片还没有到")).to_be_visible()
    page.locator(".photos a").click()
    page.wait_for_url("**/full")
    assert page.locator("img").evaluate("one => one.naturalWidth") == 640


def test_a_shop_named_as_a_script_is_read_and_never_run(desk: Desk) -> None:
    page = desk.sign_in()
    for path in ("/console/visits?day=2026-03-02", "/console/conflicts", "/console/records?show=refused",
                 f"/console/visits/{desk.told.story.visit}", f"/console/tasks?q={NASTY}"):  # fmt: skip
        page.goto(path)
        assert NASTY in (page.content().replace("&lt;", "<").replace("&gt;", ">"))


def test_a_record_of_a_lost_laptop_is_looked_at_and_applied(desk: Desk) -> None:
    page = desk.sign_in("clerk")
    page.get_by_role("link", name="待处理记录").click()
    row = page.get_by_role("row").filter(has_text="老周食杂店")
    row.get_by_text("内容").click()
    expect(row.get_by_text("2026-03-02")).to_be_visible()
    row.get_by_role("button", name="采纳").click()
    desk.told_of("已采纳这条记录")
    page.goto("/console/visits?day=2026-03-02&manager=M2")
    expect(page.get_by_role("row").filter(has_text="老周食杂店")).to_be_visible()


def test_a_record_is_refused_only_when_a_reason_is_given(desk: Desk) -> None:
    page = desk.sign_in("clerk")
    page.goto("/console/records")
    row = page.get_by_role("row").filter(has_text="等待：拜访")
    row.get_by_role("button", name="退回").click()
    expect(row.locator("input[name=note]:invalid")).to_be_focused()
    row.locator("input[name=note]").fill("拜访没有发生")
    row.get_by_role("button", name="退回").click()
    desk.told_of("已退回")
    page.get_by_role("link", name="已退回").click()
    expect(page.get_by_text("总部已退回：拜访没有发生")).to_be_visible()


def test_a_conflict_is_decided_and_the_choice_turned_round(desk: Desk) -> None:
    page, world = desk.sign_in("clerk"), desk.told.served.world
    page.get_by_role("link", name="冲突").first.click()
    row = page.get_by_role("row").filter(has_text="营业时间")
    for value in ("07:30-21:00", "07:00-23:00", "09:00-20:00"):
        expect(row.get_by_text(value)).to_be_visible()
    row.get_by_role("button", name="用电脑的").click()
    desk.told_of("已采用电脑上的值")
    assert world.value("customer", world.customers["C12"], "opening_hours") == "07:00-23:00"
    page.get_by_role("link", name="已决定").click()
    page.get_by_role("row").filter(has_text="09:00-20:00").get_by_role("button", name="用总部的").first.click()
    desk.told_of("已采用总部的值")


def test_a_proposal_is_accepted_and_the_archive_says_so(desk: Desk) -> None:
    page, world = desk.sign_in("clerk"), desk.told.served.world
    page.get_by_role("link", name="变更申请").click()
    page.get_by_role("button", name="退回").click()
    expect(page.locator("input[name=note]:invalid")).to_be_focused()
    page.get_by_role("button", name="同意").click()
    desk.told_of("已同意")
    assert world.value("customer", world.customers["C11"], "shop_name") == "幸福烟酒便利"


def test_a_task_is_given_by_keyboard_alone(desk: Desk) -> None:
    page = desk.sign_in("clerk")
    page.goto("/console/tasks/new")
    expect(page.locator("#title")).to_be_focused()
    for text in ("检查陈列", "看第二层货架", "", "C11"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    for _ in range(5):  # over the day, which has three parts and a picker, to the button
        if page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    desk.told_of("任务已下达")
    row = page.get_by_role("row").filter(has_text="检查陈列")
    expect(row.get_by_text("李建国")).to_be_visible()
    page.goto(f"/console/tasks/{desk.told.story.task}")
    page.get_by_role("link", name="打开").click()
    expect(page.locator("h1")).to_have_text("幸福便利店")


def test_a_laptop_is_revoked_and_wiped_after_a_choice(desk: Desk) -> None:
    page = desk.sign_in()
    page.get_by_role("link", name="电脑").click()
    page.get_by_role("link", name="停用", exact=True).click()
    page.get_by_role("button", name="确认停用").click()
    expect(page.locator("input[name=wipe]:invalid").first).to_be_visible()
    page.get_by_label("停用并清除").check()
    page.get_by_role("button", name="确认停用").click()
    desk.told_of("下次联网时清除")
    with desk.told.served.world.database.read() as session:
        asked = select(Replica.state, Replica.wipe).where(Replica.id == desk.told.story.laptop.replica)
        assert tuple(session.execute(asked).one()) == ("revoked", True)


def test_the_code_that_is_drawn_enrols_a_laptop_once(desk: Desk) -> None:
    page = desk.sign_in()
    page.goto("/console/managers/M3")
    page.get_by_role("link", name="签发登记码").click()
    page.fill("#url", "https://office.example:8420")
    page.get_by_role("button", name="签发").click()
    code = page.locator("#code").inner_text()
    seen = zxingcpp.read_barcode(Image.open(io.BytesIO(page.locator("svg.qr").screenshot())))
    assert seen is not None
    payload = read_payload(seen.text)
    assert payload is not None
    assert (payload.url, payload.code) == ("https://office.example:8420", code)
    with desk.told.served.world.database.write() as session:
        assert people.enrol(session, payload.code, "key", "laptop", desk.told.served.world.now).manager == "M3"
    page.goto("/console/devices")
    assert code not in page.content()


def test_what_a_role_may_not_do_is_neither_shown_nor_done(desk: Desk) -> None:
    page = desk.sign_in("reader")
    expect(page.locator(".rail a")).to_have_text(["总览", "拜访", "待处理记录", "任务", "需求预测", "目标"])
    page.goto(f"/console/visits/{desk.told.story.visit}")
    expect(page.get_by_text("不显示照片")).to_be_visible()
    assert page.locator("img").count() == 0
    page.goto("/console/devices")
    expect(page.get_by_role("alert")).to_contain_text("您的角色不能")


def test_every_page_fits_the_screen_and_can_be_used_without_a_mouse_or_eyes(desk: Desk) -> None:
    page = desk.sign_in()
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.locator("h1").count() == 1, path
        assert _without_a_name(page) == [], path
        assert page.locator("thead th:not([scope])").count() == 0, path
    page.goto("/console/visits?day=2026-03-02")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def _without_a_name(page: Page) -> list[str]:
    return page.evaluate("""
        [...document.querySelectorAll("input:not([type=hidden]), textarea, select, img, [role=img]")]
        .filter(one => !(one.labels?.length || one.alt || one.getAttribute("aria-label"))).map(one => one.outerHTML)""")


def test_it_works_dark_and_without_any_script(desk: Desk) -> None:
    light = desk.sign_in()
    dark = desk.sign_in("chief", desk.window(color_scheme="dark", java_script_enabled=False))
    colours = [one.locator(".card").first.screenshot() for one in (light, dark)]
    shades = [Image.open(io.BytesIO(one)).convert("L").resize((1, 1)).getpixel((0, 0)) for one in colours]
    assert shades[0] > 200  # pyright: ignore[reportOperatorIssue]
    assert shades[1] < 60  # pyright: ignore[reportOperatorIssue]
    dark.goto("/console/proposals")
    dark.get_by_role("button", name="同意").click()
    expect(dark.locator(".told")).to_contain_text("已同意")
