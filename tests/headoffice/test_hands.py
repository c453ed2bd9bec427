"""By another hand: each field knows at which version and by which replica it last changed (spec, 5)."""

from typing import Any

import pytest

from app.headoffice import people
from app.headoffice.models import SyncRow
from app.sync.core.registry import Policy
from tests.headoffice.world import Laptop, World, customer_values, declare_policy, key, visit_values


@pytest.fixture
def laptop(world: World) -> Laptop:
    """Return M1's laptop, up to date."""
    laptop = world.laptop()
    laptop.pull()
    return laptop


def _records(laptop: Laptop) -> list[dict[str, Any]]:
    laptop.pull()
    return [row.values for (name, _), row in laptop.rows.items() if name == "sync_conflict"]


def test_the_work_of_one_evening_does_not_clash_with_itself(world: World, laptop: Laptop) -> None:
    customer = world.customers["C11"]
    visit = laptop.insert("visit", visit_values(customer))
    for note in ("first", "second", "third"):
        laptop.do("patch", "visit", visit, {"wrap_note": note}, base=0)
        laptop.do("patch", "customer", customer, {"opening_hours": note}, base=1)
    laptop.do("delete", "visit", visit, {}, base=0)
    assert {one.status for one in laptop.push().results} == {"applied"}
    assert _records(laptop) == []


def test_two_laptops_of_one_manager_clash_over_his_visit_and_both_values_are_kept(world: World, laptop: Laptop) -> None:
    second = world.laptop()
    visit = laptop.insert("visit", visit_values(world.customers["C11"], wrap_note="as made"))
    laptop.push()
    laptop.pull()
    second.pull()
    laptop.do("patch", "visit", visit, {"wrap_note": "from the first"})
    laptop.push()
    second.do("patch", "visit", visit, {"wrap_note": "from the second"})
    assert [one.status for one in second.push().results] == ["merged"]
    [record] = _records(second)
    assert (record["theirs"], record["yours"], record["kept"]) == ("from the first", "from the second", "yours")
    assert record["theirs_by"] == "M1"


def test_what_another_laptop_wrote_is_kept_when_a_visit_is_voided_unseen(world: World, laptop: Laptop) -> None:
    second = world.laptop()
    visit = laptop.insert("visit", visit_values(world.customers["C11"]))
    laptop.push()
    laptop.pull()
    second.pull()
    laptop.do("patch", "visit", visit, {"wrap_note": "not seen"})
    laptop.push()
    second.do("delete", "visit", visit, {})
    assert [one.status for one in second.push().results] == ["merged"]
    [record] = _records(second)
    assert (record["field"], record["theirs"], record["rule"]) == ("wrap_note", "not seen", "void")


def test_a_row_made_on_another_laptop_and_never_seen_is_another_hands_in_every_field(
    world: World, laptop: Laptop
) -> None:
    second = world.laptop()
    visit = laptop.insert("visit", visit_values(world.customers["C11"], wrap_note="as made"))
    laptop.push()
    second.do("patch", "visit", visit, {"wrap_note": "blind"}, base=0)
    assert [one.status for one in second.push().results] == ["merged"]
    assert [one["theirs"] for one in _records(second)] == ["as made"]


def test_a_task_that_the_office_changed_meanwhile_keeps_the_offices_words_as_a_record(
    world: World, laptop: Laptop
) -> None:
    task = key()
    values = {"manager": "M1", "title": "Sign", "assigned_by": "chief", "assigned_at": world.now.isoformat()}
    world.put("task", task, values)
    laptop.pull()
    world.put("task", task, {"report_note": "by telephone"})
    laptop.do("patch", "task", task, {"state": "accepted", "report_note": "seen"})
    assert [one.status for one in laptop.push().results] == ["merged"]
    assert [(one["theirs"], one["yours"]) for one in _records(laptop)] == [("by telephone", "seen")]


def test_a_list_that_was_joined_was_written_by_nobody(
    world: World, laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare_policy(monkeypatch, "traffic_tag", Policy.UNION)
    customer = world.customers["C11"]
    world.put("customer", customer, {"traffic_tag": ["bus"]})
    laptop.do("patch", "customer", customer, {"traffic_tag": ["rail"]}, base=1)
    # Made before the answer to the first came: the laptop has not seen the bus yet, so it cannot take it away.
    laptop.do("patch", "customer", customer, {"traffic_tag": ["rail", "tram"]}, base=1)
    assert [one.status for one in laptop.push().results] == ["merged", "merged"]
    assert world.value("customer", customer, "traffic_tag") == ["bus", "rail", "tram"]
    with world.database.read() as session:
        held = session.get_one(SyncRow, ("customer", customer)).fields
    assert held["traffic_tag"][2] == ""


def test_a_parked_change_that_comes_late_does_not_undo_newer_work(world: World, laptop: Laptop) -> None:
    theirs = world.customers["C21"]
    laptop.do("patch", "customer", theirs, {"opening_hours": "early"}, base=1)
    assert [one.status for one in laptop.push().results] == ["parked"]
    with world.database.write() as session:
        people.grant(session, "M1", "terr:T2", world.tick())
    # The office's own hand comes first, then the grant is noticed by the next push.
    world.put("customer", theirs, {"opening_hours": "newer"})
    laptop.push()
    assert world.value("customer", theirs, "opening_hours") == "newer"
    [record] = _records(laptop)
    assert (record["theirs"], record["yours"], record["kept"]) == ("newer", "early", "theirs")


def test_what_was_parked_together_is_taken_in_as_its_maker_saw_it(world: World, laptop: Laptop) -> None:
    customer = key()
    visit = laptop.insert("visit", visit_values(customer, wrap_note="first"))
    laptop.do("patch", "visit", visit, {"wrap_note": "corrected"}, base=0)
    assert [one.status for one in laptop.push().results] == ["parked", "parked"]
    world.put("customer", customer, customer_values("C19"), scope="terr:T1")
    laptop.pull()
    assert laptop.rows["visit", visit].values["wrap_note"] == "corrected"
    assert _records(laptop) == []
