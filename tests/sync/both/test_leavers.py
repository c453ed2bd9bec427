"""Customers that leave a manager are counted on his laptop, once, and named until that is read; what waited went up."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from app.headoffice import people
from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.ids import new_id
from app.services.sync_happenings import note_read, read_happenings
from app.services.sync_inbox import SyncInbox
from app.storage.facts import SHOPS_LEFT, read_fact
from app.storage.row_writer import stamp
from app.sync.overview import read_overview
from tests.sync.both.laptops import CLOCK, Laptop, Office


def _more_shops(office: Office, *codes: str) -> dict[str, str]:
    keys = {code: str(new_id()) for code in codes}
    for code, key in keys.items():
        office.write("customer", key, {"cust_code": code, "cust_name": f"店{code}"}, scope="terr:T1")
    return keys


def _move(office: Office, territory: str, *codes: str) -> None:
    office.do(lambda session: people.move_customers(session, codes, territory, office.now(), "office"))


def _told(laptop: Laptop) -> list[dict[str, int]]:
    return [one.counts for one in read_happenings(laptop.database) if one.kind == "customers_left"]


def test_who_left_and_who_was_closed_are_counted_once_and_not_named(laptop: Laptop, office: Office) -> None:
    keys = _more_shops(office, "C2", "C3", "C4")
    laptop.sync()
    assert _told(laptop) == []
    _move(office, "T2", "C2", "C3")
    office.write("customer", keys["C4"], {}, deleted=True)
    for _ in range(3):
        laptop.sync()
    assert _told(laptop) == [{"moved": 2, "closed": 1, "tasks": 0}]
    [detail] = [text for (text,) in laptop.rows("SELECT detail FROM sync_log WHERE event = 'customers_left'")]
    assert json.loads(detail) == {"moved": 2, "closed": 1, "tasks": 0}, "names go with the rows"
    assert laptop.agrees()


def test_a_territory_that_is_taken_away_counts_all_of_its_shops(laptop: Laptop, office: Office) -> None:
    _more_shops(office, "C2")
    laptop.sync()
    office.do(lambda session: people.withdraw(session, "M1", "terr:T1", office.now()))
    laptop.sync()
    assert _told(laptop) == [{"moved": 2, "closed": 0, "tasks": 0}]


def test_a_closed_shop_with_visits_stays_and_is_told_once(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    with laptop.edit() as session:
        session.add(Visit(id=new_id(), customer_id=UUID(office.shop), day=CLOCK.today(), status="done"))
    laptop.sync()
    office.write("customer", office.shop, {}, deleted=True)
    for _ in range(3):
        laptop.sync()
    assert laptop.one("SELECT count(*) FROM customer WHERE deleted_at IS NOT NULL") == 1
    assert _told(laptop) == [{"moved": 0, "closed": 1, "tasks": 0}]


def test_what_was_not_sent_is_handed_in_before_the_shop_leaves(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    with laptop.edit() as session:
        session.get_one(Customer, UUID(office.shop)).opening_hours = "7-21"
        session.add(Visit(id=new_id(), customer_id=UUID(office.shop), day=CLOCK.today(), status="done"))
    _move(office, "T2", "C1")
    result = laptop.sync()
    assert result.verdicts == {"moved": 1, "applied": 1}
    assert _told(laptop) == [{"moved": 1, "closed": 0, "tasks": 0}]
    assert office.one("SELECT count(*) FROM visit") == 1
    assert office.one("SELECT yours FROM sync_conflict WHERE manager = 'M1'") == '"7-21"'


@pytest.mark.parametrize("has_manager", [True, False])
def test_a_change_that_was_handed_on_is_one_notice_and_no_choice(
    laptop: Laptop, office: Office, *, has_manager: bool
) -> None:
    """Where nobody has the shop the record stays open at head office; it waits for the office, not for this person."""
    if not has_manager:
        office.do(lambda session: people.withdraw(session, "M2", "terr:T2", office.now()))
    laptop.sync()
    with laptop.edit() as session:
        session.get_one(Customer, UUID(office.shop)).opening_hours = "7-21"
    _move(office, "T2", "C1")
    laptop.sync()
    laptop.sync()
    inbox = SyncInbox(laptop.database, CLOCK)
    assert [(one.table, one.status) for one in inbox.refused()] == [("customer", "moved")]
    assert inbox.conflicts() == ()
    assert [(one.field, one.yours, one.handed_on) for one in inbox.merged()] == [("opening_hours", "7-21", True)]
    assert read_overview(laptop.database, office.now()).needs_you == 1
    assert office.one("SELECT count(*) FROM sync_conflict WHERE state = 'open'") == 1


def test_three_of_those_that_left_are_named_until_it_was_read(laptop: Laptop, office: Office) -> None:
    _more_shops(office, "C2", "C3", "C4")
    laptop.sync()
    _move(office, "T2", "C1", "C2", "C3", "C4")
    laptop.sync()
    [told] = read_happenings(laptop.database)
    assert told.shops == ("店C2", "店C3", "店C4")
    assert told.counts["moved"] == 4
    note_read(laptop.database, told.no)
    assert [one.shops for one in read_happenings(laptop.database)] == [()]
    assert read_fact(laptop.database, SHOPS_LEFT) == "{}", "names are kept no longer than they are needed"


def test_a_notice_that_nobody_reads_loses_its_names(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    _move(office, "T2", "C1")
    laptop.sync()
    with laptop.database.note() as cursor:
        cursor.execute("UPDATE sync_log SET at = ?", (stamp(office.now() - timedelta(days=31)),))
    laptop.sync()
    [told] = [one for one in read_happenings(laptop.database) if one.kind == "customers_left"]
    assert (told.is_news, told.shops) == (True, ())


def test_a_notice_is_news_until_it_was_read(laptop: Laptop, office: Office) -> None:
    _more_shops(office, "C2")
    laptop.sync()
    _move(office, "T2", "C2")
    laptop.sync()
    [first] = read_happenings(laptop.database)
    assert first.is_news
    note_read(laptop.database, first.no)
    assert [one.is_news for one in read_happenings(laptop.database)] == [False]
    _move(office, "T2", "C1")
    laptop.sync()
    assert [one.is_news for one in read_happenings(laptop.database)] == [True, False]
    note_read(laptop.database, first.no)
    assert read_happenings(laptop.database)[0].is_news, "an older line does not hide a newer one"
