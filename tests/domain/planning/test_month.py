"""No plan breaks a hard rule, everything is planned or explained, and what stands stays."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings

from app.domain.geo import GeoPoint
from app.domain.planning.month import Cancelled, plan_month
from app.domain.planning.month_board import matching_days
from app.domain.planning.month_explain import Reason, WayOut
from app.domain.planning.needs import needs_of
from app.domain.planning.problem import MonthPlan, MonthProblem, PlanShop, Span, Trigger, WorkDay
from tests.domain.planning.months import MONTH, broken_rules, days_of, months, shop, standing, working_days

ROUNDS = 120
HOME = GeoPoint(28.05, 113.05)


def month_of(
    shops: Iterable[PlanShop], days: Iterable[WorkDay] | None = None, triggers: Iterable[Trigger] = ()
) -> MonthProblem:
    shops, days = tuple(shops), tuple(days or working_days())
    return MonthProblem(MONTH, shops, needs_of(shops, triggers, days), days, HOME, HOME)


def territory(count: int = 60) -> list[PlanShop]:
    return [
        shop(n, "V1" if n % 10 == 0 else "V2" if n % 4 == 0 else "V3", weekday=n % 5 + 1) for n in range(1, count + 1)
    ]


@pytest.fixture(scope="module")
def planned() -> tuple[MonthProblem, MonthPlan]:
    problem = month_of(territory())
    return problem, plan_month(problem, rounds=1500)


@given(months())
@settings(max_examples=60, deadline=None)
def test_no_plan_breaks_a_hard_rule_and_every_visit_is_planned_or_explained(problem: MonthProblem) -> None:
    plan = plan_month(problem, rounds=ROUNDS)
    assert broken_rules(problem, plan) == []
    assert all(left.reason and left.way_out for left in plan.unplaced)


@given(months())
@settings(max_examples=40, deadline=None)
def test_planning_again_with_nothing_changed_changes_nothing(problem: MonthProblem) -> None:
    first = plan_month(problem, rounds=ROUNDS)
    again = plan_month(standing(problem, first), rounds=ROUNDS)
    assert days_of(again) == days_of(first)
    assert [day.km for day in again.days] == [day.km for day in first.days]
    assert [need for need, _ in again.moved if not need.locked] == []


@given(months())
@settings(max_examples=25, deadline=None)
def test_no_plan_is_shorter_than_its_lower_bound(problem: MonthProblem) -> None:
    plan = plan_month(problem, rounds=ROUNDS)
    assert plan.km_at_least <= plan.km + 1e-6


@given(months())
@settings(max_examples=12, deadline=None)
def test_the_same_month_and_seed_give_the_same_plan(problem: MonthProblem) -> None:
    assert plan_month(problem, rounds=ROUNDS) == plan_month(problem, rounds=ROUNDS)


def test_another_seed_still_keeps_the_rules() -> None:
    problem = replace(month_of(territory()), seed=7)
    assert broken_rules(problem, plan_month(problem, rounds=ROUNDS)) == []


def test_most_visits_fall_on_the_order_day_or_the_day_before_and_the_days_are_even(
    planned: tuple[MonthProblem, MonthPlan],
) -> None:
    _, plan = planned
    stops = [stop for day in plan.days for stop in day.stops]
    loads = [len(day.stops) for day in plan.days]
    assert not plan.unplaced
    assert sum(stop.on_order_day for stop in stops) / len(stops) > 0.9
    assert max(loads) - min(loads) <= 3


def test_a_day_of_leave_moves_its_visits_and_few_others(planned: tuple[MonthProblem, MonthPlan]) -> None:
    problem, first = planned
    leave = first.days[9].day
    stood = standing(problem, first)
    short = replace(stood, days=tuple(day for day in stood.days if day.day != leave))
    again = plan_month(short, rounds=1500)
    assert broken_rules(short, again) == []
    assert {need.key for need, _ in again.moved} >= {stop.need.key for stop in first.days[9].stops} - {
        left.need.key for left in again.unplaced
    }
    assert len(again.moved) <= 2 * len(first.days[9].stops)


def test_a_new_complaint_finds_a_day_in_time_and_leaves_the_rest_alone(planned: tuple[MonthProblem, MonthPlan]) -> None:
    problem, first = planned
    shops = problem.shops
    since = MONTH + timedelta(days=9)
    complaint = Trigger(shops[6].id, "complaint", since, since + timedelta(days=2))
    on = days_of(first)
    needs = tuple(replace(need, stands_on=on.get(need.key)) for need in needs_of(shops, [complaint], problem.days))
    again = plan_month(replace(problem, needs=needs), rounds=1500)
    served = [stop for day in again.days for stop in day.stops if "complaint" in stop.need.reasons]
    assert [since <= stop.day <= complaint.by for stop in served] == [True]
    assert len(again.moved) <= 2


def test_a_lock_holds_against_window_and_capacity() -> None:
    shops = [shop(n) for n in range(1, 5)]
    days = working_days(stops=2)
    problem = month_of(shops, days)
    fixed = days[3].day
    needs = tuple(replace(need, stands_on=fixed, locked=True) for need in problem.needs)
    plan = plan_month(replace(problem, needs=needs), rounds=ROUNDS)
    assert set(days_of(plan).values()) == {fixed}


def test_a_lock_on_a_day_off_is_explained() -> None:
    problem = month_of([shop(1)])
    needs = (replace(problem.needs[0], stands_on=date(2025, 9, 6), locked=True),)
    plan = plan_month(replace(problem, needs=needs), rounds=ROUNDS)
    assert [(left.reason, left.way_out) for left in plan.unplaced] == [(Reason.LOCKED_DAY_OFF, WayOut.UNLOCK)]


def test_a_month_that_is_too_full_says_on_which_weekday_one_more_stop_helps() -> None:
    days = working_days(stops=1)
    shops = [shop(n) for n in range(1, len(days) + 3)]
    plan = plan_month(month_of(shops, days), rounds=ROUNDS)
    assert len(plan.unplaced) == 2
    for left in plan.unplaced:
        facts = dict(left.facts)
        assert (left.reason, left.way_out) == (Reason.DAYS_FULL, WayOut.ONE_MORE_STOP)
        assert facts["serves"] == "2"
        assert facts["weekday"] in "12345"


def test_a_day_without_the_minutes_says_how_many_are_missing() -> None:
    days = [WorkDay(MONTH, 6, 50)]
    shops = [replace(shop(n), point=HOME) for n in (1, 2, 3)]
    plan = plan_month(month_of(shops, days), rounds=ROUNDS)
    assert [(left.reason, dict(left.facts)) for left in plan.unplaced] == [
        (Reason.MINUTES_FULL, {"day": "2025-09-01", "minutes": "10"})
    ]


def test_a_shop_that_is_never_open_in_working_time_is_explained() -> None:
    night = replace(shop(1), open_spans=(Span(time(20), time(23)),))
    plan = plan_month(month_of([night]), rounds=ROUNDS)
    assert [left.reason for left in plan.unplaced] == [Reason.CLOSED]


def test_a_month_without_working_days_explains_everything() -> None:
    problem = month_of([shop(1)])
    plan = plan_month(replace(problem, days=()), rounds=ROUNDS)
    assert [left.reason for left in plan.unplaced] == [Reason.NO_WORKING_DAY]


def test_a_month_without_shops_is_empty() -> None:
    plan = plan_month(MonthProblem(MONTH, (), (), tuple(working_days())), rounds=ROUNDS)
    assert plan.km == 0
    assert not plan.unplaced


def test_progress_rises_to_one_and_cancelling_stops() -> None:
    told: list[float] = []
    plan_month(month_of(territory(20)), progress=told.append, rounds=ROUNDS)
    assert told == sorted(told)
    assert told[-1] == 1
    with pytest.raises(Cancelled):
        plan_month(month_of(territory(20)), cancelled=lambda: True, rounds=ROUNDS)
    asked = iter(range(100))
    with pytest.raises(Cancelled):
        plan_month(month_of(territory(20)), cancelled=lambda: next(asked) > 30, rounds=10_000)


def test_an_order_day_on_a_holiday_is_served_on_the_last_working_day_before_it() -> None:
    days = [day.day for day in working_days(date(2025, 10, 1), off=[date(2025, 10, day) for day in range(1, 9)])]
    assert min(matching_days(3, days)) == date(2025, 10, 14)
    week_off = [day.day for day in working_days(off=[date(2025, 9, 10), date(2025, 9, 11)])]
    assert {date(2025, 9, 9), date(2025, 9, 17), date(2025, 9, 16)} <= matching_days(3, week_off)
    assert date(2025, 9, 9) in matching_days(4, week_off)


def test_a_shop_without_an_order_day_suits_every_day() -> None:
    days = [day.day for day in working_days()]
    assert matching_days(None, days) == frozenset(days)


def test_shops_without_a_place_are_planned_all_the_same() -> None:
    nowhere = PlanShop(UUID(int=99), "C099", "Nowhere", None, False, "V3", 30, 2, 20)
    plan = plan_month(month_of([*territory(5), nowhere]), rounds=ROUNDS)
    assert "C099/1" in days_of(plan)


def test_a_visit_too_late_for_its_deadline_is_told_and_comes_as_soon_as_it_can() -> None:
    shops = [shop(n, weekday=1) for n in range(1, 31)]
    days = [replace(day, stops=2) for day in working_days()]
    soon = days[1].day
    problem = month_of(shops, days, [Trigger(one.id, "complaint", days[0].day, soon) for one in shops])
    plan = plan_month(problem, rounds=ROUNDS)
    on = days_of(plan)
    assert sum(day <= soon for day in on.values()) == 4
    assert len(plan.unplaced) == 26
    assert sorted(on.values()) == sorted(day.day for day in days[:15] for _ in range(2)), "as soon as there is room"
    again = plan_month(standing(problem, plan), rounds=ROUNDS)
    assert (days_of(again), again.moved) == (on, ())
