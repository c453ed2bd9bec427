"""The digest of a scope says whether two sides hold the same rows."""

import hashlib
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from app.sync.core.digest import changed, row_digest, row_digests

keys = st.tuples(st.sampled_from(["customer", "visit"]), st.text(min_size=1, max_size=4))
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5))
rows = st.dictionaries(
    keys, st.tuples(st.integers(1, 9), st.dictionaries(st.text(max_size=3), scalars, max_size=4)), max_size=6
)


def _digest(held: dict[tuple[str, str], tuple[int, dict[str, Any]]]) -> int:
    total = 0
    for (table, key), (version, values) in held.items():
        total = changed(total, 0, row_digest(table, key, version, values))
    return total


def test_the_digest_of_a_row_is_as_the_protocol_says() -> None:
    whole = 'customer\x1fk1\x1f7\x1f{"a":[1,"二"],"b":"x"}'.encode()
    wanted = int.from_bytes(hashlib.sha256(whole).digest()[:8], "big")
    assert row_digest("customer", "k1", 7, {"b": "x", "none": None, "a": [1, "二"]}) == wanted


def test_a_lone_surrogate_has_a_digest_too() -> None:
    assert row_digest("customer", "k", 1, {"a": "\ud800"}) != row_digest("customer", "k", 1, {"a": "?"})


nested = st.recursive(
    st.one_of(scalars, st.floats()),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=3,
)
alike = st.lists(st.sampled_from(["id", "note", 'a"b', "名"]), unique=True).flatmap(
    lambda columns: st.tuples(
        st.just(columns),
        st.lists(st.tuples(st.text(), st.integers(1), st.tuples(*[nested] * len(columns))), max_size=4),
    )
)


@given(alike)
def test_many_rows_have_the_digests_that_each_has_by_itself(given_rows: Any) -> None:
    columns, held = given_rows
    keys, versions, values = ([row[at] for row in held] for at in range(3))
    by_column = [[row[at] for row in values] for at in range(len(columns))]
    each = [row_digest("t", key, version, dict(zip(columns, row, strict=True))) for key, version, row in held]
    assert row_digests("t", columns, keys, versions, by_column) == each


@given(rows, st.randoms())
def test_the_order_of_rows_does_not_matter(held: Any, random: Any) -> None:
    mixed = list(held.items())
    random.shuffle(mixed)
    assert _digest(dict(mixed)) == _digest(held)


@given(rows, st.data())
def test_a_missing_row_is_found(held: Any, data: st.DataObject) -> None:
    assume(held)
    gone = data.draw(st.sampled_from(sorted(held)))
    assert _digest({key: row for key, row in held.items() if key != gone}) != _digest(held)


@given(rows, keys, st.integers(1, 9))
def test_an_extra_row_is_found(held: Any, key: Any, version: int) -> None:
    assume(key not in held)
    assert _digest({**held, key: (version, {})}) != _digest(held)


@given(rows, st.data(), st.integers(1, 9), st.dictionaries(st.text(max_size=3), scalars, max_size=4))
def test_a_changed_row_is_found(held: Any, data: st.DataObject, version: int, values: dict[str, Any]) -> None:
    assume(held)
    key = data.draw(st.sampled_from(sorted(held)))
    before = (held[key][0], repr(sorted((name, one) for name, one in held[key][1].items() if one is not None)))
    assume(before != (version, repr(sorted((name, one) for name, one in values.items() if one is not None))))
    assert _digest({**held, key: (version, values)}) != _digest(held)


@given(rows, st.data())
def test_a_digest_kept_step_by_step_is_that_of_the_rows(held: Any, data: st.DataObject) -> None:
    assume(held)
    key = data.draw(st.sampled_from(sorted(held)))
    part = row_digest(*key, *held[key])
    without = {one: row for one, row in held.items() if one != key}
    assert changed(_digest(held), part, 0) == _digest(without)
    assert changed(_digest(without), 0, part) == _digest(held)
