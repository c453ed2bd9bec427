"""How a visit may end, and what is still open in it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problems import Problem, Refusal
from app.domain.visit import (
    ENDINGS,
    STEPS,
    Step,
    StepState,
    VisitStatus,
    needs_reason,
    open_total,
    progress,
    refusals_to_finish,
)

RUNNING = VisitStatus.IN_PROGRESS
fields = st.sets(st.sampled_from([f"f{n}" for n in range(12)]))


def test_the_eight_steps_are_in_the_order_of_the_visit() -> None:
    assert [step.value for step in STEPS] == [
        "brief", "arrival", "stock", "shelf", "diagnosis", "advice", "improvement", "wrap_up",
    ]  # fmt: skip
    assert [step.number for step in STEPS] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_moving_between_steps_stops_at_both_ends() -> None:
    assert Step.BRIEF.moved(-1) is Step.BRIEF
    assert Step.STOCK.moved(2) is Step.DIAGNOSIS
    assert Step.WRAP_UP.moved(1) is Step.WRAP_UP


@pytest.mark.parametrize("ending", sorted(ENDINGS - {VisitStatus.DONE}))
@pytest.mark.parametrize("reason", ["", "  ", "\u3000\t"])
def test_every_ending_but_done_must_say_why(ending: VisitStatus, reason: str) -> None:
    assert needs_reason(ending)
    assert refusals_to_finish(RUNNING, ending, reason=reason) == (Refusal(Problem.REASON_MISSING, ending.value),)
    assert refusals_to_finish(RUNNING, ending, reason="店主外出") == ()
    assert refusals_to_finish(VisitStatus.PLANNED, ending, reason="店主外出") == ()


def test_a_finished_visit_needs_no_reason() -> None:
    assert not needs_reason(VisitStatus.DONE)
    assert refusals_to_finish(RUNNING, VisitStatus.DONE) == ()


def test_a_visit_that_never_began_cannot_be_done() -> None:
    assert refusals_to_finish(VisitStatus.PLANNED, VisitStatus.DONE) == (Refusal(Problem.ANSWER_MISSING, "arrival"),)


@pytest.mark.parametrize("current", sorted(ENDINGS))
@pytest.mark.parametrize("ending", sorted(ENDINGS))
def test_a_visit_ends_only_once(current: VisitStatus, ending: VisitStatus) -> None:
    assert refusals_to_finish(current, ending, reason="x") == (Refusal(Problem.ALREADY_COMPLETED),)


@pytest.mark.parametrize("ending", [VisitStatus.PLANNED, VisitStatus.IN_PROGRESS])
def test_what_is_no_ending_is_refused(ending: VisitStatus) -> None:
    assert refusals_to_finish(RUNNING, ending, reason="x") == (Refusal(Problem.BAD_VALUE, "ending"),)


def test_all_missing_answers_are_named_at_once() -> None:
    refusals = refusals_to_finish(
        RUNNING, VisitStatus.DONE, required=("minors_sign", "who", "tags"), answered=("tags",)
    )
    assert refusals == (Refusal(Problem.ANSWER_MISSING, "minors_sign"), Refusal(Problem.ANSWER_MISSING, "who"))


def test_missing_answers_do_not_keep_a_closed_shop_from_being_recorded() -> None:
    assert refusals_to_finish(RUNNING, VisitStatus.CLOSED, reason="关门", required=("who",)) == ()


def test_a_visit_moves_only_to_a_later_day() -> None:
    today = date(2026, 11, 21)

    def moved_to(day: date, ending: VisitStatus = VisitStatus.MOVED) -> tuple[Refusal, ...]:
        return refusals_to_finish(RUNNING, ending, reason="盘点", moved_to=day, today=today)

    wrong = (Refusal(Problem.BAD_VALUE, "moved_to"),)
    assert moved_to(date(2026, 11, 22)) == ()
    assert moved_to(today) == wrong
    assert moved_to(date(2026, 11, 20)) == wrong
    assert moved_to(date(2026, 11, 22), VisitStatus.CLOSED) == wrong


def test_only_a_visit_that_was_made_counts_as_one() -> None:
    assert [status for status in VisitStatus if status.counts_as_visit] == [VisitStatus.DONE]


@given(fields, fields, fields)
def test_open_and_answered_fields_make_the_whole(stock: set[str], shelf: set[str], answered: set[str]) -> None:
    steps = progress({Step.STOCK: sorted(stock), Step.SHELF: sorted(shelf)}, answered)
    assert [one.step for one in steps] == list(STEPS)
    for one in steps:
        assert one.answered + one.open == one.expected
        assert not answered.intersection(one.open_fields)
    assert open_total(steps) == len(stock - answered) + len(shelf - answered)


def test_a_step_tells_how_far_it_is() -> None:
    asked = {Step.STOCK: ["a", "b"], Step.SHELF: ["c"], Step.ARRIVAL: ["d"]}
    states = {one.step: one.state for one in progress(asked, ["b", "c"])}
    assert states[Step.STOCK] is StepState.PARTLY
    assert states[Step.SHELF] is StepState.COMPLETE
    assert states[Step.ARRIVAL] is StepState.UNTOUCHED
    assert states[Step.BRIEF] is StepState.COMPLETE
    assert progress(asked, ["b"])[2].open_fields == ("a",)
