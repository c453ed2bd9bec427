"""Loads of many rows: part by part, what a person works with first, and safe wherever they are broken off."""

import os
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from app.headoffice import people
from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.ids import new_id
from app.storage import database as store
from app.storage.store import open_store
from app.sync import apply, pull, put_off
from app.sync.engine import Outcome
from app.sync.overview import read_overview
from tests.sync.both.laptops import KEY, Laptop, Office
from tests.sync.both.test_crashes import _copy
from tests.sync.soak import tries
from tests.sync.tally import tally

if TYPE_CHECKING:
    from collections.abc import Callable

_ORDERS = 30
_DIED = 42


@pytest.fixture
def long(laptop: Laptop, office: Office, monkeypatch: pytest.MonkeyPatch) -> Laptop:
    """Give a laptop before a load that counts as long: the shops were changed after their orders came."""
    monkeypatch.setattr(pull, "FIRST_LOAD", 12)
    laptop.client.limit = 8
    line = [office.product, 1, 100, None, None]
    for at in range(_ORDERS):
        order = {"customer_id": office.shop, "order_date": "2022-03-01", "lines": [line]}
        office.write("purchase_order", f"D{at}", order)
    plan = {"customer_id": office.shop, "day": "2022-04-29", "status": "planned"}
    office.write("visit", str(new_id()), plan, author="M1")
    office.write("customer", office.shop, {"shop_name": "新招牌"})
    return laptop


def _loading(laptop: Laptop) -> tuple[str, ...]:
    return read_overview(laptop.database, laptop.office.now()).loading


def _cut_after(laptop: Laptop, pulls: int) -> None:
    laptop.client.faults = ["ok"] * (1 + pulls) + ["before"]
    assert laptop.sync().outcome is Outcome.OFFLINE


def test_shops_and_todays_plan_can_be_worked_with_after_the_first_page(long: Laptop) -> None:
    _cut_after(long, 1)
    assert long.rows("SELECT cust_name, shop_name FROM customer") == [("老周食杂店", "新招牌")]
    assert long.rows("SELECT status FROM visit") == [("planned",)]
    assert 0 < long.one("SELECT count(*) FROM purchase_order") < _ORDERS
    assert long.one("SELECT count(*) FROM quarantine_row") == 0, "no order waits for its shop"
    assert "terr:T1" in _loading(long)
    assert long.sync().outcome is Outcome.DONE
    assert _loading(long) == ()
    assert long.one("SELECT count(*) FROM purchase_order") == _ORDERS
    assert long.agrees()


def test_no_transaction_of_a_load_takes_more_than_a_page(long: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    through = apply.apply_stage

    def noted(*arguments: Any) -> apply.Applied:
        done = through(*arguments)
        sizes.append(done.rows)
        return done

    monkeypatch.setattr(pull, "apply_stage", noted)
    long.sync()
    assert len(sizes) > 2
    assert max(sizes) <= 8
    for state in ("reset", "ready"):
        sizes.clear()
        with long.database.note() as cursor:
            cursor.execute("UPDATE sync_cursor SET state = ?", (state,))
        long.sync()
        assert (len(sizes) > 2) is (state == "reset"), "a scope that is loaded anew goes in parts as well"
        assert max(sizes) <= 8
    assert long.agrees()


def test_what_is_saved_while_a_scope_loads_stays_and_goes_up(long: Laptop, office: Office) -> None:
    _cut_after(long, 1)
    with long.edit() as session:
        session.get_one(Customer, UUID(office.shop)).opening_hours = "8-20"
        session.add(Visit(id=new_id(), customer_id=UUID(office.shop), day=date(2022, 4, 29), status="done"))
    _cut_after(long, 2)
    assert long.one("SELECT opening_hours FROM customer") == "8-20"
    assert long.sync().outcome is Outcome.DONE
    assert office.one("SELECT opening_hours FROM customer") == "8-20"
    assert long.one("SELECT count(*) FROM visit") == 2
    assert long.agrees()


def test_months_are_added_up_seldom_while_a_scope_loads_and_once_more_at_its_end(
    long: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    added_up = "SELECT coalesce(sum(orders), 0) FROM customer_month"
    came = "SELECT count(*) FROM purchase_order"
    _cut_after(long, 2)
    assert 0 < long.one(added_up) < long.one(came) < _ORDERS
    monkeypatch.setattr(put_off, "ROWS", 12)
    _cut_after(long, 1)
    assert long.one(added_up) == long.one(came) < _ORDERS, "what was put off before the cut is not forgotten"
    monkeypatch.undo()
    assert long.sync().outcome is Outcome.DONE
    assert long.one(added_up) == _ORDERS


def test_a_row_that_goes_while_its_scope_loads_is_gone_at_the_end(long: Laptop, office: Office) -> None:
    _cut_after(long, 2)
    office.write("purchase_order", "D0", {}, deleted=True)
    office.write("customer", office.shop, {}, deleted=True)
    office.write("purchase_order", "D9", {"order_date": "2022-03-09"})
    assert long.sync().outcome is Outcome.DONE
    assert long.one("SELECT count(*) FROM purchase_order WHERE order_no = 'D0'") == 0
    assert long.one("SELECT order_date FROM purchase_order WHERE order_no = 'D9'") == "2022-03-09"
    assert long.agrees()


def test_after_a_restore_the_parts_bring_what_a_territory_that_goes_held_with_a_higher_version(
    long: Laptop, office: Office
) -> None:
    other = str(new_id())
    office.do(lambda session: people.grant(session, "M1", "terr:T9", office.now()))
    office.write("customer", other, {"cust_code": "C9", "cust_name": "老李烟酒店"}, scope="terr:T9")
    for at in range(_ORDERS):
        office.write("purchase_order", f"N{at}", {"customer_id": other, "order_date": "2022-03-01", "lines": []})
    office.close()
    backup = office.path.read_bytes()
    office.do(lambda session: people.move_customers(session, ["C9"], "T1", office.now()))
    assert long.sync().outcome is Outcome.DONE
    office.close()
    for suffix in ("-wal", "-shm"):
        office.path.with_name(office.path.name + suffix).unlink(missing_ok=True)
    office.path.write_bytes(backup)
    office.database.renew_epoch()
    office.do(lambda session: people.withdraw(session, "M1", "terr:T1", office.now()))
    _cut_after(long, 2)
    assert long.sync().outcome is Outcome.DONE
    assert long.rows("SELECT cust_code FROM customer") == [("C9",)]
    assert long.one("SELECT count(*) FROM purchase_order") == _ORDERS
    assert long.agrees()


def test_a_plan_of_last_month_waits_for_its_turn(long: Laptop, office: Office) -> None:
    old = (date(2022, 4, 29) - timedelta(days=30)).isoformat()
    office.write("visit", str(new_id()), {"customer_id": office.shop, "day": old, "status": "done"}, author="M1")
    _cut_after(long, 1)
    assert long.one("SELECT count(*) FROM visit WHERE day = ?", old) == 0


@pytest.mark.timeout(600)
def test_a_load_that_dies_anywhere_is_ended_by_the_next_round(long: Laptop, office: Office) -> None:
    long.close()
    office.close()
    before = long.folder.root.with_name("before")
    _copy(long.folder.root, before)
    tried = 0
    for statement in count(5, tries(97, 3)):
        _copy(before, long.folder.root)
        died = _die_at(long, statement)
        long.database = open_store(long.folder, KEY).database
        assert long.one("SELECT count(*) FROM pragma_foreign_key_check") == 0
        loading = _loading(long)
        shown = long.one("SELECT count(*) FROM purchase_order")
        assert not shown or shown == _ORDERS or "terr:T1" in loading, "what is not whole says so"
        assert long.sync().outcome is Outcome.DONE
        assert long.one("SELECT count(*) FROM purchase_order") == _ORDERS
        assert long.agrees(), f"after statement {statement}"
        long.close()
        office.close()
        tried += 1
        if not died:
            break
    assert tried > 5
    tally("program dies while a territory loads", tried)


def _die_at(laptop: Laptop, statement: int) -> bool:
    child = os.fork()
    if child == 0:
        seen = 0

        def trace(_sql: str) -> None:
            nonlocal seen
            seen += 1
            if seen == statement:
                os._exit(_DIED)

        plain: Callable[..., Any] = store.connect

        def traced(*arguments: Any) -> Any:
            connection = plain(*arguments)
            connection.set_trace_callback(trace)
            return connection

        try:
            store.connect = traced
            laptop.sync()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, _DIED)
    return code == _DIED
