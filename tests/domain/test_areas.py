"""In which area a shop is outlined: the smallest one whose shops lie together."""

from app.domain.areas import outlined_areas
from app.domain.geo import GeoPoint


def test_villages_that_lie_together_are_outlined_and_scattered_ones_give_way_to_their_county() -> None:
    together = {n: (["东村", "县"], GeoPoint(30 + n / 1000, 112)) for n in range(4)}
    scattered = {10 + n: (["散村", "县"], GeoPoint(30.3 + n % 2 / 3, 112.3 + n // 2 / 3)) for n in range(4)}
    found = outlined_areas({**together, **scattered})
    assert {found[n] for n in together} == {"东村"}
    assert {found[n] for n in scattered} == {"县"}


def test_the_largest_area_counts_however_wide_it_is_and_a_shop_without_one_has_none() -> None:
    wide = {n: (["县"], GeoPoint(30 + n, 112)) for n in range(3)}
    assert outlined_areas({**wide, 9: ([], GeoPoint(31, 112))}) == dict.fromkeys(wide, "县")
    assert outlined_areas({}) == {}
