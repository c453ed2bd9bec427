"""The card of a SKU: its data, its sales in the territory, its shops by name."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from app.domain.problems import RuleError
from app.models.customer import Customer
from app.runtime.clock import Clock
from app.services.product_cards import ProductCards
from app.storage.database import Database
from app.storage.facts import UNIT, set_fact
from tests.builders import a_customer, a_product, an_order

TODAY = date(2022, 4, 29)


@pytest.fixture
def cards(database: Database, clock: Clock) -> ProductCards:
    return ProductCards(database, clock)


@pytest.fixture
def whiskey(database: Database) -> UUID:
    with database.write() as session:
        set_fact(session, UNIT, "bottle")
        product = a_product(session, 7, "64867", "FIREBALL", content_ml=750, retail_price=1349, supply_flag="scarce")
        other = a_product(session, 8)
        for number in range(1, 4):
            shop = a_customer(session, f"C{number}", f"Shop {number}", format="Z", market_type="X", size_class="1")
            an_order(session, shop, TODAY - timedelta(days=30), {product: number, other: 50})
        gone = a_customer(session, "C9", "Gone Shop")
        an_order(session, gone, TODAY - timedelta(days=150), {product: 40})
        an_order(session, gone, TODAY - timedelta(days=10), {other: 40})
        return product.id


def test_the_card_tells_the_data_with_the_size_in_the_name(cards: ProductCards, whiskey: UUID) -> None:
    card = cards.card(whiskey)
    assert (card.name, card.code, card.retail_price, card.supply_flag) == ("FIREBALL 750 ml", "64867", 1349, "scarce")
    assert card.unit == "bottle"


def test_the_card_counts_this_product_alone(cards: ProductCards, whiskey: UUID) -> None:
    sales = cards.card(whiskey).sales
    assert (sales.this_year.quantity, sales.this_year.shops) == (6, 3)
    assert sales.months[-2].quantity == 6


def test_shops_that_buy_come_largest_first_and_those_that_stopped_apart(cards: ProductCards, whiskey: UUID) -> None:
    card = cards.card(whiskey)
    assert [(shop.name, shop.buying.now, shop.class_code) for shop in card.buyers] == [
        ("Shop 3", 3, "XZ1"),
        ("Shop 2", 2, "XZ1"),
        ("Shop 1", 1, "XZ1"),
    ]
    assert [(shop.name, shop.buying.before) for shop in card.stopped] == [("Gone Shop", 40)]


def test_a_shop_that_was_deleted_is_not_offered(database: Database, cards: ProductCards, whiskey: UUID) -> None:
    with database.write() as session:
        gone = session.get_one(Customer, cards.card(whiskey).stopped[0].customer_id)
        gone.deleted_at = Clock().now()
    assert cards.card(whiskey).stopped == ()


def test_a_sku_nobody_bought_has_zeros_and_no_shop(database: Database, cards: ProductCards) -> None:
    with database.write() as session:
        product = a_product(session).id
    card = cards.card(product)
    assert (card.sales.this_year.quantity, card.buyers, card.stopped) == (0, (), ())


def test_a_sku_that_is_not_there_is_refused(cards: ProductCards) -> None:
    with pytest.raises(RuleError):
        cards.card(uuid4())
