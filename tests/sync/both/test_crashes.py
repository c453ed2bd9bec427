"""The laptop dies between any two SQL statements of a round: nothing is lost, nothing is doubled, both sides agree."""

import os
import shutil
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.headoffice import people
from app.models.customer import Customer
from app.models.visit import StockCount, Visit
from app.runtime.ids import new_id
from app.storage import database as store
from app.storage.store import open_store
from tests.sync.both.laptops import KEY, Laptop, Office
from tests.sync.soak import tries
from tests.sync.tally import tally

_DIED = 9
_STEP = tries(11, 1)
"""Every statement in the long run, every eleventh in the short one."""


def _prepare(laptop: Laptop, office: Office) -> None:
    """Make a round that does everything: rows up, changed and refused; rows down, orders, exits, a clash."""
    gone = str(new_id())
    office.write("customer", gone, {"cust_code": "C8", "cust_name": "要走的店"}, scope="terr:T1")
    office.write("purchase_order", "D0", {"customer_id": gone, "order_date": "2022-03-01", "lines": []})
    laptop.sync()
    key = new_id()
    with laptop.edit() as session:
        session.add(Visit(id=key, customer_id=UUID(office.shop), day=date(2022, 4, 29), status="done"))
        session.flush()
        session.add(StockCount(visit_id=key, product_id=UUID(office.product), on_hand=3))
        shop = session.get_one(Customer, UUID(office.shop))
        shop.opening_hours, shop.tier = "8-20", 30
    office.write("customer", office.shop, {"opening_hours": "7-22", "shop_name": "新招牌"})
    line = [office.product, 5, 500, None, None]
    office.write("purchase_order", "D1", {"customer_id": office.shop, "order_date": "2022-03-07", "lines": [line]})
    office.do(lambda session: people.move_customers(session, ["C8"], "T2", office.now(), "office"))


def _copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def _die_at(laptop: Laptop, statement: int) -> bool:
    """Sync in a child that ends itself at a statement; return whether it got that far."""
    child = os.fork()
    if child == 0:
        seen = 0

        def trace(_sql: str) -> None:
            nonlocal seen
            seen += 1
            if seen == statement:
                os._exit(_DIED)

        plain = store.connect

        def traced(path: Path, key: bytes, *cache: int) -> Any:
            connection = plain(path, key, *cache)
            connection.set_trace_callback(trace)
            return connection

        code = 1
        try:
            store.connect = traced
            laptop.sync()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, _DIED)
    return code == _DIED


@pytest.mark.timeout(600)
def test_a_round_that_dies_anywhere_is_ended_by_the_next(laptop: Laptop, office: Office, tmp_path: Path) -> None:
    _prepare(laptop, office)
    laptop.close()
    office.close()
    _copy(laptop.folder.root, tmp_path / "laptop-before")
    shutil.copy(office.path, tmp_path / "office-before.db")
    tried = 0
    for statement in count(1, _STEP):
        _copy(tmp_path / "laptop-before", laptop.folder.root)
        for suffix in ("-wal", "-shm"):
            office.path.with_name(office.path.name + suffix).unlink(missing_ok=True)
        shutil.copy(tmp_path / "office-before.db", office.path)
        died = _die_at(laptop, statement)
        laptop.database = open_store(laptop.folder, KEY).database
        laptop.sync()
        assert laptop.agrees(), f"after statement {statement}"
        assert laptop.one("SELECT count(*) FROM outbox") == 0
        assert office.one("SELECT count(*) FROM visit") == office.one("SELECT count(*) FROM stock_count") == 1
        assert office.one("SELECT count(*) FROM sync_conflict") == 1
        assert laptop.rows("SELECT cust_code, opening_hours, tier FROM customer") == [
            ("C1", office.one("SELECT opening_hours FROM customer WHERE cust_code = 'C1'"), None)
        ]
        assert laptop.rows("SELECT order_no FROM purchase_order") == [("D1",)]
        assert laptop.rows("SELECT qty FROM customer_month") == [(5,)]
        assert laptop.rows("SELECT field FROM customer_change WHERE field = 'shop_name'") == [("shop_name",)]
        laptop.close()
        office.close()
        tried += 1
        if not died:
            break
    tally("laptop dies at an SQL statement of a round", tried)
    assert tried > 5
