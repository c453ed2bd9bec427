"""The side journal: what waits can be read where the store itself cannot."""

from datetime import date
from pathlib import Path
from uuid import UUID

from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.ids import new_id
from app.storage.database import Database
from app.sync.journal import SideJournal


def _edit(database: Database, key: UUID, note: str) -> None:
    with database.write() as session:
        row = session.get(Visit, key)
        if row is None:
            shop = session.query(Customer).one()
            session.add(Visit(id=key, customer_id=shop.id, day=date(2022, 4, 29), status="done", need_note=note))
        else:
            row.need_note = note


def _shop(database: Database) -> None:
    with database.deliver("import") as session:
        session.add(Customer(cust_code="C1", cust_name="店"))


def test_the_newest_state_of_each_operation_is_read_back(database: Database) -> None:
    _shop(database)
    journal = SideJournal.beside(database)
    first, second = new_id(), new_id()
    _edit(database, first, "一")
    assert journal.catch_up(database) == 1
    assert journal.catch_up(database) == 0
    _edit(database, first, "一改")
    _edit(database, second, "二")
    assert journal.catch_up(database) == 2
    read = SideJournal.beside(database).read()
    assert [one["row_id"] for one in read] == [first.hex, second.hex]
    assert "\\u4e00\\u6539" in read[0]["set"]


def test_a_flipped_byte_and_a_torn_end_cost_only_their_own_records(database: Database) -> None:
    _shop(database)
    journal = SideJournal.beside(database)
    keys = [new_id() for _ in range(4)]
    for key in keys:
        _edit(database, key, "x")
        journal.catch_up(database)
    file = database.path.with_name("unsent.journal")
    content = bytearray(file.read_bytes())
    quarter = len(content) // 4
    content[quarter + quarter // 2] ^= 1
    file.write_bytes(content[:-5])
    assert [one["row_id"] for one in journal.read()] == [keys[0].hex, keys[2].hex]
    assert b"x" * 8 not in bytes(content)


def test_what_a_damaged_store_had_waiting_goes_into_a_new_one_once(database: Database, tmp_path: Path) -> None:
    _shop(database)
    journal = SideJournal.beside(database)
    _edit(database, new_id(), "一")
    journal.catch_up(database)
    from app.storage.schema import migrate

    fresh = Database(tmp_path / "fresh.db", database.key)
    migrate(fresh.engine)
    assert journal.replay(fresh) == 1
    assert journal.replay(fresh) == 0
    with fresh.look() as cursor:
        assert cursor.execute("SELECT count(*) FROM outbox").fetchone()[0] == 1
    fresh.close()


def test_an_empty_outbox_empties_the_file(database: Database) -> None:
    _shop(database)
    journal = SideJournal.beside(database)
    _edit(database, new_id(), "一")
    journal.catch_up(database)
    with database.note() as cursor:
        cursor.execute("DELETE FROM outbox")
    journal.catch_up(database)
    assert database.path.with_name("unsent.journal").stat().st_size == 0
