"""Pulls that are cut, repeated, damaged or too large, against the real head office."""

from uuid import UUID

import pytest

from app.models.customer import Customer
from app.models.visit import Visit
from app.runtime.ids import new_id
from app.storage.row_writer import stamp
from app.sync import apply, pull
from app.sync.engine import Outcome
from tests.sync.both.laptops import Laptop, Office


def _shops(office: Office, number: int) -> None:
    for at in range(number):
        office.write(
            "customer", str(new_id()), {"cust_code": f"N{at}", "cust_name": f"店{at}"}, scope="terr:T1"
        )  # fmt: skip


def test_a_line_that_breaks_between_pages_costs_one_page(laptop: Laptop, office: Office) -> None:
    _shops(office, 7)
    laptop.client.limit = 2
    laptop.client.faults = ["ok", "ok", "ok", "after"]
    assert laptop.sync().outcome is Outcome.OFFLINE
    assert laptop.one("SELECT count(*) FROM customer") == 0, "nothing is shown of what is not whole"
    assert laptop.one("SELECT sum(count) FROM stage_item") == 4
    laptop.client.calls.clear()
    assert laptop.sync().outcome is Outcome.DONE
    assert laptop.client.calls.count("pull") == 3, "pages that had arrived are not asked for again"
    assert laptop.one("SELECT count(*) FROM customer") == 8
    assert laptop.one("SELECT count(*) FROM stage_item") == 0
    assert laptop.agrees()


def test_pages_that_are_whole_are_applied_even_if_the_program_died_before(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pull, "apply_stage", die)
    with pytest.raises(KeyboardInterrupt):
        laptop.sync()
    monkeypatch.undo()
    assert laptop.one("SELECT count(*) FROM customer") == 0
    laptop.sync()
    assert laptop.one("SELECT count(*) FROM customer") == 1
    assert laptop.agrees()


def test_a_large_first_load_shows_what_has_come_and_says_that_it_loads(
    laptop: Laptop, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull, "FIRST_LOAD", 4)
    _shops(office, 9)
    laptop.client.limit = 3
    laptop.client.faults = ["ok", "ok", "ok", "ok", "before"]
    result = laptop.sync()
    assert result.overview is not None
    assert "terr:T1" in result.overview.loading
    assert laptop.one("SELECT count(*) FROM customer") > 3
    result = laptop.sync()
    assert result.overview is not None
    assert result.overview.loading == ()
    assert laptop.one("SELECT count(*) FROM customer") == 10
    assert laptop.agrees()


def test_a_row_that_was_damaged_here_is_found_by_the_digest_and_mended(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    with laptop.database.note() as cursor:
        cursor.execute("UPDATE customer SET cust_name = '错'")
        cursor.execute("UPDATE row_state SET digest = digest + 1 WHERE tbl = 'customer'")
    office.write("product", str(new_id()), {"sku_code": "P2", "name": "新品"})
    result = laptop.sync()
    assert result.outcome is Outcome.DONE
    assert laptop.one("SELECT cust_name FROM customer") == "老周食杂店"
    assert laptop.agrees()


def test_a_row_that_head_office_lost_sight_of_is_swept_by_a_load(laptop: Laptop) -> None:
    laptop.sync()
    ghost = new_id()
    with laptop.database.note() as cursor:
        cursor.execute(
            "INSERT INTO product (id, no, sku_code, name, revision, changed_at) VALUES (?, 99, 'X', '鬼', 1, ?)",
            (ghost.hex, stamp(laptop.office.now())),
        )
        cursor.execute(
            "INSERT INTO row_state VALUES ('product', ?, 'ref:catalogue', 1, 2, 12345, 0, NULL)", (str(ghost),)
        )  # fmt: skip
    laptop.sync()
    assert laptop.rows("SELECT sku_code FROM product") == [("P1",)]
    assert laptop.agrees()


def test_a_row_whose_parent_is_missing_is_set_apart_and_comes_with_its_parent(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    far = str(new_id())
    office.write("customer", far, {"cust_code": "F", "cust_name": "远店"}, scope="terr:T2")
    assigned = "2022-04-29T08:00:00+00:00"
    task = {"manager": "M1", "customer_id": far, "title": "查证", "assigned_by": "A", "assigned_at": assigned}
    office.write("task", str(new_id()), {**task, "state": "assigned"})
    result = laptop.sync()
    assert result.outcome is Outcome.DONE
    assert result.overview is not None
    assert result.overview.set_apart == 1
    assert laptop.one("SELECT count(*) FROM task") == 0
    laptop.client.calls.clear()
    laptop.sync()
    assert laptop.client.calls.count("pull") == 1, "a load is asked for once, not at every round"
    from app.headoffice import people

    office.do(lambda session: people.move_customers(session, ["F"], "T1", office.now(), "office"))
    laptop.sync()
    assert laptop.one("SELECT title FROM task") == "查证"
    assert laptop.one("SELECT count(*) FROM quarantine_row") == 0
    assert laptop.agrees()


def test_shops_that_came_by_a_file_before_are_the_same_shops(laptop: Laptop, office: Office) -> None:
    old = new_id()
    with laptop.database.deliver("import") as session:
        session.add(Customer(id=old, cust_code="C1", cust_name="老周"))
    key = new_id()
    with laptop.edit() as session:
        day = office.now().date()
        session.add(Visit(id=key, customer_id=old, day=day, status="done"))
    assert laptop.sync().verdicts == {"parked": 1}
    laptop.sync()
    assert laptop.rows("SELECT id, cust_name FROM customer") == [(UUID(office.shop).hex, "老周食杂店")]
    assert laptop.one("SELECT customer_id FROM visit") == UUID(office.shop).hex
    assert laptop.agrees()


def test_codes_that_two_shops_exchange_come_over(laptop: Laptop, office: Office) -> None:
    other = str(new_id())
    office.write("customer", other, {"cust_code": "C2", "cust_name": "乙"}, scope="terr:T1")
    laptop.sync()
    office.write("customer", office.shop, {"cust_code": "C9"})
    office.write("customer", other, {"cust_code": "C1"})
    office.write("customer", office.shop, {"cust_code": "C2"})
    laptop.sync()
    assert laptop.rows("SELECT cust_code, cust_name FROM customer ORDER BY 1") == [("C1", "乙"), ("C2", "老周食杂店")]
    assert laptop.agrees()


def test_a_hook_that_fails_leaves_everything_as_it_was(laptop: Laptop) -> None:
    def fail(_session: object, _changed: object) -> None:
        raise ValueError("the index could not be written")

    assert laptop.sync(after_apply=fail).outcome is Outcome.FAILED
    assert laptop.one("SELECT count(*) FROM customer") == 0
    assert laptop.one("SELECT count(*) FROM sync_cursor") == 0
    laptop.sync()
    assert laptop.agrees()
    assert apply.FIRST_LOAD == 20_000
