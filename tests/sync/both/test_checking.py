"""Values that were flipped in the store are found, though nothing came and nothing was written."""

from datetime import date
from uuid import UUID

import pytest

from app.models.customer import Customer
from app.models.visit import StockCount, Visit
from app.runtime.ids import new_id
from app.sync import verify
from app.sync.checking import differing_rows
from tests.sync.both.laptops import Laptop, Office
from tests.sync.tally import tally

FLIPS = {
    "a shop's name": "UPDATE customer SET cust_name = '错'",
    "a value that was empty": "UPDATE customer SET shop_name = '错'",
    "a value that is lost": "UPDATE product SET name = ''",
    "the line of an order": "UPDATE order_line SET qty = qty + 1",
    "the amount of an order": "UPDATE order_line SET amount = amount + 1",
    "the day of an order": "UPDATE purchase_order SET order_date = '2022-03-08'",
    "a count": "UPDATE stock_count SET on_hand = on_hand + 1",
    "the shop of a visit": "UPDATE visit SET customer_id = (SELECT id FROM customer WHERE cust_code = 'C2')",
    "a row that is gone": "DELETE FROM stock_count",
}


@pytest.fixture
def full(laptop: Laptop, office: Office) -> Laptop:
    """Give a laptop with rows of several kinds, which agrees with head office."""
    office.write("customer", str(new_id()), {"cust_code": "C2", "cust_name": "乙"}, scope="terr:T1")
    line = [office.product, 5, 500, None, None]
    office.write("purchase_order", "D1", {"customer_id": office.shop, "order_date": "2022-03-07", "lines": [line]})
    laptop.sync()
    key = new_id()
    with laptop.edit() as session:
        session.add(Visit(id=key, customer_id=UUID(office.shop), day=date(2022, 4, 29), status="done", serial=7))
        session.flush()
        session.add(StockCount(visit_id=key, product_id=UUID(office.product), on_hand=3))
    laptop.sync()
    assert laptop.agrees()
    return laptop


@pytest.mark.parametrize("sql", FLIPS.values(), ids=FLIPS)
def test_a_flipped_value_is_found_and_mended_in_a_quiet_round(full: Laptop, sql: str) -> None:
    with full.database.note() as cursor:
        cursor.execute(sql)
    result = full.sync()
    assert result.received > 0, "loaded anew, with nothing new at head office"
    assert result.differing == ()
    with full.database.write_plain() as cursor:
        assert differing_rows(cursor)[0] == {}
    assert full.agrees()
    assert full.one("SELECT count(*) FROM sync_log WHERE event = 'values_differ'") == 1
    tally("a value flipped in the store", 1)


def test_rows_take_their_turns(full: Laptop) -> None:
    with full.database.note() as cursor:
        cursor.execute("UPDATE visit SET need_note = '错'")
    found = [verify.verify(full.database, full.office.now(), rows=2).differing for _ in range(4)]
    assert found.count(("terr:T1",)) == 1, "the last table is looked at in its turn, and once"


def test_what_the_person_changed_is_no_flip(full: Laptop, office: Office) -> None:
    with full.edit() as session:
        session.get_one(Customer, UUID(office.shop)).opening_hours = "8-20"
        session.query(Visit).one().need_note = "x" * 70_000
    with full.database.write_plain() as cursor:
        assert differing_rows(cursor)[0] == {}, "what waits"
    full.sync()
    with full.database.write_plain() as cursor:
        assert differing_rows(cursor)[0] == {}, "what was refused here and is still to be mended"
    assert full.one("SELECT length(need_note) FROM visit") == 70_000


def test_a_load_that_does_not_help_is_not_asked_for_again_and_again(
    full: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def always(_cursor: object, _rows: int) -> tuple[dict[str, list[tuple[str, str]]], str]:
        return {"terr:T1": [("customer", "x")]}, ""

    monkeypatch.setattr(verify, "differing_rows", always)
    resets: list[str] = []
    for _ in range(4):
        resets += verify.verify(full.database, full.office.now()).resets
        with full.database.note() as cursor:
            cursor.execute("UPDATE sync_cursor SET state = 'ready'")
    assert len(resets) == 2


def test_a_colleagues_visit_is_checked_with_the_serial_it_bears_elsewhere(full: Laptop, office: Office) -> None:
    visit = {"customer_id": office.shop, "day": "2022-04-28", "status": "done", "serial": 7}
    office.write("visit", str(new_id()), visit, author="M2")
    full.sync()
    assert sorted(full.rows("SELECT day, serial FROM visit")) == [("2022-04-28", None), ("2022-04-29", 7)]
    with full.database.write_plain() as cursor:
        assert differing_rows(cursor)[0] == {}
    with full.database.note() as cursor:
        cursor.execute("UPDATE visit SET status = 'moved' WHERE serial IS NULL")
    assert full.sync().received > 0
    assert full.one("SELECT status FROM visit WHERE serial IS NULL") == "done"
