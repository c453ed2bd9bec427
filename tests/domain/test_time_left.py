"""The time left does not flicker, whatever the estimates do."""

import random

from hypothesis import given
from hypothesis import strategies as st

from app.domain.quantities import minutes_left
from app.domain.time_left import TimeLeft


def test_nothing_is_shown_before_the_first_estimate_and_it_stays_while_there_is_none() -> None:
    left = TimeLeft()
    assert left.told(0, None) is None
    assert left.told(1, 100) == 100
    assert left.told(3, None) == 98


def test_a_steady_line_is_told_as_it_is() -> None:
    left = TimeLeft()
    told = [left.told(now, 300 - now) for now in range(301)]
    assert told == [300 - now for now in range(301)]


def test_estimates_that_waver_change_the_minutes_only_downwards() -> None:
    left, chance = TimeLeft(), random.Random(7)  # noqa: S311
    shown = [minutes_left(left.told(now, (600 - now) * chance.uniform(0.8, 1.25)) or 0) for now in range(590)]
    assert shown == sorted(shown, reverse=True)
    assert shown[0] in range(8, 14)


def test_a_line_that_became_slow_is_told_in_some_seconds() -> None:
    left = TimeLeft()
    for now in range(30):
        left.told(now, 90 - now)
    told = [left.told(now, 600 - now) or 0 for now in range(30, 90)]
    assert minutes_left(told[0]) <= 2
    assert minutes_left(told[30]) >= 8


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e6)), min_size=1, max_size=60))
def test_what_is_shown_is_never_less_than_nothing_nor_more_than_any_estimate(estimates: list[float | None]) -> None:
    left = TimeLeft()
    given_ones = [one for one in estimates if one is not None]
    for now, estimate in enumerate(estimates):
        told = left.told(now, estimate)
        if told is not None:
            assert 0 <= told <= max(given_ones) + 1e-6 + now
