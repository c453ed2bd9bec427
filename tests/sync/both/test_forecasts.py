"""Forecasts go up from whoever wrote them, stay theirs when a shop moves, and come back with the office's word."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from app.headoffice import people
from app.models.forecast import ForecastEntry, ForecastLine, ForecastSubmission
from app.runtime.ids import new_id
from app.storage.facts import write_fact
from app.sync.state import SCHEMA_FACT
from tests.sync.both.laptops import Laptop, Office

MONTH = date(2022, 5, 1)


def _correct(laptop: Laptop, office: Office, value: int = 30) -> UUID:
    key = new_id()
    with laptop.edit() as session:
        session.add(
            ForecastEntry(
                id=key, month=MONTH, product_id=UUID(office.product), customer_id=UUID(office.shop),
                model_value=21.5, manager_value=value, reason="festival",
            )
        )  # fmt: skip
    return key


def _submit(laptop: Laptop, office: Office) -> UUID:
    key = new_id()
    with laptop.edit() as session:
        session.add(
            ForecastSubmission(
                id=key, month=MONTH, version=1, submitted_at=datetime(2022, 4, 8, tzinfo=UTC),
                based_on=date(2022, 3, 31), model_total=20, final_total=30, skus=1, corrected=1,
            )
        )  # fmt: skip
        session.flush()
        product = UUID(office.product)
        session.add(ForecastLine(submission_id=key, product_id=product, model_value=20, final_value=30))
    return key


def test_a_forecast_stays_with_its_manager_when_the_shop_moves(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    entry = _correct(laptop, office)
    laptop.sync()
    office.do(lambda session: people.move_customers(session, ["C1"], "T2", office.now(), "office"))
    laptop.sync()
    assert laptop.one("SELECT count(*) FROM customer") == 0
    assert laptop.one("SELECT manager_value FROM forecast_entry") == 30
    assert office.one("SELECT scope FROM sync_row WHERE pk = :pk", pk=str(entry)) == "mgr:M1"
    assert laptop.agrees()


def test_a_correction_of_a_shop_that_has_just_moved_is_taken_in(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    _correct(laptop, office)
    office.do(lambda session: people.move_customers(session, ["C1"], "T2", office.now(), "office"))
    assert laptop.sync().verdicts == {"applied": 1}
    assert laptop.agrees()


def test_what_head_office_writes_on_a_submission_comes_down(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    key = _submit(laptop, office)
    assert laptop.sync().verdicts == {"applied": 2}
    office.write("forecast_submission", str(key), {"returned_reason": "请复核春耕影响", "returned_by": "张主任"})
    laptop.sync()
    with laptop.database.read() as session:
        came = session.scalars(select(ForecastSubmission)).one()
    assert (came.returned_reason, came.final_total) == ("请复核春耕影响", 30)
    assert laptop.agrees()


def test_a_submission_that_was_taken_back_before_it_was_sent_leaves_nothing_to_decide(
    laptop: Laptop, office: Office
) -> None:
    laptop.sync()
    key = _correct(laptop, office)
    with laptop.edit() as session:
        row = session.get(ForecastEntry, key)
        assert row is not None
        row.deleted_at = datetime.now(UTC)
    assert laptop.sync().verdicts == {"applied": 2}
    assert office.one("SELECT count(*) FROM forecast_entry WHERE deleted_at IS NULL") == 0
    assert laptop.one("SELECT count(*) FROM sync_conflict") == 0


@pytest.mark.parametrize("schema", ["1", "2"])
def test_a_laptop_of_an_earlier_release_asks_for_what_it_could_not_hold(
    laptop: Laptop, office: Office, schema: str
) -> None:
    laptop.sync()
    _submit(laptop, office)
    laptop.sync()
    write_fact(laptop.database, SCHEMA_FACT, schema)
    with laptop.database.note() as cursor:
        cursor.execute("DELETE FROM row_state WHERE tbl LIKE 'forecast%'")
        cursor.execute("DELETE FROM forecast_line")
        cursor.execute("DELETE FROM forecast_submission")
    laptop.sync()
    assert laptop.one("SELECT final_value FROM forecast_line") == 30
    assert laptop.agrees()
