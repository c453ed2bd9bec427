"""The data of the customer's sheet: own figures, what was agreed, and nothing that may not stand on such a paper."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import select

from app.domain.customer_summary import CustomerSummary
from app.domain.order_advice import Reason, ReasonCode
from app.domain.text import Language
from app.models.customer import Customer
from app.models.trade import Product
from app.models.visit import AdviceLine, DiagnosisRating, ImprovementPlan, Promise, ShelfCheck, StockCount, Visit
from app.reports.customer_pdf import customer_pdf_bytes
from app.reports.never_printed import withheld
from app.runtime.clock import Clock
from app.services.guidance import trade_rule
from app.services.summaries import Summaries
from app.services.summary_words import note
from app.storage.database import Database
from app.storage.facts import CURRENCY, MANAGER, PRACTICE, UNIT, set_fact
from tests.builders import a_customer, a_product, a_visit, an_order

if TYPE_CHECKING:
    from app.domain.playbook import Playbook

DAY = date(2022, 4, 29)  # a Friday
START = datetime(2022, 4, 29, 9).astimezone()


@pytest.fixture
def summaries(database: Database, clock: Clock, playbook: "Playbook") -> Summaries:
    return Summaries(database, clock, playbook, trade_rule(playbook))


@pytest.fixture
def shop(database: Database) -> UUID:
    """A shop with two years of Friday orders of three SKUs; the second grew by two cartons a week this year."""
    with database.write() as session:
        customer = a_customer(session, order_weekday=5, license_to=date(2022, 7, 1), order_cycle_type="weekly")
        names = (("雅韵(硬)", "3", 1200), ("云岭(细支)", "2", 2300), ("老城(硬红)", "4", None))
        products = [
            a_product(session, no, name=name, price_class=code, wholesale_price=10000, retail_price=price)
            for no, (name, code, price) in enumerate(names, 1)
        ]
        for week in range(1, 106):
            grown = 5 if week <= 52 else 3
            quantities = {products[0]: 9, products[1]: grown}
            if week > 20:
                quantities[products[2]] = 1
            an_order(session, customer, DAY - timedelta(days=7 * week), quantities)
        return customer.id


@pytest.fixture
def visit(database: Database, shop: UUID) -> UUID:
    with database.write() as session:
        customer = session.get_one(Customer, shop)
        a_visit(session, customer, DAY - timedelta(days=15), "done", started_at=START - timedelta(days=15))
        return a_visit(session, customer, DAY, started_at=START).id


def _add(database: Database, *rows: object) -> None:
    with database.write() as session:
        session.add_all(rows)


def _product(database: Database, name: str) -> UUID:
    with database.read() as session:
        return session.scalars(select(Product.id).where(Product.name == name)).one()


def _all_texts(summary: CustomerSummary) -> str:
    return repr(asdict(summary))


def test_the_four_figures_are_those_of_the_last_four_weeks(summaries: Summaries, shop: UUID) -> None:
    figures = summaries.summary(shop).figures
    assert (figures.quantity, figures.quantity_last_year) == (56, 52)
    assert (figures.value_per_unit, figures.value_change) == (100_00, 0)
    assert (figures.orders_on_time, figures.orders_due) == (8, 8)
    assert figures.margin == 4 * (9 * 2000 + 5 * 13000)
    assert figures.margin_basis == "按指导价"


def test_the_margin_follows_the_price_seen_in_the_shop(
    database: Database, summaries: Summaries, shop: UUID, visit: UUID
) -> None:
    seen = StockCount(visit_id=visit, product_id=_product(database, "雅韵(硬)"), on_hand=3, retail_price=1300)
    _add(database, seen)
    figures = summaries.summary(shop).figures
    assert figures.margin == 4 * (9 * 3000 + 5 * 13000)
    assert figures.margin_basis == "按店内价和指导价"


def test_without_retail_prices_there_is_no_margin_and_no_zero(
    database: Database, summaries: Summaries, shop: UUID
) -> None:
    with database.write() as session:
        for product in session.scalars(select(Product)):
            product.retail_price = None
    figures = summaries.summary(shop).figures
    assert (figures.margin, figures.margin_rate, figures.margin_basis) == (None, None, "")


def test_the_sentence_names_the_change_and_the_skus_that_made_it(summaries: Summaries, shop: UUID) -> None:
    zh = "近四周比去年同期多 4 条：云岭(细支) 多 8 条，老城(硬红) 少 4 条。"
    en = (
        "4 cartons more than in the same four weeks of last year; "
        "云岭(细支): 8 cartons more, 老城(硬红): 4 cartons fewer."
    )
    assert summaries.summary(shop).explanation == zh
    assert summaries.summary(shop, language=Language.EN).explanation == en


def test_classes_and_best_sellers_are_of_the_last_three_months(summaries: Summaries, shop: UUID) -> None:
    summary = summaries.summary(shop)
    assert [(one.name, one.quantity, one.amount) for one in summary.classes] == [
        ("二类", 65, 65 * 10000),
        ("三类", 117, 117 * 10000),
    ]
    assert [(one.name, one.class_name, one.quantity, one.change) for one in summary.top_skus] == [
        ("雅韵(硬)", "三类", 117, 0),
        ("云岭(细支)", "二类", 65, 0),
    ]
    assert [(one.name, one.remark) for one in summary.slow] == [("老城(硬红)", "上次订货 2021 年 12 月 3 日，已 21 周")]


def test_months_before_the_first_order_have_no_value(database: Database, summaries: Summaries) -> None:
    with database.write() as session:
        customer = a_customer(session, "C2")
        an_order(session, customer, DAY - timedelta(days=30), {a_product(session, 9): 3})
    months = summaries.summary(customer.id).months
    assert [month.quantity for month in months] == [None] * 10 + [3, 0]
    assert {month.last_year for month in months} == {None}


def test_the_head_says_rhythm_next_order_licence_and_the_visit_before(
    summaries: Summaries, shop: UUID, visit: UUID
) -> None:
    summary = summaries.summary(shop, visit_id=visit)
    assert summary.order_rhythm == "订货日 周五 · 每周一次"
    assert summary.next_order == "4 月 29 日 16:00 前下单"
    assert summary.licence_expiry == date(2022, 7, 1)
    assert summary.previous_visit == date(2022, 4, 14)


def test_an_order_day_guessed_from_orders_gets_no_hour(database: Database, summaries: Summaries, shop: UUID) -> None:
    with database.deliver("registration") as session:
        session.get_one(Customer, shop).order_cycle_type = None
    summary = summaries.summary(shop, DAY - timedelta(days=2))
    assert (summary.order_rhythm, summary.next_order) == ("订货日 周五", "下次订货日 4 月 29 日")


def test_a_shop_of_which_nothing_is_known_still_has_a_sheet(database: Database, summaries: Summaries) -> None:
    with database.write() as session:
        customer = a_customer(session, "C3", "空店")
    summary = summaries.summary(customer.id)
    assert (summary.shop_name, summary.order_rhythm, summary.next_order, summary.explanation) == ("空店", "", "", "")
    assert (summary.suggestions, summary.classes, summary.steps, summary.reminders) == ((), (), (), ())
    assert summary.figures.value_per_unit is None
    assert customer_pdf_bytes(summary).startswith(b"%PDF")


def test_the_suggestion_is_what_both_agreed_on_at_the_visit(
    database: Database, summaries: Summaries, shop: UUID, visit: UUID
) -> None:
    live = {line.name: line.suggested for line in summaries.summary(shop).suggestions}
    assert live == {"雅韵(硬)": 11, "云岭(细支)": 6}
    _add(
        database,
        AdviceLine(visit_id=visit, product_id=_product(database, "雅韵(硬)"), suggested=11, agreed=4),
        AdviceLine(visit_id=visit, product_id=_product(database, "云岭(细支)"), suggested=6),
    )
    assert {line.name: line.suggested for line in summaries.summary(shop).suggestions} == {
        "雅韵(硬)": 4,
        "云岭(细支)": 6,
    }


def test_stock_that_nobody_counted_stays_empty_and_is_said_once(summaries: Summaries, shop: UUID) -> None:
    summary = summaries.summary(shop)
    assert {line.on_hand for line in summary.suggestions} == {None}
    assert [line.note for line in summary.suggestions] == ["", ""]
    assert summary.reminders == ("本次没有清点库存：建议数量按近期购进推算，下单前请先看看货架。",)
    assert summary.out_of_stock == ()


def test_what_was_counted_as_zero_is_out_of_stock(
    database: Database, summaries: Summaries, shop: UUID, visit: UUID
) -> None:
    _add(database, StockCount(visit_id=visit, product_id=_product(database, "雅韵(硬)"), on_hand=0))
    summary = summaries.summary(shop)
    assert [(one.name, one.remark) for one in summary.out_of_stock] == [("雅韵(硬)", "本次清点为 0，每周约卖 9.0 条")]
    notes = {line.name: line.note for line in summary.suggestions}
    assert notes == {"雅韵(硬)": "货架上已无", "云岭(细支)": "现存未清点，按购进推算"}
    assert summary.reminders == ()


def test_agreed_steps_are_promises_and_measures_by_due_day(
    database: Database, summaries: Summaries, shop: UUID, visit: UUID
) -> None:
    with database.write() as session:
        before = a_visit(session, session.get_one(Customer, shop), DAY - timedelta(days=8), "done").id
    own = {"customer_id": shop, "visit_id": visit}
    old = {"customer_id": shop, "visit_id": before}
    _add(
        database,
        Promise(**own, text="柜台一层留给新品", by_shop=True, due_on=DAY + timedelta(days=7)),
        Promise(**old, text="补齐 6 张价签", due_on=DAY - timedelta(days=2)),
        Promise(**old, text="换灯管", due_on=DAY + timedelta(days=1), done_on=DAY),
        Promise(**old, text="早已做完", done_on=DAY - timedelta(days=8)),
        Promise(**old, text="作罢", dropped_reason="不需要"),
        Promise(**own, text="  ", by_shop=True),
        ImprovementPlan(
            **own, item="D01", current_state="C", target_state="B", measures=["D01-1", "D01-3"], due_on=DAY
        ),
    )
    steps = summaries.summary(shop).steps
    assert [(step.what, step.who, step.state) for step in steps] == [
        ("补齐 6 张价签", "客户经理", "已到期"),
        ("增加或更换陈列设施", "一起做", "新约定"),
        ("提供卷烟展示柜", "公司", "新约定"),
        ("换灯管", "客户经理", "已完成"),
        ("柜台一层留给新品", "店主", "新约定"),
    ]


def test_grades_attitude_and_channel_never_reach_the_sheet(
    database: Database, summaries: Summaries, shop: UUID, visit: UUID, playbook: "Playbook"
) -> None:
    with database.deliver("head office") as session:
        customer = session.get_one(Customer, shop)
        customer.law_class, customer.credit_level, customer.influence, customer.tier = "C", "B", "weak", 12
    own = {"customer_id": shop, "visit_id": visit}
    _add(
        database,
        *(
            DiagnosisRating(visit_id=visit, item=item.code, state="C", note="不配合")
            for item in playbook.diagnosis.items
        ),
        *(
            ImprovementPlan(
                **own,
                item=item.code,
                current_state="C",
                target_state="A",
                measures=[measure.code for measure in item.measures],
            )
            for item in playbook.diagnosis.items
        ),
    )
    summary = summaries.summary(shop)
    forbidden = {
        measure.name.zh
        for item in playbook.diagnosis.items
        for measure in item.measures
        if item.internal or measure.internal or measure.compliance
    }
    assert forbidden
    texts = _all_texts(summary)
    assert not [name for name in forbidden if name in texts]
    states = [item.name.zh for item in playbook.diagnosis.items if item.internal]
    assert not [name for name in states if name in texts]
    assert "不配合" not in texts
    assert withheld(summary) == ()


def test_a_promise_with_forbidden_words_is_told_to_the_manager(
    database: Database, summaries: Summaries, shop: UUID, visit: UUID
) -> None:
    _add(database, Promise(customer_id=shop, visit_id=visit, text="不要再从其他渠道进货", by_shop=True))
    assert withheld(summaries.summary(shop)) == ("不要再从其他渠道进货",)


def test_what_the_law_asks_for_and_is_missing_is_a_reminder(
    database: Database, summaries: Summaries, shop: UUID, visit: UUID
) -> None:
    _add(
        database,
        StockCount(visit_id=visit, product_id=_product(database, "雅韵(硬)"), on_hand=9),
        ShelfCheck(visit_id=visit, minors_sign=False, license_shown=True, sku_shown=21, sku_tagged=19),
    )
    assert summaries.summary(shop).reminders == (
        "请把“不向未成年人售烟”的标识贴在醒目处。",
        "还有 2 个品规缺价签，请补齐。",
    )


def test_the_sheet_names_the_day_agreed_for_the_next_visit(
    database: Database, summaries: Summaries, shop: UUID, visit: UUID
) -> None:
    assert summaries.summary(shop, visit_id=visit).next_visit is None
    with database.write() as session:
        session.get_one(Visit, visit).next_visit_on = DAY + timedelta(days=14)
    assert summaries.summary(shop, visit_id=visit).next_visit == DAY + timedelta(days=14)


def test_steps_of_a_plan_are_named_in_the_words_of_the_shop(
    database: Database, summaries: Summaries, shop: UUID, visit: UUID
) -> None:
    plan = ImprovementPlan(
        customer_id=shop, visit_id=visit, item="D03", current_state="C", target_state="B", measures=["D03-3"]
    )
    _add(database, plan)
    assert [step.what for step in summaries.summary(shop).steps] == ["长期不动的品规先停订"]


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (0.2, "随时可能断货", "may run out any day"),
        (1.2, "明天可能断货", "may run out tomorrow"),
        (2.6, "约 3 天后可能断货", "may run out in about 3 days"),
    ],
)
def test_a_risk_is_said_in_days_that_people_say(days: float, zh: str, en: str) -> None:
    reasons = (Reason(ReasonCode.OUT_OF_STOCK_RISK, days),)
    assert (note(reasons, Language.ZH), note(reasons, Language.EN)) == (zh, en)


def test_the_manager_is_a_contact_but_not_in_a_practice_store(
    database: Database, summaries: Summaries, shop: UUID
) -> None:
    with database.write() as session:
        set_fact(session, MANAGER, "陈喆")
    assert [contact.name for contact in summaries.summary(shop).contacts] == ["陈喆"]
    with database.write() as session:
        set_fact(session, PRACTICE, "yes")
    assert summaries.summary(shop).contacts == ()


def test_without_a_manager_of_its_own_the_store_names_the_one_of_the_archive(
    database: Database, summaries: Summaries, shop: UUID
) -> None:
    with database.write() as session:
        set_fact(session, PRACTICE, "yes")
        set_fact(session, MANAGER, "练习")
        session.get_one(Customer, shop).manager_id = "JL0307"
    assert [contact.name for contact in summaries.summary(shop).contacts] == ["JL0307"]


def test_bottles_and_dollars_are_called_so(database: Database, summaries: Summaries, shop: UUID) -> None:
    with database.write() as session:
        set_fact(session, UNIT, "bottle")
        set_fact(session, CURRENCY, "USD")
    summary = summaries.summary(shop, language=Language.EN)
    assert (summary.unit.one, summary.unit.many, summary.currency) == ("bottle", "bottles", "$")
    assert summary.figures.margin_basis == "at the guide price"


def test_the_same_data_give_the_same_bytes(database: Database, summaries: Summaries, shop: UUID, visit: UUID) -> None:
    _add(database, StockCount(visit_id=visit, product_id=_product(database, "雅韵(硬)"), on_hand=2))
    assert customer_pdf_bytes(summaries.summary(shop)) == customer_pdf_bytes(summaries.summary(shop))


def test_the_visit_of_the_day_is_found_by_itself(
    database: Database, summaries: Summaries, shop: UUID, visit: UUID
) -> None:
    _add(database, Promise(customer_id=shop, visit_id=visit, text="换灯管"))
    assert summaries.summary(shop, DAY) == summaries.summary(shop, visit_id=visit)
    assert [step.state for step in summaries.summary(shop, DAY).steps] == ["新约定"]
