"""Rounds between the real laptop and the real head office, on SQLite, in one process."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from app.headoffice import people
from app.models.customer import Customer
from app.models.visit import StockCount, Visit
from app.runtime.ids import new_id
from app.sync.engine import Outcome
from tests.sync.both.laptops import Laptop, Office

DAY = date(2022, 4, 29)


def _visit(laptop: Laptop, office: Office, note: str = "缺货") -> UUID:
    key = new_id()
    with laptop.edit() as session:
        session.add(Visit(id=key, customer_id=UUID(office.shop), day=DAY, status="done", need_note=note))
    return key


def test_a_first_round_brings_what_is_granted_and_nothing_else(laptop: Laptop, office: Office) -> None:
    office.write("customer", str(new_id()), {"cust_code": "C2", "cust_name": "别人的店"}, scope="terr:T2")
    result = laptop.sync()
    assert result.outcome is Outcome.DONE
    assert laptop.rows("SELECT cust_code FROM customer") == [("C1",)]
    assert laptop.rows("SELECT sku_code, no FROM product") == [("P1", 1)]
    assert laptop.agrees()


def test_a_visit_goes_up_once_and_both_sides_agree(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    key = _visit(laptop, office)
    with laptop.edit() as session:
        session.add(StockCount(visit_id=key, product_id=UUID(office.product), on_hand=7, retail_price=2600))
    result = laptop.sync()
    assert result.verdicts == {"applied": 2}
    assert office.one("SELECT need_note FROM visit") == "缺货"
    assert laptop.one("SELECT count(*) FROM outbox") == 0
    assert laptop.one("SELECT revision FROM visit") == 1
    assert laptop.agrees()


def test_an_answer_that_is_lost_after_the_commit_doubles_nothing(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    _visit(laptop, office)
    laptop.client.faults = ["ok", "after"]
    assert laptop.sync().outcome is Outcome.OFFLINE
    assert laptop.one("SELECT state FROM outbox") == "sending"
    assert laptop.sync().verdicts == {"applied": 1}
    assert office.one("SELECT count(*) FROM visit") == 1
    assert office.one("SELECT revision FROM visit") == 1
    assert laptop.agrees()


def test_an_edit_while_its_row_is_being_sent_becomes_an_operation_of_its_own(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    key = _visit(laptop, office)

    def meanwhile(call: str) -> None:
        if call == "push":
            laptop.client.before_answer = None
            with laptop.edit() as session:
                session.get_one(Visit, key).need_note = "缺货两种"

    laptop.client.before_answer = meanwhile
    result = laptop.sync()
    assert result.verdicts == {"applied": 2}
    assert office.one("SELECT need_note FROM visit") == "缺货两种"
    assert laptop.one("SELECT need_note FROM visit") == "缺货两种"
    assert laptop.agrees()


def test_what_waits_stays_on_top_of_a_new_base(laptop: Laptop, office: Office) -> None:
    laptop.sync()

    def meanwhile(call: str) -> None:
        if call == "pull":
            laptop.client.before_answer = None
            with laptop.edit() as session:
                session.get_one(Customer, UUID(office.shop)).opening_hours = "8-20"

    office.write("customer", office.shop, {"shop_name": "老周便利店", "opening_hours": "7-22"})
    laptop.client.before_answer = meanwhile
    laptop.sync()
    assert laptop.rows("SELECT shop_name, opening_hours, revision FROM customer") == [("老周便利店", "8-20", 2)]
    changed = laptop.rows("SELECT field, old, new FROM customer_change WHERE source = 'head office'")
    assert changed == [("shop_name", None, "老周便利店")]
    laptop.sync()
    assert laptop.one("SELECT opening_hours FROM customer") == office.one("SELECT opening_hours FROM customer")
    assert laptop.agrees()


def test_both_sides_changed_a_field_and_nothing_is_thrown_away(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    office.write("customer", office.shop, {"opening_hours": "7-22"})
    with laptop.edit() as session:
        session.get_one(Customer, UUID(office.shop)).opening_hours = "8-20"
    result = laptop.sync()
    assert sum(result.verdicts.values()) == 1
    kept = laptop.rows("SELECT field, theirs, yours FROM sync_conflict")
    assert kept == [("opening_hours", '"7-22"', '"8-20"')]
    assert laptop.one("SELECT opening_hours FROM customer") == office.one("SELECT opening_hours FROM customer")
    assert laptop.agrees()


def test_a_refused_operation_is_kept_whole_and_the_rest_goes_on(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    with laptop.edit() as session:
        session.get_one(Customer, UUID(office.shop)).tier = 30
    _visit(laptop, office)
    result = laptop.sync()
    assert result.verdicts == {"forbidden": 1, "applied": 1}
    assert laptop.rows('SELECT tbl, "set", status, reason FROM refused_op') == [
        ("customer", '{"tier": 30}', "forbidden", "office_field")
    ]
    assert laptop.one("SELECT tier FROM customer") is None
    assert result.overview is not None
    assert result.overview.refused == 1


def test_a_customer_that_moves_away_goes_with_all_that_hangs_off_it_and_comes_back(
    laptop: Laptop, office: Office
) -> None:
    laptop.sync()
    key = _visit(laptop, office)
    laptop.sync()
    office.do(lambda session: people.move_customers(session, ["C1"], "T2", office.now(), "office"))
    result = laptop.sync()
    assert laptop.one("SELECT count(*) FROM customer") == 0
    assert laptop.one("SELECT count(*) FROM visit") == 0
    assert result.changed.removed["visit"] == {key.hex}
    assert laptop.agrees()
    office.do(lambda session: people.move_customers(session, ["C1"], "T1", office.now(), "office"))
    laptop.sync()
    assert laptop.rows("SELECT need_note FROM visit") == [("缺货",)]
    assert laptop.agrees()


def test_work_done_while_the_customer_moved_away_still_arrives(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    office.do(lambda session: people.move_customers(session, ["C1"], "T2", office.now(), "office"))

    def meanwhile(call: str) -> None:
        if call == "pull":
            laptop.client.before_answer = None
            _visit(laptop, office)

    laptop.client.before_answer = meanwhile
    laptop.sync()
    assert laptop.one("SELECT count(*) FROM visit") == 1, "what waits to go up stays on the screen"
    laptop.sync()
    assert office.one("SELECT count(*) FROM visit") == 1
    laptop.sync()
    assert laptop.one("SELECT count(*) FROM visit") == 0
    assert laptop.one("SELECT count(*) FROM customer") == 0


def test_a_withdrawn_grant_takes_its_rows_away_and_a_new_one_brings_them_back(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    office.do(lambda session: people.withdraw(session, "M1", "terr:T1", office.now()))
    laptop.sync()
    assert laptop.one("SELECT count(*) FROM customer") == 0
    office.do(lambda session: people.grant(session, "M1", "terr:T1", office.now()))
    laptop.sync()
    assert laptop.one("SELECT count(*) FROM customer") == 1
    assert laptop.agrees()


def test_a_laptop_restored_from_a_backup_becomes_a_new_replica_and_loses_nothing(
    laptop: Laptop, office: Office, tmp_path: Path
) -> None:
    laptop.sync()
    laptop.copy_to(tmp_path / "backup")
    _visit(laptop, office, "一")
    laptop.sync()
    laptop.restore_from(tmp_path / "backup")
    _visit(laptop, office, "二")
    result = laptop.sync()
    assert result.outcome is Outcome.DONE
    assert sorted(laptop.rows("SELECT need_note FROM visit")) == [("一",), ("二",)]
    assert office.one("SELECT count(*) FROM visit") == 2
    assert laptop.agrees()


def test_a_head_office_restored_from_a_backup_gets_everything_again(laptop: Laptop, office: Office) -> None:
    laptop.sync()
    office.close()
    backup = office.path.read_bytes()
    _visit(laptop, office, "一")
    laptop.sync()
    office.close()
    for suffix in ("-wal", "-shm"):
        office.path.with_name(office.path.name + suffix).unlink(missing_ok=True)
    office.path.write_bytes(backup)
    office.database.renew_epoch()
    _visit(laptop, office, "二")
    result = laptop.sync()
    assert result.outcome is Outcome.DONE
    assert office.one("SELECT count(*) FROM visit") == 2
    assert laptop.one("SELECT count(*) FROM visit") == 2
    assert laptop.agrees()


def test_orders_come_with_their_lines_and_months(laptop: Laptop, office: Office) -> None:
    lines = [[office.product, 5, 12_345, 6, 8], [office.product, 1, 2**40, None, None]]
    office.write("purchase_order", "D1", {"customer_id": office.shop, "order_date": "2022-03-07", "lines": lines})
    laptop.sync()
    assert laptop.rows("SELECT order_no, qty, amount, line_count FROM purchase_order") == [("D1", 6, 12_345 + 2**40, 2)]
    assert laptop.rows("SELECT month, qty, orders, skus FROM customer_month") == [(202203, 6, 1, 1)]
    office.write("purchase_order", "D1", {"lines": [[office.product, 2, 100, 2, 2]]})
    laptop.sync()
    assert laptop.rows("SELECT line_no, qty, amount FROM order_line") == [(1, 2, 100)]
    assert laptop.rows("SELECT month, qty, amount FROM customer_month") == [(202203, 2, 100)]
    office.write("purchase_order", "D1", {}, deleted=True)
    laptop.sync()
    assert laptop.one("SELECT count(*) FROM order_line") == laptop.one("SELECT count(*) FROM customer_month") == 0
    assert laptop.agrees()


def test_extreme_values_of_the_archive_come_as_they_went(laptop: Laptop, office: Office) -> None:
    values = {
        "cust_name": "𠮷野家😀\u200d", "gis_lng": "-123.456789", "floor_area_m2": "0.01", "cigarette_share_pct": "99.9",
        "license_to": "9999-12-31", "visit_window_tag": ["上午", "'\"\\"], "online_pay": False, "monthly_amount": 2**53,
    }  # fmt: skip
    office.write("customer", office.shop, values)
    laptop.sync()
    with laptop.database.read() as session:
        shop = session.scalars(select(Customer)).one()
    assert shop.cust_name == values["cust_name"]
    assert shop.gis_lng == Decimal("-123.456789")
    assert shop.floor_area_m2 == Decimal("0.01")
    assert shop.license_to == date(9999, 12, 31)
    assert shop.visit_window_tag == values["visit_window_tag"]
    assert shop.online_pay is False
    assert shop.monthly_amount == 2**53
    assert laptop.agrees()


def test_a_revoked_laptop_is_wiped_keys_first(laptop: Laptop, office: Office) -> None:
    from app.sync.wiping import wipe

    laptop.sync()
    replica = laptop.one("SELECT value FROM store_fact WHERE key = 'sync_replica'")
    office.do(lambda session: people.revoke(session, replica, office.now(), "office", wipe=True))
    result = laptop.sync(wipe=lambda: wipe(laptop.database, laptop.folder))
    assert result.outcome is Outcome.WIPED
    assert laptop.client.wiped == [replica]
    assert not laptop.folder.vault.exists()
    assert not laptop.folder.store.exists()


def test_a_clock_that_is_turned_back_does_not_make_the_lease_longer(laptop: Laptop) -> None:
    from app.sync.state import lease_of

    laptop.sync()
    now = datetime(2022, 4, 29, 12, tzinfo=UTC)
    assert lease_of(laptop.database, now).holds
    assert not lease_of(laptop.database, now.replace(month=6)).holds
    assert lease_of(laptop.database, now.replace(year=2010)).days_left in (13, 14)
