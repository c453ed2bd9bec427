"""A month planned again after something went by: what moved is told whole, what was missed counts as missed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from app.domain.planning.setup import PlanSetup
from app.models.customer import Customer
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.plan_values import PlanDraft
from app.services.plans import Plans
from app.storage.database import Database
from tests.builders import a_visit
from tests.fresh_stores import fresh_store
from tests.services.plan_town import build_town

if TYPE_CHECKING:
    from app.domain.playbook import Playbook

JULY = date(2026, 7, 1)
SATURDAY = date(2026, 7, 11)


@pytest.fixture
def store(data_folder: DataFolder, key: bytes) -> Iterator[Database]:
    opened = fresh_store(data_folder, key)
    yield opened.database
    opened.database.close()


def _plans(database: Database, playbook: "Playbook", today: date) -> Plans:
    return Plans(database, Clock(as_of=today), playbook)


def _make(plans: Plans) -> PlanDraft:
    return plans.make(JULY, lambda _: None, lambda: False)


def _put(database: Database, shop: UUID, day: date) -> UUID:
    """Put a visit into a day as the day rule does: planned, and no plan knows it."""
    with database.write() as session:
        return a_visit(session, session.get_one(Customer, shop), day, "planned", seq=1).id


def test_a_list_of_today_on_a_day_off_stays_and_serves(store: Database, playbook: "Playbook") -> None:
    shops = build_town(store, 3)
    visit = _put(store, shops[0], SATURDAY)
    plans = _plans(store, playbook, SATURDAY)
    draft = _make(plans)
    plans.keep(draft)
    on = {stop.visit_id: day.day for day in plans.month(JULY).days for stop in day.stops}
    assert on[visit] == SATURDAY
    assert draft.moved == ()
    assert len(on) == len(shops), "the shop is owed one visit a month, and that is its"


def test_what_the_plan_takes_out_is_told_with_what_it_moves(store: Database, playbook: "Playbook") -> None:
    shops = build_town(store, 3)
    _put(store, shops[0], date(2026, 7, 14))
    _put(store, shops[0], date(2026, 7, 15))
    draft = _make(_plans(store, playbook, date(2026, 7, 13)))
    told = [one for one in draft.moved if one[2] is None]
    assert [(name, old.day) for name, old, _ in told] == [("店0", 14), ("店0", 15)]


def test_a_missed_visit_that_gets_a_new_day_is_told_as_moved(store: Database, playbook: "Playbook") -> None:
    build_town(store, 3)
    _plans(store, playbook, JULY).keep(_make(_plans(store, playbook, JULY)))
    later = date(2026, 7, 29)
    stood = {stop.visit_id: day.day for day in _plans(store, playbook, later).month(JULY).days for stop in day.stops}
    gone_by = [day for day in stood.values() if day < later]
    assert gone_by
    draft = _make(_plans(store, playbook, later))
    assert sorted(old for _, old, new in draft.moved if new is not None and old < later) == sorted(gone_by)


def test_what_was_missed_and_is_not_made_up_for_is_neither_done_nor_planned(
    store: Database, playbook: "Playbook"
) -> None:
    shops = build_town(store, 3, tier=20)
    first = _plans(store, playbook, JULY)
    first.keep(_make(first))
    assert first.month(JULY).health.cadence[0].kept == len(shops)
    later = _plans(store, playbook, date(2026, 7, 24))
    later.keep(_make(later))
    health = later.month(JULY).health
    assert (health.done, health.planned, health.missed, health.unplaced) == (0, 3, 3, 0)
    assert health.due == 6
    assert health.cadence[0].kept == 0, "a visit that nobody made keeps no cadence"


def test_a_plan_made_again_before_anything_happened_is_no_reschedule_and_a_move_by_hand_is(
    store: Database, playbook: "Playbook"
) -> None:
    build_town(store, 3)
    plans = _plans(store, playbook, JULY)
    plans.keep(_make(plans))
    days = [day for day in plans.month(JULY).days if day.stops]
    first, *others = (stop for day in days for stop in day.stops)
    for stood in (day.day for day in days):
        plans.set_day(stood, "off")
    again = _make(plans)
    assert len(again.moved) == 3
    plans.keep(again)
    late = _plans(store, playbook, date(2026, 7, 31))
    assert late.statistics(2026).total.moved == 0
    stands = {stop.visit_id: day.day for day in plans.month(JULY).days for stop in day.stops}
    plans.move(first.visit_id, next(day for visit, day in stands.items() if visit == others[0].visit_id))
    assert late.statistics(2026).total.moved == 1


def test_before_there_is_a_plan_a_shop_is_told_what_it_is_owed(store: Database, playbook: "Playbook") -> None:
    shop = build_town(store, 3)[1]
    told = _plans(store, playbook, JULY).explain(shop, JULY)
    assert [one.code for one in told][-1] == "unplaced"
    assert dict(told[-1].facts)["reason"] == "not_planned"


def test_a_visit_too_near_another_one_of_its_shop_is_helped_at_that_shop(store: Database, playbook: "Playbook") -> None:
    shops = build_town(store, 3, tier=20)
    plans = _plans(store, playbook, JULY)
    plans.save_setup(PlanSetup(stops=25))
    draft = _make(plans)
    plans.keep(draft)
    own = [(stop.visit_id, day.day) for day in plans.month(JULY).days for stop in day.stops
           if stop.customer_id == shops[0]]  # fmt: skip
    plans.move(own[0][0], date(2026, 7, 15))
    plans.lock([own[0][0]], locked=True)
    for day in range(22, 32):
        if date(2026, 7, day).isoweekday() < 6:
            plans.set_day(date(2026, 7, day), "off")
    unplaced = [one for one in _make(plans).view.unplaced if one.customer_id == shops[0]]
    assert [(one.reason, one.way_out, one.facts) for one in unplaced] == [
        ("too_soon", "unlock", (("day", (JULY + timedelta(days=14)).isoformat()),))
    ]
