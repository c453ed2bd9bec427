"""Order guidance of one shop: what it is drawn from, what comes first, and that nothing is written or invented."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from app.domain.order_advice import ReasonCode, StockSource, Wish
from app.domain.problems import Problem, RuleError
from app.models.customer import Customer
from app.models.local import OutboxEntry
from app.models.trade import Allocation, OrderLine, Product
from app.models.visit import AdviceLine, StockCount
from app.runtime.clock import Clock
from app.services.guidance import ENGINE, Guidance, ShopAdvice, SkuAdvice, order_advisor, totals_of, trade_rule
from app.storage.database import Database
from app.storage.facts import UNIT, set_fact
from tests.builders import a_customer, a_product, a_visit, an_order

if TYPE_CHECKING:
    from app.domain.playbook import Playbook

DAY = date(2022, 4, 29)  # a Friday
WEEKLY = {"雅韵(硬)": 9, "金穗(软)": 6, "云岭(细支)": 3}


@pytest.fixture
def guidance(database: Database, clock: Clock, playbook: "Playbook") -> Guidance:
    return Guidance(database, clock, playbook, trade_rule(playbook))


@pytest.fixture
def shop(database: Database) -> UUID:
    """A shop that bought three SKUs every Friday of the last half year, and a fourth only long ago."""
    with database.write() as session:
        customer = a_customer(session, order_weekday=5)
        products = [
            a_product(session, no, name=name, price_class="3", wholesale_price=10000, retail_price=1200)
            for no, name in enumerate(WEEKLY, 1)
        ]
        old = a_product(session, 4, name="老城(硬红)", price_class="4")
        unbought = a_product(session, 5, name="江南(中支)")
        for week in range(1, 27):
            day = DAY - timedelta(days=7 * week)
            an_order(session, customer, day, dict(zip(products, WEEKLY.values(), strict=True)))
        an_order(session, customer, DAY - timedelta(days=170), {old: 5})
        assert unbought.no == 5
        return customer.id


def _count(database: Database, shop: UUID, day: date, counts: dict[str, int], **fields: object) -> UUID:
    with database.write() as session:
        customer = session.get_one(Customer, shop)
        visit = a_visit(session, customer, day, started_at=datetime(day.year, day.month, day.day, 9).astimezone())
        for name, on_hand in counts.items():
            product = session.scalars(select(Product).where(Product.name == name)).one()
            session.add(StockCount(visit_id=visit.id, product_id=product.id, on_hand=on_hand, **fields))
        return visit.id


def _sku(advice: ShopAdvice, name: str) -> SkuAdvice:
    return next(sku for sku in advice.skus if sku.name == name)


def test_only_what_was_bought_in_half_a_year_or_counted_is_shown(
    database: Database, guidance: Guidance, shop: UUID
) -> None:
    assert {sku.name for sku in guidance.advise(shop).skus} == {*WEEKLY, "老城(硬红)"}
    visit = _count(database, shop, DAY, {"江南(中支)": 2})
    assert "江南(中支)" in {sku.name for sku in guidance.advise(shop, visit_id=visit).skus}


def test_a_count_of_this_visit_is_the_stock_on_hand(database: Database, guidance: Guidance, shop: UUID) -> None:
    visit = _count(database, shop, DAY, {"雅韵(硬)": 4})
    line = _sku(guidance.advise(shop, visit_id=visit), "雅韵(硬)").line
    assert (line.stock, line.stock_source, line.stock_age) == (4, StockSource.COUNTED, 0)
    assert line.suggestion == 7  # 1.2 × 9 − 4 = 6.8


def test_an_older_count_is_carried_on_and_called_an_estimate(
    database: Database, guidance: Guidance, shop: UUID
) -> None:
    _count(database, shop, DAY - timedelta(days=14), {"雅韵(硬)": 10})
    line = _sku(guidance.advise(shop), "雅韵(硬)").line
    assert (line.stock, line.stock_source, line.stock_age) == (10, StockSource.ESTIMATED, 14)  # 10 + 18 − 18


def test_a_stock_that_nobody_counted_is_unknown_and_never_zero(guidance: Guidance, shop: UUID) -> None:
    for sku in guidance.advise(shop).skus:
        assert sku.line.stock is None
        assert sku.has(ReasonCode.STOCK_UNKNOWN)


def test_of_two_counts_of_a_day_that_of_this_visit_is_taken(database: Database, guidance: Guidance, shop: UUID) -> None:
    mine = _count(database, shop, DAY, {"雅韵(硬)": 4})
    other = _count(database, shop, DAY, {"雅韵(硬)": 8})
    assert _sku(guidance.advise(shop, visit_id=mine), "雅韵(硬)").line.stock == 4
    assert _sku(guidance.advise(shop, visit_id=other), "雅韵(硬)").line.stock == 8


def test_what_is_counted_after_the_day_is_not_known_yet(database: Database, guidance: Guidance, shop: UUID) -> None:
    _count(database, shop, DAY, {"雅韵(硬)": 4})
    assert _sku(guidance.advise(shop, DAY - timedelta(days=7)), "雅韵(硬)").line.stock is None


def test_the_cap_that_holds_on_the_order_day_limits_the_suggestion(
    database: Database, guidance: Guidance, shop: UUID
) -> None:
    _count(database, shop, DAY, {"雅韵(硬)": 0, "金穗(软)": 0})
    with database.deliver("head office") as session:
        for name, first, cap in (("雅韵(硬)", DAY, 5), ("金穗(软)", DAY + timedelta(days=1), 1)):
            product = session.scalars(select(Product).where(Product.name == name)).one()
            span = {"valid_from": first, "valid_to": first + timedelta(days=6)}
            moment = datetime(2022, 4, 28, 12).astimezone()
            session.add(Allocation(customer_id=shop, product_id=product.id, allowed=cap, changed_at=moment, **span))
    advice = guidance.advise(shop)
    assert advice.order_day == DAY
    capped, free = _sku(advice, "雅韵(硬)"), _sku(advice, "金穗(软)")
    assert (capped.line.allowed, capped.line.suggestion, capped.has(ReasonCode.CAPPED)) == (5, 5, True)
    assert (free.line.allowed, free.line.suggestion) == (None, 7)


def test_what_may_run_out_comes_first_and_what_is_slow_after_what_to_order(
    database: Database, guidance: Guidance, shop: UUID
) -> None:
    visit = _count(database, shop, DAY, {"雅韵(硬)": 20, "金穗(软)": 12, "云岭(细支)": 0, "老城(硬红)": 5})
    advice = guidance.advise(shop, visit_id=visit)
    assert [sku.name for sku in advice.skus] == ["云岭(细支)", "老城(硬红)", "雅韵(硬)", "金穗(软)"]
    assert [sku.at_risk for sku in advice.skus] == [True, False, False, False]


def test_the_margin_needs_a_retail_price_and_takes_the_one_seen_in_the_shop(
    database: Database, guidance: Guidance, shop: UUID
) -> None:
    visit = _count(database, shop, DAY, {"雅韵(硬)": 0})
    [sku] = [sku for sku in guidance.advise(shop, visit_id=visit).skus if sku.name == "雅韵(硬)"]
    assert totals_of([sku]).margin == 11 * (12000 - 10000)
    dearer = _count(database, shop, DAY, {"雅韵(硬)": 0}, retail_price=1300)
    [sku] = [sku for sku in guidance.advise(shop, visit_id=dearer).skus if sku.name == "雅韵(硬)"]
    assert totals_of([sku]).margin == 11 * (13000 - 10000)
    with database.write() as session:
        for product in session.scalars(select(Product)):
            product.retail_price = None
    bare = _count(database, shop, DAY + timedelta(days=1), {"云岭(细支)": 0})
    later = guidance.advise(shop, visit_id=bare)
    assert totals_of([_sku(later, "云岭(细支)")]).margin is None


def test_a_bottle_is_one_pack_and_its_size_tells_it_from_others(
    database: Database, guidance: Guidance, shop: UUID
) -> None:
    with database.write() as session:
        set_fact(session, UNIT, "bottle")
        product = session.scalars(select(Product).where(Product.name == "雅韵(硬)")).one()
        product.content_ml = 750
    sku = _sku(guidance.advise(shop), "雅韵(硬)")
    assert (sku.full_name, sku.line.prices.retail) == ("雅韵(硬) 750 ml", 1200)


@pytest.mark.parametrize("fields", [{"supply_state": "suspended"}, {"status": "paused"}])
def test_a_shop_that_is_not_supplied_or_does_not_trade_gets_no_advice(
    database: Database, guidance: Guidance, shop: UUID, fields: dict[str, str]
) -> None:
    with database.deliver("head office") as session:
        customer = session.get_one(Customer, shop)
        for name, value in fields.items():
            setattr(customer, name, value)
    advice = guidance.advise(shop)
    assert (advice.stopped, advice.skus, advice.totals.quantity) == (True, (), 0)


def test_asking_for_advice_writes_nothing_and_orders_nothing(
    database: Database, guidance: Guidance, shop: UUID
) -> None:
    visit = _count(database, shop, DAY, {"雅韵(硬)": 0})
    with database.read() as session:
        before = session.scalar(select(func.count()).select_from(OutboxEntry))
    guidance.advise(shop, visit_id=visit)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(OutboxEntry)) == before
        assert session.scalar(select(func.count()).select_from(AdviceLine)) == 0


def test_the_same_papers_give_the_same_advice(database: Database, guidance: Guidance, shop: UUID) -> None:
    visit = _count(database, shop, DAY, {"雅韵(硬)": 3, "金穗(软)": 1})
    assert guidance.advise(shop, visit_id=visit) == guidance.advise(shop, visit_id=visit)


def test_a_shop_that_is_not_there_is_refused(guidance: Guidance) -> None:
    with pytest.raises(RuleError) as refused:
        guidance.advise(uuid4())
    assert refused.value.refusals[0].problem is Problem.NOT_FOUND


def test_the_engine_of_the_program_says_what_the_trade_says_beside(
    database: Database, clock: Clock, playbook: "Playbook", shop: UUID
) -> None:
    visit = _count(database, shop, DAY, {"雅韵(硬)": 4})
    ours = Guidance(database, clock, playbook, order_advisor(playbook))
    advice = ours.advise(shop, visit_id=visit)
    line = _sku(advice, "雅韵(硬)").line
    assert advice.engine == ENGINE
    assert line.plan is not None
    assert (line.plan.service, line.plan.trade.suggestion) == (0.95, 7)
    assert line.suggestion == 13  # 17 for nine days − 4


def test_what_if_is_the_same_guidance_under_a_wish_and_reads_nothing(
    database: Database, clock: Clock, playbook: "Playbook", shop: UUID
) -> None:
    ours = Guidance(database, clock, playbook, order_advisor(playbook))
    usual = ours.advise(shop)
    database.close()

    assert ours.what_if(usual, Wish()) == usual
    assert ours.what_if(usual, Wish(total=5)).totals.quantity == 5
    assert ours.what_if(usual, Wish(service=0.99)).totals.quantity > usual.totals.quantity
    spent = ours.what_if(usual, Wish(budget=45_000)).totals
    assert (spent.quantity, spent.amount) == (4, 40_000)


def test_orders_that_took_all_that_was_allowed_raise_what_is_expected(
    database: Database, clock: Clock, playbook: "Playbook", shop: UUID
) -> None:
    guidance = Guidance(database, clock, playbook, order_advisor(playbook))
    before = _sku(guidance.advise(shop, DAY), "雅韵(硬)").line
    with database.write() as session:
        no = session.scalars(select(Product.no).where(Product.name == "雅韵(硬)")).one()
        session.execute(update(OrderLine).where(OrderLine.product_no == no).values(allowed=OrderLine.qty))

    advice = guidance.advise(shop, DAY)

    line = _sku(advice, "雅韵(硬)").line
    assert before.weekly is not None
    assert line.weekly is not None
    assert line.weekly > before.weekly * 1.1
    assert (line.chart.weeks, line.plan and line.plan.last_order) == (before.chart.weeks, 9)
    assert any(reason.code is ReasonCode.SHORT_BEFORE for reason in line.reasons)
    others = {sku.name: sku.line for sku in advice.skus if sku.name != "雅韵(硬)"}
    assert all(ReasonCode.SHORT_BEFORE not in {one.code for one in other.reasons} for other in others.values())
