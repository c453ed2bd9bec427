"""What wants a visit by a day: each kind with its deadline, answered by a visit, the same when planned again."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.planning.triggers import (
    OpenDate,
    Order,
    ShopSigns,
    TriggerCode,
    TriggerDays,
    date_triggers,
    fallen_since,
    missed_since,
    shop_triggers,
)
from app.domain.planning.working_days import calendar_days
from app.domain.playbook import CadenceRules, Playbook

SHOP = UUID(int=1)
TODAY = date(2026, 11, 18)  # a Wednesday
LAST = date(2026, 11, 30)
DAYS = calendar_days(TODAY - timedelta(days=60), LAST + timedelta(days=40))
WHEN = TriggerDays(TODAY, LAST, DAYS)
QUIET = ShopSigns(SHOP, last_visit=date(2026, 9, 1))


@pytest.fixture(scope="module")
def rules(playbook: Playbook) -> CadenceRules:
    return playbook.parameters.cadence


def _of(signs: ShopSigns, rules: CadenceRules) -> list[tuple[str, date, date]]:
    return [(one.code, one.since, one.by) for one in shop_triggers(signs, rules, TODAY, WHEN)]


def _weekly(weeks: int, quantity: int = 10, until: date = TODAY, weekday: int = 2) -> tuple[Order, ...]:
    newest = until - timedelta(days=(until.isoweekday() - weekday) % 7)
    return tuple((newest - timedelta(weeks=back), quantity, 0) for back in reversed(range(weeks)))


def test_a_shop_of_which_nothing_is_known_wants_nothing(rules: CadenceRules) -> None:
    assert _of(QUIET, rules) == []


def test_a_complaint_is_answered_within_two_working_days(rules: CadenceRules) -> None:
    friday = date(2026, 11, 13)
    found = _of(replace(QUIET, complained=friday), rules)
    assert found == [(TriggerCode.COMPLAINT, date(2026, 11, 14), date(2026, 11, 19))], "overdue: two days from today on"
    when = TriggerDays(date(2026, 11, 14), LAST, DAYS)
    (in_time,) = shop_triggers(replace(QUIET, complained=friday), rules, friday, when)
    assert in_time.by == date(2026, 11, 17), "Monday and Tuesday"


@pytest.mark.parametrize(
    ("licence", "code", "since"),
    [
        (TODAY + timedelta(days=61), TriggerCode.LICENCE_ENDING, TODAY + timedelta(days=1)),
        (TODAY + timedelta(days=60), TriggerCode.LICENCE_ENDING, TODAY),
        (TODAY, TriggerCode.LICENCE_ENDING, TODAY - timedelta(days=60)),
        (TODAY - timedelta(days=1), TriggerCode.LICENCE_EXPIRED, TODAY),
    ],
)
def test_a_licence_is_looked_at_within_a_week(
    rules: CadenceRules, licence: date, code: TriggerCode, since: date
) -> None:
    ((found, begins, by),) = _of(replace(QUIET, licence_to=licence, last_visit=None), rules)
    assert (found, begins) == (code, since)
    assert by == max(since, TODAY) + timedelta(days=7)


def test_a_licence_that_ends_after_the_next_month_is_no_matter_yet(rules: CadenceRules) -> None:
    assert _of(replace(QUIET, licence_to=LAST + timedelta(days=61)), rules) == []


@pytest.mark.parametrize(("missed", "wants"), [(0, False), (1, False), (2, True), (3, True), (7, True), (9, False)])
def test_two_missed_orders_in_a_row_want_a_visit(missed: int, wants: bool) -> None:
    signs = replace(QUIET, order_weekday=2, orders=_weekly(30)[: 30 - missed or None])
    since = missed_since(signs, 2, TODAY)
    assert (since is not None) == wants
    if since is not None:
        last = signs.orders[-1][0]
        assert since == last + timedelta(days=15), "the end of the second week without one"


def test_an_order_of_this_week_ends_the_waiting() -> None:
    signs = replace(QUIET, order_weekday=2, orders=(*_weekly(20)[:-4], (TODAY, 3, 0)))
    assert missed_since(signs, 2, TODAY) is None


def test_a_sharp_fall_counts_from_the_week_in_which_it_was_first_seen() -> None:
    steady = replace(QUIET, order_weekday=2, orders=_weekly(70, 10))
    assert fallen_since(steady, 30, TODAY) is None
    fallen = tuple((day, 5 if (TODAY - day).days < 21 else quantity, 0) for day, quantity, _ in steady.orders)
    since = fallen_since(replace(steady, orders=fallen), 30, TODAY)
    assert since == TODAY, "three of four weeks at half; a week before it were two"


def test_without_a_year_to_compare_with_nothing_has_fallen() -> None:
    assert fallen_since(replace(QUIET, order_weekday=2, orders=_weekly(50, 1)), 30, TODAY) is None


def test_a_new_customer_is_visited_within_a_week_and_only_before_its_first_visit(rules: CadenceRules) -> None:
    new = replace(QUIET, last_visit=None, joined=TODAY - timedelta(days=2))
    assert _of(new, rules) == [(TriggerCode.ONBOARDING, new.joined, TODAY + timedelta(days=5))]
    assert _of(replace(new, last_visit=TODAY), rules) == []


def test_a_sample_shop_is_surveyed_at_the_end_of_the_month(rules: CadenceRules) -> None:
    sample = replace(QUIET, is_sample=True)
    assert _of(sample, rules) == [(TriggerCode.SAMPLE, date(2026, 11, 24), LAST)]
    assert _of(replace(sample, last_visit=date(2026, 11, 24)), rules) == []


def test_a_moved_visit_wants_its_day_or_the_first_that_is_left(rules: CadenceRules) -> None:
    ahead = replace(QUIET, moved=((date(2026, 11, 16), date(2026, 11, 20)),))
    assert _of(ahead, rules) == [(TriggerCode.MOVED, date(2026, 11, 20), date(2026, 11, 20))]
    missed = replace(QUIET, moved=((date(2026, 11, 10), date(2026, 11, 12)),))
    assert _of(missed, rules) == [(TriggerCode.MOVED, TODAY, TODAY)]
    assert _of(replace(ahead, last_visit=date(2026, 11, 17)), rules) == []


def test_what_is_due_is_visited_in_the_week_before(rules: CadenceRules) -> None:
    dates = [
        OpenDate(SHOP, date(2026, 11, 25), date.min, "a"),
        OpenDate(SHOP, date(2026, 11, 2), date.min, "b"),
        OpenDate(SHOP, date(2026, 12, 20), date.min, "c"),
    ]
    found = date_triggers(TriggerCode.PROMISE_DUE, dates, rules, WHEN)
    assert [(one.subject, one.since, one.by) for one in found] == [
        ("a", date(2026, 11, 18), date(2026, 11, 25)),
        ("b", date(2026, 10, 26), date(2026, 11, 25)),
    ]


def test_a_task_without_a_date_is_due_in_thirty_days_and_a_complaint_two_working_days(rules: CadenceRules) -> None:
    tasks = [
        OpenDate(SHOP, None, date(2026, 11, 1), "t"),
        OpenDate(SHOP, None, date(2026, 11, 19), "c", is_complaint=True),
    ]
    task, complaint = date_triggers(TriggerCode.TASK, tasks, rules, WHEN)
    assert (task.code, task.since, task.by) == (TriggerCode.TASK, date(2026, 11, 24), date(2026, 12, 1))
    assert (complaint.code, complaint.by) == (TriggerCode.COMPLAINT, date(2026, 11, 23))


_SIGNS = st.builds(
    ShopSigns,
    shop=st.just(SHOP),
    last_visit=st.none() | st.dates(date(2026, 8, 1), TODAY),
    joined=st.none() | st.dates(date(2026, 6, 1), LAST),
    licence_to=st.none() | st.dates(date(2026, 9, 1), date(2027, 3, 1)),
    is_sample=st.booleans(),
    complained=st.none() | st.dates(date(2026, 9, 1), TODAY),
    order_weekday=st.none() | st.integers(1, 7),
    orders=st.lists(st.tuples(st.dates(date(2025, 8, 1), TODAY), st.integers(0, 40), st.just(0)), max_size=30).map(
        lambda some: tuple(sorted(some))
    ),
    alert_since=st.none() | st.dates(date(2026, 10, 1), TODAY),
)


@given(signs=_SIGNS)
def test_a_trigger_can_still_be_met_and_was_not_answered(rules: CadenceRules, signs: ShopSigns) -> None:
    for one in shop_triggers(signs, rules, TODAY, WHEN):
        assert one.since <= LAST
        assert one.by >= TODAY
        assert one.since <= one.by
        assert signs.last_visit is None or signs.last_visit < one.since


@given(signs=_SIGNS)
def test_a_visit_today_answers_what_has_come_about_by_now(rules: CadenceRules, signs: ShopSigns) -> None:
    visited = replace(signs, last_visit=TODAY)
    assert all(one.since > TODAY for one in shop_triggers(visited, rules, TODAY, WHEN))
