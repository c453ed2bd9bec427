"""Cadence: what the manager chose, what head office set, the rules, and why; the checklist of a new customer."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.planning.cadence import CadenceWhy, Choice, ShopStanding, cadence_for, choice_on
from app.domain.planning.onboarding import StepDone, Ticked, read_checklist, ticked_anew
from app.domain.playbook import CadenceRules, Playbook

TODAY = date(2026, 11, 20)
VISIT = UUID(int=1)
DAYS = st.dates(date(2026, 10, 1), date(2026, 12, 31))
CHOICES = st.lists(
    st.builds(Choice, st.sampled_from(["V1", "V2", "V3", None]), st.just("x"), DAYS, st.none() | DAYS), max_size=6
)


@pytest.fixture(scope="module")
def rules(playbook: Playbook) -> CadenceRules:
    return playbook.parameters.cadence


@pytest.mark.parametrize(
    ("shop", "code", "why"),
    [
        (ShopStanding(), "V3", CadenceWhy.REST),
        (ShopStanding(tier=28), "V1", CadenceWhy.TIER),
        (ShopStanding(terminal_level="own"), "V1", CadenceWhy.TERMINAL),
        (ShopStanding(tier=16, has_plan_from_c=True), "V1", CadenceWhy.PLAN),
        (ShopStanding(has_launch=True), "V1", CadenceWhy.LAUNCH),
        (ShopStanding(is_sample=True), "V2", CadenceWhy.SAMPLE),
        (ShopStanding(joined=TODAY - timedelta(days=5)), "V2", CadenceWhy.NEW),
        (ShopStanding(visit_cycle="monthly", tier=30), "V3", CadenceWhy.OFFICE),
        (ShopStanding(visit_cycle="monthly", tier=30, chosen="V1"), "V1", CadenceWhy.CHOSEN),
        (ShopStanding(tier=30, chosen="V9"), "V1", CadenceWhy.TIER),
    ],
)
def test_the_nearest_hand_decides_and_says_so(
    rules: CadenceRules, shop: ShopStanding, code: str, why: CadenceWhy
) -> None:
    found = cadence_for(rules, shop, TODAY)
    assert (found.code, found.why) == (code, why)
    assert found.every_days == next(one.every_days for one in rules.classes if one.code == code)


def test_a_choice_holds_from_its_day_until_it_is_given_back() -> None:
    choices = [Choice("V1", "新店开张", TODAY), Choice(None, "", TODAY + timedelta(days=10))]
    assert choice_on(choices, TODAY - timedelta(days=1)) is None
    assert choice_on(choices, TODAY) == choices[0]
    assert choice_on(choices, TODAY + timedelta(days=10)) is None


def test_of_two_choices_of_one_day_the_later_counts() -> None:
    found = choice_on([Choice("V1", "a", TODAY), Choice("V2", "b", TODAY)], TODAY)
    assert found is not None
    assert found.cadence == "V2"


@given(choices=CHOICES, day=DAYS)
def test_a_choice_that_counts_has_begun_has_not_ended_and_none_began_after_it(choices: list[Choice], day: date) -> None:
    found = choice_on(choices, day)
    holding = [one for one in choices if one.since <= day and (one.until is None or day <= one.until)]
    if found is None:
        newest = max((one.since for one in holding), default=None)
        assert newest is None or any(one.cadence is None for one in holding if one.since == newest)
    else:
        assert found in holding
        assert found.since == max(one.since for one in holding)


def test_the_checklist_says_what_comes_next(rules: CadenceRules) -> None:
    first = read_checklist(rules.onboarding, (), 0)
    assert _codes(first.due) == ["record", "price_list", "order_terms"]
    second = read_checklist(rules.onboarding, [Ticked(TODAY, VISIT, ("record", "price_list"))], 1)
    assert _codes(second.due) == ["order_terms", "first_order"]
    assert [(one.done_on, one.visit) for one in second.steps] == [(TODAY, VISIT)] * 2 + [(None, None)] * 3
    assert not second.is_complete


def test_a_checklist_that_is_ahead_goes_on_with_the_next_step_and_ends(rules: CadenceRules) -> None:
    codes = tuple(step.code for step in rules.onboarding)
    ahead = read_checklist(rules.onboarding, [Ticked(TODAY, VISIT, codes[:4])], 1)
    assert _codes(ahead.due) == list(codes[4:])
    done = read_checklist(rules.onboarding, [Ticked(TODAY, VISIT, codes)], 1)
    assert done.is_complete
    assert done.due == ()


def test_a_step_that_was_ticked_twice_was_done_the_first_time(rules: CadenceRules) -> None:
    later = Ticked(TODAY, VISIT, ("record",))
    earlier = Ticked(TODAY - timedelta(days=7), UUID(int=2), ("record",))
    assert read_checklist(rules.onboarding, [later, earlier], 2).done[0].visit == UUID(int=2)


def test_the_ticks_of_the_visit_at_hand_follow_the_hand_and_those_of_others_stay(rules: CadenceRules) -> None:
    before = Ticked(TODAY - timedelta(days=7), UUID(int=2), ("record",))
    read = read_checklist(rules.onboarding, [before, Ticked(TODAY, VISIT, ("price_list",))], 1)
    now = ticked_anew(read, Ticked(TODAY, VISIT, ("record", "order_terms")))
    assert [(one.step.code, one.visit) for one in now.done] == [("record", UUID(int=2)), ("order_terms", VISIT)]


def _codes(steps: Iterable[StepDone]) -> list[str]:
    return [one.step.code for one in steps]
