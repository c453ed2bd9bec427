"""The forecast desk: figures that add up, corrections with reasons, a forecast that is kept."""

import contextlib
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.changes import Changes
from app.domain.forecast_process import Sign, Steadiness
from app.domain.kpi.tallies import Period, Subject
from app.domain.problems import Problem, RuleError
from app.models.customer import Customer
from app.models.trade import Allocation, Product
from app.runtime.cancel import CancelledError
from app.runtime.clock import Clock
from app.services import forecast_store
from app.services.forecast_desk import ForecastDesk
from app.services.forecast_views import Corrected, SaidKind
from app.services.kpi_targets import target_key, write_target
from app.services.market_reading import TooFewMonths
from app.storage.database import Database
from tests.services.forecast_story import (
    APRIL,
    MARCH,
    MAY,
    TODAY,
    Desks,
    a_figure,
    add_orders,
    customer,
    product,
    row_of,
)

if TYPE_CHECKING:
    from app.domain.playbook import Playbook


# ---- looking ---------------------------------------------------------------------------------------------------------
def test_the_month_after_this_one_is_opened_with_what_the_orders_say_beside(desk: ForecastDesk) -> None:
    view = desk.overview()
    assert (view.month, view.months_ahead, view.last_month, len(view.months)) == (MAY, 2, MARCH, 6)
    row = row_of(view, "P1")
    assert row.last_month == next(point.actual for point in desk.history(row.product_id) if point.month == MARCH)
    assert row.same_month_last_year is not None
    assert row.low is not None
    assert row.high is not None
    assert row.low <= row.model_value <= row.high
    assert row.final_value == row.model_value
    assert view.total.final_value == sum(one.final_value for one in view.rows)
    assert view.total.last_month == sum(one.last_month or 0 for one in view.rows)


def test_plan_and_allowance_stand_beside_where_there_are_any(desk: ForecastDesk, database: Database) -> None:
    assert (desk.overview().total.plan, desk.overview().total.allowed) == (None, None)
    with database.write_plain() as cursor:
        write_target(cursor, "M1", MAY, target_key("F05", Subject.VOLUME, Period.MONTH, ""), 1200)
        write_target(cursor, "M1", MAY, target_key("F05", Subject.VOLUME, Period.YEAR, ""), 9999)
        write_target(cursor, "M1", MAY, target_key("F05", Subject.KEY, Period.MONTH, ""), 77)
        write_target(cursor, "M1", MAY, target_key("F09", Subject.NONE, Period.MONTH, "sku:P1"), 300)
    with database.deliver("test") as session:
        shop, sku = customer_id(session), product_id(session)
        session.add(Allocation(customer_id=shop, product_id=sku, valid_from=MAY, valid_to=date(2022, 5, 8), allowed=40))
        session.add(Allocation(customer_id=shop, product_id=sku, valid_from=APRIL, valid_to=MAY, allowed=30))
    view = desk.overview()
    assert (view.total.plan, view.total.allowed) == (1200, 40)
    assert [row_of(view, code).plan for code in ("P1", "P2")] == [300, None]
    assert [row_of(view, code).allowed for code in ("P1", "P2")] == [40, None]
    assert row_of(desk.overview(APRIL), "P1").plan is None


def customer_id(session: Session) -> UUID:
    """Return a shop."""
    return session.scalars(select(Customer.id).where(Customer.cust_code == "C1")).one()


def product_id(session: Session) -> UUID:
    """Return the SKU P1."""
    return session.scalars(select(Product.id).where(Product.sku_code == "P1")).one()


def test_brands_are_told_apart_by_rules_that_say_why(desk: ForecastDesk, database: Database) -> None:
    view = desk.overview()
    assert row_of(view, "P1").kind.kind is Steadiness.STABLE
    assert Sign.SCARCE in row_of(view, "P4").kind.signs
    assert row_of(view, "P3").kind.signs == (Sign.SUBSTITUTE,)
    assert Sign.KEY in row_of(view, "P5").kind.signs
    desk.kinds.say(SaidKind(Steadiness.DIFFICULT, "told"), product_id=product(database, "P1"))
    assert row_of(desk.overview(), "P1").kind.by_hand
    desk.kinds.say(None, product_id=product(database, "P1"))
    assert row_of(desk.overview(), "P1").kind.kind is Steadiness.STABLE


def test_shops_add_up_to_every_sku_in_every_month(desk: ForecastDesk) -> None:
    for month in desk.overview().months:
        for row in desk.overview(month).rows:
            shops = desk.shops(row.product_id, month)
            assert sum(shop.final_value for shop in shops.shops) == shops.row.final_value == row.final_value
            assert sum(shop.model_value for shop in shops.shops) == row.model_value


def test_a_territory_with_two_months_of_orders_is_told_so(database: Database, playbook: "Playbook") -> None:
    with pytest.raises(TooFewMonths):
        ForecastDesk(database, Clock(as_of=TODAY), playbook).overview()


def test_a_month_that_is_not_forecast_is_not_found(desk: ForecastDesk) -> None:
    for month in (MARCH, date(2023, 1, 1), date(2022, 5, 2)):
        with pytest.raises(RuleError) as refused:
            desk.overview(month)
        assert refused.value.refusals[0].problem is Problem.NOT_FOUND


# ---- correcting ------------------------------------------------------------------------------------------------------
def test_a_total_is_spread_over_the_shops_but_for_those_set_by_hand(desk: ForecastDesk, database: Database) -> None:
    sku, shop = product(database, "P1"), customer(database, "C1")
    desk.correct(MAY, sku, shop, a_figure(99, note="准备办喜事", opportunity="五一婚庆"))
    moved = row_of(desk.overview(), "P1")
    assert moved.final_value == moved.model_value + 99 - before(desk, sku, shop)
    desk.correct(MAY, sku, None, a_figure(moved.final_value + 50, "festival"))
    view = desk.shops(sku, MAY)
    assert sum(one.final_value for one in view.shops) == view.row.final_value == moved.final_value + 50
    mine = next(one for one in view.shops if one.customer_id == shop)
    assert mine.correction is not None
    assert (mine.final_value, mine.correction.note, mine.correction.opportunity) == (99, "准备办喜事", "五一婚庆")
    assert abs(mine.correction.model_value - mine.model_value) <= 1, "the model's figure stays beside"


def before(desk: ForecastDesk, sku: UUID, shop: UUID) -> int:
    """Return the system's figure of a shop."""
    return next(one.model_value for one in desk.shops(sku, MAY).shops if one.customer_id == shop)


def test_a_shop_moves_a_corrected_total_and_leaves_the_others(desk: ForecastDesk, database: Database) -> None:
    sku, shop = product(database, "P2"), customer(database, "C3")
    desk.correct(MAY, sku, None, a_figure(500))
    then = {one.customer_id: one.final_value for one in desk.shops(sku, MAY).shops}
    desk.correct(MAY, sku, shop, a_figure(then[shop] + 20))
    now = desk.shops(sku, MAY)
    assert now.row.final_value == 520
    assert all(abs(one.final_value - then[one.customer_id]) <= 1 for one in now.shops if one.customer_id != shop)


def test_undo_puts_back_what_stood_before_and_can_itself_be_undone(desk: ForecastDesk, database: Database) -> None:
    sku, shop = product(database, "P2"), customer(database, "C3")
    first = desk.overview()
    desk.correct(MAY, sku, None, a_figure(500))
    done = desk.correct(MAY, sku, shop, a_figure(200))
    again = desk.undo(done)
    assert row_of(desk.overview(), "P2").final_value == 500
    desk.undo(again)
    assert next(one.final_value for one in desk.shops(sku, MAY).shops if one.customer_id == shop) == 200
    desk.take_back(MAY, sku, shop)
    desk.take_back(MAY, sku)
    assert desk.overview().rows == first.rows
    with pytest.raises(RuleError):
        desk.take_back(MAY, sku)


def test_what_is_wrong_with_a_figure_is_said_all_at_once(desk: ForecastDesk, database: Database) -> None:
    sku = product(database, "P1")
    with pytest.raises(RuleError) as refused:
        desk.correct(MAY, sku, None, a_figure(-1, "because"))
    assert {one.problem for one in refused.value.refusals} == {Problem.REASON_MISSING, Problem.BAD_VALUE}
    desk.correct(MAY, sku, customer(database, "C1"), a_figure(300))
    with pytest.raises(RuleError) as refused:
        desk.correct(MAY, sku, None, a_figure(299))
    assert refused.value.refusals[0].subject == "below_shops"
    assert row_of(desk.overview(), "P1").correction is None


def test_a_correction_counts_in_its_own_month_alone(desk: ForecastDesk, database: Database) -> None:
    desk.correct(MAY, product(database, "P1"), None, a_figure(777))
    june = row_of(desk.overview(date(2022, 6, 1)), "P1")
    assert (june.correction, june.final_value) == (None, june.model_value)


def test_each_correction_is_queued_and_the_model_s_figures_are_not(desk: ForecastDesk, database: Database) -> None:
    desk.overview()
    desk.correct(MAY, product(database, "P1"), None, a_figure(777))
    with database.look() as cursor:
        assert cursor.execute("SELECT tbl, count(*) FROM outbox GROUP BY tbl").fetchall() == [("forecast_entry", 1)]


def test_a_total_that_an_undo_left_too_small_makes_way_for_the_shops(desk: ForecastDesk, database: Database) -> None:
    sku, shop = product(database, "P1"), customer(database, "C1")
    desk.correct(MAY, sku, shop, a_figure(50))
    taken_back = desk.take_back(MAY, sku, shop)
    desk.correct(MAY, sku, None, a_figure(10))
    desk.undo(taken_back)
    assert row_of(desk.overview(), "P1").final_value == 50
    assert sum(one.final_value for one in desk.shops(sku, MAY).shops) == 50


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["total", "shop", "take back", "take back shop", "undo"]),
        st.sampled_from(["P1", "P5"]),
        st.sampled_from(["C1", "C4"]),
        st.integers(0, 400),
    ),
    min_size=1,
    max_size=12,
)


@given(DEEDS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_corrected_in_whatever_order_adds_up(
    desk: ForecastDesk, database: Database, deeds: list[tuple[str, str, str, int]]
) -> None:
    done = Corrected(Changes(), ())
    for deed, sku, shop, value in deeds:
        product_id, customer_id = product(database, sku), customer(database, shop)
        with contextlib.suppress(RuleError):
            if deed == "total":
                done = desk.correct(MAY, product_id, None, a_figure(value))
            elif deed == "shop":
                done = desk.correct(MAY, product_id, customer_id, a_figure(value))
            elif deed == "undo":
                done = desk.undo(done)
            else:
                done = desk.take_back(MAY, product_id, customer_id if deed == "take back shop" else None)
    view = desk.overview()
    for row in view.rows:
        shops = desk.shops(row.product_id, MAY)
        assert sum(one.final_value for one in shops.shops) == shops.row.final_value == row.final_value
        assert all(one.final_value >= 0 for one in shops.shops)
        by_hand = {one.final_value: one.correction.value for one in shops.shops if one.correction is not None}
        assert all(final == own for final, own in by_hand.items())
        assert row.manager_value is None or row.manager_value <= row.final_value


# ---- kept and computed -----------------------------------------------------------------------------------------------
def test_the_system_s_forecast_is_computed_once_and_again_when_orders_came(
    desk: ForecastDesk, desks: Desks, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    real = forecast_store.forecast_market
    monkeypatch.setattr(
        forecast_store, "forecast_market", lambda *told, **more: (made.append(1), real(*told, **more))[1]
    )
    assert not desk.is_ready()
    first = desk.overview()
    assert desk.is_ready()
    assert desks(TODAY).is_ready(), "the next start finds it"
    assert desks(TODAY).overview() == first
    assert len(made) == 1
    with database.note() as cursor:
        add_orders(cursor, date(2022, 3, 1), date(2022, 3, 1), 10_000)
    assert not desk.is_ready(), "an order of a whole month came late"
    assert desk.overview().total.last_month != first.total.last_month
    assert len(made) == 2
    with database.note() as cursor:
        add_orders(cursor, date(2022, 4, 12), date(2022, 4, 12), 20_000)
    assert desk.is_ready(), "this month's orders do not count before it is over"


def test_what_was_stopped_while_it_was_computed_is_not_kept_and_can_be_computed_later(desk: ForecastDesk) -> None:
    left = 5

    def check() -> None:
        nonlocal left
        left -= 1
        if not left:
            raise CancelledError

    with pytest.raises(CancelledError):
        desk.prepare(check)
    assert not desk.is_ready()
    desk.prepare()
    assert desk.is_ready()


def test_the_plain_method_s_error_stands_beside_the_forecast_s_own(desk: ForecastDesk) -> None:
    view = desk.overview()
    row = row_of(view, "P1")
    record = desk.record(row.product_id)
    assert (record.error, record.plain_error) == (row.past_error, row.plain_error)
    assert None not in (record.error, record.plain_error)
    assert desk.record().error == view.total.past_error
    shops = desk.shops(row.product_id, view.month).shops
    for shop in shops[:-1]:
        assert shop.customer_id is not None
        known = desk.record(row.product_id, shop.customer_id)
        assert (known.error, known.plain_error) == (shop.past_error, shop.plain_error)
        assert known.is_plain == (shop.model == "smoothing")


def test_what_moved_since_last_month_s_forecast_is_shown(desks: Desks) -> None:
    then = {row.code: row.model_value for row in desks(date(2022, 3, 12)).overview(MAY).rows}
    now = desks(TODAY).overview(MAY)
    assert {row.code: row.before for row in now.rows} == then
    assert any(row.changed_since for row in now.rows)
    assert [row.changed_since for row in desks(date(2022, 3, 12)).overview(MAY).rows] == [None] * len(then)


def test_a_kept_forecast_that_cannot_be_read_is_made_anew(
    desk: ForecastDesk, desks: Desks, database: Database
) -> None:  # fmt: skip
    first = desk.overview()
    with database.note() as cursor:
        cursor.execute("UPDATE forecast_run SET content = x'00'")
    assert [row.final_value for row in desks(TODAY).overview().rows] == [row.final_value for row in first.rows]
