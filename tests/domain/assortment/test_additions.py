"""SKUs to add: hand-worked territories, what is never suggested, and nothing from after the day."""

from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.domain.assortment.additions import FEWEST_SELLERS, Addition, compare_shops
from tests.domain.assortment.invented import DAY, Bought, a_territory, shop, weekly

_SHOPS, _SKUS = 8, 12
_purchases = st.lists(
    st.tuples(
        st.integers(0, _SHOPS - 1), st.integers(0, _SKUS - 1), st.integers(-90, 500), st.integers(1, 40).map(float)
    ),
    max_size=160,
)


def _suggested(bought: list[Bought], at: int = 0, carried: tuple[int, ...] = ()) -> list[Addition]:
    peers = compare_shops(a_territory(bought, _SHOPS, _SKUS))
    return list(peers.additions(shop(at), carried))


def test_what_the_like_shops_sell_and_this_one_does_not_is_told_with_how_many_and_how_fast() -> None:
    bought: list[Bought] = []
    for number, quantity in enumerate((1, 1, 2, 4, 6)):
        bought += weekly(number, 0, 3) + weekly(number, 1, 2)
        bought += weekly(number, 2, quantity) if number else []
    (best, *others) = _suggested(bought)
    # Shops 1 to 4 of the seven others sell it: 1, 2, 4 and 6 a week, the median is 3.
    assert best == Addition(product=102, sellers=4, like_shops=7, weekly=3.0, taken_up=4)
    assert others == []


def test_what_goes_with_the_shops_own_assortment_comes_before_what_more_shops_sell() -> None:
    bought: list[Bought] = []
    for number in range(4):  # like shop 0: they all sell SKU 4 beside SKUs 0 and 1
        bought += weekly(number, 0, 5) + weekly(number, 1, 5) + (weekly(number, 4, 1) if number else [])
    for number in range(4, 8):  # another kind: SKUs 2 and 3, and all but one of them SKU 5
        bought += weekly(number, 2, 5) + weekly(number, 3, 5) + (weekly(number, 5, 9) if number > 4 else [])
    assert _suggested(bought)[0].product == 104


def test_a_sku_that_fewer_than_three_like_shops_sell_is_not_suggested() -> None:
    bought = [line for number in range(5) for line in weekly(number, 0, 3)]
    assert _suggested(bought + weekly(1, 1, 3) + weekly(2, 1, 3)) == []
    assert len(_suggested(bought + weekly(1, 1, 3) + weekly(2, 1, 3) + weekly(3, 1, 3))) == 1


def test_a_sku_that_nobody_could_buy_in_the_last_four_weeks_is_not_suggested() -> None:
    before = [line for n in range(5) for line in weekly(n, 0, 3) + (weekly(n, 1, 3, range(4, 13)) if n else [])]
    assert _suggested(before) == []


def test_an_empty_territory_a_lone_shop_and_an_unknown_shop_get_no_suggestion() -> None:
    assert _suggested([]) == []
    alone = compare_shops(a_territory(weekly(0, 0, 3), 1, _SKUS))
    assert list(alone.additions(shop(0), ())) == []
    assert list(alone.additions(shop(5), ())) == []
    assert alone.sellers(shop(5), 100) == (0, 0, 0.0)


@given(_purchases, st.sets(st.integers(100, 111)))
def test_nothing_bought_in_a_year_and_nothing_carried_is_ever_suggested(
    bought: list[Bought], carried: set[int]
) -> None:
    peers = compare_shops(a_territory(bought, _SHOPS, _SKUS))
    for at in range(_SHOPS):
        own = {100 + sku for number, sku, days, _ in bought if number == at and 0 <= days < 364}
        found = list(peers.additions(shop(at), carried))
        assert not {one.product for one in found} & (carried | own)
        assert all(FEWEST_SELLERS <= one.sellers <= one.like_shops and one.weekly > 0 for one in found)


@given(_purchases, st.integers(0, _SKUS))
def test_the_advice_of_a_day_is_unchanged_when_everything_after_it_is_altered(bought: list[Bought], shift: int) -> None:
    day = DAY - timedelta(days=60)
    altered = [line if line[2] >= 60 else (line[0], (line[1] + shift) % _SKUS, line[2], 99.0) for line in bought]
    one, other = (compare_shops(a_territory(lines, _SHOPS, _SKUS, day)) for lines in (bought, altered))
    assert all(map(np.array_equal, one.ranked, other.ranked))
    assert np.array_equal(one.like, other.like)


@given(_purchases)
def test_the_short_way_to_the_item_model_gives_what_its_definition_gives(bought: list[Bought]) -> None:
    from app.domain.assortment.additions import _RIDGE, _goes_with

    seen = a_territory(bought, _SHOPS, _SKUS).recency.astype(float)
    inverse = np.linalg.inv(seen.T @ seen + _RIDGE * np.eye(seen.shape[1]))
    weights = np.eye(seen.shape[1]) - inverse / np.diag(inverse)
    assert np.allclose(_goes_with(seen), seen @ weights, atol=1e-6)
