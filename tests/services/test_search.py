"""The one search: what is found, in which order, what is marked, and that the index follows the records."""

import pytest
from sqlalchemy.orm import Session

from app.services.search import Search
from app.services.search_hits import CustomerHit, Where
from app.services.search_index import reindex_customers, reindex_products
from app.services.search_marks import Marked
from app.storage.database import Database
from tests.builders import a_customer, a_product


@pytest.fixture
def search(database: Database) -> Search:
    with database.deliver("import") as session:
        _customers(session)
        _products(session)
        reindex_customers(session)
        reindex_products(session)
    return Search(database)


def _customers(session: Session) -> None:
    a_customer(
        session, "4301007", "老周食杂店", license_no="330102600417", phone_main="138 0013 5566", operator_name="周建国",
        address="河东中山路12号", market_type="X", format="Z", size_class="3", mnemonic="LZSZD",
    )  # fmt: skip
    a_customer(session, "4301014", "河东老周超市", shop_name="好又多（河东）", address="滨河大道")
    a_customer(session, "4301021", "曾记便利店", phone_main="13900001234")
    a_customer(session, "4301028", "𠮷野家绿色早餐店")
    a_customer(session, "2633", "Hy-Vee Food Store #1 / Café Cedar", address="1843 Johnson Avenue NW")
    a_customer(session, "2190", "Casey's General Store", address="East Food Street")


def _products(session: Session) -> None:
    a_product(session, 1, "6901028", "雅韵(硬)", brand="雅韵", barcode="6901028075016", maker="东方中烟")
    a_product(session, 2, "11788", "Black Velvet Whisky", category="Canadian Whiskies")
    a_product(session, 3, "11789", "Captain Morgan Rum 老周版")


def names(search: Search, typed: str) -> list[str]:
    return [hit.name.text for hit in search.find(typed).customers]


def first(search: Search, typed: str) -> CustomerHit:
    return search.find(typed).customers[0]


def marked(text: Marked) -> str:
    return "".join(text.text[start : start + length] for start, length in text.ranges)


@pytest.mark.parametrize(
    "typed",
    [
        "老周", "周", "食杂", "laozhou", "LaoZhou", "lǎozhōu", "zhoushi", "lao zhou", "lzsz", "lzhsh", "zhshz", "szd",
        "lzszd", "430100", "3301026", "330102600417", "0417", "5566", "135566", "中山路", "周建国", "zhoujianguo",
        "zjg", "周 中山", "４３０１００７", "老周 zjg",
    ],
)  # fmt: skip
def test_a_shop_is_found_by_everything_a_person_may_type_of_it(search: Search, typed: str) -> None:
    assert "老周食杂店" in names(search, typed)


@pytest.mark.parametrize(
    "typed", ["hy vee", "hy-vee", "hyvee", "Hy-V", "food hy", "cafe", "CAFÉ", "1843 john", "store"]
)
def test_english_names_are_found_by_the_beginnings_of_their_words(search: Search, typed: str) -> None:
    assert "Hy-Vee Food Store #1 / Café Cedar" in names(search, typed)


@pytest.mark.parametrize("typed", ["041", "566", "老食", "zh oushi x", "owvee", "'", "   ", "", "“”"])
def test_what_is_no_part_of_it_finds_nothing(search: Search, typed: str) -> None:
    assert "老周食杂店" not in names(search, typed)


def test_every_reading_of_a_surname_is_known_and_u_with_dots_is_typed_as_v_or_u(search: Search) -> None:
    for typed in ("zengji", "cengji", "zjbl", "cjbl"):
        assert names(search, typed) == ["曾记便利店"]
    for typed in ("lvse", "luse", "lüse", "lü"):
        assert names(search, typed) == ["𠮷野家绿色早餐店"]


def test_a_brand_has_no_surname_and_is_found_as_it_is_spoken_only(search: Search, database: Database) -> None:
    with database.deliver("test") as session:
        product = a_product(session, 90)
        product.name, product.brand = "青山(硬)", "青山"
        session.flush()
        reindex_products(session, None)
    for typed, found in (("qs", True), ("qingshan", True), ("js", False), ("jingshan", False)):
        assert ("青山(硬)" in [hit.name.text for hit in search.find(typed).products]) is found, typed


def test_rare_characters_beyond_the_basic_plane_are_found(search: Search) -> None:
    assert names(search, "𠮷") == names(search, "𠮷野") == ["𠮷野家绿色早餐店"]


def test_names_that_begin_with_the_text_come_before_those_that_hold_it(search: Search) -> None:
    assert names(search, "老周") == ["老周食杂店", "好又多（河东）"]
    assert names(search, "河东") == ["好又多（河东）", "老周食杂店"]
    assert names(search, "food") == ["Hy-Vee Food Store #1 / Café Cedar", "Casey's General Store"]


def test_customers_and_products_come_in_groups_with_their_counts(search: Search) -> None:
    results = search.find("老周", limit_per_group=1)
    assert len(results.customers) == 1
    assert results.customer_count == 2
    assert [hit.name.text for hit in results.products] == ["Captain Morgan Rum 老周版"]
    assert results.product_count == 1
    assert not results.more_customers


def test_products_are_found_by_name_pinyin_brand_code_and_barcode(search: Search) -> None:
    for typed in ("雅", "yayun", "yy", "690102", "5016", "东方"):
        assert [hit.name.text for hit in search.find(typed).products] == ["雅韵(硬)"], typed
    assert [hit.name.text for hit in search.find("whisk").products] == ["Black Velvet Whisky"]


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("周食", "周食"),
        ("zhoushi", "周食"),
        ("zhous", "周食"),
        ("szd", "食杂店"),
        ("zhsh", "周食"),
        ("lzhs", "老周食"),
        ("老周 店", "老周店"),
    ],
)
def test_the_characters_that_were_hit_are_marked_in_the_name(search: Search, typed: str, mark: str) -> None:
    assert marked(first(search, typed).name) == mark


def test_a_hit_outside_the_name_is_shown_and_marked_with_private_parts_hidden(search: Search) -> None:
    phone = first(search, "5566")
    assert (phone.where, phone.detail.text, marked(phone.detail)) == (Where.PHONE, "138******5566", "5566")
    licence = first(search, "0417")
    assert (licence.where, licence.detail.text, marked(licence.detail)) == (Where.LICENCE, "330*****0417", "0417")
    operator = first(search, "zjg")
    assert (operator.where, operator.detail.text) == (Where.OPERATOR, "周**")
    address = first(search, "中山")
    assert (address.where, marked(address.detail)) == (Where.ADDRESS, "中山")
    registered = first(search, "dlzcs")
    assert registered.name.text == "好又多（河东）"
    assert (registered.where, registered.detail.text) == (Where.REGISTERED_NAME, "河东老周超市")
    assert marked(registered.detail) == "东老周超市"


def test_english_words_and_codes_are_marked_from_their_beginning(search: Search) -> None:
    assert marked(first(search, "vee fo").name) == "VeeFo"
    assert marked(first(search, "hyvee").name) == "Hy-Vee"
    assert marked(first(search, "cafe").name) == "Café"
    assert marked(first(search, "caseys").name) == "Casey's"
    assert marked(first(search, "263").code) == "263"


def test_a_changed_name_is_found_by_the_new_one_only_and_a_deleted_customer_not_at_all(
    database: Database, search: Search
) -> None:
    with database.write() as session:
        customer = a_customer(session, "9", "东风小卖部")
        reindex_customers(session, [customer.id])
    assert names(search, "东风") == ["东风小卖部"]
    with database.write() as session:
        found = session.get_one(type(customer), customer.id)
        found.cust_name = "西湖小卖部"
        reindex_customers(session, [customer.id])
    assert names(search, "东风") == []
    assert names(search, "西湖") == ["西湖小卖部"]
    with database.write() as session:
        found = session.get_one(type(customer), customer.id)
        found.deleted_at = found.changed_at
        reindex_customers(session, [customer.id])
    assert names(search, "西湖") == []
    assert names(search, "老周") == ["老周食杂店", "好又多（河东）"]


def test_more_hits_than_are_counted_are_said_to_be_more(database: Database) -> None:
    with database.deliver("import") as session:
        for number in range(130):
            a_customer(session, f"C{number}", f"红星{number}号店")
        reindex_customers(session)
    results = Search(database).find("红星")
    assert (len(results.customers), results.customer_count, results.more_customers) == (8, 100, True)


def test_the_last_searches_are_kept_newest_first_without_doubles(search: Search) -> None:
    for typed in ("老周", "曾记", " 老周 ", "", *"abcdefg"):
        search.remember(typed)
    assert search.recent() == ("g", "f", "e", "d", "c", "b", "a", "老周")
