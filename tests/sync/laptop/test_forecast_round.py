"""A month from the desk to a head office that listens and back: submitted, read, given back, sent anew."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.bootstrap.application import Application
from app.bootstrap.sync_rounds import SyncRounds
from app.headoffice.models import TABLES
from app.runtime.cancel import CancelToken, no_report
from app.services.forecast_views import Correction, Source
from app.sync.engine import Outcome
from tests.headoffice.http.served import Served

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def supplied(enrolled: Application, served: Served) -> Application:
    """Return a laptop of a territory that has ordered every week for most of a year."""
    world, today = served.world, date.today()  # noqa: DTZ011 - the laptop's own day
    for week in range(1, 45):
        for number, code in enumerate(("C11", "C12")):
            lines = [[product, 5 + at + number, 500, None, None] for at, product in enumerate(world.products)]
            day = (today - timedelta(weeks=week)).isoformat()
            order = {"customer_id": world.customers[code], "order_date": day, "lines": lines}
            world.put("purchase_order", f"{code}-{week}", order)
    _round(enrolled)
    return enrolled


def _round(application: Application) -> None:
    result = SyncRounds(application).run(CancelToken(), no_report)
    assert result.outcome is Outcome.DONE, result


def _told(served: Served, name: str) -> list[dict[str, object]]:
    with served.world.database.read() as session:
        return [dict(row._mapping) for row in session.execute(select(TABLES[name]))]


def test_a_submitted_month_reaches_the_office_and_its_answer_the_desk(supplied: Application, served: Served) -> None:
    desk = supplied.forecast_desk
    view = desk.overview()
    row = view.rows[0]
    shop = desk.shops(row.product_id, view.month).shops[0]
    desk.correct(view.month, row.product_id, shop.customer_id, Correction(shop.final_value + 12, 0, "told", "办喜事"))
    desk.submit(view.month)
    _round(supplied)
    [submission] = _told(served, "forecast_submission")
    assert submission["final_total"] == view.total.final_value + 12
    lines = _told(served, "forecast_line")
    assert len([line for line in lines if line["customer_id"] is None]) == len(view.rows)
    assert [line["final_value"] for line in lines if line["customer_id"] == shop.customer_id] == [shop.final_value + 12]
    assert [entry["reason_note"] for entry in _told(served, "forecast_entry")] == ["办喜事"]

    served.world.put("forecast_submission", str(submission["id"]), {"returned_reason": "请复核", "returned_by": "张"})
    _round(supplied)
    again = desk.overview().submission
    assert again is not None
    assert again.returned_reason == "请复核"
    desk.take_back(view.month, row.product_id, shop.customer_id)
    assert desk.submit(view.month) == 2
    _round(supplied)
    assert sorted(one["version"] for one in _told(served, "forecast_submission")) == [1, 2]  # pyright: ignore[reportArgumentType]


def test_a_laptop_that_begins_anew_knows_what_was_submitted(supplied: Application, served: Served) -> None:
    desk = supplied.forecast_desk
    month = desk.overview().last_month
    desk.overview()
    with supplied.database.note() as cursor:
        cursor.execute("DELETE FROM forecast_kept")
    product = desk.overview().rows[0].product_id
    key = "01a2030e-fa61-7000-8000-000000000001"
    totals = {"model_total": 9, "final_total": 7, "skus": 1, "corrected": 1}
    sent = {"month": month.isoformat(), "version": 1, "submitted_at": "2020-01-01T00:00:00+00:00"}
    served.world.put("forecast_submission", key, totals | sent | {"based_on": "2020-01-01"}, author="M1")
    line = {"submission_id": key, "product_id": str(product), "model_value": 9, "final_value": 7}
    served.world.put("forecast_line", "01a2030e-fa61-7000-8000-000000000002", line, author="M1")
    _round(supplied)
    told = desk.tracking(month)
    assert (told.source, told.shop_source) == (Source.SUBMITTED, Source.REPLAYED)
    assert [row.forecast for row in told.skus if row.product_id == product] == [7]
