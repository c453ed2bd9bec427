"""Improvement plans: the target is better, one to three measures of the item, a cause where it was not reached."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diagnosis import Diagnosis, Item, State
from app.domain.improvement import (
    Cause,
    CauseKind,
    PlanType,
    Verdict,
    plan_type,
    refusals_to_assess,
    refusals_to_plan,
    support_requests,
    targets,
    waiting_for_approval,
)
from app.domain.problems import Problem, Refusal
from app.playbooks import load_playbook

A, B, C = State.A, State.B, State.C


@pytest.fixture(scope="module")
def diagnosis() -> Diagnosis:
    return load_playbook().diagnosis


@pytest.fixture(scope="module")
def tags(diagnosis: Diagnosis) -> Item:
    item = diagnosis.item("D13")
    assert item is not None
    return item


@pytest.mark.parametrize(
    ("current", "target", "expected"),
    [
        (C, B, PlanType.C_TO_B),
        (B, A, PlanType.B_TO_A),
        (C, A, PlanType.C_TO_A),
        (A, A, None),
        (B, B, None),
        (A, B, None),
        (B, C, None),
        (None, A, None),
    ],
)
def test_a_plan_is_of_one_of_three_kinds(current: State | None, target: State, expected: PlanType | None) -> None:
    assert plan_type(current, target) is expected


def test_the_targets_of_a_state_are_those_above_it_the_nearest_first() -> None:
    assert [targets(state) for state in (A, B, C, None)] == [(), (A,), (B, A), ()]


@given(st.sampled_from(State), st.sampled_from(State))
def test_a_plan_is_accepted_just_when_its_target_is_better(tags: Item, current: State, target: State) -> None:
    refused = refusals_to_plan(tags, current, target, ["D13-1"])
    expected = () if target.better_than(current) else (Refusal(Problem.TARGET_NOT_BETTER, "D13"),)
    assert refused == expected


def test_a_plan_needs_a_measure(tags: Item) -> None:
    assert refusals_to_plan(tags, C, B, []) == (Refusal(Problem.ANSWER_MISSING, "D13.measures"),)


def test_a_plan_takes_all_three_measures_of_its_item(tags: Item) -> None:
    assert refusals_to_plan(tags, C, A, ["D13-1", "D13-2", "D13-3"]) == ()


def test_a_plan_takes_no_more_measures_than_the_company_allows(tags: Item) -> None:
    refused = refusals_to_plan(tags, C, A, ["D13-1", "D13-2"], max_measures=1)
    assert refused == (Refusal(Problem.TOO_MANY_MEASURES, "D13"),)


def test_measures_of_other_items_and_doubled_ones_are_named(tags: Item) -> None:
    assert refusals_to_plan(tags, C, B, ["D01-1", "D13-1"]) == (Refusal(Problem.BAD_VALUE, "D01-1"),)
    assert refusals_to_plan(tags, C, B, ["D13-1", "D13-1"]) == (Refusal(Problem.BAD_VALUE, "D13-1"),)


def test_a_plan_for_an_item_without_a_state_waits_for_the_diagnosis(tags: Item) -> None:
    assert refusals_to_plan(tags, None, A, ["D13-1"]) == (Refusal(Problem.ANSWER_MISSING, "D13"),)


def test_every_reason_is_told_at_once(tags: Item) -> None:
    refused = refusals_to_plan(tags, A, B, ["D13-1", "D13-1", "D02-1", "D13-3"])
    assert {r.problem for r in refused} == {Problem.TARGET_NOT_BETTER, Problem.TOO_MANY_MEASURES, Problem.BAD_VALUE}


def test_measures_that_need_head_office_become_support_requests(tags: Item) -> None:
    assert [m.code for m in support_requests(tags, ["D13-3", "D13-1"])] == ["D13-3"]


def test_a_measure_that_may_need_help_is_requested_only_when_the_manager_asks(diagnosis: Diagnosis) -> None:
    cooperation = diagnosis.item("D09")
    assert cooperation is not None
    assert support_requests(cooperation, ["D09-1"]) == ()
    assert [m.code for m in support_requests(cooperation, ["D09-1"], asked=["D09-1"])] == ["D09-1"]
    assert support_requests(cooperation, ["D09-2"], asked=["D09-2"]) == ()


def test_promotion_waits_for_the_compliance_approval(diagnosis: Diagnosis, tags: Item) -> None:
    promotion = diagnosis.item("D14")
    assert promotion is not None
    assert len(waiting_for_approval(promotion, ["D14-1", "D14-2", "D14-3"])) == 3
    assert waiting_for_approval(tags, ["D13-1", "D13-2", "D13-3"]) == ()


def test_a_plan_that_was_reached_needs_no_cause() -> None:
    assert refusals_to_assess(Verdict.YES, None) == ()


@given(st.none() | st.builds(Cause, st.sampled_from(CauseKind), st.text(max_size=5)))
def test_a_plan_that_was_not_reached_needs_a_cause_in_words(cause: Cause | None) -> None:
    said = cause is not None and bool(cause.text.strip())
    assert refusals_to_assess(Verdict.NO, cause, "D13") == (() if said else (Refusal(Problem.CAUSE_MISSING, "D13"),))
