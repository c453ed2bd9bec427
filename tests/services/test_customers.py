"""The list of customers, changing a field of the archive, the record of changes, and shops entered twice."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.domain.changes import Kind
from app.domain.playbook import Playbook
from app.domain.problems import Problem, RuleError
from app.models.customer import Customer, CustomerChange
from app.models.local import OutboxEntry
from app.runtime.clock import Clock
from app.services.archive_values import is_unusual
from app.services.customer_list import CustomerFilter, SortBy
from app.services.customers import Customers
from app.services.search import Search
from app.services.search_index import reindex_customers
from app.services.similar_customers import Likeness, ShopIdentity
from app.storage.database import Database
from tests.builders import a_customer, a_product, a_visit, an_order

TODAY = date(2022, 4, 29)


@pytest.fixture
def customers(database: Database, clock: Clock, playbook: Playbook) -> Customers:
    return Customers(database, clock, playbook)


@pytest.fixture
def territory(database: Database) -> None:
    with database.deliver("import") as session:
        zhou = a_customer(session, "3", "老周食杂店", order_weekday=6, market_type="X", format="Z", size_class="3")
        an = a_customer(session, "21", "安康超市", order_weekday=1, market_type="C", format="S", size_class="1")
        zeng = a_customer(session, "1", "曾记便利店", order_weekday=6, market_type="C", format="B", size_class="2")
        zeng.license_to = TODAY + timedelta(days=20)
        a_customer(session, "4", "Best Food")
        product = a_product(session)
        an_order(session, zhou, TODAY - timedelta(days=3), {product: 10})
        an_order(session, zhou, TODAY - timedelta(days=40), {product: 90})
        an_order(session, an, TODAY - timedelta(days=27), {product: 25})
        an_order(session, zeng, TODAY - timedelta(days=28), {product: 50})
        an_order(session, zeng, TODAY + timedelta(days=1), {product: 500})
        a_visit(session, zhou, TODAY - timedelta(days=40), "done")
        a_visit(session, zhou, TODAY - timedelta(days=2), "refused")
        a_visit(session, an, TODAY - timedelta(days=5), "done")
        reindex_customers(session)


def codes(customers: Customers, **wanted: Any) -> list[str]:
    keys = customers.keys(CustomerFilter(**wanted))
    rows = customers.rows(keys)
    return [rows[key].code for key in keys]


@pytest.mark.usefixtures("territory")
@pytest.mark.parametrize(
    ("sort", "up", "down"),
    [
        (SortBy.NAME, ["21", "4", "3", "1"], ["1", "3", "4", "21"]),
        (SortBy.CODE, ["1", "3", "4", "21"], ["21", "4", "3", "1"]),
        (SortBy.CLASS, ["1", "21", "3", "4"], ["3", "21", "1", "4"]),
        (SortBy.ORDER_DAY, ["21", "3", "1", "4"], ["3", "1", "21", "4"]),
        (SortBy.LAST_VISIT, ["3", "21", "4", "1"], ["21", "3", "4", "1"]),
        (SortBy.LAST_ORDER, ["1", "21", "3", "4"], ["3", "21", "1", "4"]),
        (SortBy.QUANTITY, ["3", "21", "4", "1"], ["21", "3", "4", "1"]),
    ],
)
def test_the_list_is_sorted_with_what_is_not_known_at_its_end(
    customers: Customers, sort: SortBy, up: list[str], down: list[str]
) -> None:
    assert codes(customers, sort=sort) == up
    assert codes(customers, sort=sort, descending=True) == down


@pytest.mark.usefixtures("territory")
@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"order_weekday": 6}, ["3", "1"]),
        ({"market_type": "C"}, ["21", "1"]),
        ({"format": "Z"}, ["3"]),
        ({"size_class": "1"}, ["21"]),
        ({"text": "店"}, ["3", "1"]),
        ({"text": "zengji"}, ["1"]),
        ({"text": "店", "market_type": "C"}, ["1"]),
        ({"unvisited_days": 30}, ["4", "3", "1"]),
        ({"licence_ends_within": 30}, ["1"]),
        ({"text": "不存在"}, []),
    ],
)
def test_the_list_is_filtered(customers: Customers, wanted: dict[str, Any], expected: list[str]) -> None:
    assert codes(customers, **wanted) == expected


@pytest.mark.usefixtures("territory")
def test_a_line_tells_last_visit_last_order_and_what_was_bought_in_four_weeks(customers: Customers) -> None:
    keys = customers.keys(CustomerFilter())
    rows = {row.code: row for row in customers.rows(keys).values()}
    zhou = rows["3"]
    assert (zhou.class_code, zhou.last_visit, zhou.last_order) == (
        "XZ3",
        TODAY - timedelta(days=40),
        TODAY - timedelta(days=3),
    )
    assert {code: row.quantity_4_weeks for code, row in rows.items()} == {"3": 10, "21": 25, "1": 0, "4": None}
    assert rows["1"].last_order == TODAY - timedelta(days=28)
    assert rows["4"].class_code == ""


def a_shop(database: Database, **fields: Any) -> UUID:
    with database.deliver("import") as session:
        customer = a_customer(session, "7", "老周食杂店", **fields)
        reindex_customers(session)
        return customer.id


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("opening_hours", "  7:00 至  22:00 ", "7:00 至 22:00"),
        ("opening_hours", "", None),
        ("floor_area_m2", "４２.５", Decimal("42.5")),
        ("staff_count", "3", 3),
        ("site_rating", "good", "good"),
        ("site_rating", "好", "good"),
        ("visit_weekday", "3", 3),
        ("visit_begin_date", "2022年5月9日", date(2022, 5, 9)),
        ("visit_begin_date", "20220509", date(2022, 5, 9)),
        ("visit_begin_date", "2022/5/9", date(2022, 5, 9)),
    ],
)
def test_a_value_is_stored_as_its_field_wants_it(
    database: Database, customers: Customers, field: str, typed: str, stored: object
) -> None:
    shop = a_shop(database, opening_hours="?", staff_count=9)
    result = customers.change_field(shop, field, typed)
    assert result.changes.kinds == {Kind.CUSTOMER}
    with database.read() as session:
        assert getattr(session.get_one(Customer, shop), field) == stored


def test_several_choices_are_stored_as_codes(database: Database, customers: Customers, playbook: Playbook) -> None:
    both = playbook.enumerations["visit_window_tag"].codes[:2]
    shop = a_shop(database)
    customers.change_field(shop, "visit_window_tag", both)
    with database.read() as session:
        assert session.get_one(Customer, shop).visit_window_tag == list(both)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("staff_count", "-1"),
        ("staff_count", "three"),
        ("floor_area_m2", "1.234"),
        ("visit_begin_date", "2022-02-30"),
        ("visit_begin_date", "next week"),
        ("site_rating", "splendid"),
        ("gis_lat", "91"),
    ],
)
def test_an_impossible_value_is_refused_with_its_field(
    database: Database, customers: Customers, field: str, typed: str
) -> None:
    shop = a_shop(database)
    with pytest.raises(RuleError) as refused:
        customers.change_field(shop, field, typed)
    assert [(r.problem, r.subject) for r in refused.value.refusals] == [(Problem.BAD_VALUE, field)]


@pytest.mark.parametrize("field", ["cust_code", "license_no", "tier", "credit_level", "size_class"])
def test_what_head_office_keeps_cannot_be_changed_here(database: Database, customers: Customers, field: str) -> None:
    shop = a_shop(database)
    with pytest.raises(RuleError) as refused:
        customers.change_field(shop, field, "1")
    assert refused.value.refusals[0].problem is Problem.READ_ONLY_FIELD


@pytest.mark.parametrize("field", ["sku_width", "no_such_field", "revision", "preferred_address"])
def test_only_fields_of_the_archive_that_are_kept_here_can_be_changed(
    database: Database, customers: Customers, field: str
) -> None:
    shop = a_shop(database)
    with pytest.raises(RuleError):
        customers.change_field(shop, field, "1")


def test_a_change_goes_into_the_record_and_the_outbox_and_a_proposal_is_marked(
    database: Database, customers: Customers
) -> None:
    shop = a_shop(database)
    assert not customers.change_field(shop, "opening_hours", "7–22", actor="Li").is_proposal
    assert customers.change_field(shop, "operator_name", "周建国", source="visit", actor="Li").is_proposal
    newest, older = customers.field_changes(shop)
    assert (newest.field, newest.old, newest.new, newest.source, newest.by) == (
        "operator_name", None, "周建国", "visit", "Li",
    )  # fmt: skip
    assert (newest.is_proposal, older.is_proposal) == (True, False)
    assert customers.field_changes(shop, "opening_hours") == (older,)
    with database.read() as session:
        entry = session.scalars(select(OutboxEntry).where(OutboxEntry.row_id == shop)).one()
    assert entry.values == {"opening_hours": "7–22", "operator_name": "周建国"}


def test_the_same_value_again_changes_nothing(database: Database, customers: Customers) -> None:
    shop = a_shop(database, staff_count=3)
    assert customers.change_field(shop, "staff_count", "3").changes.kinds == frozenset()
    assert customers.field_changes(shop) == ()


def test_a_changed_sign_is_found_at_once(database: Database, customers: Customers) -> None:
    shop = a_shop(database)
    customers.change_field(shop, "shop_name", "红星便民店")
    assert [hit.id for hit in Search(database).find("hongxing").customers] == [shop]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("shop_name", "老周便利店"),
        ("gis_lng", "120.15"),
        ("staff_count", "3"),
    ],
)
def test_a_change_that_is_taken_back_is_a_new_change_and_both_stay_on_record(
    database: Database, customers: Customers, field: str, typed: str
) -> None:
    with database.write() as session:
        shop = a_customer(session).id
    customers.change_field(shop, field, typed)
    first = _change_of(database, shop)
    customers.take_back(first)
    newest, older = customers.field_changes(shop)
    assert (newest.old, newest.new, newest.source) == (older.new, older.old, "taken back")
    customers.take_back(_change_of(database, shop))
    assert customers.field_changes(shop)[0].new == older.new


def test_a_change_is_not_taken_back_over_a_newer_one(database: Database, customers: Customers) -> None:
    with database.write() as session:
        shop = a_customer(session, shop_name="一").id
    customers.change_field(shop, "shop_name", "二")
    first = _change_of(database, shop)
    customers.change_field(shop, "shop_name", "三")
    with pytest.raises(RuleError) as refused:
        customers.take_back(first)
    assert refused.value.refusals[0].problem is Problem.CHANGED_AGAIN
    assert len(customers.field_changes(shop)) == 2


def _change_of(database: Database, shop: UUID) -> int:
    with database.read() as session:
        newest = select(CustomerChange.id).where(CustomerChange.customer_id == shop).order_by(CustomerChange.id.desc())
        return session.scalars(newest).first() or 0


@pytest.mark.parametrize(
    ("phone", "unusual"),
    [("13800135566", False), ("138-0013-5566", False), ("0571-55500101", False), ("abc", True), ("10012", True)],
)
def test_a_phone_that_cannot_be_one_is_kept_and_told(
    database: Database, customers: Customers, phone: str, unusual: bool
) -> None:
    with database.write() as session:
        shop = a_customer(session).id
    assert customers.change_field(shop, "phone_main", phone).is_unusual is unusual


def test_a_phone_or_sign_that_another_shop_has_is_warned_of(database: Database, customers: Customers) -> None:
    shop = a_shop(database)
    with database.deliver("import") as session:
        a_customer(
            session, "8", "张记超市", phone_main="138 0013-5566", license_no="330102600417", address="中山路12号"
        )
        a_customer(session, "9", "李记超市", address="北街1号")
        reindex_customers(session)
    (same,) = customers.change_field(shop, "phone_main", "13800135566").similar
    assert (same.code, same.alike) == ("8", (Likeness.PHONE,))
    (same,) = customers.change_field(shop, "shop_name", "章记超市").similar
    assert (same.code, same.alike) == ("8", (Likeness.NAME,))
    assert customers.change_field(shop, "shop_name", "王记超市").similar == ()
    (same,) = customers.similar(ShopIdentity(licence="3301 0260 0417"))
    assert same.alike == (Likeness.LICENCE,)
    (same,) = customers.similar(ShopIdentity(name="李记超市", address="北街１号"), shop)
    assert same.alike == (Likeness.NAME, Likeness.ADDRESS)
    assert customers.similar(ShopIdentity(name="张记生活超市", address="北街1号"), shop) == ()


def test_a_text_that_is_not_in_the_usual_form_of_its_field_is_told_from_one_that_is(playbook: Playbook) -> None:
    licence = playbook.archive.field("license_no")
    assert licence is not None
    assert is_unusual(licence, "33010260041")
    assert not is_unusual(licence, "330102600417")
    assert not is_unusual(licence, None)
