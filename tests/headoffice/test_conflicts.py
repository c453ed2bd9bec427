"""What head office decides where both sides changed something, by the policy of the field; nothing is thrown away."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.headoffice import conflicts, parked, people, registry
from app.headoffice.models import SyncOperation, SyncParked
from app.headoffice.overview import overview
from app.headoffice.problems import Malformed, NotFound
from app.headoffice.push import push
from app.headoffice.writer import SyncWriter
from app.sync.core.registry import Policy
from tests.headoffice.world import Laptop, World, declare_policy, key, visit_values


@pytest.fixture
def laptop(world: World) -> Laptop:
    """Return M1's laptop, up to date."""
    laptop = world.laptop()
    laptop.pull()
    return laptop


def _patch(laptop: Laptop, **values: Any) -> str:
    laptop.do("patch", "customer", laptop.world.customers["C11"], values)
    return laptop.push().results[-1].status


def _records(laptop: Laptop, table: str = "sync_conflict") -> list[dict[str, Any]]:
    laptop.pull()
    return [row.values for (name, _), row in laptop.rows.items() if name == table]


def test_what_the_field_saw_wins_and_the_offices_value_is_kept(world: World, laptop: Laptop) -> None:
    world.put("customer", world.customers["C11"], {"opening_hours": "9-18"})
    assert _patch(laptop, opening_hours="7-21") == "merged"
    [record] = _records(laptop)
    assert (record["theirs"], record["yours"], record["kept"], record["state"]) == ("9-18", "7-21", "yours", "merged")
    assert record["theirs_by"] == "office"
    assert laptop.rows["customer", world.customers["C11"]].values["opening_hours"] == "7-21"


def test_an_edit_of_another_field_is_merged_without_a_record(world: World, laptop: Laptop) -> None:
    world.put("customer", world.customers["C11"], {"tier": 9})
    assert _patch(laptop, opening_hours="7-21") == "merged"
    assert _records(laptop) == []
    assert laptop.rows["customer", world.customers["C11"]].values["tier"] == 9


def test_two_edits_of_one_laptop_after_one_another_are_no_clash(laptop: Laptop) -> None:
    assert _patch(laptop, opening_hours="7-21") == "applied"
    laptop.rows["customer", laptop.world.customers["C11"]].local = laptop.rows[
        "customer", laptop.world.customers["C12"]
    ].local
    assert _patch(laptop, opening_hours="6-22") == "applied"
    assert _records(laptop) == []


def test_a_field_of_head_office_is_forbidden_and_stays(world: World, laptop: Laptop) -> None:
    assert _patch(laptop, tier=30) == "forbidden"
    assert world.value("customer", world.customers["C11"], "tier") is None


def test_a_reviewed_field_becomes_a_proposal_that_head_office_accepts(world: World, laptop: Laptop) -> None:
    assert _patch(laptop, shop_name="Moon") == "review"
    [proposal] = _records(laptop, "change_proposal")
    assert (proposal["old"], proposal["new"], proposal["state"]) == ("Sun", "Moon", "open")
    [(_, one)] = [at for at in laptop.rows if at[0] == "change_proposal"]
    now = world.tick()
    with world.database.write() as session:
        conflicts.decide_proposal(SyncWriter(session, now, "chief"), one, accept=True, by="chief")
    assert _records(laptop, "change_proposal")[0]["state"] == "accepted"
    assert laptop.rows["customer", world.customers["C11"]].values["shop_name"] == "Moon"


def test_lists_of_both_sides_are_joined(world: World, laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    declare_policy(monkeypatch, "traffic_tag", Policy.UNION)
    world.put("customer", world.customers["C11"], {"traffic_tag": ["bus"]})
    assert _patch(laptop, traffic_tag=["rail", "bus"]) == "merged"
    assert world.value("customer", world.customers["C11"], "traffic_tag") == ["bus", "rail"]
    assert _records(laptop)[0]["kept"] == "both"


@pytest.mark.parametrize("clock_ahead", [timedelta(0), timedelta(days=400), -timedelta(days=400)])
@pytest.mark.parametrize(("minutes", "stands"), [(-60, "9-18"), (60, "7-21")])
def test_the_later_change_wins_by_corrected_time_however_wrong_the_laptops_clock_is(
    world: World, laptop: Laptop, monkeypatch: pytest.MonkeyPatch, clock_ahead: timedelta, minutes: int, stands: str
) -> None:
    declare_policy(monkeypatch, "opening_hours", Policy.LATEST)
    world.put("customer", world.customers["C11"], {"opening_hours": "9-18"})
    # As the real laptop does: the moment is corrected by the offset it measured, the clock is told as it stands.
    made = world.now + timedelta(minutes=minutes)
    world.tick(7200)
    op = laptop.do("patch", "customer", world.customers["C11"], {"opening_hours": "7-21"})
    request = laptop.push_request(op.model_copy(update={"made_at": made.isoformat()}))
    wrong = request.clock.model_copy(update={"wall": (world.now + clock_ahead).isoformat()})
    answer = push(world.database, request.model_copy(update={"clock": wrong}), world.now)
    assert answer.results[0].status == ("merged" if stands == "7-21" else "conflict")
    assert world.value("customer", world.customers["C11"], "opening_hours") == stands
    assert _recorded(world, op.id) == made


def test_nothing_was_made_later_than_it_was_received(world: World, laptop: Laptop) -> None:
    op = laptop.do("patch", "customer", world.customers["C11"], {"opening_hours": "7-21"})
    laptop.waiting = [op.model_copy(update={"made_at": (world.now + timedelta(days=3)).isoformat()})]
    laptop.push()
    assert _recorded(world, op.id) == world.now


def _recorded(world: World, operation: str) -> datetime:
    with world.database.read() as session:
        return datetime.fromisoformat(
            session.scalars(select(SyncOperation.made_at).where(SyncOperation.id == operation)).one()
        )


def test_an_edit_of_a_deleted_customer_is_gone_and_kept(world: World, laptop: Laptop) -> None:
    world.put("customer", world.customers["C11"], {}, deleted=True)
    assert _patch(laptop, opening_hours="7-21") == "gone"
    assert _records(laptop)[0]["yours"] == "7-21"
    visit = laptop.insert("visit", visit_values(world.customers["C11"]))
    assert laptop.push().results[0].status == "applied"
    laptop.pull()
    assert ("visit", visit) in laptop.rows


def test_a_new_visit_of_a_deleted_customer_is_taken_in_and_shown_to_the_office(world: World, laptop: Laptop) -> None:
    """Sync design 3.6: children accepted, the customer stays deleted, a review item; rows of the visit are no items."""
    world.put("customer", world.customers["C11"], {}, deleted=True)
    visit = laptop.insert("visit", visit_values(world.customers["C11"]))
    laptop.insert("stock_count", {"visit_id": visit, "product_id": world.products[0]})
    laptop.insert("visit", visit_values(world.customers["C12"]))
    assert [one.status for one in laptop.push().results] == ["applied"] * 3
    assert _reviews(world) == [(1, "review", "customer_deleted")]
    laptop.do("patch", "visit", visit, {"wrap_note": "x"}, base=1)
    laptop.push()
    assert _reviews(world) == [(1, "review", "customer_deleted")], "told once"
    with world.database.read() as session:
        [state] = [one for one in overview(session, world.now).laptops if one.replica == laptop.replica]
    assert (state.operations, state.refused, state.parked) == (4, 0, 0)
    with world.database.write() as session:
        with pytest.raises(NotFound):
            parked.let_in(session, laptop.replica, 1)
        with pytest.raises(NotFound):
            parked.drop(session, laptop.replica, 1, "x")
        parked.reviewed(session, laptop.replica, 1)
    assert _reviews(world) == []
    assert ("visit", visit) in world.rows("terr:T1")


def test_a_parked_visit_whose_customer_comes_deleted_is_shown_to_the_office_too(world: World, laptop: Laptop) -> None:
    customer = world.customers["C21"]
    world.put("customer", customer, {}, deleted=True)
    laptop.insert("visit", visit_values(customer))
    assert laptop.push().results[0].status == "parked"
    world.move("C21", "T1")
    assert _reviews(world) == [(1, "review", "customer_deleted")]


def _reviews(world: World) -> list[tuple[int, str, str]]:
    with world.database.read() as session:
        return [(one.no, one.waits_tbl, one.waits_pk) for one in session.scalars(select(SyncParked))]


def test_an_edit_of_a_customer_who_left_is_told_to_both_managers(world: World, laptop: Laptop) -> None:
    second = world.laptop("M2")
    world.put("customer", world.customers["C11"], {"opening_hours": "secret"})
    world.move("C11", "T2")
    laptop.received = ""
    assert _patch(laptop, opening_hours="7-21") == "moved"
    [mine] = _records(laptop)
    [theirs] = _records(second)
    assert (mine["yours"], mine["theirs"]) == ("7-21", None)
    assert (theirs["yours"], theirs["theirs"], theirs["yours_by"]) == ("7-21", "secret", "M1")
    assert "secret" not in laptop.received
    assert (mine["state"], theirs["state"]) == ("settled", "open"), "whoever has the customer now decides, and only he"
    with world.database.read() as session:
        assert overview(session, world.now).open_conflicts == 1


def test_an_edit_of_a_customer_whom_nobody_has_now_waits_for_the_office(world: World, laptop: Laptop) -> None:
    with world.database.write() as session:
        people.withdraw(session, "M2", "terr:T2", world.now)
    world.move("C11", "T2")
    assert _patch(laptop, opening_hours="7-21") == "moved"
    record = _record_of(laptop, "opening_hours")
    assert world.value("sync_conflict", record, "state") == "open"
    with world.database.write() as session:
        conflicts.resolve(SyncWriter(session, world.now, "chief"), record, "yours", "chief")
    assert world.value("customer", world.customers["C11"], "opening_hours") == "7-21"


def test_a_clash_of_which_two_managers_keep_a_record_is_one_in_the_state(world: World, laptop: Laptop) -> None:
    with world.database.write() as session:
        people.add_manager(session, "M3", "Zhao", "T2", world.now)
    world.move("C11", "T2")
    assert _patch(laptop, opening_hours="7-21") == "moved"
    with world.database.read() as session:
        assert overview(session, world.now).open_conflicts == 1


def test_a_conflict_can_be_turned_round_for_ninety_days(world: World, laptop: Laptop) -> None:
    world.put("customer", world.customers["C11"], {"opening_hours": "9-18"})
    _patch(laptop, opening_hours="7-21")
    laptop.pull()
    [(_, record)] = [at for at in laptop.rows if at[0] == "sync_conflict"]
    for choice, stands in (("theirs", "9-18"), ("yours", "7-21"), ("theirs", "9-18")):
        laptop.do("command", "sync_conflict", record, {"command": "resolve_conflict", "choice": choice})
        assert laptop.push().results[0].status == "applied"
        assert world.value("customer", world.customers["C11"], "opening_hours") == stands
        assert world.value("sync_conflict", record, "kept") == choice
    world.now += timedelta(days=91)
    with world.database.write() as session, pytest.raises(Malformed):
        conflicts.resolve(SyncWriter(session, world.now, "chief"), record, "yours", "chief")


def _decide(laptop: Laptop, record: str, choice: str) -> tuple[str, str]:
    laptop.pull()
    laptop.do("command", "sync_conflict", record, {"command": "resolve_conflict", "choice": choice})
    [result] = laptop.push().results
    return result.status, result.reason


def _record_of(laptop: Laptop, field: str) -> str:
    laptop.pull()
    [key] = [
        one for (name, one), row in laptop.rows.items() if name == "sync_conflict" and row.values["field"] == field
    ]
    return key


def _gone_and_back(world: World, laptop: Laptop, **values: Any) -> None:
    """Let a change of a closed shop come, which leaves records of any field, and open the shop again."""
    world.put("customer", world.customers["C11"], {}, deleted=True)
    assert _patch(laptop, **values) == "gone"
    world.put("customer", world.customers["C11"], {}, deleted=False)


def test_a_record_of_an_office_field_is_closed_from_the_laptop_by_what_stands(world: World, laptop: Laptop) -> None:
    _gone_and_back(world, laptop, tier=30)
    world.put("customer", world.customers["C11"], {"tier": 12})
    record = _record_of(laptop, "tier")
    assert _decide(laptop, record, "yours") == ("invalid", "office_field")
    assert world.value("sync_conflict", record, "state") == "open"
    assert _decide(laptop, record, "theirs") == ("applied", "")
    assert world.value("sync_conflict", record, "state") == "settled"
    assert world.value("customer", world.customers["C11"], "tier") == 12


def test_a_value_for_a_field_that_head_office_decides_becomes_a_proposal(
    world: World, laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare_policy(monkeypatch, "opening_hours", Policy.REVIEW)
    _gone_and_back(world, laptop, opening_hours="7-21")
    record = _record_of(laptop, "opening_hours")
    assert _decide(laptop, record, "yours") == ("applied", "")
    assert world.value("customer", world.customers["C11"], "opening_hours") == "8-20"
    [proposal] = _records(laptop, "change_proposal")
    assert (proposal["new"], proposal["state"]) == ("7-21", "open")


def test_a_record_of_a_customer_who_left_can_be_closed_but_not_written(world: World, laptop: Laptop) -> None:
    world.move("C11", "T2")
    assert _patch(laptop, opening_hours="7-21") == "moved"
    record = _record_of(laptop, "opening_hours")
    assert _decide(laptop, record, "yours") == ("moved", "moved")
    assert _decide(laptop, record, "theirs") == ("applied", "")
    assert world.value("customer", world.customers["C11"], "opening_hours") == "8-20"


def test_the_new_manager_takes_over_what_the_old_one_knew_of_a_customer(world: World, laptop: Laptop) -> None:
    second = world.laptop("M2")
    world.move("C11", "T2")
    _patch(laptop, opening_hours="7-21")
    record = _record_of(second, "opening_hours")
    assert _decide(second, record, "yours") == ("applied", "")
    assert world.value("customer", world.customers["C11"], "opening_hours") == "7-21"


def test_a_decision_does_not_throw_away_what_came_after_its_record(world: World, laptop: Laptop) -> None:
    world.put("customer", world.customers["C11"], {"opening_hours": "9-18"})
    _patch(laptop, opening_hours="7-21")
    record = _record_of(laptop, "opening_hours")
    world.put("customer", world.customers["C11"], {"opening_hours": "10-16"})
    assert _decide(laptop, record, "theirs") == ("applied", "")
    assert world.value("customer", world.customers["C11"], "opening_hours") == "9-18"
    kept = [one for one in _records(laptop) if one["theirs"] == "10-16"]
    assert [(one["yours"], one["kept"], one["theirs_by"]) for one in kept] == [("9-18", "yours", "office")]


def test_an_open_record_can_be_closed_after_ninety_days_by_what_stands(world: World, laptop: Laptop) -> None:
    world.put("customer", world.customers["C11"], {"opening_hours": "9-18"})
    _patch(laptop, opening_hours="7-21")
    record = _record_of(laptop, "opening_hours")
    world.now += timedelta(days=91)
    assert _decide(laptop, record, "theirs") == ("invalid", "too_late")
    assert _decide(laptop, record, "yours") == ("applied", "")


def test_a_conflict_of_somebody_else_cannot_be_decided(world: World, laptop: Laptop) -> None:
    world.put("customer", world.customers["C11"], {"opening_hours": "9-18"})
    _patch(laptop, opening_hours="7-21")
    laptop.pull()
    [(_, record)] = [at for at in laptop.rows if at[0] == "sync_conflict"]
    other = world.laptop("M2")
    other.do("command", "sync_conflict", record, {"command": "resolve_conflict", "choice": "theirs"})
    assert other.push().results[0].status == "forbidden"
    assert world.value("customer", world.customers["C11"], "opening_hours") == "7-21"


def test_a_task_is_reported_and_done_stands_against_cancelled(world: World, laptop: Laptop) -> None:
    task = key()
    values = {"manager": "M1", "title": "Sign", "assigned_by": "chief", "assigned_at": world.now.isoformat()}
    world.put("task", task, values)
    laptop.pull()
    laptop.do("patch", "task", task, {"state": "accepted"})
    laptop.do("patch", "task", task, {"title": "Mine"})
    assert [one.status for one in laptop.push().results] == ["applied", "forbidden"]
    world.put("task", task, {"state": "cancelled"})
    laptop.do("patch", "task", task, {"state": "done", "report_note": "it hangs"})
    assert laptop.push().results[0].status == "merged"
    laptop.pull()
    assert laptop.rows["task", task].values["state"] == "done"


def test_only_the_author_corrects_and_voids_a_visit(world: World, laptop: Laptop) -> None:
    from app.headoffice import people

    visit = laptop.insert("visit", visit_values(world.customers["C11"]))
    laptop.push()
    with world.database.write() as session:
        people.grant(session, "M2", "terr:T1", world.now)
    other = world.laptop("M2")
    other.pull()
    other.do("patch", "visit", visit, {"wrap_note": "not mine"})
    other.insert("stock_count", {"visit_id": visit, "product_id": world.products[0]})
    assert [one.status for one in other.push().results] == ["forbidden", "forbidden"]
    laptop.do("patch", "visit", visit, {"wrap_note": "mine"})
    laptop.do("delete", "visit", visit, {"deleted_at": world.now.isoformat()})
    laptop.do("undelete", "visit", visit, {"deleted_at": None})
    laptop.do("delete", "visit", visit, {"deleted_at": world.now.isoformat()})
    assert {one.status for one in laptop.push().results} == {"applied"}
    other.pull()
    assert ("visit", visit) not in other.rows


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("visit", {"day": "2026-02-30", "status": "done"}),
        ("visit", {"status": "done"}),
        ("visit", {"day": "2026-03-02", "status": "a\0b"}),
        ("visit", {"day": "2026-03-02", "status": "\ud800"}),
        ("visit", {"day": "2026-03-02", "status": "done", "nothing": 1}),
        ("visit", {"day": "2026-03-02", "status": "done", "serial": 1 << 70}),
        ("visit", {"day": "2026-03-02", "status": "done", "serial": True}),
        ("visit", {"day": "2026-03-02", "status": {"a": 1}}),
        ("nowhere", {}),
        ("sync_row", {}),
    ],
)
def test_what_does_not_fit_is_invalid_and_does_not_hold_up_the_rest(
    world: World, laptop: Laptop, table: str, values: dict[str, Any]
) -> None:
    customer = world.customers["C11"]
    laptop.insert(table, {"customer_id": customer, **values})
    laptop.insert("visit", visit_values(customer))
    assert [one.status for one in laptop.push().results] == ["invalid", "applied"]


def test_a_row_the_database_refuses_is_invalid_and_does_not_hold_up_the_rest(
    world: World, laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dataclasses

    # A check that was forgotten: the column is wanted, but nobody says so before the database does.
    held = dict(registry.shapes())
    held["visit"] = dataclasses.replace(held["visit"], required=frozenset())
    for module in ("operations", "writer"):
        monkeypatch.setattr(f"app.headoffice.{module}.shapes", lambda: held)
    first = laptop.insert("visit", visit_values(world.customers["C11"]))
    laptop.insert("visit", {"customer_id": world.customers["C11"], "day": "2026-03-02"})
    last = laptop.insert("visit", visit_values(world.customers["C12"]))
    assert [one.status for one in laptop.push().results] == ["applied", "invalid", "applied"]
    laptop.pull()
    assert {("visit", first), ("visit", last)} <= set(laptop.rows)


def test_delivered_rows_are_read_only(world: World, laptop: Laptop) -> None:
    laptop.do("patch", "product", world.products[0], {"name": "Mine"})
    laptop.insert("purchase_order", {})
    laptop.do("patch", "sync_conflict", key(), {"state": "settled"})
    assert {one.status for one in laptop.push().results} == {"forbidden"}
