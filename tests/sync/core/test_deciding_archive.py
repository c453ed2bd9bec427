"""The archive: manager and head office write it field by field, and no value is lost where they meet."""

from dataclasses import replace

import pytest

from app.sync.core.deciding import Status, Surroundings
from tests.sync.core.rows import CUSTOMER, EARLY, HERE, LATE, REPLICA, kept, op, row, verdict


def test_a_field_nobody_else_changed_is_written() -> None:
    got = verdict(op("patch", 3, note="new"), row(3, note="old"), CUSTOMER)
    assert (got.status, got.write, got.clashes) == (Status.APPLIED, {"note": "new"}, ())


def test_another_field_changed_meanwhile_is_merged_without_a_record() -> None:
    got = verdict(op("patch", 1, note="new"), row(2, {"hours": 2}, note="old", hours="9"), CUSTOMER)
    assert (got.status, got.write, got.clashes) == (Status.MERGED, {"note": "new"}, ())


def test_the_same_value_on_both_sides_is_no_clash() -> None:
    got = verdict(op("patch", 1, note="same"), row(2, {"note": 2}, note="same"), CUSTOMER)
    assert (got.write, got.clashes) == ({}, ())


def test_what_was_seen_in_the_field_wins_and_the_other_value_is_kept() -> None:
    got = verdict(op("patch", 1, note="mine"), row(2, {"note": 2}, note="theirs"), CUSTOMER)
    assert (got.status, got.write) == (Status.MERGED, {"note": "mine"})
    assert kept(got) == {"note": ("theirs", "mine", "yours")}


@pytest.mark.parametrize(
    ("mine", "theirs", "stands"),
    [(LATE, EARLY, "yours"), (EARLY, LATE, "theirs"), (LATE, LATE, "theirs"), ("rubbish", EARLY, "theirs")],
)
def test_of_two_changes_the_later_stands_and_the_other_is_kept(mine: str, theirs: str, stands: str) -> None:
    got = verdict(op("patch", 1, mine, phone="1"), row(2, {"phone": 2}, at=theirs, phone="2"), CUSTOMER)
    assert kept(got) == {"phone": ("2", "1", stands)}
    assert got.write == ({"phone": "1"} if stands == "yours" else {})
    assert got.status is (Status.MERGED if stands == "yours" else Status.CONFLICT)


def test_moments_are_compared_as_times_and_not_as_texts() -> None:
    later = "2026-03-01T09:30:00+02:00"
    got = verdict(
        op("patch", 1, later, phone="1"), row(2, {"phone": 2}, at="2026-03-01T08:00:00Z", phone="2"), CUSTOMER
    )
    assert kept(got)["phone"][2] == "theirs"


def test_lists_are_joined_and_the_result_is_nobodys_own() -> None:
    got = verdict(op("patch", 1, tags=["a", "c"]), row(2, {"tags": 2}, tags=["a", "b"]), CUSTOMER)
    assert got.write == {"tags": ["a", "b", "c"]}
    assert kept(got)["tags"][2] == "both"
    assert got.writer_of("tags", REPLICA) == ""
    assert got.writer_of("note", REPLICA) == REPLICA


def test_something_else_than_lists_cannot_be_joined() -> None:
    got = verdict(op("patch", 1, tags="abc"), row(2, {"tags": 2}, tags=["a"]), CUSTOMER)
    assert (got.write, kept(got)) == ({"tags": "abc"}, {"tags": (["a"], "abc", "yours")})


def test_a_field_that_head_office_decides_becomes_a_proposal() -> None:
    got = verdict(op("patch", 5, licence="new"), row(5, licence="old"), CUSTOMER)
    assert (got.status, got.write, got.proposals) == (Status.REVIEW, {}, {"licence": "new"})


def test_a_field_of_head_office_is_refused_and_the_rest_is_written() -> None:
    got = verdict(op("patch", 5, credit=9, note="new"), row(5, note="old"), CUSTOMER)
    assert (got.status, got.write, got.refused) == (Status.FORBIDDEN, {"note": "new"}, {"credit": 9})
    assert got.reason == "office_field"


@pytest.mark.parametrize("kind", ["insert", "delete", "undelete"])
@pytest.mark.parametrize("deleted", [True, False])
def test_only_head_office_opens_and_closes_shops(kind: str, deleted: bool) -> None:
    got = verdict(op(kind, credit=9), row(1, deleted=deleted), CUSTOMER)
    assert (got.status, got.write, got.deleted, got.refused) == (Status.FORBIDDEN, {}, None, {"credit": 9})


def test_an_edit_of_a_deleted_shop_is_kept_whole() -> None:
    got = verdict(op("patch", note="x", licence="y"), row(2, deleted=True, note="x"), CUSTOMER)
    assert (got.status, got.write) == (Status.GONE, {})
    assert set(kept(got)) == {"note", "licence"}


def test_an_edit_of_a_shop_that_moved_away_is_kept_and_tells_nothing_of_it() -> None:
    got = verdict(op("patch", note="x"), row(2, note="secret"), CUSTOMER, replace(HERE, may_write=False))
    assert (got.status, got.write, kept(got)) == (Status.MOVED, {}, {"note": (None, "x", "theirs")})


def test_an_edit_of_an_unknown_shop_is_parked() -> None:
    assert verdict(op("patch", note="x"), None, CUSTOMER).status is Status.PARKED


def test_the_work_of_one_evening_does_not_clash_with_itself() -> None:
    state = row(2, {"note": 2}, {"note": REPLICA}, note="first")
    got = verdict(op("patch", 1, note="second"), state, CUSTOMER)
    assert (got.status, got.write, got.clashes) == (Status.APPLIED, {"note": "second"}, ())
    other = verdict(op("patch", 1, note="second"), state, CUSTOMER, Surroundings("mgr:wu", writer="r2"))
    assert kept(other) == {"note": ("first", "second", "yours")}


def test_a_parked_change_never_goes_over_newer_work_not_even_the_writers_own() -> None:
    changed, writers = {"note": 3, "phone": 2}, {"note": REPLICA, "phone": "r2"}
    state = row(3, changed, writers, note="newer", phone="newer")
    got = verdict(op("patch", 1, note="older", phone="older"), state, CUSTOMER, replace(HERE, late=True))
    assert (got.status, got.write) == (Status.CONFLICT, {})
    assert kept(got) == dict.fromkeys(("note", "phone"), ("newer", "older", "theirs"))


def test_an_operation_of_a_lost_laptop_is_kept_apart() -> None:
    got = verdict(op("patch", note="x"), row(1, note="y"), CUSTOMER, replace(HERE, replica_is_lost=True))
    assert (got.status, got.write, got.reason) == (Status.PARKED, {}, "replica_lost")
