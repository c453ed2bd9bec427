"""What a shop could add, drop or take instead, from a store: what is read, what is never suggested."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.domain.assortment.dropping import WayOut
from app.domain.playbook import Playbook
from app.models.customer import Customer
from app.models.local import OutboxEntry
from app.models.trade import Product
from app.runtime.clock import Clock
from app.services.assortments import Assortments, ShopAssortment
from app.storage.database import Database
from tests.builders import a_customer, an_order
from tests.street import COMMON, DAY, OLD, RARE, STAPLE, Street


@pytest.fixture
def street(database: Database) -> Street:
    return Street(database)


@pytest.fixture
def assortments(database: Database, clock: Clock, playbook: Playbook) -> Assortments:
    return Assortments(database, clock, playbook)


def _added(seen: ShopAssortment) -> list[int]:
    return [one.product for one in seen.additions]


def test_a_shop_is_told_what_its_like_shops_sell_with_how_many_and_how_fast(
    street: Street, assortments: Assortments
) -> None:
    seen = assortments.read(street.shop, DAY)
    assert _added(seen) == [COMMON, RARE]
    best = seen.additions[0]
    # Four of the five others sell it, 1 to 4 on each of the 12 Fridays that the 13 weeks up to today hold so far.
    assert (best.sellers, best.like_shops, best.weekly) == (4, 5, 2.5 * 12 / 13)
    assert seen.name(COMMON)
    assert (seen.width, seen.stopped) == (1, False)
    assert seen.target is not None
    assert seen.target.width == 3


@pytest.mark.parametrize("state", [{"status": "停供"}, {"supply_flag": "暂停供货"}, {"status": " Suspended "}])
def test_a_sku_that_is_not_supplied_is_never_suggested(
    street: Street, assortments: Assortments, state: dict[str, str]
) -> None:
    street.change(COMMON, **state)
    assert _added(assortments.read(street.shop, DAY)) == [RARE]


def test_a_sku_whose_allowed_quantity_is_nothing_is_never_suggested(street: Street, assortments: Assortments) -> None:
    street.allow(common=0)
    assert _added(assortments.read(street.shop, DAY)) == [RARE]


def test_where_allowed_quantities_cover_all_that_is_bought_only_what_they_name_is_suggested(
    street: Street, assortments: Assortments
) -> None:
    street.allow(staple=10, rare=2)
    assert _added(assortments.read(street.shop, DAY)) == [RARE]


def test_what_was_counted_in_the_shop_is_not_suggested(street: Street, assortments: Assortments) -> None:
    visit = street.count(COMMON, 2)
    assert _added(assortments.read(street.shop, visit_id=visit)) == [RARE]


def test_what_lies_still_is_named_with_its_way_out_until_it_is_counted_and_gone(
    street: Street, assortments: Assortments
) -> None:
    (slow,) = assortments.read(street.shop, DAY).slow
    assert (slow.product, slow.on_hand, slow.bought_before, slow.ways) == (OLD, None, 15, (WayOut.STOP_ORDERING,))
    street.count(OLD, 3, days_ago=7)
    assert assortments.read(street.shop, DAY).slow[0].ways == (WayOut.STOP_ORDERING, WayOut.SELL_DOWN)
    street.count(OLD, 0)
    assert assortments.read(street.shop, DAY).slow == ()


def test_what_the_cap_cuts_gets_a_stand_in_that_never_is_what_lies_still(
    street: Street, assortments: Assortments
) -> None:
    street.allow(staple=3, common=5)
    (short,) = assortments.read(street.shop, DAY).short
    assert (short.product, short.weekly, short.allowed) == (STAPLE, 4.0, 3)
    assert [one.product for one in short.substitutes] == [COMMON]
    common = short.substitutes[0]
    assert (common.carriers, common.sellers, common.weekly) == (5, 4, 2.5 * 12 / 13)
    assert round(common.price_gap, 3) == 0.024


def test_a_shop_that_is_not_supplied_gets_no_suggestion(street: Street, assortments: Assortments) -> None:
    with street.database.deliver(source="trade") as session:
        session.get_one(Customer, street.shop).supply_state = "suspended"
    seen = assortments.read(street.shop, DAY)
    assert (seen.stopped, seen.additions, seen.short) == (True, (), ())


def test_a_store_without_orders_suggests_nothing(database: Database, assortments: Assortments) -> None:
    with database.deliver(source="trade") as session:
        lone = a_customer(session).id
    seen = assortments.read(lone, DAY)
    assert (seen.additions, seen.slow, seen.short, seen.width, seen.target) == ((), (), (), 0, None)


def test_orders_that_come_later_change_nothing_of_a_day_and_the_next_day_everything(
    street: Street, assortments: Assortments
) -> None:
    before = assortments.read(street.shop, DAY)
    with street.database.deliver(source="trade") as session:
        shop, sku = session.get_one(Customer, street.shop), session.get_one(Product, street.skus[COMMON])
        an_order(session, shop, DAY + timedelta(days=1), {sku: 50})
    assert assortments.read(street.shop, DAY) == before
    assert _added(assortments.read(street.shop, DAY + timedelta(days=1))) == [RARE]


def test_looking_writes_nothing(street: Street, assortments: Assortments) -> None:
    assortments.prepare(DAY)
    assortments.read(street.shop, DAY)
    with street.database.read() as session:
        assert session.scalar(select(func.count()).select_from(OutboxEntry)) == 0
