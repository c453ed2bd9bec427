"""Proposals at the console: what the manager saw, what head office put there meanwhile, and what Enter must not do."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.headoffice.models import TABLES
from tests.headoffice.console.browsing import Desk
from tests.headoffice.console.clerk import Told

PROPOSAL = TABLES["change_proposal"]


def _row(told: Told) -> list[str]:
    """Return the words of each cell of the proposal on the shop C22, without the customer."""
    page = told.clerk("clerk").get("/console/proposals?manager=M2").text
    row = next(one for one in page.split("<tr>") if "惠民超市" in one)
    cells = re.findall(r"<td.*?</td>", row, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]


def _propose(told: Told, *, before: str = "", after: str = "") -> None:
    """Have M2 propose a name for a shop that head office renames before or after the proposal comes."""
    world = told.served.world
    laptop, shop = world.laptop("M2"), world.customers["C22"]
    world.put("customer", shop, {"shop_name": "惠民一店"})
    laptop.pull()
    laptop.do("patch", "customer", shop, {"shop_name": "惠民二店"})
    if before:
        world.put("customer", shop, {"shop_name": before})
        world.now += timedelta(minutes=1)
    laptop.push()
    if after:
        world.now += timedelta(minutes=1)
        world.put("customer", shop, {"shop_name": after})


def test_a_field_that_stayed_is_told_as_the_same(told: Told) -> None:
    _propose(told)
    assert _row(told)[1:4] == ["惠民一店", "未变", "惠民二店"]


def test_a_change_of_head_office_after_the_proposal_came_is_told_beside_what_the_manager_saw(told: Told) -> None:
    _propose(told, after="惠民三店")
    old, now, new, *_ = _row(told)[1:]
    assert (old, new) == ("惠民一店", "惠民二店")
    assert re.fullmatch(r"惠民三店 总部 [\d: -]+ 已改，提出人当时没有看到", now)


def test_a_change_that_the_manager_had_not_got_yet_is_not_told_as_what_he_saw(told: Told) -> None:
    _propose(told, before="惠民三店")
    old, now, new, *_ = _row(told)[1:]
    assert (old, new) == ("不详", "惠民二店")
    assert re.fullmatch(r"惠民三店 总部 [\d: -]+ 已改，提出人当时没有看到", now)


def test_the_page_has_no_code_of_the_archive_in_its_words(told: Told) -> None:
    for show in ("open", "accepted", "declined", "withdrawn"):
        assert "CM*" not in told.clerk("clerk").get(f"/console/proposals?show={show}").text


def _state(told: Told) -> str | None:
    with told.served.world.database.read() as session:
        return session.scalar(select(PROPOSAL.c.state))


def test_enter_in_the_reason_decides_nothing(desk: Desk) -> None:
    page = desk.sign_in("clerk")
    page.goto("/console/proposals")
    reason = page.get_by_label("退回理由")
    assert page.get_by_role("main").locator("button:visible").all_inner_texts() == ["筛选", "同意", "退回"]
    for text in ("", "门头还没换"):
        reason.fill(text)
        reason.press("Enter")
        page.wait_for_load_state("networkidle")
        expect(reason).to_have_value(text)
        assert _state(desk.told) == "open"
    page.get_by_role("button", name="退回").click()
    desk.told_of("已退回")
    assert _state(desk.told) == "declined"
    page.goto("/console/proposals?show=declined")
    expect(page.get_by_text("门头还没换")).to_be_visible()


@pytest.mark.parametrize("path", ["/console/records", "/console/forecasts/{submission}"])
def test_enter_in_the_reason_for_refusing_does_nothing_either(desk: Desk, path: str) -> None:
    page = desk.sign_in("clerk")
    page.goto(path.format(submission=desk.told.story.submission))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    reason = page.locator("input[name=note]").first
    reason.fill("不对")
    reason.press("Enter")
    page.wait_for_load_state("networkidle")
    expect(reason).to_have_value("不对")
    assert "POST" not in asked
