"""F01 to F04 and F14 of a month that is over, from the forecast desk; none where there is no forecast."""

from datetime import date, timedelta

import pytest

from app.domain.kpi.forecast_tallies import CODES, Told, tallies
from app.domain.kpi.registry import KPIS
from app.domain.kpi.tallies import NoValue
from app.domain.playbook import Playbook
from app.runtime.clock import Clock
from app.services.forecast_desk import ForecastDesk
from app.services.forecast_views import Source
from app.services.kpis import Kpis
from app.storage.database import Database
from tests.builders import a_customer, a_product, an_order

TODAY = date(2026, 6, 15)
SKUS = (Told("1", 100, 125), Told("1", 300, 250), Told("3", 85, 100), Told("3", 40, 0))


def test_the_parts_are_those_of_the_hand_worked_case() -> None:
    found = {(one.kpi, one.scope): one for one in tallies(SKUS, (), 475)}
    assert found["F01", ""].parts() == (525, 475)
    assert found["F02", "class:1"].parts() == (400, 375)
    assert found["F02", "class:3"].parts() == (125, 100)
    # 100 × 0.8 + 300 × 0.8 + 85 × 0.85, over those that have an accuracy
    assert found["F03", ""].parts() == pytest.approx((392.25, 485))
    assert found["F04", ""].parts() == (1, 3)
    assert found["F14", ""].parts() == (500, None)
    assert KPIS["F01"].of_sums(*found["F01", ""].parts()) == pytest.approx(1 - 50 / 475)


def test_another_standard_is_reached_by_others() -> None:
    found = {one.kpi: one for one in tallies(SKUS, (), None, standard=0.8)}
    assert found["F04"].parts() == (3, 3)
    assert (found["F14"].total, found["F14"].empty) == (None, NoValue.NO_LAST_YEAR)


def test_a_month_is_held_against_its_forecast_and_a_running_one_is_not(database: Database, playbook: Playbook) -> None:
    with database.write() as session:
        products = [a_product(session, no, price_class=str(no)) for no in (1, 2)]
        shops = [a_customer(session, f"C{number}") for number in range(3)]
        for week in range(2, 78):
            for shop in shops:
                an_order(session, shop, TODAY - timedelta(days=7 * week), dict.fromkeys(products, 5))
    kpis = Kpis(database, Clock(TODAY), ForecastDesk(database, Clock(TODAY), playbook))

    view = kpis.month(date(2026, 5, 1))
    accuracy = view.line("F01::month:")
    assert accuracy is not None
    assert accuracy.value is not None
    assert 0.8 < accuracy.value <= 1
    assert view.setting.forecast is Source.REPLAYED
    assert sum(shop.numerator for shop in view.shops_behind(accuracy.key)) == pytest.approx(accuracy.numerator, abs=3)

    running = kpis.month(date(2026, 6, 1))
    told = {line.kpi: line.empty for line in running.lines if line.kpi in CODES}
    assert told == dict.fromkeys(CODES, NoValue.NO_FORECAST)
    assert running.setting.forecast is None
