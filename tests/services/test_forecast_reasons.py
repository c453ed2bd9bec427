"""A figure may be typed before its reason; nothing is submitted without, and known opportunities are offered."""

from datetime import date

import pytest

from app.domain.problems import Problem, RuleError
from app.playbooks.trade_calendar import load_trade_calendar
from app.services.forecast_desk import ForecastDesk
from app.services.forecast_views import Correction
from app.storage.database import Database
from tests.services.forecast_story import APRIL, MAY, a_figure, customer, product


def test_a_figure_waits_for_its_reason_and_holds_the_submission_up_until_it_has_one(
    desk: ForecastDesk, database: Database
) -> None:
    sku, shop = product(database, "P1"), customer(database, "C2")
    desk.correct(MAY, sku, None, a_figure(90, ""))
    desk.correct(MAY, product(database, "P2"), shop, a_figure(5, "other"))
    assert [(one.product, one.customer) for one in desk.overview(MAY).unexplained] == [("品P1", ""), ("品P2", "店C2")]
    with pytest.raises(RuleError) as refused:
        desk.submit(MAY)
    assert [(one.problem, one.subject) for one in refused.value.refusals] == [
        (Problem.REASON_MISSING, "品P1"), (Problem.REASON_MISSING, "品P2"),
    ]  # fmt: skip
    desk.correct(MAY, sku, None, a_figure(90, "told"))
    desk.correct(MAY, product(database, "P2"), shop, a_figure(5, "other", note="小店装修"))
    assert desk.overview(MAY).unexplained == ()
    assert desk.submit(MAY) == 1


def test_another_month_s_missing_reasons_hold_nothing_up(desk: ForecastDesk, database: Database) -> None:
    desk.correct(APRIL, product(database, "P1"), None, a_figure(90, ""))
    assert desk.submit(MAY) == 1


def test_a_reason_that_is_not_in_the_list_is_still_refused(desk: ForecastDesk, database: Database) -> None:
    with pytest.raises(RuleError):
        desk.correct(MAY, product(database, "P1"), None, a_figure(90, "nonsense"))


def test_opportunities_named_before_are_offered_once_those_of_the_shop_first(
    desk: ForecastDesk, database: Database
) -> None:
    sku, shop, other = product(database, "P1"), customer(database, "C1"), customer(database, "C2")
    desk.correct(MAY, sku, shop, _for("庙会"))
    desk.correct(APRIL, sku, shop, _for("庙会"))
    desk.correct(MAY, sku, other, _for("学校开学"))
    desk.correct(MAY, product(database, "P2"), None, _for("道路施工"))
    of_shop = [one.text for one in desk.opportunities(MAY, shop) if one.text]
    assert of_shop[0] == "庙会"
    assert sorted(of_shop) == ["学校开学", "庙会", "道路施工"]
    assert {one.text for one in desk.opportunities(MAY) if one.text} == set(of_shop)
    desk.take_back(MAY, sku, other)
    assert "学校开学" not in {one.text for one in desk.opportunities(MAY)}


def test_a_festival_is_offered_in_the_months_in_which_shops_stock_up_for_it(
    desk: ForecastDesk, database: Database
) -> None:
    def festivals(month: date) -> list[tuple[str, date | None]]:
        return [(one.festival, one.day) for one in desk.opportunities(month) if one.festival]

    assert festivals(date(2022, 9, 1)) == [], "orders come on days off: the calendar is not theirs"
    off = sorted(load_trade_calendar("china").off)
    with database.note() as cursor:
        for day in off:
            cursor.execute("UPDATE purchase_order SET order_date = '2022-03-14' WHERE order_date = ?", (str(day),))
    assert festivals(date(2022, 9, 1)) == [("mid-autumn", date(2022, 9, 10))]
    assert festivals(date(2022, 8, 1)) == [("mid-autumn", date(2022, 9, 10))]
    assert festivals(date(2022, 1, 1)) == [("spring", date(2022, 2, 1))]
    assert festivals(date(2022, 6, 1)) == []


def _for(opportunity: str) -> Correction:
    return a_figure(7, "event", opportunity=opportunity)
