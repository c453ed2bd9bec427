"""The page of a visit: what was agreed, what the shelf looked like, which plans were made, whether it was read back."""

import re

import pytest

from tests.headoffice.console.clerk import Told
from tests.headoffice.world import visit_values


def _visit(told: Told, **more: object) -> str:
    """Bring a visit whose guidance was taken up: one line as suggested, one changed, one left at nothing."""
    world = told.served.world
    laptop = world.laptop("M1")
    laptop.pull()
    shop = world.customers["C11"]
    visit = laptop.insert("visit", visit_values(shop, **more))
    guidance = ((7, None), (5, 9), (None, None))
    for product, (suggested, agreed) in zip(world.products, guidance, strict=True):
        line = {"visit_id": visit, "product_id": product, "suggested": suggested, "agreed": agreed}
        laptop.insert("advice_line", line)
    laptop.insert("shelf_check", {
        "visit_id": visit, "sku_on_sale": 41, "sku_shown": 37, "sku_tagged": 33, "slots": 62, "minors_sign": False,
        "license_shown": True, "note": "第二层空",
    })  # fmt: skip
    laptop.insert("improvement_plan", {
        "customer_id": shop, "visit_id": visit, "item": "D04", "current_state": "C", "target_state": "B",
        "measures": ["D04-1"], "support_requested": True, "due_on": "2026-03-20", "actions_done": "价签已订",
        "self_reached": False, "cause_note": "缺打印机",
    })  # fmt: skip
    laptop.push()
    return visit


def _page(told: Told, visit: str, role: str = "clerk") -> str:
    answer = told.clerk(role).get(f"/console/visits/{visit}")
    assert answer.status_code == 200, answer.text
    return answer.text


def _section(page: str, title: str) -> str:
    return next(part for part in page.split("<section") if f"<h2>{title}</h2>" in part)


def test_what_nobody_changed_was_agreed_as_it_was_suggested(told: Told) -> None:
    advice = _section(_page(told, _visit(told)), "订货建议")
    assert "商定 2 个品规，合计 16" in advice
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in advice.split("<tr>")[2:]]
    agreed = {row[0]: row[2:] for row in rows}
    assert agreed["红双喜（硬）"][-2:] == ["7", "7"]
    assert agreed["利群（新版）"][-3:] == ["5", "9", "商量后改"]
    assert agreed["云烟（紫）"][-2:] == ["—", "—"]


@pytest.mark.parametrize("role", ["reader", "clerk"])
def test_the_shelf_and_the_plans_are_told_in_words(told: Told, role: str) -> None:
    page = _page(told, _visit(told), role)
    shelf = re.sub(r"<[^>]+>|\s", "", _section(page, "陈列与价签"))
    for told_of in ("出样品规37", "有价签品规33", "陈列位62", "亮证经营：许可证在明处是", "标识否", "第二层空"):
        assert told_of in shelf
    assert "专柜或专架" not in shelf, "what was not looked at is not told"
    plans = _section(page, "提升计划")
    for told_of in ("C → B", "2026-03-20", "申请支持", "已做：价签已订", "自评：未达成", "缺打印机"):
        assert told_of in plans
    assert "D04" not in plans, "items and measures have names"


def test_a_visit_without_shelf_check_and_plans_has_no_empty_cards_for_them(told: Told) -> None:
    page = _page(told, told.story.visit)
    assert "<h2>陈列与价签</h2>" not in page
    assert "<h2>提升计划</h2>" not in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"read_back": True}, "已向店主复述并得到确认"),
        ({"read_back": False}, "没有复述"),
        ({}, "没有复述"),
        ({"status": "closed"}, None),
    ],
)
def test_it_says_whether_the_shop_heard_what_was_agreed(told: Told, more: dict[str, object], words: str | None) -> None:
    page = _page(told, _visit(told, **more))
    assert ("复述确认" in page) is (words is not None)
    assert words is None or words in page
