"""No byte outside the grants leaves head office, whatever a laptop asks; columns follow the laptop's schema."""

import pytest

from app.headoffice import parked, people, registry
from app.headoffice.problems import Forked, Malformed, Revoked, TokenProblem, UpgradeRequired
from app.headoffice.pull import pull
from app.headoffice.push import push
from app.sync.core.registry import SCHEMA
from app.sync.protocol import PullRequest
from tests.headoffice.world import World, key, visit_values

MARK = "OnlyForM2"


@pytest.fixture
def marked(world: World) -> World:
    """Return a head office in which everything of M2 bears a mark."""
    customer = world.customers["C21"]
    world.put("customer", customer, {"shop_name": MARK, "opening_hours": MARK, "mnemonic": MARK})
    second = world.laptop("M2")
    second.pull()
    visit = second.insert("visit", visit_values(customer, need_note=MARK))
    second.do("patch", "customer", customer, {"shop_name": f"{MARK}2"})
    second.push()
    world.put("customer", customer, {"opening_hours": f"{MARK}3"})
    second.do("patch", "customer", customer, {"opening_hours": f"{MARK}4"}, base=1)
    second.push()
    task = {"manager": "M2", "title": MARK, "assigned_by": "chief", "assigned_at": world.now.isoformat()}
    world.put("task", key(), task)
    world.customers["visit"] = visit
    return world


def test_nothing_of_another_manager_is_ever_told(marked: World) -> None:
    laptop = marked.laptop("M1")
    laptop.pull()
    foreign = marked.rows("terr:T2", "mgr:M2")
    for table, one in foreign:
        for kind in ("insert", "patch", "delete", "undelete", "command"):
            values = {"command": "resolve_conflict", "choice": "yours"} if kind == "command" else {}
            laptop.do(kind, table, one, values, base=99)  # pyright: ignore[reportArgumentType]
    laptop.do("patch", "customer", marked.customers["C21"], {"opening_hours": f"{MARK[:4]}"}, base=1)
    laptop.insert("visit", visit_values(marked.customers["C21"]))
    laptop.insert("stock_count", {"visit_id": marked.customers["visit"], "product_id": marked.products[0]})
    answer = laptop.push()
    laptop.page({"terr:T2": (1, 0, 0), "mgr:M2": (1, 0, 0)})
    laptop.pull()
    assert {one.status for one in answer.results} <= {"forbidden", "invalid"}
    assert all(one.row is None and one.version is None and one.scope is None for one in answer.results)
    assert MARK not in laptop.received
    assert "T2" not in laptop.received.replace('"drop":["mgr:M2","terr:T2"]', "")
    assert marked.rows("terr:T2", "mgr:M2") == foreign


def test_a_revoked_laptop_gets_and_gives_nothing(world: World) -> None:
    laptop = world.laptop()
    visit = laptop.insert("visit", visit_values(world.customers["C11"]))
    with world.database.write() as session:
        people.revoke(session, laptop.replica, world.now, wipe=True)
    for call in (laptop.push, laptop.pull):
        with pytest.raises(Revoked) as problem:
            call()
        assert problem.value.wipe
    kept = push(world.database, laptop.push_request(*laptop.waiting), world.now, keep_apart=True)
    assert [(one.status, one.reason) for one in kept.results] == [("parked", "replica_lost")]
    assert ("visit", visit) not in world.rows("terr:T1")
    with world.database.write() as session:
        assert parked.let_in(session, laptop.replica, 1).status == "applied"
    assert ("visit", visit) in world.rows("terr:T1")


def test_an_unknown_replica_gets_nothing(world: World) -> None:
    laptop = world.laptop()
    laptop.replica = key()
    for call in (laptop.push, laptop.pull):
        with pytest.raises(TokenProblem):
            call()


def test_an_id_of_another_manager_tells_nothing_of_its_operation(world: World) -> None:
    first, second = world.laptop("M1"), world.laptop("M2")
    first.insert("visit", visit_values(world.customers["C11"], need_note=MARK))
    first.push()
    second.waiting = list(first.waiting) or [
        second.do("insert", "visit", key(), visit_values(world.customers["C21"]))
    ]  # fmt: skip
    with world.database.read() as session:
        from sqlalchemy import select

        from app.headoffice.models import SyncOperation

        known = session.scalars(select(SyncOperation.id)).one()
    second.waiting = [second.waiting[0].model_copy(update={"id": known})]
    [result] = second.push().results
    assert (result.status, result.reason) == ("invalid", "id_taken")
    assert MARK not in second.received


def test_numbers_out_of_order_and_ids_that_are_none_apply_nothing(world: World) -> None:
    laptop = world.laptop()
    laptop.insert("visit", visit_values(world.customers["C11"]))
    laptop.insert("visit", visit_values(world.customers["C11"]))
    good = laptop.waiting
    for ops in ([good[0], good[0]], good[::-1], [good[0].model_copy(update={"id": "\0" * 36})]):
        laptop.waiting = list(ops)
        with pytest.raises((Malformed, Forked)):
            laptop.push()
    assert not [at for at in world.rows("terr:T1") if at[0] == "visit"]


def test_a_laptop_of_the_first_schema_gets_only_what_it_knows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "SINCE", {**registry.SINCE, "product.tar_mg": SCHEMA})
    task = {"manager": "M1", "title": "Sign", "assigned_by": "chief", "assigned_at": world.now.isoformat()}
    world.put("task", key(), task)
    laptop = world.laptop()
    old = pull(world.database, PullRequest(replica=laptop.replica, schema_version=1, cursors={}), world.now)
    new = pull(world.database, PullRequest(replica=laptop.replica, schema_version=SCHEMA, cursors={}), world.now)
    assert old.done
    assert "mgr:M1" not in old.scopes
    assert "tar_mg" not in old.scopes["ref:catalogue"].rows["product"].columns
    assert old.digests == {}
    assert "task" in new.scopes["mgr:M1"].rows
    assert "tar_mg" in new.scopes["ref:catalogue"].rows["product"].columns
    for columns in (page.columns for scope in new.scopes.values() for page in scope.rows.values()):
        assert not {"no", "id", "revision", "changed_at", "deleted_at"} & set(columns)


def test_a_schema_before_the_two_that_are_taken_must_be_upgraded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "OLDEST_SCHEMA", 2)
    laptop = world.laptop()
    with pytest.raises(UpgradeRequired):
        pull(world.database, PullRequest(replica=laptop.replica, schema_version=1, cursors={}), world.now)
    with pytest.raises(UpgradeRequired):
        push(world.database, laptop.push_request(schema=1), world.now)
