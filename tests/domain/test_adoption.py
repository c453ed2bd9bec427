"""Advice against the order that answered it: hand-worked lines, what happened then, and nothing from after the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.adoption import Adoption, Afterwards, FollowedAdvice, Ordered, Outcome, follow, outcome_of

VISIT = date(2022, 4, 5)  # a Tuesday; the shop orders on Fridays


def _day(after: int) -> date:
    return VISIT + timedelta(days=after)


def _follow(advised: dict[int, int], then: Afterwards, seen_after: int = 60) -> FollowedAdvice | None:
    return follow(VISIT, advised, then, _day(seen_after), within_pct=20, repeat_days=28)


@pytest.mark.parametrize(
    ("advised", "ordered", "outcome"),
    [
        (10, 10, Outcome.ADOPTED),
        (10, 8, Outcome.ADOPTED),  # 20 %
        (10, 12, Outcome.ADOPTED),
        (10, 7, Outcome.LOWERED),
        (10, 13, Outcome.RAISED),
        (2, 1, Outcome.ADOPTED),  # one 条 off
        (1, 2, Outcome.ADOPTED),
        (2, 4, Outcome.RAISED),
        (1, 0, Outcome.NOT_ORDERED),
        (0, 1, Outcome.RAISED),
    ],
)
def test_a_line_follows_the_advice_within_a_fifth_or_one_carton(advised: int, ordered: int, outcome: Outcome) -> None:
    assert outcome_of(advised, Ordered(ordered), 20) is outcome


@pytest.mark.parametrize(
    ("ordered", "allowed", "outcome"),
    [(5, 5, Outcome.LIMITED), (5, 8, Outcome.LOWERED), (0, 0, Outcome.LIMITED), (0, 8, Outcome.NOT_ORDERED)],
)
def test_what_the_allowed_quantity_cut_is_held_against_nobody(ordered: int, allowed: int, outcome: Outcome) -> None:
    assert outcome_of(10, Ordered(ordered, allowed), 20) is outcome


def test_the_first_order_of_the_cycle_answers_and_later_ones_tell_what_happened_then() -> None:
    then = Afterwards(
        orders={
            _day(-4): {1: Ordered(99)},
            _day(3): {1: Ordered(10), 2: Ordered(5), 4: Ordered(2)},
            _day(10): {1: Ordered(4), 3: Ordered(6)},
        },
        counts={1: [(_day(3), 0), (_day(9), 2)], 2: [(_day(9), 0)]},
    )
    found = _follow({1: 10, 2: 10, 3: 6, 5: 0}, then)
    assert found is not None
    assert (found.order_day, found.suggested, found.gap) == (_day(3), 26, 0 + 5 + 6 + 2)
    assert [(one.product, one.outcome, one.ran_out, one.repeated) for one in found.lines] == [
        (1, Outcome.ADOPTED, False, True),
        (2, Outcome.LOWERED, True, False),
        (3, Outcome.NOT_ORDERED, None, None),
    ]
    assert (found.judged, found.count(Outcome.ADOPTED)) == (3, 1)


def test_without_an_order_in_the_cycle_nothing_was_adopted_but_while_it_may_come_nothing_is_said() -> None:
    late = Afterwards(orders={_day(9): {1: Ordered(10)}})
    found = _follow({1: 10}, late)
    assert found is not None
    assert (found.order_day, found.gap, found.lines[0].outcome) == (None, 10, Outcome.NOT_ORDERED)
    assert _follow({1: 10}, late, seen_after=8) is None
    assert _follow({1: 0}, late) is None
    assert _follow({}, late) is None


def test_a_repeat_that_may_still_come_is_not_denied() -> None:
    then = Afterwards(orders={_day(3): {1: Ordered(10)}})
    outcomes = [_follow({1: 10}, then, seen_after=days) for days in (30, 31)]
    assert [one.lines[0].repeated for one in outcomes if one is not None] == [None, False]


def test_the_rate_of_a_shop_leaves_out_what_was_limited() -> None:
    limited = Afterwards(orders={_day(3): {1: Ordered(10), 2: Ordered(3, 3), 3: Ordered(9)}})
    found = _follow({1: 10, 2: 10, 3: 1}, limited)
    assert found is not None
    shop = Adoption((found, found))
    assert (shop.adopted, shop.judged, shop.rate) == (2, 4, 0.5)
    assert (shop.suggested, shop.gap, shop.period) == (42, 2 * (7 + 8), (VISIT, VISIT))
    assert (Adoption(()).rate, Adoption(()).period) == (None, None)


_quantities = st.integers(0, 40)
_orders = st.dictionaries(
    st.integers(-3, 45).map(_day), st.dictionaries(st.integers(1, 5), _quantities.map(Ordered), max_size=4), max_size=6
)


@given(st.dictionaries(st.integers(1, 5), _quantities), _orders, st.integers(0, 44), _orders)
def test_what_comes_after_the_day_of_looking_changes_nothing(
    advised: dict[int, int], orders: dict[date, dict[int, Ordered]], seen: int, later: dict[date, dict[int, Ordered]]
) -> None:
    known = {day: lines for day, lines in orders.items() if day <= _day(seen)}
    altered = known | {day: lines for day, lines in later.items() if day > _day(seen)}
    assert _follow(advised, Afterwards(orders), seen) == _follow(advised, Afterwards(altered), seen)


@given(st.dictionaries(st.integers(1, 5), _quantities), _orders)
def test_the_outcomes_count_each_line_once_and_following_exactly_leaves_no_gap(
    advised: dict[int, int], orders: dict[date, dict[int, Ordered]]
) -> None:
    found = _follow(advised, Afterwards(orders))
    if found is not None:
        assert sum(found.count(outcome) for outcome in Outcome) == len(found.lines) <= len(advised)
    exact = _follow(advised, Afterwards({_day(3): {sku: Ordered(quantity) for sku, quantity in advised.items()}}))
    assert exact is None or (exact.gap == 0 and exact.count(Outcome.ADOPTED) == len(exact.lines))
