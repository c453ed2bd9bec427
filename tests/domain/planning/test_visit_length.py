"""How long a visit takes: of the shop itself, of its class, and what is left out as no real visit."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.domain.planning.visit_length import learn_lengths

A, B = UUID(int=1), UUID(int=2)
SHOPS = [UUID(int=number) for number in range(10, 16)]
ALL_V2 = dict.fromkeys([A, B, *SHOPS], "V2")


def seen(*minutes: float) -> dict[UUID, Sequence[float]]:
    """Six shops of the class with four visits each."""
    return dict.fromkeys(SHOPS, minutes)


def test_three_visits_speak_for_the_shop_and_two_leave_it_to_its_class() -> None:
    learnt = learn_lengths({A: (20, 16, 17.5), B: (40, 42), **seen(14, 15, 15, 16)}, ALL_V2)
    assert learnt.minutes(A, "V2", 12) == 18
    assert learnt.minutes(B, "V2", 12) == 15
    assert learnt.minutes(UUID(int=3), "V3", 12) == 12


def test_a_class_of_few_visits_or_few_shops_says_nothing() -> None:
    few = dict.fromkeys(SHOPS, (14.0, 15.0, 16.0))
    assert learn_lengths(few, ALL_V2).of_class == {}
    assert learn_lengths(dict.fromkeys(SHOPS[:4], (14.0,) * 12), ALL_V2).of_class == {}


def test_only_the_newest_visits_of_a_shop_count() -> None:
    assert learn_lengths({A: [12.0] * 12 + [40.0] * 30}, ALL_V2).of_shop == {A: 12}


def test_a_laptop_that_slept_and_a_visit_that_was_only_written_down_teach_nothing() -> None:
    learnt = learn_lengths({A: (15, 120, 150, 15, 15, 0.5, 0.4, 600), **seen(14, 15, 15, 16)}, ALL_V2)
    assert learnt.of_shop[A] == 15


@given(st.dictionaries(st.sampled_from([A, B, *SHOPS]), st.lists(st.floats(0, 2000), max_size=30)))
def test_what_is_learnt_lies_among_the_plausible_visits(timed: Mapping[UUID, Sequence[float]]) -> None:
    learnt = learn_lengths(timed, ALL_V2)
    for shop, minutes in learnt.of_shop.items():
        assert min(one for one in timed[shop] if one >= 2) <= minutes <= 180
    assert all(2 <= minutes <= 180 for minutes in learnt.of_class.values())
