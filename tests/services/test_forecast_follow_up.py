"""Months that are submitted stay as they were, and are held against what came; files say what the desk says."""

from datetime import date

import pytest

from app.domain.problems import Problem, RuleError
from app.services.forecast_desk import ForecastDesk
from app.services.forecast_views import Cause, Source
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


# ---- submitting ------------------------------------------------------------------------------------------------------
def test_a_submission_is_frozen_and_what_comes_after_is_a_new_version(
    desk: ForecastDesk, database: Database
) -> None:  # fmt: skip
    sku, shop = product(database, "P1"), customer(database, "C2")
    desk.correct(MAY, sku, shop, a_figure(120))
    assert desk.submit(MAY) == 1
    with pytest.raises(RuleError) as refused:
        desk.submit(MAY)
    assert refused.value.refusals[0].problem is Problem.ALREADY_COMPLETED
    view = desk.overview()
    assert view.submission is not None
    assert (view.submission.version, view.submission.corrected, view.changed_rows) == (1, 1, 0)
    desk.correct(MAY, sku, shop, a_figure(130))
    view = desk.overview()
    assert (row_of(view, "P1").changed_since, view.changed_rows) == (10, 1)
    assert desk.submit(MAY) == 2
    with database.look() as cursor:
        lines = cursor.execute(
            "SELECT s.version, l.customer_id IS NOT NULL, l.final_value, l.reason FROM forecast_line l"
            " JOIN forecast_submission s ON s.id = l.submission_id WHERE l.product_id = ? ORDER BY 1, 2",
            (sku.hex,),
        ).fetchall()
    assert [(version, is_shop, value) for version, is_shop, value, _ in lines if is_shop] == [(1, 1, 120), (2, 1, 130)]
    assert [reason for _, is_shop, _, reason in lines if is_shop] == ["told", "told"]
    first, second = (value for _, is_shop, value, _ in lines if not is_shop)
    assert second == first + 10


def test_what_is_submitted_does_not_move_when_orders_come(desk: ForecastDesk, database: Database) -> None:
    desk.submit(MAY)
    then = desk.overview().submission
    with database.note() as cursor:
        add_orders(cursor, date(2022, 3, 1), date(2022, 3, 1), 10_000)
    view = desk.overview()
    assert view.submission == then
    assert then is not None
    assert then.final_total == sum(row.before or 0 for row in view.rows)


# ---- follow-up -------------------------------------------------------------------------------------------------------
def test_a_month_of_which_nothing_was_kept_is_called_replayed(desk: ForecastDesk) -> None:
    view = desk.tracking()
    assert (view.month, view.source, view.shop_source, view.forecast_at) == (
        MARCH, Source.REPLAYED, Source.REPLAYED, None,
    )  # fmt: skip
    assert sum(row.forecast for row in view.shops) <= sum(row.forecast for row in view.skus)
    assert sum(row.actual for row in view.shops) == sum(row.actual for row in view.skus)
    total, came = sum(row.forecast for row in view.skus), sum(row.actual for row in view.skus)
    assert view.scores.f01 == pytest.approx(1 - abs(total - came) / came)


def test_what_a_look_back_computes_was_not_told_then(desks: Desks, database: Database) -> None:
    desks(date(2022, 1, 12)).overview()
    with database.look() as cursor:
        assert cursor.execute("SELECT count(*) FROM forecast_kept").fetchone() == (0,)
    assert desks(TODAY).tracking(MARCH).source is Source.REPLAYED


def test_what_was_told_then_is_held_against_what_came(desk: ForecastDesk, desks: Desks, database: Database) -> None:
    sku = product(database, "P1")
    desk.correct(MAY, sku, None, a_figure(400, "festival"))
    told = {row.product_id: row.final_value for row in desk.overview(MAY).rows}
    desk.submit(MAY)
    april = {row.product_id: row.model_value for row in desk.overview(APRIL).rows}
    with database.note() as cursor:
        add_orders(cursor, date(2022, 4, 18), date(2022, 6, 1), 10_000)
    later = desks(date(2022, 6, 10))
    may = later.tracking(MAY)
    assert (may.source, may.shop_source) == (Source.SUBMITTED, Source.SUBMITTED)
    assert {row.product_id: row.forecast for row in may.skus} == told
    assert may.system_scores != may.scores
    mine = next(row for row in may.skus if row.product_id == sku)
    shops = later.tracking(MAY, sku).shops
    assert (mine.forecast, sum(row.forecast for row in shops)) == (400, 400)
    assert sum(row.actual for row in shops) == mine.actual
    assert row_of(later.overview(), "P1").last_accuracy == mine.accuracy
    kept = later.tracking(APRIL)
    assert kept.source is Source.KEPT
    assert {row.product_id: row.forecast for row in kept.skus} == april


def test_a_version_sent_within_the_month_does_not_count_for_it(
    desk: ForecastDesk, desks: Desks, database: Database
) -> None:  # fmt: skip
    sku = product(database, "P1")
    desk.correct(MAY, sku, None, a_figure(400))
    desk.submit(MAY)
    in_may = desks(date(2022, 5, 20))
    in_may.correct(MAY, sku, None, a_figure(250))
    assert in_may.submit(MAY) == 2
    later = desks(date(2022, 6, 10))
    assert next(row.forecast for row in later.tracking(MAY).skus if row.product_id == sku) == 400


def test_causes_are_kept_with_their_month(desk: ForecastDesk, database: Database) -> None:
    sku, shop = product(database, "P1"), customer(database, "C4")
    desk.set_cause(MARCH, "supply", "到货晚", product_id=sku)
    desk.set_cause(MARCH, "shop_change", customer_id=shop)
    view = desk.tracking(MARCH)
    assert [row.cause for row in view.skus if row.product_id == sku] == [Cause("supply", "到货晚")]
    assert [row.cause for row in view.shops if row.customer_id == shop] == [Cause("shop_change")]
    desk.set_cause(MARCH, None, product_id=sku)
    assert next(row.cause for row in desk.tracking(MARCH).skus if row.product_id == sku) is None
    with pytest.raises(RuleError):
        desk.set_cause(MARCH, "the weather god", product_id=sku)


def test_the_chart_shows_the_track_record_and_what_is_to_come(desk: ForecastDesk, database: Database) -> None:
    sku, shop = product(database, "P1"), customer(database, "C1")
    desk.correct(MAY, sku, shop, a_figure(99))
    for points in (desk.history(), desk.history(sku), desk.history(None, shop), desk.history(sku, shop)):
        past = [point for point in points if point.actual is not None]
        ahead = [point for point in points if point.final is not None]
        assert [point.month for point in ahead] == list(desk.overview().months)
        assert past[-1].month == MARCH
        assert all(point.forecast is not None for point in past[-12:])
        assert all(point.low is not None for point in ahead)
    final = {point.month: point.final for point in desk.history(sku, shop)}
    assert final[MAY] == 99
    with pytest.raises(RuleError):
        desk.history(shop)


# ---- files -----------------------------------------------------------------------------------------------------------
def test_what_counts_is_told_by_shop_for_all_months(desk: ForecastDesk, database: Database) -> None:
    desk.correct(MAY, product(database, "P1"), customer(database, "C1"), a_figure(99, "festival"))
    lines = desk.own(2)
    for month in (APRIL, MAY):
        told = sum(line.final for line in lines if line.month == month)
        assert told == desk.overview(month).total.final_value
    [mine] = [line for line in lines if line.reason is not None]
    assert (mine.month, mine.customer, mine.product, mine.final) == (MAY, "C1", "P1", 99)


def test_what_was_submitted_is_told_in_its_newest_version(desk: ForecastDesk, database: Database) -> None:
    assert desk.submitted(6) == ()
    desk.submit(MAY)
    desk.correct(MAY, product(database, "P1"), None, a_figure(400, "festival"))
    desk.submit(MAY)
    lines = desk.submitted(6)
    assert {(line.month, line.version) for line in lines} == {(MAY, 2)}
    assert next((line.final, line.reason) for line in lines if line.product == "P1") == (400, "festival")
