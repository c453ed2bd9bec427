"""Each field is on disk by one short transaction, and trouble with the disk is said in words."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from app.domain.playbook import Playbook
from app.domain.problems import Problem, TroubleError
from app.domain.visit import Step
from app.models.customer import Customer
from app.models.visit import Photo, Promise, StockCount
from app.runtime.clock import Clock
from app.services.recording import record
from app.services.visit_reading import Place
from app.services.visit_rows import RowChange, stock_row
from app.services.visits import Visits
from app.storage.database import Database
from app.storage.row_writer import write_row
from tests.builders import a_customer, a_product, a_visit

_DAY = date(2022, 4, 29)
_STATEMENTS = 9
"""What the code of today needs: a field must not become a walk through the store."""


def test_saving_a_field_is_one_transaction_of_few_statements(
    database: Database, clock: Clock, playbook: Playbook
) -> None:
    with database.write() as session:
        product = a_product(session, no=1).id
        visit_id = a_visit(session, a_customer(session), _DAY).id
    visits = Visits(database, clock, playbook)
    visits.record_stock(visit_id, product, on_hand=0)
    said: list[str] = []
    with database.write_plain() as cursor:
        cursor.connection.set_trace_callback(said.append)
    said.clear()
    visits.record(visit_id, (RowChange(stock_row(product), {"on_hand": 4}),), Place(Step.STOCK, "1"))
    assert [word for word in said if word.startswith(("BEGIN", "COMMIT"))] == ["BEGIN IMMEDIATE", "COMMIT"]
    assert any(word.startswith("UPDATE outbox") for word in said)
    assert len(said) <= _STATEMENTS, said


def test_a_full_disk_is_told_and_nothing_half_written_stays(
    database: Database, clock: Clock, playbook: Playbook
) -> None:
    with database.write() as session:
        visit_id = a_visit(session, a_customer(session), _DAY).id
    visits = Visits(database, clock, playbook)
    visits.record_shelf(visit_id, note="before")
    connection = database.engine.raw_connection()
    pages = connection.cursor().execute("PRAGMA page_count").fetchone()[0]
    connection.cursor().execute(f"PRAGMA max_page_count = {pages}")
    connection.close()
    with pytest.raises(TroubleError) as trouble:
        visits.record_shelf(visit_id, note="x" * 200_000)
    assert trouble.value.problem is Problem.DISK_FULL
    note = next(row["note"] for key, row in visits.sheet(visit_id).rows.items() if key.kind == "shelf")
    assert note == "before"


def test_defaults_of_a_table_are_kept_by_the_fast_way(database: Database) -> None:
    with database.write() as session:
        customer = a_customer(session)
        visit = a_visit(session, customer, _DAY)
    owner = {"visit_id": visit.id, "customer_id": customer.id}
    with database.write_plain() as cursor:
        written = record(cursor, "manager", Promise, {"id": UUID(int=7)}, {"text": "t", **owner})
    assert (written.inserted, written.changed) == (True, True)
    with database.read() as session:
        promise = session.get_one(Promise, UUID(int=7))
        assert (promise.by_shop, promise.revision, promise.deleted_at) == (False, 0, None)


def test_a_row_that_a_session_wrote_is_found_by_the_fast_way_and_the_other_way_round(database: Database) -> None:
    with database.write() as session:
        visit = a_visit(session, a_customer(session), _DAY)
        product = a_product(session)
        session.add(StockCount(visit_id=visit.id, product_id=product.id, on_hand=3))
        key = {"visit_id": visit.id, "product_id": product.id}
    with database.write_plain() as cursor:
        assert not record(cursor, "manager", StockCount, key, {"on_hand": 3}).changed
        assert record(cursor, "manager", StockCount, key, {"on_hand": 4}).changed
    with database.read() as session:
        assert session.query(StockCount.on_hand).scalar() == 4


def test_the_customer_archive_cannot_be_written_past_its_change_record(database: Database) -> None:
    with database.write_plain() as cursor, pytest.raises(TypeError):
        write_row(cursor, "manager", Customer, {"id": UUID(int=1)}, {"cust_name": "x"})


def test_what_the_fast_way_stores_is_read_by_the_mapped_class(database: Database, clock: Clock) -> None:
    moment = clock.now()
    with database.write() as session:
        visit = a_visit(session, a_customer(session), _DAY)
    size = {"sha256": "aa", "byte_size": 1, "width": 2, "height": 3}
    values = {"visit_id": visit.id, "added_at": moment, "caption": "柜台", **size}
    with database.write_plain() as cursor:
        record(cursor, "manager", Photo, {"id": UUID(int=9)}, values)
    with database.read() as session:
        photo = session.get_one(Photo, UUID(int=9))
        assert (photo.added_at, photo.caption, photo.width) == (moment, "柜台", 2)


def test_a_plain_statement_that_breaks_a_rule_of_the_table_is_no_disk_trouble(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write_plain() as cursor:
        record(cursor, "manager", Promise, {"id": UUID(int=1)}, {"text": "of no visit"})
