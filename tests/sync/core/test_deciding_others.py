"""Authored rows, tasks, and what head office only delivers."""

from dataclasses import replace

import pytest

from app.sync.core.deciding import TASK_STEPS, Status
from tests.sync.core.rows import CUSTOMER, HERE, ME, OTHER, PRODUCT, REPLICA, TASK, VISIT, kept, op, row, verdict


def test_a_visit_is_taken_in_once() -> None:
    got = verdict(op("insert", 0, text="seen"), None, VISIT)
    assert (got.status, got.write) == (Status.APPLIED, {"text": "seen"})
    again = verdict(op("insert", 0, text="seen"), row(1, author=ME, text="seen"), VISIT)
    assert (again.status, again.write, again.clashes) == (Status.APPLIED, {}, ())


def test_evidence_of_work_is_taken_in_where_the_shop_has_moved_away() -> None:
    got = verdict(op("insert", 0, text="seen"), None, VISIT, replace(HERE, may_write=False))
    assert got.status is Status.APPLIED


def test_a_child_without_a_known_parent_is_parked() -> None:
    got = verdict(op("insert", 0, text="seen"), None, VISIT, replace(HERE, parents_known=False))
    assert (got.status, got.reason) == (Status.PARKED, "unknown_parent")


def test_the_same_id_with_another_content_is_a_conflict() -> None:
    got = verdict(op("insert", 0, text="mine", next="same"), row(1, author=ME, text="theirs", next="same"), VISIT)
    assert (got.status, got.write) == (Status.CONFLICT, {})
    assert kept(got) == {"text": ("theirs", "mine", "theirs")}


@pytest.mark.parametrize("kind", ["insert", "patch", "delete", "undelete"])
def test_nobody_writes_the_visit_of_another_manager_or_learns_what_it_says(kind: str) -> None:
    got = verdict(op(kind, text="secret"), row(1, author=OTHER, text="secret"), VISIT)
    assert (got.status, got.write, got.clashes, got.reason) == (Status.FORBIDDEN, {}, (), "not_the_author")
    assert got.refused == {"text": "secret"}


@pytest.mark.parametrize(("granted", "status"), [(True, Status.APPLIED), (False, Status.FORBIDDEN)])
def test_a_visit_without_an_author_is_only_for_whoever_has_the_shop(granted: bool, status: Status) -> None:
    assert verdict(op("patch", text="x"), row(1), VISIT, replace(HERE, may_write=granted)).status is status


def test_an_author_mends_his_visit_though_the_shop_has_moved_away() -> None:
    got = verdict(op("patch", text="new"), row(1, author=ME, text="old"), VISIT, replace(HERE, may_write=False))
    assert (got.status, got.write) == (Status.APPLIED, {"text": "new"})


def test_two_laptops_of_one_manager_do_not_overwrite_each_other_in_silence() -> None:
    got = verdict(op("patch", 1, text="mine"), row(2, {"text": 2}, {"text": "r2"}, ME, text="theirs"), VISIT)
    assert (got.status, got.write) == (Status.MERGED, {"text": "mine"})
    assert kept(got) == {"text": ("theirs", "mine", "yours")}


def test_a_visit_is_struck_out_and_what_its_maker_had_not_seen_is_kept() -> None:
    seen = verdict(op("delete", 2), row(2, {"text": 2}, {"text": "r2"}, ME, text="theirs"), VISIT)
    assert (seen.status, seen.deleted, seen.clashes) == (Status.APPLIED, True, ())
    unseen = verdict(op("delete", 1), row(2, {"text": 2}, {"text": "r2"}, ME, text="theirs"), VISIT)
    assert (unseen.status, unseen.deleted) == (Status.MERGED, True)
    assert kept(unseen) == {"text": ("theirs", None, "yours")}


def test_striking_out_twice_is_striking_out_once() -> None:
    got = verdict(op("delete", 1), row(2, author=ME, deleted=True), VISIT)
    assert (got.status, got.deleted, got.clashes) == (Status.APPLIED, None, ())


def test_what_was_written_before_it_was_struck_out_twice_is_kept() -> None:
    got = verdict(op("delete", 1, text="new"), row(2, author=ME, deleted=True, text="old"), VISIT)
    assert (got.status, got.deleted, kept(got)) == (Status.MERGED, None, {"text": ("old", "new", "theirs")})
    same = verdict(op("delete", 1, text="old"), row(2, author=ME, deleted=True, text="old"), VISIT)
    assert (same.status, same.clashes) == (Status.APPLIED, ())


def test_an_edit_of_a_visit_that_was_struck_out_is_kept() -> None:
    got = verdict(op("patch", 1, text="new"), row(2, author=ME, deleted=True, text="old"), VISIT)
    assert (got.status, kept(got)) == (Status.GONE, {"text": ("old", "new", "theirs")})


def test_a_visit_that_was_struck_out_comes_back() -> None:
    got = verdict(op("undelete", 2, text="new"), row(2, author=ME, deleted=True, text="old"), VISIT)
    assert (got.status, got.deleted, got.write) == (Status.APPLIED, False, {"text": "new"})
    assert verdict(op("undelete", 2), row(2, author=ME), VISIT).deleted is None


def test_without_the_writers_of_fields_an_author_is_taken_to_know_his_work() -> None:
    state = row(2, {"text": 2}, None, ME, text="first")
    assert verdict(op("patch", 1, text="second"), state, VISIT, replace(HERE, writer="")).clashes == ()


# ---- tasks -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("stands", TASK_STEPS)
@pytest.mark.parametrize("wanted", ["assigned", "accepted", "done", "cannot", "cancelled"])
def test_a_task_goes_only_by_its_steps(stands: str, wanted: str) -> None:
    got = verdict(op("patch", state=wanted, report_note="n"), row(1, state=stands), TASK)
    if wanted == stands:
        assert (got.status, got.write) == (Status.APPLIED, {"report_note": "n"})
    elif wanted in TASK_STEPS[stands]:
        assert got.write == {"state": wanted, "report_note": "n"}
    else:
        assert (got.status, got.write, got.reason) == (Status.CONFLICT, {}, "illegal_step")
        assert kept(got) == {"state": (stands, wanted, "theirs"), "report_note": (None, "n", "theirs")}


@pytest.mark.parametrize("base", [1, 2])
def test_done_against_cancelled_keeps_done_and_raises_a_notice(base: int) -> None:
    got = verdict(op("patch", base, state="done"), row(2, {"state": 2}, state="cancelled"), TASK)
    assert (got.status, got.write) == (Status.MERGED, {"state": "done"})
    assert [(clash.rule, clash.kept) for clash in got.clashes] == [("done_stands", "yours")]


def test_a_report_that_another_laptop_has_written_meanwhile_is_kept() -> None:
    state = row(2, {"report_note": 2}, {"report_note": "r2"}, state="accepted", report_note="theirs")
    got = verdict(op("patch", 1, report_note="mine"), state, TASK)
    assert (got.write, kept(got)) == ({"report_note": "mine"}, {"report_note": ("theirs", "mine", "yours")})


def test_the_text_of_a_task_belongs_to_head_office_and_the_report_is_kept_whole() -> None:
    got = verdict(op("patch", title="easier", state="done"), row(1, state="accepted"), TASK)
    assert (got.status, got.write, got.refused) == (Status.FORBIDDEN, {}, {"title": "easier", "state": "done"})


@pytest.mark.parametrize("kind", ["insert", "delete", "undelete"])
def test_only_head_office_gives_and_takes_tasks(kind: str) -> None:
    assert verdict(op(kind, state="done"), row(1, state="assigned"), TASK).reason == "office_only"


# ---- the rest --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["insert", "patch", "delete", "undelete"])
def test_what_head_office_delivers_is_read_only(kind: str) -> None:
    got = verdict(op(kind, price=1), row(1), PRODUCT)
    assert (got.status, got.refused, got.reason) == (Status.FORBIDDEN, {"price": 1}, "read_only")


@pytest.mark.parametrize("rule", [CUSTOMER, VISIT, TASK, PRODUCT])
@pytest.mark.parametrize("kind", ["command", "upsert", ""])
def test_a_kind_that_is_not_decided_here_is_invalid_and_kept(rule: object, kind: str) -> None:
    assert isinstance(rule, type(VISIT))
    got = verdict(op(kind, a=1), row(1, author=ME, writers={"a": REPLICA}), rule)
    assert (got.status, got.write, got.refused) == (Status.INVALID, {}, {"a": 1})
