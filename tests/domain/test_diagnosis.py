"""The rule of states: what three criteria, a hard fail or a figure make of an item."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diagnosis import (
    Diagnosis,
    State,
    Thresholds,
    refusals_to_judge,
    state_from_metric,
    suggest_state,
)
from app.domain.problems import Problem, Refusal
from app.playbooks import load_playbook

A, B, C = State.A, State.B, State.C
states = st.sampled_from(State)
three = st.tuples(states, states, states)


@pytest.fixture(scope="module")
def diagnosis() -> Diagnosis:
    return load_playbook().diagnosis


def rated(*ratings: State | None) -> dict[str, State | None]:
    return {f"D01.k{n}": state for n, state in enumerate(ratings, 1)}


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ((A, A, A), A),
        ((A, A, B), B),
        ((A, A, C), B),
        ((A, B, C), B),
        ((B, B, B), B),
        ((A, C, C), C),
        ((B, C, C), C),
        ((C, C, C), C),
    ],
)
def test_the_state_follows_from_three_criteria(ratings: tuple[State, State, State], expected: State) -> None:
    assert suggest_state(rated(*ratings)) is expected


@given(three, st.integers(0, 2), states)
def test_improving_a_criterion_never_worsens_the_state(
    ratings: tuple[State, State, State], which: int, better: State
) -> None:
    changed = list(ratings)
    changed[which] = better if better.better_than(ratings[which]) else ratings[which]
    before, after = suggest_state(rated(*ratings)), suggest_state(rated(*changed))
    assert before is not None
    assert after is not None
    assert not before.better_than(after)


@given(three, st.permutations([0, 1, 2]))
def test_the_order_of_the_criteria_does_not_matter(ratings: tuple[State, State, State], order: list[int]) -> None:
    assert suggest_state(rated(*ratings)) is suggest_state(rated(*(ratings[i] for i in order)))


@given(three)
def test_the_suggestion_lies_between_the_best_and_the_worst_criterion(ratings: tuple[State, State, State]) -> None:
    state = suggest_state(rated(*ratings))
    assert state is not None
    assert min(r.rank for r in ratings) <= state.rank <= max(r.rank for r in ratings)


@given(st.tuples(st.none() | states, st.none() | states, st.none() | states))
def test_a_hard_fail_makes_the_item_c_even_while_criteria_are_missing(
    ratings: tuple[State | None, State | None, State | None],
) -> None:
    assert suggest_state(rated(*ratings), {"D01.k1"}) is C


@pytest.mark.parametrize("ratings", [(), (A,), (A, A), (A, A, None), (C, C, None), (None, None, None)])
def test_there_is_no_state_while_a_criterion_is_missing(ratings: tuple[State | None, ...]) -> None:
    assert suggest_state(rated(*ratings)) is None


def test_a_company_may_let_one_c_make_the_item_c() -> None:
    assert suggest_state(rated(A, A, C), c_from=1) is C
    assert suggest_state(rated(C, C, A), c_from=3) is B


def test_states_sort_best_first_and_know_which_is_better() -> None:
    assert sorted([C, A, B]) == [A, B, C]
    assert [x.better_than(y) for x, y in product(State, State)] == [
        *(False, True, True),
        *(False, False, True),
        *(False, False, False),
    ]


def test_a_plain_c_is_a_hard_fail_only_where_the_standard_says_so(diagnosis: Diagnosis) -> None:
    channel, records = diagnosis.item("D10"), diagnosis.item("D06")
    assert channel is not None
    assert records is not None
    assert channel.suggested_state({"D10.k1": C, "D10.k2": A, "D10.k3": A}) is C
    assert channel.suggested_state({"D10.k1": C}) is C
    assert records.suggested_state({"D06.k1": A, "D06.k2": A, "D06.k3": C}) is B
    assert records.suggested_state({"D06.k1": A, "D06.k2": A, "D06.k3": C}, {"D06.k3"}) is C


def test_a_mark_on_a_criterion_that_cannot_fail_hard_counts_for_nothing(diagnosis: Diagnosis) -> None:
    display = diagnosis.item("D01")
    assert display is not None
    assert display.suggested_state({"D01.k1": A, "D01.k2": A, "D01.k3": A}, {"D01.k1", "D10.k1"}) is A


def test_ratings_of_other_items_do_not_count(diagnosis: Diagnosis) -> None:
    display = diagnosis.item("D01")
    assert display is not None
    assert display.suggested_state({"D01.k1": A, "D01.k2": A, "D02.k1": A}) is None


def test_the_standard_of_a_criterion_is_found_by_its_state(diagnosis: Diagnosis) -> None:
    criterion = diagnosis.criterion("D02.k1")
    assert criterion is not None
    assert [criterion.standard(s) for s in State] == [criterion.a, criterion.b, criterion.c]
    assert diagnosis.criterion("D15.k1") is None


@pytest.mark.parametrize(("value", "expected"), [("98", A), ("97.9", B), ("80", B), ("79.9", C), ("0", C)])
def test_a_figure_at_the_bound_still_belongs_to_the_better_state(value: str, expected: State) -> None:
    assert state_from_metric(Decimal(value), Thresholds(a_min=Decimal(98), b_min=Decimal(80))) is expected


@pytest.mark.parametrize(
    ("value", "expected"), [("0.69", C), ("0.70", B), ("0.99", B), ("1.0", A), ("1.5", A), ("1.51", B), ("2.51", C)]
)
def test_a_band_is_judged_on_both_sides(value: str, expected: State) -> None:
    band = Thresholds(Decimal("1.0"), Decimal("1.5"), Decimal("0.7"), Decimal("2.5"))
    assert state_from_metric(Decimal(value), band) is expected


def test_no_value_gives_no_state() -> None:
    assert state_from_metric(None, Thresholds(a_min=Decimal(0), b_min=Decimal(0))) is None


@given(st.decimals(-50, 250, places=1), st.decimals(0, 50, places=1))
def test_a_figure_nearer_to_the_a_range_is_never_judged_worse(
    diagnosis: Diagnosis, value: Decimal, step: Decimal
) -> None:
    for metric in (c.metric for item in diagnosis.items for c in item.criteria if c.metric):
        low, high = metric.thresholds.a_min, metric.thresholds.a_max
        if low is not None and value < low:
            nearer = min(value + step, low)
        elif high is not None and value > high:
            nearer = max(value - step, high)
        else:
            continue
        before, after = state_from_metric(value, metric.thresholds), state_from_metric(nearer, metric.thresholds)
        assert before is not None
        assert after is not None
        assert not before.better_than(after), metric.key


def test_leaving_the_suggestion_takes_a_reason() -> None:
    assert refusals_to_judge(B, A, "  ", "D01") == (Refusal(Problem.REASON_MISSING, "D01"),)
    assert refusals_to_judge(B, A, "新柜昨天到店", "D01") == ()
    assert refusals_to_judge(B, B, "", "D01") == ()
    assert refusals_to_judge(None, C, "", "D01") == ()
