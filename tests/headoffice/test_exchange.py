"""Push and pull between head office and a laptop that is a dictionary, on both databases."""

import pytest

from app.headoffice.problems import Forked, Gap
from tests.headoffice.world import World, customer_values, key, visit_values


def test_a_laptop_ends_with_what_head_office_holds(world: World) -> None:
    laptop = world.laptop()
    digests = laptop.pull()
    assert laptop.held() == world.rows("terr:T1", "mgr:M1", "ref:catalogue")
    assert {scope: laptop.digest(scope) for scope in laptop.cursors} == digests


def test_pages_of_one_row_bring_the_same_as_one_page(world: World) -> None:
    laptop = world.laptop()
    digests = laptop.pull(limit=1)
    assert laptop.held() == world.rows("terr:T1", "mgr:M1", "ref:catalogue")
    assert laptop.digest("ref:catalogue") == digests["ref:catalogue"]


def test_a_visit_goes_up_and_another_laptop_of_the_manager_gets_it(world: World) -> None:
    laptop, second = world.laptop(), world.laptop()
    laptop.pull()
    customer = world.customers["C11"]
    visit = laptop.insert("visit", visit_values(customer, planned_at="09:30:00", reasons=["routine"]))
    count = laptop.insert("stock_count", {"visit_id": visit, "product_id": world.products[0], "on_hand": 7})
    answer = laptop.push()
    assert [result.status for result in answer.results] == ["applied", "applied"]
    second.pull()
    assert second.rows["visit", visit].values["planned_at"] == "09:30:00"
    assert second.rows["stock_count", count].values["on_hand"] == 7
    digests = laptop.pull()
    assert laptop.held() == world.rows("terr:T1", "mgr:M1", "ref:catalogue")
    assert laptop.digest("terr:T1") == digests["terr:T1"]


def test_the_same_push_any_number_of_times_has_one_effect_and_one_verdict(world: World) -> None:
    laptop = world.laptop()
    laptop.pull()
    laptop.insert("visit", visit_values(world.customers["C11"]))
    laptop.do("patch", "customer", world.customers["C11"], {"opening_hours": "7-21"})
    ops = list(laptop.waiting)
    first = laptop.push()
    before = world.rows("terr:T1")
    for _ in range(3):
        laptop.waiting = list(ops)
        assert laptop.push() == first
    assert world.rows("terr:T1") == before


def test_a_gap_is_told_with_the_last_number(world: World) -> None:
    laptop = world.laptop()
    laptop.next_no = 3
    laptop.insert("visit", visit_values(world.customers["C11"]))
    with pytest.raises(Gap) as problem:
        laptop.push()
    assert problem.value.last == 0


def test_a_number_used_twice_is_a_fork_and_nothing_is_applied(world: World) -> None:
    laptop = world.laptop()
    laptop.insert("visit", visit_values(world.customers["C11"]))
    laptop.push()
    before = world.rows("terr:T1")
    laptop.next_no = 1
    laptop.insert("visit", visit_values(world.customers["C12"]))
    laptop.insert("visit", visit_values(world.customers["C12"]))
    with pytest.raises(Forked):
        laptop.push()
    assert world.rows("terr:T1") == before


def test_after_a_fork_known_ids_under_new_numbers_have_no_second_effect(world: World) -> None:
    from app.headoffice import people

    laptop = world.laptop()
    laptop.pull()
    first = laptop.do("patch", "customer", world.customers["C11"], {"opening_hours": "7-21"})
    laptop.push()
    before = world.rows("terr:T1")
    with world.database.write() as session:
        laptop.replica = people.renew_replica(session, laptop.replica, world.now)
    laptop.waiting = [first]
    assert [result.status for result in laptop.push().results] == ["applied"]
    assert world.rows("terr:T1") == before


def test_a_child_that_comes_before_its_parent_is_parked_and_taken_in_when_the_parent_comes(world: World) -> None:
    laptop = world.laptop()
    visit, customer = key(), key()
    count = laptop.insert("stock_count", {"visit_id": visit, "product_id": world.products[0], "on_hand": 1})
    laptop.do("insert", "visit", visit, visit_values(customer))
    laptop.do("patch", "stock_count", count, {"on_hand": 2})
    assert [result.status for result in laptop.push().results] == ["parked", "parked", "parked"]
    world.put("customer", customer, customer_values("C19"), scope="terr:T1")
    laptop.pull()
    assert laptop.held() == world.rows("terr:T1", "mgr:M1", "ref:catalogue")
    assert laptop.rows["stock_count", count].values["on_hand"] == 2


def test_a_moved_customer_takes_everything_along_and_comes_back_whole(world: World) -> None:
    first, second = world.laptop("M1"), world.laptop("M2")
    first.pull()
    second.pull()
    customer = world.customers["C11"]
    visit = first.insert("visit", visit_values(customer))
    first.insert("stock_count", {"visit_id": visit, "product_id": world.products[1], "on_hand": 3})
    first.push()
    first.pull()
    for territory in ("T2", "T1", "T2"):
        world.move("C11", territory)
        digests = [first.pull(), second.pull()]
        assert (("visit", visit) in first.rows) is (territory == "T1")
        assert first.held() == world.rows("terr:T1", "mgr:M1", "ref:catalogue")
        assert second.held() == world.rows("terr:T2", "mgr:M2", "ref:catalogue")
        assert [first.digest("terr:T1"), second.digest("terr:T2")] == [digests[0]["terr:T1"], digests[1]["terr:T2"]]


def test_a_visit_at_a_customer_who_moved_meanwhile_is_filed_where_the_customer_is_now(world: World) -> None:
    first, second = world.laptop("M1"), world.laptop("M2")
    first.pull()
    world.move("C11", "T2")
    visit = first.insert("visit", visit_values(world.customers["C11"]))
    assert [result.status for result in first.push().results] == ["applied"]
    second.pull()
    assert ("visit", visit) in second.rows


def test_rows_of_a_scope_that_is_withdrawn_go_and_a_new_grant_brings_them_again(world: World) -> None:
    from app.headoffice import people

    laptop = world.laptop()
    laptop.pull()
    with world.database.write() as session:
        people.withdraw(session, "M1", "terr:T1", world.tick())
    assert "terr:T1" in laptop.page(laptop.cursors).drop
    laptop.pull()
    assert not [at for at in laptop.rows if at[0] == "customer"]
    with world.database.write() as session:
        people.grant(session, "M1", "terr:T1", world.tick())
    laptop.pull()
    assert laptop.held() == world.rows("terr:T1", "mgr:M1", "ref:catalogue")


def test_a_laptop_behind_a_collected_tombstone_loads_the_scope_anew(world: World) -> None:
    from app.headoffice.collecting import collect

    early, late = world.laptop(), world.laptop()
    early.pull()
    world.put("customer", world.customers["C11"], {}, deleted=True)
    world.put("customer", world.customers["C12"], {"opening_hours": "9-17"})
    with world.database.write() as session:
        assert collect(session, world.tick()) == 1
    assert early.page(early.cursors).reset == ("terr:T1",)
    early.pull()
    late.pull()
    for laptop in (early, late):
        assert ("customer", world.customers["C11"]) not in laptop.rows
        assert laptop.held() == world.rows("terr:T1", "mgr:M1", "ref:catalogue")


def test_a_first_load_interrupted_below_the_floor_comes_to_its_end(world: World) -> None:
    from app.headoffice.collecting import collect

    world.put("customer", world.customers["C12"], {}, deleted=True)
    with world.database.write() as session:
        collect(session, world.tick())
    laptop = world.laptop()
    cursors: dict[str, tuple[int, int, int]] = {}
    resets: list[str] = []
    done = False
    for _ in range(20):
        answer = laptop.page(cursors, limit=1)
        cursors, done = dict(answer.cursors), answer.done
        resets += answer.reset
        if done:
            break
    assert done
    assert sorted(resets) == ["mgr:M1", "ref:catalogue", "terr:T1"]


def test_orders_travel_with_their_lines_and_products_by_key(world: World) -> None:
    lines = [[world.products[2], 10, 25000, 12, 10], [world.products[0], 5, 12500, None, None]]
    order = {"customer_id": world.customers["C11"], "order_date": "2026-02-27", "lines": lines}
    world.put("purchase_order", "O-1", order)
    laptop = world.laptop()
    digests = laptop.pull()
    assert laptop.rows["purchase_order", "O-1"].values == order
    world.put("purchase_order", "O-1", order | {"lines": lines[:1]})
    digests = laptop.pull()
    assert laptop.rows["purchase_order", "O-1"].values["lines"] == lines[:1]
    assert laptop.digest("terr:T1") == digests["terr:T1"]
    world.move("C11", "T2")
    laptop.pull()
    assert ("purchase_order", "O-1") not in laptop.rows


def test_a_deleted_customer_goes_from_the_laptop_and_an_undeleted_one_comes_back(world: World) -> None:
    laptop = world.laptop()
    laptop.pull()
    customer = world.customers["C11"]
    for deleted in (True, False, True):
        world.put("customer", customer, {}, deleted=deleted)
        digests = laptop.pull()
        assert (("customer", customer) in laptop.rows) is not deleted
        assert laptop.digest("terr:T1") == digests["terr:T1"]


def test_a_full_page_ends_at_its_bytes_and_the_next_goes_on(world: World) -> None:
    lines = [[world.products[0], number, number * 100, None, None] for number in range(900)]
    for number in range(60):
        order = {"customer_id": world.customers["C11"], "order_date": "2026-02-27", "lines": lines}
        world.put("purchase_order", f"O-{number}", order)
    laptop = world.laptop()
    first = laptop.page({})
    assert not first.done
    assert first.left > 0
    assert 1_000_000 < len(first.model_dump_json()) < 2_200_000
    laptop.pull()
    assert laptop.held() == world.rows("terr:T1", "mgr:M1", "ref:catalogue")
