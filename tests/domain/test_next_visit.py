"""When to come again: by what head office set, by the class of the shop, near its order day, never on a weekend."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.next_visit import suggest_next
from app.domain.planning.cadence import ShopStanding, cadence_of
from app.domain.playbook import CadenceRules, Playbook

FRIDAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def rules(playbook: Playbook) -> CadenceRules:
    return playbook.parameters.cadence


@pytest.mark.parametrize(
    ("shop", "code"),
    [
        (ShopStanding(), "V3"),
        (ShopStanding(tier=25), "V1"),
        (ShopStanding(tier=24), "V2"),
        (ShopStanding(tier=14), "V3"),
        (ShopStanding(terminal_level="franchise"), "V1"),
        (ShopStanding(terminal_level="modern"), "V2"),
        (ShopStanding(is_sample=True), "V2"),
        (ShopStanding(is_sample=False), "V3"),
        (ShopStanding(joined=FRIDAY - timedelta(days=80)), "V2"),
        (ShopStanding(joined=FRIDAY - timedelta(days=120)), "V3"),
        (ShopStanding(tier=3, has_plan_from_c=True), "V1"),
    ],
)
def test_the_first_class_that_matches_decides_how_often(rules: CadenceRules, shop: ShopStanding, code: str) -> None:
    assert cadence_of(rules, shop, FRIDAY).code == code


def test_what_head_office_set_goes_before_the_rule(rules: CadenceRules) -> None:
    assert suggest_next(FRIDAY, rules, ShopStanding(visit_cycle="two_weekly", tier=30), None).every_days == 14
    assert suggest_next(FRIDAY, rules, ShopStanding(visit_cycle="other", tier=30), None).every_days == 7


def test_the_visit_lies_on_the_order_day_near_the_end_of_the_cycle(rules: CadenceRules) -> None:
    monthly = ShopStanding()
    found = suggest_next(FRIDAY, rules, monthly, 2)
    assert (found.day, found.order_day) == (date(2026, 12, 22), date(2026, 12, 22))
    assert suggest_next(FRIDAY, rules, monthly, 7).order_day == date(2026, 12, 20)


def test_an_order_day_on_a_weekend_is_visited_on_the_working_day_before(rules: CadenceRules) -> None:
    found = suggest_next(FRIDAY, rules, ShopStanding(tier=30), 6)
    assert (found.day, found.order_day) == (date(2026, 11, 27), date(2026, 11, 28))


def test_without_an_order_day_the_cycle_alone_decides(rules: CadenceRules) -> None:
    found = suggest_next(FRIDAY, rules, ShopStanding(tier=30), None)
    assert (found.day, found.order_day) == (date(2026, 11, 27), None)


@given(day=st.dates(date(2020, 1, 1), date(2030, 1, 1)), weekday=st.none() | st.integers(1, 7), tier=st.integers(1, 30))
def test_the_next_visit_is_always_a_later_working_day(
    playbook: Playbook, day: date, weekday: int | None, tier: int
) -> None:
    found = suggest_next(day, playbook.parameters.cadence, ShopStanding(tier=tier), weekday)
    assert found.day > day
    assert found.day.isoweekday() < 6
    assert abs((found.day - day).days - found.every_days) <= 5
