"""No byte outside the grants leaves head office, whatever a laptop asks; columns follow the laptop's schema."""

import pytest
from sqlalchemy import select

from app.headoffice import parked, people, registry
from app.headoffice.models import SyncOperation
from app.headoffice.problems import Forked, Malformed, Revoked, TokenProblem, UpgradeRequired
from app.headoffice.pull import pull
from app.headoffice.push import push
from app.sync.core.registry import SCHEMA
from app.sync.protocol import OperationMessage, PullRequest
from tests.headoffice.world import Laptop, World, key, visit_values

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
    assert {one.status for one in answer.results} <= {"forbidden", "invalid", "parked"}
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
        known = session.scalars(select(SyncOperation.id)).one()
    second.waiting = [second.waiting[0].model_copy(update={"id": known})]
    [result] = second.push().results
    assert (result.status, result.reason) == ("parked", "unknown_parent")
    assert MARK not in second.received
    with world.database.write() as session:
        assert parked.let_in(session, second.replica, 1).status == "applied", "a person of the office can let it in"


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
    monkeypatch.setattr(registry, "OLDEST_SCHEMA", 1)
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
    monkeypatch.setattr(registry, "OLDEST_SCHEMA", 4)
    laptop = world.laptop()
    with pytest.raises(UpgradeRequired):
        pull(world.database, PullRequest(replica=laptop.replica, schema_version=3, cursors={}), world.now)
    laptop.insert("visit", visit_values(world.customers["C11"]))
    sent = push(world.database, laptop.push_request(*laptop.waiting, schema=2), world.now)
    assert [one.status for one in sent.results] == ["applied"], "work goes up for two versions more"
    with pytest.raises(UpgradeRequired):
        push(world.database, laptop.push_request(schema=1), world.now)


def test_a_change_of_a_colleagues_row_and_of_none_at_all_look_alike(marked: World) -> None:
    laptop, second = marked.laptop("M1"), marked.laptop("M2")
    count = second.insert("stock_count", {"visit_id": marked.customers["visit"], "product_id": marked.products[0]})
    second.push()
    task = next(one for name, one in marked.rows("mgr:M2") if name == "task")
    changes = {
        "customer": (marked.customers["C21"], {"opening_hours": "0-24"}, {"customer_id": key()}),
        "visit": (marked.customers["visit"], {"wrap_note": "x"}, {"customer_id": key()}),
        "stock_count": (count, {"on_hand": 7}, {"visit_id": key()}),
        "task": (task, {"state": "done"}, {"customer_id": key()}),
    }
    asked = [
        (table, row, kind, values)
        for table, (row, fitting, elsewhere) in changes.items()
        for kind, values in (("patch", fitting), ("patch", elsewhere), ("delete", {}), ("undelete", {}))
    ]
    for table, row, kind, values in asked:
        for one in (row, key()):
            laptop.do(kind, table, one, values, base=1)  # pyright: ignore[reportArgumentType]
    laptop.push()
    for _ in range(2):  # the next push looks at what is parked again
        laptop.insert("visit", visit_values(marked.customers["C11"]))
        laptop.push()
    results = push(marked.database, laptop.push_request(*_sent(marked, laptop)), marked.now).results
    told = [one.model_dump(exclude={"no", "id"}) for one in results]
    for at, what in enumerate(asked):
        assert told[2 * at] == told[2 * at + 1], what


@pytest.mark.parametrize("parent", ["customer", "visit"])
def test_a_new_row_at_a_colleagues_and_at_an_unknown_one_look_alike(marked: World, parent: str) -> None:
    laptop = marked.laptop("M1")
    theirs = marked.customers["C21"] if parent == "customer" else marked.customers["visit"]
    for above in (theirs, key()):
        if parent == "customer":
            laptop.insert("visit", visit_values(above))
        else:
            laptop.insert("stock_count", {"visit_id": above, "product_id": marked.products[0]})
    told = [one.model_dump(exclude={"no", "id"}) for one in laptop.push().results]
    assert told[0] == told[1]
    assert (told[0]["status"], told[0]["reason"]) == ("parked", "unknown_parent")


def test_an_insert_under_a_colleagues_key_changes_nothing_of_his(marked: World) -> None:
    laptop = marked.laptop("M1")
    before = marked.rows("terr:T2")
    laptop.do("insert", "visit", marked.customers["visit"], visit_values(marked.customers["C11"]), base=0)
    [result] = laptop.push().results
    assert (result.status, result.reason, result.row, result.scope) == ("parked", "unknown_parent", None, None)
    assert marked.rows("terr:T2") == before


def test_an_insert_under_a_strangers_key_looks_like_one_whose_parent_is_not_known(marked: World) -> None:
    laptop = marked.laptop("M1")
    taken, mine = marked.customers["visit"], visit_values(marked.customers["C11"])
    asked = (
        (taken, mine),
        (key(), visit_values(key())),
        (taken, {"customer_id": marked.customers["C11"]}),
        (key(), {"customer_id": marked.customers["C11"]}),
        (taken, visit_values(key())),
    )
    for row, values in asked:
        laptop.do("insert", "visit", row, values, base=0)
    told = [one.model_dump(exclude={"no", "id"}) for one in laptop.push().results]
    assert told[0] == told[1] == told[4]
    assert told[2] == told[3], "what is wrong in itself is wrong under any key"


def test_what_was_parked_under_a_strangers_key_is_decided_when_the_row_comes(marked: World) -> None:
    laptop = marked.laptop("M1")
    laptop.pull()
    laptop.do("insert", "visit", marked.customers["visit"], visit_values(marked.customers["C11"]), base=0)
    laptop.push()
    marked.move("C21", "T1")
    with marked.database.read() as session:
        [status] = session.scalars(select(SyncOperation.status).where(SyncOperation.replica == laptop.replica)).all()
    assert status == "invalid", "now it can be seen that the row belongs to another customer"


@pytest.mark.parametrize("by_grant", [True, False])
def test_what_was_parked_at_a_colleagues_customer_is_taken_in_when_the_customer_comes(
    world: World, by_grant: bool
) -> None:
    laptop = world.laptop("M1")
    visit = laptop.insert("visit", visit_values(world.customers["C21"]))
    laptop.do("patch", "customer", world.customers["C21"], {"opening_hours": "0-24"}, base=1)
    assert [one.status for one in laptop.push().results] == ["parked", "parked"]
    if by_grant:
        with world.database.write() as session:
            people.grant(session, "M1", "terr:T2", world.tick())
        laptop.push()
    else:
        world.move("C21", "T1")
    laptop.pull()
    assert ("visit", visit) in laptop.rows
    assert laptop.rows["customer", world.customers["C21"]].values["opening_hours"] == "0-24"


def _sent(world: World, laptop: Laptop) -> list[OperationMessage]:
    """Return the operations of a laptop as it would send them again."""
    with world.database.read() as session:
        asked = select(SyncOperation).where(SyncOperation.replica == laptop.replica).order_by(SyncOperation.no)
        return [
            OperationMessage(
                no=one.no, id=one.id, table=one.tbl, key=one.pk, kind=one.kind, base=one.base,  # pyright: ignore[reportArgumentType]
                set=one.body or {}, made_at=one.made_at,
            )
            for one in session.scalars(asked)
        ]  # fmt: skip
