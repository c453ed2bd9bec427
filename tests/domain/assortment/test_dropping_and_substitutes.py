"""What lies still and its ways out; what can stand in for a SKU that cannot be supplied."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.assortment.additions import Peers, compare_shops
from app.domain.assortment.baskets import Baskets
from app.domain.assortment.dropping import OwnSku, WayOut, slow_skus
from app.domain.assortment.substitutes import Offer, Substitute, short_skus, substitutes
from tests.domain.assortment.invented import DAY, a_territory, days_before, shop, weekly


def _own(product: int, days: int, quarter: int = 0, before: int = 5) -> OwnSku:
    return OwnSku(product, days_before(400), days_before(days), quarter, before)


def test_what_was_bought_this_quarter_or_only_long_ago_does_not_lie_still() -> None:
    own = [_own(1, 10, quarter=2), _own(2, 120), _own(3, 600, before=0)]
    assert [(one.product, one.weeks_since) for one in slow_skus(own, {}, {}, 0, DAY)] == [(2, 17)]


def test_what_was_counted_and_is_gone_does_not_lie_still_and_large_stock_comes_first() -> None:
    own = [_own(1, 120, before=90), _own(2, 120), _own(3, 120)]
    assert [one.product for one in slow_skus(own, {2: 4, 3: 0}, {}, 0, DAY)] == [2, 1]


@pytest.mark.parametrize(
    ("stock", "days", "sellers", "ways"),
    [
        (None, 120, 0, (WayOut.STOP_ORDERING,)),
        (3, 120, 0, (WayOut.STOP_ORDERING, WayOut.SELL_DOWN)),
        (3, 120, 15, (WayOut.SHOW_AND_TAG, WayOut.STOP_ORDERING, WayOut.SELL_DOWN)),
        (3, 190, 14, (WayOut.STOP_ORDERING, WayOut.SELL_DOWN, WayOut.ASK_SUPPORT)),
        (None, 190, 0, (WayOut.STOP_ORDERING,)),
    ],
)
def test_the_ways_out_follow_stock_time_and_what_like_shops_do(
    stock: int | None, days: int, sellers: int, ways: tuple[WayOut, ...]
) -> None:
    (one,) = slow_skus([_own(1, days)], {} if stock is None else {1: stock}, {1: sellers}, 50, DAY)
    assert one.ways == ways


def test_a_sku_is_short_when_a_cycle_sells_more_than_is_allowed() -> None:
    assert short_skus({1: 4.0, 2: 3.0, 3: 9.0, 4: 0.0}, {1: 0, 2: 3, 3: 8, 4: 0}) == (1, 3)


@pytest.fixture
def peers() -> Peers:
    """Shops 1 to 4 are like shop 0; three of them sell the missing 100; of these all sell 101 and one sells 102."""
    bought = [line for number in range(5) for line in weekly(number, 5, 5)]
    for number in (0, 1, 2, 3):
        bought += weekly(number, 0, 4)
    for number, quantity in ((1, 1), (2, 2), (3, 6)):
        bought += weekly(number, 1, quantity)
    return compare_shops(a_territory(bought + weekly(1, 2, 3) + weekly(4, 3, 3), 5, 6))


_MISSING = Offer(100, "1", 20000, 0)
_OFFERS = (
    _MISSING,
    Offer(101, "1", 22000),
    Offer(102, "1", 20000),
    Offer(103, "1", 20000),  # only shop 4 sells it, which does not sell the missing one
    Offer(105, "1", 25000),  # too dear
)


def test_a_substitute_is_told_with_its_price_and_who_sells_it_beside_the_missing_one(peers: Peers) -> None:
    found = substitutes(_MISSING, _OFFERS, peers, shop(0), own_weekly={}, without=(), price_gap=0.15)
    # 22,000 ÷ 20,000 − 1; the three that sell the missing one take 1, 2 and 6 a week; of four shops' orders with the
    # missing one three have this one too.
    assert found[0] == Substitute(101, 1.1 - 1, carriers=3, sellers=3, weekly=2.0, own_weekly=0.0, together=0.75)
    assert [one.product for one in found] == [101]  # of 102 one like shop is too little to go by


def test_what_the_shop_itself_sells_stands_in_before_what_it_does_not_know(peers: Peers) -> None:
    found = substitutes(_MISSING, _OFFERS, peers, shop(0), own_weekly={102: 1.5}, without=(), price_gap=0.15)
    assert [one.product for one in found] == [102, 101]
    assert found[0].own_weekly == 1.5


def test_without_a_class_or_a_price_nothing_is_compared(peers: Peers) -> None:
    for missing in (Offer(100, None, 20000), Offer(100, "1", None), Offer(100, "1", 0)):
        assert substitutes(missing, _OFFERS, peers, shop(0), own_weekly={}, without=(), price_gap=0.15) == ()


@given(
    st.lists(
        st.builds(
            Offer,
            st.integers(100, 105),
            st.sampled_from(["1", "2", None]),
            st.none() | st.integers(0, 40000),
            st.none() | st.integers(0, 2),
        )
    ),
    st.sets(st.integers(100, 105)),
)
def test_a_substitute_is_supplied_of_the_same_class_near_in_price_and_never_what_lies_still(
    offers: list[Offer], slow: set[int]
) -> None:
    bought = [line for number in range(5) for sku in range(6) for line in weekly(number, sku, 2)]
    all_sell = compare_shops(a_territory(bought, 5, 6))
    found = substitutes(_MISSING, offers, all_sell, shop(0), own_weekly={}, without=slow, price_gap=0.15)
    fit = {
        offer.product
        for offer in offers
        if offer.price_class == "1" and offer.allowed != 0 and offer.price and 17000 <= offer.price <= 23000
    }
    assert {one.product for one in found} <= fit - slow - {100}
    assert all(abs(one.price_gap) <= 0.15 for one in found)


def test_of_two_alike_the_one_that_is_ordered_together_with_the_missing_one_comes_first() -> None:
    bought = [line for number in range(5) for line in weekly(number, 0, 4)]
    for number in range(1, 5):
        bought += weekly(number, 1, 2, range(0, 13, 4))
        bought += [(number, 2, day + 2, quantity) for _, _, day, quantity in weekly(number, 2, 9)]  # on days of its own
    peers = compare_shops(a_territory(bought, 5, 3))
    offers = (Offer(101, "1", 20000), Offer(102, "1", 20000))
    found = substitutes(_MISSING, offers, peers, shop(0), own_weekly={}, without=(), price_gap=0.15)
    assert [(one.product, one.together) for one in found] == [(101, pytest.approx(16 / 65)), (102, 0.0)]


lines = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), max_size=80)


@given(lines)
def test_what_is_together_is_counted_order_by_order(lines: list[tuple[int, int]]) -> None:
    orders, columns = (np.array([line[place] for line in lines], int) for place in (0, 1))
    found = Baskets.of(orders, columns, 6)
    holding = [{order for order, sku in lines if sku == column} for column in range(6)]
    for column, mine in enumerate(holding):
        counted = [len(mine & other) / max(len(mine), 1) for other in holding]
        assert found.together(column, range(6)) == pytest.approx(counted)
