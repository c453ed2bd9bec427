"""The tables themselves: migrated the same on both databases, and written by the SyncWriter only."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from app.headoffice import access_models, migrations
from app.headoffice.database import HEAD, OfficeDatabase, newest_schema
from app.headoffice.models import METADATA, TABLES
from app.headoffice.writer import SyncWriter
from tests.headoffice.world import World


def test_the_migrations_make_exactly_the_tables_of_the_models(database: OfficeDatabase) -> None:
    assert access_models.AccessToken.__tablename__ in METADATA.tables
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    assert database.schema_version() == HEAD == newest_schema()


def test_the_newest_migration_is_the_one_the_program_wants() -> None:
    folder = Path(str(migrations.__file__)).parent / "versions"
    assert max(path.name[1:5] for path in folder.glob("v*.py")) == HEAD


def test_to_create_a_second_time_changes_nothing(database: OfficeDatabase) -> None:
    epoch = database.epoch()
    database.create()
    assert database.epoch() == epoch != database.renew_epoch()


def test_tables_of_the_laptop_alone_are_not_there(database: OfficeDatabase) -> None:
    assert not {"outbox", "search_key", "visit_cursor", "store_fact"} & set(METADATA.tables)
    with database.engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text("SELECT * FROM outbox"))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE customer SET cust_name = 'x'",
        "UPDATE customer SET cust_name = 'x', revision = revision + 1",
        "UPDATE customer SET cust_name = 'x', revision = revision - 1",
        "UPDATE product SET no = no",
    ],
)
def test_a_change_past_the_index_is_refused(world: World, change: str) -> None:
    with pytest.raises(DBAPIError, match="SyncWriter"), world.database.write() as session:
        session.execute(text(change))
    assert world.value("customer", world.customers["C11"], "cust_name") == "Shop C11"


def test_a_row_that_the_index_does_not_know_is_refused(world: World) -> None:
    from app.runtime.ids import new_id

    row = {"id": new_id(), "revision": 1, "changed_at": world.now, "cust_code": "X", "cust_name": "X"}
    with pytest.raises(DBAPIError, match="SyncWriter"), world.database.write() as session:
        session.execute(TABLES["customer"].insert().values(**row))


def test_a_second_change_needs_a_second_move_of_the_index(world: World) -> None:
    customers = TABLES["customer"]
    with pytest.raises(DBAPIError, match="SyncWriter"), world.database.write() as session:
        writer = SyncWriter(session, world.now, "office")
        version = writer.put("customer", world.customers["C11"], {"mnemonic": "a"})
        writer.flush()
        session.execute(update(customers).where(customers.c.revision == version).values(mnemonic="b"))
    assert world.value("customer", world.customers["C11"], "mnemonic") is None
