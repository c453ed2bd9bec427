"""What holds for every operation on every row: nothing disappears, and the same question has the same answer."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.sync.core.deciding import KINDS, Decision, Operation, RowState, Status, Surroundings, decide
from tests.sync.core.rows import CUSTOMER, EARLY, LATE, ME, OTHER, PRODUCT, TASK, VISIT

FIELDS = ("name", "licence", "note", "hours", "phone", "tags", "state", "report_note")
WRITERS = ("", "r1", "r2")
texts = st.one_of(st.none(), st.text(max_size=3), st.integers(2, 9))
lists = st.lists(st.sampled_from("abcd"), unique=True, max_size=3)
states = st.sampled_from(["assigned", "accepted", "done", "cannot", "cancelled"])
values = st.dictionaries(st.sampled_from(FIELDS), texts, max_size=5)
versions = st.integers(0, 4)


@st.composite
def _values(draw: st.DrawFn) -> dict[str, Any]:
    return {
        name: draw({"tags": lists, "state": states}.get(name, texts))
        for name in draw(st.sets(st.sampled_from(FIELDS), max_size=5))
    }


@st.composite
def _row(draw: st.DrawFn) -> RowState | None:
    if draw(st.integers(0, 5)) == 0:
        return None
    held = draw(_values())
    return RowState(
        4,
        held,
        {name: draw(st.integers(1, 4)) for name in held},
        {name: draw(st.sampled_from([EARLY, LATE, ""])) for name in held},
        draw(st.booleans()),
        draw(st.sampled_from([None, ME, OTHER])),
        {name: draw(st.sampled_from(WRITERS)) for name in held},
    )


operations = st.builds(
    Operation,
    st.just(1),
    st.just("op"),
    st.just("table"),
    st.just("key"),
    st.sampled_from([*sorted(KINDS), "command"]),
    versions,
    _values(),
    st.sampled_from([EARLY, LATE, ""]),
)
rules = st.sampled_from([CUSTOMER, VISIT, TASK, PRODUCT])
arounds = st.builds(
    Surroundings, st.just(ME), st.booleans(), st.booleans(), st.booleans(), st.sampled_from(WRITERS), st.booleans()
)


def _parts(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def _after(row: RowState | None, decision: Decision) -> dict[str, Any]:
    return {**(row.values if row else {}), **decision.write}


@given(operations, _row(), rules, arounds)
def test_no_value_of_the_laptop_disappears(
    op: Operation, row: RowState | None, rule: Any, around: Surroundings
) -> None:
    got = decide(op, row, rule, around)
    if got.status is Status.PARKED:
        return  # the whole operation is kept
    after = _after(row, got)
    for name, value in op.set.items():
        held = [after.get(name), got.proposals.get(name), got.refused.get(name)]
        held += [clash.yours for clash in got.clashes if clash.name == name]
        assert set(_parts(value)) <= {part for one in held for part in _parts(one)}, (name, value, got)


@given(operations, _row(), rules, arounds)
def test_no_value_of_head_office_disappears_unless_its_writer_had_seen_it(
    op: Operation, row: RowState | None, rule: Any, around: Surroundings
) -> None:
    got = decide(op, row, rule, around)
    for name, value in (row.values if row else {}).items():
        assert row is not None
        own = bool(around.writer) and row.field_writers.get(name) == around.writer
        trusted = not around.writer and row.author is not None
        if row.version_of(name) <= op.base or ((own or trusted) and not around.late):
            continue
        held = [None if got.deleted else _after(row, got)[name]]
        held += [clash.theirs for clash in got.clashes if clash.name == name]
        assert set(_parts(value)) <= {part for one in held for part in _parts(one)}, (name, value, got)


@given(operations, _row(), rules, arounds)
def test_the_same_question_has_the_same_answer(
    op: Operation, row: RowState | None, rule: Any, around: Surroundings
) -> None:
    assert decide(op, row, rule, around) == decide(op, row, rule, around)


@given(operations, _row(), rules, arounds)
def test_only_what_may_be_written_is_written(
    op: Operation, row: RowState | None, rule: Any, around: Surroundings
) -> None:
    got = decide(op, row, rule, around)
    taken = {Status.APPLIED, Status.MERGED, Status.CONFLICT, Status.FORBIDDEN, Status.REVIEW}
    if got.write or got.deleted is not None:
        assert got.status in taken
        assert not around.replica_is_lost
        assert rule is not PRODUCT
        assert rule is VISIT or around.may_write
        assert "name" not in got.write or rule is VISIT
        assert rule is not TASK or got.write.keys() <= TASK.reported
        assert row is None or rule is not VISIT or row.author != OTHER


@given(operations, _row(), rules, arounds)
def test_a_conflict_always_leaves_a_record(
    op: Operation, row: RowState | None, rule: Any, around: Surroundings
) -> None:
    got = decide(op, row, rule, around)
    if got.status is Status.CONFLICT:
        assert any(clash.kept == "theirs" for clash in got.clashes)
    if got.status is Status.REVIEW:
        assert got.proposals
    if got.status not in {Status.APPLIED, Status.MERGED} and op.set and got.status is not Status.PARKED:
        assert got.clashes or got.proposals or got.refused


@given(_values(), st.lists(_values(), min_size=1, max_size=4))
def test_work_of_one_replica_in_a_row_ends_with_its_last_word_and_no_record(
    held: dict[str, Any], patches: list[dict[str, Any]]
) -> None:
    row = RowState(1, held, author=ME)
    wanted = dict(held)
    for patch in patches:
        got = decide(Operation(1, "op", "visit", "key", "patch", 1, patch), row, VISIT, Surroundings(ME, writer="r1"))
        assert got.status is Status.APPLIED
        wanted.update(patch)
        changed = dict.fromkeys(got.write, row.version + 1)
        writers = {name: got.writer_of(name, "r1") for name in got.write}
        row = RowState(
            row.version + 1, _after(row, got), {**row.field_versions, **changed}, {}, author=ME,
            field_writers={**row.field_writers, **writers},
        )  # fmt: skip
    assert {name: value for name, value in row.values.items() if value is not None} == {
        name: value for name, value in wanted.items() if value is not None
    }
