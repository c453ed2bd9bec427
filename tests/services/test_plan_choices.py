"""The days to choose from are told with the effect that choosing them has, and it is told who set the cadence."""

from typing import TYPE_CHECKING

import pytest

from app.domain.planning.moving import Breach
from app.domain.planning.setup import PlanSetup
from app.domain.problems import Problem, RuleError
from app.runtime.clock import Clock
from app.runtime.ids import new_id
from app.services.plans import Plans
from app.storage.database import Database
from tests.services.plan_town import TODAY, ahead, build_town

if TYPE_CHECKING:
    from uuid import UUID

    from app.domain.playbook import Playbook

MONDAY, TUESDAY, WEDNESDAY, SUNDAY = TODAY, ahead(1), ahead(2), ahead(6)


@pytest.fixture
def plans(database: Database, playbook: "Playbook") -> Plans:
    return Plans(database, Clock(as_of=TODAY), playbook)


@pytest.fixture
def shops(database: Database) -> "list[UUID]":
    return build_town(database)


def _km(plans: Plans) -> float:
    return sum(day.km for day in plans.month(TODAY).days)


def test_a_drop_does_what_its_effect_said_at_the_place_that_was_chosen(plans: Plans, shops: "list[UUID]") -> None:
    for shop in shops[:3]:
        plans.drop_in(TUESDAY, shop)
    before = _km(plans)
    effect = plans.drop_effect(TUESDAY, shops[5], 1)
    plans.drop_in(TUESDAY, shops[5], 1)
    day = next(one for one in plans.month(TODAY).days if one.day == TUESDAY)
    assert day.stops[0].customer_id == shops[5]
    assert _km(plans) - before == pytest.approx(effect.km)
    assert (effect.from_stops, effect.to_stops, effect.to_minutes) == (3, 4, day.minutes)


def test_a_drop_into_a_full_day_says_so_before_and_after(plans: Plans, shops: "list[UUID]") -> None:
    plans.save_setup(PlanSetup(stops=1))
    plans.drop_in(TUESDAY, shops[0])
    assert plans.drop_effect(TUESDAY, shops[1]).breaks == Breach.FULL
    assert plans.drop_in(TUESDAY, shops[1]).breaks == Breach.FULL
    assert plans.drop_effect(TUESDAY, shops[0]).breaks == Breach.TWICE


def test_other_days_leave_out_the_own_day_days_off_and_days_with_the_shop(plans: Plans, shops: "list[UUID]") -> None:
    visit = plans.drop_in(TUESDAY, shops[0]).before[-1].id
    plans.drop_in(ahead(3), shops[0])
    told = plans.other_days(visit, MONDAY, SUNDAY)
    assert {one.day for one in told} == {MONDAY, WEDNESDAY}
    assert all(one.effect == plans.effect(visit, one.day) for one in told)
    assert [one.day for one in plans.days_for(shops[0], MONDAY, SUNDAY)] == [MONDAY, WEDNESDAY]


def test_a_shop_that_is_not_there_can_be_dropped_nowhere(plans: Plans) -> None:
    with pytest.raises(RuleError) as refused:
        plans.drop_effect(TUESDAY, new_id())
    assert {one.problem for one in refused.value.refusals} == {Problem.NOT_FOUND}


def test_a_shop_without_a_day_that_is_put_on_one_is_owed_nothing_more(plans: Plans, shops: "list[UUID]") -> None:
    plans.save_setup(PlanSetup(stops=1))
    for shop in shops:
        plans.set_cadence(shop, "V1", "a test")
    plans.keep(plans.make(TODAY, lambda _: None, lambda: False))
    before = plans.month(TODAY)
    one = before.unplaced[0]
    free = plans.days_for(one.customer_id, TODAY, one.by)[0].day
    deed = plans.drop_in(free, one.customer_id)
    after = plans.month(TODAY)
    assert (after.health.unplaced, after.health.due) == (before.health.unplaced - 1, before.health.due)
    plans.undo(deed)
    assert plans.month(TODAY).health == before.health


def test_in_a_month_without_a_plan_a_drop_makes_none(plans: Plans, shops: "list[UUID]") -> None:
    plans.drop_in(TUESDAY, shops[0])
    assert not plans.month(TODAY).is_planned


def test_it_is_told_who_set_the_cadence(plans: Plans, shops: "list[UUID]") -> None:
    assert dict(_decided(plans, shops[0]))["by"] == "rest"
    plans.set_cadence(shops[0], "V1", "new owner")
    told = dict(_decided(plans, shops[0]))
    assert told == {"by": "chosen", "reason": "new owner", "since": TODAY.isoformat()}


def _decided(plans: Plans, shop: "UUID") -> tuple[tuple[str, str], ...]:
    return next(why.facts for why in plans.explain(shop, TODAY) if why.code == "decided")
