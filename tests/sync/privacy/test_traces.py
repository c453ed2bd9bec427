"""After exit, drop, retention or wipe nothing is left of a record in any file, though one has the key (I14)."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.bootstrap.sync_rounds import bring_search_up_to_date
from app.headoffice import people
from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.ids import new_id
from app.services.sync_happenings import note_read, read_happenings
from app.sync.journal import SideJournal
from app.sync.wiping import wipe
from tests.sync.both.laptops import Laptop, Office
from tests.sync.privacy.traces import traces_of
from tests.sync.tally import tally

MARK = "zqxdelivered"
OWN = "zqxownword"


def _round(laptop: Laptop) -> Any:
    return laptop.sync(after_apply=bring_search_up_to_date)


@pytest.fixture
def shop(laptop: Laptop, office: Office) -> str:
    """Give a shop full of marked words, delivered, searched for and worked on."""
    key = str(new_id())
    values = {"cust_code": MARK.upper(), "cust_name": f"{MARK} store", "shop_name": f"{MARK}b", "phone_main": MARK}
    office.write("customer", key, values, scope="terr:T1")
    order = {"customer_id": key, "order_date": "2022-03-07", "lines": [[office.product, 5, 500, None, None]]}
    office.write("purchase_order", f"{MARK}-1", order)
    visit = {"customer_id": key, "day": "2022-04-01", "status": "done", "need_note": MARK * 3}
    office.write("visit", str(new_id()), visit, author="M1")
    _round(laptop)
    office.write("customer", key, {"shop_name": f"{MARK}c"})
    with laptop.edit() as session:
        session.get_one(Customer, UUID(key)).mnemonic = OWN
        session.add(Visit(id=new_id(), customer_id=UUID(key), day=date(2022, 4, 29), status="done", need_note=OWN))
    SideJournal.beside(laptop.database).catch_up(laptop.database)
    _round(laptop)
    assert traces_of(MARK, laptop.database), "the reader finds what is there"
    return key


def _gone(laptop: Laptop) -> None:
    for one in read_happenings(laptop.database):
        note_read(laptop.database, one.no)  # the notice names the shop until it was read
    _round(laptop)
    assert traces_of(MARK, laptop.database) == []
    places = traces_of(OWN, laptop.database)
    kept = laptop.one('SELECT count(*) FROM sent_op WHERE instr("set", ?)', OWN)
    assert places == (["database"] if kept else []), "own words stay 30 days among what was sent, in case head office"
    with laptop.database.note() as cursor:
        cursor.execute("UPDATE sent_op SET answered_at = '2020-01-01 00:00:00.000000'")
    _round(laptop)
    assert traces_of(OWN, laptop.database) == [], "after 30 days nothing is left"


def test_nothing_is_left_of_a_customer_who_left(laptop: Laptop, office: Office, shop: str) -> None:
    del shop
    office.do(lambda session: people.move_customers(session, [MARK.upper()], "T2", office.now(), "office"))
    _round(laptop)
    _gone(laptop)
    tally("a customer leaves: traces left in any file", 1)


def test_nothing_is_left_of_a_territory_that_was_withdrawn(laptop: Laptop, office: Office, shop: str) -> None:
    del shop
    office.do(lambda session: people.withdraw(session, "M1", "terr:T1", office.now()))
    _round(laptop)
    _gone(laptop)
    tally("a territory is withdrawn: traces left in any file", 1)


def test_nothing_is_left_of_what_was_deleted_at_head_office(laptop: Laptop, office: Office, shop: str) -> None:
    visits = office.one("SELECT group_concat(pk) FROM sync_row WHERE tbl IN ('visit', 'purchase_order')").split(",")
    for key in visits:
        table = "purchase_order" if key.startswith(MARK) else "visit"
        office.write(table, key, {}, deleted=True)
    office.write("customer", shop, {}, deleted=True)
    _round(laptop)
    _gone(laptop)


def test_nothing_is_left_of_pages_that_were_staged_and_thrown_away(laptop: Laptop, office: Office) -> None:
    for at in range(9):
        values = {"cust_code": f"{MARK}{at}", "cust_name": MARK}
        office.write("customer", str(new_id()), values, scope="terr:T1")
    laptop.client.limit = 2
    laptop.client.faults = ["ok"] * 4 + ["before"]
    _round(laptop)
    assert traces_of(MARK, laptop.database)
    office.do(lambda session: people.withdraw(session, "M1", "terr:T1", office.now()))
    _round(laptop)
    assert traces_of(MARK, laptop.database) == []


def test_nothing_is_left_after_a_wipe(laptop: Laptop, office: Office, shop: str) -> None:
    del shop, office
    laptop.folder.photos.mkdir(parents=True, exist_ok=True)
    (laptop.folder.photos / "ab.photo").write_bytes(b"x")
    left = wipe(laptop.database, laptop.folder)
    assert left == []
    files = [file.relative_to(laptop.folder.root) for file in laptop.folder.root.rglob("*") if file.is_file()]
    assert [file for file in files if file != Path("in-use")] == []
    tally("wipe: files left", 1)
