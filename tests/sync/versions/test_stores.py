"""Stores of each earlier release, recorded by their own migrations: opened by this program they sync as they are."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from app.runtime.ids import new_id
from app.runtime.paths import DataFolder
from app.storage.database import Database
from app.storage.facts import put_fact
from app.storage.row_writer import stamp
from app.storage.schema import HEAD, migrate
from app.storage.store import open_store
from app.sync.engine import Outcome
from app.sync.shapes import hex_of
from app.sync.state import ACKED_NO, SCHEMA_FACT, STAGE_DONE
from tests.sync.both.laptops import CLOCK, KEY, Laptop, Office
from tests.sync.tally import tally

REVISIONS = ("0001", "0002", "0003", "0005", "0006", HEAD)
_NOW = stamp(CLOCK.now())


class Recorded:
    """A store as a release left it: a shop, a visit that waits, a change of the shop that waits."""

    def __init__(self, folder: Path, office: Office, revision: str) -> None:
        self.office = office
        self.revision = revision
        self.folder = DataFolder(folder)
        folder.mkdir(parents=True)
        self.folder.vault.write_text('{"store_id": "test"}')
        self.visit = str(new_id())
        database = Database(self.folder.store, KEY)
        migrate(database.engine, revision)
        with database.note() as cursor:
            self._fill(cursor)
        database.close()

    def _fill(self, cursor: Any) -> None:
        shop, visit = hex_of(self.office.shop), hex_of(self.visit)
        cursor.execute(
            "INSERT INTO customer (id, cust_code, cust_name, opening_hours, revision, changed_at)"
            " VALUES (?, 'C1', '老周食杂店', '8-20', 1, ?)",
            (shop, _NOW),
        )
        cursor.execute(
            "INSERT INTO visit (id, customer_id, serial, day, status, need_note, revision, changed_at)"
            " VALUES (?, ?, 1, '2022-04-29', 'done', '一', 0, ?)",
            (visit, shop, _NOW),
        )
        insert = f'{{"customer_id": "{self.office.shop}", "serial": 1, "day": "2022-04-29", "status": "done"}}'
        for table, held, kind, base, values, state in (
            ("visit", visit, "insert", 0, insert, "sending" if self.revision > "0001" else "pending"),
            ("customer", shop, "patch", 1, '{"opening_hours": "8-20"}', "pending"),
            ("visit", visit, "patch", 0, '{"need_note": "一"}', "pending"),
        ):
            cursor.execute(
                'INSERT INTO outbox (id, tbl, row_id, kind, base, "set", made_at, made_by, state)'
                " VALUES (?, ?, ?, ?, ?, ?, ?, 'M1', ?)",
                (new_id().hex, table, held, kind, base, values, _NOW, state),
            )
        put_fact(cursor, "last_visit_serial", "1")
        put_fact(cursor, "closed_cleanly", "yes")
        if self.revision > "0001":
            self._fill_sync(cursor)

    def _fill_sync(self, cursor: Any) -> None:
        """Add what a release that synced knew: a cursor in the middle of the feed, pages that were not applied yet."""
        cursor.execute(
            "INSERT INTO row_state (tbl, pk, scope, version, schema, digest, mark)"
            " VALUES ('customer', ?, 'terr:T1', 1, 2, 7, 1)",
            (self.office.shop,),
        )
        cursor.execute(
            "INSERT INTO sync_cursor (scope, grant_no, seq, boot, state, digest, mismatches)"
            " VALUES ('terr:T1', 1, 1, 1, 'ready', '0', 0)"
        )
        cursor.execute(
            "INSERT INTO stage_cursor (scope, grant_no, seq, boot, load, dropped, digest)"
            " VALUES ('ref:catalogue', 1, 1, 1, 1, 0, NULL)"
        )
        page = f'[["sku_code","name"],[["{self.office.product}",1,1,false,"P1","旧名"]]]'
        cursor.execute(
            "INSERT INTO stage_item (scope, tbl, count, body) VALUES ('ref:catalogue', 'product', 1, ?)", (page,)
        )
        for name, value in ((STAGE_DONE, "no"), (SCHEMA_FACT, "2"), (ACKED_NO, "0")):
            put_fact(cursor, name, value)


@pytest.fixture
def opened(request: pytest.FixtureRequest, tmp_path: Path, office: Office) -> Generator[Laptop]:
    """Open a store of a release with this program and enrol it."""
    recorded = Recorded(tmp_path / "recorded", office, request.param)
    laptop = Laptop.__new__(Laptop)
    Laptop.__init__(laptop, tmp_path / "other", office, enrolled=False)
    laptop.database.close()
    laptop.folder = recorded.folder
    laptop.database = open_store(recorded.folder, KEY).database
    laptop.enrol()
    yield laptop
    laptop.close()


@pytest.mark.parametrize("opened", REVISIONS, indirect=True)
def test_a_store_of_each_release_goes_on_without_losing_a_word(opened: Laptop, office: Office) -> None:
    assert opened.one("SELECT version_num FROM alembic_version") == HEAD
    result = opened.sync()
    assert result.outcome is Outcome.DONE
    assert sum(result.verdicts.values()) == 3
    assert office.one("SELECT need_note FROM visit") == "一"
    assert office.one("SELECT opening_hours FROM customer") == "8-20"
    assert opened.rows("SELECT name FROM product") == [("雅韵(硬)",)], "a page that was staged before stands no more"
    assert opened.one("SELECT serial FROM visit") == 1
    assert opened.one("SELECT count(*) FROM outbox") == 0
    assert opened.agrees()
    tally("a store of an earlier release", 1)


@pytest.mark.parametrize("opened", REVISIONS[:-1], indirect=True)
def test_a_store_is_backed_up_before_it_is_brought_up_to_date(opened: Laptop) -> None:
    assert list(opened.folder.backups.iterdir())
