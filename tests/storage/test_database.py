"""The session policy: encrypted, every commit durable, writers never fail on a lock, changes are queued to go up."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from app.domain.problems import Problem, TroubleError
from app.models.customer import Customer, CustomerChange
from app.models.local import OutboxEntry, StoreFact
from app.models.visit import StockCount
from app.runtime.cancel import TooLateError
from app.storage.database import Database
from tests.builders import a_customer, a_product, a_visit


def test_the_file_cannot_be_read_without_the_key(database: Database) -> None:
    with database.write() as session:
        a_customer(session, name="老周食杂店")
    database.close()
    assert "老周".encode() not in database.path.read_bytes()
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(database.path).execute("SELECT * FROM customer")


def test_commits_are_forced_to_disk_and_foreign_keys_hold(database: Database) -> None:
    with database.read() as session:
        assert session.scalar(text("PRAGMA synchronous")) == 2
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(text("INSERT INTO customer_month VALUES ('nobody', 202204, 1, 1, 1, 1)"))


def test_four_writers_at_once_all_get_through(database: Database) -> None:
    def add(number: int) -> None:
        for step in range(25):
            with database.write() as session:
                seen = session.scalar(select(func.count()).select_from(StoreFact))
                session.add(StoreFact(key=f"{number}-{step}", value=str(seen)))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(4)))
    with database.read() as session:
        assert session.scalar(select(func.count()).where(StoreFact.key.contains("-"))) == 100


@pytest.mark.parametrize(
    "use",
    [Database.read, Database.write, Database.write_plain, Database.look, Database.note],
    ids=lambda use: use.__name__,
)
def test_a_store_that_is_closed_for_good_makes_no_new_file(
    database: Database, use: Callable[[Database], AbstractContextManager[Any]]
) -> None:
    with use(database):
        pass
    database.close_for_good()
    for suffix in ("", "-wal", "-shm"):
        database.path.with_name(database.path.name + suffix).unlink(missing_ok=True)
    with pytest.raises(TooLateError), use(database) as given:
        given.execute(text("SELECT 1"))
    assert not database.path.exists()


def test_an_exception_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ValueError, match="stop"), database.write() as session:
        a_customer(session)
        raise ValueError("stop")
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Customer)) == 0
        assert session.scalar(select(func.count()).select_from(OutboxEntry)) == 0


def test_a_full_disk_is_told_in_words_and_what_was_there_stays(database: Database) -> None:
    with database.write() as session:
        a_customer(session)
    with database.read() as session:
        pages = session.scalar(text("PRAGMA page_count"))
    with pytest.raises(TroubleError) as trouble, database.write() as session:
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
        session.add(StoreFact(key="big", value="x" * 200_000))
        session.flush()
    assert trouble.value.problem is Problem.DISK_FULL
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Customer)) == 1


def test_a_new_row_is_queued_with_all_its_values(database: Database) -> None:
    with database.write() as session:
        customer = a_customer(session, gis_lat=Decimal("41.605706"), license_to=date(2027, 3, 31))
    with database.read() as session:
        entry = session.scalars(select(OutboxEntry)).one()
        assert (entry.kind, entry.table, entry.row_id, entry.base) == ("insert", "customer", customer.id, 0)
        assert entry.values == {
            "cust_code": "C1",
            "cust_name": "老周食杂店",
            "gis_lat": "41.605706",
            "license_to": "2027-03-31",
        }


def test_a_change_of_a_delivered_row_is_queued_as_a_patch_on_its_revision(database: Database) -> None:
    with database.deliver(source="registration") as session:
        customer = a_customer(session)
        customer.revision = 7
    with database.write(actor="周敏", source="visit") as session:
        loaded = session.get_one(Customer, customer.id)
        loaded.opening_hours = "07:00-22:00"
        loaded.floor_area_m2 = Decimal(42)
    with database.read() as session:
        entry = session.scalars(select(OutboxEntry)).one()
        assert (entry.kind, entry.base, entry.made_by) == ("patch", 7, "周敏")
        assert entry.values == {"opening_hours": "07:00-22:00", "floor_area_m2": "42"}


def test_every_change_of_a_customer_field_keeps_who_when_old_new_and_source(database: Database) -> None:
    with database.deliver(source="registration") as session:
        customer = a_customer(session, opening_hours="08:00-20:00")
    with database.write(actor="周敏", source="visit") as session:
        session.get_one(Customer, customer.id).opening_hours = "07:00-22:00"
    with database.read() as session:
        change = session.scalars(select(CustomerChange)).one()
    assert (change.field, change.old, change.new) == ("opening_hours", "08:00-20:00", "07:00-22:00")
    assert (change.changed_by, change.source) == ("周敏", "visit")
    assert change.changed_at.tzinfo is not None


def test_a_value_set_to_what_it_was_is_no_change(database: Database) -> None:
    with database.deliver(source="registration") as session:
        customer = a_customer(session, opening_hours="08:00")
    with database.write() as session:
        session.get_one(Customer, customer.id).opening_hours = "08:00"
    with database.read() as session:
        assert session.scalars(select(OutboxEntry)).all() == []


def test_typing_on_merges_into_the_entry_that_has_not_been_sent(database: Database) -> None:
    with database.deliver(source="registration") as session:
        customer, product = a_customer(session), a_product(session)
    with database.write() as session:
        visit = a_visit(session, customer, date(2022, 4, 29))
        count = StockCount(visit_id=visit.id, product_id=product.id, on_hand=1)
        session.add(count)
    for on_hand in (12, 120):
        with database.write() as session:
            session.get_one(StockCount, count.id).on_hand = on_hand
    with database.read() as session:
        entries = session.scalars(select(OutboxEntry).where(OutboxEntry.table == "stock_count")).all()
        assert [(e.kind, e.values["on_hand"]) for e in entries] == [("insert", 120)]


def test_an_entry_that_is_being_sent_is_left_alone(database: Database) -> None:
    with database.deliver(source="registration") as session:
        customer = a_customer(session)
    with database.write() as session:
        session.get_one(Customer, customer.id).opening_hours = "first"
    with database.write() as session:
        session.scalars(select(OutboxEntry)).one().state = "sending"
    with database.write() as session:
        session.get_one(Customer, customer.id).opening_hours = "second"
    with database.read() as session:
        entries = session.scalars(select(OutboxEntry).order_by(OutboxEntry.no)).all()
        assert [(e.state, e.values["opening_hours"]) for e in entries] == [("sending", "first"), ("pending", "second")]
