"""A store of the first release gets the tables of sync and keeps everything it held."""

from pathlib import Path

from app.runtime.paths import DataFolder
from app.storage.database import Database
from app.storage.row_writer import stamp
from app.storage.schema import migrate
from app.storage.store import open_store
from tests.sync.both.laptops import CLOCK, KEY

_COUNTED = ("customer", "visit", "outbox", "store_fact")


def test_an_older_store_keeps_its_rows_and_what_waits(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.root.mkdir()
    folder.vault.write_text("{}")
    old = Database(folder.store, KEY)
    migrate(old.engine, "0001")
    now = stamp(CLOCK.now())
    with old.note() as cursor:
        cursor.execute(
            "INSERT INTO customer (id, cust_code, cust_name, revision, changed_at) VALUES (?, 'C1', '店', 0, ?)",
            ("a" * 32, now),
        )
        cursor.execute(
            "INSERT INTO visit (id, customer_id, day, status, revision, changed_at) VALUES (?, ?, ?, 'done', 0, ?)",
            ("b" * 32, "a" * 32, "2022-04-29", now),
        )
        cursor.execute(
            'INSERT INTO outbox (id, tbl, row_id, kind, base, "set", made_at, made_by, state)'
            " VALUES (?, 'visit', ?, 'insert', 0, '{}', ?, 'm', 'pending')",
            ("c" * 32, "b" * 32, now),
        )
        cursor.execute("INSERT INTO store_fact VALUES ('manager', 'M1')")
    old.close()
    opened = open_store(folder, KEY)
    with opened.database.look() as cursor:
        counts = {name: cursor.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in _COUNTED}  # noqa: S608
        assert cursor.execute("SELECT count(*) FROM row_state").fetchone()[0] == 0
        assert cursor.execute("SELECT count(*) FROM task").fetchone()[0] == 0
    assert counts["customer"] == counts["visit"] == counts["outbox"] == 1
    assert counts["store_fact"] >= 1
    assert list(folder.backups.iterdir()), "the store is backed up before it is changed"
    opened.database.close()
