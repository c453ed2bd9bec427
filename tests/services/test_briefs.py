"""The brief of a shop, from what a real store holds."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.domain.adoption import Outcome
from app.domain.brief import Owner, TopicCode
from app.domain.playbook import Playbook
from app.domain.reasons import VisitReason
from app.domain.visit import VisitStatus
from app.models.visit import AdviceLine, DiagnosisRating, ImprovementPlan, Promise, StockCount
from app.runtime.clock import Clock
from app.services.briefs import Briefs
from app.services.guidance import order_advisor
from app.storage.database import Database
from tests.builders import a_customer, a_product, a_visit, an_order

if TYPE_CHECKING:
    from uuid import UUID

DAY = date(2022, 4, 29)


@pytest.fixture
def briefs(database: Database, clock: Clock, playbook: Playbook) -> Briefs:
    return Briefs(database, clock, playbook)


def days_ago(days: int) -> date:
    return DAY - timedelta(days=days)


def test_a_shop_without_any_history_has_a_brief_that_invents_nothing(briefs: Briefs, database: Database) -> None:
    with database.write() as session:
        customer_id = a_customer(session).id
    shop = briefs.brief(customer_id)
    assert shop.brief.topic.code is TopicCode.ROUTINE
    assert [why.code for why in shop.brief.reasons] == [VisitReason.NEVER_VISITED]
    assert (shop.brief.trend, shop.brief.four_weeks.last_year, shop.brief.visits) == (None, None, ())
    assert shop.names == {}


def test_visits_promises_and_plans_that_are_open_are_told(briefs: Briefs, database: Database) -> None:
    with database.write() as session:
        customer = a_customer(session, order_weekday=5)
        done = a_visit(session, customer, days_ago(16), "done", wrap_note="补了价签")
        a_visit(session, customer, days_ago(30), "closed", end_note="门锁着")
        current = a_visit(session, customer, DAY)
        owner = {"customer_id": customer.id, "visit_id": done.id}
        session.add(Promise(**owner, text="补齐 6 张价签", due_on=days_ago(2)))
        session.add(Promise(**owner, text="腾出陈列位", by_shop=True))
        session.add(Promise(**owner, text="已办", done_on=days_ago(1)))
        session.add(Promise(**owner, text="作罢", dropped_reason="停售"))
        plan = {"item": "D01", "current_state": "C", "target_state": "B"}
        session.add(ImprovementPlan(**owner, **plan, due_on=DAY + timedelta(days=4)))
        session.add(ImprovementPlan(**owner, **plan, self_reached=False))
        customer_id, current_id = customer.id, current.id
    brief = briefs.brief(customer_id, DAY, current_id).brief
    assert [(visit.day, visit.status, visit.note) for visit in brief.visits] == [
        (days_ago(16), VisitStatus.DONE, "补了价签"),
        (days_ago(30), VisitStatus.CLOSED, "门锁着"),
    ]
    assert [(one.text, one.owner) for one in brief.promises] == [
        ("补齐 6 张价签", Owner.MANAGER),
        ("腾出陈列位", Owner.SHOP),
    ]
    assert [(one.item, one.current, one.target) for one in brief.plans] == [("D01", "C", "B")]
    assert (brief.topic.code, brief.topic.subject) == (TopicCode.OUR_PROMISE, "补齐 6 张价签")
    assert [why.code for why in brief.reasons] == [
        VisitReason.ORDER_DAY_TODAY,
        VisitReason.PLAN_DUE,
        VisitReason.PROMISE_DUE,
    ]


def test_what_fell_and_what_may_be_out_of_stock_is_told_by_name(briefs: Briefs, database: Database) -> None:
    with database.write() as session:
        customer = a_customer(session, order_weekday=5)
        steady, fallen = a_product(session, no=1), a_product(session, no=2, name="云岭(细支)")
        for week in range(1, 70):
            lines = {steady: 10, fallen: 8} if week > 5 else {steady: 10}
            an_order(session, customer, days_ago(7 * week), lines)
        customer_id = customer.id
    shop = briefs.brief(customer_id)
    assert [one.product for one in shop.brief.stock_out_signs] == [2]
    assert [one.product for one in shop.brief.falls] == [2]
    assert shop.names[2] == "云岭(细支)"
    assert shop.brief.topic.code is TopicCode.STOCK_OUT
    assert shop.brief.four_weeks.this == 40
    assert shop.months[-1].quantity == 40


def test_an_item_that_got_worse_is_told_but_not_one_that_recovered(briefs: Briefs, database: Database) -> None:
    states = {"D01": "AB", "D02": "BA", "D03": "BB"}
    with database.write() as session:
        customer = a_customer(session)
        for number, ago in enumerate((40, 12)):
            visit = a_visit(session, customer, days_ago(ago), "done")
            for item, both in states.items():
                session.add(DiagnosisRating(visit_id=visit.id, item=item, state=both[number]))
        customer_id = customer.id
    assert briefs.brief(customer_id).brief.worse_items == ("D01",)


@pytest.mark.parametrize(("days", "code"), [(-3, TopicCode.LICENCE_EXPIRED), (20, TopicCode.LICENCE_RENEWAL)])
def test_the_licence_comes_first(briefs: Briefs, database: Database, days: int, code: TopicCode) -> None:
    with database.write() as session:
        customer_id = a_customer(session, license_to=DAY + timedelta(days=days)).id
    assert briefs.brief(customer_id).brief.topic.code is code


def test_another_shops_orders_and_promises_never_appear(briefs: Briefs, database: Database) -> None:
    with database.write() as session:
        other = a_customer(session, code="C2")
        product = a_product(session)
        for week in range(1, 20):
            an_order(session, other, days_ago(7 * week), {product: 9})
        visit = a_visit(session, other, days_ago(3), "done", wrap_note="别家")
        session.add(Promise(customer_id=other.id, visit_id=visit.id, text="别家"))
        customer_id: UUID = a_customer(session).id
    brief = briefs.brief(customer_id).brief
    assert (brief.visits, brief.promises, brief.width) == ((), (), 0)


def test_the_brief_says_what_became_of_the_advice_of_earlier_visits(briefs: Briefs, database: Database) -> None:
    with database.deliver(source="trade") as session:
        customer = a_customer(session, order_weekday=5)
        sku, other = a_product(session, 1, name="雅韵(硬)"), a_product(session, 2, name="金穗(软)")
        visit, current = a_visit(session, customer, days_ago(17), "done"), a_visit(session, customer, DAY)
        for product in (sku, other):
            session.add(AdviceLine(visit_id=visit.id, product_id=product.id, suggested=10))
        an_order(session, customer, days_ago(14), {sku: 9})
        session.add(StockCount(visit_id=current.id, product_id=other.id, on_hand=0))
        customer_id, current_id = customer.id, current.id
    shop = briefs.brief(customer_id, DAY, current_id)
    (followed,) = shop.adoption.visits
    assert followed.order_day == days_ago(14)
    assert [(shop.names[line.product], line.outcome, line.ran_out) for line in followed.lines] == [
        ("雅韵(硬)", Outcome.ADOPTED, None),
        ("金穗(软)", Outcome.NOT_ORDERED, True),
    ]


def test_with_guidance_a_counted_empty_shelf_is_a_sign_and_a_full_one_none(
    database: Database, clock: Clock, playbook: Playbook
) -> None:
    guided = Briefs(database, clock, playbook, order_advisor(playbook))
    with database.write() as session:
        customer = a_customer(session, order_weekday=5)
        product = a_product(session, 1)
        for week in range(1, 30):
            an_order(session, customer, days_ago(7 * week), {product: 9})
        visit = a_visit(session, customer, DAY)
        session.add(StockCount(visit_id=visit.id, product_id=product.id, on_hand=0))
        customer_id, visit_id = customer.id, visit.id
    signs = [
        why.value for why in guided.guided(customer_id, DAY).brief.reasons if why.code is VisitReason.STOCK_OUT_SIGNS
    ]
    assert signs == [1]
    with database.write() as session:
        session.scalars(select(StockCount).where(StockCount.visit_id == visit_id)).one().on_hand = 40
    reasons = {why.code for why in guided.guided(customer_id, DAY).brief.reasons}
    assert VisitReason.STOCK_OUT_SIGNS not in reasons
