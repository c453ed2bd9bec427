"""A visit may be corrected for some days; what comes later waits for the office, whole, and is decided there."""

from datetime import timedelta
from typing import Any

import pytest

from app.headoffice import corrections, parked
from app.headoffice.push import push
from app.sync.protocol import Result
from tests.headoffice.world import Laptop, World, key, visit_values


@pytest.fixture
def laptop(world: World) -> Laptop:
    """Return M1's laptop, up to date."""
    laptop = world.laptop()
    laptop.pull()
    return laptop


def _visit(laptop: Laptop) -> tuple[str, dict[str, str]]:
    """Return a visit of today and what hangs off it, all at head office."""
    shop, product = laptop.world.customers["C11"], laptop.world.products[0]
    visit = laptop.insert("visit", visit_values(shop))
    rows = {
        "stock_count": laptop.insert("stock_count", {"visit_id": visit, "product_id": product, "on_hand": 4}),
        "diagnosis_rating": laptop.insert("diagnosis_rating", {"visit_id": visit, "item": "D04", "state": "C"}),
        "promise": laptop.insert("promise", {"customer_id": shop, "visit_id": visit, "text": "x", "by_shop": True}),
    }
    assert {one.status for one in laptop.push().results} == {"applied"}
    laptop.pull()
    return visit, rows


def _later(laptop: Laptop, days: float) -> None:
    laptop.world.tick(timedelta(days=days).total_seconds())


def _sent(laptop: Laptop, kind: Any, table: str, row: str, values: dict[str, Any]) -> Result:
    laptop.do(kind, table, row, values)
    return laptop.push().results[-1]


def test_a_correction_in_time_is_applied_and_a_later_one_waits_for_the_office(world: World, laptop: Laptop) -> None:
    visit, _ = _visit(laptop)
    _later(laptop, corrections.DAYS)
    assert _sent(laptop, "patch", "visit", visit, {"wrap_note": "in time"}).status == "applied"
    _later(laptop, 1)
    told = _sent(laptop, "patch", "visit", visit, {"wrap_note": "too late"})
    assert (told.status, told.reason) == ("parked", "too_late_to_correct")
    assert world.value("visit", visit, "wrap_note") == "in time"
    # It waits for a person: no later round lets it in by itself.
    assert _sent(laptop, "insert", "visit", key(), visit_values(world.customers["C11"], serial=2)).status == "applied"
    assert world.value("visit", visit, "wrap_note") == "in time"
    verdict = world.database.transaction(lambda session: parked.let_in(session, laptop.replica, told.no))
    assert verdict.status == "applied"
    assert world.value("visit", visit, "wrap_note") == "too late"


def test_what_hangs_off_a_visit_is_counted_from_when_it_was_written(world: World, laptop: Laptop) -> None:
    visit, rows = _visit(laptop)
    _later(laptop, corrections.DAYS + 1)
    assert _sent(laptop, "patch", "stock_count", rows["stock_count"], {"on_hand": 5}).status == "parked"
    assert _sent(laptop, "delete", "diagnosis_rating", rows["diagnosis_rating"], {}).status == "parked"
    assert _sent(laptop, "delete", "visit", visit, {}).status == "parked"
    assert world.value("stock_count", rows["stock_count"], "on_hand") == 4


def test_what_goes_on_after_a_visit_is_no_correction(world: World, laptop: Laptop) -> None:
    _, rows = _visit(laptop)
    _later(laptop, 200)
    assert _sent(laptop, "patch", "promise", rows["promise"], {"done_on": "2026-09-01"}).status == "applied"
    assert _sent(laptop, "patch", "customer", world.customers["C11"], {"opening_hours": "7-9"}).status == "applied"


def test_whoever_corrects_in_time_may_send_it_weeks_later(world: World, laptop: Laptop) -> None:
    visit, _ = _visit(laptop)
    _later(laptop, 3)
    laptop.do("patch", "visit", visit, {"wrap_note": "made in time"})
    _later(laptop, 100)
    assert laptop.push().results[-1].status == "applied"
    assert world.value("visit", visit, "wrap_note") == "made in time"


def test_a_visit_that_was_planned_long_before_is_counted_from_its_day(world: World, laptop: Laptop) -> None:
    visit = laptop.insert("visit", visit_values(world.customers["C11"], day="2026-05-01", status="planned"))
    laptop.push()
    laptop.pull()
    _later(laptop, 80)
    assert _sent(laptop, "patch", "visit", visit, {"status": "done"}).status == "applied"


def test_another_number_of_days_counts_at_once(world: World, laptop: Laptop) -> None:
    visit, _ = _visit(laptop)
    _later(laptop, 8)
    world.database.transaction(lambda session: corrections.allow(session, 7, world.now, "cli"))
    assert _sent(laptop, "patch", "visit", visit, {"wrap_note": "a"}).status == "parked"
    world.database.transaction(lambda session: corrections.allow(session, 90, world.now, "cli"))
    assert _sent(laptop, "patch", "visit", visit, {"wrap_note": "b"}).status == "applied"


def test_a_late_correction_that_comes_twice_waits_once(world: World, laptop: Laptop) -> None:
    visit, _ = _visit(laptop)
    _later(laptop, corrections.DAYS + 5)
    op = laptop.do("patch", "visit", visit, {"wrap_note": "x"})
    for _ in range(2):
        assert push(world.database, laptop.push_request(op), world.now).results[-1].status == "parked"
    world.database.transaction(lambda session: parked.drop(session, laptop.replica, op.no, "no"))
    told = push(world.database, laptop.push_request(op), world.now).results[-1]
    assert (told.status, told.reason) == ("invalid", "dropped_by_office: no")
    assert world.value("visit", visit, "wrap_note") is None
