"""What counts as waiting work: what a person did, not the stops that the rule of the day planned by itself."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.paths import DataFolder
from app.services.maintenance import Maintenance
from app.storage.database import Database
from app.sync.overview import read_overview
from tests.ui.virtual_office import START

DAY = date(2026, 3, 2)


@pytest.fixture
def shop(database: Database) -> UUID:
    with database.write() as session:
        session.add(Customer(cust_code="C1", cust_name="老周食杂店"))
    with database.write_plain() as cursor:
        cursor.execute("DELETE FROM outbox")
    with database.read() as session:
        return session.scalars(select(Customer.id)).one()


def waiting(database: Database, folder: DataFolder) -> tuple[int, int, int]:
    view = read_overview(database, START)
    return Maintenance(database, folder).waiting().total, view.waiting - view.waiting_stops, view.waiting


def test_a_stop_of_the_rule_goes_up_uncounted_until_it_is_begun(
    database: Database, data_folder: DataFolder, shop: UUID
) -> None:
    with database.write(source="day rule") as session:
        session.add(Visit(customer_id=shop, day=DAY, status="planned", reasons=["order_day_today"]))
    assert waiting(database, data_folder) == (0, 0, 1)
    with database.write(source="visit") as session:
        session.scalars(select(Visit)).one().status = "in_progress"
    assert waiting(database, data_folder)[:2] == waiting(database, data_folder)[1:]


def test_a_stop_that_was_put_there_by_hand_is_work(database: Database, data_folder: DataFolder, shop: UUID) -> None:
    with database.write() as session:
        session.add(Visit(customer_id=shop, day=DAY, status="planned", reasons=["pinned"]))
    assert waiting(database, data_folder) == (1, 1, 1)
