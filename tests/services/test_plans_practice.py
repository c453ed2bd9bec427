"""The practice territory is planned: every hard rule holds, whatever was moved by hand before."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap.application import Application, assemble, close_application
from app.domain.planning.views import DayKind
from app.domain.text import Language
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.sample_territories import PRACTICE_TERRITORY
from app.storage.store import open_store
from app.storage.vault import Vault
from tests.conftest import CHEAP, PASSWORD
from tests.real_program import copy_store

DECEMBER = date(2026, 12, 1)


@pytest.fixture
def application(practice_store: DataFolder, tmp_path: Path) -> Iterator[Application]:
    """Give the program on a copy of the practice territory, a day under way."""
    folder = copy_store(practice_store, tmp_path / "copy")
    key = Vault(folder.vault, use_keyring=False, cost=CHEAP).unlock(PASSWORD)
    opened = assemble(folder, Clock(as_of=PRACTICE_TERRITORY.today), Language.ZH, open_store(folder, key))
    yield opened
    close_application(opened)


def test_the_practice_territory_is_planned_within_every_hard_rule(application: Application) -> None:
    plans = application.plans
    before = {stop.visit_id: stop.status for stop in application.days.open(PRACTICE_TERRITORY.today).stops}
    plans.keep(plans.make(DECEMBER, lambda _: None, lambda: False))
    view = plans.month(DECEMBER)
    busy = [day for day in view.days if day.stops]
    moved = busy[0].stops[0]
    plans.move(moved.visit_id, busy[-1].day)
    plans.lock([moved.visit_id, busy[1].stops[0].visit_id], locked=True)
    draft = plans.make(DECEMBER, lambda _: None, lambda: False)
    plans.keep(draft)
    view = plans.month(DECEMBER)
    places = {stop.visit_id: (day.day, stop) for day in view.days for stop in day.stops}
    assert places[moved.visit_id][0] == busy[-1].day
    assert places[busy[1].stops[0].visit_id][0] == busy[1].day
    for day in view.days:
        fixed = any(stop.locked for stop in day.stops)
        assert day.kind is not DayKind.OFF or not day.stops or fixed
        assert len(day.stops) <= day.capacity_stops or fixed
        assert len({stop.customer_id for stop in day.stops}) == len(day.stops)
        assert all(stop.due_by is None or day.day <= stop.due_by or stop.locked for stop in day.stops)
    assert view.health.due == view.health.planned + view.health.unplaced
    assert {stop.visit_id: stop.status for stop in application.days.open(PRACTICE_TERRITORY.today).stops} == before


def test_every_shop_of_the_month_can_be_explained(application: Application) -> None:
    plans = application.plans
    plans.keep(plans.make(DECEMBER, lambda _: None, lambda: False))
    planned = {stop.customer_id: day.day for day in plans.month(DECEMBER).days for stop in day.stops}
    for shop in plans.territory():
        told = plans.explain(shop.customer_id, DECEMBER)
        assert told[0].code == "cadence"
        if shop.customer_id in planned:
            assert planned[shop.customer_id] in {why.day for why in told}
        else:
            assert {"unplaced", "nothing_owed"} & {why.code for why in told}
